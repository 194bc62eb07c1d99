import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { BACK, Cancelled, type Choice, type Validation } from '../../../src/app/input/prompter';
import { VsCodePrompter } from '../../../src/workbench/input/vscode-prompter';
import { Secret } from '../../../src/exotel/secret';
import { FakeScreen } from './fake-quick-input';

const STEPS = { step: 2, totalSteps: 3, canGoBack: true };
const REGIONS: readonly Choice<string>[] = [
  { label: 'India', description: 'Mumbai', value: 'in', icon: 'globe' },
  { label: 'Singapore', detail: 'The other one', value: 'sg' },
  { label: 'Custom', value: 'custom' },
];

const nameRule = (value: string): Validation => {
  if (value === '') return { severity: 'error', message: 'Give it a name.' };
  if (value.length < 3) return { severity: 'warning', message: 'Rather short.' };
  return null;
};

describe('a question in VS Code', () => {
  let screen: FakeScreen;
  let prompter: VsCodePrompter;

  beforeEach(() => {
    screen = new FakeScreen();
    prompter = new VsCodePrompter(screen.api);
  });

  const inputs = {
    input: () => prompter.input({ title: 'T', prompt: 'P', steps: STEPS }),
    secret: () => prompter.secret({ title: 'T', prompt: 'P', steps: STEPS }),
    pick: () => prompter.pick({ title: 'T', placeholder: 'P', choices: REGIONS, steps: STEPS }),
    pickMany: () =>
      prompter.pickMany({ title: 'T', placeholder: 'P', choices: REGIONS, steps: STEPS }),
  };
  const onScreen = () => screen.boxes.at(-1) ?? screen.list;

  for (const [name, ask] of Object.entries(inputs)) {
    it(`(${name}) shows title and step, and stays when the person looks elsewhere`, async () => {
      const answer = ask();
      const { title, step, totalSteps, ignoreFocusOut, shown } = onScreen();
      assert.deepEqual([title, step, totalSteps, ignoreFocusOut, shown], ['T', 2, 3, true, true]);
      onScreen().hide();
      await assert.rejects(answer, Cancelled);
    });

    it(`(${name}) is cancelled by Esc and leaves nothing behind`, async () => {
      const answer = ask();
      onScreen().hide();
      await assert.rejects(answer, Cancelled);
      assert.ok(onScreen().disposed);
    });

    it(`(${name}) goes back`, async () => {
      const answer = ask();
      onScreen().back();
      assert.equal(await answer, BACK);
      assert.ok(onScreen().disposed);
    });
  }

  it('has no back button at the first step, nor alone', async () => {
    const first = prompter.input({
      title: 'T',
      prompt: 'P',
      steps: { ...STEPS, canGoBack: false },
    });
    assert.deepEqual(screen.box.buttons, []);
    const alone = prompter.input({ title: 'T', prompt: 'P' });
    assert.deepEqual(screen.box.buttons, []);
    for (const box of screen.boxes) box.hide();
    await assert.rejects(first, Cancelled);
    await assert.rejects(alone, Cancelled);
  });

  it('takes a text, and an empty one too when nothing forbids it', async () => {
    const answer = prompter.input({ title: 'T', prompt: 'P', placeholder: 'e.g. x' });
    assert.equal(screen.box.placeholder, 'e.g. x');
    assert.equal(screen.box.password, false);
    screen.box.enter();
    assert.equal(await answer, '');
  });

  it('fills in a value and checks it at once', async () => {
    const answer = prompter.input({ title: 'T', prompt: 'P', value: 'ab', validate: nameRule });
    assert.equal(screen.box.value, 'ab');
    assert.deepEqual(screen.box.validationMessage, { message: 'Rather short.', severity: 2 });
    screen.box.type('abc');
    assert.equal(screen.box.validationMessage, undefined);
    screen.box.enter();
    assert.equal(await answer, 'abc');
  });

  it('does not call an empty box wrong before a key is pressed, and does not take it either', async () => {
    const answer = prompter.input({ title: 'T', prompt: 'P', validate: nameRule });
    assert.equal(screen.box.validationMessage, undefined);
    screen.box.enter();
    assert.deepEqual(screen.box.validationMessage, { message: 'Give it a name.', severity: 3 });
    assert.ok(screen.box.shown);
    screen.box.type('trunk');
    screen.box.enter();
    assert.equal(await answer, 'trunk');
  });

  it('takes a value with a warning', async () => {
    const answer = prompter.input({ title: 'T', prompt: 'P', validate: nameRule });
    screen.box.type('ab');
    assert.equal(screen.box.validationMessage?.severity, 2);
    screen.box.enter();
    assert.equal(await answer, 'ab');
  });

  it('ends when its check is broken, instead of staying for ever', async () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    const late = prompter.input({ title: 'T', prompt: 'P', validate: broken });
    screen.box.type('x');
    await assert.rejects(late, TypeError);
    const early = prompter.input({ title: 'T', prompt: 'P', value: 'x', validate: broken });
    await assert.rejects(early, TypeError);
    assert.ok(screen.boxes.every(({ disposed }) => disposed));
  });

  it('masks a secret and answers with one', async () => {
    const validate = nameRule;
    const answer = prompter.secret({ title: 'T', prompt: 'P', placeholder: 'token', validate });
    assert.equal(screen.box.password, true);
    assert.equal(screen.box.value, '');
    screen.box.type('s3cret');
    screen.box.enter();
    const secret = await answer;
    assert.ok(secret instanceof Secret);
    assert.equal(secret.reveal(), 's3cret');
    assert.ok(!inspect(secret).includes('s3cret'));
  });

  it('offers choices with their icons and takes one', async () => {
    const answer = prompter.pick({ title: 'T', placeholder: 'Where?', choices: REGIONS });
    assert.equal(screen.list.placeholder, 'Where?');
    assert.deepEqual(
      screen.list.items.map(({ label, iconPath }) => [label, iconPath?.id]),
      [
        ['India', 'globe'],
        ['Singapore', undefined],
        ['Custom', undefined],
      ],
    );
    screen.list.choose('Singapore');
    assert.equal(await answer, 'sg');
    assert.ok(screen.list.disposed);
  });

  it('writes the name of a group above its first choice, which cannot be chosen', async () => {
    const choices = ['a', 'b', 'c', 'd'].map((label, at) => ({
      label,
      ...(at === 0 ? {} : { group: at < 3 ? 'First' : 'Second' }),
      value: label,
    }));
    const answer = prompter.pick({ title: 'T', placeholder: 'P', choices });
    assert.deepEqual(
      screen.list.items.map(({ label, kind }) => (kind === -1 ? `-- ${label}` : label)),
      ['a', '-- First', 'b', 'c', '-- Second', 'd'],
    );
    screen.list.choose('First');
    screen.list.choose('c');
    assert.equal(await answer, 'c');
  });

  it('opens on the active choice, else on the picked one', async () => {
    const choices = REGIONS.map((one) => ({ ...one, picked: one.value === 'custom' }));
    const questions = [
      { title: 'T', placeholder: 'P', choices, active: 'sg' },
      { title: 'T', placeholder: 'P', choices },
    ];
    for (const [n, label] of ['Singapore', 'Custom'].entries()) {
      const answer = prompter.pick(questions[n] ?? assert.fail());
      assert.deepEqual(
        screen.list.activeItems.map((item) => item.label),
        [label],
      );
      screen.list.hide();
      await assert.rejects(answer, Cancelled);
    }
  });

  it('waits for choices that are on their way, and takes nothing before', async () => {
    const { promise, resolve } = withResolvers<readonly Choice<string>[]>();
    const answer = prompter.pick({ title: 'T', placeholder: 'P', choices: promise });
    const state = () => [screen.list.shown, screen.list.busy];
    assert.deepEqual(state(), [true, true]);
    screen.list.enter();
    resolve(REGIONS);
    await promise;
    assert.deepEqual(state(), [true, false]);
    screen.list.enter();
    assert.deepEqual(state(), [true, false], 'nothing was chosen');
    screen.list.choose('Custom');
    assert.equal(await answer, 'custom');
  });

  it('closes and rethrows when the choices cannot be had', async () => {
    const { promise, reject } = withResolvers<readonly Choice<string>[]>();
    const answer = prompter.pick({ title: 'T', placeholder: 'P', choices: promise });
    reject(new RangeError('no trunks'));
    await assert.rejects(answer, RangeError);
    assert.ok(screen.list.disposed);
  });

  it('may be closed while the choices are on their way, whatever becomes of them', async () => {
    for (const outcome of ['resolve', 'reject'] as const) {
      const { promise, resolve, reject } = withResolvers<readonly Choice<string>[]>();
      const answer = prompter.pick({ title: 'T', placeholder: 'P', choices: promise });
      screen.list.hide();
      await assert.rejects(answer, Cancelled);
      if (outcome === 'resolve') resolve(REGIONS);
      else reject(new Error('too late'));
      await new Promise((done) => setImmediate(done));
      assert.deepEqual(screen.list.items, []);
    }
  });

  it('takes several choices in the order of the list, or none', async () => {
    const choices = REGIONS.map((one) => ({ ...one, picked: one.value === 'sg' }));
    const some = prompter.pickMany({ title: 'T', placeholder: 'P', choices });
    assert.deepEqual(
      screen.list.selectedItems.map((item) => item.label),
      ['Singapore'],
    );
    screen.list.choose('Custom', 'India');
    assert.deepEqual(await some, ['in', 'custom']);
    const none = prompter.pickMany({ title: 'T', placeholder: 'P', choices });
    screen.list.choose();
    assert.deepEqual(await none, []);
  });

  it('asks for a yes in a modal that names the thing', async () => {
    const question = { message: 'Delete trunk "x"?', detail: 'For good.', action: 'Delete Trunk' };
    screen.pressed = 'Delete Trunk';
    await prompter.confirm(question);
    assert.deepEqual(screen.modals, [
      {
        message: 'Delete trunk "x"?',
        options: { modal: true, detail: 'For good.' },
        buttons: ['Delete Trunk'],
      },
    ]);
    screen.pressed = undefined;
    await assert.rejects(prompter.confirm(question), Cancelled);
  });
});

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
