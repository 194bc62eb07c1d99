/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * Which requests came and how they were answered. No headers, no bodies: nothing secret.
 */

export interface RecordedRequest {
  readonly method: string;
  /** With the query, as it was sent; the beginning of one that no operation could have. */
  readonly path: string;
  /** 0 while there is no answer, and for good when the connection went without one. */
  readonly status: number;
  /** When it arrived: milliseconds by the sandbox's clock. */
  readonly at: number;
}

/** Older ones are forgotten, so that a sandbox can run for days. */
const KEPT = 10_000;
/** Anybody on this computer, a web page too, can send paths of 16 KB; nobody is to fill the memory so. */
const MAX_PATH = 1000;

export class RequestLog {
  #entries: { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] }[] = [];
  #mutations = 0;

  /** @returns where to note the status. */
  arrived(method: string, path: string, at: number): (status: number) => void {
    const entry = { method, path: bounded(path), status: 0, at };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
    if (method !== 'GET') this.#mutations += 1;
    return (status) => {
      entry.status = status;
    };
  }

  entries(): readonly RecordedRequest[] {
    return this.#entries.map((entry) => Object.freeze({ ...entry }));
  }

  mutations(): number {
    return this.#mutations;
  }

  clear(): void {
    this.#entries = [];
    this.#mutations = 0;
  }
}

/** A copy, because a mere slice would keep the whole text alive. */
function bounded(path: string): string {
  return path.length <= MAX_PATH ? path : `${Buffer.from(path.slice(0, MAX_PATH)).toString()}…`;
}
