/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Which failed calls are made again, and when. A call that creates something is repeated only when it
 * certainly did not arrive: Exotel has no idempotency key, so twice sent is twice created.
 */
import type { Problem, ProblemKind } from './errors';

/** Attempts in all for faults of the network and the server. */
const MAX_ATTEMPTS = 3;
/** Attempts in all when Exotel says "too many calls": it did nothing, and time mends it. */
const MAX_RATE_LIMITED_ATTEMPTS = 5;
/** What a call waits at most, all its retries together. A longer Retry-After is told, not waited out. */
export const MAX_WAIT_MS = 120_000;

const FAULT_BACKOFF_MS = 300;
const RATE_LIMIT_BACKOFF_MS = 1_000;

/**
 * How long to leave the server alone after a failure: as long as it asked for, else twice as long each
 * time. `attempt` is 1 for the first; `random` gives 0 to 1.
 */
export function backoffMs(
  kind: ProblemKind,
  retryAfterMs: number | null,
  attempt: number,
  random: () => number,
): number {
  if (retryAfterMs !== null) return retryAfterMs;
  const base = kind === 'rateLimited' ? RATE_LIMIT_BACKOFF_MS : FAULT_BACKOFF_MS;
  // Between the half and the whole, so that clients that failed together do not return together.
  return Math.round(base * 2 ** (attempt - 1) * (0.5 + random() / 2));
}

export interface Failure {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly problem: Problem;
  /** The request certainly did not arrive. */
  readonly neverSent: boolean;
  readonly attempt: number;
  /** What this call has waited already, and would wait now. */
  readonly waitedMs: number;
  readonly delayMs: number;
}

export function isRetried(failure: Failure): boolean {
  const { method, problem, neverSent, attempt, waitedMs, delayMs } = failure;
  if (waitedMs + delayMs > MAX_WAIT_MS) return false;
  if (problem.kind === 'rateLimited') return attempt < MAX_RATE_LIMITED_ATTEMPTS;
  if (attempt >= MAX_ATTEMPTS) return false;
  if (problem.kind === 'server') return method !== 'POST';
  if (problem.kind !== 'network') return false;
  // A certificate or a proxy's refusal is the same a second later.
  if (problem.cause === 'tls' || problem.cause === 'proxy') return false;
  return method !== 'POST' || neverSent;
}

/**
 * Retry-After as milliseconds: seconds or an HTTP date, which is compared with the server's own Date
 * where it sent one, because clocks differ. Null when absent or nonsense.
 */
export function parseRetryAfter(
  value: string | null,
  date: string | null,
  now: number,
): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // An HTTP date names its day and month; Date.parse alone would take "-5" or "2" for a date.
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const serverNow = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow));
}
