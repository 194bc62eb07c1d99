/**
 * pbx/writing: the forms that several texts are written in.
 *
 * The marked block: generated text between two comment lines that name its trunk, target and file, so
 * that the next insert finds it and replaces it instead of adding a second one. Documents are read as a
 * person may have left them: other line ends, blanks around, indented.
 */
import { commentText } from '../quoting/plain';
import type { CommentSign, PbxFile } from '../types';
import { optionLines, optionsNamed, type NamedOptions } from './block-options';
import { commentLine } from './file';

/** What a block is recognised by. */
export interface BlockKey {
  readonly trunkSid: string;
  readonly targetId: string;
  /** As fileId() gives it. */
  readonly fileName: string;
}

/** From the start of the first line to behind the line end of the last one. */
export interface BlockRange {
  readonly start: number;
  readonly end: number;
}

export interface FoundBlock extends BlockRange, BlockKey {
  /** The name inside the PBX that the block was made with; null when it has none. */
  readonly peerName: string | null;
  /** The options it names, as texts of their fields; of what wrote them nothing is known. */
  readonly options: NamedOptions;
  /** Blanks before its first marker. */
  readonly indent: string;
}

/** Its end or its beginning is missing, or it is there twice: nothing can be replaced safely. */
export interface BrokenBlock {
  readonly kind: 'broken';
  /** Where its markers stand, counted from 1. */
  readonly lines: readonly number[];
}

/** Tells the files of one target apart, also two of the same name in different folders. */
export function fileId(file: Pick<PbxFile, 'name' | 'folder'>): string {
  return file.folder === undefined || file.folder === ''
    ? file.name
    : `${file.folder}/${file.name}`;
}

/** A SID comes from the API: only what cannot end the comment goes into it. */
function safeSid(trunkSid: string): string {
  return commentText(trunkSid).replaceAll(' ', '_') || '_';
}

const MARKER =
  /^(?:;+|#+|\/\/+|!+|<!--)[ \t]*(>>>|<<<) Exotel SIP trunk (\S+) (\S+) (.+?)(?: called ([A-Za-z][A-Za-z0-9_-]*))? \1(?:[ \t]*-->)?$/;

function marker(arrows: '>>>' | '<<<', key: BlockKey, peerName: string | null): string {
  const called = peerName === null ? '' : ` called ${peerName}`;
  const { targetId, fileName } = key;
  return `${arrows} Exotel SIP trunk ${safeSid(key.trunkSid)} ${targetId} ${fileName}${called} ${arrows}`;
}

/** What has to stay the first line of a file: an XML declaration, a `#!` line. With its line end. */
const FIRST_LINE = /^(?:<\?xml\b[^\n]*\?>[ \t]*\r?\n|#![^\n]*\n)/;

/**
 * The file's text between its markers, ending in a line end. As it is in a format without comments.
 * `peerName`: the name inside the PBX, when the text has a place for it, so that two trunks of the same
 * name are noticed. `options`: the ones that differ from the defaults, so that the block can be made again.
 */
export function markedText(
  file: PbxFile,
  key: BlockKey,
  peerName: string | null = null,
  options: NamedOptions = {},
): string {
  return firstLineOf(file.text) + blockText(file, key, peerName, options);
}

/** The block alone, without the line that only the beginning of a file may hold. */
export function blockText(
  file: PbxFile,
  key: BlockKey,
  peerName: string | null = null,
  options: NamedOptions = {},
): string {
  if (file.comment === null) return file.text;
  const begin = commentLine(file.comment, marker('>>>', key, peerName));
  const end = commentLine(file.comment, marker('<<<', key, null));
  const body = file.text.slice(firstLineOf(file.text).length);
  return `${begin}\n${optionLines(file.comment, options)}${body.trimEnd()}\n${end}\n`;
}

/** '' when the text has no such line. */
export function firstLineOf(text: string): string {
  return FIRST_LINE.exec(text)?.[0] ?? '';
}

/** The block of that key; null when there is none, or the format has no comments. */
export function findBlock(
  text: string,
  sign: CommentSign,
  key: BlockKey,
): FoundBlock | BrokenBlock | null {
  if (sign === null) return null;
  const markers = markersOf(text).filter((one) => isSame(one, key));
  const [first, last, ...others] = markers;
  if (first === undefined) return null;
  if (last === undefined || others.length > 0 || !first.begins || last.begins) {
    return { kind: 'broken', lines: markers.map(({ line }) => line) };
  }
  // Another block that begins or ends in between would be torn apart.
  const between = markersOf(text).filter((one) => one.start > first.start && one.end < last.end);
  if (between.length > 0) {
    return { kind: 'broken', lines: [first, ...between, last].map(({ line }) => line) };
  }
  return blockBetween(text, first, last);
}

/** Every whole block of ours, of whatever trunk, in the order they stand in. */
export function blocksOf(text: string): FoundBlock[] {
  const blocks: FoundBlock[] = [];
  let open: Marker | null = null;
  for (const one of markersOf(text)) {
    if (one.begins) open = one;
    else {
      if (open !== null && isSame(one, open)) blocks.push(blockBetween(text, open, one));
      open = null;
    }
  }
  return blocks;
}

/** Whether a block was made for that trunk: its marker shows the SID as far as a comment can. */
export function isOfTrunk(block: Pick<BlockKey, 'trunkSid'>, trunkSid: string): boolean {
  return safeSid(block.trunkSid) === safeSid(trunkSid);
}

interface Marker extends Omit<FoundBlock, 'options'> {
  readonly begins: boolean;
  /** Counted from 1. */
  readonly line: number;
}

function isSame(one: BlockKey, other: BlockKey): boolean {
  return (
    isOfTrunk(one, other.trunkSid) &&
    one.targetId === other.targetId &&
    one.fileName === other.fileName
  );
}

function blockBetween(text: string, first: Marker, last: Marker): FoundBlock {
  const { trunkSid, targetId, fileName, peerName, indent, start } = first;
  const options = optionsNamed(text.slice(first.end, last.start));
  return { trunkSid, targetId, fileName, peerName, options, indent, start, end: last.end };
}

function markersOf(text: string): Marker[] {
  const found: Marker[] = [];
  let start = 0;
  let line = 0;
  while (start < text.length) {
    line += 1;
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    const whole = text.slice(start, end);
    // A byte order mark counts as a blank here.
    const match = MARKER.exec(whole.trim());
    if (match !== null) {
      const [, arrows, trunkSid = '', targetId = '', fileName = '', peerName = null] = match;
      const indent = /^[ \t]*/.exec(whole)?.[0] ?? '';
      const begins = arrows === '>>>';
      found.push({ begins, line, trunkSid, targetId, fileName, peerName, indent, start, end });
    }
    start = end;
  }
  return found;
}
