/**
 * workbench/panel: the trunk panel.
 *
 * What the four buttons under the text do. The password is put into the text here, after a person said
 * yes to it, and never on the page.
 */
import * as vscode from 'vscode';
import { PASSWORD_PLACEHOLDER } from '../../pbx';
import type { PbxFile } from '../../pbx/types';
import { openDocuments } from '../editor/documents';
import { insertText, type LastEditor } from '../editor/insert';
import { baseName, chooseDestination, isInGitWorkTree, writeFiles } from '../editor/save';
import type { Prompter } from '../input/prompter';
import type { OutputAction } from './protocol';
import { resultStrings } from './strings';

/** Remembers for as long as a panel is open that a person agreed to a password in clear. */
export class PasswordConsent {
  #given = false;
  #givenForGit = false;

  /** Throws Cancelled when the person does not agree. `gitFile`: the file that may be committed. */
  async ask(prompter: Prompter, userName: string, gitFile: string | null): Promise<void> {
    if (gitFile === null ? this.#given : this.#givenForGit) return;
    await prompter.confirm({
      message: resultStrings.confirmTitle(userName),
      detail:
        gitFile === null
          ? resultStrings.confirmDetail()
          : `${resultStrings.confirmGitDetail(gitFile)}\n\n${resultStrings.confirmDetail()}`,
      action: resultStrings.confirmAction(),
    });
    this.#given = true;
    if (gitFile !== null) this.#givenForGit = true;
  }
}

export interface OutputRequest {
  readonly action: OutputAction;
  /** The file that is in front; copy and insert are about it, open and save about all. */
  readonly file: string;
  readonly editor: LastEditor;
  readonly prompter: Prompter;
  /** Called when it is clear where the text goes. Throws Cancelled when the person does not agree. */
  readonly agree: (gitFile: string | null) => Promise<void>;
  /** Whether the text will hold a password: only then the file's surroundings matter. */
  readonly withPassword: boolean;
  /** Makes the text, password included if so chosen. Called last. */
  readonly files: () => Promise<readonly PbxFile[]>;
  /** The same files to know their names by. */
  readonly preview: readonly PbxFile[];
}

/** Whether what is about to leave has a place for the password at all. */
export function needsPassword(
  { action, file }: Pick<OutputRequest, 'action' | 'file'>,
  files: readonly PbxFile[],
): boolean {
  const all = action === 'open' || action === 'save';
  return files.some(
    ({ name, text }) => (all || name === file) && text.includes(PASSWORD_PLACEHOLDER),
  );
}

/** Says what was done; null when the person changed their mind. */
export async function runOutput(request: OutputRequest): Promise<string | null> {
  const { agree, prompter } = request;
  switch (request.action) {
    case 'copy': {
      await agree(null);
      const file = await inFront(request);
      await vscode.env.clipboard.writeText(file.text);
      return resultStrings.copied(file.name);
    }
    case 'insert': {
      const editor = request.editor.current;
      await agree(editor === undefined ? null : await gitFileOf(request, [editor.document.uri]));
      const file = await inFront(request);
      const inserted = await insertText(file, editor);
      const others = request.preview.map(({ name }) => name).filter((name) => name !== file.name);
      return inserted.kind === 'inserted'
        ? resultStrings.inserted(file.name, inserted.fileName, others.join(', '))
        : resultStrings.openedInstead(file.name, others.join(', '));
    }
    case 'open': {
      await agree(null);
      const files = await request.files();
      await openDocuments(files);
      return resultStrings.opened(files.length);
    }
    case 'save': {
      const destination = await chooseDestination(request.preview, prompter);
      if (destination === null) return null;
      await agree(await gitFileOf(request, destination.uris));
      await writeFiles(await request.files(), destination);
      return resultStrings.saved(destination.uris.map(baseName).join(', '));
    }
  }
}

async function inFront({ file, files }: OutputRequest): Promise<PbxFile> {
  const made = await files();
  const chosen = made.find(({ name }) => name === file) ?? made[0];
  if (chosen === undefined) throw new Error(resultStrings.cannotGenerate(''));
  return chosen;
}

async function gitFileOf(
  { withPassword }: OutputRequest,
  uris: readonly vscode.Uri[],
): Promise<string | null> {
  if (!withPassword) return null;
  for (const uri of uris) {
    if (uri.scheme !== 'untitled' && (await isInGitWorkTree(uri))) return baseName(uri);
  }
  return null;
}
