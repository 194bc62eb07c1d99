/**
 * workbench/: everything that imports `vscode`.
 *
 * The tree: a synchronous picture of the models. Rows are plain references; what they show is looked up
 * when they are drawn. A change in a model redraws the rows it names and nothing else.
 */
import {
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeDataProvider,
} from 'vscode';
import { ExotelError, type Problem } from '../../exotel/errors';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { matchTrunk, type TrunkMatch } from '../../trunks/filter';
import { busyKey, rowId, type Section, SECTIONS, type TrunkSnapshot } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import type { AccountChange, TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import type { Log } from '../../app/log';
import {
  describeAccount,
  describeRow,
  describeSection,
  describeTrunk,
  problemFlags,
  problemText,
  type RowText,
} from './row-text';
import {
  type AccountRef,
  nodeId,
  type NodeRef,
  type NoteRef,
  parentOf,
  type RowRef,
  type SectionRef,
  type TrunkRef,
} from '../../app/refs';

/** Which text greets in an empty view; also the value of the context key `exotelSip.view`. */
export type ViewState = 'list' | 'noAccount' | 'noTrunk' | 'unreachable' | 'refused' | 'noMatch';

const REDRAW_MS = 100;

/** How many first-call checks of a trunk fail; says when that changes. */
export interface Badges {
  failing(accountId: string, trunkSid: string): number;
  readonly onDidChangeBadge: (
    listener: (of: { readonly accountId: string; readonly trunkSid: string }) => void,
  ) => { dispose(): void };
}

export class TrunkTree implements TreeDataProvider<NodeRef> {
  readonly #log: Pick<Log, 'error'>;
  readonly #registry: AccountRegistry;
  readonly #models: TrunkModels;
  readonly #badges: Badges | null;
  readonly #changed = new EventEmitter<NodeRef | undefined>();
  readonly #stateChanged = new EventEmitter<void>();
  readonly #subscriptions: { dispose(): void }[];
  /** Accounts whose model could not be opened, e.g. because the keyring has no key. */
  readonly #closed = new Map<string, Problem>();
  /** VS Code knows a row by its object: the same row must be the same object every time. */
  readonly #interned = new Map<string, NodeRef>();
  #drawn: ViewState | null = null;
  /** Accounts that show nothing but "Loading…". */
  readonly #waiting = new Set<string>();
  #filter: string | null = null;
  /** Loads of numbers for the filter; given up when it changes. */
  #search: AbortController | null = null;
  #redrawSoon: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;
  /** The greeting, the filter or its count may differ. */
  readonly onDidChangeState = this.#stateChanged.event;

  constructor(
    registry: AccountRegistry,
    models: TrunkModels,
    log: Pick<Log, 'error'>,
    badges: Badges | null = null,
  ) {
    this.#log = log;
    this.#badges = badges;
    this.#registry = registry;
    this.#models = models;
    this.#subscriptions = [
      registry.onDidChange((event) => {
        if (event.kind !== 'added') this.#closed.delete(event.account.id);
        const one = event.kind === 'changed' || event.kind === 'keys';
        this.#redraw(one && registry.list().length > 1 ? accountRef(event.account) : undefined);
      }),
      models.onDidChange((change) => this.#follow(change)),
      ...(badges === null
        ? []
        : [
            badges.onDidChangeBadge(({ accountId, trunkSid }) => {
              this.#redraw({ kind: 'trunk', accountId, trunkSid });
            }),
          ]),
    ];
  }

  dispose(): void {
    clearTimeout(this.#redrawSoon);
    this.#search?.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#stateChanged.dispose();
  }

  get filter(): string | null {
    return this.#filter;
  }

  /** Null shows everything. Loads the numbers that must be known to search them. */
  setFilter(text: string | null): void {
    this.#filter = text === null || text.trim() === '' ? null : text.trim();
    this.#search?.abort();
    this.#search = this.#filter === null ? null : new AbortController();
    this.#redraw(undefined);
    void this.#loadNumbers();
  }

  /** Null without a filter. */
  get matches(): {
    readonly trunks: number;
    readonly numbers: number;
    /** Trunks whose numbers are known, and those whose are not yet. */
    readonly searched: number;
    readonly unsearched: number;
  } | null {
    if (this.#filter === null) return null;
    let trunks = 0;
    let numbers = 0;
    let searched = 0;
    let unsearched = 0;
    for (const { snapshot } of this.#everyTrunk()) {
      const { numbers: loaded } = snapshot.sections;
      if (loaded.value === null && loaded.state !== 'failed') unsearched += 1;
      else searched += 1;
      const match = this.#match(snapshot);
      if (match === null) continue;
      trunks += 1;
      numbers += match.numberIds?.size ?? 0;
    }
    return { trunks, numbers, searched, unsearched };
  }

  /** The number the filter found first, when it searched everywhere; to be shown. */
  get firstNumberFound(): RowRef | null {
    if (this.matches?.unsearched !== 0) return null;
    for (const { account, snapshot } of this.#everyTrunk()) {
      const [rowIdFound] = this.#match(snapshot)?.numberIds ?? [];
      if (rowIdFound !== undefined) {
        return {
          kind: 'row',
          accountId: account.id,
          trunkSid: snapshot.trunk.sid,
          section: 'numbers',
          rowId: rowIdFound,
        };
      }
    }
    return null;
  }

  get viewState(): ViewState {
    const accounts = this.#registry.list();
    const [only] = accounts;
    if (only === undefined) return 'noAccount';
    if (this.#filter !== null) {
      const matches = this.matches;
      return matches?.trunks === 0 && matches.unsearched === 0 ? 'noMatch' : 'list';
    }
    // With several accounts each says its own state beneath its row.
    if (accounts.length > 1) return 'list';
    const closed = this.#closed.get(only.id);
    if (closed !== undefined) return 'refused';
    const model = this.#models.peek(only.id);
    if (model === null || model.pendingTrunks.length > 0) return 'list';
    const { trunks } = model;
    if (trunks.state === 'ready' && trunks.value.length === 0) return 'noTrunk';
    if (trunks.state === 'failed' && (trunks.value === null || trunks.value.length === 0)) {
      return trunks.problem.kind === 'auth' || trunks.problem.kind === 'forbidden'
        ? 'refused'
        : 'unreachable';
    }
    return 'list';
  }

  /** The object VS Code knows the row by; needed to reveal it. */
  intern<R extends NodeRef>(ref: R): R {
    const id = nodeId(ref);
    const known = this.#interned.get(id);
    if (known !== undefined) return known as R;
    this.#interned.set(id, ref);
    return ref;
  }

  getParent(ref: NodeRef): NodeRef | null {
    const parent = parentOf(ref);
    return parent === null ? null : this.intern(parent);
  }

  /** Answers at once: VS Code shows "already registered" errors when two questions for the same row overlap. */
  getChildren(ref?: NodeRef): NodeRef[] {
    return this.#children(ref).map((child) => this.intern(child));
  }

  #children(ref: NodeRef | undefined): NodeRef[] {
    if (ref === undefined) return this.#accounts();
    switch (ref.kind) {
      case 'account':
        return this.#trunks(ref);
      case 'trunk':
        return this.#sections(ref);
      case 'section':
        return this.#rows(ref);
      case 'row':
      case 'note':
        return [];
    }
  }

  getTreeItem(ref: NodeRef): TreeItem {
    const item = this.#item(ref);
    item.id = nodeId(ref);
    return item;
  }

  /** Forgets which accounts could not be opened, so that they are tried again. */
  reopen(): void {
    this.#closed.clear();
    this.#redraw(undefined);
  }

  // Children.

  #accounts(): NodeRef[] {
    this.#drawn = this.viewState;
    this.#stateChanged.fire();
    if (this.#drawn !== 'list') return [];
    return this.#registry
      .list()
      .filter((account) => this.#filter === null || this.#hasMatch(account))
      .map(accountRef);
  }

  #trunks(ref: AccountRef): NodeRef[] {
    const { accountId } = ref;
    if (this.#isWaiting(accountId)) {
      this.#waiting.add(accountId);
      void this.#load(ref);
      return [note(ref, 'loading')];
    }
    this.#waiting.delete(accountId);
    const model = this.#models.peek(accountId);
    if (model === null) return [note(ref, 'closed')];
    const { trunks } = model;
    const rows: NodeRef[] = (trunks.value ?? [])
      .filter((snapshot) => this.#filter === null || this.#match(snapshot) !== null)
      .map((snapshot) => ({
        kind: 'trunk',
        accountId: ref.accountId,
        trunkSid: snapshot.trunk.sid,
      }));
    rows.push(...model.pendingTrunks.map((pending) => note(ref, pending.id)));
    if (trunks.state === 'failed') rows.unshift(note(ref, 'failed'));
    else if (trunks.state === 'loading' && trunks.value === null) rows.push(note(ref, 'loading'));
    else if (rows.length === 0) rows.push(note(ref, 'empty'));
    return rows;
  }

  /** Nothing is known of the account's trunks yet, and nothing went wrong. */
  #isWaiting(accountId: string): boolean {
    const model = this.#models.peek(accountId);
    if (model === null) return !this.#closed.has(accountId);
    const { trunks } = model;
    if (trunks.state === 'idle') return true;
    return trunks.state === 'loading' && trunks.value === null && model.pendingTrunks.length === 0;
  }

  async #load(ref: AccountRef): Promise<void> {
    const model = this.#models.peek(ref.accountId) ?? (await this.#open(ref.accountId));
    if (model?.trunks.state === 'idle') void model.ensureTrunks();
    this.#redrawAccount(ref);
  }

  #sections(ref: TrunkRef): NodeRef[] {
    const model = this.#models.peek(ref.accountId);
    const snapshot = model?.trunk(ref.trunkSid);
    if (model == null || snapshot == null) return [];
    // Fetched once, all five in parallel, when the trunk is opened.
    const idle = SECTIONS.filter((section) => snapshot.sections[section].state === 'idle');
    if (idle.length > 0) void model.ensureSections(ref.trunkSid, idle);
    return SECTIONS.map((section) => ({ ...ref, kind: 'section', section }));
  }

  #rows(ref: SectionRef): NodeRef[] {
    const snapshot = this.#models.peek(ref.accountId)?.trunk(ref.trunkSid);
    if (snapshot == null) return [];
    const { section } = ref;
    const loaded = snapshot.sections[section];
    // A load for the filter that was given up.
    if (loaded.state === 'idle') {
      void this.#models.peek(ref.accountId)?.ensureSections(ref.trunkSid, [section]);
    }
    // The caller ID is shown in the section's own row.
    const visible = section === 'settings' ? [] : this.#visibleRows(snapshot, section);
    const rows: NodeRef[] = visible.map((row) => ({
      ...ref,
      kind: 'row',
      rowId: rowId(section, row),
    }));
    rows.push(...snapshot.pending[section].map((pending) => note(ref, pending.id)));
    if (loaded.state === 'failed') rows.unshift(note(ref, 'failed'));
    else if (loaded.value === null) rows.push(note(ref, 'loading'));
    return rows;
  }

  #visibleRows(snapshot: TrunkSnapshot, section: Section) {
    const rows = snapshot.sections[section].value ?? [];
    const match = section === 'numbers' ? this.#match(snapshot) : null;
    const ids = match?.numberIds ?? null;
    return ids === null ? [...rows] : rows.filter((row) => ids.has(rowId(section, row)));
  }

  // Items.

  #item(ref: NodeRef): TreeItem {
    const account = this.#registry.get(ref.kind === 'note' ? ref.parent.accountId : ref.accountId);
    if (account === null) return new TreeItem('');
    const model = this.#models.peek(account.id);
    if (ref.kind === 'account') return this.#accountItem(account);
    if (ref.kind === 'note') return this.#noteItem(ref, model);
    const snapshot = model?.trunk(ref.trunkSid);
    if (snapshot == null) return new TreeItem('');
    switch (ref.kind) {
      case 'trunk': {
        const busy = snapshot.busy.get(busyKey(null, '')) ?? null;
        const failing = this.#badges?.failing(account.id, ref.trunkSid) ?? 0;
        const item = toItem(describeTrunk(snapshot.trunk, account, busy, failing));
        item.collapsibleState =
          this.#match(snapshot)?.numberIds == null
            ? TreeItemCollapsibleState.Collapsed
            : TreeItemCollapsibleState.Expanded;
        return item;
      }
      case 'section':
        return this.#sectionItem(ref, snapshot, account);
      case 'row':
        return this.#rowItem(ref, snapshot, account);
    }
  }

  #accountItem(account: Account): TreeItem {
    const item = toItem(describeAccount(account));
    item.collapsibleState =
      this.#registry.list().length === 1 || this.#filter !== null
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
    return item;
  }

  #sectionItem(ref: SectionRef, snapshot: TrunkSnapshot, account: Account): TreeItem {
    const { section } = ref;
    const loaded = snapshot.sections[section];
    const isSetting = section === 'settings';
    const alias = isSetting ? (this.#callerId(ref) ?? null) : null;
    const count = loaded.value?.length ?? null;
    const visible = this.#visibleRows(snapshot, section).length;
    const item = toItem(
      describeSection(
        section,
        {
          loading: loaded.state === 'loading' || loaded.state === 'idle',
          problem: loaded.state === 'failed' ? loaded.problem : null,
          count: isSetting && alias === null && count !== null ? 0 : count,
          shown: visible === count ? null : visible,
          value: alias,
          busy: isSetting ? this.#settingBusy(snapshot) : null,
        },
        account,
      ),
    );
    const empty =
      count === 0 && loaded.state !== 'failed' && snapshot.pending[section].length === 0;
    if ((isSetting && loaded.state !== 'failed') || empty)
      item.collapsibleState = TreeItemCollapsibleState.None;
    else if (visible !== count) item.collapsibleState = TreeItemCollapsibleState.Expanded;
    else item.collapsibleState = TreeItemCollapsibleState.Collapsed;
    return item;
  }

  #rowItem(ref: RowRef, snapshot: TrunkSnapshot, account: Account): TreeItem {
    const row = this.#models.peek(ref.accountId)?.row(ref.trunkSid, ref.section, ref.rowId);
    if (row == null) return new TreeItem('');
    const describe = describeRow[ref.section] as (row: unknown, writable: boolean) => RowText;
    const text = describe(row, !account.readOnly);
    const item = toItem(text);
    const busy = snapshot.busy.get(busyKey(ref.section, ref.rowId));
    if (busy !== undefined) {
      item.description = busy;
      item.iconPath = new ThemeIcon('loading~spin');
      item.accessibilityInformation = { label: `${text.label}, ${busy}` };
    }
    return item;
  }

  #noteItem(ref: NoteRef, model: AccountTrunks | null): TreeItem {
    const { parent, noteId } = ref;
    if (noteId === 'loading') {
      return noteRow(l10n.t('Loading…'), new ThemeIcon('loading~spin'));
    }
    if (noteId === 'empty') {
      const label = this.#filter === null ? l10n.t('No trunk yet') : l10n.t('No match');
      const item = noteRow(label, new ThemeIcon('info'));
      item.contextValue = 'note+empty';
      return item;
    }
    if (noteId === 'failed' || noteId === 'closed') {
      const problem = this.#problemAt(ref, model);
      const item = noteRow(
        problem?.what ?? l10n.t('Could not be loaded.'),
        new ThemeIcon('error', new ThemeColor('errorForeground')),
      );
      if (problem !== null) {
        item.description = problem.doNext;
        item.tooltip = problemText(problem);
        item.accessibilityInformation = { label: problemText(problem) };
      }
      item.contextValue = `note+failed+${noteId}`;
      if (problem !== null) item.contextValue += problemFlags(problem);
      // The one row that is a button: its only use is to try again.
      item.command = { command: 'exotelSip.view.retry', title: l10n.t('Retry'), arguments: [ref] };
      return item;
    }
    const pending =
      parent.kind === 'section'
        ? model?.trunk(parent.trunkSid)?.pending[parent.section]
        : model?.pendingTrunks;
    const label = pending?.find((row) => row.id === noteId)?.label ?? '';
    const item = noteRow(label, new ThemeIcon('loading~spin'));
    item.description = l10n.t('creating…');
    item.accessibilityInformation = { label: l10n.t('{0}, creating…', label) };
    return item;
  }

  /** The failed call an error row tells of; null for other rows, and when there is none any more. */
  problemOf(ref: NoteRef): Problem | null {
    const { noteId, parent } = ref;
    if (noteId !== 'failed' && noteId !== 'closed') return null;
    return this.#problemAt(ref, this.#models.peek(parent.accountId));
  }

  #problemAt(ref: NoteRef, model: AccountTrunks | null): Problem | null {
    const { parent } = ref;
    if (ref.noteId === 'closed') return this.#closed.get(parent.accountId) ?? null;
    const state =
      parent.kind === 'section'
        ? model?.trunk(parent.trunkSid)?.sections[parent.section]
        : model?.trunks;
    return state?.state === 'failed' ? state.problem : null;
  }

  #callerId(ref: SectionRef): string | null {
    return this.#models.peek(ref.accountId)?.callerId(ref.trunkSid) ?? null;
  }

  #settingBusy(snapshot: TrunkSnapshot): string | null {
    for (const [key, text] of snapshot.busy) {
      if (key.startsWith(busyKey('settings', ''))) return text;
    }
    return null;
  }

  // Following the models.

  #follow({ accountId, change }: AccountChange): void {
    const account: AccountRef = { kind: 'account', accountId };
    if (change.kind === 'trunks') {
      this.#redrawAccount(account);
      if (this.#models.peek(accountId)?.trunks.state === 'ready') void this.#loadNumbers();
      return;
    }
    const trunk: TrunkRef = { kind: 'trunk', accountId, trunkSid: change.trunkSid };
    if (change.kind === 'trunk') {
      if (this.#filter === null) this.#redraw(trunk);
      else this.#redrawAllSoon();
      return;
    }
    const section: SectionRef = { ...trunk, kind: 'section', section: change.section };
    if (this.#filter !== null && change.section === 'numbers') this.#redrawAllSoon();
    else if (change.kind === 'section' || change.section === 'settings') this.#redraw(section);
    else this.#redraw({ ...section, kind: 'row', rowId: change.rowId });
  }

  /**
   * The list of an only account decides whether the view shows it or a greeting in its place. "Loading…" is
   * not drawn a second time: VS Code waits 200 ms with a further redraw, forgets the rows for a moment
   * while it is at it, and a button pressed then reaches its command without a row.
   */
  #redrawAccount(ref: AccountRef): void {
    const greetingChanged = this.viewState !== this.#drawn;
    const same = this.#waiting.has(ref.accountId) && this.#isWaiting(ref.accountId);
    if (same && !greetingChanged) {
      this.#stateChanged.fire();
      return;
    }
    this.#redraw(greetingChanged || this.#filter !== null ? undefined : ref);
  }

  /** While a filter loads the numbers of many trunks, each of them may show or hide rows. */
  #redrawAllSoon(): void {
    this.#redrawSoon ??= setTimeout(() => {
      this.#redrawSoon = undefined;
      this.#redraw(undefined);
    }, REDRAW_MS);
  }

  #redraw(ref: NodeRef | undefined): void {
    this.#changed.fire(ref === undefined ? undefined : this.intern(ref));
    this.#stateChanged.fire();
  }

  async #open(accountId: string): Promise<AccountTrunks | null> {
    try {
      const model = await this.#models.open(accountId);
      this.#closed.delete(accountId);
      return model;
    } catch (error) {
      if (!(error instanceof ExotelError)) this.#log.error('open account', error);
      this.#closed.set(accountId, error instanceof ExotelError ? error.problem : unexpected());
      return null;
    }
  }

  // Filter.

  *#everyTrunk(): Iterable<{ account: Account; model: AccountTrunks; snapshot: TrunkSnapshot }> {
    for (const account of this.#registry.list()) {
      const model = this.#models.peek(account.id);
      for (const snapshot of model?.trunks.value ?? []) {
        if (model !== null) yield { account, model, snapshot };
      }
    }
  }

  #match(snapshot: TrunkSnapshot): TrunkMatch | null {
    return this.#filter === null ? null : matchTrunk(snapshot, this.#filter);
  }

  #hasMatch(account: Account): boolean {
    const model = this.#models.peek(account.id);
    // Not yet loaded: shown, so that opening it loads it.
    if (model?.trunks.value == null) return true;
    return model.trunks.value.some((snapshot) => this.#match(snapshot) !== null);
  }

  async #loadNumbers(): Promise<void> {
    const signal = this.#search?.signal;
    if (signal === undefined) return;
    const accounts = this.#registry.list().filter(({ id }) => !this.#closed.has(id));
    await Promise.all(
      accounts.map(async ({ id }) => {
        const model = await this.#open(id);
        // A list that failed is not tried again and again: its Retry row does that.
        if (model?.trunks.state === 'idle') await model.ensureTrunks();
      }),
    );
    if (signal.aborted) return;
    const idle = [...this.#everyTrunk()].filter(
      ({ snapshot }) => snapshot.sections.numbers.state === 'idle',
    );
    await Promise.all(
      idle.map(({ model, snapshot }) =>
        model.ensureSections(snapshot.trunk.sid, ['numbers'], signal),
      ),
    );
  }
}

function unexpected(): Problem {
  return {
    kind: 'badResponse',
    operation: 'open account',
    requestId: null,
    httpStatus: null,
    code: null,
    description: null,
    what: l10n.t('This account could not be opened because of a defect in this extension.'),
    doNext: l10n.t('See the log, or remove the account and add it again.'),
  };
}

function accountRef(account: Account): AccountRef {
  return { kind: 'account', accountId: account.id };
}

function note(parent: AccountRef | SectionRef, noteId: string): NoteRef {
  return { kind: 'note', parent, noteId };
}

function toItem(text: RowText): TreeItem {
  const item = new TreeItem(text.label);
  item.description = text.description;
  item.iconPath = text.icon;
  item.tooltip = text.tooltip;
  item.contextValue = text.contextValue;
  item.accessibilityInformation = { label: text.spoken };
  return item;
}

function noteRow(label: string, icon: ThemeIcon): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = icon;
  item.contextValue = 'note';
  item.accessibilityInformation = { label };
  return item;
}
