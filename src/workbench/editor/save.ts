/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Into files of the person's choice, on whatever file system the workspace is on. Nothing is overwritten
 * without asking.
 */
import * as vscode from 'vscode';
import type { PbxFile } from '../../pbx/types';
import type { Prompter } from '../input/prompter';

/** Deeper than any work tree; a file system that never ends its paths must not keep us looking. */
const MAX_DEPTH = 64;

/** Whether a file there belongs to a git work tree and may so be committed. */
export async function isInGitWorkTree(uri: vscode.Uri): Promise<boolean> {
  let folder = vscode.Uri.joinPath(uri, '..');
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    if (await exists(vscode.Uri.joinPath(folder, '.git'))) return true;
    const parent = vscode.Uri.joinPath(folder, '..');
    if (parent.path === folder.path) return false;
    folder = parent;
  }
  return false;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

export interface Destination {
  readonly uris: readonly vscode.Uri[];
}

/** Where to save: asks for a name, or for a folder when there are several files. Null: changed one's mind. */
export async function chooseDestination(
  files: readonly PbxFile[],
  prompter: Prompter,
): Promise<Destination | null> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [first] = files;
  if (first === undefined) return null;
  if (files.length === 1) {
    const uri = await vscode.window.showSaveDialog({
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, first.name) }),
      title: vscode.l10n.t('Save {0}', first.name),
      saveLabel: vscode.l10n.t('Save'),
    });
    return uri === undefined ? null : { uris: [uri] };
  }
  const chosen = await vscode.window.showOpenDialog({
    ...(folder === undefined ? {} : { defaultUri: folder }),
    canSelectFolders: true,
    canSelectFiles: false,
    canSelectMany: false,
    title: vscode.l10n.t('Choose a folder for {0} files', files.length),
    openLabel: vscode.l10n.t('Save Here'),
  });
  const target = chosen?.[0];
  if (target === undefined) return null;
  const uris = files.map((file) => vscode.Uri.joinPath(target, file.name));
  await confirmOverwriting(uris, prompter);
  return { uris };
}

async function confirmOverwriting(uris: readonly vscode.Uri[], prompter: Prompter): Promise<void> {
  const there = await Promise.all(uris.map(exists));
  const names = uris.filter((_, index) => there[index]).map(baseName);
  if (names.length === 0) return;
  await prompter.confirm({
    message: vscode.l10n.t('Overwrite {0}?', names.join(', ')),
    detail: vscode.l10n.t(
      'The folder already has files with these names. Their contents are replaced.',
    ),
    action: vscode.l10n.t('Overwrite'),
  });
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

export async function writeFiles(
  files: readonly PbxFile[],
  destination: Destination,
): Promise<void> {
  const encoder = new TextEncoder();
  for (const [index, file] of files.entries()) {
    const uri = destination.uris[index];
    if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, encoder.encode(file.text));
  }
}
