/**
 * app/: the application, without `vscode`.
 *
 * `generate` and `insert` of the terminal: the same plan and the same text as in the editor, with the
 * placeholder in the place of the password.
 */
import {
  chmod,
  chown,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { edges } from '../../exotel/edges';
import { cardById, cards, cardsOfFile } from '../../pbx/cards/index';
import { optionIds, valuesOf } from '../../pbx/options';
import type { PbxCard, PbxFile } from '../../pbx/types';
import { fileId, markedText } from '../../pbx/writing/block';
import type { AccountTrunks } from '../../trunks/account-trunks';
import type { TrunkSnapshot } from '../../trunks/snapshot';
import type { Chosen } from '../choices';
import { applied, type InsertPlan, type Owner, planInsert, sameNames } from '../pbx/merge';
import { offeredValues, planOf } from '../plan';
import { ownerOf, produce } from '../produce';
import { readSettings } from '../terminal-command';
import { unread, wholeTrunk } from './account';
import {
  type Answer,
  findingDocument,
  findingWords,
  hasProblem,
  NotDone,
  notOneOf,
  oneLine,
  problemDocument,
  WrongUse,
} from './answer';
import { type DocumentOf, type FindingDocument, SCHEMA_VERSION } from './documents';
import { bytesOf, fileRefused } from './files';

/** What the words after the verb say of the text. */
export interface TextAsked {
  readonly trunk: string;
  readonly target: string | null;
  /** `option=value` each; the last of an option counts. */
  readonly settings: readonly string[];
}

function cardAsked(target: string | null, into: string | null): PbxCard {
  const known = cards.map(({ id }) => id);
  if (target === null) {
    const [guessed] = into === null ? [] : cardsOfFile(into);
    if (guessed !== undefined) return guessed;
    throw new WrongUse(
      l10n.t('No PBX is named.'),
      l10n.t('Use --target with one of: {0}.', known.join(', ')),
    );
  }
  const card = cardById(target);
  if (card === null) throw notOneOf(known, target);
  return card;
}

function chosenBy(settings: readonly string[], card: PbxCard): Chosen {
  const { chosen, problems } = readSettings(settings);
  if (problems.length > 0) {
    throw new WrongUse(problems.join(' '), l10n.t('Write --set option=value.'));
  }
  return { ...chosen, targetId: card.id };
}

function wrongValue(id: string, doNext: string): WrongUse {
  return new WrongUse(l10n.t('The value of {0} cannot be used.', id), doNext);
}

/** The editor falls back when a kept choice is no longer there; who asks for it now is told. */
function requireOffered(chosen: Chosen, snapshot: TrunkSnapshot, card: PbxCard) {
  const offered = offeredValues({ snapshot, edges }, card);
  for (const id of optionIds) {
    const value = chosen[id];
    const lists: Partial<Record<string, readonly string[]>> = offered;
    const list = lists[id] ?? valuesOf(id)?.map((one) => one.value);
    if (value === undefined || list === undefined || list.includes(value)) continue;
    const values = list.filter((one) => one !== '');
    throw wrongValue(
      id,
      values.length === 0
        ? l10n.t('This PBX or trunk offers no value for it: leave it out.')
        : l10n.t('Use one of: {0}.', values.map(oneLine).join(', ')),
    );
  }
}

interface Made {
  readonly owner: Owner;
  readonly files: readonly PbxFile[];
  readonly findings: readonly FindingDocument[];
  /** Of the text, or because the trunk could not be read whole. */
  readonly exit: 0 | 1 | 3;
}

/** Throws NotDone when no text can be made of what is set up and chosen. */
async function make(
  account: AccountTrunks,
  { trunk, target, settings }: TextAsked,
  into: string | null,
  signal: AbortSignal,
): Promise<Made> {
  const card = cardAsked(target, into);
  const chosen = chosenBy(settings, card);
  const snapshot = await wholeTrunk(account, trunk, signal);
  requireOffered(chosen, snapshot, card);
  const plan = await planOf({
    accountSid: account.accountSid,
    snapshot,
    chosen,
    knownPasswords: new Set(),
    edges,
    now: new Date(),
  });
  const produced = await produce(plan);
  const { blocked, files, advice } = produced;
  if (blocked !== null) {
    throw new NotDone(
      'generate',
      l10n.t('No configuration can be made.'),
      blocked.kind === 'fields' ? l10n.t('Correct the settings.') : blocked.reason,
    );
  }
  const failures = unread(snapshot).map(({ problem }) => problemDocument(problem));
  const findings = [...advice.map(findingDocument), ...failures];
  const exit = hasProblem(advice) ? 1 : failures.length > 0 ? 3 : 0;
  return { owner: ownerOf(plan), files, findings, exit };
}

/** The text as it is when nothing else stands in its file. */
function wholeText(file: PbxFile, owner: Owner): string {
  const key = { trunkSid: owner.trunkSid, targetId: owner.targetId, fileName: fileId(file) };
  return markedText(file, key, owner.peerName, owner.options);
}

function withFindings(findings: readonly FindingDocument[]): { findings?: FindingDocument[] } {
  return findings.length === 0 ? {} : { findings: [...findings] };
}

/** Without `out` nothing is written. A file of that name that holds something else is left alone. */
export async function generateAnswer(
  account: AccountTrunks,
  asked: TextAsked,
  out: string | null,
  signal: AbortSignal,
): Promise<Answer<DocumentOf<'generate'>>> {
  const { files, owner, findings, exit } = await make(account, asked, null, signal);
  const texts = files.map((file) => ({
    name: file.name,
    folder: file.folder ?? '',
    text: wholeText(file, owner),
  }));
  const written = out === null ? [] : await writeNew(out, texts);
  return {
    document: { schemaVersion: SCHEMA_VERSION, ...withFindings(findings), files: texts },
    words: [
      ...(out === null
        ? texts.flatMap(({ name, folder, text }) => [
            ...(texts.length === 1
              ? []
              : [`==> ${folder === '' ? name : `${folder}/${name}`} <==`]),
            text,
          ])
        : written.map((path) => l10n.t('Written: {0}', oneLine(path)))),
      ...findings.flatMap(findingWords),
    ],
    exit,
  };
}

/** All of them or none: looked at first, written after. Throws NotDone. */
async function writeNew(
  out: string,
  texts: readonly { readonly name: string; readonly folder: string; readonly text: string }[],
): Promise<string[]> {
  const planned = texts.map(({ name, folder, text }) => ({ path: join(out, folder, name), text }));
  for (const { path, text } of planned) {
    const there = await readFile(path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw fileRefused(path, error);
    });
    if (there !== null && there !== text) {
      throw new NotDone(
        'file',
        l10n.t('{0} is there already and holds something else.', oneLine(path)),
        l10n.t('Nothing was written. Use another folder, or “insert” to put a block into it.'),
      );
    }
  }
  for (const { path, text } of planned) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    } catch (error) {
      throw fileRefused(path, error);
    }
  }
  return planned.map(({ path }) => path);
}

export interface InsertAsked extends TextAsked {
  /** Which of the generated files; null when one of them fits. */
  readonly file: string | null;
  readonly into: string | null;
  /** 1-based; null: behind everything. */
  readonly line: string | null;
  readonly choose: string | null;
  readonly write: boolean;
}

type Question = NonNullable<DocumentOf<'insert'>['question']>;

/** Exit code 1 when a question is open or the file differs from what it would be and was not written. */
export async function insertAnswer(
  account: AccountTrunks,
  asked: InsertAsked,
  signal: AbortSignal,
): Promise<Answer<DocumentOf<'insert'>>> {
  const { into } = asked;
  if (into === null) {
    throw new WrongUse(l10n.t('No file is named.'), l10n.t('Use --into with the file.'));
  }
  const line = lineAsked(asked.line);
  const { files, owner, findings, exit } = await make(account, asked, into, signal);
  const file = fileAsked(files, asked.file, into);
  const document = decoded(into, await bytesOf(into));
  const cursor = line === null ? document.text.length : offsetOf(document.text, line);
  const placed = place(document.text, cursor, file, owner, asked.choose);
  const { text, question } = placed;
  const writes = asked.write && question === null && text !== document.text;
  if (writes) await writeInPlace(into, document.encode(text));
  const open = question !== null || (text !== document.text && !writes);
  return {
    document: {
      schemaVersion: SCHEMA_VERSION,
      ...withFindings(findings),
      text,
      line: placed.line,
      question,
    },
    words: [
      ...(question === null
        ? [
            writes
              ? l10n.t('Written: {0}, line {1}.', oneLine(into), placed.line ?? 1)
              : text === document.text
                ? l10n.t('{0} holds this block already.', oneLine(into))
                : text,
          ]
        : questionWords(question, into)),
      ...findings.flatMap(findingWords),
    ],
    exit: exit === 0 && open ? 1 : exit,
  };
}

function lineAsked(line: string | null): number | null {
  if (line === null) return null;
  if (/^[1-9][0-9]{0,8}$/.test(line)) return Number(line);
  throw new WrongUse(l10n.t('That is no line.'), l10n.t('Lines are counted from 1.'));
}

/** Where a line begins; a line behind the last one is the end. */
function offsetOf(text: string, line: number): number {
  let offset = 0;
  for (let at = 1; at < line; at += 1) {
    const newline = text.indexOf('\n', offset);
    if (newline === -1) return text.length;
    offset = newline + 1;
  }
  return offset;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function fileAsked(files: readonly PbxFile[], named: string | null, into: string): PbxFile {
  const ids = files.map(fileId);
  if (named !== null) {
    const found = files.find((file) => fileId(file) === named || file.name === named);
    if (found === undefined) throw notOneOf(ids, named);
    return found;
  }
  const base = into.split(/[\\/]/).at(-1);
  const [only, ...others] = files;
  const byName = files.filter(({ name }) => name === base);
  const [fitting] = byName;
  if (fitting !== undefined && byName.length === 1) return fitting;
  if (only !== undefined && others.length === 0) return only;
  throw new WrongUse(
    l10n.t('This PBX has several files.'),
    l10n.t('Use --file with one of: {0}.', ids.join(', ')),
  );
}

interface Decoded {
  readonly text: string;
  readonly encode: (text: string) => Buffer;
}

/** UTF-8, else bytes as they are: what stands outside the block goes back as it came. */
function decoded(path: string, bytes: Buffer): Decoded {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => Buffer.from(changed, 'utf8') };
  } catch {
    return {
      text: bytes.toString('latin1'),
      encode: (changed) => {
        if (Array.from(changed).some((character) => character > '\u00ff')) {
          throw new NotDone(
            'file',
            l10n.t(
              '{0} is not UTF-8, and the block holds characters that it cannot hold.',
              oneLine(path),
            ),
            l10n.t('Convert the file to UTF-8, then run the command again.'),
          );
        }
        return Buffer.from(changed, 'latin1');
      },
    };
  }
}

interface Placed {
  readonly text: string;
  readonly line: number | null;
  readonly question: Question | null;
}

function place(
  document: string,
  cursor: number,
  file: PbxFile,
  owner: Owner,
  choose: string | null,
): Placed {
  const plan = planInsert(document, cursor, file, owner);
  const question = questionOf(document, plan, owner);
  if (question !== null && choose === null) return { text: document, line: null, question };
  if (choose !== null && question?.choices.includes(choose) !== true) {
    throw notOneOf(question?.choices ?? [], choose);
  }
  if (choose === 'leave' || plan.kind === 'same' || plan.kind === 'broken') {
    return { text: document, line: null, question: null };
  }
  if (plan.kind !== 'occupied') return put(document, plan);
  return put(document, choose === 'beside' && plan.anyway !== null ? plan.anyway : plan.whole);
}

function put(
  document: string,
  replacement: { readonly start: number; readonly end: number; readonly text: string },
): Placed {
  const lead = /^\s*/.exec(replacement.text)?.[0].length ?? 0;
  const text = applied(document, replacement);
  return {
    text,
    line: lineAt(document, replacement.start) + lineAt(replacement.text, lead) - 1,
    question: null,
  };
}

/** What has to be answered before anything is written; null when nothing has. */
function questionOf(document: string, plan: InsertPlan, owner: Owner): Question | null {
  if (plan.kind === 'broken') {
    return { kind: 'broken', line: plan.lines[0] ?? 1, choices: ['leave'] };
  }
  if (plan.kind === 'occupied') {
    const beside = plan.anyway === null ? [] : ['beside'];
    return { kind: 'occupied', line: 1, choices: ['overwrite', ...beside, 'leave'] };
  }
  const [taken] = plan.kind === 'insert' ? sameNames(document, owner) : [];
  return taken === undefined
    ? null
    : { kind: 'nameTaken', line: lineAt(document, taken.start), choices: ['anyway', 'leave'] };
}

function questionWords({ kind, line, choices }: Question, into: string): string[] {
  const name = oneLine(into);
  const what =
    kind === 'broken'
      ? l10n.t(
          '{0}: the markers of the block around line {1} do not belong together. Mend them by hand.',
          name,
          line,
        )
      : kind === 'occupied'
        ? l10n.t('{0} holds something else, and this text is a whole file.', name)
        : l10n.t(
            '{0}: the block of another trunk in line {1} has the same name inside the PBX.',
            name,
            line,
          );
  return [what, l10n.t('Use --choose with one of: {0}. Nothing was written.', choices.join(', '))];
}

/**
 * A file is never half written: beside it first, with its owner and rights, then in its place. Behind a link
 * the file it leads to. Whose file may not be given away is written as it stands.
 */
async function writeInPlace(path: string, bytes: Buffer): Promise<void> {
  try {
    const file = await realpath(path);
    const { mode, uid, gid } = await stat(file);
    const beside = `${file}.${process.pid}.tmp`;
    try {
      await writeFile(beside, bytes, { flag: 'wx', mode: 0o600 });
      await chown(beside, uid, gid);
      await chmod(beside, mode);
      await rename(beside, file);
    } catch {
      await rm(beside, { force: true });
      await writeFile(file, bytes);
    }
  } catch (error) {
    throw fileRefused(path, error);
  }
}
