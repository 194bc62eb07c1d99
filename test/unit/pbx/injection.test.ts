// Values that only look dangerous are written as they are; what is checked by pattern names its field.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnsafeValueError } from '../../../src/pbx/quoting/plain';
import { cidr, commentText, freeText } from '../../../src/pbx/quoting/plain';
import { generated, loadWriters } from './fixtures';
import { hostileText } from './hostile';
import { allReadings } from './readings';

before(loadWriters);

/** Formats in which any password can be written; the others take letters and digits only. */
const ESCAPING = new Set([
  'asterisk-pjsip',
  'asterisk-chan-sip',
  'freeswitch',
  'kamailio',
  'opensips',
  'drachtio',
  'livekit',
  'elevenlabs',
  'vapi',
  'retell',
  'jambonz',
  'settings-table',
]);

const LOOKS_DANGEROUS = [
  'a;b',
  ';--x',
  '\\;',
  'x\\',
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
  "o'clock",
  '%s%n',
];

describe('a password that only looks dangerous', () => {
  for (const reading of allReadings.filter(({ targetId }) => ESCAPING.has(targetId))) {
    it(`is written for ${reading.targetId} as it is`, () => {
      for (const password of LOOKS_DANGEROUS) {
        const options = { useCase: 'outbound', auth: 'credential' } as const;
        const { files } = generated(reading.targetId, { options, password });
        assert.equal(reading.said(files).password, password);
      }
    });
  }
});

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
      fc.property(hostileText, (value) => {
        assert.match(commentText(value), /^[\p{L}\p{N}_. ]*…?$/u);
      }),
    );
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
