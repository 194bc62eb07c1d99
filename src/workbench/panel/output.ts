/**
 * workbench/panel: the trunk panel.
 *
 * What the four buttons under the text do. The password is put into the text here, after a person said
 * yes to it, and never on the page.
 */
import * as vscode from 'vscode';
import type { Secret } from '../../exotel/secret';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import { openDocuments } from '../editor/documents';
import { mayBeCommitted } from '../editor/git';
import { insertText } from '../editor/insert';
import type { LastEditor } from '../editor/last-editor';
import type { Adopted } from '../../app/pbx/adopt';
import { fileCalled, holdsPassword, ownerOf, type Produced } from '../../app/produce';
import { baseName, chooseDestination, saveFiles, type Saved } from '../editor/save';
import type { Prompter } from '../../app/input/prompter';
import type { OutputAction } from '../../pages/panel/panel-protocol';
import { blockedText, resultStrings } from '../../pages/panel/strings';

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
  /** The same text without the password: what its files are called, and which of them hold one. */
  readonly preview: Produced;
  /** Makes the text: called once, last. */
  readonly make: (password: Secret | null) => Promise<Produced>;
  /** Null: the placeholder stays. Looked up after the person agreed. */
  readonly password: { readonly userName: string; find(): Promise<Secret> } | null;
  readonly consent: PasswordConsent;
  readonly editor: Pick<LastEditor, 'current'>;
  readonly prompter: Prompter;
  /** Called with what was written, when files were saved. */
  readonly onSaved?: (written: readonly vscode.Uri[]) => void;
}

/** Whether what is about to leave has a place for the password at all. */
function needsPassword({ action, file, preview }: OutputRequest): boolean {
  const all = action === 'open' || action === 'save';
  const leaving = all ? preview.files : [fileCalled(preview.files, file)];
  return leaving.some((one) => one !== null && holdsPassword(one));
}

/**
 * Says what was done; null when the person changed their mind. Throws Cancelled for the same, and
 * OutputRefused with a sentence for the person when something has to be mended first.
 */
export async function runOutput(request: OutputRequest): Promise<string | null> {
  const { prompter, preview, editor: last } = request;
  const password = needsPassword(request) ? request.password : null;
  const withPassword = password !== null;
  const owner = ownerOf(preview.plan);
  const agree = async (gitFile: string | null): Promise<void> => {
    if (withPassword) await request.consent.ask(prompter, password.userName, gitFile);
  };
  const files = async (): Promise<readonly PbxFile[]> => {
    const made = await request.make(withPassword ? await password.find() : null);
    if (made.blocked !== null) throw new Error(blockedText(made.blocked));
    return made.files;
  };
  switch (request.action) {
    case 'copy': {
      await agree(null);
      const file = inFront(request, await files());
      await vscode.env.clipboard.writeText(file.text);
      return resultStrings.copied(file.name);
    }
    case 'insert': {
      const editor = last.current;
      await agree(withPassword && editor ? await gitFileOf(request, [editor.document.uri]) : null);
      const file = inFront(request, await files());
      const inserted = await insertText(file, editor, owner, prompter);
      const others = preview.files
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
      const made = await files();
      await openDocuments(made);
      return resultStrings.opened(made.length);
    }
    case 'save': {
      const destination = await chooseDestination(preview.files);
      if (destination === null) return null;
      await agree(withPassword ? await gitFileOf(request, destination.uris) : null);
      const made = await files();
      const saved = await saveFiles({ files: made, destination, owner, prompter, withPassword });
      if (saved.written.length > 0) request.onSaved?.(saved.written);
      return savedText(saved);
    }
  }
}

/** `said`, and what came from the block that was there. */
export function withAdopted(said: string, { taken, left }: Adopted): string {
  const more = resultStrings.adopted(taken.join(' '), left.join(' '));
  return more === '' ? said : `${said} ${more}`;
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

function inFront({ file }: OutputRequest, files: readonly PbxFile[]): PbxFile {
  const chosen = fileCalled(files, file);
  if (chosen === null) throw new Error(resultStrings.cannotGenerate(''));
  return chosen;
}

/** The first file that the password would go into and that git does not ignore. */
async function gitFileOf(
  { preview, action }: OutputRequest,
  uris: readonly vscode.Uri[],
): Promise<string | null> {
  for (const [index, uri] of uris.entries()) {
    const file = preview.files[index];
    const holdsIt = action === 'insert' || (file !== undefined && holdsPassword(file));
    if (holdsIt && uri.scheme !== 'untitled' && (await mayBeCommitted(uri))) return baseName(uri);
  }
  return null;
}
