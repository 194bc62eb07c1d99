// The colours of a text: every character stays, words to replace stand out, comments and strings are told apart.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { paint } from '../../../src/webview/colours';
import type { MarkView, Syntax } from '../../../src/pages/panel/panel-protocol';

const SYNTAXES: readonly Syntax[] = [
  'ini',
  'xml',
  'json',
  'javascript',
  'powershell',
  'markdown',
  'sip-proxy',
  'ios',
  'plain',
];

const mark = (text: string): MarkView => ({ text, title: 'Put yours here.', level: 'problem' });

const whole = (text: string, syntax: Syntax, marks: readonly MarkView[] = []) =>
  paint(text, syntax, marks)
    .map((piece) => piece.text)
    .join('');

describe('The colours of a text', () => {
  it('leave the text as it is, to the last character', () => {
    const parts = [
      '"',
      "'",
      '\\',
      ';',
      '#',
      '!',
      '\n',
      '\r\n',
      '<a b="',
      '-->',
      '${',
      '}',
      ' • ',
      'X1',
      '[',
      ']',
      '=',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...parts), fc.string())),
        fc.constantFrom(...SYNTAXES),
        fc.constantFrom('X1', '}', 'a b', '=', ';'),
        (pieces, syntax, word) => {
          const text = pieces.join('');
          assert.equal(whole(text, syntax, [mark(word)]), text);
        },
      ),
      { numRuns: 1500 },
    );
  });

  const roles = (text: string, syntax: Syntax) =>
    paint(text, syntax, []).flatMap((piece) =>
      piece.role === null ? [] : [[piece.role, piece.text.trim()]],
    );

  it('tell comments, strings, keys and sections apart', () => {
    assert.deepEqual(roles('; for trunk 1\n[exotel]\ntype = endpoint\nport = 5061\n', 'ini'), [
      ['comment', '; for trunk 1'],
      ['section', '[exotel]'],
      ['name', 'type'],
      ['name', 'port'],
      ['number', '5061'],
    ]);
    assert.deepEqual(roles('#!KAMAILIO\n# note\nloadmodule "tm.so"\n', 'sip-proxy'), [
      ['keyword', '#!KAMAILIO'],
      ['comment', '# note'],
      ['keyword', 'loadmodule'],
      ['string', '"tm.so"'],
    ]);
    assert.deepEqual(roles('! note\nvoice class codec 1\n codec preference 1 g711alaw\n', 'ios'), [
      ['comment', '! note'],
      ['section', 'voice class codec 1'],
      ['keyword', 'codec'],
      ['number', '1'],
    ]);
    assert.deepEqual(roles('# Head\n<!-- note -->\n| `x` |', 'markdown'), [
      ['section', '# Head'],
      ['comment', '<!-- note -->'],
      ['string', '`x`'],
    ]);
    assert.deepEqual(roles('<!-- n --><param name="a" value="b"/>', 'xml').slice(0, 4), [
      ['comment', '<!-- n -->'],
      ['keyword', 'param'],
      ['name', 'name'],
      ['string', '"a"'],
    ]);
  });

  it('give every language of the targets something to tell apart', () => {
    for (const syntax of SYNTAXES) {
      if (syntax === 'plain') continue;
      const text = '; # \n# x\n! y\n"a": 1, <b c="d"> [s]\nk = 1\n';
      assert.ok(roles(text, syntax).length > 0, syntax);
    }
  });

  it('mark whole words to replace, in one piece', () => {
    const text = 'host = "user/1000"\nother = user/10001\nuser/1000';
    const marked = paint(text, 'ini', [mark('user/1000')]).filter((piece) => piece.mark !== null);
    assert.deepEqual(
      marked.map((piece) => piece.text),
      ['user/1000', 'user/1000'],
    );
    const number = paint('to +91XXXXXXXXXX now', 'plain', [mark('+91XXXXXXXXXX')]);
    assert.deepEqual(
      number.map((piece) => [piece.text, piece.mark !== null]),
      [
        ['to ', false],
        ['+91XXXXXXXXXX', true],
        [' now', false],
      ],
    );
  });

  it('mark nothing in a password that is only shown as dots', () => {
    const pieces = paint('password = ••••••••••••', 'ini', [mark('REPLACE_WITH_SIP_PASSWORD')]);
    assert.ok(pieces.every((piece) => piece.mark === null));
  });
});
