/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * One webview panel with one page: shows it whenever the page asks, and does what its buttons say.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml } from '../../pages/page-html';
import type { Deed, PlannedPage } from '../../pages/trace/explanation-pages';
import {
  decodeFromPage,
  type FromPage,
  type Page,
  type ToPage,
} from '../../pages/trace/explanation-protocol';

export interface PageHostPorts {
  readonly extensionUri: vscode.Uri;
  readonly log: { error(message: string, error?: unknown): void };
  showLog(): void;
  copy(text: string): Promise<void>;
}

function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

export class PageHost implements vscode.Disposable {
  readonly #ports: PageHostPorts;
  readonly #panel: vscode.WebviewPanel;
  readonly #onMessage: (message: FromPage) => void;
  #planned: PlannedPage<Page>;
  /** The page listens. False again while the panel is hidden: its page is gone then. */
  #ready = false;

  /** `onMessage` gets what is no button. */
  constructor(
    ports: PageHostPorts,
    viewType: string,
    column: vscode.ViewColumn,
    planned: PlannedPage<Page>,
    hooks: { readonly onMessage?: (message: FromPage) => void; readonly onClosed: () => void },
  ) {
    this.#ports = ports;
    this.#planned = planned;
    this.#onMessage = hooks.onMessage ?? (() => undefined);
    const { extensionUri } = ports;
    const folder = webviewFolder(extensionUri);
    this.#panel = vscode.window.createWebviewPanel(viewType, planned.page.title, column, {
      enableScripts: true,
      enableForms: false,
      enableCommandUris: false,
      enableFindWidget: true,
      localResourceRoots: [folder],
    });
    const { webview } = this.#panel;
    this.#panel.onDidDispose(() => hooks.onClosed());
    this.#panel.onDidChangeViewState(() => {
      if (!this.#panel.visible) this.#ready = false;
    });
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    const icon = (theme: string) =>
      vscode.Uri.joinPath(extensionUri, 'media', `trunk-panel-${theme}.svg`);
    this.#panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const uriOf = (file: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(24).toString('base64url'),
      scriptUri: uriOf('troubleshoot.js'),
      styleUri: uriOf('troubleshoot.css'),
      language: vscode.env.language,
      title: planned.page.title,
    });
  }

  /** Shows another page in the place of this one. */
  show(planned: PlannedPage<Page>): void {
    this.#planned = planned;
    this.#panel.title = planned.page.title;
    this.#draw();
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #draw(): void {
    this.#post({ type: 'page', page: this.#planned.page });
  }

  #post(message: ToPage): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }

  #receive(said: unknown): void {
    const message = decodeFromPage(said);
    if (message === null) return;
    if (message.type === 'ready') {
      this.#ready = true;
      this.#draw();
      return;
    }
    if (message.type !== 'press') {
      this.#onMessage(message);
      return;
    }
    const deed = this.#planned.deeds.get(message.id);
    if (deed === undefined) return;
    this.#do(deed).catch((error: unknown) => this.#ports.log.error('button', error));
  }

  async #do(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'command':
        await vscode.commands.executeCommand(deed.command, ...deed.args);
        return;
      case 'copy':
        await this.#ports.copy(deed.text());
        this.#post({ type: 'result', text: deed.done });
        return;
      case 'log':
        this.#ports.showLog();
        return;
    }
  }
}
