/**
 * workbench/pages: the webview panels our pages live in.
 *
 * One panel with one page: what it may load, when it listens, and that it is told once when it is closed.
 * What the page shows and may ask is its owner's.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from '../../pages/page-html';

export interface PageParts<Said> {
  readonly extensionUri: vscode.Uri;
  /** The script and the style sheet of this name in dist/webview. */
  readonly name: 'panel' | 'troubleshoot';
  readonly title: string;
  readonly log: { error(message: string): void };
  /** Null for what the page may not say. */
  readonly decode: (raw: unknown) => Said | null;
  /** Also of `ready`: from then on what is posted arrives. */
  readonly onMessage: (message: Said) => void;
  readonly onClosed: () => void;
}

/** Nothing but our own files, and no way out of the page but messages. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [folderOf(extensionUri)],
  };
}

/** `ToPage` is what the page is told, `Said` what it says. */
export class PageHost<ToPage, Said extends { readonly type: string }> implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #onClosed: () => void;
  /** The page listens. False again while the panel is hidden: its page is gone then. */
  #ready = false;
  #closed = false;

  constructor(panel: vscode.WebviewPanel, parts: PageParts<Said>) {
    const { extensionUri, name, title, log, decode, onMessage } = parts;
    this.#panel = panel;
    this.#onClosed = parts.onClosed;
    this.#subscriptions = [
      panel.onDidDispose(() => this.#close()),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#ready = false;
      }),
      panel.webview.onDidReceiveMessage((raw: unknown) => {
        const message = decode(raw);
        if (message === null) {
          log.error(`The page “${name}” sent a message that nobody knows; it was dropped.`);
          return;
        }
        if (message.type === 'ready') this.#ready = true;
        onMessage(message);
      }),
    ];
    const icon = (theme: string) =>
      vscode.Uri.joinPath(extensionUri, 'media', `trunk-panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = pageOptions(extensionUri);
    this.title = title;
    panel.webview.html = htmlOf(panel, parts);
  }

  get title(): string {
    return this.#panel.title;
  }

  set title(title: string) {
    if (this.#panel.title !== title) this.#panel.title = title;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  /** Whether what is posted now arrives. */
  get listens(): boolean {
    return this.#ready && !this.#closed;
  }

  /** To a page that does not listen nothing is posted: it asks again when it does. */
  post(message: ToPage): void {
    if (this.listens) void this.#panel.webview.postMessage(message);
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  /** Closes the panel. */
  dispose(): void {
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel.dispose();
    this.#onClosed();
  }
}

function folderOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

function htmlOf(
  { webview }: vscode.WebviewPanel,
  { extensionUri, name, title }: Pick<PageParts<never>, 'extensionUri' | 'name' | 'title'>,
): string {
  const uriOf = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folderOf(extensionUri), file)).toString();
  return pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(24).toString('base64url'),
    scriptUri: uriOf(`${name}.js`),
    styleUri: uriOf(`${name}.css`),
    language: vscode.env.language,
    title,
  });
}
