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
import { FakeComputer } from './fake-computer';

describe('the account registry', () => {
  let computer: FakeComputer;

  beforeEach(() => (computer = new FakeComputer()));
  afterEach(closeWindows);

  it('lists accounts in the order they were added, and again after a restart', async () => {
    const { registry, told } = openWindow(computer);
    const first = await registry.add(STAGING, KEYS);
    const second = await registry.add({ ...PRODUCTION, readOnly: true }, NEW_KEYS);
    assert.equal(first.persistence, 'stored');
    assert.deepEqual(told, ['added Staging', 'added Production']);

    const { registry: restarted } = openWindow(computer);
    assert.deepEqual(restarted.list(), [first.account, second.account]);
    assert.deepEqual(restarted.get(second.account.id), { ...second.account, readOnly: true });
    assert.deepEqual(clear(await restarted.keys(first.account.id)), clear(KEYS));
    assert.deepEqual(clear(await restarted.keys(second.account.id)), clear(NEW_KEYS));
  });

  it('reads nothing from the keyring before somebody asks for keys', async () => {
    await openWindow(computer).registry.add(PRODUCTION, KEYS);
    await new Promise((resolve) => setTimeout(resolve, 10));
    let reads = 0;
    computer.faults.get = () => reads++;
    openWindow(computer).registry.list();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(reads, 0);
  });

  it('has the keys ready when it tells of a new account', async () => {
    const { registry } = openWindow(computer);
    const atOnce = new Promise((resolve) =>
      registry.onDidChange(({ account }) => resolve(registry.keys(account.id).then(clear))),
    );
    await registry.add(PRODUCTION, KEYS);
    assert.deepEqual(await atOnce, clear(KEYS));
  });

  it('keeps keys and passwords out of globalState', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1'));
    for (const secret of ['key-4a1f', 'token-90cd', 'sip-pass-1']) {
      assert.ok(!diskText(computer).includes(secret), secret);
      assert.ok([...computer.keyring.values()].some((value) => value.includes(secret)));
    }
  });

  it('changes what it is told to and says what it was before', async () => {
    const { registry, changes } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    const changed = await registry.update(account.id, { label: 'Live', readOnly: true });
    assert.deepEqual(changed, { ...account, label: 'Live', readOnly: true });
    assert.deepEqual(changes.at(-1), { kind: 'changed', account: changed, previous: account });
    assert.deepEqual(openWindow(computer).registry.list(), [changed]);
  });

  it('takes no other field from an update than those that may change', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    const stranger = { ...account, id: 'other', sandbox: true, apiKey: 'key-4a1f' };
    assert.deepEqual(await registry.update(account.id, stranger), account);
    assert.ok(!diskText(computer).includes('key-4a1f'));
  });

  it('is silent about an update that changes nothing', async () => {
    const { registry, told } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    await registry.update(account.id, { label: account.label });
    assert.deepEqual(told, ['added Production']);
  });

  it('refuses to send keys to a host without TLS that is not this computer', async () => {
    const { registry, told } = openWindow(computer);
    const insecure = { ...PRODUCTION, region: 'custom', baseUrl: 'http://api.example' } as const;
    await assert.rejects(registry.add(insecure, KEYS), /baseUrl/);
    assert.deepEqual(told, []);
    assert.deepEqual(secretsLeft(computer), []);
    const { account } = await registry.add(PRODUCTION, KEYS);
    await assert.rejects(registry.update(account.id, { baseUrl: 'http://api.example' }), /baseUrl/);
    assert.deepEqual(registry.list(), [account]);
  });

  it('replaces keys and tells it once', async () => {
    const { registry, told } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    assert.deepEqual(await registry.replaceKeys(account.id, NEW_KEYS), { persistence: 'stored' });
    assert.deepEqual(clear(await registry.keys(account.id)), clear(NEW_KEYS));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(told, ['added Production', 'keys Production']);
  });

  it('finds an account by host and SID, however the host is written', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    assert.equal(registry.find('https://API.in.exotel.com/', 'acme1'), account);
    assert.equal(registry.find('https://api.exotel.com', 'acme1'), null);
    assert.equal(registry.find('https://api.in.exotel.com', 'ACME1'), null);
  });

  it('leaves no secret and no trunk behind when an account is removed', async () => {
    const { registry, told } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    const other = await registry.add(STAGING, NEW_KEYS);
    await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1'));
    await registry.vault(account.id).put('trunk.with.dots', 'bob', new Secret('sip-pass-2'));
    await registry.memory(account.id).remember('trunk1', 'outbound');

    assert.deepEqual(await registry.remove(account.id), { secretsGone: true });
    assert.deepEqual(registry.list(), [other.account]);
    assert.equal(told.at(-1), 'removed Production');
    assert.deepEqual(secretsLeft(computer), [`exotelSip.secret.${other.account.id}.keys`]);
    assert.ok(!diskText(computer).includes('trunk1'));
    assert.equal(await registry.keys(account.id), null);
    assert.deepEqual(await registry.remove(account.id), { secretsGone: true });
  });

  it('removes passwords that globalState has forgotten to note, keys always', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1'));
    computer.disk = { ...computer.disk, 'exotelSip.secretNames': 'nonsense' };
    await registry.remove(account.id);
    assert.deepEqual(secretsLeft(computer), []);

    const again = await registry.add(PRODUCTION, KEYS);
    computer.disk = { ...computer.disk, 'exotelSip.secretNames': 42 };
    await openWindow(computer).registry.remove(again.account.id);
    assert.deepEqual(secretsLeft(computer), []);
  });

  it('lets nothing be stored for a removed account', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    const vault = registry.vault(account.id);
    const memory = registry.memory(account.id);
    const late = vault.put('trunk1', 'alice', new Secret('sip-pass-1'));
    const removed = registry.remove(account.id);
    await Promise.all([late, removed]);
    await assert.rejects(vault.put('trunk1', 'bob', new Secret('sip-pass-2')), AccountGone);
    await assert.rejects(registry.replaceKeys(account.id, NEW_KEYS), AccountGone);
    await assert.rejects(registry.update(account.id, { label: 'x' }), AccountGone);
    await vault.delete('trunk1', 'alice');
    await vault.deleteTrunk('trunk1');
    await memory.remember('trunk1', 'outbound');
    assert.deepEqual(memory.list(), []);
    assert.deepEqual(secretsLeft(computer), []);
  });

  it('keeps every one of many changes made at the same time', async () => {
    const { registry } = openWindow(computer);
    const names = Array.from({ length: 20 }, (_, n) => `Account ${n}`);
    await Promise.all(
      names.map((label, n) => registry.add({ ...PRODUCTION, label, accountSid: `sid${n}` }, KEYS)),
    );
    const [first] = registry.list();
    assert.ok(first);
    const users = Array.from({ length: 20 }, (_, n) => `user${n}`);
    await Promise.all([
      registry.update(first.id, { label: 'Renamed' }),
      registry.update(first.id, { readOnly: true }),
      ...users.map((user) =>
        registry.vault(first.id).put('trunk1', user, new Secret(`pw-${user}`)),
      ),
      ...users.map((user) => registry.memory(first.id).remember(user, user)),
    ]);

    const { registry: restarted } = openWindow(computer);
    assert.deepEqual(
      restarted.list().map(({ label }) => label),
      ['Renamed', ...names.slice(1)],
    );
    assert.equal(restarted.list()[0]?.readOnly, true);
    assert.equal(restarted.memory(first.id).list().length, users.length);
    for (const user of users) {
      const password = await restarted.vault(first.id).get('trunk1', user);
      assert.equal(password?.reveal(), `pw-${user}`);
    }
  });
});

describe('the SIP passwords of an account', () => {
  let computer: FakeComputer;

  beforeEach(() => (computer = new FakeComputer()));
  afterEach(closeWindows);

  it('are kept by trunk and user name, whatever the user is called', async () => {
    const { registry } = openWindow(computer);
    const { account } = await registry.add(PRODUCTION, KEYS);
    const vault = registry.vault(account.id);
    const names = ['alice', '__proto__', 'constructor', 'a.b', 'ünï "q"'];
    for (const name of names) await vault.put('trunk1', name, new Secret(`pw of ${name}`));
    await vault.put('trunk2', 'alice', new Secret('another'));
    for (const name of names) {
      assert.equal((await vault.get('trunk1', name))?.reveal(), `pw of ${name}`);
    }
    assert.equal(await vault.get('trunk1', 'toString'), null);

    await vault.delete('trunk1', 'alice');
    assert.equal(await vault.get('trunk1', 'alice'), null);
    assert.equal((await vault.get('trunk2', 'alice'))?.reveal(), 'another');
    await vault.deleteTrunk('trunk1');
    assert.equal(await vault.get('trunk1', 'a.b'), null);
    await vault.delete('trunk2', 'alice');
    assert.deepEqual(secretsLeft(computer), [`exotelSip.secret.${account.id}.keys`]);
  });
});

describe('the trunks remembered for an account', () => {
  afterEach(closeWindows);

  it('keep their order, take new names and can be forgotten', async () => {
    const computer = new FakeComputer();
    const { registry } = openWindow(computer);
    for (const facts of [PRODUCTION, SANDBOX]) {
      const { account } = await registry.add(facts, KEYS);
      const memory = registry.memory(account.id);
      await memory.remember('t1', 'one');
      await memory.remember('t2', 'two');
      await memory.remember('t1', 'uno');
      await memory.remember('t3', 'three');
      await memory.forget('t2');
      const expected = [
        { sid: 't1', name: 'uno' },
        { sid: 't3', name: 'three' },
      ];
      assert.deepEqual(memory.list(), expected);
      assert.deepEqual(registry.memory(account.id).list(), expected);
    }
  });

  it('lose only themselves when one of them is corrupt', async () => {
    const computer = new FakeComputer();
    const { account } = await openWindow(computer).registry.add(PRODUCTION, KEYS);
    const trunks = [{ sid: 't1', name: 'one' }, null, { sid: '', name: 'x' }, { sid: 't2' }, 'x'];
    const key = `exotelSip.trunks.${account.id}`;
    computer.disk = { ...computer.disk, [key]: { version: 1, trunks } };
    const { registry } = openWindow(computer);
    assert.deepEqual(registry.memory(account.id).list(), [{ sid: 't1', name: 'one' }]);
    computer.disk = { ...computer.disk, [key]: [] };
    assert.deepEqual(openWindow(computer).registry.memory(account.id).list(), []);
  });
});

describe('a sandbox account', () => {
  afterEach(closeWindows);

  it('is gone with the window, without a trace', async () => {
    const computer = new FakeComputer();
    const { registry, told, fallBacks } = openWindow(computer);
    const { account, persistence } = await registry.add(SANDBOX, KEYS);
    const vault = registry.vault(account.id);
    await vault.put('trunk1', 'alice', new Secret('sip-pass-1'));
    await vault.put('trunk1', 'bob', new Secret('sip-pass-2'));
    await vault.delete('trunk1', 'bob');
    await registry.memory(account.id).remember('trunk1', 'outbound');
    await registry.update(account.id, { label: 'Playground' });
    await registry.replaceKeys(account.id, NEW_KEYS);

    assert.equal(persistence, 'session');
    assert.deepEqual(fallBacks, [], 'that is how it should be, not a trouble');
    assert.deepEqual(told, ['added Sandbox', 'changed Playground', 'keys Playground']);
    assert.deepEqual(clear(await registry.keys(account.id)), clear(NEW_KEYS));
    assert.equal((await vault.get('trunk1', 'alice'))?.reveal(), 'sip-pass-1');
    assert.equal(await vault.get('trunk1', 'bob'), null);

    assert.deepEqual([...computer.keyring], []);
    assert.deepEqual(computer.disk, {});
    assert.deepEqual(openWindow(computer).registry.list(), []);

    await registry.remove(account.id);
    assert.equal(told.at(-1), 'removed Playground');
    assert.equal(await registry.keys(account.id), null);
    assert.equal(await vault.get('trunk1', 'alice'), null);
    assert.deepEqual(computer.stored, []);
  });
});
