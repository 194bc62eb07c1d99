/** What a person reads when Exotel says no: one exact sentence and one next step per error. */
import assert from 'node:assert/strict';
import type { ExotelApi } from '../../../src/exotel/api';
import type { Problem } from '../../../src/exotel/errors';
import { Secret } from '../../../src/exotel/secret';
import { explainDescription } from '../../../src/exotel/explanations';
import {
  bench,
  closeAll,
  failure,
  type Handler,
  problemOf,
  REQUEST_ID,
  says,
  TRUNK,
} from './support';

const password = new Secret('Planted_Password_1');
const calls = {
  createTrunk: (api: ExotelApi) => api.createTrunk({ name: 'x' }),
  map: (api: ExotelApi) => api.mapNumber(TRUNK, { number: '+919876543210' }),
  whitelist: (api: ExotelApi) => api.whitelistIp(TRUNK, { ip: '44.1.1.1', mask: 32 }),
  destination: (api: ExotelApi) => api.addDestinations(TRUNK, ['44.1.1.1:5061;transport=tls']),
  credential: (api: ExotelApi) => api.createCredential(TRUNK, { userName: 'a', password }),
  setting: (api: ExotelApi) => api.setSetting(TRUNK, 'trunk_external_alias', '+918041234567'),
  list: (api: ExotelApi) => api.listNumbers(TRUNK),
  trunks: (api: ExotelApi) => api.listTrunks(),
};

interface Row {
  readonly call: keyof typeof calls;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly description: string;
  readonly kind: Problem['kind'];
  readonly field?: string;
  readonly sentence: RegExp;
  readonly nextStep: RegExp;
}

function row(
  call: keyof typeof calls,
  status: number,
  code: number,
  description: string,
  kind: Problem['kind'],
  field: string | undefined,
  sentence: RegExp,
  nextStep: RegExp,
): Row {
  const message = code === 1002 ? 'Invalid parameter' : description;
  const base = { call, status, code, message, description, kind, sentence, nextStep };
  return field === undefined ? base : { ...base, field };
}

const rows: readonly Row[] = [
  row('list', 404, 1000, 'Not Found', 'notFound', undefined, /does not know this trunk/, /Refresh/),
  row('map', 404, 1000, 'Not Found', 'notFound', undefined, /trunk or this phone/, /ExoPhone/),
  row('trunks', 404, 1000, 'Not Found', 'notFound', undefined, /account at this host/, /region/),
  row(
    'createTrunk',
    400,
    1001,
    'TrunkName is mandatory',
    'invalid',
    'trunk_name',
    /trunk name is missing/,
    /1 to 16/,
  ),
  row('whitelist', 400, 1001, 'Ip is mandatory', 'invalid', 'ip', /IP address is missing/, /IPv4/),
  row(
    'map',
    400,
    1001,
    'PhoneNumber is mandatory',
    'invalid',
    'phone_number',
    /phone number is missing/,
    /E\.164/,
  ),
  row(
    'createTrunk',
    400,
    1002,
    'Maximum allowed length for TrunkName is 16',
    'invalid',
    'trunk_name',
    /longer than the 16/,
    /Shorten it to 16/,
  ),
  row(
    'createTrunk',
    400,
    1002,
    'Allowed characters for TrunkName is alphanumeric and _',
    'invalid',
    'trunk_name',
    /character that Exotel does not allow/,
    /underscores only/,
  ),
  row(
    'credential',
    400,
    1002,
    'Allowed characters for FriendlyName is alphanumberic and _',
    'invalid',
    'friendly_name',
    /friendly name holds a character/,
    /underscores only/,
  ),
  row(
    'credential',
    400,
    1002,
    'Allowed characters for Password is alphanumeric and _',
    'invalid',
    'password',
    /password holds a character/,
    /underscores only/,
  ),
  row(
    'map',
    400,
    1002,
    'Invalid PhoneNumber',
    'invalid',
    'phone_number',
    /not take this as a phone number/,
    /\+919876543210/,
  ),
  row('whitelist', 400, 1002, 'Invalid ip', 'invalid', 'ip', /as an IPv4 address/, /four numbers/),
  row(
    'whitelist',
    400,
    1002,
    'mask should be in-between 16 and 32',
    'invalid',
    'mask',
    /from 16 to 32/,
    /32 for a single/,
  ),
  row(
    'createTrunk',
    400,
    1002,
    'Domain name should end with .pstn.exotel.com',
    'invalid',
    'domain_name',
    /does not end with \.pstn\.exotel\.com/,
    /<account SID>\.pstn\.exotel\.com/,
  ),
  row(
    'createTrunk',
    400,
    1002,
    'Nso code is invalid',
    'invalid',
    'nso_code',
    /operator code/,
    /exactly ANY-ANY/,
  ),
  row(
    'destination',
    400,
    1002,
    'Destination not whitelisted',
    'invalid',
    'destination',
    /not whitelisted on the trunk/,
    /^Whitelist the IP first, then add the destination\.$/,
  ),
  row(
    'destination',
    400,
    1002,
    'Destination is not a valid Ip or Fqdn',
    'invalid',
    'destination',
    /IP address or host name/,
    /host:port;transport=tls/,
  ),
  row(
    'list',
    403,
    1003,
    'Authorization failed',
    'forbidden',
    undefined,
    /belongs to another account/,
    /trunk SID/,
  ),
  row(
    'trunks',
    403,
    1003,
    'Authorization failed',
    'forbidden',
    undefined,
    /manage SIP trunks/,
    /hello@exotel\.com/,
  ),
  row(
    'whitelist',
    400,
    1007,
    'unexpected EOF',
    'invalid',
    undefined,
    /reached Exotel incomplete/,
    /Try again/,
  ),
  row(
    'whitelist',
    400,
    1007,
    'json: cannot unmarshal number -1 into Go struct field Acl.mask of type uint8',
    'invalid',
    'mask',
    /read the mask/,
    /32 for one address/,
  ),
  row('map', 400, 1007, 'invalid character', 'invalid', undefined, /could not read/, /wrong type/),
  row(
    'createTrunk',
    409,
    1008,
    'Unable to create trunk with name x',
    'conflict',
    undefined,
    /trunk with this name already exists/,
    /choose another name/,
  ),
  row(
    'map',
    409,
    1008,
    `Unable to create DidTrunkMapping with TrunkSid ${TRUNK}`,
    'conflict',
    undefined,
    /already mapped to a trunk/,
    /unmap it there/,
  ),
  row(
    'whitelist',
    409,
    1008,
    'Unable to Whitelist-ip with ip 44.1.1.1',
    'conflict',
    undefined,
    /already whitelisted/,
    /change its mask/,
  ),
  row(
    'credential',
    409,
    1008,
    'Duplicate',
    'conflict',
    undefined,
    /user name already exists/,
    /another user name/,
  ),
  row('setting', 409, 1008, 'Duplicate', 'conflict', undefined, /already has this/, /Clear the/),
  row(
    'destination',
    409,
    1008,
    'Duplicate',
    'conflict',
    undefined,
    /already has this destination/,
    /priority and weight/,
  ),
  row(
    'trunks',
    401,
    1010,
    'Authorization failed',
    'auth',
    undefined,
    /key and token/,
    /key and token, and the region.*127\.0\.0\.1/,
  ),
  row(
    'map',
    415,
    1011,
    'text/plain',
    'invalid',
    undefined,
    /content type text\/plain/,
    /application\/json/,
  ),
  row('map', 422, 1020, 'Unprocessable', 'invalid', undefined, /carry it out/, /request id/),
  row('map', 400, 1002, 'Something new', 'invalid', undefined, /one of the values/, /description/),
  row('map', 400, 4711, 'Something new', 'invalid', undefined, /\(400\)/, /Check the values/),
  row('list', 400, 1000, 'Invalid request', 'invalid', undefined, /\(400\)/, /Check the values/),
  row('createTrunk', 409, 1002, 'Resource exists', 'conflict', undefined, /already exists/, /name/),
  row('list', 404, 1003, 'Not found', 'notFound', undefined, /does not know this/, /Refresh/),
  row('map', 500, 2000, 'Internal', 'server', undefined, /server could not/, /may have carried/),
];

describe('When Exotel says no', () => {
  afterEach(closeAll);

  for (const it_ of rows) {
    it(`explains ${it_.status}/${it_.code} “${it_.description}” of ${it_.call}`, async () => {
      const { server, client } = await bench();
      const refusal = failure(it_.status, it_.code, it_.message, it_.description);
      server.will(says(it_.status, refusal));
      // A list that is refused with 400 is asked for once more, without a page size.
      if (it_.call === 'list' && it_.status === 400) server.will(says(it_.status, refusal));
      const problem = await problemOf(calls[it_.call](client));
      assert.equal(problem.kind, it_.kind);
      assert.equal(
        problem.kind === 'invalid' ? (problem.field ?? undefined) : undefined,
        it_.field,
      );
      assert.match(problem.what, it_.sentence);
      assert.match(problem.doNext, it_.nextStep);
      assert.equal(problem.requestId, REQUEST_ID);
      assert.equal(problem.httpStatus, it_.status);
      assert.equal(problem.code, it_.code);
      assert.equal(problem.description, it_.description);
      assert.ok(!problem.what.includes(REQUEST_ID) && !problem.doNext.includes(REQUEST_ID));
    });
  }

  it('sees a duplicate in an HTTP 200 with a 409 inside', async () => {
    const { server, client } = await bench();
    const body = {
      ...failure(409, 1008, 'Duplicate resource', 'Unable to Whitelist-ip with ip x'),
    };
    server.will(says(200, { ...body, http_code: 200 }));
    const problem = await problemOf(calls.whitelist(client));
    assert.equal(problem.kind, 'conflict');
    assert.equal(problem.httpStatus, 200);
    assert.equal(problem.code, 1008);
  });

  it('sees a failing row in a list that otherwise went well', async () => {
    const { server, client } = await bench();
    const { response } = failure(400, 1002, 'Invalid parameter', 'Invalid ip');
    server.will(says(207, { request_id: REQUEST_ID, http_code: 207, response: [response] }));
    assert.equal((await problemOf(calls.setting(client))).kind, 'invalid');
  });

  it('takes a trunk without a SID for an account without SIP trunking', async () => {
    const { server, client } = await bench();
    const body = {
      request_id: REQUEST_ID,
      http_code: 200,
      response: { status: 'success', data: {} },
    };
    server.will(says(200, body), says(200, { ...body, response: { status: 'success' } }));
    for (let i = 0; i < 2; i += 1) {
      const problem = await problemOf(calls.createTrunk(client));
      assert.equal(problem.kind, 'forbidden');
      assert.match(
        problem.doNext,
        /^SIP trunking is probably not enabled for this account; write to hello@exotel\.com\.$/,
      );
      assert.equal(problem.requestId, REQUEST_ID);
    }
  });

  it('names what an answer lacks', async () => {
    const { server, client } = await bench();
    server.will(says(200, { response: [{ status: 'success', data: { id: '1' } }] }));
    const problem = await problemOf(calls.list(client));
    assert.equal(problem.kind, 'badResponse');
    assert.match(problem.what, /lacks phone_number/);
  });

  it('says so when a failure comes without a reason', async () => {
    const { server, client } = await bench();
    server.will(says(200, { response: { status: 'failure', data: null } }));
    const problem = await problemOf(calls.list(client));
    assert.equal(problem.kind, 'badResponse');
    assert.match(problem.what, /not why/);
  });

  const answers: readonly (readonly [string, Handler, Problem['kind'], number | null])[] = [
    ['a web page with 502', says(502, '<html>Bad gateway</html>'), 'server', 502],
    ['a web page with 401', says(401, '<html>no</html>'), 'auth', 401],
    ['an empty 404', says(404, ''), 'notFound', 404],
    ['a bare 403', says(403, { message: 'Forbidden' }), 'forbidden', 403],
    ['an odd 405', says(405, ''), 'invalid', 405],
    ['a web page with 200', says(200, '<!doctype html><p>Sign in'), 'badResponse', 200],
    ['nothing with 200', says(200, ''), 'badResponse', 200],
    ['half an answer', says(200, '{"response": {"sta'), 'badResponse', 200],
    ['a bare word', says(200, '"fine"'), 'badResponse', 200],
    ['a redirect', says(302, '', { Location: 'https://evil.example/' }), 'badResponse', null],
    ['an odd 304', says(304, ''), 'badResponse', 304],
  ];
  for (const [name, answer, kind, httpStatus] of answers) {
    it(`understands ${name}`, async () => {
      const { server, client } = await bench();
      server.will(answer);
      const problem = await problemOf(calls.map(client));
      assert.equal(problem.kind, kind);
      assert.equal(problem.httpStatus, httpStatus);
      assert.ok(problem.what.length > 10 && problem.doNext.length > 10);
    });
  }

  it('repeats nothing of the answer that could be more than words', async () => {
    const { server, client } = await bench();
    const link = '[Verify](command:workbench.action.quit)';
    server.will(says(415, failure(415, 1011, 'unsupported content type', link)));
    const { what: sentence, doNext: nextStep } = await problemOf(calls.map(client));
    assert.ok(!`${sentence} ${nextStep}`.includes('command:'));
  });

  it('keeps line ends and marks that reverse text out of descriptions', async () => {
    const { server, client } = await bench();
    const said = 'one\r\ntwo\u2028three\u202efour\u001b[31m';
    server.will(says(400, failure(400, 1002, 'Invalid parameter', said)));
    assert.equal((await problemOf(calls.map(client))).description, 'one two three four [31m');
  });

  it('masks a password in every spelling it may be echoed in', async () => {
    const { server, client } = await bench();
    const secret = 'Pass/w>rd?~';
    const bytes = Buffer.from(secret);
    const spellings = [
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase().replace('pass', 'Pass'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ];
    server.will(says(400, failure(400, 1002, 'Invalid parameter', spellings.join(' '))));
    const call = client.createCredential(TRUNK, { userName: 'a', password: new Secret(secret) });
    assert.match((await problemOf(call)).description ?? '', /^(•+ ?){4}$/);
  });

  it('takes no id for one that cannot be written into a URL', async () => {
    const { client } = await bench();
    assert.equal((await problemOf(client.listNumbers('trunk\ud800'))).kind, 'invalid');
  });

  it('takes the request id from the header when the body has none', async () => {
    const { server, client } = await bench();
    server.will(says(403, '', { 'X-Request-Id': 'from-header' }));
    assert.equal((await problemOf(calls.map(client))).requestId, 'from-header');
  });

  it('explains every parameter Exotel may call mandatory', () => {
    const spellings: Record<string, string | undefined> = {
      NsoCode: 'nso_code',
      DomainName: 'domain_name',
      Mode: 'mode',
      Mask: 'mask',
      Destinations: 'destination',
      Priority: 'priority',
      Weight: 'weight',
      UserName: 'user_name',
      user_name: 'user_name',
      Password: 'password',
      Settings: 'setting',
      Value: 'setting',
      TrunkSid: 'trunk_sid',
      Novelty: undefined,
    };
    for (const [spelling, field] of Object.entries(spellings)) {
      assert.equal(explainDescription(`${spelling} is mandatory`)?.field, field, spelling);
    }
  });
});

describe('A secret', () => {
  afterEach(closeAll);

  it('is in no error and no log line, even when the API echoes it in every spelling', async () => {
    const { server, client, log } = await bench();
    const planted = ['planted-api-key', 'planted/api+token', 'P"lanted\\1'];
    const basic = Buffer.from('planted-api-key:planted/api+token').toString('base64');
    const echo = [...planted, ...planted.map(encodeURIComponent), basic].join(' | ');
    const body = failure(400, 1002, echo, `Invalid password ${echo}`);
    server.will(says(400, { ...body, request_id: echo }, { 'X-Request-Id': 'x' }));
    const problem = await problemOf(
      client.createCredential(TRUNK, { userName: 'a', password: new Secret('P"lanted\\1') }),
    );
    const shown = JSON.stringify([problem, log]);
    for (const secret of [...planted, ...planted.map(encodeURIComponent), basic, 'P\\"lanted']) {
      assert.ok(!shown.includes(secret), secret);
    }
    assert.match(problem.description ?? '', /^Invalid password ••••/);
    assert.equal(log.length, 1);
  });

  it('leaves the log with method, path, status, time, request id and attempt only', async () => {
    const { server, client, log } = await bench();
    server.will(says(404, failure(404, 1000, 'Not Found', 'Not Found')));
    await client.findTrunkOf('+919876543210');
    assert.deepEqual(log, [
      `debug GET /v2/accounts/acme5m/trunk-maps 404 in 0 ms, request ${REQUEST_ID}, attempt 1`,
    ]);
  });
});
