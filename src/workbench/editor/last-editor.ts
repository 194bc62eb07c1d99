/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * A webview takes the focus away from the editor, so the last one is remembered.
 */
import * as vscode from 'vscode';
import type { FrontFile } from '../../app/pbx/guess';
import { COMPARE_SCHEME } from './comparison';

/** Documents that look like text editors but are not a person's files. */
const NOT_FILES = new Set(['output', 'exotel-sip', COMPARE_SCHEME, 'git', 'comment', 'vscode-scm']);

/** The text editor that was active last and is still open. */
export class LastEditor implements vscode.Disposable {
  #last: vscode.TextEditor | undefined;
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#remember(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) =>
      this.#remember(editor),
    );
  }

  /** Undefined when none was active yet, or the one that was is closed. */
  get current(): vscode.TextEditor | undefined {
    const { document } = this.#last ?? {};
    if (document === undefined || document.isClosed) return undefined;
    const visible = vscode.window.visibleTextEditors;
    return (
      visible.find((editor) => editor === this.#last) ??
      visible.find((editor) => editor.document === document)
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #remember(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && !NOT_FILES.has(editor.document.uri.scheme)) this.#last = editor;
  }
}

/** The file that is being edited, as far as it tells what is meant. */
export function frontFile({ current }: Pick<LastEditor, 'current'>): FrontFile | null {
  if (current === undefined) return null;
  const { document, selection } = current;
  return {
    path: document.uri.path,
    languageId: document.languageId,
    text: document.getText(),
    cursor: document.offsetAt(selection.active),
  };
}
