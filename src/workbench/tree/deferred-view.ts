/**
 * workbench/tree: the views as trees.
 *
 * A view that VS Code knows of from the start, and whose tree is built when VS Code first asks for its rows.
 */
import {
  type Event,
  EventEmitter,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  type TreeViewOptions,
  window,
} from 'vscode';

export interface ViewOptions<Ref> extends Omit<TreeViewOptions<Ref>, 'treeDataProvider'> {
  readonly id: string;
}

/** Says which row changed; undefined for all of them. */
export interface Tree<Ref> extends TreeDataProvider<Ref> {
  readonly onDidChangeTreeData: Event<Ref | undefined>;
}

export class DeferredView<Ref> implements TreeDataProvider<Ref> {
  readonly view: TreeView<Ref>;
  readonly #load: () => Promise<unknown>;
  readonly #changed = new EventEmitter<Ref | undefined>();
  #subscription: { dispose(): void } | undefined;
  #tree: Tree<Ref> | null = null;
  #loading: Promise<Tree<Ref>> | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  /** `load` builds the tree and connects it. */
  constructor({ id, ...options }: ViewOptions<Ref>, load: () => Promise<unknown>) {
    this.#load = load;
    this.view = window.createTreeView(id, { ...options, treeDataProvider: this });
  }

  /** From now on the tree answers, at once where it can. */
  connect(tree: Tree<Ref>): void {
    this.#tree = tree;
    this.#subscription = tree.onDidChangeTreeData((row) => this.#changed.fire(row));
  }

  getChildren(ref?: Ref): ProviderResult<Ref[]> {
    return this.#tree?.getChildren(ref) ?? this.#ask((tree) => tree.getChildren(ref));
  }

  getTreeItem(ref: Ref): TreeItem | Thenable<TreeItem> {
    return this.#tree?.getTreeItem(ref) ?? this.#ask((tree) => tree.getTreeItem(ref));
  }

  getParent(ref: Ref): ProviderResult<Ref> {
    if (this.#tree !== null) return this.#tree.getParent?.(ref);
    return this.#ask((tree) => tree.getParent?.(ref));
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  async #ask<Answer>(
    question: (tree: Tree<Ref>) => Answer | PromiseLike<Answer>,
  ): Promise<Awaited<Answer>> {
    this.#loading ??= this.#load().then(() => {
      if (this.#tree === null) throw new Error('No tree was connected.');
      return this.#tree;
    });
    return await question(await this.#loading);
  }
}
