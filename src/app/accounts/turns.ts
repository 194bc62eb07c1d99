/**
 * app/: the application, without `vscode`.
 *
 * One after the other: what reads, changes and writes back under the same name never overlaps.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `job` when every earlier job of that name has ended, however it ended. */
  take<T>(name: string, job: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(job, job);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(name, settled);
    void settled.then(() => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    return mine;
  }
}
