/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Into files of the person's choice, on whatever file system the workspace is on. What is there already is
 * kept but for our own block; what would change is said, and can be looked at, before anything is written.
 */
import { chmod, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import { BACK, Cancelled, type Choice, type Prompter } from '../../app/input/prompter';
import { Comparison } from './comparison';
import { brokenBlock, confirmSameName } from './insert';
import { planFile, sameNames, type FilePlan, type Owner } from '../../app/pbx/merge';
import { OutputRefused } from '../../app/pbx/refused';

export interface Destination {
  /** One for each file, in their order. */
  readonly uris: readonly vscode.Uri[];
}

/** Where to save: asks for a name, or for a folder when there are several files. Null: changed one's mind. */
export async function chooseDestination(files: readonly PbxFile[]): Promise<Destination | null> {
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
  return target === undefined ? null : destinationIn(target, files);
}

export function destinationIn(folder: vscode.Uri, files: readonly PbxFile[]): Destination {
  return {
    uris: files.map((file) => vscode.Uri.joinPath(folder, ...fileId(file).split('/'))),
  };
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

export interface SaveRequest {
  readonly files: readonly PbxFile[];
  readonly destination: Destination;
  readonly owner: Owner;
  readonly prompter: Prompter;
  /** The text holds a password: a new file is for its owner only. */
  readonly withPassword: boolean;
}

export interface Saved {
  readonly written: readonly vscode.Uri[];
  /** Names of the files that were left as they are, because nothing would change in them. */
  readonly same: readonly string[];
  /** Names of the files that were left out, because the person or their format wanted it so. */
  readonly leftOut: readonly string[];
  /** Names of the files with the password that others on this computer can read. */
  readonly readable: readonly string[];
}

interface Planned {
  readonly file: PbxFile;
  readonly uri: vscode.Uri;
  readonly name: string;
  /** Null: there is no such file yet. */
  readonly before: Uint8Array | null;
  readonly plan: FilePlan;
}

/**
 * Looks at everything first and writes last. Throws Cancelled, or OutputRefused when a file is in a state
 * that has to be mended first: nothing is written then. A write that fails says what was written before.
 */
export async function saveFiles(request: SaveRequest): Promise<Saved> {
  const planned = await Promise.all(
    request.files.map((file, index) =>
      look(file, request.destination.uris[index] ?? vscode.Uri.file(file.name), request.owner),
    ),
  );
  const wanted = await confirmChanges(planned, request.prompter);
  // As the file would be: a block that is written over does not count.
  const twice = wanted.filter(({ plan }) => sameNames(plan.text, request.owner).length > 0);
  if (twice.length > 0) {
    const names = twice.map(({ name }) => name).join(', ');
    await confirmSameName(names, request.owner, vscode.l10n.t('Write Anyway'), request.prompter);
  }
  const done: Planned[] = [];
  for (const one of wanted) await assertUnchanged(one);
  for (const one of wanted) {
    try {
      await write(one, request.withPassword);
    } catch (error) {
      throw failedHalfway(one, done, wanted, error);
    }
    done.push(one);
  }
  const readable = request.withPassword ? await readableByOthers(done) : [];
  return {
    written: done.map(({ uri }) => uri),
    same: planned.filter(({ plan }) => plan.kind === 'same').map(({ name }) => name),
    leftOut: planned
      .filter((one) => one.plan.kind !== 'same' && !done.includes(one))
      .map(({ name }) => name),
    readable,
  };
}

async function look(file: PbxFile, uri: vscode.Uri, owner: Owner): Promise<Planned> {
  const name = baseName(uri);
  const before = await bytesOf(uri);
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open?.isDirty === true) {
    throw new OutputRefused(
      vscode.l10n.t('{0} has changes that are not saved: save it first, then save here.', name),
    );
  }
  const plan = planFile(before === null ? null : decoded(before, name), file, owner);
  if (plan.kind === 'broken') throw brokenBlock(name, plan.lines);
  return { file, uri, name, before, plan };
}

async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | null> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
    throw new OutputRefused(
      vscode.l10n.t('{0} cannot be read: {1} Nothing was written.', baseName(uri), reasonOf(error)),
    );
  }
}

/** A byte order mark stays. */
function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new OutputRefused(
      vscode.l10n.t('{0} is not a UTF-8 text file. Nothing was written: save elsewhere.', name),
    );
  }
}

type Changing = Planned & { readonly plan: Extract<FilePlan, { readonly text: string }> };

function isChanging(one: Planned): one is Changing {
  return 'text' in one.plan;
}

function whatHappens(one: Planned, skipped: boolean): string {
  if (skipped) return vscode.l10n.t('left as it is');
  switch (one.plan.kind) {
    case 'new':
      return vscode.l10n.t('new file');
    case 'block':
      return vscode.l10n.t('its Exotel block is replaced');
    case 'append':
      return vscode.l10n.t('the text is put at its end');
    case 'overwrite':
      return vscode.l10n.t('all it holds is replaced');
    case 'byHand':
      return vscode.l10n.t('left out: insert this one at the right place yourself');
    case 'same':
    case 'broken':
      return vscode.l10n.t('nothing changes');
  }
}

type Answer =
  { readonly do: 'write' } | { readonly do: 'compare' | 'toggle'; readonly one: Changing };

/** The ones to write. Asks only when something that is there would change. */
async function confirmChanges(
  planned: readonly Planned[],
  prompter: Prompter,
): Promise<readonly Changing[]> {
  const changing = planned.filter(isChanging);
  const existing = changing.filter(({ plan }) => plan.kind !== 'new');
  if (existing.length === 0 && planned.every(({ plan }) => plan.kind !== 'byHand')) return changing;
  const skipped = new Set<Planned>();
  const comparison = new Comparison();
  try {
    for (;;) {
      const wanted = changing.filter((one) => !skipped.has(one));
      const answer = await prompter.pick<Answer>({
        title: vscode.l10n.t('Save PBX Configuration'),
        placeholder: vscode.l10n.t('Some of the files are there already.'),
        choices: choicesOf(planned, existing, wanted, skipped),
      });
      if (answer === BACK) throw new Cancelled();
      if (answer.do === 'write') return wanted;
      if (answer.do === 'compare') await comparison.show(answer.one.uri, answer.one.plan.text);
      else if (!skipped.delete(answer.one)) skipped.add(answer.one);
    }
  } finally {
    await comparison.close();
  }
}

function writeLabel(count: number): string {
  if (count === 0) return vscode.l10n.t('Write Nothing');
  return count === 1 ? vscode.l10n.t('Write 1 File') : vscode.l10n.t('Write {0} Files', count);
}

function choicesOf(
  planned: readonly Planned[],
  existing: readonly Changing[],
  wanted: readonly Changing[],
  skipped: ReadonlySet<Planned>,
): Choice<Answer>[] {
  const summary = planned
    .map((one) => `${one.name}: ${whatHappens(one, skipped.has(one))}`)
    .join(' · ');
  return [
    {
      label: writeLabel(wanted.length),
      detail: summary,
      icon: 'save-all',
      value: { do: 'write' },
    },
    ...existing.flatMap((one): Choice<Answer>[] => [
      {
        label: vscode.l10n.t('Compare {0}', one.name),
        description: whatHappens(one, skipped.has(one)),
        icon: 'diff',
        value: { do: 'compare', one },
      },
      {
        label: skipped.has(one)
          ? vscode.l10n.t('Write {0} after All', one.name)
          : vscode.l10n.t('Leave {0} as It Is', one.name),
        icon: skipped.has(one) ? 'add' : 'debug-step-over',
        value: { do: 'toggle', one },
      },
    ]),
  ];
}

/** Between the look and the writing there was a person thinking. */
async function assertUnchanged({ uri, name, before }: Planned): Promise<void> {
  const now = await bytesOf(uri);
  const same =
    now === null || before === null ? now === before : Buffer.from(now).equals(Buffer.from(before));
  if (!same) {
    throw new OutputRefused(
      vscode.l10n.t('{0} was changed meanwhile: nothing was written. Save again.', name),
    );
  }
}

async function write({ uri, before, plan }: Changing, withPassword: boolean): Promise<void> {
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  const onlyOwner = withPassword && before === null && uri.scheme === 'file';
  if (onlyOwner) {
    // Closed to others before the password is in it.
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    await chmod(uri.fsPath, 0o600).catch(() => undefined);
  }
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(plan.text));
}

const OTHERS_MAY_READ = 0o004;

/** The files that were there before keep their permissions: the PBX may need them. */
async function readableByOthers(done: readonly Planned[]): Promise<string[]> {
  const names: string[] = [];
  for (const { uri, name } of done) {
    if (uri.scheme !== 'file' || process.platform === 'win32') continue;
    const facts = await stat(uri.fsPath).catch(() => null);
    if (facts !== null && (facts.mode & OTHERS_MAY_READ) !== 0) names.push(name);
  }
  return names;
}

function failedHalfway(
  failed: Planned,
  done: readonly Planned[],
  wanted: readonly Planned[],
  error: unknown,
): OutputRefused {
  const names = (list: readonly Planned[]) => list.map(({ name }) => name).join(', ');
  const missing = names(wanted.filter((one) => !done.includes(one)));
  return new OutputRefused(
    done.length === 0
      ? vscode.l10n.t('{0} cannot be written: {1} Nothing was saved.', failed.name, reasonOf(error))
      : vscode.l10n.t(
          '{0} cannot be written: {1} Saved: {2}. Not saved: {3}.',
          failed.name,
          reasonOf(error),
          names(done),
          missing,
        ),
  );
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
