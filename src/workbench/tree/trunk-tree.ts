/**
 * workbench/: everything that imports `vscode`.
 *
 * The tree: a synchronous picture of the models. What a row shows is looked up when it is drawn; a change
 * in a model redraws the rows it names and nothing else.
 */
import { EventEmitter, TreeItem } from 'vscode';
import type { Account } from '../../app/accounts/account';
import type { AccountChange, TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import type { Log } from '../../app/log';
import {
  type AccountRef,
  nodeId,
  type NodeRef,
  type NoteRef,
  parentOf,
  type RowRef,
  type SectionRef,
  type TrunkRef,
  trunkRef,
} from '../../app/refs';
import { OpenAccounts } from '../../app/tree/open-accounts';
import { type Matches, TrunkSearch } from '../../app/tree/search';
import { TreeRows } from '../../app/tree/tree-rows';
import { viewState, type ViewState } from '../../app/tree/view-state';
import type { Problem } from '../../exotel/errors';
import { busyKey, type TrunkSnapshot } from '../../trunks/snapshot';
import { RefTree } from './ref-tree';
import type { TrunkState } from '../../setup/judge';
import { describeTrunk, type RowText } from './row-text';
import {
  accountItem,
  emptyItem,
  failedItem,
  loadingItem,
  moreItem,
  pendingItem,
  rowItem,
  sectionItem,
  trunkItem,
} from './trunk-items';

/** How many first-call checks of a trunk fail; says when that changes. */
export interface Badges {
  failing(accountId: string, trunkSid: string): number;
  readonly onDidChangeBadge: (
    listener: (of: { readonly accountId: string; readonly trunkSid: string }) => void,
  ) => { dispose(): void };
}

/** How far a trunk is set up, from what is known of it; null while that is not enough. Fetches nothing. */
export type StateOf = (trunk: TrunkRef) => TrunkState | null;

export class TrunkTree extends RefTree<NodeRef> {
  readonly #registry: AccountRegistry;
  readonly #accounts: OpenAccounts;
  readonly #search: TrunkSearch;
  readonly #rows: TreeRows;
  readonly #badges: Badges | null;
  readonly #stateOf: StateOf;
  readonly #stateChanged = new EventEmitter<void>();
  readonly #subscriptions: { dispose(): void }[];
  #drawn: ViewState | null = null;
  /** Accounts that show nothing but "Loading…". */
  readonly #waiting = new Set<string>();
  /** What a trunk's row said of its state when it was drawn last. */
  readonly #drawnStates = new WeakMap<NodeRef, string>();

  /** The greeting, the filter or its count may differ. */
  readonly onDidChangeState = this.#stateChanged.event;

  constructor(
    registry: AccountRegistry,
    models: TrunkModels,
    log: Pick<Log, 'error'>,
    badges: Badges | null = null,
    stateOf: StateOf = () => null,
  ) {
    super();
    this.#registry = registry;
    this.#badges = badges;
    this.#stateOf = stateOf;
    this.#accounts = new OpenAccounts(models, log);
    this.#search = new TrunkSearch(registry, this.#accounts, log);
    this.#rows = new TreeRows(registry, this.#accounts, this.#search);
    this.#subscriptions = [
      registry.onDidChange(({ kind, account }) => {
        this.#search.changed();
        if (kind !== 'added') this.#accounts.forget(account.id);
        if (kind === 'removed') this.#rows.forget(account.id);
        const one = kind === 'changed' || kind === 'keys';
        const ref: AccountRef = { kind: 'account', accountId: account.id };
        this.redraw(one && registry.list().length > 1 ? ref : undefined);
      }),
      models.onDidChange((change) => this.#follow(change)),
      this.#search.onProgress(() => this.redrawSoon()),
    ];
    if (badges !== null) {
      const draw = ({ accountId, trunkSid }: { accountId: string; trunkSid: string }) =>
        this.redraw(trunkRef(accountId, trunkSid));
      this.#subscriptions.push(badges.onDidChangeBadge(draw));
    }
  }

  override dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#search.dispose();
    super.dispose();
    this.#stateChanged.dispose();
  }

  get viewState(): ViewState {
    return viewState(this.#registry, this.#accounts, this.#search);
  }

  get filter(): string | null {
    return this.#search.text;
  }

  /** Null shows everything. What must be read to search it is read behind. */
  setFilter(text: string | null): void {
    this.#search.set(text);
    this.#rows.filterChanged();
    this.redraw(undefined);
  }

  /** Null without a filter. */
  get matches(): Matches | null {
    return this.#search.matches;
  }

  /** Why Exotel could not say which trunk has the whole number that is filtered by. */
  get searchProblem(): Problem | null {
    return this.#search.problem;
  }

  /** The number the filter found first, when it searched everywhere; to be shown. */
  get firstNumberFound(): RowRef | null {
    return this.#search.firstNumber;
  }

  /** Forgets which accounts could not be opened, so that they are tried again. */
  reopen(): void {
    this.#accounts.forget();
    this.redraw(undefined);
  }

  /** Draws the next trunks of a list that is cut. Gives the first of them. */
  showMore(account: AccountRef): TrunkRef | null {
    const first = this.#rows.showMore(account);
    this.redraw(account);
    return first;
  }

  /** Makes sure that the row is not beyond the end of a list that is cut. True when it was. */
  uncover(ref: NodeRef): boolean {
    if (ref.kind === 'account') return false;
    if (ref.kind === 'note') return this.uncover(ref.parent);
    const { accountId, trunkSid } = ref;
    if (!this.#rows.showTrunk(accountId, trunkSid)) return false;
    this.redraw({ kind: 'account', accountId });
    return true;
  }

  /** The failed call an error row tells of; null for other rows, and when there is none any more. */
  problemOf({ noteId, parent }: NoteRef): Problem | null {
    if (noteId === 'closed') return this.#accounts.problem(parent.accountId);
    if (noteId !== 'failed') return null;
    const model = this.#accounts.peek(parent.accountId);
    const state =
      parent.kind === 'section'
        ? model?.trunk(parent.trunkSid)?.sections[parent.section]
        : model?.trunks;
    return state?.state === 'failed' ? state.problem : null;
  }

  protected override idOf(ref: NodeRef): string {
    return nodeId(ref);
  }

  protected override parentOf(ref: NodeRef): NodeRef | null {
    return parentOf(ref);
  }

  protected override childrenOf(ref: NodeRef | undefined): readonly NodeRef[] {
    switch (ref?.kind) {
      case undefined:
        this.#drawn = this.viewState;
        this.#stateChanged.fire();
        return this.#drawn === 'list' ? this.#rows.accounts() : [];
      case 'account':
        if (this.#rows.isWaiting(ref.accountId)) {
          this.#waiting.add(ref.accountId);
          void this.#load(ref);
        } else {
          this.#waiting.delete(ref.accountId);
        }
        return this.#rows.trunks(ref);
      case 'trunk':
        return this.#rows.sections(ref);
      case 'section':
        return this.#rows.rows(ref);
      case 'row':
      case 'note':
        return [];
    }
  }

  protected override itemOf(ref: NodeRef): TreeItem {
    const account = this.#registry.get(ref.kind === 'note' ? ref.parent.accountId : ref.accountId);
    if (account === null) return new TreeItem('');
    if (ref.kind === 'note') return this.#noteItem(ref);
    if (ref.kind === 'account') {
      const isOnly = this.#registry.list().length === 1;
      return accountItem(account, isOnly || this.filter !== null);
    }
    const model = this.#accounts.peek(account.id);
    const snapshot = model?.trunk(ref.trunkSid);
    if (model == null || snapshot == null) return new TreeItem('');
    switch (ref.kind) {
      case 'trunk': {
        const found = this.#search.match(account.id, ref.trunkSid);
        return trunkItem(this.#trunkText(ref, snapshot, account), found?.numberIds != null);
      }
      case 'section': {
        const visible = this.#rows.visibleIds(ref, snapshot).length;
        return sectionItem(ref.section, snapshot, visible, account);
      }
      case 'row': {
        const row = model.row(ref.trunkSid, ref.section, ref.rowId);
        if (row === null) return new TreeItem('');
        return rowItem(ref.section, row, snapshot, !account.readOnly);
      }
    }
  }

  #trunkText(ref: TrunkRef, snapshot: TrunkSnapshot, account: Account): RowText {
    const busy = snapshot.busy.get(busyKey(null, '')) ?? null;
    const failing = this.#badges?.failing(ref.accountId, ref.trunkSid) ?? 0;
    const state = this.#stateOf(ref);
    this.#drawnStates.set(this.intern(ref), said(state));
    return describeTrunk(snapshot.trunk, account, busy, failing, state);
  }

  #noteItem(ref: NoteRef): TreeItem {
    const { parent, noteId } = ref;
    switch (noteId) {
      case 'loading':
        return loadingItem();
      case 'empty':
        return emptyItem(this.filter !== null, this.searchProblem !== null);
      case 'more': {
        const cut = this.#rows.cut(parent.accountId);
        return cut === null ? new TreeItem('') : moreItem(ref, cut);
      }
      case 'failed':
      case 'closed':
        return failedItem(ref, this.problemOf(ref));
    }
    const model = this.#accounts.peek(parent.accountId);
    const pending =
      parent.kind === 'section'
        ? model?.trunk(parent.trunkSid)?.pending[parent.section]
        : model?.pendingTrunks;
    return pendingItem(pending?.find((row) => row.id === noteId)?.label ?? '');
  }

  // Following the models.

  #follow({ accountId, change }: AccountChange): void {
    const isSearched = change.kind === 'trunks' || change.kind === 'trunk';
    if (isSearched || change.section === 'numbers') this.#search.changed();
    if (change.kind === 'trunks') {
      this.#redrawAccount({ kind: 'account', accountId });
      if (this.#accounts.peek(accountId)?.trunks.state === 'ready') this.#search.resume();
      return;
    }
    const trunk = trunkRef(accountId, change.trunkSid);
    if (change.kind === 'trunk') {
      if (this.filter === null) this.redraw(trunk);
      else this.redrawSoon();
      return;
    }
    const section: SectionRef = { ...trunk, kind: 'section', section: change.section };
    if (this.filter !== null && change.section === 'numbers') this.redrawSoon();
    else if (this.#saysAnotherState(trunk)) this.redraw(trunk);
    else if (change.kind === 'section' || change.section === 'settings') this.redraw(section);
    else this.redraw({ ...section, kind: 'row', rowId: change.rowId });
  }

  /** Drawing a trunk's row draws what is beneath it, too: only when it says something new. */
  #saysAnotherState(trunk: TrunkRef): boolean {
    const row = this.known(trunk);
    const drawn = row === undefined ? undefined : this.#drawnStates.get(row);
    return drawn !== undefined && drawn !== said(this.#stateOf(trunk));
  }

  async #load(ref: AccountRef): Promise<void> {
    const model = this.#accounts.peek(ref.accountId) ?? (await this.#accounts.open(ref.accountId));
    if (model?.trunks.state === 'idle') void model.ensureTrunks();
    this.#redrawAccount(ref);
  }

  /**
   * The list of an only account decides whether the view shows it or a greeting in its place. "Loading…" is
   * not drawn a second time: VS Code waits 200 ms with a further redraw, forgets the rows for a moment
   * while it is at it, and a button pressed then reaches its command without a row.
   */
  #redrawAccount(ref: AccountRef): void {
    const greetingChanged = this.viewState !== this.#drawn;
    const same = this.#waiting.has(ref.accountId) && this.#rows.isWaiting(ref.accountId);
    if (same && !greetingChanged) {
      this.#stateChanged.fire();
      return;
    }
    this.redraw(greetingChanged || this.filter !== null ? undefined : ref);
  }

  protected override redraw(ref: NodeRef | undefined): void {
    super.redraw(ref);
    this.#stateChanged.fire();
  }
}

function said(state: TrunkState | null): string {
  return state === null ? '' : `${state.level} ${state.words}`;
}
