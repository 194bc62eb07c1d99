/**
 * workbench/panel: the trunk panel.
 *
 * What the four buttons under the text do. The password is put into the text here, after a person said
 * yes to it, and never on the page.
 */
import * as vscode from 'vscode';
import { PASSWORD_PLACEHOLDER } from '../../pbx/quoting/plain';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import { openDocuments } from '../editor/documents';
import { mayBeCommitted } from '../editor/git';
import { insertText } from '../editor/insert';
import type { LastEditor } from '../editor/last-editor';
import type { Owner } from '../../app/pbx/merge';
import { baseName, chooseDestination, saveFiles, type Saved } from '../editor/save';
import type { Prompter } from '../../app/input/prompter';
import type { OutputAction } from '../../pages/panel/panel-protocol';
import { resultStrings } from '../../pages/panel/strings';

/** Remembers for as long as a panel is open that a person agreed to a password in clear. */
export class PasswordConsent {
  #given = false;

  /**
   * Throws Cancelled when the person does not agree. `gitFile`: the file that may be committed, which is
   * said each time.
   */
  async ask(prompter: Prompter, userName: string, gitFile: string | null): Promise<void> {
    if (gitFile === null && this.#given) return;
    await prompter.confirm({
      message: resultStrings.confirmTitle(userName),
      detail:
        gitFile === null
          ? resultStrings.confirmDetail()
          : `${resultStrings.confirmGitDetail(gitFile)}\n\n${resultStrings.confirmDetail()}`,
      action: resultStrings.confirmAction(),
    });
    this.#given = true;
  }
}

export interface OutputRequest {
  readonly action: OutputAction;
  /** The file that is in front, by fileId() or name; copy and insert are about it, open and save about all. */
  readonly file: string;
  /** Whose text it is, by which it is found again where it was put before. */
  readonly owner: Owner;
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
  /** Called with what was written, when files were saved. */
  readonly onSaved?: (written: readonly vscode.Uri[]) => void;
}

/** Whether what is about to leave has a place for the password at all. */
export function needsPassword(
  { action, file }: Pick<OutputRequest, 'action' | 'file'>,
  files: readonly PbxFile[],
): boolean {
  const all = action === 'open' || action === 'save';
  return files.some(
    (one) => (all || isCalled(one, file)) && one.text.includes(PASSWORD_PLACEHOLDER),
  );
}

function isCalled(file: PbxFile, name: string): boolean {
  return fileId(file) === name || file.name === name;
}

/**
 * Says what was done; null when the person changed their mind. Throws Cancelled for the same, and
 * OutputRefused with a sentence for the person when something has to be mended first.
 */
export async function runOutput(request: OutputRequest): Promise<string | null> {
  const { agree, prompter, owner, withPassword } = request;
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
      const inserted = await insertText(file, editor, owner, prompter);
      const others = request.preview
        .filter((one) => fileId(one) !== fileId(file))
        .map(({ name }) => name)
        .join(', ');
      switch (inserted.kind) {
        case 'inserted':
          return resultStrings.inserted(file.name, inserted.fileName, others);
        case 'replaced':
          return vscode.l10n.t('Replaced the block in {0}.', inserted.fileName);
        case 'same':
          return vscode.l10n.t('{0} is up to date: nothing was changed.', inserted.fileName);
        case 'opened':
          return editor === undefined
            ? resultStrings.openedInstead(file.name, others)
            : vscode.l10n.t('Opened {0} in a new editor.', file.name);
      }
    }
    // eslint-disable-next-line no-fallthrough -- every case above returns
    case 'open': {
      await agree(null);
      const files = await request.files();
      await openDocuments(files);
      return resultStrings.opened(files.length);
    }
    case 'save': {
      const destination = await chooseDestination(request.preview);
      if (destination === null) return null;
      await agree(await gitFileOf(request, destination.uris));
      const files = await request.files();
      const saved = await saveFiles({ files, destination, owner, prompter, withPassword });
      if (saved.written.length > 0) request.onSaved?.(saved.written);
      return savedText(saved);
    }
  }
}

function savedText({ written, same, leftOut, readable }: Saved): string {
  const parts: string[] = [];
  if (written.length > 0) parts.push(resultStrings.saved(written.map(baseName).join(', ')));
  if (same.length > 0) {
    parts.push(vscode.l10n.t('{0} is up to date: nothing was changed.', same.join(', ')));
  }
  if (leftOut.length > 0) parts.push(vscode.l10n.t('Left out: {0}.', leftOut.join(', ')));
  if (readable.length > 0) {
    parts.push(
      vscode.l10n.t(
        'Others on this computer can read {0} and the password in it: check its permissions.',
        readable.join(', '),
      ),
    );
  }
  return parts.join(' ');
}

async function inFront({ file, files }: OutputRequest): Promise<PbxFile> {
  const made = await files();
  const chosen =
    made.find((one) => fileId(one) === file) ?? made.find(({ name }) => name === file) ?? made[0];
  if (chosen === undefined) throw new Error(resultStrings.cannotGenerate(''));
  return chosen;
}

/** The first file that the password would go into and that git does not ignore. */
async function gitFileOf(
  { withPassword, preview, action, file }: OutputRequest,
  uris: readonly vscode.Uri[],
): Promise<string | null> {
  if (!withPassword) return null;
  for (const [index, uri] of uris.entries()) {
    const text = preview[index];
    const holdsIt = action === 'insert' || needsPassword({ action, file }, text ? [text] : []);
    if (holdsIt && uri.scheme !== 'untitled' && (await mayBeCommitted(uri))) return baseName(uri);
  }
  return null;
}
