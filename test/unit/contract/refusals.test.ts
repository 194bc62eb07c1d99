// Every way Exotel's published errors say no: what the client makes of each, and that a person reads of
// each something of its own. Provoked for real at the sandbox; where only a broken or another server says
// it, the sandbox is told to.
import assert from 'node:assert/strict';
import { createTransport, type Transport } from '../../../src/exotel/transport';
import type { Problem } from '../../../src/exotel/errors';
import { Secret } from '../../../src/exotel/secret';
import { type Mishap, type SandboxOptions, startSandbox } from '../../../src/sandbox/index';
import { SEEDED } from '../../support/account';
import { problemOf } from '../exotel/support';
import { PLANTED, wire, Wired } from './support';

const { outbound: OUT, inbound: IN } = SEEDED;
const UNKNOWN = 'trmum1000000000000000000a1n';
const REQUEST_ID = 'f00dfeed'.repeat(4);
const password = new Secret(PLANTED.password);
/** For what no type lets a caller leave out. */
const left = undefined as never;

// The calls.

type Call = (on: Wired) => Promise<unknown>;

const list: Call = ({ api }) => api.listNumbers(OUT);
const trunks: Call = ({ api }) => api.listTrunks();
const ofUnknown: Call = ({ api }) => api.listIps(UNKNOWN);

function create(input: { name?: string; domain?: string } = {}): Call {
  return ({ api }) => api.createTrunk({ name: 'fresh', ...input });
}

function map(number: string, trunkSid: string = IN): Call {
  return ({ api }) => api.mapNumber(trunkSid, { number });
}

function whitelist(ip: string, mask = 32): Call {
  return ({ api }) => api.whitelistIp(OUT, { ip, mask });
}

function credential(
  input: { userName?: string; password?: Secret; friendlyName?: string } = {},
): Call {
  return ({ api }) => api.createCredential(OUT, { userName: 'fresh', password, ...input });
}

class ItemFailed extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.what} ${problem.doNext}`);
  }
}

/** Of two destinations the second fails; its problem counts as the call's. */
function destination(text: string): Call {
  return async ({ api }) => {
    const good = 'ok.example.com:5061;transport=tls';
    const [fine, bad] = await api.addDestinations(OUT, [good, text]);
    assert.ok(fine?.ok, 'its neighbour is added all the same');
    assert.ok(bad !== undefined && !bad.ok);
    assert.equal(bad.input, text);
    throw new ItemFailed(bad.problem);
  };
}

// What makes them fail.

function meets(then: Mishap, call: Call): Call {
  return (on) => {
    on.sandbox.fail({ times: 10, then });
    return call(on);
  };
}

/** Answered with this failure, however often it is tried. */
function told(status: number, code: number | null, description: string, call: Call): Call {
  const error = code === null ? null : { code, message: 'As documented', description };
  const response = { code: status, error_data: error, status: 'failure', data: null };
  const body = { request_id: REQUEST_ID, method: 'POST', http_code: status, response };
  return meets({ kind: 'answer', status, body }, call);
}

/** Through another client of the same account. */
function through(options: (on: Wired) => ConstructorParameters<typeof Wired>[1], call: Call): Call {
  return async (on) => {
    const other = new Wired(on.sandbox, options(on));
    try {
      return await call(other);
    } finally {
      on.exchanges.push(...other.exchanges);
      other.dispose();
    }
  };
}

/** Through a proxy that meddles with the request. */
function meddled(
  meddle: (request: Parameters<Transport>[0]) => Partial<Parameters<Transport>[0]>,
  call: Call,
): Call {
  const real = createTransport();
  return through(
    () => ({ transport: (request) => real({ ...request, ...meddle(request) }) }),
    call,
  );
}

/** The right key and token, at the host of a region that does not know them. */
const wrongRegion: Call = async (on) => {
  const { accountSid } = on.sandbox;
  const elsewhere = await startSandbox({ accountSid });
  const address = { region: 'custom', baseUrl: elsewhere.url, accountSid } as const;
  await through(() => ({ address }), trunks)(on).finally(() => elsewhere.close());
};

// What the client has to make of it.

interface Said {
  readonly http: number;
  readonly kind: Problem['kind'];
  readonly code: number | null;
  readonly description: string | null;
  readonly field?: string;
}

interface Row extends Said {
  /** What went wrong, in our words. Rows of one cause read the same, others may not. */
  readonly cause: string;
  /** Tells rows of the same cause apart. */
  readonly way: string;
  readonly call: Call;
  readonly sandbox: SandboxOptions;
}

function row(
  [cause, way = '']: readonly [cause: string, way?: string],
  said: Said,
  call: Call,
  sandbox: SandboxOptions = {},
): Row {
  return { cause, way, ...said, call, sandbox };
}

function said(
  http: number,
  kind: Problem['kind'],
  code: number | null,
  description: string | null,
  field?: string,
): Said {
  return { http, kind, code, description, ...(field === undefined ? {} : { field }) };
}

/** 1001 and 1002 are told apart by Exotel's description, which is their cause. */
function invalid(code: number, field: string, description: string, call: Call, http = 400): Row {
  return row([description], said(http, 'invalid', code, description, field), call);
}

/** A duplicate is HTTP 200 around a 409 live, and a plain 409 in one published sample. */
function duplicate(cause: string, description: string, call: Call): Row[] {
  return [
    row([cause, 'HTTP 200'], said(200, 'conflict', 1008, description), call),
    row(
      [cause, 'HTTP 409'],
      said(409, 'conflict', 1008, description),
      told(409, 1008, description, call),
    ),
  ];
}

const NOT_FOUND = said(404, 'notFound', 1000, 'Not Found');
const NOBODYS = said(403, 'forbidden', 1003, 'Authorization failed');
const NO_KEY = said(401, 'auth', 1010, 'Authorization failed');
const NO_UINT8 =
  'json: cannot unmarshal number -1 into Go struct field WhitelistedIp.mask of type uint8';

const ROWS: readonly Row[] = [
  row(['unknown trunk'], NOT_FOUND, ofUnknown),
  row(['unknown trunk or number', 'no such trunk'], NOT_FOUND, map('+918045671234', UNKNOWN)),
  row(['unknown trunk or number', '30 digits'], NOT_FOUND, map(`+${'9'.repeat(30)}`)),
  row(['unknown trunk or number', 'empty'], NOT_FOUND, map('')),

  invalid(1001, 'trunk_name', 'TrunkName is mandatory', create({ name: left })),
  invalid(1001, 'ip', 'Ip is mandatory', whitelist(left)),
  invalid(1001, 'phone_number', 'PhoneNumber is mandatory', map(left)),
  invalid(1001, 'user_name', 'UserName is mandatory', credential({ userName: left })),

  invalid(
    1002,
    'trunk_name',
    'Maximum allowed length for TrunkName is 16',
    create({ name: 'a'.repeat(17) }),
  ),
  invalid(
    1002,
    'trunk_name',
    'Allowed characters for TrunkName is alphanumeric and _',
    create({ name: 'no-hyphen' }),
  ),
  invalid(1002, 'phone_number', 'Invalid PhoneNumber', map('+91-80-4567')),
  invalid(1002, 'ip', 'Invalid ip', whitelist('300.1.1.1')),
  invalid(1002, 'mask', 'mask should be in-between 16 and 32', whitelist('44.1.1.1', 8)),
  invalid(
    1002,
    'domain_name',
    'Domain name should end with .pstn.exotel.com',
    create({ domain: 'sip.example.com' }),
  ),
  invalid(
    1002,
    'nso_code',
    'Nso code is invalid',
    told(400, 1002, 'Nso code is invalid', create()),
  ),
  invalid(
    1002,
    'friendly_name',
    'Allowed characters for FriendlyName is alphanumberic and _',
    credential({ friendlyName: 'elevenlabs-prod' }),
  ),
  invalid(
    1002,
    'password',
    'Allowed characters for Password is alphanumberic and _',
    credential({ password: new Secret(`${PLANTED.password}-`) }),
  ),
  invalid(
    1002,
    'destination',
    'Destination not whitelisted',
    destination('9.9.9.9:5061;transport=tls'),
    207,
  ),
  invalid(
    1002,
    'destination',
    'Destination is not a valid Ip or Fqdn',
    destination('a@b.example.com:5061'),
    207,
  ),
  row(
    ['one of the values', 'of a setting'],
    said(207, 'invalid', 1002, 'Setting value is invalid'),
    ({ api }) => api.setSetting(OUT, 'trunk_external_alias', '12'),
  ),

  row(['nobody’s trunk'], NOBODYS, ofUnknown, { unknownTrunk: 403 }),
  row(
    ['SIP trunking not enabled', 'list'],
    NOBODYS,
    told(403, 1003, 'Authorization failed', trunks),
  ),
  row(
    ['SIP trunking not enabled', 'create'],
    NOBODYS,
    told(403, 1003, 'Authorization failed', create()),
  ),

  row(
    ['cut short'],
    said(400, 'invalid', 1007, 'unexpected EOF'),
    meddled(({ body }) => ({ body: body?.slice(0, -5) }), create()),
  ),
  row(['no number'], said(400, 'invalid', 1007, NO_UINT8, 'mask'), whitelist('44.1.1.1', -1)),

  ...duplicate(
    'duplicate trunk',
    'Unable to create trunk with name inbound_trunk',
    create({ name: 'inbound_trunk' }),
  ),
  ...duplicate(
    'duplicate number',
    `Unable to create DidTrunkMapping with TrunkSid ${IN}`,
    map('+918040123456'),
  ),
  ...duplicate(
    'duplicate IP',
    'Unable to Whitelist-ip with ip 44.248.146.11',
    whitelist('44.248.146.11'),
  ),
  ...duplicate(
    'duplicate credential',
    'Unable to create Credential with UserName outbound_pbx',
    credential({ userName: 'outbound_pbx' }),
  ),

  row(
    ['key not accepted', 'wrong token'],
    NO_KEY,
    through(() => ({ apiToken: new Secret('another') }), trunks),
  ),
  row(['key not accepted', 'wrong region'], NO_KEY, wrongRegion),

  row(
    ['content type'],
    said(415, 'invalid', 1011, 'text/plain'),
    meddled(({ headers }) => ({ headers: { ...headers, 'Content-Type': 'text/plain' } }), create()),
  ),
  row(
    ['cannot be carried out'],
    said(422, 'invalid', 1020, 'Unprocessable'),
    told(422, 1020, 'Unprocessable', create()),
  ),
  row(['too many calls', '1030'], said(429, 'rateLimited', 1030, 'Too many requests'), list, {
    callsPerMinute: 0,
  }),
  row(
    ['too many calls', 'RestException'],
    said(429, 'rateLimited', null, 'Rate limit exceeded'),
    meets({ kind: 'rateLimit', shape: 'restException', retryAfter: 60 }, list),
  ),

  // The older documents give some codes another meaning: the HTTP status decides.
  row(
    ['an older 400'],
    said(400, 'invalid', 1000, 'Missing/invalid field'),
    told(400, 1000, 'Missing/invalid field', list),
  ),
  row(['key not accepted', 'older 401'], NO_KEY, told(401, 1010, 'Authorization failed', list)),
  row(['access denied'], said(403, 'forbidden', null, null), told(403, null, '', list)),
  row(
    ['unknown trunk', 'older 404'],
    said(404, 'notFound', 1003, 'Trunk doesn’t exist'),
    told(404, 1003, 'Trunk doesn’t exist', list),
  ),
  row(
    ['duplicate trunk', 'older 409'],
    said(409, 'conflict', 1002, 'Already exists'),
    told(409, 1002, 'Already exists', create()),
  ),
  row(
    ['too many calls', 'older 429'],
    said(429, 'rateLimited', null, null),
    told(429, null, '', list),
  ),
  row(['server error'], said(500, 'server', null, null), told(500, null, '', list)),
  row(['server error on a create'], said(500, 'server', null, null), told(500, null, '', create())),
];

interface Refused {
  readonly problem: Problem;
  /** What an error box and a log would have of it. */
  readonly shown: string;
  /** The id in the last answer. */
  readonly requestId: string | null;
}

async function refuse({ call, sandbox }: Pick<Row, 'call' | 'sandbox'>): Promise<Refused> {
  const on = await wire(sandbox);
  try {
    let shown = '';
    const problem = await call(on).then(
      () => assert.fail('the call went well'),
      (error: unknown) => {
        assert.ok(error instanceof Error);
        shown = `${error.message} ${error.stack ?? ''}`;
        return error instanceof ItemFailed ? error.problem : problemOf(Promise.reject(error));
      },
    );
    const answer = JSON.parse(on.exchanges.at(-1)?.answer ?? '{}') as { request_id?: string };
    const requestId = answer.request_id ?? null;
    return { problem, shown: `${shown} ${JSON.stringify(problem)}`, requestId };
  } finally {
    await on.close();
  }
}

const textOf = ({ what: sentence, doNext: nextStep }: Problem) => `${sentence} ${nextStep}`;

describe('A refusal', () => {
  const refusals = new Map<Row, Refused>();
  const refusal = (of: Row): Refused => refusals.get(of) ?? assert.fail('not provoked');

  before(async () => {
    for (const each of ROWS) refusals.set(each, await refuse(each));
  });

  for (const each of ROWS) {
    it(`is understood: ${each.cause}${each.way === '' ? '' : `, ${each.way}`}`, () => {
      const { problem, requestId } = refusal(each);
      assert.equal(problem.kind, each.kind);
      assert.equal(
        problem.kind === 'invalid' ? (problem.field ?? undefined) : undefined,
        each.field,
      );
      assert.equal(problem.httpStatus, each.http);
      assert.equal(problem.code, each.code);
      assert.equal(problem.description, each.description);
      assert.equal(problem.requestId, requestId);
    });
  }

  it('tells a person in two short sentences, never with a secret in them', () => {
    for (const [{ cause }, { problem, shown }] of refusals) {
      for (const text of [problem.what, problem.doNext]) {
        assert.match(text, /^\p{Lu}.{8,198}\.$/u, cause);
      }
      for (const secret of Object.values(PLANTED)) assert.ok(!shown.includes(secret), cause);
    }
  });

  it('reads like no refusal of another cause', () => {
    const causes = new Map<string, string>();
    for (const [{ cause }, { problem }] of refusals) {
      const text = textOf(problem);
      assert.equal(causes.get(text) ?? cause, cause, text);
      causes.set(text, cause);
      // What happened is told apart by itself; only a broken server is one thing with two remedies.
      if (problem.kind === 'server') continue;
      assert.equal(causes.get(problem.what) ?? cause, cause, problem.what);
      causes.set(problem.what, cause);
    }
  });

  it('reads the same however it travelled', () => {
    const texts = new Map<string, string>();
    for (const [{ cause, way }, { problem }] of refusals) {
      // The advice about a key names the host, which has another port each time.
      const text = textOf(problem).replace(/127\.0\.0\.1:\d+/, 'the host');
      assert.equal(texts.get(cause) ?? text, text, way);
      texts.set(cause, text);
    }
  });

  it('that says how long to wait is believed, in either shape', () => {
    const limited = ROWS.filter(({ way }) => way === '1030' || way === 'RestException');
    assert.equal(limited.length, 2);
    for (const each of limited) {
      const { problem } = refusal(each);
      assert.equal(problem.kind === 'rateLimited' && problem.retryAfterMs, 60_000);
    }
  });

  it('that echoes key, token and password tells none of them', async () => {
    const { key, token } = PLANTED;
    const basic = Buffer.from(`${key}:${token}`).toString('base64');
    const echo = `You sent ${key} ${token} ${PLANTED.password} ${basic}`;
    const { problem, shown } = await refuse({
      call: told(400, 1002, echo, credential()),
      sandbox: {},
    });
    assert.match(problem.description ?? '', /^You sent •+ •+ •+ •+$/);
    for (const secret of [...Object.values(PLANTED), basic]) assert.ok(!shown.includes(secret));
  });
});
