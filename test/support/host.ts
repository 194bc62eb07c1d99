// The host tests: out/host/ inside a real extension host, as a program of its own, so that the run
// that started it can stop everything in it: `host.ts server <results>` or
// `host.ts desktop <results> <VS Code>`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { closeBrowser, sharedBrowser } from './browser';
import { ensureDir, outDir, root, temporaryDir } from './paths';
import { stopProgramsOnExit } from './processes';
import { resultsVariable, testsBegin } from './results';
import { folderUrl, remoteUri, startServer } from './server';
import { quietSettings } from './workbench';

const bundle = join(outDir, 'host', 'index');

interface Place {
  readonly workspace: string;
  readonly dataDir: string;
  readonly extensionsDir: string;
}

function newPlace(): Place {
  const home = temporaryDir('host');
  const dataDir = join(home, 'data');
  mkdirSync(join(dataDir, 'User'), { recursive: true });
  writeFileSync(join(dataDir, 'User', 'settings.json'), JSON.stringify(quietSettings));
  return {
    workspace: ensureDir(join(home, 'workspace')),
    dataDir,
    extensionsDir: ensureDir(join(home, 'extensions')),
  };
}

/** What the window logs: its own news before the tests are left out, the tests' output is shown. */
function printer(): (type: string, args: readonly unknown[]) => void {
  let testsBegan = false;
  return (type, args) => {
    const line = format(...args);
    testsBegan ||= line === testsBegin;
    if (testsBegan || type === 'error') console.log(line);
  };
}

/** Through the server, with VS Code's own protocol for tests that run in a browser window. */
async function inServer(resultsFile: string): Promise<void> {
  const { workspace, dataDir, extensionsDir } = newPlace();
  const env = { [resultsVariable]: resultsFile };
  const server = await startServer({ dataDir, extensionsDir, env });
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
    await page.exposeFunction('codeAutomationLog', printer());
    await page.goto(
      folderUrl(server, workspace, [
        ['extensionDevelopmentPath', remoteUri(server, root)],
        ['extensionTestsPath', remoteUri(server, bundle)],
        ['skipWelcome', 'true'],
      ]),
    );
    await exit;
  } finally {
    await closeBrowser();
    await server.stop();
  }
}

async function inDesktop(resultsFile: string, executable: string): Promise<void> {
  const { workspace, dataDir, extensionsDir } = newPlace();
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: bundle,
    extensionTestsEnv: { [resultsVariable]: resultsFile },
    launchArgs: [workspace, '--user-data-dir', dataDir, '--extensions-dir', extensionsDir],
  });
}

async function main(): Promise<void> {
  stopProgramsOnExit();
  const [where, resultsFile, executable] = process.argv.slice(2);
  if (where === 'server' && resultsFile !== undefined) return inServer(resultsFile);
  if (where === 'desktop' && resultsFile !== undefined && executable !== undefined) {
    return inDesktop(resultsFile, executable);
  }
  throw new Error('host.ts server <results> | desktop <results> <VS Code>');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
