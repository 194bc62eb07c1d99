/**
 * webview/: the panel's browser side.
 *
 * A text cut into pieces by what each is, so that it can be coloured. The largest part of the page: it is
 * loaded once the page is there to be read.
 */
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import powershell from 'highlight.js/lib/languages/powershell';
import xml from 'highlight.js/lib/languages/xml';
import { createLowlight } from 'lowlight';
import type { MarkView, Syntax } from '../pages/panel/panel-protocol';
import { ini, ios, sheet, sipProxy } from './grammars';
import { type Coloured, type Piece, plain, type Role, withMarks } from './marks';

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
  if (!lowlight.registered(syntax)) return plain(text, marks);
  const coloured = lowlight.highlight(syntax, text).children.flatMap((node) => flat(node, null));
  return withMarks(coloured, text, marks);
}

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
