/**
 * pbx/writing: the forms that several targets are written in.
 *
 * The marked block: generated text between two comment lines that name its trunk, target and file, so
 * that the next insert finds it and replaces it instead of adding a second one.
 */
import type { CommentSign, PbxFile } from '../types';
import { commentLine } from './file';

/** What a block is recognised by. */
export interface BlockKey {
  readonly trunkSid: string;
  readonly targetId: string;
  readonly fileName: string;
}

function marker(arrows: '>>>' | '<<<', { trunkSid, targetId, fileName }: BlockKey): string {
  return `${arrows} Exotel SIP trunk ${trunkSid} ${targetId} ${fileName} ${arrows}`;
}

/** The file's text between its markers, ending in a line end. As it is in a format without comments. */
export function markedText(file: PbxFile, key: BlockKey): string {
  if (file.comment === null) return file.text;
  const begin = commentLine(file.comment, marker('>>>', key));
  const end = commentLine(file.comment, marker('<<<', key));
  return `${begin}\n${file.text.trimEnd()}\n${end}\n`;
}

/** Where a block stands: from the start of its first line to behind the end of its last one. */
export interface BlockRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The block of that key; null when there is none. `broken`: its end or its beginning is missing, or it is
 * there twice, so that nothing can be replaced safely.
 */
export function findBlock(
  text: string,
  sign: CommentSign,
  key: BlockKey,
): BlockRange | 'broken' | null {
  if (sign === null) return null;
  const begin = commentLine(sign, marker('>>>', key));
  const end = commentLine(sign, marker('<<<', key));
  const begins = linesEqual(text, begin);
  const ends = linesEqual(text, end);
  if (begins.length === 0 && ends.length === 0) return null;
  const [first] = begins;
  const [last] = ends;
  if (begins.length !== 1 || ends.length !== 1 || first === undefined || last === undefined) {
    return 'broken';
  }
  return first.start < last.start ? { start: first.start, end: last.end } : 'broken';
}

/** Lines that are `wanted` but for blanks around; each with its line end. */
function linesEqual(text: string, wanted: string): BlockRange[] {
  const found: BlockRange[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    if (text.slice(start, end).trim() === wanted) found.push({ start, end });
    start = end;
  }
  return found;
}
