// What was chosen for each trunk: kept, bounded, forgotten with what it was for.
import assert from 'node:assert/strict';
import {
  type ChoiceRef,
  chosenEdge,
  forgetWithTrunks,
  TrunkChoices,
} from '../../../src/app/choices';
import { Emitter } from '../../../src/trunks/event';
import { memento } from './checks-support';

const A: ChoiceRef = { accountId: 'a', trunkSid: 't1' };
const B: ChoiceRef = { accountId: 'a', trunkSid: 't2' };
const OTHER: ChoiceRef = { accountId: 'b', trunkSid: 't1' };
const KEY = 'pbx.choices';

describe('The choices for a trunk', () => {
  it('are there after a reload and in every window', () => {
    const state = memento();
    const choices = new TrunkChoices(state);
    const elsewhere = new TrunkChoices(state);
    choices.choose(A, { targetId: 'kamailio', transport: 'tcp', publicAddress: '203.0.113' });
    choices.choose(A, { edgeId: 'singapore' });
    assert.deepEqual(elsewhere.own(A), {
      targetId: 'kamailio',
      transport: 'tcp',
      publicAddress: '203.0.113',
      edgeId: 'singapore',
    });
    assert.deepEqual(elsewhere.own(B), {});
  });

  it('go on following the trunk where they are what it suggests', () => {
    const choices = new TrunkChoices(memento());
    choices.choose(A, { transport: 'tcp', auth: 'ip' });
    choices.choose(A, { transport: 'tls', targetId: 'kamailio' }, { transport: 'tls', auth: 'ip' });
    assert.deepEqual(choices.own(A), { auth: 'ip', targetId: 'kamailio' });
    assert.equal(choices.hasOptions(A), true);
    choices.reset(A);
    assert.deepEqual(choices.own(A), { targetId: 'kamailio' });
    assert.equal(choices.hasOptions(A), false);
  });

  it('begin with the last PBX of any trunk and the last senders of the account', () => {
    const choices = new TrunkChoices(memento());
    choices.choose(A, { targetId: 'kamailio', exotelAddresses: '198.51.100.0/24' });
    choices.choose(A, { exotelAddresses: '198.51.100.0/24, 203.0' });
    assert.deepEqual(choices.of(B), { targetId: 'kamailio', exotelAddresses: '198.51.100.0/24' });
    assert.deepEqual(choices.of(OTHER), { targetId: 'kamailio' });
    assert.equal(choices.of(A).exotelAddresses, '198.51.100.0/24, 203.0');
    choices.choose(B, { exotelAddresses: '203.0.113.9' });
    assert.equal(choices.of(A).exotelAddresses, '198.51.100.0/24, 203.0');
    choices.choose(B, { exotelAddresses: '' });
    assert.deepEqual(choices.own(B), {});
    assert.equal(choices.of({ ...B, trunkSid: 't3' }).exotelAddresses, undefined);
  });

  it('of a block in a file are for its trunk alone', () => {
    const choices = new TrunkChoices(memento());
    choices.adopt(A, { targetId: 'kamailio', exotelAddresses: '198.51.100.0/24' }, {});
    assert.equal(choices.own(A).exotelAddresses, '198.51.100.0/24');
    assert.equal(choices.of(B).exotelAddresses, undefined);
  });

  it('are told to whoever shows them', () => {
    const choices = new TrunkChoices(memento());
    const told: ChoiceRef[] = [];
    choices.onDidChange((ref) => told.push(ref));
    choices.choose(A, { transport: 'tcp' });
    choices.reset(B);
    assert.deepEqual(told, [A, B]);
  });

  it('say where calls go, for those who only ask for that', () => {
    const choices = new TrunkChoices(memento());
    choices.choose(A, { targetId: 'kamailio' });
    assert.equal(chosenEdge(choices, A), null);
    choices.choose(A, { transport: 'tcp' });
    assert.deepEqual(chosenEdge(choices, A), { edgeId: 'account-domain', transport: 'tcp' });
    choices.choose(B, { edgeId: 'singapore' });
    assert.deepEqual(chosenEdge(choices, B), { edgeId: 'singapore', transport: 'tls' });
  });

  it('are forgotten with the account, and with a trunk that is not listed any more', () => {
    const choices = new TrunkChoices(memento());
    for (const ref of [A, B, OTHER])
      choices.choose(ref, { exotelAddresses: '203.0.113.7', auth: 'ip' });
    const changed = new Emitter<{ accountId: string; change: { kind: string } }>();
    const accounts = new Emitter<{ kind: string; account: { id: string } }>();
    let state = 'loading';
    const model = {
      trunks: {
        get state() {
          return state;
        },
      },
      trunk: (sid: string) => (sid === 't1' ? {} : null),
    };
    const following = forgetWithTrunks(
      choices,
      { peek: () => model, onDidChange: changed.event },
      { onDidChange: accounts.event },
    );
    changed.fire({ accountId: 'a', change: { kind: 'trunks' } });
    assert.equal(choices.own(B).auth, 'ip', 'a list that is on its way says nothing');
    state = 'ready';
    changed.fire({ accountId: 'a', change: { kind: 'trunks' } });
    assert.equal(choices.own(B).auth, undefined);
    assert.equal(choices.own(A).auth, 'ip');
    accounts.fire({ kind: 'removed', account: { id: 'a' } });
    assert.deepEqual(choices.own(A), {});
    assert.equal(choices.of(A).exotelAddresses, undefined);
    assert.equal(choices.own(OTHER).auth, 'ip');
    following.dispose();
    accounts.fire({ kind: 'removed', account: { id: 'b' } });
    assert.equal(choices.own(OTHER).auth, 'ip');
  });

  it('do not grow without end', () => {
    const state = memento();
    const choices = new TrunkChoices(state);
    for (let at = 0; at < 300; at += 1) {
      choices.choose({ accountId: `a${at}`, trunkSid: 't' }, { exotelAddresses: '203.0.113.7' });
    }
    const kept = state.kept.get(KEY) as { trunks: unknown[]; senders: unknown[] };
    assert.equal(kept.trunks.length, 200);
    assert.equal(kept.senders.length, 200);
    choices.choose(A, { insidePeer: 'x'.repeat(3000) });
    assert.deepEqual(choices.own(A), {});
  });

  it('survive what is broken, and what cannot be kept', () => {
    const good = {
      accountId: 'a',
      trunkSid: 't1',
      chosen: { transport: 'tcp', caFile: 7, no: 'x' },
    };
    for (const broken of [null, 'x', [], { version: 2 }, { version: 1, trunks: 1, senders: [] }]) {
      assert.deepEqual(new TrunkChoices(memento({ [KEY]: broken })).of(A), {});
    }
    const state = memento({
      [KEY]: { version: 1, trunks: [7, { accountId: 'a' }, good], senders: [{}] },
    });
    assert.deepEqual(new TrunkChoices(state).own(A), { transport: 'tcp' });
    const full = { ...state, update: () => Promise.reject(new Error('disk full')) };
    new TrunkChoices(full).choose(A, { transport: 'tls' });
  });
});
