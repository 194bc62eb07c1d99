/**
 * workbench/panel: the trunk panel.
 *
 * One panel per trunk: opened from the tree, brought back after a reload of the window. What a panel does is
 * loaded with the first one.
 */
import * as vscode from 'vscode';
import { type TrunkRef, nodeId } from '../../app/refs';
import { pageOptions } from '../pages/page-host';
import { ViewId } from '../../app/view-ids';
import type { PanelPorts } from './panel-session';
import { decodeState, type PanelState } from '../../pages/panel/panel-protocol';

export type { PanelPorts } from './panel-session';

export class TrunkPanels implements vscode.Disposable {
  readonly #ports: PanelPorts;
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(ports: PanelPorts) {
    this.#ports = ports;
  }

  /** A panel of the last session, with what its page kept. */
  async restore(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const state = decodeState(kept);
    if (state === null || this.#open.has(keyOf(state))) panel.dispose();
    else await this.#start(panel, state, true);
  }

  /** Opens the trunk's panel. `reveal` false leaves the focus where it is. */
  show(ref: TrunkRef, options: { readonly reveal?: boolean } = {}): void {
    const preserveFocus = options.reveal === false;
    const open = this.#open.get(keyOf(ref));
    if (open !== undefined) {
      open.reveal(undefined, preserveFocus);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      ViewId.TrunkPanel,
      '',
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      pageOptions(this.#ports.extensionUri),
    );
    const { accountId, trunkSid } = ref;
    this.#start(panel, { accountId, trunkSid, name: '' }, false).catch((error: unknown) => {
      this.#ports.log.error(String(error));
      panel.dispose();
    });
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  async #start(panel: vscode.WebviewPanel, state: PanelState, restored: boolean): Promise<void> {
    const key = keyOf(state);
    this.#open.set(key, panel);
    panel.onDidDispose(() => this.#open.delete(key));
    const { PanelSession } = await import('./panel-session');
    // Closed again while it was loading.
    if (this.#open.get(key) !== panel) return;
    new PanelSession(panel, state, restored, this.#ports);
  }
}

function keyOf({ accountId, trunkSid }: Pick<TrunkRef, 'accountId' | 'trunkSid'>): string {
  return nodeId({ kind: 'trunk', accountId, trunkSid });
}
