/**
 * app/: the application, without `vscode`.
 *
 * How many of an account's trunks have a row. An editor's tree is slow with thousands of siblings and ends
 * in an error with ten thousand, so a long list is cut, says so, and grows when asked.
 */

/** Rows at first, and what each "Show more" adds. */
export const TRUNKS_AT_ONCE = 200;

interface Shown {
  readonly limit: number;
  /** SIDs of trunks beyond the limit that have a row all the same: one was asked for by name. */
  readonly singled: ReadonlySet<string>;
}

const FIRST: Shown = { limit: TRUNKS_AT_ONCE, singled: new Set() };

export class ShownTrunks {
  /** By account id; what was shown is remembered for the window. */
  readonly #byAccount = new Map<string, Shown>();

  /** Of the trunks in question those that have a row, in their order. */
  cut<T>(accountId: string, all: readonly T[], sidOf: (trunk: T) => string): readonly T[] {
    const { limit, singled } = this.#byAccount.get(accountId) ?? FIRST;
    if (all.length <= limit) return all;
    const first = all.slice(0, limit);
    if (singled.size === 0) return first;
    const beyond = all.slice(limit).filter((trunk) => singled.has(sidOf(trunk)));
    return [...first, ...beyond];
  }

  /** The next ones get a row, too. Gives the index of the first of them. */
  more(accountId: string): number {
    const shown = this.#byAccount.get(accountId) ?? FIRST;
    this.#byAccount.set(accountId, { ...shown, limit: shown.limit + TRUNKS_AT_ONCE });
    return shown.limit;
  }

  /** This trunk gets a row, wherever it stands in the list. */
  single(accountId: string, trunkSid: string): void {
    const shown = this.#byAccount.get(accountId) ?? FIRST;
    const singled = new Set(shown.singled).add(trunkSid);
    this.#byAccount.set(accountId, { ...shown, singled });
  }

  forget(accountId?: string): void {
    if (accountId === undefined) this.#byAccount.clear();
    else this.#byAccount.delete(accountId);
  }
}
