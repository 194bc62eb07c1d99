/**
 * checks/probes: the network as this computer sees it. Each probe ends by itself, and none rejects.
 *
 * The probes put together: name, connection, handshake, OPTIONS, each telling where it got to.
 */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Duplex } from 'node:stream';
import { headerOf, type SipMessage } from '../../sip/message';
import { optionsRequest } from '../../sip/options';
import { readStream } from '../../sip/stream';
import type { Probes, SipResult, TcpResult } from '../types';
import type { Transport } from '../../terms/use';
import { resolveHost, systemDns, type Dns } from './dns';
import { openSocket } from './tcp';
import { inspect, secure } from './tls';

export interface ProbeOptions {
  /** For each step of a probe. */
  readonly timeoutMs?: number;
  readonly dns?: Dns;
  /** PEM of roots to trust besides the usual ones. */
  readonly extraRoots?: readonly string[];
}

type Reached =
  | {
      readonly kind: 'open';
      readonly socket: Socket;
      readonly address: string;
      readonly ms: number;
    }
  | Exclude<TcpResult, { kind: 'open' }>;

export function createProbes({
  timeoutMs = 5000,
  dns = systemDns,
  extraRoots = [],
}: ProbeOptions = {}): Probes {
  const roots = extraRoots.length === 0 ? undefined : [...rootCertificates, ...extraRoots];

  async function reach(host: string, port: number, signal: AbortSignal): Promise<Reached> {
    const found = await resolveHost(dns, host, timeoutMs, signal);
    if (signal.aborted) return { kind: 'aborted' };
    if (found.kind !== 'resolved') return { kind: 'dns', result: found };
    const [address = host] = found.addresses;
    const opened = await openSocket(address, port, timeoutMs, signal);
    return opened.kind === 'open' ? { ...opened, address } : opened;
  }

  return {
    resolve: (host, signal) => resolveHost(dns, host, timeoutMs, signal),

    async connect(host, port, signal) {
      const reached = await reach(host, port, signal);
      if (reached.kind !== 'open') return reached;
      reached.socket.destroy();
      return { kind: 'open', address: reached.address, ms: reached.ms };
    },

    async handshake(host, port, name, signal) {
      const reached = await reach(host, port, signal);
      if (reached.kind !== 'open') return { kind: 'noTcp', result: reached };
      const secured = await secure(reached.socket, name, roots, timeoutMs, signal);
      if (secured.kind !== 'secured') return secured;
      const result = inspect(secured.socket, name, secured.ms);
      secured.socket.destroy();
      return result;
    },

    async options(host, port, transport, signal) {
      const reached = await reach(host, port, signal);
      if (reached.kind !== 'open') return { kind: 'noTcp', result: reached };
      if (transport === 'tcp') {
        return ask(reached.socket, reached.socket, host, port, transport, timeoutMs, signal);
      }
      const secured = await secure(reached.socket, host, roots, timeoutMs, signal);
      if (secured.kind !== 'secured') return { kind: 'noTls', result: secured };
      return ask(secured.socket, reached.socket, host, port, transport, timeoutMs, signal);
    },
  };
}

/** More than a server says before it answers; keep-alives count too. */
const MAX_RECEIVED = 262_144;

function ask(
  stream: Duplex,
  { localAddress = '127.0.0.1', localPort = 0 }: Socket,
  host: string,
  port: number,
  transport: Transport,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<SipResult> {
  return new Promise((resolve) => {
    const began = performance.now();
    const token = randomBytes(16).toString('hex');
    let received = Buffer.alloc(0);
    const end = (result: SipResult) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      stream.removeAllListeners();
      stream.on('error', () => undefined);
      stream.destroy();
      resolve(result);
    };
    const abort = () => end({ kind: 'noTcp', result: { kind: 'aborted' } });
    const timer = setTimeout(() => end({ kind: 'silent' }), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    let total = 0;
    const take = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      total += chunk.length;
      if (total > MAX_RECEIVED) {
        end({ kind: 'garbage', begin: printable(received) });
        return;
      }
      for (;;) {
        const read = readStream(received);
        if (read.kind === 'more') return;
        if (read.kind === 'garbage') {
          end({ kind: 'garbage', begin: printable(received) });
          return;
        }
        const { message } = read;
        // Requests of theirs and answers that are on their way say that somebody is there: wait on.
        if (message.kind === 'response' && message.status >= 200) {
          end({
            kind: 'answered',
            status: message.status,
            reason: readable(message.reason),
            program: programOf(message),
            ms: Math.round(performance.now() - began),
          });
          return;
        }
        received = Buffer.from(read.rest);
      }
    };
    stream.on('data', take);
    stream.on('error', () => end({ kind: 'closed' }));
    stream.on('close', () => end({ kind: 'closed' }));
    stream.on('end', () => end({ kind: 'closed' }));
    stream.write(optionsRequest({ host, port, transport, localAddress, localPort, token }));
    if (signal.aborted) abort();
  });
}

function programOf(message: SipMessage): string | null {
  const name = headerOf(message, 'Server') ?? headerOf(message, 'User-Agent');
  return name === null ? null : readable(name);
}

/** What a server says of itself: one line, and not a long one. */
function readable(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

/** The first characters of what is no SIP, for a person. */
function printable(received: Buffer): string {
  return received
    .subarray(0, 40)
    .toString('latin1')
    .replace(/[^ -~]/g, '·');
}
