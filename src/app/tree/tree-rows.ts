/**
 * app/: the application, without `vscode`.
 *
 * Which rows stand beneath which, as the models are now. What is looked at and was never loaded begins to
 * load; its rows come with the model's events.
 */
import { rowId, SECTIONS, sections } from '../../trunks/sections';
import type { PendingRow, TrunkSnapshot } from '../../trunks/snapshot';
import type { AccountRegistry } from '../accounts/registry';
import {
  type AccountRef,
  type NodeRef,
  type NoteRef,
  type SectionRef,
  type TrunkRef,
  trunkRef,
} from '../refs';
import type { OpenAccounts } from './open-accounts';
import type { Listed, TrunkSearch } from './search';
import { ShownTrunks, TRUNKS_AT_ONCE } from './shown-trunks';

/** How much of a list that is cut has a row. */
export interface Cut {
  readonly shown: number;
  readonly all: number;
  /** What "Show more" adds. */
  readonly next: number;
}

export class TreeRows {
  readonly #registry: Pick<AccountRegistry, 'list'>;
  readonly #accounts: OpenAccounts;
  readonly #search: TrunkSearch;
  readonly #shown = new ShownTrunks();
  /** What a filter shows is another list: how much of it is not what was wanted of the whole. */
  readonly #shownFiltered = new ShownTrunks();

  constructor(
    registry: Pick<AccountRegistry, 'list'>,
    accounts: OpenAccounts,
    search: TrunkSearch,
  ) {
    this.#registry = registry;
    this.#accounts = accounts;
    this.#search = search;
  }

  accounts(): AccountRef[] {
    return this.#registry
      .list()
      .filter(({ id }) => {
        const trunks = this.#search.trunks(id);
        // Not yet loaded: shown, so that opening it loads it.
        return this.#search.text === null || trunks === null || trunks.length > 0;
      })
      .map(({ id }) => ({ kind: 'account', accountId: id }));
  }

  /** Nothing is known of the account's trunks yet, and nothing went wrong. */
  isWaiting(accountId: string): boolean {
    const model = this.#accounts.peek(accountId);
    if (model === null) return this.#accounts.problem(accountId) === null;
    const { trunks } = model;
    if (trunks.state === 'idle') return true;
    return trunks.state === 'loading' && trunks.value === null && model.pendingTrunks.length === 0;
  }

  trunks(ref: AccountRef): NodeRef[] {
    const { accountId } = ref;
    if (this.isWaiting(accountId)) return [note(ref, 'loading')];
    const model = this.#accounts.peek(accountId);
    if (model === null) return [note(ref, 'closed')];
    const { trunks, pendingTrunks } = model;
    const rows: NodeRef[] = this.#cutTrunks(accountId).map(({ trunk }) =>
      trunkRef(accountId, trunk.sid),
    );
    if (this.cut(accountId) !== null) rows.push(note(ref, 'more'));
    rows.push(...pending(ref, pendingTrunks));
    if (trunks.state === 'failed') rows.unshift(note(ref, 'failed'));
    else if (trunks.state === 'loading' && trunks.value === null) rows.push(note(ref, 'loading'));
    else if (rows.length === 0) rows.push(note(ref, 'empty'));
    return rows;
  }

  sections(ref: TrunkRef): SectionRef[] {
    const model = this.#accounts.peek(ref.accountId);
    const snapshot = model?.trunk(ref.trunkSid);
    if (model == null || snapshot == null) return [];
    // Fetched once, all in parallel, when the trunk is opened.
    const idle = SECTIONS.filter((section) => snapshot.sections[section].state === 'idle');
    if (idle.length > 0) void model.ensureSections(ref.trunkSid, idle);
    return SECTIONS.map((section) => ({ ...ref, kind: 'section', section }));
  }

  rows(ref: SectionRef): NodeRef[] {
    const model = this.#accounts.peek(ref.accountId);
    const snapshot = model?.trunk(ref.trunkSid);
    if (model == null || snapshot == null) return [];
    const { section } = ref;
    const loaded = snapshot.sections[section];
    // A load for the filter that was given up.
    if (loaded.state === 'idle') void model.ensureSections(ref.trunkSid, [section]);
    const ids = sections[section].oneValue === null ? this.visibleIds(ref, snapshot) : [];
    const rows: NodeRef[] = ids.map((id) => ({ ...ref, kind: 'row', rowId: id }));
    rows.push(...pending(ref, snapshot.pending[section]));
    if (loaded.state === 'failed') rows.unshift(note(ref, 'failed'));
    else if (loaded.value === null) rows.push(note(ref, 'loading'));
    return rows;
  }

  /** Of the section's rows those that the filter leaves. */
  visibleIds({ accountId, trunkSid, section }: SectionRef, snapshot: TrunkSnapshot): string[] {
    const ids = (snapshot.sections[section].value ?? []).map((row) => rowId(section, row));
    if (section !== 'numbers') return ids;
    const found = this.#search.match(accountId, trunkSid)?.numberIds ?? null;
    return found === null ? ids : ids.filter((id) => found.has(id));
  }

  // A list that is cut.

  /** Null when every trunk has a row. */
  cut(accountId: string): Cut | null {
    const all = this.#search.trunks(accountId)?.length ?? 0;
    const shown = this.#cutTrunks(accountId).length;
    if (shown === all) return null;
    return { shown, all, next: Math.min(TRUNKS_AT_ONCE, all - shown) };
  }

  /** The next trunks get a row. Gives the first of them, null when there was none. */
  showMore({ accountId }: AccountRef): TrunkRef | null {
    const before = this.#cutShown().more(accountId);
    const next = this.#search.trunks(accountId)?.[before];
    return next === undefined ? null : trunkRef(accountId, next.trunk.sid);
  }

  /** Makes sure that the trunk has a row. False when it had one, or the filter hides it. */
  showTrunk(accountId: string, trunkSid: string): boolean {
    const isIt = ({ trunk }: Listed): boolean => trunk.sid === trunkSid;
    if (this.#cutTrunks(accountId).some(isIt)) return false;
    if (this.#search.trunks(accountId)?.some(isIt) !== true) return false;
    this.#cutShown().single(accountId, trunkSid);
    return true;
  }

  /** Another filter shows another list, from its beginning. */
  filterChanged(): void {
    this.#shownFiltered.forget();
  }

  forget(accountId: string): void {
    this.#shown.forget(accountId);
    this.#shownFiltered.forget(accountId);
  }

  #cutShown(): ShownTrunks {
    return this.#search.text === null ? this.#shown : this.#shownFiltered;
  }

  #cutTrunks(accountId: string): readonly Listed[] {
    const all = this.#search.trunks(accountId) ?? [];
    return this.#cutShown().cut(accountId, all, ({ trunk }) => trunk.sid);
  }
}

function note(parent: AccountRef | SectionRef, noteId: string): NoteRef {
  return { kind: 'note', parent, noteId };
}

function pending(parent: AccountRef | SectionRef, rows: readonly PendingRow[]): NoteRef[] {
  return rows.map(({ id }) => note(parent, id));
}
