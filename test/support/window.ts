// A window of the VS Code server that runs one program inside its extension host and closes again, with
// VS Code's own protocol for tests that run in a browser.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeBrowser, sharedBrowser } from './browser';
import { ensureDir, temporaryDir } from './paths';
import { folderUrl, remoteUri, startServer } from './server';
import { quietSettings } from './workbench';

/** Empty folders of this run's own. */
export interface Place {
  readonly workspace: string;
  readonly dataDir: string;
  readonly extensionsDir: string;
}

export function newPlace(purpose: string): Place {
  const home = temporaryDir(purpose);
  const dataDir = join(home, 'data');
  mkdirSync(join(dataDir, 'User'), { recursive: true });
  writeFileSync(join(dataDir, 'User', 'settings.json'), JSON.stringify(quietSettings));
  return {
    workspace: ensureDir(join(home, 'workspace')),
    dataDir,
    extensionsDir: ensureDir(join(home, 'extensions')),
  };
}

export interface WindowProgram {
  readonly place: Place;
  /** The folder of an extension under development; VS Code runs tests for one only. */
  readonly extension: string;
  /** A CommonJS module whose `run()` is called in the extension host. */
  readonly tests: string;
  /** Added to the environment of the extension host. */
  readonly env: Readonly<Record<string, string>>;
  /** What the window logs. */
  readonly log: (type: string, args: readonly unknown[]) => void;
}

/** Resolves when `run()` has ended, well or badly. */
export async function runInWindow(program: WindowProgram): Promise<void> {
  const { workspace, dataDir, extensionsDir } = program.place;
  const server = await startServer({ dataDir, extensionsDir, env: program.env });
  try {
    const browser = await sharedBrowser();
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    const permissions = ['clipboard-read', 'clipboard-write'];
    await context.grantPermissions(permissions, { origin: server.url });
    const page = await context.newPage();
    const exit = new Promise<void>((resolve, reject) => {
      page.once('crash', () => reject(new Error('The window crashed.')));
      page
        .exposeFunction('codeAutomationExit', () => resolve())
        .catch((error: unknown) => reject(error as Error));
    });
    await page.exposeFunction('codeAutomationLog', program.log);
    await page.goto(
      folderUrl(server, workspace, [
        ['extensionDevelopmentPath', remoteUri(server, program.extension)],
        ['extensionTestsPath', remoteUri(server, program.tests)],
        ['skipWelcome', 'true'],
      ]),
    );
    await exit;
  } finally {
    await closeBrowser();
    await server.stop();
  }
}
