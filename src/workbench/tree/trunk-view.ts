/**
 * workbench/: everything that imports `vscode`.
 *
 * The view around the tree: greeting, filter message, selection, drag and drop, revealing a row.
 */
import {
  commands,
  DataTransferItem,
  type DataTransfer,
  l10n,
  type TreeDragAndDropController,
  type TreeView,
  window,
} from 'vscode';
import { isNodeRef, type NodeRef, type TrunkRef } from '../../app/refs';
import type { TrunkTree } from './trunk-tree';

export const VIEW_ID = 'exotelSip.trunks';

/** VS Code's own form: `application/vnd.code.tree.<view id, lower case>`. */
const MIME = `application/vnd.code.tree.${VIEW_ID.toLowerCase()}`;

/** A phone number is dragged onto another trunk, or onto anything beneath it, to be moved there. */
class NumberDragAndDrop implements TreeDragAndDropController<NodeRef> {
  readonly dragMimeTypes = [MIME];
  readonly dropMimeTypes = [MIME];

  handleDrag(source: readonly NodeRef[], data: DataTransfer): void {
    const numbers = source.filter((ref) => ref.kind === 'row' && ref.section === 'numbers');
    if (numbers.length > 0) data.set(MIME, new DataTransferItem(numbers));
  }

  async handleDrop(target: NodeRef | undefined, data: DataTransfer): Promise<void> {
    // Dragged from another window it arrives as text, and names rows of that window.
    const dragged: unknown = data.get(MIME)?.value;
    const numbers = Array.isArray(dragged) ? dragged.filter(isNodeRef) : [];
    const trunk = target === undefined ? null : trunkOf(target);
    const [first] = numbers;
    if (trunk === null || first === undefined) return;
    await commands.executeCommand('exotelSip.number.move', first, numbers, trunk);
  }
}

function trunkOf(ref: NodeRef): TrunkRef | null {
  switch (ref.kind) {
    case 'trunk':
      return ref;
    case 'section':
    case 'row':
      return { kind: 'trunk', accountId: ref.accountId, trunkSid: ref.trunkSid };
    case 'note':
      return trunkOf(ref.parent);
    case 'account':
      return null;
  }
}

export class TrunkView {
  readonly #tree: TrunkTree;
  readonly #view: TreeView<NodeRef>;
  readonly #subscription: { dispose(): void };
  #shown = '';
  #found: string | null = null;

  constructor(tree: TrunkTree) {
    this.#tree = tree;
    this.#view = window.createTreeView(VIEW_ID, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: new NumberDragAndDrop(),
    });
    this.#subscription = tree.onDidChangeState(() => {
      this.#update();
    });
    this.#update();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
  }

  get selection(): readonly NodeRef[] {
    return this.#view.selection;
  }

  /** Shows and selects the row, opening what is above it. A row that is filtered out is left alone. */
  async reveal(ref: NodeRef, options: { readonly focus?: boolean } = {}): Promise<void> {
    if (!this.#view.visible) return;
    try {
      await this.#view.reveal(this.#tree.intern(ref), {
        select: true,
        focus: options.focus ?? false,
      });
    } catch {
      // The row went away, or the filter hides it: there is nothing to show.
    }
  }

  #update(): void {
    const state = this.#tree.viewState;
    const filtered = this.#tree.filter !== null;
    this.#showFound();
    const message = this.#message();
    const shown = JSON.stringify([state, filtered, message]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#view.message = message;
    void commands.executeCommand('setContext', 'exotelSip.view', state);
    void commands.executeCommand('setContext', 'exotelSip.filtered', filtered);
  }

  /** Once per filter, when everything is searched: opens the rows above the first number found. */
  #showFound(): void {
    const { filter, firstNumberFound } = this.#tree;
    if (filter === this.#found || (filter !== null && firstNumberFound === null)) return;
    this.#found = filter;
    // VS Code waits 200 ms with a redraw; a row it does not have yet cannot be shown.
    if (firstNumberFound !== null) setTimeout(() => void this.reveal(firstNumberFound), 400);
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
    if (matches.unsearched === 0) return found;
    const all = matches.searched + matches.unsearched;
    return l10n.t('{0}, searched {1} of {2}…', found, matches.searched, all);
  }
}
