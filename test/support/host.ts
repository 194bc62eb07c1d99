// The host tests: out/host/ inside a real extension host, as a program of its own, so that the run
// that started it can stop everything in it: `host.ts server <results>` or
// `host.ts desktop <results> <VS Code>`.
import { join } from 'node:path';
import { format } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { outDir, root } from './paths';
import { stopProgramsOnExit } from './processes';
import { resultsVariable, testsBegin } from './results';
import { newPlace, runInWindow } from './window';

const bundle = join(outDir, 'host', 'index');

/** What the window logs: its own news before the tests are left out, the tests' output is shown. */
function printer(): (type: string, args: readonly unknown[]) => void {
  let testsBegan = false;
  return (type, args) => {
    const line = format(...args);
    testsBegan ||= line === testsBegin;
    if (testsBegan || type === 'error') console.log(line);
  };
}

async function inServer(resultsFile: string): Promise<void> {
  await runInWindow({
    place: newPlace('host'),
    extension: root,
    tests: bundle,
    env: { [resultsVariable]: resultsFile },
    log: printer(),
  });
}

async function inDesktop(resultsFile: string, executable: string): Promise<void> {
  const { workspace, dataDir, extensionsDir } = newPlace('host');
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
