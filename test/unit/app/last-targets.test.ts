// The PBX each trunk was last made for.
import assert from 'node:assert/strict';
import { LastTargets } from '../../../src/app/pbx/last-targets';

function memento(start: Record<string, unknown> = {}) {
  const kept = new Map(Object.entries(start));
  return {
    kept,
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key) as never,
    update: (key: string, value: unknown) => {
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

describe('The last PBX', () => {
  it('is remembered for each trunk; a new trunk has the one any trunk had last', () => {
    const state = memento();
    const last = new LastTargets(state);
    assert.equal(last.get('a', 't1'), null);
    last.set('a', 't1', 'kamailio');
    last.set('a', 't2', 'freeswitch');
    const again = new LastTargets(state);
    assert.equal(again.get('a', 't1'), 'kamailio');
    assert.equal(again.get('a', 't2'), 'freeswitch');
    assert.equal(again.get('b', 't1'), 'freeswitch');
    last.set('a', 't1', 'avaya-sbce');
    assert.equal(again.get('a', 't1'), 'avaya-sbce');
  });

  it('is forgotten with the account', () => {
    const last = new LastTargets(memento());
    last.set('a', 't1', 'kamailio');
    last.set('ab', 't1', 'freeswitch');
    last.forgetAccount('a');
    assert.equal(last.get('a', 't1'), 'freeswitch');
    assert.equal(last.get('ab', 't1'), 'freeswitch');
  });

  it('does not grow without end, and survives what is broken or cannot be kept', () => {
    const state = memento({ 'pbx.lastTargets': [['a/t', 'kamailio'], 5, ['x'], null] });
    const last = new LastTargets(state);
    assert.equal(last.get('a', 't'), 'kamailio');
    for (let index = 0; index < 300; index += 1) last.set('a', `t${index}`, 'freeswitch');
    assert.equal((state.kept.get('pbx.lastTargets') as unknown[]).length, 200);
    state.kept.set('pbx.lastTargets', 'x');
    assert.equal(last.get('a', 't1'), null);
    const full = { ...state, update: () => Promise.reject(new Error('disk full')) };
    new LastTargets(full).set('a', 't', 'kamailio');
  });
});
