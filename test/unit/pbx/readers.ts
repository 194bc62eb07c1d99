// Small readers of the formats, written from the programs' own rules and not from what pbx/ writes.
import assert from 'node:assert/strict';

export interface ConfEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Asterisk, main/config.c: block comments, `;` with its one backslash, sections, directives, `=` and `=>`. */
export function readAsteriskConf(text: string): ConfEntry[] {
  const entries: ConfEntry[] = [];
  let section = '';
  let blockDepth = 0;
  for (const raw of text.split('\n')) {
    let line = raw;
    let kept = '';
    while (line !== '') {
      const at = line.indexOf(';');
      if (at === -1) {
        if (blockDepth === 0) kept += line;
        break;
      }
      if (at > 0 && line[at - 1] === '\\') {
        if (blockDepth === 0) kept += `${line.slice(0, at - 1)};`;
        line = line.slice(at + 1);
      } else if (line.startsWith(';--', at) && line[at + 3] !== '-') {
        if (blockDepth === 0) kept += line.slice(0, at);
        blockDepth += 1;
        line = line.slice(at + 3);
      } else if (blockDepth > 0) {
        if (line.slice(0, at).endsWith('--')) blockDepth -= 1;
        line = line.slice(at + 1);
      } else {
        kept += line.slice(0, at);
        break;
      }
    }
    const content = kept.trim();
    if (content === '') continue;
    assert.ok(!content.startsWith('#'), `a directive: ${content}`);
    if (content.startsWith('[')) {
      const end = content.indexOf(']');
      assert.ok(end > 0, 'a section without an end');
      section = content.slice(1, end);
      continue;
    }
    const equals = content.indexOf('=');
    assert.ok(equals > 0, `no key: ${content}`);
    const isObject = content[equals + 1] === '>';
    entries.push({
      section,
      key: content.slice(0, equals).trim(),
      value: content.slice(equals + (isObject ? 2 : 1)).trim(),
    });
  }
  return entries;
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function decodeReferences(text: string): string {
  return text.replace(/&(#[0-9]+|[a-z]+);?/g, (whole, inner: string) => {
    assert.ok(inner.startsWith('#'), `a named reference: ${whole}`);
    return String.fromCodePoint(Number(inner.slice(1)));
  });
}

/** FreeSWITCH, switch_xml.c: what its preprocessor looks for in every line, then elements in order. */
export function readFreeswitchXml(text: string): XmlElement[] {
  for (const line of text.split('\n')) {
    assert.ok(!line.includes('$${'), 'a variable the preprocessor expands');
    assert.ok(!/x-pre-process/i.test(line), 'a directive of the preprocessor');
    if (line.includes('<!--'))
      assert.match(line, /^\s*<!--(?:(?!--).)*-->$/, 'a comment on its line');
  }
  const rest = text.replace(/<!--.*?-->/g, '');
  const elements: XmlElement[] = [];
  const open: string[] = [];
  let position = 0;
  const tag = /<(\/?)([A-Za-z-]+)((?:\s+[A-Za-z-]+="[^"<]*")*)\s*(\/?)>/y;
  while (position < rest.length) {
    const next = rest.indexOf('<', position);
    const between = rest.slice(position, next === -1 ? rest.length : next);
    assert.equal(between.trim(), '', 'text between the elements');
    if (next === -1) break;
    tag.lastIndex = next;
    const match = tag.exec(rest);
    assert.ok(match !== null, `not a tag: ${rest.slice(next, next + 60)}`);
    const [, closing, name = '', attributes = '', empty] = match;
    if (closing === '/') {
      assert.equal(open.pop(), name);
    } else {
      const pairs = Array.from(attributes.matchAll(/([A-Za-z-]+)="([^"]*)"/g), (pair) => [
        pair[1] ?? '',
        decodeReferences(pair[2] ?? ''),
      ]);
      elements.push({ name, attributes: Object.fromEntries(pairs) as Record<string, string> });
      if (empty !== '/') open.push(name);
    }
    position = tag.lastIndex;
  }
  assert.deepEqual(open, []);
  return elements;
}

export type KamailioToken =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'directive'; readonly value: string }
  | { readonly kind: 'other'; readonly value: string };

/** Kamailio, core/cfg.lex: comments, directives, strings with their escapes, and the rest by character. */
export function lexKamailio(text: string): KamailioToken[] {
  const tokens: KamailioToken[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (/\s/.test(character)) {
      at += 1;
    } else if (text.startsWith('#!', at)) {
      const end = text.indexOf('\n', at);
      tokens.push({ kind: 'directive', value: text.slice(at, end) });
      at = end;
    } else if (character === '#' || text.startsWith('//', at)) {
      at = text.indexOf('\n', at);
      assert.notEqual(at, -1);
    } else if (text.startsWith('/*', at)) {
      at = text.indexOf('*/', at) + 2;
      assert.ok(at > 1, 'a comment without an end');
    } else if (character === '"') {
      let value = '';
      at += 1;
      while (text[at] !== '"') {
        assert.ok(at < text.length, 'a string without an end');
        if (text[at] === '\\') {
          const escaped = text[at + 1] ?? '';
          const known: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
          assert.match(escaped, /[nrt"\\]/);
          value += known[escaped] ?? escaped;
          at += 2;
        } else {
          value += text[at] ?? '';
          at += 1;
        }
      }
      at += 1;
      tokens.push({ kind: 'string', value });
    } else {
      const word = /^(?:[A-Za-z0-9_.]+|.)/su.exec(text.slice(at))?.[0] ?? character;
      tokens.push({ kind: 'other', value: word });
      at += word.length;
    }
  }
  return tokens;
}

/** The string assigned to `$avp(name)`. */
export function kamailioAvp(text: string, name: string): string | null {
  const tokens = lexKamailio(text);
  const start = ['$', 'avp', '(', name, ')', '='];
  for (let at = 0; at < tokens.length; at += 1) {
    const value = tokens[at + start.length];
    if (value?.kind === 'string' && start.every((one, i) => tokens[at + i]?.value === one)) {
      return value.value;
    }
  }
  return null;
}

/** The cells of a Markdown table row by its first cell, as GitHub's flavour splits and decodes them. */
export function markdownCell(text: string, setting: string): string | null {
  for (const line of text.split('\n')) {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (cells.length !== 4 || cells[1] !== setting) continue;
    const cell = cells[2] ?? '';
    const span = /^`([^`]*)`$/.exec(cell);
    if (span !== null) return span[1] ?? '';
    const html = /^<code>([A-Za-z0-9&#;]*)<\/code>$/.exec(cell);
    return html === null ? null : decodeReferences(html[1] ?? '');
  }
  return null;
}
