// A list of hundreds of trunks: the first of them, a row that shows more, and the one that was asked for.
import assert from 'node:assert/strict';
import type { AccountRef, NodeRef } from '../../../../src/app/refs';
import { manyStates, sidOf } from '../../../support/many-trunks';
import { ACCOUNT_ID, treeStage, type TreeStage } from './stage';

const ACCOUNT: AccountRef = { kind: 'account', accountId: ACCOUNT_ID };

describe('A list of 450 trunks', () => {
  let on: TreeStage;

  beforeEach(async () => {
    on = await treeStage({ trunks: manyStates(450) });
  });

  afterEach(() => on.close());

  const shown = (): NodeRef[] => on.rows.trunks(ACCOUNT);
  const sids = (): string[] =>
    shown().flatMap((ref) => (ref.kind === 'trunk' ? [ref.trunkSid] : []));
  const more = (): boolean => shown().some((ref) => ref.kind === 'note' && ref.noteId === 'more');

  it('is read with five calls, and nothing more to show it', async () => {
    await on.account.model.reloadTrunks();
    assert.equal(shown().length, 201);
    assert.equal(on.account.sandbox.requests.length, 5);
  });

  it('shows 200, says so, and 200 more when asked, until all are there', () => {
    assert.equal(sids().length, 200);
    assert.equal(shown().length, 201, 'and the row that shows more, at the end');
    assert.ok(more());
    assert.deepEqual(on.rows.cut(ACCOUNT_ID), { shown: 200, all: 450, next: 200 });

    assert.deepEqual(on.rows.showMore(ACCOUNT), {
      kind: 'trunk',
      accountId: ACCOUNT_ID,
      trunkSid: sidOf(200),
    });
    assert.deepEqual(on.rows.cut(ACCOUNT_ID), { shown: 400, all: 450, next: 50 });

    assert.equal(on.rows.showMore(ACCOUNT)?.trunkSid, sidOf(400));
    assert.equal(sids().length, 450);
    assert.equal(on.rows.cut(ACCOUNT_ID), null);
    assert.ok(!more());
    assert.equal(on.rows.showMore(ACCOUNT), null);
  });

  it('is as long as before after a refresh', async () => {
    on.rows.showMore(ACCOUNT);
    await on.account.model.reloadTrunks();
    assert.equal(sids().length, 400);
  });

  it('shows a trunk beyond the end that is asked for by itself, in its place', () => {
    assert.equal(on.rows.showTrunk(ACCOUNT_ID, sidOf(3)), false, 'it is there');
    assert.equal(on.rows.showTrunk(ACCOUNT_ID, sidOf(440)), true);
    assert.equal(on.rows.showTrunk(ACCOUNT_ID, sidOf(301)), true);
    assert.deepEqual(sids().slice(199), [sidOf(199), sidOf(301), sidOf(440)]);
    assert.deepEqual(on.rows.cut(ACCOUNT_ID), { shown: 202, all: 450, next: 200 });
    assert.equal(on.rows.showTrunk(ACCOUNT_ID, sidOf(301)), false);
    assert.equal(on.rows.showTrunk(ACCOUNT_ID, 'trmum1gone'), false);
  });

  it('is searched whole, and what is found is cut by itself', () => {
    on.rows.showMore(ACCOUNT);
    on.search.set('trunk_449');
    assert.deepEqual(sids(), [sidOf(449)]);
    on.search.set('trunk_');
    on.rows.filterChanged();
    assert.equal(sids().length, 200);
    on.search.set(null);
    assert.equal(sids().length, 400);
  });
});
