/** SIP over a stream: messages come in pieces, several at a time, and with keep-alives between them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_MESSAGE, type SipMessage } from '../../../src/sip/message';
import { readStream } from '../../../src/sip/stream';

const OK = 'SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n';
const TRYING = 'SIP/2.0 100 Trying\r\nl: 0\r\n\r\n';
const REQUEST = 'MESSAGE sip:à@h SIP/2.0\r\nContent-Length: 7\r\n\r\nün\r\n\r\n';

/** All messages of what arrived, and how it ended. */
function all(bytes: Buffer): { messages: SipMessage[]; end: 'more' | 'garbage'; rest: number } {
  const messages: SipMessage[] = [];
  let left = bytes;
  for (;;) {
    const read = readStream(left);
    if (read.kind !== 'message') return { messages, end: read.kind, rest: left.length };
    assert.ok(read.rest.length < left.length, 'a message without a length');
    messages.push(read.message);
    left = read.rest;
  }
}

const kind = (text: string | Buffer): string => readStream(Buffer.from(text)).kind;

describe('A stream of SIP', () => {
  it('is cut into its messages', () => {
    const { messages, end, rest } = all(Buffer.from(`${TRYING}${REQUEST}${OK}SIP/2.0 2`));
    assert.deepEqual(
      messages.map((one) => (one.kind === 'response' ? one.status : one.method)),
      [100, 'MESSAGE', 200],
    );
    assert.equal(messages[1]?.body, 'ün\r\n\r\n'.slice(0, 6));
    assert.equal(end, 'more');
    assert.equal(rest, 9);
  });

  it('passes over keep-alives before a message', () => {
    assert.equal(kind(''), 'more');
    assert.equal(kind('\r\n'), 'more');
    assert.equal(kind('\r\n\r\n'), 'more');
    assert.equal(all(Buffer.from(`\r\n\r\n${OK}\r\n\r\n${OK}\r\n`)).messages.length, 2);
  });

  it('takes a message without Content-Length as one without a body', () => {
    const { messages } = all(Buffer.from(`SIP/2.0 200 OK\r\nTo: <sip:a>\r\n\r\n${OK}`));
    assert.equal(messages.length, 2);
    assert.equal(messages[0]?.body, '');
  });

  it('waits for the whole body', () => {
    const text = 'SIP/2.0 200 OK\r\nContent-Length: 5\r\n\r\n';
    assert.equal(kind(`${text}1234`), 'more');
    assert.equal(kind(`${text}12345`), 'message');
  });

  it('reads the same, however it is cut', () => {
    const bytes = Buffer.from(`\r\n\r\n${TRYING}${REQUEST}\r\n${OK}`);
    for (let at = 0; at < bytes.length; at += 1) {
      assert.equal(all(bytes.subarray(0, at)).end, 'more', `cut at ${at}`);
    }
    assert.equal(all(bytes).messages.length, 3);
  });

  it('is garbage once it cannot become SIP, and stays it', () => {
    for (const text of [
      'HTTP/1.1 400 Bad Request\r\n',
      'HTTP/1.1',
      'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n',
      '220 mail.example.com ESMTP\r\n',
      '\u0016\u0003\u0001\u0002\u0000',
      '{"error":1}',
      'SIP/3.0 200 OK',
      'SIP/2.0 999 Odd\r\n',
      'INVITE sip:a SIP/9.9\r\n',
      'SIP/2.0 200 OK\r\nno header line\r\n\r\n',
      'SIP/2.0 200 OK\r\nContent-Length: -1\r\n\r\n',
      'SIP/2.0 200 OK\r\nContent-Length: 999999\r\n\r\n',
      'SIP/2.0 200 OK\r\nContent-Length: 9999999999\r\n\r\n',
    ]) {
      assert.equal(kind(text), 'garbage', text);
      assert.equal(kind(`${text}\r\n\r\n${OK}`), 'garbage', text);
    }
  });

  it('is garbage when a message never ends', () => {
    const head = 'SIP/2.0 200 OK\r\n';
    assert.equal(kind(`${head}a: ${'x'.repeat(MAX_MESSAGE)}`), 'garbage');
    assert.equal(kind(`${head}${'a: b\r\n'.repeat(20_000)}`), 'garbage');
  });

  it('never throws, and never takes back that it is garbage', () => {
    const piece = fc.oneof(
      fc.constantFrom(OK, TRYING, REQUEST, '\r\n', '\n', ' ', 'SIP/2.0', 'l: 3\r\n', 'X', '\u0000'),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(), (pieces, cut) => {
        const bytes = Buffer.from(pieces.join(''));
        const part = bytes.subarray(0, cut % (bytes.length + 1));
        const early = all(part);
        const whole = all(bytes);
        assert.ok(whole.messages.length >= early.messages.length);
        if (early.end === 'garbage') {
          assert.equal(whole.end, 'garbage');
          assert.equal(whole.messages.length, early.messages.length);
        }
      }),
      { numRuns: 1000, seed: 20_261_123 },
    );
  });
});
