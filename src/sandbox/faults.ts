/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * Mishaps on demand. A fault says which requests it meets, how often, and what goes wrong;
 * `after: true` means that the operation is carried out and only its answer is lost, which is what
 * makes a failed POST or DELETE ambiguous.
 */
import { STATUS_CODES } from 'node:http';
import { type Answer, json, refused } from './envelope';
import { tooManyCalls } from './refusal';

export interface Fault {
  /** All requests when left out. `path` is tried on the path with its query. */
  readonly match?: { readonly method?: string; readonly path?: RegExp };
  /** How many matching requests it meets. */
  readonly times: number;
  readonly then: Mishap;
}

export type Mishap =
  /** This answer instead of the real one. A body that is not a string goes out as JSON. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly delayMs?: number;
      readonly after?: boolean;
    }
  /** HTTP 429, in the trunk API's words or in those of Exotel's general documentation. */
  | {
      readonly kind: 'rateLimit';
      /** Seconds or an HTTP date; no `Retry-After` header when left out. */
      readonly retryAfter?: number | string;
      readonly shape?: 'envelope' | 'restException';
    }
  /** A proxy's error page; 502 unless told otherwise. */
  | { readonly kind: 'html'; readonly status?: number; readonly after?: boolean }
  /** The connection is reset without a word. */
  | { readonly kind: 'reset'; readonly after?: boolean }
  /** The operation is carried out; half of its answer arrives, then the connection ends. */
  | { readonly kind: 'truncate' }
  /** Late, but right. The wait comes before the operation, or after it. */
  | { readonly kind: 'delay'; readonly delayMs: number; readonly after?: boolean };

export class Faults {
  #queue: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    if (fault.times > 0) this.#queue.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#queue = [];
  }

  /** How many requests are still to meet a fault. */
  left(): number {
    return this.#queue.reduce((sum, { left }) => sum + left, 0);
  }

  /** The mishap of the oldest fault that matches, counted down by one. */
  take(method: string, path: string): Mishap | undefined {
    const entry = this.#queue.find(({ fault }) => matches(fault, method, path));
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#queue = this.#queue.filter((each) => each !== entry);
    return entry.fault.then;
  }
}

/** Whether the operation runs, although its answer may never be seen. */
export function performs(mishap: Mishap | undefined): boolean {
  if (!mishap || mishap.kind === 'truncate' || mishap.kind === 'delay') return true;
  return mishap.kind !== 'rateLimit' && mishap.after === true;
}

/** What goes out in place of the real answer; `undefined` when the real one does, or nothing. */
export function substitute(mishap: Mishap, method: string): Answer | undefined {
  switch (mishap.kind) {
    case 'answer':
      return answerOf(mishap.status, mishap.body, mishap.headers);
    case 'rateLimit':
      return rateLimited(mishap.retryAfter, mishap.shape ?? 'envelope', method);
    case 'html':
      return errorPage(mishap.status ?? 502);
    case 'reset':
    case 'truncate':
    case 'delay':
      return undefined;
  }
}

/** `search` begins at the start, so that a pattern with the `g` flag has no memory here. */
function matches({ match = {} }: Fault, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  return match.path === undefined || path.search(match.path) >= 0;
}

function answerOf(
  status: number,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Answer {
  if (body === undefined) return { status, headers: { ...headers }, body: '' };
  if (typeof body !== 'string') return json(status, body, headers);
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}

function rateLimited(
  retryAfter: number | string | undefined,
  shape: 'envelope' | 'restException',
  method: string,
): Answer {
  const refusal = tooManyCalls(retryAfter);
  if (shape === 'envelope') return refused(method, refusal);
  const { message } = refusal.errorData;
  const body = { RestException: { Status: 429, Message: message, Code: 'RATE_LIMIT_EXCEEDED' } };
  return json(429, body, refusal.headers);
}

function errorPage(status: number): Answer {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
  const body = [
    '<html>',
    `<head><title>${title}</title></head>`,
    `<body><center><h1>${title}</h1></center><hr><center>nginx</center></body>`,
    '</html>\r\n',
  ].join('\r\n');
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}
