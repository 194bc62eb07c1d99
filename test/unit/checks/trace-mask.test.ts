/** What is copied out of a trace: no secret is left in it, and all the rest is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose } from '../../../src/checks/trace/doctor';
import { maskTrace } from '../../../src/checks/trace/mask';
import { CHALLENGE, TLS, authorization, callOut, forms, written } from './trace-support';

const secret = fc.stringMatching(/^[A-Za-z0-9+/=]{12,40}$/).map((text) => `Zq${text}9x`);

/** Where a secret may stand; `#` is it. */
const PLACES: readonly string[] = [
  'Authorization: Digest username="u", realm="r", nonce="n", uri="sip:x", response="#"',
  'Authorization: Digest username="u",response="#",qop=auth',
  'Authorization: Digest username="u", response=#, qop=auth',
  'Authorization: Digest username="u", response = "#"',
  'authorization: digest RESPONSE="#"',
  'Proxy-Authorization: Digest nonce="#", cnonce="a"',
  'Proxy-Authorization: Digest cnonce="#"',
  'WWW-Authenticate: Digest realm="r", nonce="#", opaque="o", stale=FALSE',
  'Proxy-Authenticate: Digest opaque="#"',
  'Authentication-Info: nextnonce="#", rspauth="#"',
  'Authorization: Basic #',
  'Authorization: Bearer #',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:#',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:#|2^20|1:4',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^20|1:4;inline:#|2^20|2:4',
  'a=key-mgmt:mikey #',
  'a=ice-pwd:#',
  'k=base64:#',
  'k=clear:#',
  'INVITE sip:user:#@in.voip.exotel.com SIP/2.0',
  'From: "Desk" <sips:user:#@example.com:5061;transport=tls>;tag=1',
  'Contact: <sip:user;x=1:#@example.com>',
  'GET https://key:#@api.exotel.com/v2/accounts/a',
  'password = #',
  'secret=#',
  'password => #',
];

const WRAPPED: readonly ((place: string) => string)[] = [
  (place) => place,
  (place) => `Nov 23 10:00:00 pbx asterisk[812]: ${place}`,
  (place) => `   ${place}.`,
  (place) => `> ${place}`,
  (place) => `INVITE sip:a@b SIP/2.0#015#012${place}#015#012`,
  (place) => `"${place}\\r\\nVia: x"`,
];

describe('The masked trace', () => {
  it('holds no secret, wherever it stood', () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(...PLACES),
        fc.constantFrom(...WRAPPED),
        (hidden, place, wrap) => {
          const masked = maskTrace(wrap(place.replaceAll('#', () => hidden)));
          assert.ok(!masked.includes(hidden), masked);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('holds no secret of a line that was cut or broken', () => {
    fc.assert(
      fc.property(secret, fc.nat(), (hidden, cut) => {
        const line = `Authorization: Digest username="u", response="${hidden}"`;
        const shown = maskTrace(`${line.slice(0, line.length - 1)}\r\nVia: SIP/2.0/TLS "a"`);
        assert.ok(!shown.includes(hidden) && shown.includes('Via: SIP/2.0/TLS "a"'), shown);
        const at = 1 + (cut % (hidden.length - 2));
        const broken = `${line.slice(0, -1 - hidden.length + at)}\n${hidden.slice(at)}", qop=auth`;
        const after = maskTrace(broken);
        assert.ok(!after.includes(hidden.slice(at)) || hidden.length - at < 4, after);
        assert.ok(after.endsWith(', qop=auth'), after);
      }),
    );
  });

  for (const name of Object.keys(forms)) {
    it(`holds neither digest nor key of a whole call, ${name}`, () => {
      const masked = maskTrace(written(name, TLS, callOut(TLS)));
      for (const hidden of [
        '6629fae49393a05397450978507c4ef1',
        'Zm9vYmFy',
        '0a4f113b',
        'WVNfX19',
      ]) {
        assert.ok(!masked.includes(hidden), hidden);
      }
    });
  }

  it('keeps everything else', () => {
    const kept = [
      'INVITE sip:+919876543210@in.voip.exotel.com:443;transport=tls SIP/2.0',
      'Via: SIP/2.0/TLS 203.0.113.7:5061;rport;branch=z9hG4bK1',
      'Contact: <sip:asterisk@203.0.113.7:5061;transport=tls>, <sip:b@c>',
      'o=- 1 1 IN IP4 203.0.113.7',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80',
      '<--- Transmitting SIP response (565 bytes) to TLS:198.51.100.10:443 --->',
    ].join('\r\n');
    assert.equal(maskTrace(kept), kept);
    assert.match(maskTrace(authorization()), /username="pbx_user", realm="pstn\.exotel\.com"/);
    assert.match(maskTrace(CHALLENGE), /qop="auth"/);
  });

  it('is the same when it is masked again', () => {
    const once = maskTrace(written('sngrep', TLS, callOut(TLS)));
    assert.equal(maskTrace(once), once);
  });

  it('is what a finding shows of the trace', () => {
    const text = written(
      'sngrep',
      TLS,
      callOut(TLS, {
        status: '503 Service Unavailable',
        answer: { headers: ['Warning: 399 x "see sip:u:hunter22@example.com"'] },
      }),
    );
    const [found] = diagnose(text).findings;
    assert.ok(found?.details.some((line) => line.includes('sip:u:•••@example.com')));
    assert.ok(!JSON.stringify(found).includes('hunter22'));
  });

  it('is made in a time that grows with the trace', () => {
    for (const piece of [
      'response="',
      'sip:',
      'sip:a:',
      'inline:',
      'https://a:',
      'k=base64:',
      '"',
    ]) {
      const began = performance.now();
      maskTrace(piece.repeat(200_000 / piece.length));
      assert.ok(performance.now() - began < 5000, piece);
    }
  });
});
