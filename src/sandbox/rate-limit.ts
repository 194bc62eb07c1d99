/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * So many calls in any sixty seconds, and how long to wait when they are used up.
 */
const WINDOW_MS = 60_000;

export class RateLimit {
  readonly #callsPerMinute: number;
  #taken: number[] = [];

  constructor(callsPerMinute: number) {
    this.#callsPerMinute = callsPerMinute;
  }

  /**
   * Takes one call; a refused call takes none.
   * @returns 0 when it may go ahead, else the whole seconds until the next one may.
   */
  take(nowMs: number): number {
    if (this.#callsPerMinute === Infinity) return 0;
    this.#taken = this.#taken.filter((at) => at > nowMs - WINDOW_MS);
    if (this.#taken.length < this.#callsPerMinute) {
      this.#taken.push(nowMs);
      return 0;
    }
    const oldest = this.#taken[0] ?? nowMs;
    return Math.max(1, Math.ceil((oldest + WINDOW_MS - nowMs) / 1000));
  }
}
