/**
 * checks/probes: the network as this computer sees it. Each probe ends by itself, and none rejects.
 *
 * A TLS handshake, and the certificates that came with it. Nothing is trusted or sent on the strength of
 * it: the handshake is finished whatever the certificate, so that it can be looked at.
 */
import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls';
import type { Certificate, TlsResult } from '../types';

/** A chain is not longer; a ring of issuers must not keep us. */
const MAX_CHAIN = 10;

function nameOf(name: unknown): string {
  const { CN, O } = (name ?? {}) as { readonly CN?: unknown; readonly O?: unknown };
  const text = [CN, O].flat().find((part) => typeof part === 'string');
  return typeof text === 'string' ? text : '';
}

function namesOf(certificate: PeerCertificate): string[] {
  return (certificate.subjectaltname ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
}

/** Missing where the server sent too little, whatever the types say. */
function issuerOf({
  issuerCertificate,
}: {
  readonly issuerCertificate?: DetailedPeerCertificate;
}): DetailedPeerCertificate | undefined {
  return issuerCertificate;
}

function described(certificate: DetailedPeerCertificate): Certificate {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate),
    notBefore: new Date(certificate.valid_from),
    notAfter: new Date(certificate.valid_to),
    selfSigned: issuerOf(certificate)?.fingerprint256 === certificate.fingerprint256,
  };
}

function chainOf(first: DetailedPeerCertificate): Certificate[] {
  const chain: Certificate[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = first;
  while (next?.fingerprint256 !== undefined && chain.length < MAX_CHAIN) {
    if (seen.has(next.fingerprint256)) break;
    seen.add(next.fingerprint256);
    chain.push(described(next));
    next = issuerOf(next);
  }
  return chain;
}

export type Secured =
  | { readonly kind: 'secured'; readonly socket: TLSSocket; readonly ms: number }
  | { readonly kind: 'broken'; readonly reason: string };

/** TLS over a connected socket, whose end it becomes. `name`: SNI, unless it is an address. */
export function secure(
  plain: Socket,
  name: string,
  roots: readonly string[] | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Secured> {
  return new Promise((resolve) => {
    const began = performance.now();
    let socket: TLSSocket;
    try {
      socket = connect({
        socket: plain,
        rejectUnauthorized: false,
        // The name is looked at apart: a wrong one must not hide what else is wrong, or be called distrust.
        checkServerIdentity: () => undefined,
        // Old versions are to be seen and told, not to fail without a reason.
        minVersion: 'TLSv1',
        ...(isIP(name) === 0 ? { servername: name } : {}),
        ...(roots === undefined ? {} : { ca: [...roots] }),
      });
    } catch (error) {
      // Roots or a name that are none.
      plain.destroy();
      resolve({ kind: 'broken', reason: codeOf(error) });
      return;
    }
    const end = (result: Secured) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      if (result.kind !== 'secured') socket.destroy();
      resolve(result);
    };
    const abort = () => end({ kind: 'broken', reason: 'stopped' });
    const timer = setTimeout(() => end({ kind: 'broken', reason: 'timedOut' }), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('secureConnect', () => {
      end({ kind: 'secured', socket, ms: Math.round(performance.now() - began) });
    });
    socket.on('error', (error) => end({ kind: 'broken', reason: codeOf(error) }));
    socket.on('close', () => end({ kind: 'broken', reason: 'closed' }));
    if (signal.aborted) abort();
  });
}

/** What the handshake showed. `name`: what the certificate has to be for. */
export function inspect(socket: TLSSocket, name: string, ms: number): TlsResult {
  const peer = socket.getPeerCertificate(true);
  const hasPeer = Object.keys(peer).length > 0;
  const error = socket.authorizationError as unknown;
  return {
    kind: 'handshake',
    version: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    chain: hasPeer ? chainOf(peer) : [],
    trust: socket.authorized ? null : codeOf(error),
    nameMatches: hasPeer && isFor(name, peer),
    ms,
  };
}

/** A certificate may hold names that cannot be read at all. */
function isFor(name: string, peer: PeerCertificate): boolean {
  try {
    return checkServerIdentity(name, peer) === undefined;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'UNKNOWN';
}
