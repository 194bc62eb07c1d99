import assert from 'node:assert/strict';
import { BACK, Cancelled, type Choice } from '../../../src/app/input/prompter';
import { ENTER, ESC, ScriptedPrompter } from '../../support/scripted-prompter';

const REGIONS: readonly Choice<number>[] = [
  { label: 'India', value: 1 },
  { label: 'Singapore', value: 2, picked: true },
  { label: 'Custom', value: 3 },
];
const PICK = { title: 'Region', placeholder: 'Where?', choices: REGIONS };
const STEPS = { step: 2, totalSteps: 2, canGoBack: true };
const NAME = {
  title: 'Name',
  prompt: 'Its name',
  value: 'old',
  validate: (value: string) =>
    value.includes(' ')
      ? ({ severity: 'error', message: `"${value}" has a blank.` } as const)
      : value.length < 3
        ? ({ severity: 'warning', message: `"${value}" is short.` } as const)
        : null,
};
const CONFIRM = { message: 'Delete "x"?', detail: 'For good.', action: 'Delete' };

describe('a scripted person', () => {
  it('types, chooses by label, by pattern and by value, ticks and agrees', async () => {
    const prompter = new ScriptedPrompter([
      'new',
      'India',
      /^Cust/,
      (value: number) => value === 2,
      [/Custom/, 'India'],
      'Delete',
      /Delete "x"/,
    ]);
    assert.equal(await prompter.input(NAME), 'new');
    assert.equal(await prompter.pick(PICK), 1);
    assert.equal(await prompter.pick(PICK), 3);
    assert.equal(await prompter.pick({ ...PICK, choices: Promise.resolve(REGIONS) }), 2);
    assert.deepEqual(await prompter.pickMany(PICK), [1, 3]);
    await prompter.confirm(CONFIRM);
    await prompter.confirm(CONFIRM);
    prompter.assertDone();
    assert.deepEqual(prompter.titles.slice(0, 2), ['Name', 'Region']);
    assert.deepEqual(prompter.asked[1]?.choices, ['India', 'Singapore', 'Custom']);
    assert.equal(prompter.asked.at(-1)?.prompt, 'For good.');
  });

  it('takes with Enter what is there', async () => {
    const prompter = new ScriptedPrompter([ENTER, ENTER, ENTER, ENTER, ENTER]);
    assert.equal(await prompter.input(NAME), 'old');
    assert.equal(await prompter.pick(PICK), 2);
    assert.equal(await prompter.pick({ ...PICK, active: 3 }), 3);
    assert.deepEqual(await prompter.pickMany(PICK), [2]);
    await prompter.confirm(CONFIRM);
  });

  it('tries the next answer when one is refused, and may be warned', async () => {
    const prompter = new ScriptedPrompter(['a b', 'ab']);
    assert.equal(await prompter.input(NAME), 'ab');
    const [asked] = prompter.asked;
    assert.deepEqual(asked?.refused, ['"a b" has a blank.']);
    assert.deepEqual(asked.noted, ['"ab" is short.']);
  });

  it('presses Esc, and the back button when there is one', async () => {
    const prompter = new ScriptedPrompter([BACK, ESC, ESC, BACK]);
    assert.equal(await prompter.pick({ ...PICK, steps: STEPS }), BACK);
    await assert.rejects(prompter.input(NAME), Cancelled);
    await assert.rejects(prompter.confirm(CONFIRM), Cancelled);
    await assert.rejects(prompter.input(NAME), /"Name" has no back button/);
  });

  it('complains of a question nobody expected and of an answer nobody asked for', async () => {
    const prompter = new ScriptedPrompter(['Mars', 'Send']);
    assert.throws(() => prompter.assertDone(), /2 answers were not used/);
    await assert.rejects(prompter.pick(PICK), /offers "India", "Singapore", "Custom", not "Mars"/);
    await assert.rejects(prompter.confirm(CONFIRM), /offers "Delete", not "Send"/);
    await assert.rejects(prompter.input(NAME), /no answer left for "Name"/);
  });

  it('hands on why choices could not be had', async () => {
    const choices = Promise.reject(new RangeError('no trunks'));
    await assert.rejects(
      new ScriptedPrompter([1].map(String)).pick({ ...PICK, choices }),
      RangeError,
    );
  });

  it('presses Esc at each question in turn, until there is none left', async () => {
    const command = async (prompter: ScriptedPrompter) => {
      await prompter.pick(PICK);
      await prompter.secret({ title: 'Token', prompt: 'Its token' });
      await prompter.confirm(CONFIRM);
    };
    const asked: number[] = [];
    for (let count = 0; ; count += 1) {
      const prompter = ScriptedPrompter.escapeAt(count, [ENTER, 'tok']);
      const run = command(prompter);
      if (count < 3) await assert.rejects(run, Cancelled);
      else await run;
      asked.push(prompter.asked.length);
      if (!prompter.escaped) break;
    }
    assert.deepEqual(asked, [1, 2, 3, 3]);
  });

  it('does not press Enter for ever on what is refused', async () => {
    const prompter = ScriptedPrompter.escapeAt(3);
    await assert.rejects(prompter.input({ ...NAME, value: 'a b' }), /does not take Enter/);
  });

  it('records no secret value', async () => {
    const prompter = new ScriptedPrompter(['to ken', 'token']);
    const { validate } = NAME;
    const secret = await prompter.secret({ title: 'Token', prompt: 'Its token', validate });
    assert.ok(secret !== BACK && secret.reveal() === 'token');
    const [asked] = prompter.asked;
    assert.equal(asked?.secret, true);
    assert.deepEqual(asked.refused, ['"•••" has a blank.']);
    assert.ok(!JSON.stringify(prompter.asked).includes('to ken'));
  });
});
