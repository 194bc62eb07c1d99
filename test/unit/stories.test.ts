// What the tests lean on: a story that stops at its first failure says so for each step left, and skips none.
import assert from 'node:assert/strict';
import Mocha from 'mocha';
import { stopAtFirstFailure } from '../support/stories';

describe('A story that stops at its first failure', () => {
  it('fails every later step at once, without running it, and nothing of other stories', async () => {
    const ran: string[] = [];
    const mocha = new Mocha({ reporter: Mocha.reporters.Base });
    const step = (name: string, fails = false) =>
      new Mocha.Test(name, () => {
        ran.push(name);
        if (fails) throw new Error('broken');
        return Promise.resolve();
      });
    const story = Mocha.Suite.create(mocha.suite, 'story');
    stopAtFirstFailure(story);
    for (const test of [step('one'), step('two', true), step('three')]) story.addTest(test);
    Mocha.Suite.create(story, 'chapter').addTest(step('four'));
    Mocha.Suite.create(mocha.suite, 'another story').addTest(step('five'));
    const states: string[] = [];
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('pass', ({ title }) => states.push(`${title} passed`));
      runner.on('fail', ({ title }, error: Error) => states.push(`${title}: ${error.message}`));
    });
    assert.deepEqual(ran, ['one', 'two', 'five']);
    assert.deepEqual(states, [
      'one passed',
      'two: broken',
      'three: Not tried, because this failed: two',
      'four: Not tried, because this failed: two',
      'five passed',
    ]);
  });
});
