import assert from 'node:assert/strict';
import { INBOUND, OUTBOUND, STREAMKIT, sandboxPerTest, trunkBody } from './support';

const NOT_FOUND = [404, 404, 1000, 'Not Found'];
const MISSING = (field: string) => [400, 400, 1001, `${field} is mandatory`];
const INVALID = (description: string) => [400, 400, 1002, description];
const DUPLICATE = (description: string) => [200, 409, 1008, description];

describe('sandbox: refusals, in the words of the API', () => {
  const api = sandboxPerTest();

  it('carry the full error envelope', async () => {
    const reply = await api().post('/trunks', { trunk_name: 'a_name_of_17_char' });
    const { envelope } = reply;
    assert.match(envelope.request_id, /^[0-9a-f]{32}$/);
    assert.deepEqual(
      { ...envelope, request_id: '' },
      {
        request_id: '',
        method: 'POST',
        http_code: 400,
        response: {
          code: 400,
          error_data: {
            code: 1001,
            message: 'Mandatory Parameter missing',
            description: 'NsoCode is mandatory',
          },
          status: 'failure',
          data: null,
        },
      },
    );
  });

  const bodies: [what: string, post: string, body: unknown, refusal: unknown[]][] = [
    ['a trunk without a name', '/trunks', {}, MISSING('TrunkName')],
    ['a name of null', '/trunks', { trunk_name: null }, MISSING('TrunkName')],
    [
      'a trunk without a domain',
      '/trunks',
      { trunk_name: 'a', nso_code: 'ANY-ANY' },
      MISSING('DomainName'),
    ],
    [
      'a name of 17 characters',
      '/trunks',
      { trunk_name: 'a_name_of_17_char', nso_code: 'ANY-ANY', domain_name: 'a.pstn.exotel.com' },
      INVALID('Maximum allowed length for TrunkName is 16'),
    ],
    [
      'a name with a hyphen',
      '/trunks',
      { trunk_name: 'my-trunk', nso_code: 'ANY-ANY', domain_name: 'a.pstn.exotel.com' },
      INVALID('Allowed characters for TrunkName is alphanumeric and _'),
    ],
    [
      'the old spelling of the NSO code',
      '/trunks',
      { trunk_name: 'a', nso_code: 'any any', domain_name: 'a.pstn.exotel.com' },
      INVALID('Nso code is invalid'),
    ],
    [
      'another domain',
      '/trunks',
      { trunk_name: 'a', nso_code: 'ANY-ANY', domain_name: 'sip.example.com' },
      INVALID('Domain name should end with .pstn.exotel.com'),
    ],
    ['no number', `/trunks/${OUTBOUND}/phone-numbers`, {}, MISSING('PhoneNumber')],
    ['an empty number', `/trunks/${OUTBOUND}/phone-numbers`, { phone_number: '' }, NOT_FOUND],
    [
      'a number of 30 digits',
      `/trunks/${OUTBOUND}/phone-numbers`,
      { phone_number: `+${'9'.repeat(30)}` },
      NOT_FOUND,
    ],
    ...['+91-98765-43210', '+91abc', '+9198', '9876543210', `+${'9'.repeat(16)}`].map(
      (phone_number): (typeof bodies)[number] => [
        `the number ${phone_number}`,
        `/trunks/${OUTBOUND}/phone-numbers`,
        { phone_number },
        INVALID('Invalid PhoneNumber'),
      ],
    ),
    [
      'a mode nobody knows',
      `/trunks/${OUTBOUND}/phone-numbers`,
      { phone_number: '+911140123456', mode: 'PSTN' },
      INVALID('Invalid Mode'),
    ],
    ['no IP', `/trunks/${OUTBOUND}/whitelisted-ips`, { mask: 32 }, MISSING('Ip')],
    ...['', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4.', '::1', '1.2.3.4/24'].map(
      (ip): (typeof bodies)[number] => [
        `the IP "${ip}"`,
        `/trunks/${OUTBOUND}/whitelisted-ips`,
        { ip },
        INVALID('Invalid ip'),
      ],
    ),
    ...[0, 15, 33, 255].map((mask): (typeof bodies)[number] => [
      `a mask of ${mask}`,
      `/trunks/${OUTBOUND}/whitelisted-ips`,
      { ip: '44.248.146.12', mask },
      INVALID('mask should be in-between 16 and 32'),
    ]),
    ['no destinations', `/trunks/${OUTBOUND}/destination-uris`, {}, MISSING('Destinations')],
    [
      'an empty list of destinations',
      `/trunks/${OUTBOUND}/destination-uris`,
      { destinations: [] },
      MISSING('Destinations'),
    ],
    ['no settings', `/trunks/${OUTBOUND}/settings`, {}, MISSING('Settings')],
    ['no user name', `/trunks/${OUTBOUND}/credentials`, { password: 'a' }, MISSING('UserName')],
    ['no password', `/trunks/${OUTBOUND}/credentials`, { user_name: 'a' }, MISSING('Password')],
    [
      'a user name with a dot',
      `/trunks/${OUTBOUND}/credentials`,
      { user_name: 'a.b', password: 'a' },
      INVALID('Allowed characters for UserName is alphanumberic and _'),
    ],
    [
      'a password with a hyphen',
      `/trunks/${OUTBOUND}/credentials`,
      { user_name: 'a', password: 'a-b' },
      INVALID('Allowed characters for Password is alphanumberic and _'),
    ],
    [
      'a friendly name with a hyphen, as in the samples',
      `/trunks/${OUTBOUND}/credentials`,
      { user_name: 'a', password: 'a', friendly_name: 'elevenlabs-prod' },
      INVALID('Allowed characters for FriendlyName is alphanumberic and _'),
    ],
    [
      'a friendly name of 33 characters',
      `/trunks/${OUTBOUND}/credentials`,
      { user_name: 'a', password: 'a', friendly_name: 'f'.repeat(33) },
      INVALID('Maximum allowed length for FriendlyName is 32'),
    ],
    [
      'a trunk name that is taken',
      '/trunks',
      { trunk_name: 'outbound_trunk', nso_code: 'ANY-ANY', domain_name: 'a.pstn.exotel.com' },
      DUPLICATE('Unable to create trunk with name outbound_trunk'),
    ],
    [
      'a number that another trunk has',
      `/trunks/${INBOUND}/phone-numbers`,
      { phone_number: '+918040123456' },
      DUPLICATE(`Unable to create DidTrunkMapping with TrunkSid ${INBOUND}`),
    ],
    [
      'an IP that is whitelisted already',
      `/trunks/${OUTBOUND}/whitelisted-ips`,
      { ip: '44.248.146.11', mask: 24 },
      DUPLICATE('Unable to Whitelist-ip with ip 44.248.146.11'),
    ],
    [
      'a user name that is taken',
      `/trunks/${OUTBOUND}/credentials`,
      { user_name: 'outbound_pbx', password: 'a' },
      DUPLICATE('Unable to create Credential with UserName outbound_pbx'),
    ],
  ];
  for (const [what, path, body, refusal] of bodies) {
    it(`meet ${what}`, async () => {
      const before = api().sandbox.state();
      assert.deepEqual((await api().post(path, body)).refusal, refusal);
      assert.deepEqual(api().sandbox.state(), before, 'nothing has changed');
    });
  }

  it('name each code as published', async () => {
    const message = async (path: string, body: unknown) =>
      (await api().post(path, body)).item.error_data?.message;
    assert.equal(await message('/trunks', {}), 'Mandatory Parameter missing');
    assert.equal(
      await message(`/trunks/${OUTBOUND}/whitelisted-ips`, { ip: 'x' }),
      'Invalid parameter',
    );
    assert.equal(
      await message('/trunks', trunkBody('outbound_trunk', api().sandbox)),
      'Duplicate resource',
    );
    assert.equal(await message('/trunks', '{'), 'Invalid request body,failed parsing ');
    assert.equal(await message('/nowhere', {}), 'Not Found');
  });

  it('carry the duplicate as HTTP 200 around a 409', async () => {
    const reply = await api().post('/trunks', trunkBody('outbound_trunk', api().sandbox));
    assert.equal(reply.status, 200);
    assert.equal(reply.envelope.http_code, 200);
    assert.deepEqual([reply.item.code, reply.item.status], [409, 'failure']);
  });

  describe('of a body that cannot be parsed', () => {
    const unmarshal = (what: string, where: string, type: string) =>
      `json: cannot unmarshal ${what} into Go struct field ${where} of type ${type}`;
    const broken: [path: string, body: unknown, description: string][] = [
      ['/trunks', '', 'EOF'],
      ['/trunks', '{', 'unexpected EOF'],
      ['/trunks', '{"trunk_name":"a', 'unexpected EOF'],
      ['/trunks', '{"trunk_name":', 'unexpected EOF'],
      ['/trunks', 'hello', `invalid character 'h' looking for beginning of value`],
      ['/trunks', '[]', 'json: cannot unmarshal array into Go value of type main.Trunk'],
      ['/trunks', '"text"', 'json: cannot unmarshal string into Go value of type main.Trunk'],
      ['/trunks', { trunk_name: 5 }, unmarshal('number', 'Trunk.trunk_name', 'string')],
      ['/trunks', { trunk_name: {} }, unmarshal('object', 'Trunk.trunk_name', 'string')],
      ['/trunks', { nso_code: true }, unmarshal('bool', 'Trunk.nso_code', 'string')],
      ...[-1, 256, 24.5].map((mask): [string, unknown, string] => [
        `/trunks/${OUTBOUND}/whitelisted-ips`,
        { ip: '44.248.146.12', mask },
        unmarshal(`number ${mask}`, 'WhitelistedIp.mask', 'uint8'),
      ]),
      [
        `/trunks/${OUTBOUND}/whitelisted-ips`,
        { ip: '44.248.146.12', mask: '32' },
        unmarshal('string', 'WhitelistedIp.mask', 'uint8'),
      ],
      [
        `/trunks/${OUTBOUND}/destination-uris`,
        { destinations: { destination: 'a.example.com:5060' } },
        unmarshal('object', 'Destination.destinations', '[]main.Destination'),
      ],
      [
        `/trunks/${OUTBOUND}/destination-uris`,
        { destinations: ['a.example.com:5060'] },
        'json: cannot unmarshal string into Go value of type main.Destination',
      ],
    ];
    for (const [path, body, description] of broken) {
      it(`says: ${description}`, async () => {
        assert.deepEqual((await api().post(path, body)).refusal, [400, 400, 1007, description]);
      });
    }
  });

  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonp']) {
    it(`meet the content type ${type}`, async () => {
      for (const [method, path] of [
        ['POST', '/trunks'],
        ['PUT', `/trunks/${OUTBOUND}`],
      ] as const) {
        const reply = await api().raw(`/v2/accounts/sandbox1${path}`, {
          method,
          headers: { 'Content-Type': type },
          body: '{}',
        });
        assert.deepEqual(reply.refusal, [415, 415, 1011, type]);
        assert.equal(reply.item.error_data?.message, 'unsupported content type');
      }
    });
  }

  it('let a charset pass', async () => {
    const reply = await api().raw(`/v2/accounts/sandbox1/trunks/${OUTBOUND}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'Application/JSON; charset=utf-8' },
      body: '{"trunk_name":"renamed"}',
    });
    assert.equal(reply.data['trunk_name'], 'renamed');
  });

  describe('of changes', () => {
    const changes: [what: string, path: string, body: unknown, refusal: unknown[]][] = [
      [
        'to a trunk name that is taken',
        `/trunks/${OUTBOUND}`,
        { trunk_name: 'inbound_trunk' },
        DUPLICATE('Unable to create trunk with name inbound_trunk'),
      ],
      [
        'to a trunk name that is too long',
        `/trunks/${OUTBOUND}`,
        { trunk_name: 'x'.repeat(17) },
        INVALID('Maximum allowed length for TrunkName is 16'),
      ],
      [
        'to another authentication',
        `/trunks/${OUTBOUND}`,
        { auth_type: 'NONE' },
        INVALID('Auth type is invalid'),
      ],
      [
        'to another NSO code',
        `/trunks/${OUTBOUND}`,
        { nso_code: 'X' },
        INVALID('Nso code is invalid'),
      ],
      [
        'of a number under another number',
        `/trunks/${OUTBOUND}/phone-numbers/41512`,
        { phone_number: '+919876543210', mode: 'flow' },
        INVALID('Invalid PhoneNumber'),
      ],
      [
        'of a number without a mode',
        `/trunks/${OUTBOUND}/phone-numbers/41512`,
        { phone_number: '+918040123456' },
        MISSING('Mode'),
      ],
      [
        'of a number without the number',
        `/trunks/${OUTBOUND}/phone-numbers/41512`,
        { mode: 'flow' },
        MISSING('PhoneNumber'),
      ],
      [
        'of an IP without its mask',
        `/trunks/${OUTBOUND}/whitelisted-ips/1153`,
        { ip: '44.248.146.11' },
        MISSING('Mask'),
      ],
      [
        'to an IP that another entry has',
        `/trunks/${OUTBOUND}/whitelisted-ips/1153`,
        { ip: '44.238.177.138', mask: 32 },
        DUPLICATE('Unable to Whitelist-ip with ip 44.238.177.138'),
      ],
      [
        'to a negative priority',
        `/trunks/${INBOUND}/destination-uris/2543`,
        { priority: -1 },
        INVALID('Invalid Priority'),
      ],
      [
        'to a user name with a blank',
        `/trunks/${OUTBOUND}/credentials/1234`,
        { user_name: 'a b' },
        INVALID('Allowed characters for UserName is alphanumberic and _'),
      ],
      ...(
        [
          ['phone-numbers', { phone_number: '+918040123456', mode: 'flow' }],
          ['whitelisted-ips', { ip: '44.248.146.11', mask: 32 }],
          ['destination-uris', { priority: 1 }],
          ['credentials', { password: 'a' }],
        ] satisfies [string, unknown][]
      ).map(([collection, body]): [string, string, unknown, unknown[]] => [
        `in ${collection} to an id that is not there`,
        `/trunks/${OUTBOUND}/${collection}/999`,
        body,
        NOT_FOUND,
      ]),
      [
        'through another trunk',
        `/trunks/${INBOUND}/phone-numbers/41512`,
        { phone_number: '+918040123456', mode: 'flow' },
        NOT_FOUND,
      ],
    ];
    for (const [what, path, body, refusal] of changes) {
      it(`go ${what}`, async () => {
        const before = api().sandbox.state();
        assert.deepEqual((await api().put(path, body)).refusal, refusal);
        assert.deepEqual(api().sandbox.state(), before, 'nothing has changed');
      });
    }

    it('do not meet a row that keeps its own name or address', async () => {
      const ip = await api().put(`/trunks/${OUTBOUND}/whitelisted-ips/1153`, {
        ip: '44.248.146.11',
        mask: 24,
      });
      assert.equal(ip.data['mask'], 24);
      const credential = await api().put(`/trunks/${OUTBOUND}/credentials/1234`, {
        user_name: 'outbound_pbx',
      });
      assert.equal(credential.data['user_name'], 'outbound_pbx');
    });
  });

  it('meet a DELETE that does not say what', async () => {
    const at = `/trunks/${OUTBOUND}`;
    const refusals = await Promise.all(
      [
        '/trunks',
        `${at}/phone-numbers`,
        `${at}/whitelisted-ips?id=`,
        `${at}/destination-uris`,
        `${at}/credentials`,
        `${at}/settings`,
      ].map(async (path) => (await api().delete(path)).refusal[3]),
    );
    assert.deepEqual(refusals, [
      'TrunkSid is mandatory',
      ...Array<string>(4).fill('Id is mandatory'),
      'Name is mandatory',
    ]);
  });

  it('meet a DELETE of what is not there', async () => {
    for (const collection of [
      'phone-numbers',
      'whitelisted-ips',
      'destination-uris',
      'credentials',
    ]) {
      const reply = await api().delete(`/trunks/${OUTBOUND}/${collection}?id=999`);
      assert.deepEqual(reply.refusal, NOT_FOUND);
    }
  });

  it('meet a trunk-map question that names nothing', async () => {
    assert.deepEqual((await api().get('/trunk-maps')).refusal, MISSING('Exophone'));
  });

  it('meet paths that are not of the API', async () => {
    for (const [method, path] of [
      ['GET', '/nowhere'],
      ['GET', `/trunks/${OUTBOUND}`],
      ['GET', `/trunks/${OUTBOUND}/phone_numbers`],
      ['PUT', `/trunks/${OUTBOUND}/settings`],
      ['DELETE', `/trunks/${OUTBOUND}`],
      ['DELETE', `/trunks/${OUTBOUND}/phone-numbers/41512`],
      ['GET', `/trunks/${'x'.repeat(200)}/phone-numbers`],
    ] as const) {
      assert.deepEqual((await api().send(method, path)).refusal, NOT_FOUND, path);
    }
    assert.equal(api().sandbox.state().trunks.length, 3);
  });
});

for (const [unknownTrunk, refusal] of [
  [404, NOT_FOUND],
  [403, [403, 403, 1003, 'Authorization failed']],
] as const) {
  describe(`sandbox: an unknown trunk, answered with ${unknownTrunk}`, () => {
    const api = sandboxPerTest({ unknownTrunk });
    const foreign = '/trunks/trmum1000000000000000000aaaa';

    it('is refused by every operation that names one', async () => {
      const replies = await Promise.all([
        api().put(foreign, {}),
        api().delete(`/trunks?trunk_sid=trmum1000000000000000000aaaa`),
        api().get('/trunk-maps?trunk_sid=trmum1000000000000000000aaaa'),
        ...['phone-numbers', 'whitelisted-ips', 'destination-uris', 'credentials'].flatMap(
          (name) => [
            api().get(`${foreign}/${name}`),
            api().post(`${foreign}/${name}`, {}),
            api().put(`${foreign}/${name}/1`, {}),
            api().delete(`${foreign}/${name}?id=1`),
          ],
        ),
        api().get(`${foreign}/settings`),
        api().post(`${foreign}/settings`, {}),
        api().delete(`${foreign}/settings?name=trunk_external_alias`),
      ]);
      for (const reply of replies) assert.deepEqual(reply.refusal, refusal);
      assert.equal(replies.length, 22);
    });

    it('leaves the others alone', async () => {
      assert.equal((await api().get(`/trunks/${STREAMKIT}/phone-numbers`)).status, 200);
    });
  });
}
