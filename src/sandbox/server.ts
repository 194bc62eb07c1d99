/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * The HTTP server around the operations. Who may ask, how often, what a request must look
 * like before an operation sees it, and how an answer, or a mishap, leaves.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parseJson } from './body';
import { type Answer, type Shape, plain, refused } from './envelope';
import { type Faults, type Mishap, performs, substitute } from './faults';
import type { PageSizes } from './paging';
import type { RateLimit } from './rate-limit';
import {
  forbidden,
  notFound,
  Refusal,
  tooManyCalls,
  unauthorized,
  unsupportedType,
} from './refusal';
import type { RequestLog } from './request-log';
import type { FindRoute, Match, Method } from './routes';
import type { Store } from './store';

const MAX_BODY_BYTES = 1024 * 1024;

export interface ServerParts {
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiToken: string;
  readonly now: () => Date;
  readonly pageSizes: PageSizes;
  readonly shape: Shape;
  readonly issuedCredentials: boolean;
  readonly store: Store;
  readonly findRoute: FindRoute;
  readonly rateLimit: RateLimit;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Ends whatever waits: delayed answers of a sandbox that closes. */
  readonly closing: AbortSignal;
}

export function createSandboxServer(parts: ServerParts): Server {
  const authorized = basicAuth(parts.apiKey, parts.apiToken);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: target = '' } = request;
    const noteStatus = parts.log.arrived(method, target, parts.now().getTime());
    const exchange = { request, response, noteStatus };

    if (!isLocalName(request.headers.host)) {
      send(exchange, plain(421, 'This server answers to 127.0.0.1 and localhost only.'));
      return;
    }
    const mishap = parts.faults.take(method, target);
    if (mishap?.kind === 'delay' && !mishap.after) await pause(mishap.delayMs);
    // Whoever gave up while the request was held back never had it delivered.
    if (response.destroyed) return;
    const answer = performs(mishap) ? await perform(request, method, target) : undefined;
    await deliver(exchange, answer, mishap);
  }

  /** The real answer, mishaps aside. */
  async function perform(request: IncomingMessage, method: string, target: string) {
    try {
      return await attempt(request, method, target);
    } catch (error) {
      if (error instanceof Refusal) return refused(method, error);
      throw error;
    }
  }

  async function attempt(
    request: IncomingMessage,
    method: string,
    target: string,
  ): Promise<Answer> {
    if (!isMethod(method)) {
      return plain(405, 'Method Not Allowed', { Allow: 'GET, POST, PUT, DELETE' });
    }
    if (!authorized(request.headers.authorization)) throw unauthorized();
    const secondsToWait = parts.rateLimit.take(parts.now().getTime());
    if (secondsToWait > 0) throw tooManyCalls(secondsToWait);

    const queryAt = target.indexOf('?');
    const path = queryAt < 0 ? target : target.slice(0, queryAt);
    const match = parts.findRoute(method, path);
    if (match === 'malformed') return plain(400, 'Bad Request');
    if (!match) throw notFound();
    if (match.accountSid !== parts.accountSid) throw forbidden();

    const query = new URLSearchParams(queryAt < 0 ? '' : target.slice(queryAt + 1));
    if (method === 'GET' || method === 'DELETE') return run(match, method, query, undefined);

    const contentType = request.headers['content-type'] ?? '';
    if (!/^application\/json\s*(?:;|$)/i.test(contentType)) throw unsupportedType(contentType);
    const text = await readBody(request);
    if (text === undefined) return plain(413, 'Request Entity Too Large', { Connection: 'close' });
    return run(match, method, query, parseJson(text));
  }

  function run(match: Match, method: Method, query: URLSearchParams, body: unknown): Answer {
    const { operation, trunkSid, id } = match;
    const { accountSid, store, pageSizes, shape, issuedCredentials } = parts;
    return operation({
      method,
      shape,
      accountSid,
      trunkSid,
      id,
      query,
      body,
      store,
      pageSizes,
      issuedCredentials,
    });
  }

  async function deliver(
    exchange: Exchange,
    answer: Answer | undefined,
    mishap: Mishap | undefined,
  ): Promise<void> {
    const said = (mishap && substitute(mishap, exchange.request.method ?? '')) ?? answer;
    if (mishap?.kind === 'reset' || !said) {
      exchange.request.socket.resetAndDestroy();
    } else if (mishap?.kind === 'truncate') {
      sendHalf(exchange, said);
    } else {
      if (mishap?.kind === 'answer') await pause(mishap.delayMs ?? 0);
      if (mishap?.kind === 'delay' && mishap.after) await pause(mishap.delayMs);
      send(exchange, said);
    }
  }

  async function pause(ms: number): Promise<void> {
    if (ms > 0) await wait(ms, undefined, { signal: parts.closing });
  }

  return createServer((request, response) => {
    handle(request, response).catch(() => {
      // The client went away in the middle, or the sandbox closes: nobody is left to tell.
      if (response.headersSent || response.destroyed || parts.closing.aborted) response.destroy();
      else send({ request, response, noteStatus: () => undefined }, plain(500, 'Internal Error'));
    });
  });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly noteStatus: (status: number) => void;
}

function send(exchange: Exchange, answer: Answer): void {
  if (exchange.response.destroyed) return;
  writeHead(exchange, answer);
  exchange.response.end(answer.body);
}

/** Promises the whole answer and sends half. */
function sendHalf(exchange: Exchange, answer: Answer): void {
  const { response } = exchange;
  writeHead(exchange, answer);
  const bytes = Buffer.from(answer.body);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function writeHead({ request, response, noteStatus }: Exchange, answer: Answer): void {
  noteStatus(answer.status);
  // What is left of the request's body is read and dropped, or the client could not finish sending.
  request.resume();
  response.statusCode = answer.status;
  response.setHeader('Content-Length', Buffer.byteLength(answer.body));
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
}

/** A page of some other site, resolved to this computer by its DNS, sends that site's name here. */
function isLocalName(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i.test(host);
}

function isMethod(method: string): method is Method {
  return method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE';
}

/** Compares digests in constant time, so that neither length nor content shows in the timing. */
function basicAuth(key: string, token: string): (header: string | undefined) => boolean {
  const digest = (text: Buffer | string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`${key}:${token}`);
  return (header) => {
    const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(header ?? '')?.[1];
    const sent = digest(Buffer.from(encoded ?? '', 'base64'));
    return timingSafeEqual(sent, expected);
  };
}

/** @returns `undefined` when it is too large; the rest of it is then read and dropped. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not `for await`, which destroys the request on the way out: a 413 is to reach its sender.
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}
