/** The 24 operations: what goes out, and what the model makes of every shape that may come back. */
import assert from 'node:assert/strict';
import type {
  DestinationUri,
  OwnCredential,
  PhoneNumber,
  Trunk,
  WhitelistedIp,
} from '../../../src/exotel/model';
import type { ExotelApi } from '../../../src/exotel/api';
import { Secret } from '../../../src/exotel/secret';
import { ACCOUNT, bench, closeAll, failure, kindOf, ok, okList, says, TRUNK } from './support';

const CREATED = '2026-01-23T09:24:59Z';
const UPDATED = '2026-01-24T10:00:00Z';
const dates = { date_created: CREATED, date_updated: UPDATED };
const modelDates = { created: CREATED, updated: UPDATED };

const trunkData = {
  trunk_name: 'outbound_trunk',
  trunk_sid: TRUNK,
  status: 'active',
  domain_name: `${ACCOUNT}.pstn.exotel.com`,
  auth_type: 'IP-WHITELIST',
  registration_enabled: 'disabled',
  edge_preference: 'auto',
  nso_code: 'ANY-ANY',
  secure_trunking: 'enabled',
  destination_uris: `/v2/accounts/${ACCOUNT}/trunks/${TRUNK}/destination-uris`,
  ...dates,
};
const trunk: Trunk = {
  sid: TRUNK,
  name: 'outbound_trunk',
  domain: `${ACCOUNT}.pstn.exotel.com`,
  status: 'active',
  authType: 'IP-WHITELIST',
  nsoCode: 'ANY-ANY',
  secureTrunking: true,
  registration: false,
  edgePreference: 'auto',
  ...modelDates,
};
const numberData = {
  id: '41512',
  phone_number: '+919876543210',
  trunk_sid: TRUNK,
  mode: 'flow',
  ...dates,
};
const number: PhoneNumber = {
  id: '41512',
  number: '+919876543210',
  trunkSid: TRUNK,
  mode: 'flow',
  ...modelDates,
};
const ipData = {
  id: '1153',
  mask: 32,
  trunk_sid: TRUNK,
  ip: '44.248.146.11',
  friendly_name: null,
  ...dates,
};
const ip: WhitelistedIp = {
  id: '1153',
  ip: '44.248.146.11',
  mask: 32,
  friendlyName: null,
  trunkSid: TRUNK,
  ...modelDates,
};
const destinationData = {
  id: '2543',
  destination: 'sip:44.248.146.11:5061;transport=tls',
  type: 'public',
  priority: 0,
  weight: 1,
  trunk_sid: TRUNK,
  ...dates,
};
const destination: DestinationUri = {
  id: '2543',
  destination: '44.248.146.11:5061;transport=tls',
  priority: 0,
  weight: 1,
  type: 'public',
  trunkSid: TRUNK,
  ...modelDates,
};
const credentialData = {
  id: '1234',
  trunk_sid: TRUNK,
  user_name: 'pbx_1',
  friendly_name: 'head_office',
  ...dates,
};
const credential: OwnCredential = {
  kind: 'own',
  id: '1234',
  userName: 'pbx_1',
  friendlyName: 'head_office',
  trunkSid: TRUNK,
  ...modelDates,
};
const settingData = {
  name: 'trunk_external_alias',
  value: '+918041234567',
  trunk_sid: TRUNK,
  ...dates,
};
const setting = {
  name: 'trunk_external_alias',
  value: '+918041234567',
  trunkSid: TRUNK,
  ...modelDates,
};
const password = new Secret('Planted_Password_1');

interface Case {
  readonly does: string;
  readonly call: (api: ExotelApi) => Promise<unknown>;
  /** Method and path below the account. */
  readonly sends: string;
  readonly body?: unknown;
  readonly data: unknown;
  readonly gives: unknown;
  /** `list`: `response` is a list. `nothing`: the data does not matter. */
  readonly shape?: 'list' | 'nothing';
}

const at = `/trunks/${TRUNK}`;
const cases: readonly Case[] = [
  {
    does: 'lists trunks',
    call: (api) => api.listTrunks(),
    sends: 'GET /trunks?page_size=100',
    data: trunkData,
    gives: [trunk],
    shape: 'list',
  },
  {
    does: 'gets one trunk by the query, not by the path',
    call: (api) => api.getTrunk(TRUNK),
    sends: `GET /trunks?trunk_sid=${TRUNK}`,
    data: trunkData,
    gives: trunk,
    shape: 'list',
  },
  {
    does: 'creates a trunk with the operator code and domain Exotel wants',
    call: (api) => api.createTrunk({ name: 'outbound_trunk' }),
    sends: 'POST /trunks',
    body: {
      trunk_name: 'outbound_trunk',
      nso_code: 'ANY-ANY',
      domain_name: `${ACCOUNT}.pstn.exotel.com`,
    },
    data: trunkData,
    gives: trunk,
  },
  {
    does: 'renames a trunk',
    call: (api) => api.renameTrunk({ ...trunk, name: 'old' }, 'outbound_trunk'),
    sends: `PUT ${at}`,
    body: { trunk_name: 'outbound_trunk' },
    data: trunkData,
    gives: trunk,
  },
  {
    does: 'deletes a trunk by the query',
    call: (api) => api.deleteTrunk(TRUNK),
    sends: `DELETE /trunks?trunk_sid=${TRUNK}`,
    data: trunkData,
    gives: undefined,
    shape: 'nothing',
  },
  {
    does: 'lists phone numbers',
    call: (api) => api.listNumbers(TRUNK),
    sends: `GET ${at}/phone-numbers?page_size=100`,
    data: numberData,
    gives: [number],
    shape: 'list',
  },
  {
    does: 'maps a phone number in a mode',
    call: (api) => api.mapNumber(TRUNK, { number: '+919876543210', mode: 'flow' }),
    sends: `POST ${at}/phone-numbers`,
    body: { phone_number: '+919876543210', mode: 'flow' },
    data: numberData,
    gives: number,
  },
  {
    does: 'changes the mode of a phone number',
    call: (api) => api.changeNumberMode({ ...number, mode: 'pstn' }, 'flow'),
    sends: `PUT ${at}/phone-numbers/41512`,
    body: { phone_number: '+919876543210', mode: 'flow' },
    data: numberData,
    gives: number,
  },
  {
    does: 'unmaps a phone number',
    call: (api) => api.unmapNumber(TRUNK, '41512'),
    sends: `DELETE ${at}/phone-numbers?id=41512`,
    data: numberData,
    gives: undefined,
    shape: 'nothing',
  },
  {
    does: 'finds the trunk of a phone number, with its plus encoded',
    call: (api) => api.findTrunkOf('+919876543210'),
    sends: 'GET /trunk-maps?exophone=%2B919876543210',
    data: { exophone: '+919876543210', trunk_sid: TRUNK, phone_number_id: 41512, mode: 'pstn' },
    gives: { number: '+919876543210', trunkSid: TRUNK, phoneNumberId: '41512', mode: 'pstn' },
  },
  {
    does: 'lists whitelisted IPs',
    call: (api) => api.listIps(TRUNK),
    sends: `GET ${at}/whitelisted-ips?page_size=100`,
    data: ipData,
    gives: [ip],
    shape: 'list',
  },
  {
    does: 'whitelists an IP',
    call: (api) => api.whitelistIp(TRUNK, { ip: '44.248.146.11', mask: 32 }),
    sends: `POST ${at}/whitelisted-ips`,
    body: { ip: '44.248.146.11', mask: 32 },
    data: ipData,
    gives: ip,
  },
  {
    does: 'changes a whitelisted IP',
    call: (api) => api.changeIp({ ...ip, mask: 24 }, { ip: '44.248.146.11', mask: 32 }),
    sends: `PUT ${at}/whitelisted-ips/1153`,
    body: { ip: '44.248.146.11', mask: 32 },
    data: ipData,
    gives: ip,
  },
  {
    does: 'removes a whitelisted IP',
    call: (api) => api.removeIp(TRUNK, '1153'),
    sends: `DELETE ${at}/whitelisted-ips?id=1153`,
    data: ipData,
    gives: undefined,
    shape: 'nothing',
  },
  {
    does: 'lists destinations without the sip: that the API adds',
    call: (api) => api.listDestinations(TRUNK),
    sends: `GET ${at}/destination-uris?page_size=100`,
    data: destinationData,
    gives: [destination],
    shape: 'list',
  },
  {
    does: 'adds destinations without sip:',
    call: (api) => api.addDestinations(TRUNK, ['sip:44.248.146.11:5061;transport=tls']),
    sends: `POST ${at}/destination-uris`,
    body: { destinations: [{ destination: '44.248.146.11:5061;transport=tls' }] },
    data: destinationData,
    gives: [{ ok: true, input: 'sip:44.248.146.11:5061;transport=tls', value: destination }],
    shape: 'list',
  },
  {
    does: 'changes the priority and weight of a destination',
    call: (api) => api.changeDestination({ ...destination, weight: 5 }, { weight: 1, priority: 0 }),
    sends: `PUT ${at}/destination-uris/2543`,
    body: { priority: 0, weight: 1 },
    data: destinationData,
    gives: destination,
  },
  {
    does: 'removes a destination',
    call: (api) => api.removeDestination(TRUNK, '2543'),
    sends: `DELETE ${at}/destination-uris?id=2543`,
    data: destinationData,
    gives: undefined,
    shape: 'nothing',
  },
  {
    does: 'lists one’s own credentials',
    call: (api) => api.listCredentials(TRUNK),
    sends: `GET ${at}/credentials?page_size=100`,
    data: credentialData,
    gives: [credential],
    shape: 'list',
  },
  {
    does: 'creates a credential',
    call: (api) =>
      api.createCredential(TRUNK, { userName: 'pbx_1', password, friendlyName: 'head_office' }),
    sends: `POST ${at}/credentials`,
    body: { user_name: 'pbx_1', password: 'Planted_Password_1', friendly_name: 'head_office' },
    data: credentialData,
    gives: credential,
  },
  {
    does: 'changes the password of a credential and nothing else',
    call: (api) => api.changeCredential(credential, { password }),
    sends: `PUT ${at}/credentials/1234`,
    body: { password: 'Planted_Password_1' },
    data: credentialData,
    gives: credential,
  },
  {
    does: 'deletes a credential',
    call: (api) => api.deleteCredential(TRUNK, '1234'),
    sends: `DELETE ${at}/credentials?id=1234`,
    data: credentialData,
    gives: undefined,
    shape: 'nothing',
  },
  {
    does: 'lists settings',
    call: (api) => api.listSettings(TRUNK),
    sends: `GET ${at}/settings?page_size=100`,
    data: settingData,
    gives: [setting],
    shape: 'list',
  },
  {
    does: 'sets a setting',
    call: (api) => api.setSetting(TRUNK, 'trunk_external_alias', '+918041234567'),
    sends: `POST ${at}/settings`,
    body: { settings: [{ name: 'trunk_external_alias', value: '+918041234567' }] },
    data: settingData,
    gives: setting,
    shape: 'list',
  },
  {
    does: 'clears a setting by its name',
    call: (api) => api.clearSetting(TRUNK, 'trunk_external_alias'),
    sends: `DELETE ${at}/settings?name=trunk_external_alias`,
    data: settingData,
    gives: undefined,
    shape: 'nothing',
  },
];

/** How Exotel's documents, old and new, wrap the same data. */
const shapes: readonly (readonly [string, (it: Case) => unknown])[] = [
  [
    'in the full envelope',
    (it) => (it.shape === 'list' ? okList([it.data]) : ok(it.data, it.sends.split(' ')[0])),
  ],
  [
    'in the short envelope of the older documents',
    (it) => ({
      response: { status: 'success', data: it.shape === 'list' ? [it.data] : it.data },
    }),
  ],
  ['as a one-item list', (it) => okList([it.data])],
  ['as data alone', (it) => ({ data: it.shape === 'list' ? [it.data] : it.data })],
  ['bare', (it) => (it.shape === 'list' ? [it.data] : it.data)],
];

describe('Every operation', () => {
  afterEach(closeAll);

  for (const it_ of cases) {
    it(`${it_.does}, whatever the answer is wrapped in`, async () => {
      const { server, client } = await bench();
      for (const [name, wrap] of shapes) {
        server.will(says(200, wrap(it_)));
        const given = await it_.call(client);
        assert.deepEqual(given, it_.gives, name);
        const request = server.received.at(-1);
        assert.ok(request);
        const path = request.url.replace(`/v2/accounts/${ACCOUNT}`, '');
        assert.equal(`${request.method} ${path}`, it_.sends);
        assert.deepEqual(request.body === '' ? undefined : JSON.parse(request.body), it_.body);
        assert.equal(
          request.headers['content-type'],
          it_.body === undefined ? undefined : 'application/json',
        );
        assert.equal(
          request.headers.authorization,
          `Basic ${Buffer.from('planted-api-key:planted/api+token').toString('base64')}`,
        );
      }
      assert.equal(server.received.length, shapes.length, 'one request per call');
    });
  }

  it('covers the whole interface', async () => {
    const { client } = await bench();
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(client)).filter(
      (name) => name !== 'constructor',
    );
    assert.equal(methods.length, cases.length);
  });

  it('takes numbers for ids, as some of Exotel’s samples have them', async () => {
    const { server, client } = await bench();
    server.will(says(200, okList([{ ...ipData, id: 1153, mask: '24' }])));
    assert.deepEqual(await client.listIps(TRUNK), [{ ...ip, mask: 24 }]);
  });

  it('reads a mode that is null or missing as pstn, and leaves it out when not given', async () => {
    const { server, client } = await bench();
    server.will(says(200, ok({ ...numberData, mode: null })));
    const mapped = await client.mapNumber(TRUNK, { number: '+919876543210' });
    assert.equal(mapped.mode, 'pstn');
    assert.deepEqual(JSON.parse(server.received[0]?.body ?? ''), { phone_number: '+919876543210' });
  });

  it('does not show a mode it does not know as another', async () => {
    const { server, client } = await bench();
    server.will(says(200, okList([{ ...numberData, mode: 'fax' }])));
    assert.equal(await kindOf(client.listNumbers(TRUNK)), 'badResponse');
  });

  it('keeps unknown fields out', async () => {
    const { server, client } = await bench();
    server.will(says(200, okList([{ ...trunkData, surprise: 1, status: 'asleep' }])));
    assert.deepEqual(await client.listTrunks(), [{ ...trunk, status: null }]);
  });

  it('fills a PUT that answers without data from what was there and what was asked', async () => {
    const { server, client } = await bench();
    const empty = says(200, ok(null, 'PUT'));
    server.will(empty, empty, empty, empty, empty);
    assert.deepEqual(await client.renameTrunk(trunk, 'new_name'), { ...trunk, name: 'new_name' });
    assert.deepEqual(await client.changeNumberMode(number, 'pstn'), { ...number, mode: 'pstn' });
    const wider = { ip: '44.248.146.0', mask: 24 };
    assert.deepEqual(await client.changeIp(ip, wider), { ...ip, ...wider });
    assert.deepEqual(await client.changeDestination(destination, { weight: 9 }), {
      ...destination,
      weight: 9,
    });
    assert.deepEqual(
      await client.changeCredential(credential, { userName: 'pbx_2', friendlyName: 'branch' }),
      { ...credential, userName: 'pbx_2', friendlyName: 'branch' },
    );
  });

  it('is content with a DELETE that answers nothing', async () => {
    const { server, client } = await bench();
    server.will(
      says(200, ok(null, 'DELETE')),
      says(200, { request_id: 'a', http_code: 200, response: null }),
      (_request, response) => response.writeHead(204).end(),
    );
    await client.removeIp(TRUNK, '1153');
    await client.removeDestination(TRUNK, '2543');
    await client.deleteTrunk(TRUNK);
  });

  it('gives the issued pair of the older documents with its password as a Secret', async () => {
    const { server, client } = await bench();
    server.will(
      says(200, {
        response: { status: 'success', data: { username: TRUNK, password: 'Issued_1' } },
      }),
    );
    const [issued] = await client.listCredentials(TRUNK);
    assert.equal(issued?.kind, 'issued');
    assert.equal(issued.userName, TRUNK);
    assert.equal(issued.password.reveal(), 'Issued_1');
    assert.doesNotMatch(JSON.stringify(issued), /Issued_1/);
  });

  it('gives empty lists for empty lists, however they are written', async () => {
    const { server, client } = await bench();
    for (const body of [okList([]), { response: null }, { response: [] }, { data: [] }, ok(null)]) {
      server.will(says(200, body));
      assert.deepEqual(await client.listCredentials(TRUNK), []);
    }
  });

  it('finds no trunk for a number that is mapped nowhere', async () => {
    const { server, client } = await bench();
    server.will(
      says(404, failure(404, 1000, 'Not Found', 'Not Found')),
      says(200, okList([])),
      says(200, ok(null)),
    );
    for (let i = 0; i < 3; i += 1) assert.equal(await client.findTrunkOf('+919876543210'), null);
  });

  it('says that a trunk is not found when the answer lists others only', async () => {
    const { server, client } = await bench();
    server.will(says(200, okList([trunkData])), says(200, okList([])));
    assert.equal(await kindOf(client.getTrunk('trmum1other')), 'notFound');
    assert.equal(await kindOf(client.getTrunk(TRUNK)), 'notFound');
  });

  it('sends nothing for an id that would reach something else', async () => {
    const { server, client } = await bench();
    for (const id of ['', ' ', '.', '..']) {
      assert.equal(await kindOf(client.deleteTrunk(id)), 'invalid');
      assert.equal(await kindOf(client.removeIp(TRUNK, id)), 'invalid');
      assert.equal(await kindOf(client.listIps(id)), 'invalid');
      assert.equal(await kindOf(client.changeIp({ ...ip, id }, ip)), 'invalid');
      assert.equal(await kindOf(client.clearSetting(TRUNK, id)), 'invalid');
    }
    assert.equal(server.received.length, 0);
  });

  it('encodes what stands in a path or query', async () => {
    const { server, client } = await bench();
    server.will(says(200, okList([])), says(200, ok(null)));
    await client.listIps('a/b?c#d');
    await client.removeIp('x', '1&trunk_sid=2');
    assert.deepEqual(
      server.received.map(({ url }) => url.replace(`/v2/accounts/${ACCOUNT}`, '')),
      [
        '/trunks/a%2Fb%3Fc%23d/whitelisted-ips?page_size=100',
        '/trunks/x/whitelisted-ips?id=1%26trunk_sid%3D2',
      ],
    );
  });
});

describe('Adding several destinations', () => {
  afterEach(closeAll);
  const inputs = ['44.1.1.1:5061;transport=tls', 'pbx.acme.in:5061;transport=tls', 'nonsense'];
  const done = (of: string, id: string) => ({
    code: 200,
    error_data: null,
    status: 'success',
    data: { ...destinationData, id, destination: `sip:${of}` },
  });
  const refused = (description: string) => ({
    code: 400,
    error_data: { code: 1002, message: 'Invalid parameter', description },
    status: 'failure',
    data: null,
  });
  const batch = (...response: unknown[]) => ({
    request_id: 'r',
    http_code: 207,
    metadata: { total: 3, success: 1, failed: 2 },
    response,
  });

  it('gives one result per destination, each with its own problem', async () => {
    const { server, client } = await bench();
    server.will(
      says(
        207,
        batch(
          refused('Destination not whitelisted'),
          done(inputs[1] ?? '', '9'),
          refused('Destination is not a valid Ip or Fqdn'),
        ),
      ),
    );
    const results = await client.addDestinations(TRUNK, inputs);
    assert.deepEqual(
      results.map((result) => [result.input, result.ok ? result.value.id : result.problem.doNext]),
      [
        [inputs[0], 'Whitelist the IP first, then add the destination.'],
        [inputs[1], '9'],
        [inputs[2], 'Write host:port;transport=tls, without sip: and without user@.'],
      ],
    );
    assert.ok(results[0]?.ok === false && results[0].problem.kind === 'invalid');
    assert.equal(results[0].problem.field, 'destination');
    assert.equal(results[0].problem.httpStatus, 207);
  });

  it('puts results that come in another order to the destination they name', async () => {
    const { server, client } = await bench();
    const failed = refused('Destination not whitelisted');
    server.will(says(207, batch(done(inputs[1]?.toUpperCase() ?? '', '9'), failed, failed)));
    const results = await client.addDestinations(TRUNK, inputs);
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [false, true, false],
    );
  });

  it('does not pretend to know of a destination the answer is silent about', async () => {
    const { server, client } = await bench();
    server.will(says(200, batch(done(inputs[0] ?? '', '8'))));
    const results = await client.addDestinations(TRUNK, inputs);
    assert.deepEqual(
      results.map((result) => (result.ok ? 'ok' : result.problem.kind)),
      ['ok', 'badResponse', 'badResponse'],
    );
  });

  it('throws when the whole call failed', async () => {
    const { server, client } = await bench();
    const error = failure(403, 1003, 'Authorization failed', 'Authorization failed');
    server.will(says(403, error), says(200, error));
    assert.equal(await kindOf(client.addDestinations(TRUNK, inputs)), 'forbidden');
    assert.equal(await kindOf(client.addDestinations(TRUNK, inputs)), 'forbidden');
  });

  it('asks nothing for none', async () => {
    const { server, client } = await bench();
    assert.deepEqual(await client.addDestinations(TRUNK, []), []);
    assert.equal(server.received.length, 0);
  });
});
