/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Into the text a person is working on: at the cursor, with tab stops on what is left to fill in, or in
 * the place of the block that was inserted before, which is compared first.
 */
import * as vscode from 'vscode';
import { PASSWORD_PLACEHOLDER } from '../../pbx/quoting/plain';
import type { PbxFile } from '../../pbx/types';
import { markedText, fileId } from '../../pbx/writing/block';
import { BACK, Cancelled, type Prompter } from '../../app/input/prompter';
import { Comparison } from './comparison';
import { openDocument } from './documents';
import {
  applied,
  planInsert,
  sameNames,
  type InsertPlan,
  type Owner,
  type Replacement,
} from '../../app/pbx/merge';
import { OutputRefused } from '../../app/pbx/refused';
import { toSnippet } from '../../app/pbx/snippet';

/** `opened`: there was no editor to insert into, it could not be written to, or a new one was wanted. */
export type Inserted =
  | { readonly kind: 'inserted' | 'replaced' | 'same'; readonly fileName: string }
  | { readonly kind: 'opened' };

/**
 * Puts the text into `editor`; without one, into a new untitled document. Throws Cancelled when the
 * person changed their mind, OutputRefused when the document has to be mended first.
 */
export async function insertText(
  file: PbxFile,
  editor: vscode.TextEditor | undefined,
  owner: Owner,
  prompter: Prompter,
): Promise<Inserted> {
  if (editor !== undefined) {
    const inserted = await insertInto(file, editor, owner, prompter);
    if (inserted !== null) return inserted;
  }
  const key = { trunkSid: owner.trunkSid, targetId: owner.targetId, fileName: fileId(file) };
  const opened = await openDocument({ ...file, text: '' });
  const snippet = toSnippet(markedText(file, key, owner.peerName, owner.options));
  await opened.insertSnippet(new vscode.SnippetString(snippet));
  return { kind: 'opened' };
}

/** Null: into a new document instead. */
async function insertInto(
  file: PbxFile,
  editor: vscode.TextEditor,
  owner: Owner,
  prompter: Prompter,
): Promise<Inserted | null> {
  const { document, viewColumn, selection } = editor;
  const fileName = document.uri.path.split('/').at(-1) ?? '';
  const look = (): InsertPlan =>
    planInsert(document.getText(), document.offsetAt(selection.active), file, owner);
  const seen = document.getText();
  const plan = look();
  if (plan.kind === 'broken') throw brokenBlock(fileName, plan.lines);
  if (plan.kind === 'same') return { kind: 'same', fileName };
  if (sameNames(seen, owner).length > 0) {
    await confirmSameName(fileName, owner, vscode.l10n.t('Insert Anyway'), prompter);
  }
  let change: Replacement;
  if (plan.kind === 'occupied') {
    const where = await askWhere(fileName, plan, prompter);
    if (where === null) return null;
    change = where;
  } else {
    if (plan.kind === 'replace') await confirmReplacing(document, file, plan, prompter);
    change = plan;
  }
  // While the question was open the document could be written to.
  if (document.isClosed || document.getText() !== seen) {
    throw new OutputRefused(
      vscode.l10n.t('{0} was changed meanwhile: nothing was inserted. Insert again.', fileName),
    );
  }
  const shown = await vscode.window.showTextDocument(document, {
    ...(viewColumn === undefined ? {} : { viewColumn }),
    preview: false,
  });
  const range = new vscode.Range(
    document.positionAt(change.start),
    document.positionAt(change.end),
  );
  const snippet = new vscode.SnippetString(toSnippet(change.text));
  if (!(await shown.insertSnippet(snippet, range))) return null;
  return { kind: plan.kind === 'replace' ? 'replaced' : 'inserted', fileName };
}

export function brokenBlock(fileName: string, lines: readonly number[]): OutputRefused {
  return new OutputRefused(
    vscode.l10n.t(
      'The marks around the Exotel block in {0} are not in order (line {1}): one may be missing, or the block be there twice. Nothing was written. Delete what is left of the block and insert again.',
      fileName,
      lines.join(', '),
    ),
  );
}

/** `action`: the button that goes ahead. Throws Cancelled when the person would rather not. */
export async function confirmSameName(
  fileName: string,
  owner: Owner,
  action: string,
  prompter: Prompter,
): Promise<void> {
  await prompter.confirm({
    message: vscode.l10n.t(
      'Another Exotel trunk in {0} is also called {1}.',
      fileName,
      owner.peerName ?? '',
    ),
    detail: vscode.l10n.t(
      'Both blocks would define the same names, and the PBX would mix up the two trunks. Choose another name inside the PBX in the trunk panel.',
    ),
    action,
  });
}

/** Null: a new document. */
async function askWhere(
  fileName: string,
  plan: Extract<InsertPlan, { kind: 'occupied' }>,
  prompter: Prompter,
): Promise<Replacement | null> {
  const { whole, anyway } = plan;
  return prompter.decide<Replacement | null>({
    message: vscode.l10n.t('{0} holds something else.', fileName),
    detail:
      anyway === null
        ? vscode.l10n.t(
            'The text is a whole file and its format has no comments to mark a part with. Replacing can be undone.',
          )
        : vscode.l10n.t(
            'The text is a whole file: beside other contents the PBX may not load it. Replacing can be undone.',
          ),
    actions: [
      { label: vscode.l10n.t('Open a New Editor'), value: null },
      { label: vscode.l10n.t('Replace Everything'), value: whole },
      ...(anyway === null ? [] : [{ label: vscode.l10n.t('Insert Here'), value: anyway }]),
    ],
  });
}

async function confirmReplacing(
  document: vscode.TextDocument,
  file: PbxFile,
  plan: Replacement,
  prompter: Prompter,
): Promise<void> {
  const present = document.getText();
  const first = document.positionAt(plan.start).line + 1;
  const last = document.positionAt(plan.end).line + 1;
  const filledIn =
    file.text.includes(PASSWORD_PLACEHOLDER) &&
    !present.slice(plan.start, plan.end).includes(PASSWORD_PLACEHOLDER);
  const comparison = new Comparison();
  try {
    await comparison.show(document.uri, applied(present, plan));
    const replace = await prompter.pick<boolean>({
      title: vscode.l10n.t('Insert PBX Configuration'),
      placeholder: vscode.l10n.t(
        'Replace the Exotel block in {0}, lines {1} to {2}?',
        document.uri.path.split('/').at(-1) ?? '',
        first,
        last,
      ),
      choices: [
        {
          label: vscode.l10n.t('Replace'),
          detail: filledIn
            ? vscode.l10n.t(
                'The SIP password that was filled in gives way to {0}.',
                PASSWORD_PLACEHOLDER,
              )
            : vscode.l10n.t('Everything outside the block stays as it is.'),
          icon: 'replace-all',
          value: true,
        },
        { label: vscode.l10n.t('Leave as It Is'), icon: 'close', value: false },
      ],
    });
    if (replace === BACK || !replace) throw new Cancelled();
  } finally {
    await comparison.close();
  }
}
