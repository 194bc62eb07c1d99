/**
 * app/: the application, without `vscode`.
 *
 * Where generated text goes in a document that may hold other things: in the place of the block it put
 * there before, at the cursor, at the end, or nowhere without a question. Plans only.
 */
import type { PbxFile } from '../../pbx/types';
import type { NamedOptions } from '../../pbx/writing/block-options';
import {
  blocksOf,
  blockText,
  fileId,
  findBlock,
  isOfTrunk,
  markedText,
  type BlockKey,
  type FoundBlock,
} from '../../pbx/writing/block';

/** Whose text it is. */
export interface Owner {
  readonly trunkSid: string;
  readonly targetId: string;
  /** The name inside the PBX; null when the text has no place for one. */
  readonly peerName: string | null;
  /** The options that differ from the defaults, which the block names. */
  readonly options: NamedOptions;
}

/** Put `text` in the place of what stands from `start` to `end`. Line ends are `\n`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type InsertPlan =
  /** Nothing but the day it was made would change. */
  | { readonly kind: 'same' }
  /** Its markers, counted from 1, do not make one block. */
  | { readonly kind: 'broken'; readonly lines: readonly number[] }
  | ({ readonly kind: 'replace' } & Replacement)
  | ({ readonly kind: 'insert' } & Replacement)
  /** The text is a whole file and the document holds something else. `anyway`: where it would go. */
  | { readonly kind: 'occupied'; readonly whole: Replacement; readonly anyway: Replacement | null };

function keyOf(file: PbxFile, owner: Owner): BlockKey {
  return { trunkSid: owner.trunkSid, targetId: owner.targetId, fileName: fileId(file) };
}

/** At the cursor, or where the block already is. */
export function planInsert(
  document: string,
  cursor: number,
  file: PbxFile,
  owner: Owner,
): InsertPlan {
  const key = keyOf(file, owner);
  const { peerName, options } = owner;
  const block = findBlock(document, file.comment, key);
  if (block !== null) {
    if ('kind' in block) return block;
    const replacement = replacing(document, block, blockText(file, key, peerName, options));
    const old = document.slice(replacement.start, replacement.end);
    return sameButForTheDate(old, replacement.text)
      ? { kind: 'same' }
      : { kind: 'replace', ...replacement };
  }
  const whole = { start: 0, end: document.length, text: markedText(file, key, peerName, options) };
  if (document.trim() === '') return { kind: 'insert', ...whole };
  const anyway = atCursor(document, cursor, blockText(file, key, peerName, options));
  if (file.extent === 'part') return { kind: 'insert', ...anyway };
  if (sameButForTheDate(document, file.text)) return { kind: 'same' };
  return { kind: 'occupied', whole, anyway: file.comment === null ? null : anyway };
}

/** The block without the line end behind it, so that a cursor left at its end is not on the next line. */
function replacing(document: string, block: FoundBlock, text: string): Replacement {
  const kept = /\r?\n$/.exec(document.slice(block.start, block.end))?.[0].length ?? 0;
  const indented = text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : block.indent + line));
  return { start: block.start, end: block.end - kept, text: indented.join('\n') };
}

/**
 * Lines of its own, with an empty line to what stands before and behind: before the cursor's line when
 * the cursor is at its beginning, else behind it, and never inside another block of ours.
 */
function atCursor(document: string, cursor: number, block: string): Replacement {
  const around = blocksOf(document).find(({ start, end }) => start < cursor && cursor < end);
  const lineStart = document.lastIndexOf('\n', cursor - 1) + 1;
  const newline = document.indexOf('\n', cursor);
  const lineEnd = newline === -1 ? document.length : newline + 1;
  const isBlank = document.slice(lineStart, lineEnd).trim() === '';
  const at = around?.end ?? (cursor === lineStart || isBlank ? lineStart : lineEnd);
  const before = document.slice(0, at);
  const after = document.slice(at);
  const lead = before === '' || /\n[ \t]*\r?\n$/.test(before) || /^\s*\n$/.test(before) ? '' : '\n';
  const open = before !== '' && !before.endsWith('\n') ? '\n' : '';
  const tail = after === '' || /^[ \t]*\r?(?:\n|$)/.test(after) ? '' : '\n';
  return { start: at, end: at, text: `${open}${lead}${block}${tail}` };
}

const MADE = /made \d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

function sameButForTheDate(one: string, other: string): boolean {
  const bare = (text: string) =>
    text
      .replace(MADE, 'made')
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim();
  return bare(one) === bare(other);
}

/** The document as it would be; in its own line ends. */
export function applied(document: string, { start, end, text }: Replacement): string {
  const own = document.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
  return document.slice(0, start) + own + document.slice(end);
}

/** Names inside the PBX are taken once: the other trunks' blocks of the same PBX that have this one. */
export function sameNames(document: string, owner: Omit<Owner, 'options'>): FoundBlock[] {
  return blocksOf(document).filter(
    (block) =>
      block.peerName !== null &&
      block.peerName === owner.peerName &&
      block.targetId === owner.targetId &&
      !isOfTrunk(block, owner.trunkSid),
  );
}

export type FilePlan =
  | { readonly kind: 'new'; readonly text: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'broken'; readonly lines: readonly number[] }
  /** `block`: ours is replaced; `append`, `overwrite`: what is there was not made by us. */
  | { readonly kind: 'block' | 'append' | 'overwrite'; readonly text: string }
  /** It has to go inside what is there, and only a person knows where. */
  | { readonly kind: 'byHand' };

/** Into a file. `existing` null: there is none yet. */
export function planFile(existing: string | null, file: PbxFile, owner: Owner): FilePlan {
  const key = keyOf(file, owner);
  const fresh = markedText(file, key, owner.peerName, owner.options);
  if (existing === null || existing.trim() === '') return { kind: 'new', text: fresh };
  const plan = planInsert(existing, existing.length, file, owner);
  if (plan.kind === 'same' || plan.kind === 'broken') return plan;
  if (plan.kind === 'replace') return { kind: 'block', text: applied(existing, plan) };
  if (plan.kind === 'occupied') {
    return { kind: 'overwrite', text: applied(existing, plan.whole) };
  }
  // Behind the closing tag of a document there may be nothing more.
  if (file.comment === '<!--' && file.languageId === 'xml') return { kind: 'byHand' };
  return { kind: 'append', text: applied(existing, plan) };
}
