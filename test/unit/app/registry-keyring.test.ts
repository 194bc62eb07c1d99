import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Secret } from '../../../src/exotel/secret';
import {
  clear,
  closeWindows,
  KEYS,
  keysOf,
  NEW_KEYS,
  openWindow,
  PRODUCTION,
  secretsLeft,
} from './accounts';
import { FakeComputer, type Faults } from './fake-computer';

const isSecret = (key: string) => key.startsWith('exotelSip.secret.');

/** Each way a keyring fails to keep a secret, and what it is called. */
const FAILURES: readonly (readonly [string, string, Faults])[] = [
  [
    'throws on store and quotes what it was given',
    'refused',
    {
      store: (_key, value) => {
        throw new Error(`org.freedesktop.secrets: cannot store ${value}`);
      },
    },
  ],
  ['says yes and keeps nothing', 'lost', { store: (key) => (isSecret(key) ? 'drop' : undefined) }],
  [
    'gives back something else',
    'altered',
    { store: (key, value) => (isSecret(key) ? { keep: value.slice(1) } : undefined) },
  ],
  [
    'cannot be read',
    'unreadable',
    {
      get: () => {
        throw new Error('the keyring is locked');
      },
    },
  ],
];

for (const [title, reason, faults] of FAILURES) {
  describe(`a keyring that ${title}`, () => {
    let computer: FakeComputer;

    beforeEach(() => (computer = new FakeComputer()));
    afterEach(closeWindows);

    it('leaves a new account usable until the window closes, and that is said', async () => {
      const { registry, fallBacks } = openWindow(computer);
      computer.faults = faults;
      const { account, persistence } = await registry.add(PRODUCTION, KEYS);
      assert.equal(persistence, 'session');
      assert.deepEqual(clear(await registry.keys(account.id)), clear(KEYS));
      assert.equal(fallBacks.length, 1);
      const [{ account: about, what, during, reason: said } = {}] = fallBacks;
      assert.deepEqual([about?.id, what, during, said], [account.id, 'keys', 'store', reason]);

      computer.faults = {};
      const { registry: restarted } = openWindow(computer);
      assert.deepEqual(restarted.list(), [account], 'the account itself is no secret');
      assert.equal(await restarted.keys(account.id), null);
    });

    it('never tells a secret in its words', async () => {
      const { registry, fallBacks } = openWindow(computer);
      computer.faults = faults;
      const keys = keysOf('ab"c\\d', 'k2');
      const { account } = await registry.add(PRODUCTION, keys);
      await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip "pass" 1'));
      assert.equal(fallBacks.length, 2);
      const said = inspect(fallBacks, { depth: 9 });
      for (const secret of ['ab"c', 'ab\\"c', 'k2', 'sip "pass"', 'sip \\"pass']) {
        assert.ok(!said.includes(secret), said);
      }
    });

    it('does not bring old keys back after a restart', async () => {
      const { registry } = openWindow(computer);
      const { account } = await registry.add(PRODUCTION, KEYS);
      computer.faults = faults;
      assert.deepEqual(await registry.replaceKeys(account.id, NEW_KEYS), {
        persistence: 'session',
      });
      assert.deepEqual(clear(await registry.keys(account.id)), clear(NEW_KEYS));
      computer.faults = {};
      assert.equal(await openWindow(computer).registry.keys(account.id), null);
    });

    it('costs no password that was stored before', async () => {
      const { registry, fallBacks } = openWindow(computer);
      const { account } = await registry.add(PRODUCTION, KEYS);
      const vault = registry.vault(account.id);
      await vault.put('trunk1', 'alice', new Secret('sip-pass-1'));
      computer.faults = faults;
      await vault.put('trunk1', 'bob', new Secret('sip-pass-2'));
      computer.faults = {};
      assert.equal((await vault.get('trunk1', 'alice'))?.reveal(), 'sip-pass-1');
      assert.equal((await vault.get('trunk1', 'bob'))?.reveal(), 'sip-pass-2');
      assert.equal(fallBacks.length, 1);

      // The keyring is back: the next change stores what it had not taken, too.
      await vault.put('trunk1', 'carol', new Secret('sip-pass-3'));
      const restarted = openWindow(computer).registry.vault(account.id);
      for (const [n, user] of ['alice', 'bob', 'carol'].entries()) {
        assert.equal((await restarted.get('trunk1', user))?.reveal(), `sip-pass-${n + 1}`);
      }
    });

    it('keeps what could not be stored until the keyring takes it', async () => {
      const { registry } = openWindow(computer);
      computer.faults = faults;
      const { account } = await registry.add(PRODUCTION, KEYS);
      computer.faults = {};
      assert.deepEqual(await registry.replaceKeys(account.id, KEYS), { persistence: 'stored' });
      assert.deepEqual(clear(await openWindow(computer).registry.keys(account.id)), clear(KEYS));
    });

    it('leaves nothing once the account is removed', async () => {
      const { registry } = openWindow(computer);
      computer.faults = faults;
      const { account } = await registry.add(PRODUCTION, KEYS);
      await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1'));
      computer.faults = {};
      assert.deepEqual(await registry.remove(account.id), { secretsGone: true });
      assert.deepEqual(secretsLeft(computer), []);
      assert.equal(await registry.vault(account.id).get('trunk1', 'alice'), null);
    });
  });
}

describe('a keyring that is locked for a while', () => {
  let computer: FakeComputer;
  const locked: Faults = {
    get: () => {
      throw new Error('locked');
    },
    delete: () => {
      throw new Error('locked');
    },
  };

  beforeEach(() => (computer = new FakeComputer()));
  afterEach(closeWindows);

  it('is told of once, and keys are back when it opens', async () => {
    const { registry, fallBacks } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    computer.faults = locked;
    assert.equal(await registry.keys(account.id), null);
    assert.equal(await registry.keys(account.id), null);
    assert.deepEqual(fallBacks, [
      { account, what: 'keys', during: 'read', reason: 'unreadable', detail: 'locked' },
    ]);
    computer.faults = {};
    assert.deepEqual(clear(await registry.keys(account.id)), clear(KEYS));
    computer.faults = locked;
    await registry.keys(account.id);
    assert.equal(fallBacks.length, 2);
  });

  it('gives up the secrets of a removed account at the next start', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1'));
    computer.faults = locked;
    assert.deepEqual(await registry.remove(account.id), { secretsGone: false });
    assert.equal(secretsLeft(computer).length, 2);
    assert.deepEqual(registry.list(), []);

    computer.faults = {};
    openWindow(computer);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(secretsLeft(computer), []);
  });

  it('does not hold up anything that needs no secret', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    computer.faults = {
      store: () => {
        throw new Error('no sign to other windows');
      },
    };
    assert.equal((await registry.update(account.id, { label: 'Live' })).label, 'Live');
  });
});

describe('an entry of the keyring that is not ours', () => {
  afterEach(closeWindows);

  for (const text of ['', 'not json', '[]', 'null', '42', '{"apiKey":1,"apiToken":"x"}']) {
    it(`means no keys: ${text || 'an empty text'}`, async () => {
      const computer = new FakeComputer();
      const { registry } = openWindow(computer);
      const { account } = await registry.add(PRODUCTION, KEYS);
      computer.keyring.set(`exotelSip.secret.${account.id}.keys`, text);
      assert.equal(await registry.keys(account.id), null);
    });
  }
});
