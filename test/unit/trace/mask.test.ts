/** What is copied out of a trace: no secret is left in it, and all the rest is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose } from '../../../src/trace/doctor';
import { maskTrace } from '../../../src/trace/mask';
import { processorMs } from '../../support/wait';
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

/** Pasted settings; `#` is the secret. */
const SETTINGS: readonly string[] = [
  '<param name="password" value="#"/>',
  "<param name='auth-password' value='#'/>",
  '<param name="a1-hash"  value = "#" />',
  '<user id="1000" password="#" realm="x"/>',
  '<X-PRE-PROCESS cmd="set" data="default_password=#"/>',
  '<password>#</password>',
  '{"userName": "u", "password": "#", "port": 5061}',
  "{'api_key': '#', 'api_token': None}",
  '{"password":#}',
  'password: #',
  'secret = #',
  'secret="#',
  'secret = "a b"#',
  'remotesecret=#',
  'auth_pass=#',
  'pwd=#',
  'md5_cred=#',
  'password_digest=#',
  'PasswordDigest = #',
  'passphrase: "#"',
  'modparam("uac","auth_password","#")',
  'modparam("uac", "credential", "u:r:#")',
  "modparam ('auth', 'secret', '#')",
  'modparam("uac_auth","credential","u:r:a\\"#")',
  'modparam("auth_db", "db_url", "mysql://kamailio:#@127.0.0.1/kamailio")',
  '$avp(exotel_password) = "#";',
  '$avp(exotel_password) := "#";',
  'api_key=#',
  'api_token=#',
  'apiKey: #',
  'X-Api-Key: #',
  'export EXOTEL_API_TOKEN=#',
  'access_token=#',
  'variable_sip_auth_response: #',
  '"sip_auth_nonce":"#"',
  '"Authorization":"Basic #"',
];

const json = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Three lines as programs and people write them. */
const WRITTEN: Readonly<Record<string, (lines: readonly string[]) => string>> = {
  plain: (lines) => lines.join('\r\n'),
  'line feeds only': (lines) => lines.join('\n'),
  'in JSON': (lines) => `{"msg":"${json(lines.join('\r\n'))}","n":1}`,
  'in JSON in JSON': (lines) => `{"log":"${json(json(lines.join('\r\n')))}"}`,
  'in Go quotes': (lines) => `level=info msg=${JSON.stringify(lines.join('\n'))}`,
  'through syslog': (lines) => `Nov 23 10:00:00 pbx kamailio[7]: ${lines.join('#015#012')}#015#012`,
  'through syslog, line feeds only': (lines) => lines.join('#012'),
  'in a quoted mail': (lines) => lines.map((line) => `> ${line}`).join('\n'),
  'in a mail quoted twice': (lines) => lines.map((line) => `> > ${line}`).join('\n'),
  indented: (lines) => lines.map((line) => `\t  ${line}`).join('\n'),
};

const FIRST = 'INVITE sip:+919876543210@in.voip.exotel.com SIP/2.0';
const LAST = 'Via: SIP/2.0/TLS 203.0.113.7:5061;rport';

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

  for (const [form, write] of Object.entries(WRITTEN)) {
    it(`holds no secret written ${form}`, () => {
      fc.assert(
        fc.property(secret, fc.constantFrom(...PLACES, ...SETTINGS), (hidden, place) => {
          const line = place.replaceAll('#', () => hidden);
          const masked = maskTrace(write([FIRST, line, LAST]));
          assert.ok(!masked.includes(hidden), masked);
          assert.ok(masked.includes(FIRST), masked);
          assert.equal(maskTrace(masked), masked);
        }),
        { numRuns: 2000 },
      );
    });

    it(`keeps what stands around a digest written ${form}`, () => {
      const shown = (mask: string) =>
        write([
          FIRST,
          `Authorization: Digest username="u", realm="r", nonce="${mask}", uri="sip:x", response="${mask}", cnonce="${mask}", opaque="${mask}", qop=auth, nc=00000001`,
          `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${mask}`,
          'a=rtpmap:8 PCMA/8000',
          LAST,
        ]);
      assert.equal(maskTrace(shown('6629fae49393a053/97450978507c4ef1==')), shown('•••'));
    });
  }

  it('keeps what stands around a setting', () => {
    const kept: readonly (readonly [string, string])[] = [
      ['<param name="password" value="x1"/>', '<param name="password" value="•••"/>'],
      ['{\\"password\\": \\"x1\\", \\"port\\": 1}', '{\\"password\\": \\"•••\\", \\"port\\": 1}'],
      ['{"password": "a\\"x1", "port": 1}', '{"password": "•••", "port": 1}'],
      ['{"password":12,"port":1}', '{"password":•••,"port":1}'],
      ['<password>x1</password> <a/>', '<password>•••</password> <a/>'],
      ['modparam("uac","auth_password","x1") # y', 'modparam("uac","auth_password","•••") # y'],
      ['$avp(exotel_password) = "x1";', '$avp(exotel_password) = "•••";'],
      ['secret = x 1; y\nhost = z', 'secret = •••\nhost = z'],
      ['password =\nhost = z', 'password =\nhost = z'],
    ];
    for (const [text, masked] of kept) assert.equal(maskTrace(text), masked);
  });

  it('holds no secret that goes on in another packet', () => {
    const heads = [
      'T 2026/11/23 10:00:00.123456 203.0.113.7:5061 -> 198.51.100.10:443 [AP]',
      '\n#\nT 2026/11/23 10:00:00.123456 203.0.113.7:5061 -> 198.51.100.10:443 [AP] #5',
      '2026/11/23 10:00:00.123456 203.0.113.7:5061 -> 198.51.100.10:443',
      '10:00:00.123456 IP 203.0.113.7.5061 > 198.51.100.10.443: Flags [P.], length 9',
    ];
    const before = 'Authorization: Digest username="u", response="';
    fc.assert(
      fc.property(
        secret,
        fc.nat(),
        fc.constantFrom(...heads),
        fc.constantFrom('', '> ', '  ', 'Nov 23 10:00:00 pbx ngrep[7]: '),
        fc.constantFrom('", qop=auth', '', '.'),
        (hidden, cut, head, prefix, after) => {
          const at = 1 + (cut % (hidden.length - 1));
          const lines = (one: string, other: string) =>
            [`${before}${one}`, ...head.split('\n'), `${other}${after}`, LAST]
              .map((line) => `${prefix}${line}`)
              .join('\n');
          const masked = maskTrace(lines(hidden.slice(0, at), hidden.slice(at)));
          assert.equal(masked, lines('•••', '•••'));
          assert.equal(maskTrace(masked), masked);
        },
      ),
    );
    const next = `${before}6629\n${heads[0] ?? ''}\n${FIRST}\nFrom: "a" <sip:b@c>`;
    assert.equal(maskTrace(next), next.replace('6629', '•••'));
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
      'Warning: 399 pbx "Wrong password"',
      'm=audio 12000 RTP/SAVP 8 0 101',
      'a=rtpmap:8 PCMA/8000',
      'a=fmtp:101 0-16',
      'modparam("uac", "auth_password_avp", "$avp(exotel_password)")',
      'X-Exotel-CallSid: 7f0c1e0a',
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
    assert.ok(found?.evidence.some((line) => line.includes('sip:u:•••@example.com')));
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
      'response=\\"',
      'response="\n',
      'response="\n#\n',
      'response="\\r',
      'response= ',
      'password',
      'password ',
      'password:',
      'password="',
      'password\\',
      'modparam(',
      'modparam("a","',
      'password" value',
    ]) {
      const text = piece.repeat(200_000 / piece.length);
      assert.ok(processorMs(() => maskTrace(text)) < 5000, piece);
    }
  });
});
