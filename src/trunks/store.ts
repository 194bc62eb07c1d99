/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Holds the snapshots and says, change by change, which rows differ. No calls, no clocks: state in,
 * events out. What is done to one trunk costs the same among ten thousand as among ten.
 */
import type { Problem } from '../exotel/errors';
import type { Trunk } from '../exotel/model';
import { Emitter, type Event } from './event';
import { sameRow, sameRows } from './same';
import { perSection, rowId, type Rows, type Section, type SectionRow } from './sections';
import {
  busyKey,
  type Change,
  type Loadable,
  type PendingRow,
  type SectionState,
  type TrunkSnapshot,
} from './snapshot';

const IDLE = { state: 'idle', value: null } as const;

/** What nothing was loaded of yet; the same for all of them, as most are never opened. */
const UNOPENED: Omit<TrunkSnapshot, 'trunk'> = {
  sections: perSection(() => IDLE),
  pending: perSection(() => []),
  busy: new Map(),
};

/** A reload that changes more rows than this redraws the list once instead of each of them. */
const MOST_ROWS_TOLD = 100;

/** How far the list is; its value is what `#snapshots` holds, once it was loaded. */
type ListState =
  | { readonly state: 'idle' | 'loading' | 'ready' }
  | { readonly state: 'failed'; readonly problem: Problem };

export class TrunkStore {
  readonly #changes = new Emitter<Change>();
  /** In the order of the list. */
  #snapshots = new Map<string, TrunkSnapshot>();
  #list: ListState = IDLE;
  /** Whether `#snapshots` are a list: a trunk that is added before any was loaded makes none. */
  #isListed = false;
  /** What the list was before the load that is under way. */
  #beforeLoading: ListState = IDLE;
  #pending: readonly PendingRow[] = [];
  /** What `trunks` gave last; null after a change. */
  #read: Loadable<readonly TrunkSnapshot[]> | null = null;

  readonly onDidChange: Event<Change> = this.#changes.event;

  /** The same object until something changes. */
  get trunks(): Loadable<readonly TrunkSnapshot[]> {
    return (this.#read ??= this.#readList());
  }

  /** Trunks that are being created. */
  get pending(): readonly PendingRow[] {
    return this.#pending;
  }

  trunk(trunkSid: string): TrunkSnapshot | null {
    return this.#snapshots.get(trunkSid) ?? null;
  }

  rows<S extends Section>(trunkSid: string, section: S): Rows<S> | null {
    return this.trunk(trunkSid)?.sections[section].value ?? null;
  }

  row<S extends Section>(trunkSid: string, section: S, id: string): SectionRow[S] | null {
    return this.rows(trunkSid, section)?.find((row) => rowId(section, row) === id) ?? null;
  }

  // The list of trunks.

  listLoading(): void {
    this.#beforeLoading = this.#list;
    this.#setList({ state: 'loading' });
    // A reload shows what was there until its answer differs.
    if (this.#beforeLoading.state !== 'ready') this.#changes.fire({ kind: 'trunks' });
  }

  listFailed(problem: Problem): void {
    this.#setList({ state: 'failed', problem });
    this.#changes.fire({ kind: 'trunks' });
  }

  /** Back to what it was before `listLoading`: a load that was cancelled. */
  listUnloaded(): void {
    const before = this.#beforeLoading;
    this.#setList(before);
    if (before.state !== 'ready') this.#changes.fire({ kind: 'trunks' });
  }

  /** Takes a fetched list; trunks that stay keep what was loaded beneath them, those that are gone go. */
  listReady(trunks: readonly Trunk[]): void {
    const before = this.#snapshots;
    const wasReady =
      this.#list.state === 'ready' ||
      (this.#list.state === 'loading' && this.#beforeLoading.state === 'ready');
    // Most of the time nothing has changed: nothing is built for it then.
    if (wasReady && this.#isKnown(trunks)) {
      this.#setList({ state: 'ready' });
      return;
    }
    const after = new Map<string, TrunkSnapshot>();
    const changed: string[] = [];
    for (const trunk of trunks) {
      const known = before.get(trunk.sid);
      if (known !== undefined && sameRow(known.trunk, trunk)) {
        after.set(trunk.sid, known);
      } else {
        after.set(trunk.sid, { ...(known ?? UNOPENED), trunk });
        changed.push(trunk.sid);
      }
    }
    this.#snapshots = after;
    this.#isListed = true;
    this.#setList({ state: 'ready' });
    const isSameList = wasReady && sameOrder(before.keys(), after.keys());
    if (!isSameList || changed.length > MOST_ROWS_TOLD) {
      this.#changes.fire({ kind: 'trunks' });
      return;
    }
    for (const trunkSid of changed) this.#changes.fire({ kind: 'trunk', trunkSid });
  }

  /** `pendingId`: the pending row that this trunk takes the place of. */
  addTrunk(trunk: Trunk, pendingId: string | null = null): void {
    this.#set({ ...(this.#snapshots.get(trunk.sid) ?? UNOPENED), trunk });
    this.#pending = this.#pending.filter((row) => row.id !== pendingId);
    // A list that was never loaded stays so: one trunk is not the whole.
    if (this.#list.state === 'failed') this.#isListed = true;
    this.#changes.fire({ kind: 'trunks' });
  }

  removeTrunk(trunkSid: string): void {
    this.#snapshots.delete(trunkSid);
    this.#read = null;
    this.#changes.fire({ kind: 'trunks' });
  }

  updateTrunk(trunk: Trunk): void {
    const known = this.#snapshots.get(trunk.sid);
    if (known === undefined || sameRow(known.trunk, trunk)) return;
    this.#set({ ...known, trunk });
    this.#changes.fire({ kind: 'trunk', trunkSid: trunk.sid });
  }

  addPendingTrunk(row: PendingRow): void {
    this.#pending = [...this.#pending, row];
    this.#changes.fire({ kind: 'trunks' });
  }

  removePendingTrunk(id: string): void {
    if (!this.#pending.some((row) => row.id === id)) return;
    this.#pending = this.#pending.filter((row) => row.id !== id);
    this.#changes.fire({ kind: 'trunks' });
  }

  // One trunk's sections.

  sectionLoading(trunkSid: string, section: Section): void {
    const value = this.rows(trunkSid, section);
    this.#setSection(trunkSid, section, { state: 'loading', value });
  }

  sectionFailed(trunkSid: string, section: Section, problem: Problem): void {
    const value = this.rows(trunkSid, section);
    this.#setSection(trunkSid, section, { state: 'failed', value, problem });
  }

  sectionUnloaded(trunkSid: string, section: Section): void {
    const value = this.rows(trunkSid, section);
    this.#setSection(trunkSid, section, value === null ? IDLE : { state: 'ready', value });
  }

  sectionReady<S extends Section>(trunkSid: string, section: S, rows: Rows<S>): void {
    this.#setSection(trunkSid, section, { state: 'ready', value: rows });
  }

  /** Puts the API's answer in place of the row with the same id, or adds it. */
  putRow<S extends Section>(trunkSid: string, section: S, row: SectionRow[S]): void {
    const snapshot = this.trunk(trunkSid);
    if (snapshot === null) return;
    const loaded: Loadable<Rows<S>> = snapshot.sections[section];
    // A section that was never loaded stays so: one row is not the whole.
    if (loaded.value === null) {
      this.#changes.fire({ kind: 'section', trunkSid, section });
      return;
    }
    const id = rowId(section, row);
    const rows: Rows<S> = loaded.value;
    const index = rows.findIndex((candidate) => rowId(section, candidate) === id);
    const known = rows[index];
    if (known !== undefined && sameRow(known, row)) return;
    const value = known === undefined ? [...rows, row] : rows.with(index, row);
    this.#patchSection(snapshot, section, { ...loaded, value });
    this.#changes.fire(
      known === undefined
        ? { kind: 'section', trunkSid, section }
        : { kind: 'row', trunkSid, section, rowId: id },
    );
  }

  removeRow<S extends Section>(trunkSid: string, section: S, id: string): void {
    const snapshot = this.trunk(trunkSid);
    const loaded: Loadable<Rows<S>> | undefined = snapshot?.sections[section];
    if (snapshot === null || loaded === undefined || loaded.value === null) return;
    const value = loaded.value.filter((row) => rowId(section, row) !== id);
    this.#patchSection(snapshot, section, { ...loaded, value });
    this.#changes.fire({ kind: 'section', trunkSid, section });
  }

  addPending(trunkSid: string, section: Section, row: PendingRow): void {
    this.#setPending(trunkSid, section, (rows) => [...rows, row]);
  }

  removePending(trunkSid: string, section: Section, id: string): void {
    this.#setPending(trunkSid, section, (rows) => rows.filter((row) => row.id !== id));
  }

  /** Shows `text` on a row while something happens to it; null takes it away. `id` '' is the trunk's own row. */
  setBusy(trunkSid: string, section: Section | null, id: string, text: string | null): void {
    const snapshot = this.trunk(trunkSid);
    if (snapshot === null) return;
    const busy = new Map(snapshot.busy);
    const key = busyKey(section, id);
    if (text === null) busy.delete(key);
    else busy.set(key, text);
    this.#set({ ...snapshot, busy });
    this.#changes.fire(
      section === null
        ? { kind: 'trunk', trunkSid }
        : { kind: 'row', trunkSid, section, rowId: id },
    );
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** These trunks, as they are, in this order. */
  #isKnown(trunks: readonly Trunk[]): boolean {
    if (trunks.length !== this.#snapshots.size) return false;
    const known = this.#snapshots.values();
    return trunks.every((trunk) => {
      const { value, done } = known.next();
      return done !== true && sameRow(value.trunk, trunk);
    });
  }

  #readList(): Loadable<readonly TrunkSnapshot[]> {
    const list = this.#list;
    const value = this.#isListed ? [...this.#snapshots.values()] : null;
    switch (list.state) {
      case 'idle':
        return IDLE;
      case 'ready':
        return { state: 'ready', value: value ?? [] };
      case 'loading':
        return { state: 'loading', value };
      case 'failed':
        return { ...list, value };
    }
  }

  #setList(list: ListState): void {
    this.#list = list;
    this.#read = null;
  }

  #set(snapshot: TrunkSnapshot): void {
    this.#snapshots.set(snapshot.trunk.sid, snapshot);
    this.#read = null;
  }

  #patchSection<S extends Section>(
    snapshot: TrunkSnapshot,
    section: S,
    state: Loadable<Rows<S>>,
  ): void {
    const sections: SectionState = { ...snapshot.sections, [section]: state };
    this.#set({ ...snapshot, sections });
  }

  #setSection<S extends Section>(trunkSid: string, section: S, state: Loadable<Rows<S>>): void {
    const snapshot = this.trunk(trunkSid);
    if (snapshot === null) return;
    const before: Loadable<Rows<S>> = snapshot.sections[section];
    this.#patchSection(snapshot, section, state);
    // A reload that brings what is already shown redraws nothing.
    const unchanged =
      before.value !== null &&
      state.value !== null &&
      state.state !== 'failed' &&
      before.state !== 'failed' &&
      sameRows(before.value, state.value);
    if (!unchanged) this.#changes.fire({ kind: 'section', trunkSid, section });
  }

  #setPending(
    trunkSid: string,
    section: Section,
    change: (rows: readonly PendingRow[]) => readonly PendingRow[],
  ): void {
    const snapshot = this.trunk(trunkSid);
    if (snapshot === null) return;
    const pending = { ...snapshot.pending, [section]: change(snapshot.pending[section]) };
    this.#set({ ...snapshot, pending });
    this.#changes.fire({ kind: 'section', trunkSid, section });
  }
}

function sameOrder(a: Iterable<string>, b: Iterable<string>): boolean {
  const others = b[Symbol.iterator]();
  for (const one of a) if (others.next().value !== one) return false;
  return others.next().done === true;
}
