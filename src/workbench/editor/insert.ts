/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Into the text a person is working on: at every cursor, with tab stops on what is left to fill in. A
 * webview takes the focus away from the editor, so the last one is remembered.
 */
import * as vscode from 'vscode';
import type { PbxFile } from '../../pbx/types';
import { openDocument } from './documents';
import { toSnippet } from './snippet';

/** Documents that look like text editors but are not a person's files. */
const NOT_FILES = new Set(['output', 'exotel-sip', 'git', 'comment', 'vscode-scm']);

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

/** `opened`: there was no editor to insert into, or it could not be written to. */
export type Inserted =
  { readonly kind: 'inserted'; readonly fileName: string } | { readonly kind: 'opened' };

/** Puts the text at every cursor of `editor`; without one, into a new untitled document. */
export async function insertText(
  file: PbxFile,
  editor: vscode.TextEditor | undefined,
): Promise<Inserted> {
  if (editor !== undefined) {
    const { document, viewColumn, selections } = editor;
    const shown = await vscode.window.showTextDocument(document, {
      ...(viewColumn === undefined ? {} : { viewColumn }),
      preview: false,
    });
    const snippet = new vscode.SnippetString(toSnippet(file.text));
    if (await shown.insertSnippet(snippet, [...selections])) {
      return { kind: 'inserted', fileName: document.uri.path.split('/').at(-1) ?? '' };
    }
  }
  const opened = await openDocument({ ...file, text: '' });
  await opened.insertSnippet(new vscode.SnippetString(toSnippet(file.text)));
  return { kind: 'opened' };
}
