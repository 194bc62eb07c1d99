/**
 * workbench/: everything that imports `vscode`.
 *
 * What every tree here has in common: rows are plain references, answered at once from the models; VS Code
 * gets the same object for the same row, and rows that are gone are forgotten.
 */
import { EventEmitter, TreeItem, type TreeDataProvider } from 'vscode';
import type { RowText } from './row-text';

const REDRAW_MS = 100;
/** Above the rows of the first level. */
const ROOT = '';

export abstract class RefTree<Ref> implements TreeDataProvider<Ref> {
  readonly #changed = new EventEmitter<Ref | undefined>();
  /** By id. VS Code knows a row by its object: the same row must be the same object every time. */
  readonly #known = new Map<string, Ref>();
  /** Ids of what was beneath a row when it was asked last. */
  readonly #beneath = new Map<string, ReadonlySet<string>>();
  #soon: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  dispose(): void {
    clearTimeout(this.#soon);
    this.#changed.dispose();
  }

  /** Stable path of the row; the TreeItem's id. */
  protected abstract idOf(ref: Ref): string;
  protected abstract parentOf(ref: Ref): Ref | null;
  protected abstract childrenOf(ref: Ref | undefined): readonly Ref[];
  protected abstract itemOf(ref: Ref): TreeItem;

  /** The object VS Code knows the row by; needed to reveal it. */
  intern(ref: Ref): Ref {
    const known = this.known(ref);
    if (known !== undefined) return known;
    this.#known.set(this.idOf(ref), ref);
    return ref;
  }

  getParent(ref: Ref): Ref | null {
    const parent = this.parentOf(ref);
    return parent === null ? null : this.intern(parent);
  }

  /** Answers at once: VS Code shows "already registered" errors when two questions for the same row overlap. */
  getChildren(ref?: Ref): Ref[] {
    const children = this.childrenOf(ref).map((child) => this.intern(child));
    const above = ref === undefined ? ROOT : this.idOf(ref);
    const ids = new Set(children.map((child) => this.idOf(child)));
    for (const id of this.#beneath.get(above) ?? []) if (!ids.has(id)) this.#forget(id);
    this.#beneath.set(above, ids);
    return children;
  }

  getTreeItem(ref: Ref): TreeItem {
    const item = this.itemOf(ref);
    item.id = this.idOf(ref);
    return item;
  }

  /** The object of a row that VS Code was told of. */
  protected known(ref: Ref): Ref | undefined {
    return this.#known.get(this.idOf(ref));
  }

  /** `undefined` for everything. A row that VS Code was never told of is not remembered for it. */
  protected redraw(ref: Ref | undefined): void {
    this.#changed.fire(ref === undefined ? undefined : (this.known(ref) ?? ref));
  }

  /** Everything, once for all that happens within a moment. */
  protected redrawSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.redraw(undefined);
    }, REDRAW_MS);
  }

  #forget(id: string): void {
    this.#known.delete(id);
    for (const child of this.#beneath.get(id) ?? []) this.#forget(child);
    this.#beneath.delete(id);
  }
}

export function itemOfText(text: RowText): TreeItem {
  const item = new TreeItem(text.label);
  item.description = text.description;
  item.iconPath = text.icon;
  item.tooltip = text.tooltip;
  item.contextValue = text.contextValue;
  item.accessibilityInformation = { label: text.spoken };
  return item;
}
