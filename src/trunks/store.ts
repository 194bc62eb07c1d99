/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Holds the snapshots and says, change by change, which rows differ. No calls, no clocks: state in,
 * events out.
 */
import type { Problem } from '../exotel/errors';
import type { Trunk } from '../exotel/model';
import { Emitter, type Event } from './event';
import {
  type Change,
  type Loadable,
  type PendingRow,
  rowId,
  type Section,
  type SectionRows,
  type SectionState,
  type TrunkSnapshot,
} from './snapshot';

const IDLE = { state: 'idle', value: null } as const;

function emptySnapshot(trunk: Trunk): TrunkSnapshot {
  return {
    trunk,
    sections: {
      numbers: IDLE,
      ips: IDLE,
      destinations: IDLE,
      credentials: IDLE,
      settings: IDLE,
    },
    pending: { numbers: [], ips: [], destinations: [], credentials: [], settings: [] },
    busy: new Map(),
  };
}

function sameFacts(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class TrunkStore {
  readonly #changes = new Emitter<Change>();
  readonly #snapshots = new Map<string, TrunkSnapshot>();
  #list: Loadable<readonly string[]> = IDLE;
  /** What the list was before the load that is under way. */
  #beforeLoading: Loadable<readonly string[]> = IDLE;
  #pending: readonly PendingRow[] = [];

  readonly onDidChange: Event<Change> = this.#changes.event;

  get trunks(): Loadable<readonly TrunkSnapshot[]> {
    const list = this.#list;
    const value = (list.value ?? []).flatMap((sid) => this.#snapshots.get(sid) ?? []);
    switch (list.state) {
      case 'idle':
        return list;
      case 'ready':
        return { ...list, value };
      case 'loading':
      case 'failed':
        return { ...list, value: list.value === null ? null : value };
    }
  }

  /** Trunks that are being created. */
  get pending(): readonly PendingRow[] {
    return this.#pending;
  }

  trunk(trunkSid: string): TrunkSnapshot | null {
    return this.#snapshots.get(trunkSid) ?? null;
  }

  rows<S extends Section>(trunkSid: string, section: S): SectionRows[S] | null {
    return this.trunk(trunkSid)?.sections[section].value ?? null;
  }

  row<S extends Section>(trunkSid: string, section: S, id: string): SectionRows[S][number] | null {
    const rows = this.rows(trunkSid, section) as readonly SectionRows[S][number][] | null;
    return rows?.find((row) => rowId(section, row) === id) ?? null;
  }

  // The list of trunks.

  listLoading(): void {
    this.#beforeLoading = this.#list;
    this.#list = { state: 'loading', value: this.#list.value };
    // A reload shows what was there until its answer differs.
    if (this.#beforeLoading.state !== 'ready') this.#changes.fire({ kind: 'trunks' });
  }

  listFailed(problem: Problem): void {
    this.#list = { state: 'failed', value: this.#list.value, problem };
    this.#changes.fire({ kind: 'trunks' });
  }

  /** Back to what it was before `listLoading`: a load that was cancelled. */
  listUnloaded(): void {
    const { value } = this.#list;
    const before = this.#beforeLoading;
    this.#list = value === null || before.state === 'idle' ? before : { ...before, value };
    if (before.state !== 'ready') this.#changes.fire({ kind: 'trunks' });
  }

  /** Takes a fetched list; trunks that stay keep what was loaded beneath them. */
  listReady(trunks: readonly Trunk[]): void {
    const sids = [...new Set(trunks.map((trunk) => trunk.sid))];
    const wasReady =
      this.#list.state === 'ready' ||
      (this.#list.state === 'loading' && this.#beforeLoading.state === 'ready');
    let differs = !wasReady || !sameFacts(this.#list.value, sids);
    for (const sid of [...this.#snapshots.keys()]) {
      if (!sids.includes(sid)) this.#snapshots.delete(sid);
    }
    for (const trunk of trunks) {
      const known = this.#snapshots.get(trunk.sid);
      if (known !== undefined && sameFacts(known.trunk, trunk)) continue;
      this.#snapshots.set(trunk.sid, known ? { ...known, trunk } : emptySnapshot(trunk));
      differs = true;
    }
    this.#list = { state: 'ready', value: sids };
    if (differs) this.#changes.fire({ kind: 'trunks' });
  }

  /** `pendingId`: the pending row that this trunk takes the place of. */
  addTrunk(trunk: Trunk, pendingId: string | null = null): void {
    const known = this.#snapshots.get(trunk.sid);
    this.#snapshots.set(trunk.sid, known ? { ...known, trunk } : emptySnapshot(trunk));
    this.#pending = this.#pending.filter((row) => row.id !== pendingId);
    const { state, value } = this.#list;
    // A list that was never loaded stays so: one trunk is not the whole.
    if (value !== null || state === 'failed') {
      const sids = value ?? [];
      this.#list = {
        ...this.#list,
        value: sids.includes(trunk.sid) ? sids : [...sids, trunk.sid],
      };
    }
    this.#changes.fire({ kind: 'trunks' });
  }

  removeTrunk(trunkSid: string): void {
    this.#snapshots.delete(trunkSid);
    if (this.#list.value !== null) {
      const value = this.#list.value.filter((sid) => sid !== trunkSid);
      this.#list = { ...this.#list, value };
    }
    this.#changes.fire({ kind: 'trunks' });
  }

  updateTrunk(trunk: Trunk): void {
    const known = this.#snapshots.get(trunk.sid);
    if (known === undefined || sameFacts(known.trunk, trunk)) return;
    this.#patch(trunk.sid, { trunk });
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

  sectionReady<S extends Section>(trunkSid: string, section: S, rows: SectionRows[S]): void {
    this.#setSection(trunkSid, section, { state: 'ready', value: rows });
  }

  /** Puts the API's answer in place of the row with the same id, or adds it. */
  putRow<S extends Section>(trunkSid: string, section: S, row: SectionRows[S][number]): void {
    const snapshot = this.trunk(trunkSid);
    if (snapshot === null) return;
    const loaded = snapshot.sections[section];
    // A section that was never loaded stays so: one row is not the whole.
    if (loaded.value === null) {
      this.#changes.fire({ kind: 'section', trunkSid, section });
      return;
    }
    const rows = loaded.value as readonly SectionRows[S][number][];
    const id = rowId(section, row);
    const index = rows.findIndex((candidate) => rowId(section, candidate) === id);
    if (index >= 0 && sameFacts(rows[index], row)) return;
    const next = index >= 0 ? rows.with(index, row) : [...rows, row];
    this.#patchSection(trunkSid, section, { ...loaded, value: next } as Loadable<SectionRows[S]>);
    this.#changes.fire(
      index >= 0
        ? { kind: 'row', trunkSid, section, rowId: id }
        : { kind: 'section', trunkSid, section },
    );
  }

  removeRow(trunkSid: string, section: Section, id: string): void {
    const loaded = this.trunk(trunkSid)?.sections[section];
    if (loaded === undefined || loaded.value === null) return;
    const rows = loaded.value as readonly SectionRows[Section][number][];
    const next = rows.filter((row) => rowId(section, row) !== id);
    this.#patchSection(trunkSid, section, { ...loaded, value: next } as SectionState[Section]);
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
    this.#patch(trunkSid, { busy });
    this.#changes.fire(
      section === null
        ? { kind: 'trunk', trunkSid }
        : { kind: 'row', trunkSid, section, rowId: id },
    );
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #patch(trunkSid: string, patch: Partial<TrunkSnapshot>): void {
    const snapshot = this.#snapshots.get(trunkSid);
    if (snapshot !== undefined) this.#snapshots.set(trunkSid, { ...snapshot, ...patch });
  }

  #patchSection<S extends Section>(
    trunkSid: string,
    section: S,
    state: Loadable<SectionRows[S]>,
  ): void {
    const snapshot = this.#snapshots.get(trunkSid);
    if (snapshot === undefined) return;
    this.#patch(trunkSid, { sections: { ...snapshot.sections, [section]: state } });
  }

  #setSection<S extends Section>(
    trunkSid: string,
    section: S,
    state: Loadable<SectionRows[S]>,
  ): void {
    const before = this.#snapshots.get(trunkSid)?.sections[section];
    if (before === undefined) return;
    this.#patchSection(trunkSid, section, state);
    // A reload that brings what is already shown redraws nothing.
    const unchanged =
      before.value !== null &&
      state.state !== 'failed' &&
      before.state !== 'failed' &&
      sameFacts(before.value, state.value);
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
    this.#patch(trunkSid, { pending });
    this.#changes.fire({ kind: 'section', trunkSid, section });
  }
}

/** Key of `TrunkSnapshot.busy`. */
export function busyKey(section: Section | null, id: string): string {
  return section === null ? '' : `${section}/${id}`;
}
