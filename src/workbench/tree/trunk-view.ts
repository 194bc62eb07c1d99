/**
 * workbench/: everything that imports `vscode`.
 *
 * The view around the tree: greeting, filter message, selection, revealing a row.
 */
import { commands, l10n, type TreeView } from 'vscode';
import type { AccountRef, NodeRef } from '../../app/refs';
import type { ViewState } from '../../app/tree/view-state';
import type { TrunkTree } from './trunk-tree';

/** VS Code waits 200 ms with a redraw; a row it does not have yet cannot be shown. */
const REDRAWN_MS = 400;

/** Trunks to read one by one that take more than a minute: Exotel takes 200 calls in it. */
const MANY = 200;

export class TrunkView {
  readonly #tree: TrunkTree;
  readonly #view: TreeView<NodeRef>;
  readonly #subscription: { dispose(): void };
  /** Null before the first time. */
  #shown: {
    readonly state: ViewState;
    readonly filtered: boolean;
    readonly message: string;
  } | null = null;
  #found: string | null = null;

  constructor(tree: TrunkTree, view: TreeView<NodeRef>) {
    this.#tree = tree;
    this.#view = view;
    this.#subscription = tree.onDidChangeState(() => {
      this.#update();
    });
    this.#update();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  get selection(): readonly NodeRef[] {
    return this.#view.selection;
  }

  /** Shows and selects the row, opening what is above it. A row that is filtered out is left alone. */
  async reveal(ref: NodeRef, options: { readonly focus?: boolean } = {}): Promise<void> {
    if (!this.#view.visible) return;
    if (this.#tree.uncover(ref)) await rest(REDRAWN_MS);
    try {
      await this.#view.reveal(this.#tree.intern(ref), {
        select: true,
        focus: options.focus ?? false,
      });
    } catch {
      // The row went away, or the filter hides it: there is nothing to show.
    }
  }

  /** The next trunks of a list that is cut; the focus goes to the first of them. */
  async showMore(account: AccountRef): Promise<void> {
    const first = this.#tree.showMore(account);
    if (first === null) return;
    await rest(REDRAWN_MS);
    await this.reveal(first, { focus: true });
  }

  #update(): void {
    const state = this.#tree.viewState;
    const filtered = this.#tree.filter !== null;
    this.#showFound();
    const message = this.#message();
    const before = this.#shown;
    if (before?.state === state && before.filtered === filtered && before.message === message) {
      return;
    }
    this.#shown = { state, filtered, message };
    this.#view.message = message;
    void commands.executeCommand('setContext', 'exotelSip.view', state);
    void commands.executeCommand('setContext', 'exotelSip.filtered', filtered);
  }

  /** Once per filter, when everything is searched: opens the rows above the first number found. */
  #showFound(): void {
    const { filter, firstNumberFound } = this.#tree;
    if (filter === this.#found || (filter !== null && firstNumberFound === null)) return;
    this.#found = filter;
    if (firstNumberFound !== null) void this.#revealSoon(firstNumberFound);
  }

  async #revealSoon(ref: NodeRef): Promise<void> {
    await rest(REDRAWN_MS);
    await this.reveal(ref);
  }

  /** '' for none. A greeting is shown only while there is no message. */
  #message(): string {
    const matches = this.#tree.matches;
    if (matches === null || this.#tree.viewState !== 'list') return '';
    const text = this.#tree.filter ?? '';
    const trunks = matches.trunks === 1 ? l10n.t('1 trunk') : l10n.t('{0} trunks', matches.trunks);
    const numbers =
      matches.numbers === 1 ? l10n.t('1 number') : l10n.t('{0} numbers', matches.numbers);
    const found =
      matches.numbers > 0
        ? l10n.t('“{0}”: {1}, {2}', text, trunks, numbers)
        : l10n.t('“{0}”: {1}', text, trunks);
    const problem = this.#tree.searchProblem;
    if (problem !== null) {
      return l10n.t('{0}. Exotel could not be asked for the number: {1}', found, problem.what);
    }
    if (matches.unsearched === 0) return found;
    const all = matches.searched + matches.unsearched;
    return matches.unsearched > MANY
      ? l10n.t(
          '{0}, searched {1} of {2}… A whole number is found at once.',
          found,
          matches.searched,
          all,
        )
      : l10n.t('{0}, searched {1} of {2}…', found, matches.searched, all);
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
