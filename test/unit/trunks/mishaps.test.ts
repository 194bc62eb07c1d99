// The model when things cross each other or fail outside Exotel: cancelled and overtaken calls, lost
// answers, a keyring or a disk that refuses.
import assert from 'node:assert/strict';
import { ExotelError } from '../../../src/exotel/errors';
import { Secret } from '../../../src/exotel/secret';
import { AccountTrunks } from '../../../src/trunks/account-trunks';
import type { PasswordVault, TrunkMemory } from '../../../src/trunks/ports';
import { mayHaveArrived, problemOf } from '../../../src/trunks/problems';
import { memoryOf, SEEDED, startAccount, type TestAccount } from '../../support/account';

const NUMBERS = ['+918045671230', '+918045671231', '+918045671232'] as const;
const { inbound: TRUNK } = SEEDED;

describe('The model', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
  });

  afterEach(() => account.close());

  const shownNumbers = (sid: string) =>
    (account.model.trunk(sid)?.sections.numbers.value ?? []).map((row) => row.number);
  const sids = () => account.model.trunks.value?.map(({ trunk }) => trunk.sid) ?? [];
  const atExotel = (sid: string) =>
    account.sandbox.state().trunks.find((trunk) => trunk.trunkSid === sid);
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  async function open(sid: string): Promise<void> {
    await account.model.ensureTrunks();
    await account.model.ensureSections(sid);
    account.sandbox.clearRequests();
    account.changes.length = 0;
  }

  /** A second model of the same account, with a vault or a memory of the test's own. */
  function modelWith(parts: {
    readonly vault?: Partial<PasswordVault>;
    readonly memory?: Partial<TrunkMemory>;
    readonly log?: (message: string) => void;
  }): AccountTrunks {
    return new AccountTrunks(account.sandbox.accountSid, {
      api: account.api,
      vault: { ...account.vault, ...parts.vault },
      memory: { ...memoryOf(), ...parts.memory },
      log: parts.log,
    });
  }

  function delay(method: string, path: RegExp, delayMs: number, times = 1): void {
    account.sandbox.fail({
      match: { method, path },
      times,
      then: { kind: 'delay', delayMs, after: true },
    });
  }

  describe('while it loads', () => {
    it('loads again for the one who waits when the one who began cancels', async () => {
      await account.model.ensureTrunks();
      delay('GET', /phone-numbers/, 80);
      const controller = new AbortController();
      const first = account.model.ensureSections(TRUNK, ['numbers'], controller.signal);
      const second = account.model.ensureSections(TRUNK, ['numbers']);
      setTimeout(() => controller.abort(), 20);
      await Promise.all([first, second]);
      assert.equal(account.model.trunk(TRUNK)?.sections.numbers.state, 'ready');
    });

    it('loads no more when both cancel', async () => {
      await account.model.ensureTrunks();
      account.sandbox.clearRequests();
      delay('GET', /phone-numbers/, 80);
      const controller = new AbortController();
      const both = [1, 2].map(() =>
        account.model.ensureSections(TRUNK, ['numbers'], controller.signal),
      );
      setTimeout(() => controller.abort(), 20);
      await Promise.all(both);
      assert.equal(account.model.trunk(TRUNK)?.sections.numbers.state, 'idle');
      assert.equal(account.sandbox.requests.length, 1);
    });

    it('makes one call however many changes overtake it, and shows them all', async () => {
      await open(TRUNK);
      const [old] = account.model.trunk(TRUNK)?.sections.numbers.value ?? [];
      delay('GET', /phone-numbers/, 150);
      const reload = account.model.reloadSections(TRUNK, ['numbers']);
      await pause(20);
      await account.model.mapNumbers(TRUNK, NUMBERS, 'pstn');
      await account.model.unmapNumbers(TRUNK, [old?.id ?? '']);
      await reload;
      assert.deepEqual(shownNumbers(TRUNK), NUMBERS);
      assert.equal(account.sandbox.requests.filter((it) => it.method === 'GET').length, 1);
    });

    it('keeps a name given while the trunk or the list was being read', async () => {
      await open(TRUNK);
      delay('GET', /trunks(\?|$)/, 120, 2);
      const reloads = [account.model.reloadTrunk(TRUNK), account.model.reloadTrunks()];
      await pause(20);
      await account.model.renameTrunk(TRUNK, 'renamed');
      await Promise.all(reloads);
      assert.equal(account.model.trunk(TRUNK)?.trunk.name, 'renamed');
    });

    it('keeps a trunk made, and not one deleted, while the list was being read', async () => {
      await open(TRUNK);
      delay('GET', /trunks(\?|$)/, 150);
      const reload = account.model.reloadTrunks();
      await pause(20);
      const made = await account.model.createTrunk({ name: 'meanwhile' });
      await account.model.deleteTrunk(TRUNK);
      await reload;
      assert.deepEqual(sids(), [SEEDED.outbound, SEEDED.streamkit, made.sid]);
    });

    it('takes a trunk away that the account no longer has', async () => {
      await open(TRUNK);
      await account.api.deleteTrunk(TRUNK);
      await account.model.reloadTrunk(TRUNK);
      assert.ok(!sids().includes(TRUNK));
    });

    it('shows all trunks after one was added to an account that was never opened', async () => {
      await account.model.addExistingTrunk(TRUNK);
      assert.equal(account.model.trunks.state, 'ready');
      assert.equal(sids().length, 3);
    });

    it('shows all trunks after one was made in an account that was never opened', async () => {
      const made = await account.model.createTrunk({ name: 'first' });
      assert.equal(account.model.trunks.state, 'idle');
      await account.model.ensureTrunks();
      assert.equal(sids().length, 4);
      assert.ok(sids().includes(made.sid));
    });
  });

  describe('when it is cancelled or closed', () => {
    it('finishes the change on its way and leaves the rest alone', async () => {
      await open(TRUNK);
      delay('POST', /phone-numbers/, 60);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      const { signal } = controller;
      const outcome = await account.model.mapNumbers(TRUNK, NUMBERS, 'pstn', { signal });
      assert.deepEqual(
        outcome.done.map(({ input }) => input),
        NUMBERS.slice(0, 1),
      );
      assert.deepEqual(outcome.notTried, NUMBERS.slice(1));
      assert.equal(atExotel(TRUNK)?.phoneNumbers.length, shownNumbers(TRUNK).length);
    });

    it('sends no destinations that were cancelled before, and finishes those on their way', async () => {
      await open(TRUNK);
      const list = ['sip.example.com:5061;transport=tls'];
      const before = await account.model.addDestinations(TRUNK, list, AbortSignal.abort());
      assert.deepEqual(before.notTried, list);
      assert.equal(account.sandbox.mutations(), 0);

      delay('POST', /destination-uris/, 60);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      const later = await account.model.addDestinations(TRUNK, list, controller.signal);
      assert.equal(later.done.length, 1);
    });

    it('stops reading and begins nothing more once it is closed', async () => {
      await open(TRUNK);
      delay('POST', /phone-numbers/, 40);
      delay('GET', /settings/, 5000);
      const mapping = account.model.mapNumbers(TRUNK, NUMBERS, 'pstn');
      const reading = account.model.reloadSections(TRUNK, ['settings']);
      await pause(20);
      account.model.dispose();
      await reading;
      const outcome = await mapping;
      assert.equal(outcome.done.length, 1);
      assert.equal(outcome.notTried.length, 2);
      assert.equal(account.sandbox.mutations(), 1);
    });
  });

  describe('when an answer gets lost', () => {
    const input = { userName: 'pbx_1', password: new Secret('PlantedPassword1') };
    const losesAnswer = () => {
      account.sandbox.fail({
        match: { method: 'POST', path: /credentials/ },
        times: 1,
        then: { kind: 'reset', after: true },
      });
    };

    it('finds the credential that was created and keeps its password', async () => {
      await open(TRUNK);
      losesAnswer();
      const created = await account.model.createCredential(TRUNK, input);
      assert.deepEqual(account.model.trunk(TRUNK)?.sections.credentials.value, [created]);
      assert.equal((await account.vault.get(TRUNK, 'pbx_1'))?.reveal(), 'PlantedPassword1');
    });

    it('does not take a credential that was there before for the new one', async () => {
      await open(TRUNK);
      await account.model.createCredential(TRUNK, input);
      losesAnswer();
      const again = { userName: 'pbx_1', password: new Secret('PlantedPassword2') };
      await assert.rejects(account.model.createCredential(TRUNK, again), ExotelError);
      assert.equal((await account.vault.get(TRUNK, 'pbx_1'))?.reveal(), 'PlantedPassword1');
    });

    it('does not take a trunk for its own when it never saw what was there before', async () => {
      account.sandbox.fail({ match: { method: 'POST' }, times: 1, then: { kind: 'reset' } });
      await assert.rejects(account.model.createTrunk({ name: 'inbound_trunk' }), ExotelError);
      assert.deepEqual(account.model.pendingTrunks, []);
    });
  });

  describe('when the keyring or the disk refuses', () => {
    const refuse = () => Promise.reject(new Error('the keyring is locked'));

    it('shows the credential that Exotel made, and says what failed', async () => {
      const model = modelWith({ vault: { put: refuse } });
      await model.ensureTrunks();
      await model.ensureSections(TRUNK);
      const input = { userName: 'pbx_1', password: new Secret('PlantedPassword1') };
      await assert.rejects(model.createCredential(TRUNK, input), /keyring is locked/);
      const [row] = model.trunk(TRUNK)?.sections.credentials.value ?? [];
      assert.equal(row?.userName, 'pbx_1');
      model.dispose();
    });

    it('says it of that one of several, with what was done before', async () => {
      const logged: string[] = [];
      const vault = {
        delete: (sid: string, user: string) =>
          user === 'pbx_2' ? refuse() : account.vault.delete(sid, user),
      };
      const model = modelWith({ vault, log: (message) => logged.push(message) });
      await model.ensureTrunks();
      await model.ensureSections(TRUNK);
      const ids: string[] = [];
      for (const userName of ['pbx_1', 'pbx_2', 'pbx_3']) {
        const password = new Secret('PlantedPassword1');
        ids.push((await model.createCredential(TRUNK, { userName, password })).id);
      }
      const outcome = await model.deleteCredentials(TRUNK, ids);
      assert.deepEqual(
        outcome.done.map(({ input }) => input),
        [ids[0], ids[2]],
      );
      assert.equal(outcome.failed[0]?.input, ids[1]);
      assert.match(outcome.failed[0]?.problem.what ?? '', /defect in this extension/);
      assert.match(logged.join('\n'), /keyring is locked/);
      // All three are gone at Exotel, so the issued pair is shown again.
      assert.equal(model.trunk(TRUNK)?.sections.credentials.value?.[0]?.kind, 'issued');
      model.dispose();
    });

    it('shows a trunk it could not remember', async () => {
      const logged: string[] = [];
      const model = modelWith({
        memory: { remember: () => Promise.reject(new Error('disk full')) },
        log: (message) => logged.push(message),
      });
      await model.ensureTrunks();
      const made = await model.createTrunk({ name: 'kept' });
      assert.equal(model.trunk(made.sid)?.trunk.name, 'kept');
      assert.match(logged.join('\n'), /disk full/);
      model.dispose();
    });
  });

  describe('deleting a trunk', () => {
    it('counts one that is gone at Exotel as deleted, also without a trunk list', async () => {
      await account.close();
      account = await startAccount({ withoutTrunkList: 404 });
      await account.model.ensureTrunks();
      const { sid } = await account.model.createTrunk({ name: 'here' });
      await account.api.deleteTrunk(sid);
      assert.deepEqual(await account.model.deleteTrunk(sid), { deleted: true });
      await account.model.reloadTrunks();
      assert.deepEqual(sids(), []);
    });

    it('counts one that is said to be another account’s as deleted', async () => {
      await open(SEEDED.streamkit);
      const body = {
        request_id: 'r1',
        method: 'DELETE',
        http_code: 403,
        response: { code: 403, error_data: { code: 1003, message: 'no', description: 'no' } },
      };
      account.sandbox.fail({
        match: { method: 'DELETE', path: /\/trunks\?/ },
        times: 1,
        then: { kind: 'answer', status: 403, body },
      });
      assert.deepEqual(await account.model.deleteTrunk(SEEDED.streamkit), { deleted: true });
    });

    it('tells which credentials are gone when the trunk stays', async () => {
      await open(TRUNK);
      const password = new Secret('PlantedPassword1');
      await account.model.createCredential(TRUNK, { userName: 'pbx_1', password });
      account.sandbox.fail({
        match: { method: 'DELETE', path: /\/trunks\?/ },
        times: 1,
        then: { kind: 'answer', status: 403 },
      });
      const outcome = await account.model.deleteTrunk(TRUNK);
      assert.ok(!outcome.deleted);
      assert.deepEqual(outcome.credentialsDeleted, ['pbx_1']);
      assert.equal(outcome.problem.kind, 'forbidden');
      assert.ok(sids().includes(TRUNK));
      assert.equal(account.model.trunk(TRUNK)?.busy.size, 0);
    });

    it('stops between two calls when cancelled', async () => {
      await open(TRUNK);
      const password = new Secret('PlantedPassword1');
      await account.model.createCredential(TRUNK, { userName: 'pbx_1', password });
      delay('DELETE', /credentials/, 60);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      const outcome = await account.model.deleteTrunk(TRUNK, { signal: controller.signal });
      assert.ok(!outcome.deleted);
      assert.deepEqual(outcome.credentialsDeleted, ['pbx_1']);
      assert.equal(outcome.problem.kind, 'aborted');
      assert.notEqual(atExotel(TRUNK), undefined);
    });
  });

  it('knows which failed calls may have been carried out', () => {
    const facts = problemOf(new Error('any'));
    assert.ok(mayHaveArrived({ ...facts, kind: 'server' }));
    assert.ok(mayHaveArrived({ ...facts, kind: 'network', cause: 'timeout' }));
    assert.ok(!mayHaveArrived({ ...facts, kind: 'network', cause: 'dns' }));
    assert.ok(!mayHaveArrived({ ...facts, kind: 'conflict' }));
  });
});
