/**
 * webview/: the panel's browser side.
 *
 * A text cut into pieces by what each is, so that it can be coloured. The pieces put together are the text
 * again, to the last character: what is copied by hand is what was made.
 */
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import powershell from 'highlight.js/lib/languages/powershell';
import xml from 'highlight.js/lib/languages/xml';
import { createLowlight } from 'lowlight';
import type { MarkView, Syntax } from '../pages/panel/panel-protocol';
import { ini, ios, sheet, sipProxy } from './grammars';

export type Role = 'comment' | 'string' | 'number' | 'keyword' | 'section' | 'name' | 'strong';

export interface Piece {
  readonly text: string;
  readonly role: Role | null;
  /** What has to be put in its place. */
  readonly mark: MarkView | null;
}

const lowlight = createLowlight({
  ini,
  javascript,
  json,
  powershell,
  xml,
  markdown: sheet,
  'sip-proxy': sipProxy,
  ios,
});

const ROLES: Readonly<Record<string, Role>> = {
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  string: 'string',
  regexp: 'string',
  number: 'number',
  keyword: 'keyword',
  literal: 'keyword',
  built_in: 'keyword',
  // The element of a tag.
  name: 'keyword',
  meta: 'keyword',
  section: 'section',
  title: 'section',
  attr: 'name',
  attribute: 'name',
  variable: 'name',
  property: 'name',
  'template-variable': 'name',
  strong: 'strong',
};

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

export function paint(text: string, syntax: Syntax, marks: readonly MarkView[]): Piece[] {
  const roles = lowlight.registered(syntax)
    ? lowlight.highlight(syntax, text).children.flatMap((node) => flat(node, null))
    : [{ text, role: null }];
  return withMarks(roles, places(text, marks));
}

type Coloured = Omit<Piece, 'mark'>;

function flat(node: Node, role: Role | null): Coloured[] {
  if (node.type === 'text') return [{ text: node.value, role }];
  if (node.type !== 'element') return [];
  const inner = roleOf(node.properties.className) ?? role;
  return node.children.flatMap((child) => flat(child, inner));
}

function roleOf(classes: unknown): Role | null {
  const names = Array.isArray(classes) ? classes.map(String) : [];
  const found = names.map((name) => ROLES[name.replace('hljs-', '')]);
  return found.find((role) => role !== undefined) ?? null;
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

/** Cuts the pieces where a mark begins or ends. */
function withMarks(coloured: readonly Coloured[], marked: readonly Place[]): Piece[] {
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
