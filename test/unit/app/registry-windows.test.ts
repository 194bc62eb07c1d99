import assert from 'node:assert/strict';
import { Secret } from '../../../src/exotel/secret';
import { AccountGone } from '../../../src/app/accounts/registry';
import {
  clear,
  closeWindows,
  diskText,
  KEYS,
  NEW_KEYS,
  openWindow,
  PRODUCTION,
  SANDBOX,
  secretsLeft,
  STAGING,
} from './accounts';
import { eventually, FakeComputer } from './fake-computer';

/** Longer than any second look of the registries here. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

for (const lagMs of [0, 15]) {
  describe(`two windows whose globalState lags ${lagMs} ms`, () => {
    let computer: FakeComputer;

    beforeEach(() => {
      computer = new FakeComputer();
      computer.lagMs = lagMs;
    });
    afterEach(closeWindows);

    it('follow each other when an account is added, changed and removed', async () => {
      const here = openWindow(computer);
      const there = openWindow(computer);
      const { account } = await here.registry.add(PRODUCTION, KEYS);
      await eventually(() => there.registry.get(account.id) !== null, 'added there');
      assert.deepEqual(there.registry.list(), [account]);
      assert.deepEqual(clear(await there.registry.keys(account.id)), clear(KEYS));

      const changed = await there.registry.update(account.id, { label: 'Live' });
      await eventually(() => here.registry.get(account.id)?.label === 'Live', 'changed here');
      assert.deepEqual(here.changes.at(-1), {
        kind: 'changed',
        account: changed,
        previous: account,
      });

      await here.registry.remove(account.id);
      await eventually(() => there.registry.list().length === 0, 'removed there');
      await settled();
      const expected = ['added Production', 'changed Live', 'removed Live'];
      assert.deepEqual(here.told, expected);
      assert.deepEqual(there.told, expected);
      assert.deepEqual(secretsLeft(computer), []);
    });

    it('hear of replaced keys, each once', async () => {
      const here = openWindow(computer);
      const there = openWindow(computer);
      const { account } = await here.registry.add(PRODUCTION, KEYS);
      await eventually(() => there.registry.get(account.id) !== null, 'added there');
      await there.registry.keys(account.id);
      await here.registry.replaceKeys(account.id, NEW_KEYS);
      await eventually(() => there.told.includes('keys Production'), 'keys told there');
      await settled();
      assert.deepEqual(there.told, ['added Production', 'keys Production']);
      assert.deepEqual(here.told, ['added Production', 'keys Production']);
      assert.deepEqual(clear(await there.registry.keys(account.id)), clear(NEW_KEYS));
    });

    it('end with the same accounts when both add at the same moment', async () => {
      const here = openWindow(computer);
      const there = openWindow(computer);
      await Promise.all([
        here.registry.add(PRODUCTION, KEYS),
        there.registry.add(STAGING, NEW_KEYS),
      ]);
      const both = () => [here, there].every(({ registry }) => registry.list().length === 2);
      await eventually(both, 'both accounts in both windows');
      await settled();
      assert.ok(both());
      assert.deepEqual(here.registry.list(), there.registry.list());
      const { registry: restarted } = openWindow(computer);
      assert.deepEqual(restarted.list(), here.registry.list());
      for (const { id } of restarted.list()) assert.ok(await restarted.keys(id));
      assert.deepEqual(here.told.toSorted(), ['added Production', 'added Staging']);
    });

    it('remove an account for good although the other window is changing it', async () => {
      const here = openWindow(computer);
      const there = openWindow(computer);
      const { account } = await here.registry.add(PRODUCTION, KEYS);
      await eventually(() => there.registry.get(account.id) !== null, 'added there');
      await Promise.all([
        here.registry.remove(account.id),
        there.registry.update(account.id, { label: 'Live' }).catch(assertGone),
        there.registry
          .vault(account.id)
          .put('trunk1', 'alice', new Secret('sip-pass-1'))
          .catch(assertGone),
        there.registry.replaceKeys(account.id, NEW_KEYS).catch(assertGone),
        there.registry.memory(account.id).remember('trunk1', 'outbound'),
      ]);
      const nothingLeft = () =>
        [here, there].every(({ registry }) => registry.list().length === 0) &&
        secretsLeft(computer).length === 0 &&
        !/outbound|acme1/.test(diskText(computer));
      await eventually(nothingLeft, 'nothing left of the account');
      await settled();
      assert.ok(nothingLeft());
      assert.deepEqual(openWindow(computer).registry.list(), []);
    });

    it('note every secret although they store at the same moment, so that removing misses none', async () => {
      const here = openWindow(computer);
      const there = openWindow(computer);
      const { account } = await here.registry.add(PRODUCTION, KEYS);
      await eventually(() => there.registry.get(account.id) !== null, 'added there');
      await Promise.all([
        here.registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1')),
        there.registry.vault(account.id).put('trunk2', 'bob', new Secret('sip-pass-2')),
      ]);
      await here.registry.remove(account.id);
      await eventually(() => secretsLeft(computer).length === 0, 'no secret left');
    });

    it('keep a sandbox to the window that started it', async () => {
      const here = openWindow(computer);
      const there = openWindow(computer);
      await here.registry.add(SANDBOX, KEYS);
      await here.registry.add(PRODUCTION, KEYS);
      await eventually(() => there.registry.list().length === 1, 'the real account there');
      assert.deepEqual(there.told, ['added Production']);
    });
  });
}

describe('a window that closes', () => {
  afterEach(closeWindows);

  it('hears nothing any more', async () => {
    const computer = new FakeComputer();
    const here = openWindow(computer);
    const there = openWindow(computer);
    there.registry.dispose();
    await here.registry.add(PRODUCTION, KEYS);
    await settled();
    assert.deepEqual(there.told, []);
  });
});

function assertGone(error: unknown): void {
  assert.ok(error instanceof AccountGone);
}
