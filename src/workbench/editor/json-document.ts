/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * "Show as JSON": a read-only document of what is known of a thing, made anew each time it is shown.
 * Secrets serialise as dots by themselves.
 */
import * as vscode from 'vscode';

export const JSON_SCHEME = 'exotel-sip';

export class JsonDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: readonly { dispose(): unknown }[];

  readonly onDidChange = this.#changes.event;

  constructor() {
    this.#subscriptions = [
      this.#changes,
      vscode.workspace.registerTextDocumentContentProvider(JSON_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === JSON_SCHEME) this.#texts.delete(uri.toString());
      }),
    ];
  }

  /** `title` becomes the tab's name and, with `folder` before it, what tells two documents apart. */
  async show(folder: string, title: string, json: unknown): Promise<void> {
    const segments = [folder, `${title}.json`].map((part) => part.replaceAll('/', '∕'));
    const uri = vscode.Uri.from({ scheme: JSON_SCHEME, path: `/${segments.join('/')}` });
    this.#texts.set(uri.toString(), `${JSON.stringify(json, null, 2)}\n`);
    this.#changes.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** A tab that VS Code brings back in a new window has nothing to show any more. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const gone = vscode.l10n.t('Run Show Trunk as JSON again to see it.');
    return this.#texts.get(uri.toString()) ?? `${JSON.stringify(gone)}\n`;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#texts.clear();
  }
}
