/**
 * workbench/panel: the trunk panel.
 *
 * One panel per trunk: opened from the tree, brought back after a reload of the window, closed when its
 * trunk or account is gone.
 */
import * as vscode from 'vscode';
import { type TrunkRef, nodeId } from '../../app/refs';
import { readSenders } from '../../pages/panel/choices';
import { PanelSession, type PanelPorts } from './panel-session';
import {
  type ChosenFields,
  decodeState,
  type PanelState,
  VIEW_TYPE,
} from '../../pages/panel/panel-protocol';

export type { PanelPorts } from './panel-session';

export class TrunkPanels implements vscode.Disposable {
  readonly #ports: PanelPorts;
  readonly #sessions = new Map<string, PanelSession>();
  /** Where Exotel calls from is the same for every trunk of an account: the latest list, by account. */
  readonly #senders = new Map<string, string>();

  constructor(ports: PanelPorts) {
    this.#ports = ports;
  }

  /** From now on VS Code hands panels of the last session back to us. */
  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel, stored: unknown) => {
        const state = decodeState(stored);
        if (state === null || this.#sessions.has(keyOf(state))) panel.dispose();
        else this.#start(panel, state, true);
        return Promise.resolve();
      },
    });
  }

  /** Opens the trunk's panel. `reveal` false leaves the focus where it is. */
  show(ref: TrunkRef, options: { readonly reveal?: boolean } = {}): void {
    const preserveFocus = options.reveal === false;
    const open = this.#sessions.get(keyOf(ref));
    if (open !== undefined) {
      open.reveal(preserveFocus);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      '',
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      PanelSession.options(this.#ports.extensionUri),
    );
    const { accountId, trunkSid } = ref;
    const exotelAddresses = this.#senders.get(accountId);
    const targetId = this.#ports.lastTargets.get(accountId, trunkSid);
    const chosen: ChosenFields = {
      ...(targetId === null ? {} : { targetId }),
      ...(exotelAddresses === undefined ? {} : { exotelAddresses }),
    };
    this.#start(panel, { accountId, trunkSid, name: '', chosen }, false);
  }

  dispose(): void {
    for (const session of [...this.#sessions.values()]) session.dispose();
  }

  #start(panel: vscode.WebviewPanel, state: PanelState, restored: boolean): void {
    const key = keyOf(state);
    const { accountId, trunkSid, chosen } = state;
    if (restored && !this.#senders.has(accountId)) this.#rememberSenders(accountId, chosen);
    const session = new PanelSession(panel, state, restored, this.#ports, {
      onChoice: (field, value) => {
        if (field === 'targetId') this.#ports.lastTargets.set(accountId, trunkSid, value);
        this.#rememberSenders(accountId, { [field]: value });
      },
      onClosed: () => this.#sessions.delete(key),
    });
    this.#sessions.set(key, session);
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
