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
import type { NodeRef, RowRef, TrunkRef } from './node';
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
    const numbers = data.get(MIME)?.value as readonly RowRef[] | undefined;
    const trunk = target === undefined ? null : trunkOf(target);
    const [first] = numbers ?? [];
    if (trunk === null || first === undefined || first.trunkSid === trunk.trunkSid) return;
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
    const message = this.#message();
    const shown = JSON.stringify([state, filtered, message]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#view.message = message;
    void commands.executeCommand('setContext', 'exotelSip.view', state);
    void commands.executeCommand('setContext', 'exotelSip.filtered', filtered);
  }

  // VS Code takes '' and undefined alike for "no message".
  #message(): string {
    const state = this.#tree.viewState;
    if (state === 'unreachable' || state === 'refused') {
      const problem = this.#tree.viewProblem;
      return problem === null ? '' : `${problem.sentence} ${problem.nextStep}`;
    }
    const matches = this.#tree.matches;
    if (matches === null) return '';
    const text = this.#tree.filter ?? '';
    const found =
      matches.numbers > 0
        ? l10n.t('“{0}”: {1} trunks, {2} numbers', text, matches.trunks, matches.numbers)
        : l10n.t('“{0}”: {1} trunks', text, matches.trunks);
    if (matches.unsearched === 0) return found;
    const all = matches.searched + matches.unsearched;
    return l10n.t('{0}, searched {1} of {2}…', found, matches.searched, all);
  }
}
