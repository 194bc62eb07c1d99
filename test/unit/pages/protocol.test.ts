// What the host takes from the page, and what it takes back after a reload: only exact messages.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CHOICE_FIELDS } from '../../../src/app/choices';
import {
  decodeState,
  decodeToHost,
  OUTPUT_ACTIONS,
  PANEL_COMMANDS,
  type ToHost,
} from '../../../src/pages/panel/panel-protocol';

const text = fc.string({ maxLength: 50 });
const turn = fc.nat();

const messages: fc.Arbitrary<ToHost> = fc.oneof(
  fc.constantFrom<ToHost>(
    { type: 'ready' },
    { type: 'retry' },
    { type: 'explain' },
    { type: 'copyCommand' },
    { type: 'close' },
  ),
  fc.record({
    type: fc.constant('choose' as const),
    field: fc.constantFrom(...CHOICE_FIELDS),
    value: text,
    turn,
  }),
  fc.record({ type: fc.constant('resetChoices' as const), turn }),
  fc.record({ type: fc.constant('includePassword' as const), value: fc.boolean() }),
  fc.record({
    type: fc.constant('output' as const),
    action: fc.constantFrom(...OUTPUT_ACTIONS),
    file: text,
  }),
  fc.record({ type: fc.constant('copyFact' as const), fact: text }),
  fc.record({
    type: fc.constantFrom('revealPassword' as const, 'copyPassword' as const),
    userName: text,
  }),
  fc.record({
    type: fc.constant('run' as const),
    command: fc.constantFrom(...PANEL_COMMANDS),
    userName: fc.option(text),
  }),
);

describe('A message from the panel’s page', () => {
  it('is taken as it is when it is one', () => {
    fc.assert(
      fc.property(messages, (message) => assert.deepEqual(decodeToHost(message), { ...message })),
    );
  });

  it('is dropped when it is anything else, without an error', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (junk) => {
        assert.equal(decodeToHost(junk), null);
      }),
      { numRuns: 2000 },
    );
  });

  it('is dropped when one field is missing, of another type or one too many', () => {
    fc.assert(
      fc.property(messages, fc.nat(), (message, at) => {
        const keys = Object.keys(message);
        const key = keys[at % keys.length] ?? 'type';
        const missing = Object.fromEntries(
          Object.entries(message).filter(([name]) => name !== key),
        );
        assert.equal(decodeToHost(missing), null);
        assert.equal(decodeToHost({ ...message, [key]: { text: 'x' } }), null);
        assert.equal(decodeToHost({ ...message, extra: 1 }), null);
      }),
    );
  });

  it('cannot name a command outside the list, a field of another kind or a text without end', () => {
    const run = (command: string) => decodeToHost({ type: 'run', command, userName: null });
    assert.equal(run('workbench.action.terminal.new'), null);
    assert.equal(run('exotelSip.trunk.delete'), null);
    assert.notEqual(run('exotelSip.number.map'), null);
    const choose = (field: string, value: string) =>
      decodeToHost({ type: 'choose', field, value, turn: 1 });
    assert.equal(choose('__proto__', 'x'), null);
    assert.equal(choose('password', 'x'), null);
    assert.equal(choose('caFile', 'x'.repeat(5000)), null);
  });

  it('that throws when looked at is dropped too', () => {
    const trap = {
      get type(): string {
        throw new Error('no');
      },
    };
    assert.equal(decodeToHost(trap), null);
  });
});

describe('A panel’s state after a reload', () => {
  const state = {
    accountId: 'a-1',
    trunkSid: 'trmum1',
    name: 'Support line',
  };

  it('is what was kept', () => {
    assert.deepEqual(decodeState(JSON.parse(JSON.stringify(state))), state);
  });

  it('is nothing when it is not one of ours', () => {
    fc.assert(fc.property(fc.anything(), (junk) => assert.equal(decodeState(junk), null)));
    assert.equal(decodeState({ ...state, accountId: '../../x' }), null);
    assert.equal(decodeState({ ...state, trunkSid: 7 }), null);
  });

  it('loses a name that is none, and nothing else', () => {
    for (const name of [undefined, 7, 'two\nlines', 'x'.repeat(300)]) {
      assert.deepEqual(decodeState({ ...state, name }), { ...state, name: '' });
    }
  });

  it('leaves out what an older version kept there', () => {
    assert.deepEqual(decodeState({ ...state, chosen: { transport: 'tcp' }, more: true }), state);
  });
});
