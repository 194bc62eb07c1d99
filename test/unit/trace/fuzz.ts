/** A million random and mutated messages: whatever comes off the wire or out of a log, the readers live. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MAX_MESSAGE, cseqOf, headersOf, parseMessage, uriIn } from '../../../src/sip/message';
import { audioIn } from '../../../src/sip/sdp';
import { readStream } from '../../../src/sip/stream';
import { diagnose } from '../../../src/trace/doctor';
import { maskTrace } from '../../../src/trace/mask';

/** The million is dealt out to so many files, `fuzz-1.long.test.ts` and so on: cores share it. */
export const PARTS = 4;
const MESSAGES = 1_000_000 / PARTS;
/** Every so many messages go into a trace as well. */
const TRACED = 50;
/** The heap may not have grown by more when all is done. */
const LIMIT_MB = 64;

const wire = (...lines: readonly string[]): string => lines.join('\r\n');

const SDP = wire(
  'v=0',
  'o=- 1 1 IN IP4 198.51.100.7',
  's=pbx',
  'c=IN IP4 198.51.100.7',
  't=0 0',
  'm=audio 12000 RTP/SAVP 8 0 101',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz',
  'a=sendrecv',
  '',
);

const BASES: readonly string[] = [
  wire(
    'INVITE sip:+919876543210@in.voip.exotel.com:443;transport=tls SIP/2.0',
    'Via: SIP/2.0/TLS 198.51.100.7:5061;rport;branch=z9hG4bKPj1;alias',
    'Max-Forwards: 70',
    'From: "Desk, 1" <sip:+912248900000@acc1.pstn.exotel.com>;tag=a1',
    'To: <sip:+919876543210@acc1.pstn.exotel.com>',
    'Call-ID: c1@pbx',
    'CSeq: 2 INVITE',
    'Contact: <sip:asterisk@198.51.100.7:5061;transport=TLS>',
    'Authorization: Digest username="u", realm="pstn.exotel.com", nonce="n", uri="sip:x", response="0"',
    'Content-Type: application/sdp',
    `Content-Length: ${SDP.length}`,
    '',
    SDP,
  ),
  wire(
    'SIP/2.0 200 OK',
    'v: SIP/2.0/TCP 198.51.100.7:5060;branch=z9hG4bKPj1',
    'Record-Route: <sip:203.0.113.9:5070;transport=tcp;lr>, <sip:203.0.113.8;lr>',
    'f: <sip:+912248900000@acc1.pstn.exotel.com>;tag=a1',
    't: <sip:+919876543210@acc1.pstn.exotel.com>;tag=b2',
    'i: c1@pbx',
    'CSeq: 2 INVITE',
    'm: <sip:203.0.113.9:5070>',
    'c: application/sdp',
    `l: ${SDP.length}`,
    '',
    SDP,
  ),
  wire(
    'SIP/2.0 401 Unauthorized',
    'Via: SIP/2.0/TLS 198.51.100.7:5061;branch=z9hG4bKPj1',
    'From: <sip:+912248900000@acc1.pstn.exotel.com>;tag=a1',
    'To: <sip:+919876543210@acc1.pstn.exotel.com>;tag=b2',
    'Call-ID: c1@pbx',
    'CSeq: 2 INVITE',
    'WWW-Authenticate: Digest realm="pstn.exotel.com", nonce="n"',
    'Content-Length: 0',
    '',
    '',
  ),
  wire(
    'OPTIONS sip:sip.example.com:5061;transport=tls SIP/2.0',
    'Via: SIP/2.0/TLS 203.0.113.9:40000;rport;branch=z9hG4bK77',
    'From: <sip:check@203.0.113.9>;tag=c3',
    'To: <sip:sip.example.com>',
    'Call-ID: o1@x',
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ),
];

const PIECES: readonly string[] = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\u0000',
  '\u2028',
  '\ud800',
  '🦜',
  'é',
  ' ',
  '\t',
  ':',
  ';',
  ',',
  '<',
  '>',
  '"',
  '\\',
  '=',
  'l: 99999\r\n',
  'Content-Length: -1\r\n',
  'constructor: x\r\n',
  '__proto__: x\r\n',
  '\r\n folded',
  'SIP/2.0 ',
  'INVITE sip:x SIP/2.0\r\n',
  'Via: SIP/2.0/UDP h;branch=z9hG4bK\r\n',
  'm=audio 1 RTP/AVP 8\r\n',
  'v=0\r\n',
  '%00',
  '[::1]',
  '99999999999999999999',
];

/** Mulberry32: the same messages each time. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function pick<T>(random: (below: number) => number, values: readonly T[]): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function mutated(random: (below: number) => number, text: string): string {
  const at = random(text.length + 1);
  switch (random(8)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + text.slice(at + random(40));
    case 3:
      return text.slice(0, at) + text.slice(at - random(60)) + text.slice(at);
    case 4:
      return text.slice(0, at) + String.fromCharCode(random(65_536)) + text.slice(at);
    case 5: {
      const end = text.indexOf('\r\n', at);
      return end === -1
        ? text
        : `${text.slice(0, end + 2)}${pick(random, PIECES)}: x${text.slice(end)}`;
    }
    default:
      return text.slice(0, at) + pick(random, PIECES) + text.slice(at);
  }
}

function nextMessage(random: (below: number) => number): string {
  const kind = random(5000);
  if (kind === 0) {
    const base = pick(random, BASES);
    const at = random(base.length);
    return (
      base.slice(0, at) + pick(random, PIECES).repeat(random(MAX_MESSAGE / 4)) + base.slice(at)
    );
  }
  if (kind < 250) {
    let text = random(2) === 0 ? '' : pick(random, ['SIP/2.0 200 OK\r\n', 'ACK sip:a SIP/2.0\r\n']);
    for (let left = random(20); left > 0; left -= 1) text += pick(random, PIECES);
    return text;
  }
  let text = pick(random, BASES);
  for (let left = random(4); left > 0; left -= 1) text = mutated(random, text);
  return text;
}

/** Everything that is read of a message; the number keeps it from being left out. */
function readAll(text: string): number {
  const stream = readStream(Buffer.from(text, 'utf8'));
  const message = parseMessage(text);
  if (message === null) return stream.kind.length;
  let seen = cseqOf(message)?.number ?? 0;
  for (const name of ['From', 'Contact', 'Record-Route'] as const) {
    for (const value of headersOf(message, name)) seen += uriIn(value)?.host.length ?? 0;
  }
  return seen + (audioIn(message.body)?.codecs.length ?? 0);
}

function traced(messages: readonly string[]): number {
  const text = messages
    .map(
      (message, at) =>
        `<--- Received SIP request (9 bytes) from TLS:203.0.113.${at}:443 --->\n${message}\n`,
    )
    .join('\n');
  const { trace, findings } = diagnose(text);
  return trace.dialogs.length + findings.length + maskTrace(text).length;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** Reads its part of the million, each part other messages, the same ones every time. */
export function readPartOfAMillion(part: number): void {
  const title = `are read without a throw, a hang or growing memory (part ${part} of ${PARTS})`;
  it(title, () => {
    const collect = collector();
    const random = randomFrom(20_261_123 + part);
    let checksum = 0;
    let waiting: string[] = [];
    const run = (count: number): void => {
      for (let index = 0; index < count; index += 1) {
        const text = nextMessage(random);
        checksum += readAll(text);
        if (index % TRACED !== 0) continue;
        waiting.push(text);
        if (waiting.length < 20) continue;
        checksum += traced(waiting);
        waiting = [];
      }
    };
    // Warm: what is compiled and kept once is no growth.
    run(10_000);
    collect();
    const before = process.memoryUsage().heapUsed;
    const began = performance.now();
    const cpu = process.cpuUsage();
    run(MESSAGES);
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const busy = (user + system) / 1e6;
    collect();
    const grown = process.memoryUsage().heapUsed - before;
    assert.ok(checksum > 0);
    assert.ok(grown < LIMIT_MB * 1024 * 1024, `The heap grew by ${megabytes(grown)} MB.`);
    console.log(
      `      fuzz: ${MESSAGES} messages, ${seconds.toFixed(1)} s (${busy.toFixed(1)} s of processor), ${Math.round(MESSAGES / seconds)} messages/s, heap +${Math.max(0, megabytes(grown))} MB`,
    );
  }).timeout(240_000);
}
