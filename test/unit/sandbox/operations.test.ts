import assert from 'node:assert/strict';
import type { Caller, Data } from './support';
import { INBOUND, OUTBOUND, STREAMKIT, sandboxPerTest, trunkBody } from './support';

const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe('sandbox: the 24 operations', () => {
  const NOW = new Date('2026-11-22T10:20:30.456Z');
  const api = sandboxPerTest({ empty: true, accountSid: 'ameyo5m', now: () => NOW });
  let trunkSid: string;

  async function make(name: string): Promise<Caller> {
    trunkSid = await api().newTrunk(name);
    return api();
  }

  describe('trunks', () => {
    it('are created with every field of the published sample', async () => {
      const reply = await api().post('/trunks', trunkBody('outbound_trunk', api().sandbox));
      const { envelope } = reply;
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get('content-type'), 'application/json');
      assert.match(envelope.request_id, /^[0-9a-f]{32}$/);
      assert.deepEqual(
        [envelope.method, envelope.http_code, envelope.metadata],
        ['POST', 200, undefined],
      );
      assert.deepEqual([reply.item.code, reply.item.error_data], [200, null]);

      const sid = String(reply.data['trunk_sid']);
      assert.match(sid, /^trmum1[0-9a-f]{18}1abm$/, 'the day of birth is in the last four');
      const below = `/v2/accounts/ameyo5m/trunks/${sid}`;
      assert.deepEqual(reply.data, {
        trunk_name: 'outbound_trunk',
        date_created: '2026-11-22T10:20:30Z',
        date_updated: '2026-11-22T10:20:30Z',
        trunk_sid: sid,
        status: 'active',
        domain_name: 'ameyo5m.pstn.exotel.com',
        auth_type: 'IP-WHITELIST',
        registration_enabled: 'disabled',
        edge_preference: 'auto',
        nso_code: 'ANY-ANY',
        secure_trunking: 'disabled',
        destination_uris: `${below}/destination-uris`,
        whitelisted_ips: `${below}/whitelisted-ips`,
        credentials: `${below}/credentials`,
        phone_numbers: `${below}/phone-numbers`,
      });
    });

    it('may have an empty name, as on the live API', async () => {
      const reply = await api().post('/trunks', trunkBody('', api().sandbox));
      assert.equal(reply.data['trunk_name'], '');
    });

    it('are listed, all or one', async () => {
      assert.deepEqual((await api().get('/trunks')).envelope.response, []);
      const one = await api().newTrunk('one');
      const two = await api().newTrunk('two');
      const sids = async (path: string) =>
        (await api().get(path)).rows.map((row) => row['trunk_sid']);
      assert.deepEqual(await sids('/trunks'), [one, two]);
      assert.deepEqual(await sids(`/trunks?trunk_sid=${two}`), [two]);
      assert.deepEqual(await sids('/trunks?trunk_sid=trmum1nobody'), []);
    });

    it('change in the fields that are sent, and in no other', async () => {
      await make('before');
      const reply = await api().put(`/trunks/${trunkSid}`, { trunk_name: 'after' });
      assert.equal(reply.data['trunk_name'], 'after');
      const same = await api().put(`/trunks/${trunkSid}`, {
        trunk_name: 'after',
        auth_type: 'IP-WHITELIST',
        nso_code: 'ANY-ANY',
        domain_name: 'ignored.example.org',
      });
      assert.equal(same.data['domain_name'], 'ameyo5m.pstn.exotel.com');
    });

    it('give their last data when deleted, and take everything along', async () => {
      const { sandbox } = await make('doomed');
      const at = `/trunks/${trunkSid}`;
      await api().post(`${at}/phone-numbers`, { phone_number: '+918040123456' });
      await api().post(`${at}/whitelisted-ips`, { ip: '44.248.146.11' });
      await api().post(`${at}/destination-uris`, {
        destinations: [{ destination: '44.248.146.11:5061;transport=tls' }],
      });
      await api().post(`${at}/credentials`, { user_name: 'pbx', password: 'secret1' });
      const reply = await api().delete(`/trunks?trunk_sid=${trunkSid}`);
      assert.equal(reply.data['trunk_name'], 'doomed');
      assert.deepEqual(sandbox.state().trunks, []);
      assert.equal(sandbox.passwordOf(trunkSid, 'pbx'), undefined);
      assert.equal(sandbox.passwordOf(trunkSid, trunkSid), undefined);
      assert.equal((await api().get(`${at}/phone-numbers`)).status, 404);

      await make('heir');
      const again = await api().post(`/trunks/${trunkSid}/phone-numbers`, {
        phone_number: '+918040123456',
      });
      assert.equal(again.item.status, 'success', 'the number is free again');
    });
  });

  describe('phone numbers', () => {
    it('are mapped, listed, switched between modes and unmapped', async () => {
      await make('numbers');
      const at = `/trunks/${trunkSid}/phone-numbers`;
      const mapped = await api().post(at, { phone_number: '+911800123456' });
      const row = {
        id: '41512',
        phone_number: '+911800123456',
        trunk_sid: trunkSid,
        date_created: '2026-11-22T10:20:30Z',
        date_updated: '2026-11-22T10:20:30Z',
        mode: null,
      };
      assert.deepEqual(mapped.data, row, 'a mode nobody named stays null');
      assert.deepEqual((await api().get(at)).rows, [row]);

      const change = { phone_number: '+911800123456', mode: 'flow' };
      const changed = await api().put(`${at}/41512`, change);
      assert.deepEqual(changed.data, { ...row, mode: 'flow' });

      assert.equal((await api().delete(`${at}?id=41512`)).data['id'], '41512');
      assert.deepEqual((await api().get(at)).rows, []);
      const other = await api().post(at, { phone_number: '+911800123456', mode: 'pstn' });
      assert.deepEqual([other.data['id'], other.data['mode']], ['41513', 'pstn']);
    });

    it('are found across trunks by trunk-maps', async () => {
      await make('numbers');
      const at = `/trunks/${trunkSid}/phone-numbers`;
      await api().post(at, { phone_number: '+918040123456', mode: 'pstn' });
      const map = {
        exophone: '+918040123456',
        trunk_sid: trunkSid,
        phone_number_id: '41512',
        mode: 'pstn',
      };
      const query = '/trunk-maps?exophone=%2B918040123456';
      assert.deepEqual((await api().get(query)).data, map);
      assert.deepEqual((await api().get(`${query}&trunk_sid=${trunkSid}`)).data, map);
      assert.deepEqual((await api().get(`/trunk-maps?trunk_sid=${trunkSid}`)).rows, [map]);
      for (const nowhere of [
        `${query}&trunk_sid=other`,
        '/trunk-maps?exophone=%2B919999999999',
        '/trunk-maps?exophone=+918040123456',
      ]) {
        assert.deepEqual((await api().get(nowhere)).refusal, [404, 404, 1000, 'Not Found']);
      }
    });
  });

  describe('whitelisted IPs', () => {
    it('are added, listed, changed and removed', async () => {
      await make('ips');
      const at = `/trunks/${trunkSid}/whitelisted-ips`;
      const added = await api().post(at, { ip: '44.248.146.11' });
      const row = {
        id: '1153',
        mask: 32,
        trunk_sid: trunkSid,
        ip: '44.248.146.11',
        friendly_name: null,
        date_created: '2026-11-22T10:20:30Z',
        date_updated: '2026-11-22T10:20:30Z',
      };
      assert.deepEqual(added.data, row);
      assert.deepEqual((await api().get(at)).rows, [row]);
      const changed = await api().put(`${at}/1153`, { ip: '44.248.146.0', mask: 24 });
      assert.deepEqual(changed.data, { ...row, ip: '44.248.146.0', mask: 24 });
      assert.equal((await api().delete(`${at}?id=1153`)).data['ip'], '44.248.146.0');
      assert.deepEqual((await api().get(at)).rows, []);
    });

    it('may be private: the API does not protect against useless ones', async () => {
      await make('ips');
      const reply = await api().post(`/trunks/${trunkSid}/whitelisted-ips`, {
        ip: '192.168.1.1',
        mask: 16,
      });
      assert.equal(reply.item.status, 'success');
    });
  });

  describe('destinations', () => {
    const add = (...destinations: unknown[]) =>
      api().post(`/trunks/${trunkSid}/destination-uris`, {
        destinations: destinations.map((destination) => ({ destination })),
      });

    it('are added in a batch, listed with a sip: in front, ranked and removed', async () => {
      await make('targets');
      const at = `/trunks/${trunkSid}/destination-uris`;
      const added = await add('pbx.example.com:5061;transport=tls', 'sip2.example.com:5060');
      assert.equal(added.status, 200);
      assert.deepEqual(added.envelope.metadata, { total: 2, success: 2, failed: 0 });
      const row: Data = {
        id: '2543',
        destination: 'sip:pbx.example.com:5061;transport=tls',
        date_created: '2026-11-22T10:20:30Z',
        date_updated: '2026-11-22T10:20:30Z',
        type: 'public',
        priority: 0,
        weight: 1,
        trunk_sid: trunkSid,
      };
      assert.deepEqual(added.rows[0], row);
      assert.deepEqual((await api().get(at)).rows, added.rows);

      const ranked = await api().put(`${at}/2543`, { priority: 3, weight: 7 });
      assert.deepEqual(ranked.data, { ...row, priority: 3, weight: 7 });
      assert.equal((await api().put(`${at}/2543`, { weight: 9 })).data['priority'], 3);

      assert.equal((await api().delete(`${at}?id=2543`)).data['id'], '2543');
      assert.deepEqual(
        (await api().get(at)).rows.map((each) => each['id']),
        ['2544'],
      );
    });

    it('answer 207 in request order when some fail, and keep the others', async () => {
      await make('targets');
      const reply = await add(
        '44.248.146.11:5060;transport=tcp',
        'pbx.example.com:5060;transport=tcp',
        'not a host:5060',
        undefined,
      );
      assert.equal(reply.status, 207);
      assert.equal(reply.envelope.http_code, 207);
      assert.deepEqual(reply.envelope.metadata, { total: 4, success: 1, failed: 3 });
      assert.deepEqual(
        reply.items.map((item) => [item.code, item.error_data?.code, item.error_data?.description]),
        [
          [400, 1002, 'Destination not whitelisted'],
          [200, undefined, undefined],
          [400, 1002, 'Destination is not a valid Ip or Fqdn'],
          [400, 1001, 'Destination is mandatory'],
        ],
      );
      assert.equal(api().sandbox.state().trunks[0]?.destinations.length, 1);
    });

    it('take an IP that an entry covers, mask and all', async () => {
      await make('targets');
      await api().post(`/trunks/${trunkSid}/whitelisted-ips`, { ip: '44.248.146.11', mask: 24 });
      const verdicts = await add('44.248.146.200:5060;transport=tcp', '44.248.147.1:5060');
      assert.deepEqual(
        verdicts.items.map((item) => item.error_data?.description),
        [undefined, 'Destination not whitelisted'],
      );
    });

    it('compares the upper half of the address space without losing the sign bit', async () => {
      await make('targets');
      await api().post(`/trunks/${trunkSid}/whitelisted-ips`, { ip: '203.199.255.255', mask: 16 });
      const verdicts = await add('203.199.0.1:5060', '75.199.0.1:5060', '203.198.0.1:5060');
      assert.deepEqual(
        verdicts.items.map(({ status }) => status),
        ['success', 'failure', 'failure'],
      );
    });

    it('refuse what is neither an address nor a name with a port', async () => {
      await make('targets');
      const wrong = [
        'sip:pbx.example.com:5061',
        'user@pbx.example.com:5061',
        'pbx.example.com',
        'pbx.example.com:0',
        'pbx.example.com:65536',
        'pbx.example.com:5061;transport=ws',
        'pbx:5061',
        '999.1.1.1:5061',
        '1.2.3:5061',
        '-pbx.example.com:5061',
        'pbx..example.com:5061',
        '[2001:db8::1]:5061',
        '',
      ];
      const reply = await add(...wrong);
      assert.deepEqual(
        reply.items.map((item) => item.error_data?.description),
        wrong.map(() => 'Destination is not a valid Ip or Fqdn'),
      );
    });
  });

  describe('settings', () => {
    it('are set, replaced, listed and removed by name', async () => {
      await make('alias');
      const at = `/trunks/${trunkSid}/settings`;
      const set = (value: string) =>
        api().post(at, { settings: [{ name: 'trunk_external_alias', value }] });
      assert.deepEqual((await api().get(at)).rows, []);
      const first = await set('+918040123456');
      assert.deepEqual(first.envelope.metadata, { total: 1, success: 1 });
      assert.deepEqual(first.rows, [
        {
          name: 'trunk_external_alias',
          value: '+918040123456',
          trunk_sid: trunkSid,
          date_created: '2026-11-22T10:20:30Z',
          date_updated: '2026-11-22T10:20:30Z',
        },
      ]);
      await set('+919876543210');
      assert.deepEqual(
        (await api().get(at)).rows.map((row) => row['value']),
        ['+919876543210'],
      );
      const removed = await api().delete(`${at}?name=trunk_external_alias`);
      assert.equal(removed.data['value'], '+919876543210');
      assert.equal((await api().delete(`${at}?name=trunk_external_alias`)).status, 404);
    });

    it('answer 207 for a name or a value that cannot be', async () => {
      await make('alias');
      const reply = await api().post(`/trunks/${trunkSid}/settings`, {
        settings: [
          { name: 'colour', value: 'blue' },
          { name: 'trunk_external_alias', value: '080' },
          { name: 'trunk_external_alias' },
        ],
      });
      assert.equal(reply.status, 207);
      assert.deepEqual(reply.envelope.metadata, { total: 3, success: 0, failed: 3 });
      assert.deepEqual(
        reply.items.map((item) => item.error_data?.code),
        [1002, 1002, 1001],
      );
    });
  });
});

describe('sandbox: the account it starts with', () => {
  const api = sandboxPerTest();

  it('has a trunk for each use case, and state() agrees with the API', async () => {
    const { rows } = await api().get('/trunks');
    assert.deepEqual(
      rows.map((row) => [row['trunk_name'], row['trunk_sid']]),
      [
        ['outbound_trunk', OUTBOUND],
        ['inbound_trunk', INBOUND],
        ['streamkit_trunk', STREAMKIT],
      ],
    );
    const { trunks } = api().sandbox.state();
    for (const trunk of trunks) {
      const at = `/trunks/${trunk.trunkSid}`;
      const numbers = await api().get(`${at}/phone-numbers`);
      assert.deepEqual(
        numbers.rows.map((row) => [row['id'], row['phone_number'], row['mode']]),
        trunk.phoneNumbers.map(({ id, phoneNumber, mode }) => [id, phoneNumber, mode]),
      );
      const ips = await api().get(`${at}/whitelisted-ips`);
      assert.deepEqual(
        ips.rows.map((row) => [row['id'], row['ip'], row['mask']]),
        trunk.whitelistedIps.map(({ id, ip, mask }) => [id, ip, mask]),
      );
      const destinations = await api().get(`${at}/destination-uris`);
      assert.deepEqual(
        destinations.rows.map((row) => [row['id'], row['destination']]),
        trunk.destinations.map(({ id, destination }) => [id, `sip:${destination}`]),
      );
      assert.match(trunk.dateCreated, DATE);
      assert.match(trunk.trunkSid, /^trmum1[0-9a-f]{18}1a[1-3][a-z]$/);
    }
  });

  it('counts on from the ids that are there', async () => {
    const mapped = await api().post(`/trunks/${INBOUND}/phone-numbers`, {
      phone_number: '+911140123456',
    });
    assert.equal(mapped.data['id'], '41531');
    const added = await api().post(`/trunks/${INBOUND}/whitelisted-ips`, { ip: '44.248.146.11' });
    assert.equal(added.data['id'], '1171');
  });

  it('is shown by a snapshot that neither changes nor can be changed', async () => {
    const before = api().sandbox.state();
    await api().delete(`/trunks/${OUTBOUND}/phone-numbers?id=41512`);
    await api().put(`/trunks/${OUTBOUND}`, { trunk_name: 'renamed' });
    assert.equal(before.trunks[0]?.phoneNumbers.length, 2);
    assert.equal(before.trunks[0].trunkName, 'outbound_trunk');
    assert.throws(() => Object.assign(before.trunks[0]?.phoneNumbers[0] ?? {}, { mode: 'flow' }));
    const after = api().sandbox.state();
    assert.deepEqual(
      [after.trunks[0]?.trunkName, after.trunks[0]?.phoneNumbers.length],
      ['renamed', 1],
    );
  });
});
