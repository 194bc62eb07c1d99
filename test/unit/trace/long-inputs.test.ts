/** Long inputs made to keep a reader busy: the time they take grows with their length, not its square. */
import assert from 'node:assert/strict';
import { cseqOf, headersOf, parseMessage, uriIn } from '../../../src/sip/message';
import { audioIn } from '../../../src/sip/sdp';
import { readStream } from '../../../src/sip/stream';
import { diagnose } from '../../../src/trace/doctor';
import { maskTrace } from '../../../src/trace/mask';

const SIZE = 65_000;
/** Processor time; linear takes a few milliseconds, the square of the size several seconds. */
const LIMIT_MS = 1000;

const CHARACTERS = ['<', '>', '"', '\\', ' ', '\t', '\r', '\n', ',', ';', ':', '=', '@', '-', '.'];
const MORE = ['0', 'a', '/', '[', '\u0000', 'é', ';a', '; ', '=;', '<"', '\r\n ', '1 ', '1:', 'a='];
const REPEATED = [...CHARACTERS, ...MORE].map((piece) =>
  piece.repeat(SIZE / piece.length).slice(0, SIZE),
);
/** Two long runs with something behind that fits nothing: the worst for a pattern that looks back. */
const TWO_RUNS = CHARACTERS.map((one) => `${one.repeat(SIZE / 2)}${'x'.repeat(SIZE / 2)}\r\u0001`);
const INPUTS = [...REPEATED, ...TWO_RUNS];

function quickly(what: string, input: string, read: () => unknown): void {
  const before = process.cpuUsage();
  read();
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  assert.ok(
    ms < LIMIT_MS,
    `${what}: ${Math.round(ms)} ms for ${JSON.stringify(input.slice(0, 12))}…`,
  );
}

describe('A long input', function () {
  this.timeout(240_000);

  const readers: Readonly<Record<string, (text: string) => unknown>> = {
    'as a message': parseMessage,
    'as headers': (text) => parseMessage(`OPTIONS sip:a SIP/2.0\r\na:${text}`),
    'as a header name': (text) => parseMessage(`OPTIONS sip:a SIP/2.0\r\n${text}`),
    'as a request URI': (text) => parseMessage(`OPTIONS sip:${text} SIP/2.0\r\n\r\n`),
    'as a body': (text) => parseMessage(`OPTIONS sip:a SIP/2.0\r\nl: 60000\r\n\r\n${text}`),
    'as a stream': (text) => readStream(Buffer.from(text)),
    'as headers of a stream': (text) => readStream(Buffer.from(`SIP/2.0 200 OK\r\na: ${text}`)),
    'as a list': (text) =>
      headersOf(
        {
          kind: 'response',
          status: 200,
          reason: '',
          headers: [{ name: 'Via', value: text }],
          body: '',
        },
        'Via',
      ),
    'as a CSeq': (text) =>
      cseqOf({
        kind: 'response',
        status: 200,
        reason: '',
        headers: [{ name: 'CSeq', value: `1${text}` }],
        body: '',
      }),
    'as a URI': (text) => [
      uriIn(text),
      uriIn(`sip:${text}`),
      uriIn(`sip:h;${text}`),
      uriIn(`"${text}`),
    ],
    'as SDP': (text) => {
      for (const type of ['', 'm=audio 1 RTP/AVP 8\r\na=', 'm=', 'o=', 'c=', 'a=fmtp:', 'a=ptime:'])
        audioIn(`v=0\r\n${type}${text.slice(0, 16_000)}`);
      for (const name of [
        'rtpmap',
        'crypto',
        'candidate',
        'imageattr',
        'simulcast',
        'source-filter',
        'mediaclk',
        'rid',
        'extmap',
        'floorid',
        'ts-refclk',
        'ssrc-group',
        'framerate',
      ])
        audioIn(`v=0\r\na=${name}:${text.slice(0, 16_000)}`);
    },
    'as a trace': diagnose,
    'as a header in a trace': (text) => diagnose(`INVITE sip:a SIP/2.0\nCall-ID: ${text}`),
    'as a trace to be masked': maskTrace,
  };
  for (const [what, read] of Object.entries(readers)) {
    it(`${what} takes time by its length`, () => {
      for (const input of INPUTS) quickly(what, input, () => read(input));
    });
  }
});
