/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * One panel with one explanation: shows it whenever the page asks, and does what its buttons say.
 */
import * as vscode from 'vscode';
import type { Deed, PlannedPage } from '../../pages/trace/explanation-pages';
import {
  decodeFromPage,
  type FromPage,
  type Page,
  type ToPage,
} from '../../pages/trace/explanation-protocol';
import { PageHost, pageOptions } from '../pages/page-host';

export interface ExplanationPorts {
  readonly extensionUri: vscode.Uri;
  readonly log: { error(message: string, error?: unknown): void };
  showLog(): void;
  copy(text: string): Promise<void>;
}

export class ExplanationPanel implements vscode.Disposable {
  readonly #ports: ExplanationPorts;
  readonly #host: PageHost<ToPage, FromPage>;
  readonly #onMessage: (message: FromPage) => void;
  #planned: PlannedPage<Page>;

  /** `onMessage` gets what is no button. */
  constructor(
    ports: ExplanationPorts,
    viewType: string,
    column: vscode.ViewColumn,
    planned: PlannedPage<Page>,
    hooks: { readonly onMessage?: (message: FromPage) => void; readonly onClosed: () => void },
  ) {
    this.#ports = ports;
    this.#planned = planned;
    this.#onMessage = hooks.onMessage ?? (() => undefined);
    const { extensionUri, log } = ports;
    const { title } = planned.page;
    const panel = vscode.window.createWebviewPanel(viewType, title, column, {
      ...pageOptions(extensionUri),
      enableFindWidget: true,
    });
    this.#host = new PageHost(panel, {
      extensionUri,
      name: 'troubleshoot',
      title,
      log,
      decode: decodeFromPage,
      onMessage: (message) => this.#receive(message),
      onClosed: hooks.onClosed,
    });
  }

  /** Shows another page in the place of this one. */
  show(planned: PlannedPage<Page>): void {
    this.#planned = planned;
    this.#host.title = planned.page.title;
    this.#draw();
  }

  reveal(): void {
    this.#host.reveal();
  }

  dispose(): void {
    this.#host.dispose();
  }

  #draw(): void {
    this.#host.post({ type: 'page', page: this.#planned.page });
  }

  #receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.#draw();
        return;
      case 'press': {
        const deed = this.#planned.deeds.get(message.id);
        if (deed === undefined) return;
        this.#do(deed).catch((error: unknown) => this.#ports.log.error('button', error));
        return;
      }
      case 'dialog':
      case 'line':
        this.#onMessage(message);
    }
  }

  async #do(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'command':
        await vscode.commands.executeCommand(deed.command, ...deed.args);
        return;
      case 'copy':
        await this.#ports.copy(deed.text());
        this.#host.post({ type: 'result', text: deed.done });
        return;
      case 'log':
        this.#ports.showLog();
        return;
    }
  }
}
