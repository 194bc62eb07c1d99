// The part of PowerShell that a list of cmdlets needs: comments, words, parameters, single-quoted strings
// with doubled quotes, numbers, $true, @{ … }, and a back-tick that continues the line. Anything else (a
// pipe, a semicolon, double quotes, a subexpression) fails.
import assert from 'node:assert/strict';

export interface Cmdlet {
  readonly name: string;
  /** Parameters without the dash; a hash table as `Key = value`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** PowerShell reads the typographic quotes as the plain one. */
const QUOTE = "['\u2018\u2019\u201a\u201b]";
const TOKEN = new RegExp(
  [
    `(?<string>${QUOTE}(?:[^'\u2018\u2019\u201a\u201b]|${QUOTE}{2})*${QUOTE})`,
    '(?<parameter>-[A-Za-z]+)',
    '(?<number>[0-9]+)(?=\\s|$)',
    '(?<variable>\\$true|\\$false)(?=\\s|$)',
    '(?<open>@\\{)',
    '(?<close>\\})',
    '(?<equals>=)(?=\\s)',
    '(?<word>[A-Za-z]+(?:-[A-Za-z]+)?)(?=\\s|$)',
  ].join('|'),
  'y',
);

function unquoted(text: string): string {
  return text.slice(1, -1).replace(new RegExp(`(${QUOTE})${QUOTE}`, 'g'), '$1');
}

function statement(text: string): Cmdlet {
  const tokens: { kind: string; text: string }[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    assert.ok(match !== null, `not PowerShell as expected: ${text.slice(at)}`);
    // A group that did not take part is undefined, whatever the type says.
    const groups = Object.entries(match.groups as Record<string, string | undefined>);
    const [kind = '', value = ''] = groups.find(([, one]) => one !== undefined) ?? [];
    tokens.push({ kind, text: kind === 'string' ? unquoted(value) : value });
    at = TOKEN.lastIndex;
  }
  const [name, ...rest] = tokens;
  assert.equal(name?.kind, 'word');
  assert.match(name.text, /^[A-Z][a-z]+-[A-Za-z]+$/, 'no cmdlet');
  const parameters: Record<string, string> = {};
  while (rest.length > 0) {
    const parameter = rest.shift();
    assert.equal(parameter?.kind, 'parameter', `a value without a parameter: ${text}`);
    const key = parameter.text.slice(1);
    assert.ok(!(key in parameters), `${key} twice`);
    const first = rest.shift();
    assert.ok(first !== undefined, `${key} without a value`);
    if (first.kind === 'open') {
      const inner = rest.splice(0, 4);
      assert.deepEqual(
        inner.map(({ kind }) => kind),
        ['word', 'equals', 'string', 'close'],
      );
      parameters[key] = `${inner[0]?.text} = ${inner[2]?.text}`;
    } else {
      assert.ok(['string', 'number', 'variable', 'word'].includes(first.kind), `${key}: ${text}`);
      parameters[key] = first.text;
    }
  }
  return { name: name.text, parameters };
}

export function readPowershell(text: string): Cmdlet[] {
  assert.doesNotMatch(text, /[^\n\P{Cc}]|[\p{Zl}\p{Zp}]/u, 'a control character');
  const cmdlets: Cmdlet[] = [];
  let pending = '';
  for (const line of text.split('\n')) {
    if (pending === '' && (line === '' || line.startsWith('#'))) continue;
    assert.ok(line !== '', 'a statement that ends in nothing');
    const continued = line.endsWith(' `');
    pending += ` ${continued ? line.slice(0, -2) : line}`;
    if (!continued) {
      cmdlets.push(statement(pending.trim()));
      pending = '';
    }
  }
  assert.equal(pending, '');
  return cmdlets;
}
