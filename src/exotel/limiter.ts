/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Keeps an account below Exotel's limit of 200 calls in any minute, retries included. One limiter per
 * account and process, whoever makes the calls: the limit is the account's, not a client's.
 */
import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import { type Clock, systemClock } from './clock';
import type { AccountAddress } from './regions';

/** Documented for the trunk API; see README, "Facts about Exotel". */
export const CALLS_PER_MINUTE = 200;

export interface RateLimiterOptions {
  /** Calls that may start within one interval. Default 200. */
  readonly limit?: number;
  /**
   * Default 60 500 ms: half a second more than Exotel's minute, because we count departures and Exotel
   * counts arrivals, and a slow first call would otherwise narrow its window.
   */
  readonly intervalMs?: number;
  /** Calls under way at once. Default 20; Exotel documents 50 connections for everybody together. */
  readonly concurrency?: number;
  readonly clock?: Clock;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Higher goes first among those that wait. Default 0. */
  readonly priority?: number;
}

/** Why a call ended that was waiting or under way when its limiter was disposed. */
export class LimiterClosed extends Error {
  override readonly name = 'LimiterClosed';
  constructor() {
    super('The account is no longer in use.');
  }
}

export class RateLimiter {
  readonly #queue: PQueue;
  readonly #clock: Clock;
  readonly #running = new Set<AbortController>();
  readonly #end = new AbortController();
  #pauses = 0;

  constructor(options: RateLimiterOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#queue = new PQueue({
      strict: true,
      intervalCap: options.limit ?? CALLS_PER_MINUTE,
      interval: options.intervalMs ?? 60_500,
      concurrency: options.concurrency ?? 20,
    });
    setMaxListeners(0, this.#end.signal);
  }

  /** Calls that wait for their turn. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** A 429 holds the account's calls back. */
  get isPaused(): boolean {
    return this.#pauses > 0;
  }

  /**
   * Starts `work` when its turn comes. The signal it gets is aborted with the caller's or by `dispose`.
   * Aborted while it waits, the call leaves the queue, uses no slot, and the abort reason is thrown.
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>, options: RunOptions = {}): Promise<T> {
    const { signal, priority = 0 } = options;
    if (this.#end.signal.aborted) throw new LimiterClosed();
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    const follow = () => {
      abort.abort(signal?.reason);
    };
    if (signal !== undefined) {
      // Many calls share one cancellation; that is no leak and deserves no warning.
      setMaxListeners(0, signal);
      if (signal.aborted) follow();
      else signal.addEventListener('abort', follow, { once: true });
    }
    this.#running.add(abort);
    try {
      return await this.#queue.add(() => work(abort.signal), { signal: abort.signal, priority });
    } finally {
      this.#running.delete(abort);
      signal?.removeEventListener('abort', follow);
    }
  }

  /** Lets no call start for so long; pauses that overlap end with the last one. */
  pause(ms: number): void {
    if (this.#end.signal.aborted) return;
    this.#pauses += 1;
    this.#queue.pause();
    const resume = () => {
      this.#pauses -= 1;
      if (this.#pauses === 0) this.#queue.start();
    };
    this.#clock.sleep(ms, this.#end.signal).then(resume, resume);
  }

  /** Ends every call that waits or is under way, with LimiterClosed, and leaves no timer behind. */
  dispose(): void {
    this.#end.abort();
    for (const abort of this.#running) abort.abort(new LimiterClosed());
  }
}

/** The limiters of all accounts. Made once per process and handed to whoever makes clients. */
export class Limiters {
  readonly #options: RateLimiterOptions;
  readonly #limiters = new Map<string, RateLimiter>();

  constructor(options: RateLimiterOptions = {}) {
    this.#options = options;
  }

  /** The same limiter for the same account, however often it is asked for. */
  for(address: Pick<AccountAddress, 'baseUrl' | 'accountSid'>): RateLimiter {
    const key = `${new URL(address.baseUrl).origin} ${address.accountSid}`;
    const known = this.#limiters.get(key);
    if (known !== undefined) return known;
    const limiter = new RateLimiter(this.#options);
    this.#limiters.set(key, limiter);
    return limiter;
  }

  dispose(): void {
    for (const limiter of this.#limiters.values()) limiter.dispose();
    this.#limiters.clear();
  }
}
