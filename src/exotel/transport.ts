/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The wire: one request out, one whole answer back. The only module that knows node-fetch. It follows no
 * redirect, because a redirect would take the key to another host, and its errors say what kind of fault
 * it was and nothing of the request. node-fetch is loaded with the first of them.
 */
import type { NetworkCause } from './errors';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** Rejects with TransportFault only. An HTTP error status is an answer, not a fault. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

export type Fault =
  | { readonly kind: 'network'; readonly cause: NetworkCause }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'notHttp' }
  | { readonly kind: 'aborted' };

export class TransportFault extends Error {
  override readonly name = 'TransportFault';

  constructor(
    readonly fault: Fault,
    /** True: the request certainly did not reach the server. False: nobody knows. */
    readonly neverSent: boolean,
  ) {
    super(fault.kind === 'network' ? `network fault: ${fault.cause}` : fault.kind);
  }
}

const MAX_BYTES = 10 * 1024 * 1024;

export function createTransport(options: { readonly maxBytes?: number } = {}): Transport {
  const size = options.maxBytes ?? MAX_BYTES;
  return async ({ method, url, headers, body, signal }) => {
    try {
      const { default: fetch } = await import('node-fetch');
      const response = await fetch(url, {
        method,
        headers: { 'User-Agent': 'exotel-sip-trunks-vscode', Connection: 'keep-alive', ...headers },
        ...(body === undefined ? {} : { body }),
        signal,
        redirect: 'error',
        size,
      });
      const text = await response.text();
      if (response.status === 407) {
        throw new TransportFault({ kind: 'network', cause: 'proxy' }, true);
      }
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      if (error instanceof TransportFault) throw error;
      if (signal.aborted) throw new TransportFault({ kind: 'aborted' }, false);
      throw classifyFault(error);
    }
  };
}

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const UNREACHABLE = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);
const TIMEOUT = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']);

/** What Node and OpenSSL call a certificate that does not hold. */
const CERTIFICATE =
  /^(CERT_|CRL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH)/;
const TLS = /^(EPROTO$|ERR_SSL_)/;
/** TLS errors that can come after the handshake, when the request may have gone out. */
const TLS_LATER =
  /bad[ _]record[ _]mac|certificate[ _]required|internal[ _]error|unexpected[ _]eof/i;
const PROXY = /prox(y|ied)|tunnel/i;
const BEFORE_TLS = 'before secure TLS connection was established';

/** From an error of node-fetch or Node to the kind of fault. Exported for its test. */
export function classifyFault(error: unknown): TransportFault {
  const { code, type, message, syscall } = readError(error);
  const network = (cause: NetworkCause, neverSent: boolean) =>
    new TransportFault({ kind: 'network', cause }, neverSent);

  if (type === 'no-redirect' || type === 'invalid-redirect') {
    return new TransportFault({ kind: 'redirect' }, false);
  }
  if (type === 'max-size') return new TransportFault({ kind: 'tooLarge' }, false);
  if (code.startsWith('HPE_')) return new TransportFault({ kind: 'notHttp' }, false);
  if (DNS.has(code)) return network('dns', true);
  // Whatever a proxy agent calls its failure, no tunnel means that nothing went through it.
  if (PROXY.test(reasonOf(message))) return network('proxy', true);
  if (code === 'ECONNREFUSED') return network('refused', true);
  if (UNREACHABLE.has(code)) {
    return network('unreachable', syscall === 'connect' || syscall === undefined);
  }
  if (TIMEOUT.has(code)) return network('timeout', syscall === 'connect');
  if (CERTIFICATE.test(code)) return network('tls', true);
  if (TLS.test(code)) return network('tls', !TLS_LATER.test(`${code} ${message}`));
  if (RESET.has(code) || /premature close/i.test(message)) {
    return network('reset', message.includes(BEFORE_TLS));
  }
  return network('other', false);
}

/** node-fetch puts the URL in front of the reason; a host name must not decide what kind of fault it is. */
function reasonOf(message: string): string {
  const at = message.indexOf('reason: ');
  return at < 0 ? message : message.slice(at);
}

interface ErrorFacts {
  readonly code: string;
  readonly type: string;
  readonly message: string;
  readonly syscall: string | undefined;
}

function readError(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { code: '', type: '', message: '', syscall: undefined };
  const facts = error as Error & Record<'code' | 'type' | 'syscall' | 'erroredSysCall', unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    code: text(facts.code) ?? '',
    type: text(facts.type) ?? '',
    message: error.message,
    syscall: text(facts.erroredSysCall) ?? text(facts.syscall),
  };
}
