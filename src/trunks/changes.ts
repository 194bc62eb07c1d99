/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * How an answer reaches the store: what every operation on trunks and rows has in common.
 */
import type { OwnCredential } from '../exotel/model';
import { type BulkOptions, type BulkOutcome, runBulk } from './bulk';
import type { TrunkLoader } from './loader';
import { gone, type Log, mayHaveArrived, problemOf } from './problems';
import {
  type PendingRow,
  rowId,
  type Section,
  type SectionRows,
  type TrunkSnapshot,
} from './snapshot';
import type { TrunkStore } from './store';

export class Changes {
  #nextPending = 0;

  constructor(
    readonly store: TrunkStore,
    readonly loader: TrunkLoader,
    readonly log: Log | undefined,
  ) {}

  put<S extends Section>(trunkSid: string, section: S, row: SectionRows[S][number]): void {
    this.loader.rowTouched(trunkSid, section, { put: row });
    this.store.putRow(trunkSid, section, row);
  }

  removed(trunkSid: string, section: Section, id: string): void {
    this.loader.rowTouched(trunkSid, section, { removed: id });
    this.store.removeRow(trunkSid, section, id);
  }

  known(trunkSid: string): TrunkSnapshot {
    const snapshot = this.store.trunk(trunkSid);
    if (snapshot === null) throw gone('trunk');
    return snapshot;
  }

  knownRow<S extends Section>(trunkSid: string, section: S, id: string): SectionRows[S][number] {
    const row = this.store.row(trunkSid, section, id);
    if (row === null) throw gone('entry');
    return row;
  }

  ownCredential(trunkSid: string, id: string): OwnCredential {
    const credential = this.knownRow(trunkSid, 'credentials', id);
    if (credential.kind !== 'own') throw gone('credential');
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
    isSame: (row: SectionRows[S][number]) => boolean,
    call: () => Promise<SectionRows[S][number]>,
  ): Promise<SectionRows[S][number]> {
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
      const rows = this.store.rows(trunkSid, section) as readonly SectionRows[S][number][] | null;
      const present = rows?.find(isSame);
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
    call: (row: SectionRows[S][number]) => Promise<SectionRows[S][number]>,
  ): Promise<BulkOutcome<string, SectionRows[S][number]>> {
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

  removeRows<S extends Section>(
    trunkSid: string,
    section: S,
    ids: readonly string[],
    doing: string,
    options: BulkOptions,
    call: (row: SectionRows[S][number]) => Promise<void>,
  ): Promise<BulkOutcome<string>> {
    return this.bulk(
      ids,
      async (id) => {
        const row = this.knownRow(trunkSid, section, id);
        await this.busy(trunkSid, section, id, doing, () => call(row));
        this.removed(trunkSid, section, rowId(section, row));
      },
      options,
    );
  }
}
