// Whatever a person types or the API answers: it is refused, or it is read back unchanged, and the file
// keeps the shape it has with harmless values.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnsafeValueError, type Generated } from '../../../src/pbx';
import { cidr, commentText, freeText } from '../../../src/pbx/quoting/plain';
import { generated, textOf, type Given } from './fixtures';
import {
  kamailioAvp,
  lexKamailio,
  markdownCell,
  readAsteriskConf,
  readFreeswitchXml,
} from './readers';

const NASTY = [
  ';',
  ';--',
  '--;',
  '\\',
  '\\;',
  '"',
  "'",
  '`',
  '|',
  '\\|',
  '[x]',
  ']',
  '#include x',
  '#exec x',
  '=',
  '=>',
  '>',
  '<',
  '&',
  '&#36;',
  '&amp;',
  '-->',
  '<!--',
  '--',
  '$',
  '${EXTEN}',
  '$${local_ip_v4}',
  '$ru',
  '$avp(x)',
  '/>',
  '<X-PRE-PROCESS cmd="exec" data="id"/>',
  'x-pre-process',
  '#!define A b',
  '#!KAMAILIO',
  '//',
  '/*',
  '*/',
  '#',
  ',',
  '{',
  '}',
  '(',
  ')',
  '%',
  '^',
  '*',
  '~',
  '@',
  ':',
  ' ',
  'a',
  'Z',
  '7',
  '</code>',
  'é',
  '電',
  '🙂',
  '</param>',
  '\n',
  '\r',
  '\0',
  '\t',
  '\u2028',
  '\u202e',
  '\ud800',
  '\nexten => s,1,System(id)',
  '"\nexec_msg("id");',
];

const nasty = fc
  .array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));
const hostile = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 }) },
);

type Shape = (result: Generated) => unknown;

interface Format {
  readonly targetId: string;
  readonly password: (result: Generated) => string | null | undefined;
  readonly userName: (result: Generated) => string | null | undefined;
  /** What must not change with a value. */
  readonly shape: Shape;
}

function asteriskValue(result: Generated, key: string): string | undefined {
  return readAsteriskConf(textOf(result, 'pjsip.conf')).find(
    (one) => one.section === 'exotel-auth' && one.key === key,
  )?.value;
}

function freeswitchParam(result: Generated, name: string): string | undefined {
  return readFreeswitchXml(textOf(result, 'exotel.xml')).find(
    (one) => one.attributes['name'] === name,
  )?.attributes['value'];
}

const formats: readonly Format[] = [
  {
    targetId: 'asterisk-pjsip',
    password: (result) => asteriskValue(result, 'password'),
    userName: (result) => asteriskValue(result, 'username'),
    shape: (result) =>
      result.files.map((file) => readAsteriskConf(file.text).map((one) => [one.section, one.key])),
  },
  {
    targetId: 'freeswitch',
    password: (result) => freeswitchParam(result, 'password'),
    userName: (result) => freeswitchParam(result, 'username'),
    shape: (result) =>
      result.files.map((file) =>
        readFreeswitchXml(file.text).map((one) => [one.name, Object.keys(one.attributes)]),
      ),
  },
  {
    targetId: 'kamailio',
    password: (result) => kamailioAvp(textOf(result, 'kamailio.cfg'), 'exotel_password'),
    userName: (result) => kamailioAvp(textOf(result, 'kamailio.cfg'), 'exotel_user'),
    shape: (result) =>
      lexKamailio(textOf(result, 'kamailio.cfg')).map((one) =>
        one.kind === 'string' ? 'string' : one.kind === 'directive' ? one.value : 'other',
      ),
  },
  {
    targetId: 'settings-table',
    password: (result) => markdownCell(textOf(result), 'Password'),
    userName: (result) => markdownCell(textOf(result), 'User name'),
    shape: (result) =>
      textOf(result)
        .split('\n')
        .map((line) => line.split('|').length),
  },
];

const both: Given = {
  options: {
    useCase: 'both',
    auth: 'credential',
    exotelAddresses: ['35.154.174.161'],
    publicAddress: '203.0.113.10',
  },
  password: 'Correct0Horse',
};

function refusedWithout(value: string, result: Generated): void {
  assert.deepEqual(result.files, []);
  const refusal = result.advice.find((one) => one.text.startsWith('Nothing was written.'));
  assert.equal(refusal?.level, 'problem');
  if (value.length > 8) assert.ok(!refusal.text.includes(value), 'the value is named');
}

/** The words of a shape: sections, keys, elements, attributes. */
function words(shape: unknown): Set<string> {
  return new Set(JSON.stringify(shape).match(/[A-Za-z0-9_-]+/g));
}

for (const format of formats) {
  describe(`hostile values in ${format.targetId}`, () => {
    const harmless = format.shape(generated(format.targetId, both));

    it('reads a password back or refuses it', () => {
      fc.assert(
        fc.property(hostile, (password) => {
          const result = generated(format.targetId, { ...both, password });
          if (result.files.length === 0) {
            refusedWithout(password, result);
            return;
          }
          assert.equal(format.password(result), password);
          assert.deepEqual(format.shape(result), harmless);
          assert.ok(!JSON.stringify(result.advice).includes(password) || password.length < 8);
        }),
        { numRuns: 1500 },
      );
    });

    it('reads a user name back or refuses it', () => {
      fc.assert(
        fc.property(hostile, (userName) => {
          const result = generated(format.targetId, { ...both, facts: { userName } });
          if (result.files.length === 0) {
            refusedWithout(userName, result);
            return;
          }
          assert.equal(format.userName(result), userName);
          assert.deepEqual(format.shape(result), harmless);
        }),
        { numRuns: 1500 },
      );
    });

    it('writes passwords that only look dangerous', () => {
      for (const password of [
        'a;b',
        ';--x',
        '\\;',
        'x\\',
        '> y',
        '"q"',
        '$${x}',
        '$ru',
        'x-PRE-process',
        '&#36;',
        'a|b`c',
        '#!define',
        'a//b/*c',
        '[general]',
        '#include',
        '${EXTEN}',
        'pä$$wörd',
        '<X-PRE-PROCESS cmd="exec" data="id"/>',
        "o'clock",
        '%s%n',
      ]) {
        assert.equal(format.password(generated(format.targetId, { ...both, password })), password);
      }
    });

    it('refuses what no escape can save', () => {
      for (const password of [
        '',
        ' x',
        'x ',
        'a\nb',
        'a\rb',
        'a\0b',
        'a\u2028b',
        'a\u0085b',
        'x'.repeat(129),
        '\ud800x',
      ]) {
        refusedWithout(password, generated(format.targetId, { ...both, password }));
      }
    });

    const others: Readonly<Record<string, (value: string) => Given>> = {
      'trunk name': (trunkName) => ({ facts: { trunkName } }),
      'account SID': (accountSid) => ({ facts: { accountSid } }),
      'trunk SID': (trunkSid) => ({ facts: { trunkSid } }),
      'SIP domain': (sipDomain) => ({ facts: { sipDomain } }),
      'phone number': (number) => ({ facts: { numbers: [{ number, mode: 'pstn' }] } }),
      'caller ID': (callerId) => ({ options: { callerId } }),
      'destination URI': (destination) => ({ facts: { destinations: [destination] } }),
      'inside peer': (insidePeer) => ({ options: { insidePeer } }),
      'inbound context': (inboundContext) => ({ options: { inboundContext } }),
      'certificate file': (certificateFile) => ({ options: { certificateFile } }),
      'private key file': (privateKeyFile) => ({ options: { privateKeyFile } }),
      'CA file': (caFile) => ({ options: { caFile } }),
      'public address': (publicAddress) => ({ options: { publicAddress } }),
      'local network': (network) => ({ options: { localNetworks: [network] } }),
      'address of Exotel': (address) => ({ options: { exotelAddresses: [address] } }),
      'edge host': (host) => ({ edge: { host } }),
    };
    for (const [what, given] of Object.entries(others)) {
      it(`does not let the ${what} out of its place`, () => {
        const prefixed = fc.oneof(
          hostile,
          hostile.map((value) => `+918040001234${value}`),
          hostile.map((value) => `/etc/ssl/${value}`),
          hostile.map((value) => `PJSIP/6001${value}`),
          hostile.map((value) => `user/1000${value}`),
          hostile.map((value) => `sip:10.0.0.5:5060${value}`),
          hostile.map((value) => `35.154.174.161${value}`),
          hostile.map((value) => `203.0.113.10:5061;transport=tls${value}`),
        );
        fc.assert(
          fc.property(prefixed, (value) => {
            const extra = given(value);
            const result = generated(format.targetId, {
              ...both,
              ...extra,
              options: { ...both.options, ...extra.options },
            });
            if (result.files.length === 0) {
              refusedWithout(value, result);
              return;
            }
            // A line more or less is no escape; a section, key or element nobody wrote is.
            const known = words(harmless);
            if (what === 'inbound context') known.add(value);
            if (what === 'local network') known.add('local_net');
            const foreign = [...words(format.shape(result))].filter((word) => !known.has(word));
            assert.deepEqual(foreign, []);
          }),
          { numRuns: 300 },
        );
      });
    }
  });
}

describe('values checked by pattern', () => {
  it('names the field and never the value', () => {
    assert.throws(
      () => freeText('SIP password', 'secret\nvalue'),
      (error: unknown) =>
        error instanceof UnsafeValueError &&
        error.field === 'SIP password' &&
        error.message.startsWith('SIP password: ') &&
        !error.message.includes('secret'),
    );
  });

  it('keeps comments to one harmless line', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        assert.match(commentText(value), /^[\p{L}\p{N}_. ]*…?$/u);
      }),
    );
  });

  it('writes any trunk name, however long and in whatever script', () => {
    for (const trunkName of ['電'.repeat(64), '𠀀'.repeat(100), `${'a'.repeat(63)}𠀀𠀀`]) {
      for (const { targetId } of formats) {
        const result = generated(targetId, { facts: { trunkName } });
        assert.doesNotMatch(textOf(result), /\p{Surrogate}/u, targetId);
      }
    }
  });

  it('takes addresses as they are and networks down to a width', () => {
    assert.equal(cidr('x', '192.0.2.1', 16), '192.0.2.1/32');
    assert.equal(cidr('x', '192.0.0.0/16', 16), '192.0.0.0/16');
    for (const bad of [
      '192.0.0.0/15',
      '192.0.2.256',
      '192.0.2.1/33',
      '192.0.2.1/32/32',
      '1.2.3',
      '01.2.3.4',
    ]) {
      assert.throws(() => cidr('x', bad, 16), UnsafeValueError, bad);
    }
  });
});
