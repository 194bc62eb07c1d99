/**
 * What the tests of exotel/ share: a real HTTP server that answers as told, a client against it, and a
 * clock on which waiting takes no time.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import assert from 'node:assert/strict';
import type { Clock } from '../../../src/exotel/clock';
import { createTransport } from '../../../src/exotel/transport';
import { ExotelClient, type ExotelClientOptions } from '../../../src/exotel/client';
import { ExotelError, type Problem, type ProblemKind } from '../../../src/exotel/errors';
import { RateLimiter } from '../../../src/exotel/limiter';
import { Secret } from '../../../src/exotel/secret';

export const ACCOUNT = 'acme5m';
export const KEY = 'planted-api-key';
export const TOKEN = 'planted/api+token';
export const TRUNK = 'trmum1f708622631150902801a1n';
export const REQUEST_ID = '0123456789abcdef0123456789abcdef';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Handler = (request: Received, response: http.ServerResponse) => void;

/** Answers requests in turn; what comes after the last answer gets 599. */
export class ScriptedServer {
  readonly received: Received[] = [];
  readonly #answers: Handler[] = [];
  readonly #server: http.Server;

  /** Stays what it was after `close`, for calls that find nobody. */
  url = '';

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = {
          method: request.method ?? '',
          url: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        };
        this.received.push(received);
        const answer = this.#answers.shift() ?? says(599, { unexpected: received.url });
        answer(received, response);
      });
    });
  }

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  will(...answers: readonly Handler[]): this {
    this.#answers.push(...answers);
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export function says(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Takes the request and breaks the connection. */
export const hangsUp: Handler = (_request, response) => response.socket?.destroy();
/** Never answers. */
export const keepsSilent: Handler = () => undefined;

export function ok(data: unknown, method = 'POST') {
  return {
    request_id: REQUEST_ID,
    method,
    http_code: 200,
    response: { code: 200, error_data: null, status: 'success', data },
  };
}

export function okList(items: readonly unknown[], nextPageUri: string | null = null) {
  return {
    request_id: REQUEST_ID,
    method: 'GET',
    http_code: 200,
    metadata: { page_size: 50, next_page_uri: nextPageUri },
    response: items.map((data) => ({ code: 200, error_data: null, status: 'success', data })),
  };
}

export function failure(status: number, code: number, message: string, description: string) {
  return {
    request_id: REQUEST_ID,
    method: 'POST',
    http_code: status,
    response: {
      code: status,
      error_data: { code, message, description },
      status: 'failure',
      data: null,
    },
  };
}

/** Waiting takes no time and is written down. */
export class InstantClock implements Clock {
  readonly slept: number[] = [];
  #now = Date.UTC(2026, 0, 23, 9, 0, 0);

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.#now += ms;
    return Promise.resolve();
  }
}

export interface Bench {
  readonly server: ScriptedServer;
  readonly client: ExotelClient;
  readonly clock: InstantClock;
  readonly limiter: RateLimiter;
  /** Every log line, with its level. */
  readonly log: string[];
}

const open: { server: ScriptedServer; limiter: RateLimiter }[] = [];

/** A client on its own server. `closeAll` belongs into `afterEach`. */
export async function bench(options: Partial<ExotelClientOptions> = {}): Promise<Bench> {
  const server = await ScriptedServer.start();
  const clock = new InstantClock();
  const limiter = options.limiter ?? new RateLimiter({ clock });
  const log: string[] = [];
  open.push({ server, limiter });
  const client = new ExotelClient({
    address: { region: 'custom', baseUrl: server.url, accountSid: ACCOUNT },
    apiKey: new Secret(KEY),
    apiToken: new Secret(TOKEN),
    transport: createTransport(),
    limiter,
    clock,
    random: () => 1,
    log: (level, message) => log.push(`${level} ${message}`),
    ...options,
  });
  return { server, client, clock, limiter, log };
}

export async function closeAll(): Promise<void> {
  for (const { server, limiter } of open.splice(0)) {
    limiter.dispose();
    await server.close();
  }
}

/** The problem a call failed with; fails when it did not fail, or with something else. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.then(
    () => assert.fail('the call went well'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ExotelError, `not an ExotelError: ${String(error)}`);
  assert.equal(error.message, `${error.problem.what} ${error.problem.doNext}`);
  return error.problem;
}

export async function kindOf(call: Promise<unknown>): Promise<ProblemKind> {
  return (await problemOf(call)).kind;
}
