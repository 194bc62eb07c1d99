// `npm start`: the extension in a real VS Code on its own sandbox account, until Ctrl-C.
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { closeBrowser } from './browser';
import { findDesktop } from './desktop';
import { say } from './log';
import { cacheDir, ensureDir, removeDir, root, temporaryDir } from './paths';
import { Program, runNode } from './processes';
import { type Server, installExtension, serverVersion, startServer } from './server';
import { smoke } from './smoke';
import { packageExtension } from './tiers';
import { quietSettings } from './workbench';

const usualPort = 4180;
const demo = { EXOTEL_SIP_DEMO: '1' };

export interface StartCommand {
  /** undefined: the usual one, or a free one when that is taken. */
  readonly port: number | undefined;
  /** Look once whether the three sandbox trunks show, then end. */
  readonly smoke: boolean;
}

interface Demo {
  readonly workspace: string;
  readonly dataDir: string;
  readonly extensionsDir: string;
}

/** The demo's folder and settings; they stay as the user leaves them, a smoke run has new ones. */
function demoIn(home: string): Demo {
  const workspace = ensureDir(join(home, 'workspace'));
  const config = join(workspace, 'pjsip.conf');
  if (!existsSync(config)) writeFileSync(config, '');
  const dataDir = join(home, 'data');
  const settings = join(ensureDir(join(dataDir, 'User')), 'settings.json');
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(quietSettings, null, 2));
  return { workspace, dataDir, extensionsDir: join(home, 'extensions') };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function startDesktop(executable: string, place: Demo): Promise<void> {
  const built = await runNode(['esbuild.js']);
  if (!built.ok) throw new Error(`The extension could not be built:\n${built.output}`);
  const args = [
    `--extensionDevelopmentPath=${root}`,
    ...['--user-data-dir', place.dataDir, '--extensions-dir', place.extensionsDir],
    ...['--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--disable-updates'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    place.workspace,
  ];
  const window = new Program(executable, args, { env: demo });
  say('Close the window or press Ctrl-C to stop.');
  const code = await window.exited;
  if (code !== 0) throw new Error(`VS Code ended with ${String(code)}:\n${window.output}`);
}

async function startInBrowser(command: StartCommand, place: Demo): Promise<Server> {
  const vsix = await packageExtension();
  removeDir(place.extensionsDir);
  await installExtension(vsix, place);
  const { port } = command;
  if (port !== undefined && port !== 0 && !(await isFree(port))) {
    throw new Error(`Port ${port} is taken: choose another with --port.`);
  }
  const free = port ?? ((await isFree(usualPort)) ? usualPort : 0);
  return startServer({ ...place, port: free, env: demo, folder: place.workspace });
}

export async function start(command: StartCommand): Promise<void> {
  const desktop = command.smoke
    ? ({ found: false, why: 'a smoke run looks at the browser' } as const)
    : await findDesktop();
  const place = demoIn(command.smoke ? temporaryDir('smoke') : join(cacheDir, 'demo'));
  if (desktop.found) {
    say(`Starting the desktop VS Code ${desktop.executable}: ${desktop.how}.`);
    return startDesktop(desktop.executable, place);
  }
  say(`Starting the VS Code server ${serverVersion()} for the browser: ${desktop.why}.`);
  const server = await startInBrowser(command, place);
  try {
    say(`VS Code with the extension and a sandbox account: ${server.url}/`);
    if (command.smoke) {
      say(`smoke: ${await smoke(server)} trunks`);
      return;
    }
    say(
      'Open the address in a browser, then "Exotel SIP Trunks" in the bar at the left. Ctrl-C stops.',
    );
    await server.program.exited;
    throw new Error(`The VS Code server ended:\n${server.program.output}`);
  } finally {
    await closeBrowser();
    await server.stop();
  }
}
