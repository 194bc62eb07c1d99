/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The time, as a part that comes in from outside, so that waits of minutes are tested in milliseconds.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds since 1970, for comparing with HTTP dates and for measuring. */
  now(): number;
  /** Rejects as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};
