// Configuration text as a snippet: read back the way VS Code reads one, it is the same text.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../../src/pbx/quoting/plain';
import { escapeSnippet, toSnippet } from '../../../src/app/pbx/snippet';

/** A second reading of the snippet grammar: escapes, `${n}`, `${n:text}`, `$0`. */
function read(snippet: string): { text: string; stops: string[] } {
  const defaults = new Map<string, string>();
  const stops: string[] = [];
  const pattern = /\\([\\$}])|\$\{(\d+)(?::((?:\\[\\$}]|[^\\$}])*))?\}|\$0|([^\\$])/gsu;
  let text = '';
  let end = 0;
  for (const match of snippet.matchAll(pattern)) {
    assert.equal(match.index, end, `not understood: ${snippet.slice(end)}`);
    end += match[0].length;
    const [whole, escaped, stop, value, plain] = match;
    if (stop !== undefined) {
      if (value !== undefined) defaults.set(stop, value.replace(/\\([\\$}])/g, '$1'));
      stops.push(stop);
      text += defaults.get(stop) ?? '';
    } else if (whole !== '$0') text += escaped ?? plain ?? '';
  }
  assert.equal(end, snippet.length);
  return { text, stops };
}

const hostile = fc
  .array(
    fc.constantFrom(
      '$',
      '{',
      '}',
      '\\',
      '${1:x}',
      '$0',
      '\n',
      ';',
      '#',
      '#!',
      '//',
      '<!--',
      '-->',
      'a',
      ' ',
      PASSWORD_PLACEHOLDER,
      NUMBER_PLACEHOLDER,
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('Text inserted as a snippet', () => {
  it('is the text, whatever is in it', () => {
    fc.assert(fc.property(hostile, (text) => assert.equal(read(toSnippet(text)).text, text)));
    fc.assert(fc.property(fc.string(), (text) => assert.equal(read(toSnippet(text)).text, text)));
  });

  it('escapes what VS Code gives a meaning', () => {
    assert.equal(escapeSnippet('a$b}c\\d'), 'a\\$b\\}c\\\\d');
  });

  it('has one tab stop for a blank, however often it is there', () => {
    const text = `password = ${PASSWORD_PLACEHOLDER}\nfrom = ${NUMBER_PLACEHOLDER}\nagain = ${PASSWORD_PLACEHOLDER}1`;
    assert.equal(
      toSnippet(text),
      `password = \${1:${PASSWORD_PLACEHOLDER}}\nfrom = \${2:${NUMBER_PLACEHOLDER}}\nagain = \${1}1$0`,
    );
  });

  it('has none in a comment: a password typed once must not end up there as well', () => {
    const comments = [
      `; Fill in ${PASSWORD_PLACEHOLDER}`,
      `  # Fill in ${PASSWORD_PLACEHOLDER}`,
      `// Fill in ${PASSWORD_PLACEHOLDER}`,
      `<!-- Exotel\n Fill in ${PASSWORD_PLACEHOLDER} -->`,
    ];
    for (const comment of comments) assert.deepEqual(read(toSnippet(comment)).stops, []);
    assert.deepEqual(read(toSnippet(`#!define PASS ${PASSWORD_PLACEHOLDER}`)).stops, ['1']);
  });

  it('has none when nothing is left to fill in', () => {
    assert.deepEqual(read(toSnippet('password = s3cret$}\\\n')).stops, []);
  });
});
