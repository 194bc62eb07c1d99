/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * What a file is now beside what it would be. The text that would be may hold a password: it is known
 * only as long as the question about it is open, its tab is closed with it, and nothing of it is stored.
 */
import * as vscode from 'vscode';

export const COMPARE_SCHEME = 'exotel-sip-compare';

let count = 0;

export class Comparison implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changes.event;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(COMPARE_SCHEME, this);
  }

  /** Shows both side by side; a second call for another file opens another tab. */
  async show(present: vscode.Uri, text: string): Promise<void> {
    count += 1;
    const name = present.path.split('/').at(-1) ?? '';
    const uri = vscode.Uri.from({
      scheme: COMPARE_SCHEME,
      path: `/${name}`,
      query: String(count),
    });
    this.#texts.set(uri.toString(), text);
    await vscode.commands.executeCommand(
      'vscode.diff',
      present,
      uri,
      vscode.l10n.t('{0}: now and then', name),
      // A preview would take the tab, and so the document, of a file that was only looked at.
      { preview: false },
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Forgets the texts and closes their tabs. */
  async close(): Promise<void> {
    const shown = [...this.#texts.keys()];
    this.#texts.clear();
    for (const uri of shown) this.#changes.fire(vscode.Uri.parse(uri));
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) =>
          input instanceof vscode.TabInputTextDiff && shown.includes(input.modified.toString()),
      );
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
    this.dispose();
  }

  dispose(): void {
    this.#texts.clear();
    this.#registration.dispose();
    this.#changes.dispose();
  }
}
