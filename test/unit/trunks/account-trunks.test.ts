// The model against the sandbox over real HTTP: what a person sees after each operation, and what Exotel
// then really has.
import assert from 'node:assert/strict';
import { ExotelError } from '../../../src/exotel/errors';
import { Secret } from '../../../src/exotel/secret';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';

describe('An account’s trunks', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
  });

  afterEach(() => account.close());

  const numbersOf = (sid: string) =>
    account.model.trunk(sid)?.sections.numbers.value?.map((row) => `${row.number} ${row.mode}`);
  const sids = () => account.model.trunks.value?.map(({ trunk }) => trunk.sid);
  const atExotel = (sid: string) =>
    account.sandbox.state().trunks.find((trunk) => trunk.trunkSid === sid);
  const paths = () =>
    account.sandbox.requests.map((r) => `${r.method} ${r.path.split('?')[0] ?? ''}`);

  async function open(sid: string): Promise<void> {
    await account.model.ensureTrunks();
    await account.model.ensureSections(sid);
    account.sandbox.clearRequests();
    account.changes.length = 0;
  }

  describe('loading', () => {
    it('reads the list with one call and nothing beneath it', async () => {
      await account.model.ensureTrunks();
      assert.deepEqual(
        account.model.trunks.value?.map(({ trunk }) => trunk.name),
        ['outbound_trunk', 'inbound_trunk', 'streamkit_trunk'],
      );
      assert.equal(account.sandbox.requests.length, 1);
    });

    it('reads the five sections of an opened trunk once, however often it is opened', async () => {
      await account.model.ensureTrunks();
      account.sandbox.clearRequests();
      await Promise.all([
        account.model.ensureSections(SEEDED.outbound),
        account.model.ensureSections(SEEDED.outbound),
      ]);
      await account.model.ensureSections(SEEDED.outbound);
      assert.equal(account.sandbox.requests.length, 5);
      assert.deepEqual(numbersOf(SEEDED.outbound), ['+918040123456 pstn', '+919876543210 pstn']);
      assert.equal(account.model.callerId(SEEDED.outbound), '+918040123456');
    });

    it('keeps the rows and says what is wrong when a reload fails', async () => {
      await open(SEEDED.outbound);
      account.sandbox.fail({
        match: { path: /phone-numbers/ },
        times: 1,
        then: { kind: 'answer', status: 403 },
      });
      await account.model.reloadSections(SEEDED.outbound, ['numbers']);
      const state = account.model.trunk(SEEDED.outbound)?.sections.numbers;
      assert.equal(state?.state, 'failed');
      assert.equal(state.value?.length, 2);
      await account.model.ensureSections(SEEDED.outbound, ['numbers']);
      assert.equal(account.model.trunk(SEEDED.outbound)?.sections.numbers.state, 'ready');
    });

    it('redraws nothing when a reload brings what is already there', async () => {
      await open(SEEDED.outbound);
      await account.model.reloadSections(SEEDED.outbound);
      await account.model.reloadTrunks();
      await account.model.reloadTrunk(SEEDED.outbound);
      assert.deepEqual(account.changes, []);
    });

    it('never shows a row as missing because an old answer came after a new row', async () => {
      await open(SEEDED.inbound);
      // The list call leaves first and its answer arrives after the number was mapped.
      account.sandbox.fail({
        match: { method: 'GET', path: /phone-numbers/ },
        times: 1,
        then: { kind: 'delay', delayMs: 150, after: true },
      });
      const reload = account.model.reloadSections(SEEDED.inbound, ['numbers']);
      await account.model.mapNumbers(SEEDED.inbound, ['+918045671234'], 'pstn');
      await reload;
      assert.ok(numbersOf(SEEDED.inbound)?.includes('+918045671234 pstn'));
    });
  });

  describe('an account whose API has no trunk list', () => {
    for (const status of [404, 405] as const) {
      it(`shows trunks made or added here when GET /trunks answers ${status}`, async () => {
        await account.close();
        account = await startAccount({ withoutTrunkList: status });
        await account.model.ensureTrunks();
        assert.equal(account.model.trunks.value?.length, 0);
        assert.equal(account.model.listsTrunks, false);

        const made = await account.model.createTrunk({ name: 'here' });
        await account.model.addExistingTrunk(SEEDED.outbound);
        await account.model.reloadTrunks();
        assert.deepEqual(sids(), [made.sid, SEEDED.outbound]);
        await account.model.ensureSections(SEEDED.outbound);
        assert.equal(numbersOf(SEEDED.outbound)?.length, 2);

        await account.model.deleteTrunk(made.sid);
        await account.model.reloadTrunks();
        assert.deepEqual(sids(), [SEEDED.outbound]);
      });
    }

    it('does not add a trunk that does not exist', async () => {
      await account.model.ensureTrunks();
      await assert.rejects(
        account.model.addExistingTrunk('trmum1000000000000000000xxxx'),
        ExotelError,
      );
      assert.equal(account.model.trunks.value?.length, 3);
    });
  });

  describe('trunks', () => {
    it('are created, renamed and deleted with what is beneath them', async () => {
      await account.model.ensureTrunks();
      const trunk = await account.model.createTrunk({ name: 'new_trunk' });
      assert.equal(atExotel(trunk.sid)?.trunkName, 'new_trunk');
      assert.ok(account.changes.some((change) => change.kind === 'trunks'));

      await account.model.renameTrunk(trunk.sid, 'renamed');
      assert.equal(account.model.trunk(trunk.sid)?.trunk.name, 'renamed');
      assert.equal(atExotel(trunk.sid)?.trunkName, 'renamed');

      await account.model.createCredential(trunk.sid, {
        userName: 'pbx_user',
        password: new Secret('PlantedPassword1'),
      });
      assert.equal(account.passwords.size, 1);
      assert.deepEqual(await account.model.deleteTrunk(trunk.sid), { deleted: true });
      assert.equal(account.model.trunk(trunk.sid), null);
      assert.equal(atExotel(trunk.sid), undefined);
      assert.equal(account.passwords.size, 0, 'the SIP password goes with the trunk');
    });

    it('have their own credentials deleted before themselves', async () => {
      await open(SEEDED.outbound);
      await account.model.deleteTrunk(SEEDED.outbound);
      const deletes = paths().filter((path) => path.startsWith('DELETE'));
      assert.match(deletes[0] ?? '', /\/credentials$/);
      assert.match(deletes[1] ?? '', /\/trunks$/);
    });

    it('are created with the domain that was asked for', async () => {
      await account.model.ensureTrunks();
      const domain = 'other.pstn.exotel.com';
      const trunk = await account.model.createTrunk({ name: 'elsewhere', domain });
      assert.equal(atExotel(trunk.sid)?.domainName, domain);
    });

    it('redraw the list twice when one is created: when it begins and when it is there', async () => {
      await account.model.ensureTrunks();
      account.changes.length = 0;
      await account.model.createTrunk({ name: 'new_trunk' });
      assert.deepEqual(account.changes, [{ kind: 'trunks' }, { kind: 'trunks' }]);
    });

    it('show "creating" while the API thinks, and the error leaves nothing behind', async () => {
      await account.model.ensureTrunks();
      account.sandbox.fail({
        times: 1,
        match: { method: 'POST' },
        then: { kind: 'delay', delayMs: 80 },
      });
      const creating = account.model.createTrunk({ name: 'outbound_trunk' });
      assert.deepEqual(
        account.model.pendingTrunks.map((row) => row.label),
        ['outbound_trunk'],
      );
      await assert.rejects(creating, (error: ExotelError) => error.problem.kind === 'conflict');
      assert.deepEqual(account.model.pendingTrunks, []);
      assert.equal(account.model.trunks.value?.length, 3);
    });

    it('that were created although the answer got lost are found, not made twice', async () => {
      await account.model.ensureTrunks();
      account.sandbox.fail({
        times: 1,
        match: { method: 'POST' },
        then: { kind: 'reset', after: true },
      });
      const trunk = await account.model.createTrunk({ name: 'lost_answer' });
      assert.equal(trunk.name, 'lost_answer');
      const same = account.sandbox.state().trunks.filter((t) => t.trunkName === 'lost_answer');
      assert.equal(same.length, 1);
    });
  });

  describe('phone numbers', () => {
    it('are mapped, switched to flow and unmapped, each redrawing its own row', async () => {
      await open(SEEDED.inbound);
      const { done } = await account.model.mapNumbers(SEEDED.inbound, ['+918045671234'], 'pstn');
      const id = done[0]?.value.id ?? '';
      account.changes.length = 0;

      await account.model.changeModes(SEEDED.inbound, [id], 'flow');
      assert.ok(numbersOf(SEEDED.inbound)?.includes('+918045671234 flow'));
      for (const change of account.changes) {
        assert.deepEqual(change, {
          kind: 'row',
          trunkSid: SEEDED.inbound,
          section: 'numbers',
          rowId: id,
        });
      }

      await account.model.unmapNumbers(SEEDED.inbound, [id]);
      assert.equal(atExotel(SEEDED.inbound)?.phoneNumbers.length, 1);
      assert.equal(numbersOf(SEEDED.inbound)?.length, 1);
    });

    it('of a list that fails half-way say which were mapped and which were not', async () => {
      await open(SEEDED.inbound);
      const outcome = await account.model.mapNumbers(
        SEEDED.inbound,
        ['+918045671230', '+918040123456', '+918045671232'],
        'pstn',
      );
      assert.deepEqual(
        outcome.done.map(({ input }) => input),
        ['+918045671230', '+918045671232'],
      );
      assert.deepEqual(
        outcome.failed.map(({ input, problem }) => [input, problem.kind]),
        [['+918040123456', 'conflict']],
      );
      assert.deepEqual(outcome.notTried, []);
    });

    it('are not tried any further once the key is refused', async () => {
      await open(SEEDED.inbound);
      account.sandbox.fail({
        match: { method: 'POST' },
        times: 5,
        then: { kind: 'answer', status: 401 },
      });
      const outcome = await account.model.mapNumbers(
        SEEDED.inbound,
        ['+918045671230', '+918045671231'],
        'pstn',
      );
      assert.equal(outcome.failed.length, 1);
      assert.deepEqual(outcome.notTried, ['+918045671231']);
    });

    it('that are already on this trunk count as mapped', async () => {
      await open(SEEDED.outbound);
      const outcome = await account.model.mapNumbers(SEEDED.outbound, ['+919876543210'], 'pstn');
      assert.equal(outcome.done.length, 1);
      assert.equal(numbersOf(SEEDED.outbound)?.length, 2);
    });

    it('stop at the one under way when the person cancels', async () => {
      await open(SEEDED.inbound);
      const controller = new AbortController();
      const outcome = await account.model.mapNumbers(
        SEEDED.inbound,
        ['+918045671230', '+918045671231', '+918045671232'],
        'pstn',
        {
          signal: controller.signal,
          onProgress: (done) => {
            if (done === 1) controller.abort();
          },
        },
      );
      assert.deepEqual(
        outcome.done.map(({ input }) => input),
        ['+918045671230'],
      );
      assert.deepEqual(outcome.notTried, ['+918045671231', '+918045671232']);
      assert.equal(account.sandbox.mutations(), 1);
    });

    it('move to another trunk with their mode', async () => {
      await open(SEEDED.streamkit);
      await account.model.ensureSections(SEEDED.inbound);
      const row = account.model.trunk(SEEDED.streamkit)?.sections.numbers.value?.[0];
      const result = await account.model.moveNumber(
        SEEDED.streamkit,
        row?.id ?? '',
        SEEDED.inbound,
      );
      assert.ok('moved' in result);
      assert.deepEqual(numbersOf(SEEDED.streamkit), []);
      assert.ok(numbersOf(SEEDED.inbound)?.includes('+914440123456 flow'));
      assert.equal(atExotel(SEEDED.inbound)?.phoneNumbers.length, 2);
    });

    it('are put back when the other trunk refuses them', async () => {
      await open(SEEDED.outbound);
      account.sandbox.fail({
        match: { method: 'POST', path: new RegExp(SEEDED.inbound) },
        times: 1,
        then: { kind: 'answer', status: 400 },
      });
      const row = account.model.trunk(SEEDED.outbound)?.sections.numbers.value?.[0];
      const result = await account.model.moveNumber(SEEDED.outbound, row?.id ?? '', SEEDED.inbound);
      assert.ok('problem' in result && result.now === 'source');
      assert.deepEqual(
        new Set(numbersOf(SEEDED.outbound)),
        new Set(['+918040123456 pstn', '+919876543210 pstn']),
      );
      assert.equal(atExotel(SEEDED.outbound)?.phoneNumbers.length, 2);
    });

    it('that could not be put back are said to be on no trunk', async () => {
      await open(SEEDED.outbound);
      account.sandbox.fail({
        match: { method: 'POST', path: /phone-numbers/ },
        times: 2,
        then: { kind: 'answer', status: 400 },
      });
      const row = account.model.trunk(SEEDED.outbound)?.sections.numbers.value?.[0];
      const result = await account.model.moveNumber(SEEDED.outbound, row?.id ?? '', SEEDED.inbound);
      assert.ok('problem' in result && result.now === 'none');
      assert.deepEqual(numbersOf(SEEDED.outbound), ['+919876543210 pstn']);
    });

    it('tell which trunk has them', async () => {
      assert.equal((await account.model.findTrunkOf('+911800123456'))?.trunkSid, SEEDED.inbound);
      assert.equal(await account.model.findTrunkOf('+918099999999'), null);
    });
  });

  describe('whitelisted IPs and destinations', () => {
    it('are added, changed and removed', async () => {
      await open(SEEDED.inbound);
      const ips = await account.model.whitelistIps(SEEDED.inbound, [
        { ip: '13.200.45.99', mask: 32 },
      ]);
      const ipId = ips.done[0]?.value.id ?? '';
      await account.model.changeIp(SEEDED.inbound, ipId, { ip: '13.200.46.0', mask: 24 });
      assert.equal(account.model.row(SEEDED.inbound, 'ips', ipId)?.mask, 24);
      assert.equal(atExotel(SEEDED.inbound)?.whitelistedIps.length, 2);
      await account.model.removeIps(SEEDED.inbound, [ipId]);
      assert.equal(atExotel(SEEDED.inbound)?.whitelistedIps.length, 1);
    });

    it('of which one is not whitelisted say so for that one only', async () => {
      await open(SEEDED.inbound);
      const outcome = await account.model.addDestinations(SEEDED.inbound, [
        'sip.example.com:5061;transport=tls',
        '13.200.99.99:5061;transport=tls',
      ]);
      assert.deepEqual(
        outcome.done.map(({ input }) => input),
        ['sip.example.com:5061;transport=tls'],
      );
      assert.match(outcome.failed[0]?.problem.description ?? '', /not whitelisted/);
    });

    it('change address by adding first, with the old priority and weight', async () => {
      await open(SEEDED.inbound);
      await account.model.changeDestination(SEEDED.inbound, '2543', { priority: 3, weight: 7 });
      const result = await account.model.changeDestinationAddress(
        SEEDED.inbound,
        '2543',
        'new.example.com:5061;transport=tls',
      );
      assert.ok('changed' in result);
      const rows = atExotel(SEEDED.inbound)?.destinations ?? [];
      assert.equal(rows.length, 2);
      const added = rows.find((row) => row.destination.includes('new.example.com'));
      assert.deepEqual([added?.priority, added?.weight], [3, 7]);
    });

    it('keep the old address when the new one is refused', async () => {
      await open(SEEDED.inbound);
      const result = await account.model.changeDestinationAddress(
        SEEDED.inbound,
        '2543',
        '13.200.99.99:5061;transport=tls',
      );
      assert.ok('step' in result && result.step === 'add');
      assert.equal(account.model.row(SEEDED.inbound, 'destinations', '2543')?.id, '2543');
    });
  });

  describe('credentials', () => {
    it('are the issued pair until one is created, and again when the last is deleted', async () => {
      await open(SEEDED.inbound);
      const credentials = () =>
        account.model.trunk(SEEDED.inbound)?.sections.credentials.value ?? [];
      const [issued] = credentials();
      assert.equal(issued?.kind, 'issued');
      assert.equal(
        (await account.model.password(SEEDED.inbound, issued))?.reveal(),
        account.sandbox.passwordOf(SEEDED.inbound, SEEDED.inbound),
      );

      const created = await account.model.createCredential(SEEDED.inbound, {
        userName: 'pbx_1',
        password: new Secret('PlantedPassword1'),
        friendlyName: 'Front_desk',
      });
      assert.deepEqual(credentials(), [created]);
      assert.equal(account.sandbox.passwordOf(SEEDED.inbound, 'pbx_1'), 'PlantedPassword1');

      await account.model.rotateCredential(
        SEEDED.inbound,
        created.id,
        new Secret('PlantedPassword2'),
      );
      assert.equal(account.sandbox.passwordOf(SEEDED.inbound, 'pbx_1'), 'PlantedPassword2');
      assert.equal(
        (await account.model.password(SEEDED.inbound, created))?.reveal(),
        'PlantedPassword2',
      );

      await account.model.deleteCredentials(SEEDED.inbound, [created.id]);
      assert.equal(account.passwords.size, 0);
      assert.equal(credentials()[0]?.kind, 'issued');
    });
  });

  describe('the caller ID', () => {
    it('is set and cleared', async () => {
      await open(SEEDED.inbound);
      await account.model.setCallerId(SEEDED.inbound, '+911800123456');
      assert.equal(account.model.callerId(SEEDED.inbound), '+911800123456');
      assert.equal(atExotel(SEEDED.inbound)?.settings.length, 1);
      await account.model.clearCallerId(SEEDED.inbound);
      assert.equal(account.model.callerId(SEEDED.inbound), null);
      assert.equal(atExotel(SEEDED.inbound)?.settings.length, 0);
    });
  });

  it('never carries a password in what it says changed or in what it shows', async () => {
    await open(SEEDED.inbound);
    await account.model.createCredential(SEEDED.inbound, {
      userName: 'pbx_1',
      password: new Secret('PlantedPassword1'),
    });
    const issued = account.sandbox.passwordOf(SEEDED.streamkit, SEEDED.streamkit) ?? '';
    await account.model.ensureSections(SEEDED.streamkit);
    const shown = JSON.stringify([account.changes, account.model.trunks]);
    assert.ok(!shown.includes('PlantedPassword1'));
    assert.ok(issued !== '' && !shown.includes(issued));
    // What is searched is really there: every row of both trunks, the passwords as stand-ins.
    assert.ok(shown.includes('pbx_1') && shown.includes(SEEDED.streamkit));
  });
});
