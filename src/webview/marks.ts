/**
 * webview/: the panel's browser side.
 *
 * A text cut into pieces where something has to be put in its place. The pieces put together are the text
 * again, to the last character: what is copied by hand is what was made.
 */
import type { MarkView } from '../pages/panel/panel-protocol';

export type Role = 'comment' | 'string' | 'number' | 'keyword' | 'section' | 'name' | 'strong';

export interface Piece {
  readonly text: string;
  readonly role: Role | null;
  /** What has to be put in its place. */
  readonly mark: MarkView | null;
}

export type Coloured = Omit<Piece, 'mark'>;

/** Before the colours are there, and for a text that has none. */
export function plain(text: string, marks: readonly MarkView[]): Piece[] {
  return withMarks([{ text, role: null }], text, marks);
}

/** `coloured` is all of `text`; it is cut where a mark begins or ends. */
export function withMarks(
  coloured: readonly Coloured[],
  text: string,
  marks: readonly MarkView[],
): Piece[] {
  return cut(coloured, places(text, marks));
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly mark: MarkView;
}

/** Where the marks are, from left to right; the longer of two that begin at one place. */
function places(text: string, marks: readonly MarkView[]): Place[] {
  const byText = new Map(marks.filter((mark) => mark.text !== '').map((mark) => [mark.text, mark]));
  if (byText.size === 0) return [];
  const longestFirst = [...byText.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\w])(?:${longestFirst.map(literally).join('|')})(?![\\w])`,
    'g',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const mark = byText.get(match[0]);
    return mark === undefined
      ? []
      : [{ from: match.index, to: match.index + match[0].length, mark }];
  });
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function cut(coloured: readonly Coloured[], marked: readonly Place[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let next = 0;
  for (const { text, role } of coloured) {
    const end = at + text.length;
    const start = at;
    while (at < end) {
      while ((marked[next]?.to ?? Infinity) <= at) next += 1;
      const place = marked[next];
      const inside = place !== undefined && place.from <= at;
      const stop = Math.min(end, place === undefined ? end : inside ? place.to : place.from);
      const mark = inside ? place.mark : null;
      pieces.push({ text: text.slice(at - start, stop - start), role, mark });
      at = stop;
    }
  }
  return joined(pieces);
}

/** Neighbours that look alike are one piece; a mark is one piece whatever it is made of. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    const alike = last?.mark === piece.mark && (piece.mark !== null || last.role === piece.role);
    if (alike) all[all.length - 1] = { ...last, text: last.text + piece.text };
    else all.push(piece);
  }
  return all;
}
