/**
 * pbx/writing: the forms that several texts are written in.
 *
 * A file with its first comment lines: which trunk, when, and what is still to be filled in.
 */
import { headLines } from './common';
import type { CommentSign, PbxFile, PbxWriter, TrunkConnection } from '../types';

/** One comment line; '' in a format without comments. `text` is harmless already (commentText). */
export function commentLine(sign: CommentSign, text: string): string {
  if (sign === null) return '';
  return sign === '<!--' ? `<!-- ${text} -->` : `${sign} ${text}`;
}

/** The file with its head. `notes` follow the head's own lines. */
export function headedFile(
  connection: TrunkConnection,
  writer: Pick<PbxWriter, 'placeholders'>,
  kind: Omit<PbxFile, 'text'>,
  body: string,
  notes: readonly string[] = [],
): PbxFile {
  const head = [...headLines(connection, body, writer), ...notes].map((line) =>
    commentLine(kind.comment, line),
  );
  return { ...kind, text: `${head.join('\n')}\n\n${body}\n` };
}

/** Blocks of lines with an empty line between them. */
export function paragraphs(blocks: readonly (readonly string[])[]): string {
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}
