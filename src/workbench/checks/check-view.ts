/**
 * workbench/checks: the first-call checks as a view and commands.
 *
 * The view around the tree: progress, ticks, and the keys its menus and greeting are matched by.
 */
import { commands, type TreeView, TreeItemCheckboxState, window } from 'vscode';
import { ViewId } from '../../app/view-ids';
import type { CheckTree } from './check-tree';
import type { CheckNode } from '../../app/checks/check-refs';
import type { CheckRuns, ReportRef } from '../../app/checks/runs';

/** Value of the context key `exotelSip.checks`. */
type ChecksState = 'none' | 'running' | 'done';

export class CheckView {
  readonly #runs: CheckRuns;
  readonly #tree: CheckTree;
  readonly #view: TreeView<CheckNode>;
  readonly #subscriptions: readonly { dispose(): void }[];
  #state: ChecksState | null = null;
  #ended: (() => void) | null = null;

  constructor(runs: CheckRuns, tree: CheckTree, view: TreeView<CheckNode>) {
    this.#runs = runs;
    this.#tree = tree;
    this.#view = view;
    this.#subscriptions = [
      runs.onDidChange(({ kind }) => {
        if (kind === 'shown' || kind === 'summary') this.#update();
      }),
      this.#view.onDidChangeCheckboxState(({ items }) => {
        for (const [ref, state] of items) {
          void this.#tick(ref, state === TreeItemCheckboxState.Checked);
        }
      }),
    ];
    this.#update();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#ended?.();
  }

  /** Opens the view at the report, wherever the focus is. */
  async reveal({ accountId, trunkSid }: ReportRef): Promise<void> {
    try {
      await this.#view.reveal(this.#tree.intern({ kind: 'checks', accountId, trunkSid }), {
        select: false,
        focus: false,
      });
    } catch {
      // The report went away: there is nothing to show.
    }
  }

  /** Opens the view, also while there is nothing in it yet. */
  async open(): Promise<void> {
    await commands.executeCommand(`${ViewId.Checks}.focus`, { preserveFocus: true });
  }

  async #tick(ref: CheckNode, on: boolean): Promise<void> {
    if (ref.kind !== 'check') return;
    const row = this.#runs.report(ref)?.row(ref.key);
    if (row?.group === 'manual') await this.#runs.tick(ref, row.id, on);
  }

  #update(): void {
    const { shown, running } = this.#runs;
    const state = running ? 'running' : shown.length === 0 ? 'none' : 'done';
    if (state === this.#state) return;
    this.#state = state;
    void commands.executeCommand('setContext', 'exotelSip.checks', state);
    this.#ended?.();
    this.#ended = null;
    if (state !== 'running') return;
    void window.withProgress(
      { location: { viewId: ViewId.Checks } },
      () =>
        new Promise<void>((resolve) => {
          this.#ended = resolve;
        }),
    );
  }
}
