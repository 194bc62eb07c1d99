/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * One call from beginning to end: its turn at the limiter, authentication, the time-out, the retries,
 * the log line and the error. What the calls are and what their answers mean is client.ts.
 */
import * as l10n from '@vscode/l10n';
import type { CallOptions } from './api';
import { type Clock, systemClock } from './clock';
import { emptyEnvelope, type Envelope, readEnvelope } from './envelope';
import { ExotelError, type Problem } from './errors';
import type { Operation } from './explanations';
import type { RateLimiter } from './limiter';
import { MAX_PAGES, resolveNextPage } from './paging';
import {
  type AnswerFacts,
  badResponse,
  type CallFacts,
  problemOfAbort,
  problemOfFault,
  problemOfPart,
  problemOfUnreadable,
} from './problems';
import type { AccountAddress } from './regions';
import { sentRequest, type SentRequest } from './request';
import { backoffMs, isRetried, MAX_WAIT_MS, parseRetryAfter } from './retry';
import { checkApiHost } from './rules/host';
import { basicCredentials, scrubber } from './scrub';
import type { Secret } from './secret';
import { type Transport, TransportFault, type TransportResponse } from './transport';

export type Log = (level: 'debug' | 'info' | 'warn', message: string) => void;

export interface WireOptions {
  readonly address: AccountAddress;
  readonly apiKey: Secret;
  readonly apiToken: Secret;
  readonly transport: Transport;
  readonly limiter: RateLimiter;
  /** For one attempt, from its start on the wire to the last byte of the answer. Default 30 s. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** 0 to 1, for the jitter of the back-off. */
  readonly random?: () => number;
  /** Gets method, path, status, duration, request id and attempt; no header, query or body. */
  readonly log?: Log;
}

export interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the account, segments encoded, e.g. `/trunks`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Values in the body that must not come back in an error or reach the log. */
  readonly secrets?: readonly Secret[];
  /** The answer has one part per item sent, and some may fail while the call itself succeeds. */
  readonly batch?: boolean;
}

/** A successful answer, and what a problem found in it later has to say. */
export interface Answer {
  readonly envelope: Envelope;
  readonly facts: AnswerFacts;
  readonly call: CallFacts;
}

type Outcome =
  | { readonly ok: true; readonly answer: Answer }
  | {
      readonly ok: false;
      readonly problem: Problem;
      readonly neverSent: boolean;
      readonly retryAfterMs: number | null;
    };

const DEFAULT_TIMEOUT_MS = 30_000;
/** Who waits is a person's change before a background refresh, and a repeated call before both. */
const PRIORITY = { GET: 0, POST: 1, PUT: 1, DELETE: 1, retry: 2 } as const;

export class Wire {
  readonly #options: WireOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #origin: string;
  readonly #host: string;
  readonly #accountPath: string;
  readonly #authorization: string;

  /** Throws TypeError for an address the key must not be sent to, e.g. http outside this computer. */
  constructor(options: WireOptions) {
    const base = checkApiHost(options.address.baseUrl);
    if (!base.ok) throw new TypeError(base.message);
    const { accountSid } = options.address;
    if (/^\.{0,2}$|\p{Surrogate}/u.test(accountSid)) throw new TypeError('No account SID.');
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#origin = base.value;
    this.#host = new URL(base.value).host;
    this.#accountPath = `/v2/accounts/${encodeURIComponent(accountSid)}`;
    this.#authorization = basicCredentials(options.apiKey, options.apiToken);
  }

  /** One call, repeated as far as that is safe. Rejects with ExotelError only. */
  async send(call: Call, options: CallOptions = {}): Promise<Answer> {
    return this.#sendTo(this.#urlOf(call), call, options);
  }

  /** A list, page by page: what is read of one is read before the next arrives. Never without one. */
  async *pages(call: Call, options: CallOptions = {}): AsyncGenerator<Answer, void, undefined> {
    const visited = new Set<string>();
    for (let url: URL | null = this.#urlOf(call); url !== null;) {
      visited.add(url.href);
      const answer = await this.#sendTo(url, call, options);
      yield answer;
      url = this.#nextPage(url, answer, visited);
    }
  }

  #nextPage(current: URL, answer: Answer, visited: ReadonlySet<string>): URL | null {
    const uri = answer.envelope.nextPageUri;
    if (uri === null) return null;
    const broken = (sentence: string) =>
      new ExotelError(badResponse(sentence, answer.facts, answer.call));
    const next = resolveNextPage(uri, current, this.#accountPath);
    if (next === null) throw broken(l10n.t('The next page of the list is outside this account.'));
    if (visited.has(next.href)) throw broken(l10n.t('The pages of the list lead in a circle.'));
    if (visited.size >= MAX_PAGES) throw broken(l10n.t('The list does not come to an end.'));
    return next;
  }

  #urlOf(call: Call): URL {
    const query = new URLSearchParams(call.query).toString();
    return new URL(
      `${this.#origin}${this.#accountPath}${call.path}${query === '' ? '' : `?${query}`}`,
    );
  }

  async #sendTo(url: URL, call: Call, { signal }: CallOptions): Promise<Answer> {
    const facts = this.#factsOf(call);
    let waitedMs = 0;
    let mayBeDone = false;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(url, call, facts, attempt, signal);
      if (outcome.ok) return outcome.answer;
      const { problem, neverSent, retryAfterMs } = outcome;
      if (mayBeDone && call.method === 'DELETE' && isGone(problem)) {
        return alreadyDone(problem, facts);
      }
      const delayMs = backoffMs(problem.kind, retryAfterMs, attempt, this.#random);
      const failure = { method: call.method, problem, neverSent, attempt, waitedMs, delayMs };
      if (!isRetried(failure)) throw new ExotelError({ ...problem, request: requestOf(url, call) });
      this.#log('warn', facts, `${call.operation}: ${problem.kind}, again in ${delayMs} ms`);
      mayBeDone ||= !neverSent && (problem.kind === 'network' || problem.kind === 'server');
      waitedMs += delayMs;
      await this.#rest(delayMs, facts, signal);
    }
  }

  /** Its turn at the limiter, then the exchange. Resolves in every case. */
  async #attempt(
    url: URL,
    call: Call,
    facts: CallFacts,
    attempt: number,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const { limiter } = this.#options;
    const priority = attempt > 1 ? PRIORITY.retry : PRIORITY[call.method];
    const progress = { started: false };
    try {
      return await limiter.run(
        async (running) => {
          progress.started = true;
          const outcome = await this.#exchange(url, call, facts, attempt, running);
          // Before the next call starts: a 429 is a word to the whole account.
          if (!outcome.ok && outcome.problem.kind === 'rateLimited') {
            const { retryAfterMs } = outcome;
            const pauseMs = backoffMs('rateLimited', retryAfterMs, attempt, this.#random);
            limiter.pause(Math.min(pauseMs, MAX_WAIT_MS));
          }
          return outcome;
        },
        { signal, priority },
      );
    } catch {
      // Only an abort ends a run early: the exchange itself resolves.
      return failed(problemOfAbort(facts, progress.started || attempt > 1), !progress.started);
    }
  }

  async #exchange(
    url: URL,
    call: Call,
    facts: CallFacts,
    attempt: number,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const begun = this.#clock.now();
    const note = (result: string, requestId: string | null) => {
      const ms = this.#clock.now() - begun;
      const id = requestId === null ? '' : `, request ${requestId}`;
      const line = `${call.method} ${url.pathname} ${result} in ${ms} ms${id}, attempt ${attempt}`;
      this.#log('debug', facts, line);
    };
    try {
      const response = await this.#transfer(url, call, signal);
      const outcome = this.#read(response, call, facts);
      const requestId = outcome.ok ? outcome.answer.facts.requestId : outcome.problem.requestId;
      note(String(response.status), requestId);
      return outcome;
    } catch (error) {
      const { fault, neverSent } =
        error instanceof TransportFault
          ? error
          : new TransportFault({ kind: 'network', cause: 'other' }, false);
      const problem = problemOfFault(fault, neverSent, facts);
      note(problem.kind === 'network' ? `failed (${problem.cause})` : problem.kind, null);
      return failed(problem, neverSent);
    }
  }

  /** The transport with the time-out of one attempt. */
  async #transfer(url: URL, call: Call, signal: AbortSignal): Promise<TransportResponse> {
    const end = new AbortController();
    const stop = () => {
      end.abort();
    };
    const timer = setTimeout(stop, this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    try {
      return await this.#options.transport({
        method: call.method,
        url: url.href,
        headers: {
          Authorization: `Basic ${this.#authorization}`,
          Accept: 'application/json',
          ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        signal: end.signal,
      });
    } catch (error) {
      const timedOut = end.signal.aborted && !signal.aborted;
      if (timedOut) throw new TransportFault({ kind: 'network', cause: 'timeout' }, false);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  #read(response: TransportResponse, call: Call, facts: CallFacts): Outcome {
    const { status, headers, text } = response;
    const retryAfterMs = parseRetryAfter(
      headers.get('retry-after'),
      headers.get('date'),
      this.#clock.now(),
    );
    const envelope = readEnvelope(status, text);
    const said = envelope.kind === 'envelope' ? envelope.requestId : null;
    const requestId = said ?? headers.get('x-request-id');
    const answer: AnswerFacts = {
      httpStatus: status,
      requestId: requestId === null ? null : facts.scrub(requestId),
      retryAfterMs,
    };
    if (envelope.kind === 'unreadable') {
      return failed(problemOfUnreadable(envelope, answer, facts), false, retryAfterMs);
    }
    if (status >= 300 && status < 400) {
      const sentence = l10n.t('{0} answered with a redirect ({1}).', facts.host, status);
      return failed(badResponse(sentence, answer, facts), false);
    }
    const failure = envelope.parts.find((part) => !part.ok);
    const tellsItemByItem = call.batch === true && status < 300 && envelope.isList;
    if (failure !== undefined && !tellsItemByItem) {
      return failed(problemOfPart(failure, answer, facts), false, retryAfterMs);
    }
    return { ok: true, answer: { envelope, facts: answer, call: facts } };
  }

  async #rest(ms: number, facts: CallFacts, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#clock.sleep(ms, signal);
    } catch {
      throw new ExotelError(problemOfAbort(facts, true));
    }
  }

  #factsOf(call: Call): CallFacts {
    const { apiKey, apiToken } = this.#options;
    return {
      operation: call.operation,
      host: this.#host,
      creates: call.method === 'POST',
      scrub: scrubber([
        this.#authorization,
        ...[apiKey, apiToken, ...(call.secrets ?? [])].map((secret) => secret.reveal()),
      ]),
    };
  }

  #log(level: 'debug' | 'info' | 'warn', facts: CallFacts, message: string): void {
    this.#options.log?.(level, facts.scrub(message));
  }
}

function failed(problem: Problem, neverSent: boolean, retryAfterMs: number | null = null): Outcome {
  return { ok: false, problem, neverSent, retryAfterMs };
}

function requestOf({ href }: URL, { method, body, secrets = [] }: Call): SentRequest {
  return sentRequest(
    method,
    href,
    body,
    secrets.map((secret) => secret.reveal()),
  );
}

/** Exotel answers 403/1003 as well as 404/1000 for a trunk that does not exist. */
function isGone(problem: Problem): boolean {
  return problem.kind === 'notFound' || (problem.kind === 'forbidden' && problem.code === 1003);
}

/** A repeated DELETE found nothing to delete: the one before had done it. */
function alreadyDone(problem: Problem, call: CallFacts): Answer {
  const { httpStatus, requestId } = problem;
  const facts = { httpStatus: httpStatus ?? 404, requestId, retryAfterMs: null };
  return { envelope: emptyEnvelope(facts.httpStatus, requestId), facts, call };
}
