// Finding a trunk by what a person has in hand: a piece of its name, of its SID, or a number as it was
// written down.
import assert from 'node:assert/strict';
import { trunkMatcher } from '../../../src/trunks/filter';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';

describe('The filter', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
    await account.model.ensureTrunks();
    for (const sid of Object.values(SEEDED)) await account.model.ensureSections(sid, ['numbers']);
  });

  after(() => account.close());

  const found = (text: string) =>
    (account.model.trunks.value ?? []).flatMap((snapshot) => {
      const match = trunkMatcher(text)(snapshot);
      return match === null ? [] : [`${snapshot.trunk.name}:${match.numberIds?.size ?? 'all'}`];
    });

  it('finds a trunk by a part of its name, in any case, and shows all of it', () => {
    assert.deepEqual(found('OUTBOUND'), ['outbound_trunk:all']);
  });

  it('finds a trunk by its SID', () => {
    assert.deepEqual(found(SEEDED.streamkit), ['streamkit_trunk:all']);
  });

  it('finds a number however it is written, and shows only it', () => {
    assert.deepEqual(found('+91 98765-43210'), ['outbound_trunk:1']);
    assert.deepEqual(found('80401'), ['outbound_trunk:1']);
    assert.deepEqual(found('91'), ['outbound_trunk:2', 'inbound_trunk:1', 'streamkit_trunk:1']);
  });

  it('finds nothing by what is nowhere', () => {
    assert.deepEqual(found('nowhere'), []);
    assert.deepEqual(found('555555'), []);
  });
});
