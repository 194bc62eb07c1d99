/**
 * workbench/panel: the trunk panel.
 *
 * One panel per trunk: opened from the tree, brought back after a reload of the window. What a panel does is
 * loaded with the first one.
 */
import * as vscode from 'vscode';
import { type TrunkRef, nodeId } from '../../app/refs';
import { readSenders } from '../../pages/panel/choices';
import { pageOptions } from '../pages/page-host';
import { TRUNK_PANEL } from '../views';
import type { PanelPorts } from './panel-session';
import { type ChosenFields, decodeState, type PanelState } from '../../pages/panel/panel-protocol';

export type { PanelPorts } from './panel-session';

export class TrunkPanels implements vscode.Disposable {
  readonly #ports: PanelPorts;
  readonly #open = new Map<string, vscode.WebviewPanel>();
  /** Where Exotel calls from is the same for every trunk of an account: the latest list, by account. */
  readonly #senders = new Map<string, string>();

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
      TRUNK_PANEL,
      '',
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      pageOptions(this.#ports.extensionUri),
    );
    const { accountId, trunkSid } = ref;
    const exotelAddresses = this.#senders.get(accountId);
    const targetId = this.#ports.lastTargets.get(accountId, trunkSid);
    const chosen: ChosenFields = {
      ...(targetId === null ? {} : { targetId }),
      ...(exotelAddresses === undefined ? {} : { exotelAddresses }),
    };
    this.#start(panel, { accountId, trunkSid, name: '', chosen }, false).catch((error: unknown) => {
      this.#ports.log.error(String(error));
      panel.dispose();
    });
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  async #start(panel: vscode.WebviewPanel, state: PanelState, restored: boolean): Promise<void> {
    const key = keyOf(state);
    const { accountId, trunkSid, chosen } = state;
    if (restored && !this.#senders.has(accountId)) this.#rememberSenders(accountId, chosen);
    this.#open.set(key, panel);
    panel.onDidDispose(() => this.#open.delete(key));
    const { PanelSession } = await import('./panel-session');
    // Closed again while it was loading.
    if (this.#open.get(key) !== panel) return;
    new PanelSession(panel, state, restored, this.#ports, {
      onChoice: (field, value) => {
        if (field === 'targetId') this.#ports.lastTargets.set(accountId, trunkSid, value);
        this.#rememberSenders(accountId, { [field]: value });
      },
    });
  }

  /** The addresses Exotel calls from, as a person entered them for the account last; '' for none. */
  senders(accountId: string): string {
    return this.#senders.get(accountId) ?? '';
  }

  rememberSenders(accountId: string, text: string): void {
    this.#rememberSenders(accountId, { exotelAddresses: text });
  }

  /** A list that is still being typed is none; an emptied one is forgotten. */
  #rememberSenders(accountId: string, { exotelAddresses }: ChosenFields): void {
    if (exotelAddresses === undefined) return;
    if (exotelAddresses.trim() === '') this.#senders.delete(accountId);
    else if (readSenders(exotelAddresses) !== null) this.#senders.set(accountId, exotelAddresses);
  }
}

function keyOf({ accountId, trunkSid }: Pick<TrunkRef, 'accountId' | 'trunkSid'>): string {
  return nodeId({ kind: 'trunk', accountId, trunkSid });
}
