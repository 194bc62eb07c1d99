// How a mocha run tells the process that started it what happened: one JSON file, written at its end.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The environment variable that names the results file. */
export const resultsVariable = 'EXOTEL_SIP_TEST_RESULTS';

/** The line the host tests print before their own output. */
export const testsBegin = 'Tests in the extension host';

export interface Results {
  readonly passed: number;
  /** Tests that failed, and hooks that did; a skipped test is a failure too. */
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

/** Counts a mocha run and writes the counts to `file` when it ends. */
export function recordResults(runner: Mocha.Runner, file: string): void {
  let passed = 0;
  const failures: { title: string; message: string }[] = [];
  runner.on('pass', () => {
    passed += 1;
  });
  runner.on('fail', (test: Mocha.Test, error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failures.push({ title: test.fullTitle(), message });
  });
  runner.once('end', () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ passed, failures } satisfies Results));
  });
}

/** The results in `file`, or undefined when the run did not come to its end. */
export function readResults(file: string): Results | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch {
    return undefined;
  }
}
