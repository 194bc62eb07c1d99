/** SIP text to messages and back: RFC 3261, and of the torture test (RFC 4475) what a trunk can meet. */
import assert from 'node:assert/strict';
import {
  MAX_MESSAGE,
  cseqOf,
  headerOf,
  headersOf,
  parseMessage,
  serializeMessage,
  uriIn,
  type SipMessage,
} from '../../../src/sip/message';
import { optionsRequest } from '../../../src/sip/options';
import { audioIn } from '../../../src/sip/sdp';

const wire = (...lines: readonly string[]): string => lines.join('\r\n');

function parsed(text: string): SipMessage {
  const message = parseMessage(text);
  assert.ok(message !== null, `not read: ${text.slice(0, 80)}`);
  return message;
}

const SDP = wire(
  'v=0',
  'o=mhandley 29739 7272939 IN IP4 192.0.2.3',
  's=-',
  'c=IN IP4 192.0.2.4',
  't=0 0',
  'm=audio 49217 RTP/AVP 0 12',
  'm=video 3227 RTP/AVP 31',
  'a=rtpmap:31 LPC',
  '',
);

/** RFC 4475, 3.1.1.1: all the whitespace, folding and short names that are allowed. */
const TORTUOUS = wire(
  'INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0',
  'TO :',
  ' sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n',
  'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>',
  '  ;',
  '  tag = 98asjd8',
  'MaX-fOrWaRdS: 0068',
  'Call-ID: wsinv.ndaksdj@192.0.2.1',
  'Content-Length   : 150',
  'cseq: 0009',
  '  INVITE',
  'Via  : SIP  /   2.0',
  ' /UDP',
  '    192.0.2.2;branch=390skdjuw',
  's :',
  'NewFangledHeader:   newfangled value',
  ' continued newfangled value',
  'UnknownHeaderWithUnusualValue: ;;,,;;,;',
  'Content-Type: application/sdp',
  'Route:',
  ' <sip:services.example.com;lr;unknownwith=value;unknown-no-value>',
  'v:  SIP  / 2.0  / TCP     spindle.example.com   ;',
  '  branch  =   z9hG4bK9ikj8  ,',
  ' SIP  /    2.0   / UDP  192.168.255.111   ; branch=',
  ' z9hG4bK30239',
  'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =',
  '      newvalue ;',
  '  secondparam ; q = 0.33',
  '',
  SDP,
);

describe('A SIP message', () => {
  it('is read with all the whitespace, folding and short names that are allowed', () => {
    const message = parsed(TORTUOUS);
    assert.ok(message.kind === 'request' && message.method === 'INVITE');
    assert.deepEqual(cseqOf(message), { number: 9, method: 'INVITE' });
    assert.equal(headerOf(message, 'max-forwards'), '0068');
    assert.equal(headerOf(message, 'Subject'), '');
    assert.equal(
      headerOf(message, 'NewFangledHeader'),
      'newfangled value continued newfangled value',
    );
    assert.equal(uriIn(headerOf(message, 'To') ?? '')?.host, 'chair-dnrc.example.com');
    assert.equal(uriIn(headerOf(message, 'From') ?? '')?.user, 'jdrosen');
    assert.equal(uriIn(headerOf(message, 'Contact') ?? '')?.user, 'jdrosen');
    assert.deepEqual(uriIn(headersOf(message, 'Route')[0] ?? '')?.parameters, {
      lr: '',
      unknownwith: 'value',
      'unknown-no-value': '',
    });
    const vias = headersOf(message, 'Via');
    assert.equal(vias.length, 3);
    assert.match(vias[1] ?? '', /spindle\.example\.com/);
    assert.match(vias[2] ?? '', /z9hG4bK30239$/);
    assert.deepEqual(audioIn(message.body)?.codecs, ['PCMU', '12']);
  });

  it('may have a method nobody has heard of', () => {
    const method = "!interesting-Method0123456789_*+`.%'~";
    const long = parseMessage(`${method} sip:a@example.com SIP/2.0\r\n\r\n`);
    // 37 characters: longer than any method there is.
    assert.equal(long, null);
    const short = parsed(`${method.slice(1, 30)} sip:a@example.com SIP/2.0\r\n\r\n`);
    assert.ok(short.kind === 'request');
  });

  it('keeps escapes, Unicode and an empty reason as they are', () => {
    const escaped = parsed(
      'INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0\r\nTo: sip:%75se%72@example.com\r\n\r\n',
    );
    assert.ok(escaped.kind === 'request');
    assert.equal(uriIn(escaped.uri)?.user, 'sips%3Auser%40example.com');
    const reason = '= 2**3 * 5**2 но сто девяносто девять - простое\u2028';
    const unusual = parsed(`SIP/2.0 200 ${reason}\r\nSubject: a\u2028b\r\n\r\n`);
    assert.ok(unusual.kind === 'response');
    assert.equal(unusual.reason, reason.trim());
    assert.equal(headerOf(unusual, 'Subject'), 'a\u2028b');
    for (const line of ['SIP/2.0 100 ', 'SIP/2.0 100']) {
      const bare = parsed(`${line}\r\n\r\n`);
      assert.ok(bare.kind === 'response' && bare.status === 100 && bare.reason === '');
    }
  });

  it('may have header names that JavaScript gives a meaning to', () => {
    const message = parsed(
      'OPTIONS sip:a SIP/2.0\r\nconstructor: 1\r\n__proto__: 2\r\ntoString: 3\r\nv: 4\r\n\r\n',
    );
    assert.equal(headerOf(message, 'constructor'), '1');
    assert.equal(headerOf(message, '__proto__'), '2');
    assert.equal(headerOf(message, 'Via'), '4');
    assert.deepEqual(headersOf(message, 'toString'), ['3']);
  });

  it('is also read with bare line feeds, and without its empty line', () => {
    for (const text of [
      'OPTIONS sip:a SIP/2.0\nf: <sip:b>\n\nbody',
      'OPTIONS sip:a SIP/2.0\nf: <sip:b>',
    ]) {
      const message = parsed(text);
      assert.equal(headerOf(message, 'From'), '<sip:b>');
    }
  });

  it('is folded with blanks or tabs', () => {
    const message = parsed('OPTIONS sip:a SIP/2.0\r\nSubject: one\r\n\ttwo\r\n   three\r\n\r\n');
    assert.equal(headerOf(message, 'Subject'), 'one two three');
  });

  it('has as much of a body as Content-Length says, in bytes', () => {
    const body = (length: string, text: string) =>
      parsed(`MESSAGE sip:a SIP/2.0\r\nl: ${length}\r\n\r\n${text}`).body;
    assert.equal(body('4', 'abcdef'), 'abcd');
    assert.equal(body('0', 'abcdef'), '');
    assert.equal(body('4', 'ééé'), 'éé');
    // Less than told: what there is. No number: all there is.
    assert.equal(body('9999', 'abc'), 'abc');
    assert.equal(body('-999', 'abc'), 'abc');
    assert.equal(body('four', 'abc'), 'abc');
    assert.equal(parsed('MESSAGE sip:a SIP/2.0\r\n\r\nabc').body, 'abc');
  });

  it('is none when its start line is not right', () => {
    for (const line of [
      '',
      'INVITE',
      'INVITE sip:a SIP/7.0',
      'INVITE sip:a SIP/2.0 ',
      'INVITE  sip:a SIP/2.0',
      'INVITE sip:a  SIP/2.0',
      'INVITE sip:a; lr SIP/2.0',
      'INVITE sip:a',
      '<INVITE> sip:a SIP/2.0',
      'SIP/2.0 4294967301 better not break the receiver',
      'SIP/2.0 99 Low',
      'SIP/2.0 700 High',
      'SIP/2.0 OK',
      'HTTP/1.1 200 OK',
      'GET / HTTP/1.1',
      ` SIP/2.0 200 OK`,
      `INVITE sip:${'a'.repeat(5000)} SIP/2.0`,
    ]) {
      assert.equal(parseMessage(`${line}\r\nTo: <sip:a>\r\n\r\n`), null, line);
    }
  });

  it('is none when a header line is none', () => {
    for (const line of ['no colon', ': no name', 'sp ace: x', 'ünï: x', '\u0000: x']) {
      assert.equal(parseMessage(`OPTIONS sip:a SIP/2.0\r\n${line}\r\n\r\n`), null, line);
    }
    // A line that continues nothing.
    assert.equal(parseMessage('OPTIONS sip:a SIP/2.0\r\n folded\r\n\r\n'), null);
  });

  it('has a size and a number of headers that end somewhere', () => {
    const headers = (count: number) => 'a: b\r\n'.repeat(count);
    assert.ok(parseMessage(`OPTIONS sip:a SIP/2.0\r\n${headers(256)}\r\n`) !== null);
    assert.equal(parseMessage(`OPTIONS sip:a SIP/2.0\r\n${headers(257)}\r\n`), null);
    assert.equal(parseMessage(`OPTIONS sip:a SIP/2.0\r\n\r\n${'x'.repeat(MAX_MESSAGE)}`), null);
  });

  it('comes back the same when written and read again', () => {
    const once = parsed(TORTUOUS);
    const twice = parsed(serializeMessage(once));
    assert.deepEqual(
      twice.headers.filter(({ name }) => name !== 'Content-Length'),
      once.headers.filter(({ name }) => name !== 'Content-Length'),
    );
    assert.equal(twice.body, once.body);
    const written = serializeMessage({ ...once, body: 'éé' });
    assert.match(written, /\r\nContent-Length: 4\r\n\r\néé$/);
  });
});

describe('Parts of a message', () => {
  it('are split at commas, but not inside quotes or brackets', () => {
    const message = parsed(
      wire(
        'REGISTER sip:a SIP/2.0',
        'm: "a, \\"b" <sip:x;p=1,2@h>, <sip:y@h>;q=1 ,, sip:z@h',
        'Contact: <sip:w@h>',
        '',
        '',
      ),
    );
    assert.deepEqual(headersOf(message, 'contact'), [
      '"a, \\"b" <sip:x;p=1,2@h>',
      '<sip:y@h>;q=1',
      'sip:z@h',
      '<sip:w@h>',
    ]);
    assert.deepEqual(headersOf(message, 'Via'), []);
  });

  it('CSeq: a number and a method', () => {
    const cseq = (value: string) => cseqOf(parsed(`ACK sip:a SIP/2.0\r\nCSeq: ${value}\r\n\r\n`));
    assert.deepEqual(cseq('0009 invite'), { number: 9, method: 'INVITE' });
    assert.deepEqual(cseq('4294967295\tACK'), { number: 4_294_967_295, method: 'ACK' });
    for (const wrong of ['', '36893488147419103232 REGISTER', '1', 'ACK', '-1 ACK', '1 A B']) {
      assert.equal(cseq(wrong), null, wrong);
    }
    assert.equal(cseqOf(parsed('ACK sip:a SIP/2.0\r\n\r\n')), null);
  });

  it('URIs: bare, in brackets, behind a display name', () => {
    const read = (value: string) => {
      const uri = uriIn(value);
      return uri === null ? null : [uri.scheme, uri.user, uri.host, uri.port];
    };
    assert.deepEqual(read('sip:a@Example.COM'), ['sip', 'a', 'example.com', null]);
    assert.deepEqual(read('SIPS:+919876543210:secret@h:5061'), [
      'sips',
      '+919876543210',
      'h',
      5061,
    ]);
    assert.deepEqual(read('<sip:h>;tag=1'), ['sip', null, 'h', null]);
    assert.deepEqual(read('"<sip:wrong@w>, \\"x" <sip:right@r>;tag=1'), [
      'sip',
      'right',
      'r',
      null,
    ]);
    assert.deepEqual(read('"\\"<sip:wrong@w>" <sip:right@r>'), ['sip', 'right', 'r', null]);
    assert.deepEqual(read('Name Surname <sip:b@[2001:db8::9:1]:5070>'), [
      'sip',
      'b',
      '[2001:db8::9:1]',
      5070,
    ]);
    for (const none of [
      '',
      '*',
      'tel:+1',
      '<>',
      '<sip:',
      'nobodyKnowsThisScheme:a',
      '"open <sip:a',
    ]) {
      assert.equal(uriIn(none), null, none);
    }
    assert.deepEqual(uriIn('<sip:h;Transport=tls;lr>;q=1')?.parameters, {
      transport: 'tls',
      lr: '',
    });
    // Outside brackets parameters of the header look the same; only those are there.
    assert.deepEqual(uriIn('sip:h;tag=1')?.parameters, { tag: '1' });
  });
});

describe('The audio of an SDP body', () => {
  const sdp = (...lines: readonly string[]) => audioIn(wire('v=0', ...lines, ''));

  it('is told by port, address, profile, codecs and direction', () => {
    assert.deepEqual(
      sdp(
        'c=IN IP4 198.51.100.1',
        'm=audio 10002 RTP/SAVP 8 0 101',
        'c=IN IP4 198.51.100.2',
        'a=rtpmap:8 pcma/8000',
        'a=rtpmap:101 telephone-event/8000',
        'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc',
        'a=recvonly',
      ),
      {
        port: 10_002,
        address: '198.51.100.2',
        profile: 'RTP/SAVP',
        crypto: true,
        codecs: ['PCMA', 'PCMU'],
        telephoneEvent: true,
        direction: 'recvonly',
      },
    );
  });

  it('is told also when there is one codec only', () => {
    assert.deepEqual(sdp('m=audio 4000 RTP/AVP 8')?.codecs, ['PCMA']);
    assert.deepEqual(sdp('m=audio 4000 RTP/AVP 96', 'a=rtpmap:96 8/8000')?.codecs, ['8']);
    assert.deepEqual(sdp('m=audio 4000 RTP/AVP')?.codecs, []);
  });

  it('has the types it says, whatever stands there', () => {
    const odd = sdp('c=IN IP4 7', 'm=audio  5 8');
    assert.ok(odd === null || (typeof odd.profile === 'string' && typeof odd.port === 'number'));
    assert.equal(sdp('c=IN IP4 7', 'm=audio 1 2 3')?.profile, '2');
    assert.equal(sdp('c=IN IP4 7', 'm=audio 1 2 3')?.address, '7');
  });

  it('is null where there is none', () => {
    for (const text of ['', 'v=0', 'hello', wire('v=0', 'm=video 1 RTP/AVP 31', '')]) {
      assert.equal(audioIn(text), null, text);
    }
    assert.equal(audioIn(`v=0\r\n${'a=x\r\n'.repeat(5000)}m=audio 1 RTP/AVP 8\r\n`), null);
  });
});

describe('The OPTIONS request', () => {
  const token = '0123456789abcdef0123456789abcdef';
  const made = (transport: 'tcp' | 'tls', localAddress = '127.0.0.1') => {
    const text = optionsRequest({
      host: 'edge.example.com',
      port: 5070,
      transport,
      localAddress,
      localPort: 40_000,
      token,
    });
    return { text, message: parsed(text) };
  };

  it('has what RFC 3261 demands of one', () => {
    for (const transport of ['tcp', 'tls'] as const) {
      const { message, text } = made(transport);
      assert.ok(message.kind === 'request' && message.method === 'OPTIONS');
      assert.equal(message.uri, `sip:edge.example.com:5070;transport=${transport}`);
      const [via, ...others] = headersOf(message, 'Via');
      assert.deepEqual(others, []);
      assert.equal(
        via,
        `SIP/2.0/${transport.toUpperCase()} 127.0.0.1:40000;rport;branch=z9hG4bK${token}`,
      );
      assert.equal(headerOf(message, 'Max-Forwards'), '70');
      assert.match(headerOf(message, 'From') ?? '', /^<sip:check@127\.0\.0\.1>;tag=\w{8,}$/);
      // No tag: it belongs to no dialog. No port or transport: table 1 forbids them in To.
      assert.equal(headerOf(message, 'To'), '<sip:edge.example.com>');
      assert.equal(headerOf(message, 'Call-ID'), `${token}@127.0.0.1`);
      assert.deepEqual(cseqOf(message), { number: 1, method: 'OPTIONS' });
      assert.equal(headerOf(message, 'Accept'), 'application/sdp');
      assert.equal(uriIn(headerOf(message, 'Contact') ?? '')?.port, 40_000);
      assert.ok(text.endsWith('\r\nContent-Length: 0\r\n\r\n'));
      assert.ok(!/[^\r]\n/.test(text));
      for (const name of ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Contact']) {
        const there: readonly unknown[] = message.headers.filter((header) => header.name === name);
        assert.equal(there.length, 1, name);
      }
    }
  });

  it('carries no credentials', () => {
    assert.doesNotMatch(made('tls').text, /authorization|password/i);
  });

  it('puts an IPv6 address of this end into brackets', () => {
    const { message } = made('tcp', '::1');
    assert.match(headerOf(message, 'Via') ?? '', /^SIP\/2\.0\/TCP \[::1\]:40000;/);
    assert.equal(uriIn(headerOf(message, 'From') ?? '')?.host, '[::1]');
  });
});
