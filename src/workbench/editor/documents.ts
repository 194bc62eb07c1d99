/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Into new untitled documents, one per file: looked at first, saved by the person if at all.
 */
import * as vscode from 'vscode';
import type { PbxFile } from '../../pbx/types';

export async function openDocument(file: PbxFile): Promise<vscode.TextEditor> {
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content: file.text,
    language: known.includes(file.languageId) ? file.languageId : 'plaintext',
  });
  return vscode.window.showTextDocument(document, { preview: false });
}

/** The last one ends up in front. */
export async function openDocuments(files: readonly PbxFile[]): Promise<void> {
  for (const file of files.toReversed()) await openDocument(file);
}
