// Runs inside the extension host: the host tests of out/host/, with mocha. VS Code calls `run`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordResults, resultsVariable, testsBegin } from '../support/results';

/** Resolves when every test passed, rejects otherwise; VS Code turns that into its exit code. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: 240_000,
    forbidOnly: true,
    forbidPending: true,
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  console.log(testsBegin);
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
    const file = process.env[resultsVariable];
    if (file !== undefined) recordResults(runner, file);
  });
}
