/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Changes made while something is being fetched, to be made again on the answer: it may be older than
 * they are, and an old answer must not hide a new row.
 */

/** One change, as Exotel confirmed it. */
export type Happening<Row> = { readonly put: Row } | { readonly removed: string };

export class Journal {
  readonly #readers = new Map<string, Set<Happening<unknown>[]>>();

  note(key: string, happening: Happening<unknown>): void {
    for (const happenings of this.#readers.get(key) ?? []) happenings.push(happening);
  }

  /** What `work` gave, and what was noted under `key` since it began. */
  async during<T, Row>(
    key: string,
    work: () => Promise<T>,
  ): Promise<{ readonly answer: T; readonly happenings: readonly Happening<Row>[] }> {
    const happenings: Happening<unknown>[] = [];
    const readers = this.#readers.get(key) ?? new Set();
    this.#readers.set(key, readers.add(happenings));
    try {
      // The type of the rows is the key's; only the loader knows both.
      return { answer: await work(), happenings: happenings as readonly Happening<Row>[] };
    } finally {
      readers.delete(happenings);
      if (readers.size === 0) this.#readers.delete(key);
    }
  }
}

/** The rows with the changes made on them, in their order. */
export function replay<Row>(
  rows: readonly Row[],
  happenings: readonly Happening<Row>[],
  idOf: (row: Row) => string,
): Row[] {
  // A map keeps the place of a row that is put again.
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  for (const happening of happenings) {
    if ('put' in happening) byId.set(idOf(happening.put), happening.put);
    else byId.delete(happening.removed);
  }
  return [...byId.values()];
}
