// Ten times as many trunks may take ten times as long, not a hundred times: a list that is known is read
// again, drawn, and searched. And what is gone is forgotten.
import assert from 'node:assert/strict';
import { Secret } from '../../../src/exotel/secret';
import { trunkMatcher } from '../../../src/trunks/filter';
import type { Change } from '../../../src/trunks/snapshot';
import { TrunkStore } from '../../../src/trunks/store';
import { rowGone } from '../../../src/trunks/problems';
import { manyTrunks, sidOf } from '../../support/many-trunks';

/** Twelvefold, where just looking at the rows takes tenfold: on a busy computer memory makes it more. */
const MOST = 12 / 10;
/** What two measurements of the same work may differ by. */
const SLACK = 1.5;
/** Passes over ten thousand trunks; ten times as many over a thousand, so that both take as long. */
const PASSES = 6;

interface Bench {
  readonly store: TrunkStore;
  readonly changes: Change[];
}

function storeOf(count: number): Bench {
  const store = new TrunkStore();
  const changes: Change[] = [];
  store.listReady(manyTrunks(count));
  store.onDidChange((change) => changes.push(change));
  return { store, changes };
}

/** The computing time of one pass, in µs, whatever else runs on the computer. */
function effort(passes: number, work: () => void): number {
  const begun = process.cpuUsage();
  for (let pass = 0; pass < passes; pass += 1) work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / passes;
}

/** A linear pass over what a reload compares. */
function look({ store }: Bench, count: number): () => void {
  const again = manyTrunks(count);
  return () => {
    let same = 0;
    for (const [index, snapshot] of (store.trunks.value ?? []).entries()) {
      const other = again[index];
      if (other === undefined) continue;
      for (const fact of Object.values(snapshot.trunk)) same += Number(fact === other.sid);
    }
    assert.equal(same, count);
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const listed = (store: TrunkStore): number | undefined => store.trunks.value?.length;

describe('A model of ten thousand trunks', function () {
  this.timeout(60_000);
  const small = storeOf(1000);
  const large = storeOf(10_000);

  /** How much more the work grows than a look at every fact of every trunk does. */
  function growth(work: (bench: Bench, count: number) => () => void): number {
    const [few, many] = [work(small, 1000), work(large, 10_000)];
    const [lookAtFew, lookAtMany] = [look(small, 1000), look(large, 10_000)];
    const ratio = () =>
      effort(PASSES, many) /
      effort(PASSES * 10, few) /
      (effort(PASSES, lookAtMany) / effort(PASSES * 10, lookAtFew));
    ratio();
    return median(Array.from({ length: 7 }, ratio));
  }

  it('takes at most twelve times as long as one of a thousand to read its list again', () => {
    const times = growth(({ store }, count) => {
      const again = manyTrunks(count);
      return () => {
        store.listLoading();
        store.listReady(again);
      };
    });
    assert.ok(times < MOST * SLACK, `${times} times as much as a look does`);
    assert.deepEqual(large.changes, [], 'and tells nobody of what did not change');
  });

  it('takes at most twelve times as long to be searched', () => {
    const times = growth(({ store }) => () => {
      const match = trunkMatcher('trunk_77');
      for (const snapshot of store.trunks.value ?? []) match(snapshot);
    });
    assert.ok(times < MOST * SLACK, `${times} times as much as a look does`);
  });

  it('gives its list without making it again', () => {
    const { store } = large;
    assert.equal(store.trunks, store.trunks);
    const before = store.trunks;
    store.setBusy(sidOf(5), null, '', 'renaming…');
    assert.notEqual(store.trunks, before);
    assert.equal(store.trunks.value?.[5]?.busy.size, 1);
    store.setBusy(sidOf(5), null, '', null);
  });

  it('tells of the trunks that changed, not of the list, while the list is the same', () => {
    const { store, changes } = storeOf(10_000);
    const renamed = manyTrunks(10_000).map((trunk, index) =>
      index === 7 || index === 9 ? { ...trunk, name: 'renamed' } : trunk,
    );
    store.listReady(renamed);
    assert.deepEqual(changes, [
      { kind: 'trunk', trunkSid: sidOf(7) },
      { kind: 'trunk', trunkSid: sidOf(9) },
    ]);
    changes.length = 0;
    store.listReady(renamed.toReversed());
    assert.deepEqual(changes, [{ kind: 'trunks' }], 'another order is another list');
    changes.length = 0;
    store.listReady(renamed.toReversed().map((trunk) => ({ ...trunk, name: 'all_renamed' })));
    assert.deepEqual(changes, [{ kind: 'trunks' }], 'one word for very many');
  });

  it('forgets what is gone and keeps what was loaded beneath what stays', () => {
    const { store, changes } = storeOf(10);
    store.sectionReady(sidOf(1), 'settings', []);
    store.sectionReady(sidOf(8), 'settings', []);
    changes.length = 0;
    store.listReady(manyTrunks(5));
    assert.deepEqual(changes, [{ kind: 'trunks' }]);
    assert.equal(store.trunks.value?.length, 5);
    assert.equal(store.trunk(sidOf(8)), null);
    assert.equal(store.trunk(sidOf(1))?.sections.settings.state, 'ready');
    store.listReady(manyTrunks(10));
    assert.equal(store.trunk(sidOf(8))?.sections.settings.state, 'idle');
  });

  it('is the same list to whoever holds it, failed or not', () => {
    const { store } = storeOf(3);
    const { problem } = rowGone();
    store.listLoading();
    assert.equal(listed(store), 3);
    store.listFailed(problem);
    assert.equal(listed(store), 3);
    const { trunks } = store;
    assert.deepEqual(trunks.state === 'failed' && trunks.problem, problem);
  });
});

describe('A row that is read again', () => {
  const issued = (password: string) =>
    ({
      kind: 'issued',
      userName: sidOf(0),
      password: new Secret(password),
      trunkSid: sidOf(0),
    }) as const;

  it('differs when its password does, though both are written as dots', () => {
    const { store, changes } = storeOf(1);
    store.sectionReady(sidOf(0), 'credentials', [issued('one')]);
    changes.length = 0;
    store.sectionReady(sidOf(0), 'credentials', [issued('one')]);
    assert.deepEqual(changes, []);
    store.sectionReady(sidOf(0), 'credentials', [issued('two')]);
    assert.deepEqual(changes, [{ kind: 'section', trunkSid: sidOf(0), section: 'credentials' }]);
    changes.length = 0;
    store.putRow(sidOf(0), 'credentials', issued('three'));
    assert.equal(changes.length, 1);
  });
});
