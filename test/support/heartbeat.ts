// Signs of life of a run that is quiet for long: a file is touched whenever a test has ended, in whatever
// process it ran. Mocha loads this into each worker, because a worker's report waits for its file's end.
import { closeSync, openSync, utimesSync } from 'node:fs';

/** The environment variable that names the file to touch. */
export const heartbeatVariable = 'EXOTEL_SIP_TEST_HEARTBEAT';

/** Says that the run lives. Does nothing in a run that nobody watches. */
export function beat(): void {
  const file = process.env[heartbeatVariable];
  if (file === undefined) return;
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The first beat of a run: the file is not there yet.
    closeSync(openSync(file, 'a'));
  }
}

export const mochaHooks: Mocha.RootHookObject = {
  afterEach() {
    beat();
  },
};
