/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * How an answer reaches the store: what every operation on trunks and rows has in common.
 */
import type { ExotelApi } from '../exotel/api';
import type { OwnCredential } from '../exotel/model';
import { type BulkOptions, type BulkOutcome, runBulk } from './bulk';
import type { TrunkLoader } from './loader';
import { type Log, mayHaveArrived, problemOf, rowGone, trunkGone } from './problems';
import { type Section, type SectionRow, sections } from './sections';
import type { PendingRow, TrunkSnapshot } from './snapshot';
import type { TrunkStore } from './store';

export class Changes {
  readonly #api: ExotelApi;
  #nextPending = 0;

  constructor(
    api: ExotelApi,
    readonly store: TrunkStore,
    readonly loader: TrunkLoader,
    readonly log: Log | undefined,
  ) {
    this.#api = api;
  }

  put<S extends Section>(trunkSid: string, section: S, row: SectionRow[S]): void {
    this.loader.rowTouched(trunkSid, section, { put: row });
    this.store.putRow(trunkSid, section, row);
  }

  removed(trunkSid: string, section: Section, id: string): void {
    this.loader.rowTouched(trunkSid, section, { removed: id });
    this.store.removeRow(trunkSid, section, id);
  }

  known(trunkSid: string): TrunkSnapshot {
    const snapshot = this.store.trunk(trunkSid);
    if (snapshot === null) throw trunkGone();
    return snapshot;
  }

  knownRow<S extends Section>(trunkSid: string, section: S, id: string): SectionRow[S] {
    const row = this.store.row(trunkSid, section, id);
    if (row === null) throw rowGone();
    return row;
  }

  ownCredential(trunkSid: string, id: string): OwnCredential {
    const credential = this.knownRow(trunkSid, 'credentials', id);
    if (credential.kind !== 'own') throw rowGone();
    return credential;
  }

  newPending(label: string): PendingRow {
    this.#nextPending += 1;
    return { id: `pending-${this.#nextPending}`, label };
  }

  /** Shows `doing` on the trunk or its row while `work` runs. */
  async busy<T>(
    trunkSid: string,
    section: Section | null,
    id: string,
    doing: string,
    work: () => Promise<T>,
  ): Promise<T> {
    this.store.setBusy(trunkSid, section, id, doing);
    try {
      return await work();
    } finally {
      this.store.setBusy(trunkSid, section, id, null);
    }
  }

  bulk<Input, T>(
    inputs: readonly Input[],
    work: (input: Input) => Promise<T>,
    options: BulkOptions,
  ): Promise<BulkOutcome<Input, T>> {
    const signal = this.loader.until(options.signal);
    return runBulk(inputs, work, { ...options, signal }, this.log);
  }

  async create<S extends Section>(
    trunkSid: string,
    section: S,
    label: string,
    isSame: (row: SectionRow[S]) => boolean,
    call: () => Promise<SectionRow[S]>,
  ): Promise<SectionRow[S]> {
    const pending = this.newPending(label);
    this.store.addPending(trunkSid, section, pending);
    try {
      const created = await call();
      this.put(trunkSid, section, created);
      return created;
    } catch (error) {
      const problem = problemOf(error, this.log);
      // "Already there" is what was wanted when it is there on this trunk; the API says only "duplicate".
      // And a call that got no answer may have been carried out all the same.
      if (problem.kind !== 'conflict' && !mayHaveArrived(problem)) throw error;
      await this.loader.loadSection(trunkSid, section, { afresh: true });
      const present = this.store.rows(trunkSid, section)?.find(isSame);
      if (present === undefined) throw error;
      return present;
    } finally {
      this.store.removePending(trunkSid, section, pending.id);
    }
  }

  changeRows<S extends Section>(
    trunkSid: string,
    section: S,
    ids: readonly string[],
    doing: string,
    options: BulkOptions,
    call: (row: SectionRow[S]) => Promise<SectionRow[S]>,
  ): Promise<BulkOutcome<string, SectionRow[S]>> {
    return this.bulk(
      ids,
      async (id) => {
        const row = this.knownRow(trunkSid, section, id);
        const changed = await this.busy(trunkSid, section, id, doing, () => call(row));
        this.put(trunkSid, section, changed);
        return changed;
      },
      options,
    );
  }

  removeRows(
    trunkSid: string,
    section: Section,
    ids: readonly string[],
    options: BulkOptions,
  ): Promise<BulkOutcome<string>> {
    return this.bulk(
      ids,
      async (id) => {
        this.knownRow(trunkSid, section, id);
        await this.removeRow(trunkSid, section, id);
      },
      options,
    );
  }

  /** One call; the row says so while it runs, and is gone after it. */
  async removeRow(
    trunkSid: string,
    section: Section,
    id: string,
    signal?: AbortSignal,
  ): Promise<void> {
    const { remove, removing } = sections[section];
    await this.busy(trunkSid, section, id, removing(), () =>
      remove(this.#api, trunkSid, id, { signal }),
    );
    this.removed(trunkSid, section, id);
  }
}
