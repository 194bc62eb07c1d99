// Around every end-to-end test: evidence when it fails, and no window or browser left behind.
import { closeBrowser } from './browser';
import { stopProgramsOnExit } from './processes';
import { closeWorkbenches, keepEvidence } from './workbench';

stopProgramsOnExit();

export const mochaHooks: Mocha.RootHookObject = {
  async afterEach(this: Mocha.Context) {
    const test = this.currentTest;
    if (test?.state === 'failed') await keepEvidence(test.fullTitle());
  },
  async afterAll(this: Mocha.Context) {
    this.timeout(120_000);
    await closeWorkbenches();
    await closeBrowser();
  },
};
