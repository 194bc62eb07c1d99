// The desktop VS Code: one that is installed, else one @vscode/test-electron fetches. It needs a
// display, so on a server or in a container there is none and the server line is used instead.
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { once, say } from './log';
import { cacheDir, onPath } from './paths';

const downloadLimit = 5 * 60_000;
const answerLimit = 10_000;

export type Desktop =
  | { readonly found: true; readonly executable: string; readonly how: string }
  | { readonly found: false; readonly why: string };

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

/**
 * The program behind the `code` command. The command of a remote window (it talks to a VS Code on
 * another machine) has none and is passed over.
 */
function installedDesktop(): string | undefined {
  const places: string[] = [];
  const command = onPath('code', 'codium', 'code-insiders');
  if (command !== undefined) {
    const bin = dirname(realpathSync(command));
    const name = basename(realpathSync(command), '.cmd');
    places.push(
      join(bin, '..', name),
      join(bin, '..', 'Code.exe'),
      join(bin, '..', 'VSCodium.exe'),
      join(bin, '..', '..', '..', 'MacOS', 'Electron'),
      join(bin, '..', '..', '..', 'MacOS', 'Code'),
    );
  }
  places.push('/Applications/Visual Studio Code.app/Contents/MacOS/Electron');
  places.push('/Applications/Visual Studio Code.app/Contents/MacOS/Code');
  return places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile() === true);
}

async function downloaded(): Promise<string> {
  const releases = 'https://update.code.visualstudio.com/api/releases/stable';
  await fetch(releases, { signal: AbortSignal.timeout(answerLimit) });
  const download = downloadAndUnzipVSCode({ version: 'stable', cachePath: cacheDir });
  const limit = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the download took too long')), downloadLimit).unref();
  });
  return Promise.race([download, limit]);
}

/** Looks for a desktop VS Code, then tries to download one; never fails, says why there is none. */
export const findDesktop = once(async (): Promise<Desktop> => {
  if (!hasDisplay()) return { found: false, why: 'there is no display' };
  const installed = installedDesktop();
  if (installed !== undefined) {
    return { found: true, executable: installed, how: 'it is installed' };
  }
  say('No `code` on PATH: trying to download VS Code');
  try {
    return { found: true, executable: await downloaded(), how: 'it was downloaded' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { found: false, why: `none is installed and it could not be downloaded (${reason})` };
  }
});
