import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExotelError } from '../../../src/exotel/errors';
import { Secret } from '../../../src/exotel/secret';
import { AccountRegistry } from '../../../src/app/accounts/registry';
import { createLog, KnownSecrets, type Log } from '../../../src/app/log';
import { processorMs } from '../../support/wait';
import { clear, KEYS, keysOf, PRODUCTION } from './accounts';
import { FakeComputer } from './fake-computer';

function logTo(lines: string[], known = new KnownSecrets()): Log {
  const at = (level: string) => (message: string) => lines.push(`${level}: ${message}`);
  return createLog(
    { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    known,
  );
}

const redact = (text: string) => new KnownSecrets().redact(text);

/** A secret as people and machines make them: any characters, but no piece of the lines around it. */
const secret = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }),
    fc.base64String({ minLength: 4, maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        'A',
        '"',
        "'",
        '\\',
        '/',
        '%',
        '+',
        '&',
        '=',
        ':',
        '@',
        ' ',
        '\n',
        '•',
      ),
      minLength: 4,
      maxLength: 20,
    }),
  )
  .map((text) => `${text}#z9`);

/** The places a known secret turns up in. */
const PLACES: readonly ((value: string) => string)[] = [
  (value) => `text ${value} text`,
  (value) => `${value}${value}`,
  (value) => JSON.stringify({ field: value }),
  (value) => JSON.stringify({ body: JSON.stringify({ field: value }) }),
  (value) => `GET /x?field=${encodeURIComponent(value)}&y=1`,
  (value) =>
    `GET /x?field=${encodeURIComponent(value).replace(/%../g, (hex) => hex.toLowerCase())}`,
  (value) => new URLSearchParams({ field: value }).toString(),
  (value) => Object.assign(new URL('https://host/'), { password: value }).href,
];

describe('the log', () => {
  it('writes each level to its own', () => {
    const lines: string[] = [];
    const log = logTo(lines);
    log.debug('one');
    log.info('two', { trunk: 't1', count: 2n });
    log.warn('three', [1, null]);
    log.error('four');
    assert.deepEqual(lines, [
      'debug: one',
      'info: two {"trunk":"t1","count":"2"}',
      'warn: three [1,null]',
      'error: four',
    ]);
  });

  it('writes an error with its causes and what Exotel support asks for', () => {
    const lines: string[] = [];
    const cause = new Error('socket hang up');
    logTo(lines).error('Could not list trunks', new Error('no answer', { cause }));
    assert.match(lines[0] ?? '', /no answer[^]*Caused by: Error: socket hang up/);

    const problem = {
      kind: 'conflict',
      operation: 'create trunk',
      requestId: 'req-1',
      httpStatus: 409,
      code: 1009,
      description: 'Duplicate',
      what: 'There is such a trunk.',
      doNext: 'Take another name.',
    } as const;
    logTo(lines).error('Failed', { tried: [new ExotelError(problem)] });
    for (const fact of ['create trunk', 'req-1', '409', '1009', 'Duplicate', 'Take another name']) {
      assert.ok(lines[1]?.includes(fact), fact);
    }
  });

  it('survives whatever it is given', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const error = new Error('round');
    error.cause = error;
    const lines: string[] = [];
    for (const details of [circle, error, () => 1, Symbol('s'), null, new Map([[1, 2]])]) {
      logTo(lines).info('given', details);
    }
    assert.equal(lines.length, 6);
  });

  it('shows dots for a Secret', () => {
    const lines: string[] = [];
    logTo(lines).info('made', { field: new Secret('hidden-value') });
    assert.deepEqual(lines, ['info: made {"field":"••••••••"}']);
  });

  it('never shows a known secret, wherever it stands', () => {
    fc.assert(
      fc.property(fc.uniqueArray(secret, { minLength: 1, maxLength: 5 }), (values) => {
        const known = new KnownSecrets();
        for (const value of values) known.add(new Secret(value));
        const lines: string[] = [];
        const log = logTo(lines, known);
        for (const value of values) {
          for (const place of PLACES) {
            if (!/\p{Surrogate}/u.test(value)) log.info(place(value));
          }
          log.debug('details', { value, deep: [{ value }] });
          log.error('failed', new Error(`because of ${value}`, { cause: new Error(value) }));
        }
        const all = lines.join('\n');
        for (const value of values) {
          for (const form of [value, JSON.stringify(value).slice(1, -1)]) {
            assert.ok(!all.includes(form), `${form} in ${all}`);
          }
        }
        assert.ok(!all.includes('#z9') && !/%23z9/i.test(all), all);
      }),
    );
  });

  it('never shows a rest of two secrets that overlap', () => {
    const known = new KnownSecrets();
    for (const value of ['abcdef', 'cdefghij', 'cdef']) known.add(new Secret(value));
    assert.equal(known.redact('<abcdefghij> <cdefghij> <xcdefx>'), '<•••> <•••> <x•••x>');
  });

  it('never shows the Basic authorization of known keys', () => {
    fc.assert(
      fc.property(secret, secret, (key, token) => {
        const known = new KnownSecrets();
        known.addKeys(keysOf(key, token));
        const basic = Buffer.from(`${key}:${token}`).toString('base64');
        assert.ok(!known.redact(`sent ${basic} and more`).includes(basic));
      }),
    );
  });

  it('never shows a known secret in Base64, in either alphabet', () => {
    const known = new KnownSecrets();
    known.addKeys(keysOf('k3y/+ÿ~?>', 't0ken-9f'));
    for (const value of ['k3y/+ÿ~?>', 't0ken-9f', 'k3y/+ÿ~?>:t0ken-9f']) {
      const bytes = Buffer.from(value);
      for (const form of [bytes.toString('base64'), bytes.toString('base64url')]) {
        assert.equal(known.redact(`<${form}>`), '<•••>');
      }
    }
  });

  it('leaves words alone that happen to be in a very short secret', () => {
    const known = new KnownSecrets();
    for (const value of ['a', 'the', '']) known.add(new Secret(value));
    assert.equal(known.redact('all the trunks'), 'all the trunks');
  });

  it('knows what the registry has stored and read', async () => {
    const computer = new FakeComputer();
    const { state, secrets } = computer.window();
    const here = new KnownSecrets();
    const registry = new AccountRegistry(state, secrets, { known: here });
    const { account } = await registry.add(PRODUCTION, KEYS);
    await registry.vault(account.id).put('trunk1', 'alice', new Secret('sip-pass-1'));

    const there = new KnownSecrets();
    const window = computer.window();
    const restarted = new AccountRegistry(window.state, window.secrets, { known: there });
    await restarted.keys(account.id);
    await restarted.vault(account.id).get('trunk1', 'alice');
    const basic = Buffer.from((clear(KEYS) ?? []).join(':')).toString('base64');
    for (const known of [here, there]) {
      assert.equal(
        known.redact(`key-4a1f token-90cd sip-pass-1 ${basic} PUT`),
        '••• ••• ••• ••• PUT',
      );
    }
    registry.dispose();
    restarted.dispose();
  });
});

describe('what looks like a secret', () => {
  const examples: readonly (readonly [string, string])[] = [
    ['Authorization: Basic a2V5OnRva2Vu', 'Authorization: •••'],
    ['authorization=Bearer abc\nnext: line', 'authorization=•••\nnext: line'],
    [
      'Proxy-Authorization: Digest username="a", response="b"\r\nVia: x',
      'Proxy-Authorization: •••\r\nVia: x',
    ],
    ['{"authorization":"Basic abc=","a":1}', '{"authorization":•••,"a":1}'],
    ["{ authorization: 'Basic abc=', a: 1 }", '{ authorization: •••'],
    ['sent Basic a2V5OnRva2VuOnRva2Vu now', 'sent Basic ••• now'],
    ['password=hunter2&user=a', 'password=•••&user=a'],
    ['secret = hunter2', 'secret = •••'],
    ['{"user_name":"a","password":"p\\"w, x"}', '{"user_name":"a","password":•••}'],
    ['{"body":"{\\"password\\":\\"pw\\"}"}', '{"body":"{\\"password\\":•••}"}'],
    ['api_token: \'x y\', apiKey: "z"', 'api_token: •••, apiKey: •••'],
    ['GET https://key:token@api.exotel.com/v2', 'GET https://•••@api.exotel.com/v2'],
    ['sip:alice:pw@host:5060', 'sip:alice:•••@host:5060'],
    ['"password":"never ends', '"password":•••'],
  ];
  for (const [line, shown] of examples) {
    it(`is masked: ${JSON.stringify(line)}`, () => assert.equal(redact(line), shown));
  }

  const harmless = [
    'GET https://api.exotel.com/v2/accounts/acme1/trunks 200 in 120 ms',
    'sip:alice@host:5060;transport=tls',
    'Basic authentication failed',
    'Reading the password failed',
    'mail to a@b.example',
  ];
  for (const line of harmless) {
    it(`is not this: ${line}`, () => assert.equal(redact(line), line));
  }

  it('is masked whatever the value is', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom('password', 'api_token', 'apiKey'), (value, name) => {
        const body = JSON.stringify({ a: 1, [name]: value, z: 2 });
        const lines = [
          body,
          JSON.stringify({ body }),
          `${new URLSearchParams({ [name]: value }).toString()}&z=2`,
          `Authorization: ${value.replace(/\s/g, '')}`,
        ];
        for (const line of lines) assert.ok(!/(#|%23)z9/.test(redact(line)), redact(line));
      }),
    );
  });

  it('is found in no time in a very long line', () => {
    for (const piece of ['a', 'a.', 'password', 'sip:', '\\"', 'a:', 'Basic ', 'http://', '"']) {
      const line = piece.repeat(100_000 / piece.length);
      assert.ok(processorMs(() => redact(line)) < 1000, piece);
    }
  });
});
