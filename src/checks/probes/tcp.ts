/**
 * checks/probes: the network as this computer sees it. Each probe ends by itself, and none rejects.
 *
 * A TCP connection: open, refused, or no answer at all. What `nc -zv host port` tells, and why.
 */
import { Socket } from 'node:net';
import type { TcpResult } from '../types';

export type Opened =
  | { readonly kind: 'open'; readonly socket: Socket; readonly ms: number }
  | Exclude<TcpResult, { kind: 'open' } | { kind: 'dns' }>;

const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET']);

/** A connected socket that is the caller's to destroy, or why there is none. */
export function openSocket(
  address: string,
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Opened> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'aborted' });
      return;
    }
    const began = performance.now();
    const socket = new Socket();
    const end = (result: Opened) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      // Late errors of a socket that is given up are nobody's.
      socket.on('error', () => undefined);
      if (result.kind !== 'open') socket.destroy();
      resolve(result);
    };
    const abort = () => end({ kind: 'aborted' });
    const timer = setTimeout(() => end({ kind: 'filtered' }), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('connect', () => {
      end({ kind: 'open', socket, ms: Math.round(performance.now() - began) });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'UNKNOWN';
      if (REFUSED.has(code)) end({ kind: 'refused' });
      else if (code === 'ETIMEDOUT') end({ kind: 'filtered' });
      else end({ kind: 'unreachable', reason: code });
    });
    try {
      socket.connect({ host: address, port, family: 4 });
    } catch (error) {
      // No port, for example.
      end({ kind: 'unreachable', reason: (error as NodeJS.ErrnoException).code ?? 'UNKNOWN' });
    }
  });
}
