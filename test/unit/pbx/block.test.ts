// The marked block in documents as people leave them: found by its key, replaced whole, and left alone when
// nobody can say where it ends.
import assert from 'node:assert/strict';
import {
  blocksOf,
  findBlock,
  isOfTrunk,
  markedText,
  type BlockKey,
} from '../../../src/pbx/writing/block';
import type { CommentSign, PbxFile } from '../../../src/pbx/types';

const KEY: BlockKey = { trunkSid: 'trmum1', targetId: 'asterisk-pjsip', fileName: 'pjsip.conf' };
const OTHER: BlockKey = { ...KEY, trunkSid: 'trmum2' };

function file(text: string, comment: CommentSign = ';'): PbxFile {
  return { name: 'pjsip.conf', languageId: 'asterisk', comment, extent: 'part', text };
}

/** What is inside the range, or the reason there is none. */
function found(text: string, key = KEY, comment: CommentSign = ';'): unknown {
  const block = findBlock(text, comment, key);
  if (block === null) return null;
  return 'kind' in block ? block : text.slice(block.start, block.end);
}

describe('A marked block', () => {
  const block = markedText(file('[exotel]\ntype = endpoint\n'), KEY);

  it('stands between two comment lines that name trunk, target and file', () => {
    assert.equal(
      block,
      '; >>> Exotel SIP trunk trmum1 asterisk-pjsip pjsip.conf >>>\n' +
        '[exotel]\ntype = endpoint\n' +
        '; <<< Exotel SIP trunk trmum1 asterisk-pjsip pjsip.conf <<<\n',
    );
  });

  for (const sign of [';', '#', '//', '!', '<!--'] as const) {
    it(`is found again in a format with ${sign}, and says its name inside the PBX`, () => {
      const text = markedText(file('one\ntwo\n', sign), KEY, 'exotel2');
      assert.equal(found(`before\n${text}after\n`, KEY, sign), text);
      assert.equal(blocksOf(text)[0]?.peerName, 'exotel2');
    });
  }

  it('is only the text where a format has no comments', () => {
    assert.equal(markedText(file('{}\n', null), KEY), '{}\n');
    assert.equal(findBlock('{}\n', null, KEY), null);
  });

  it('is found with the line ends of Windows, trailing blanks, and without a line end behind it', () => {
    const crlf = block.replaceAll('\n', '\r\n');
    assert.equal(found(`[a]\r\n${crlf}[b]\r\n`), crlf);
    const blanks = block.replaceAll(/(>>>|<<<)\n/g, '$1 \t\n');
    assert.equal(found(`[a]\n${blanks}[b]\n`), blanks);
    assert.equal(found(`[a]\n${block.trimEnd()}`), block.trimEnd());
    assert.equal(found(`\ufeff${block}`), `\ufeff${block}`);
  });

  it('is found indented, and knows how far', () => {
    const indented = block.replaceAll(/^/gm, '\t ').trimEnd();
    assert.equal(found(`<a>\n${indented}\n</a>\n`), `${indented}\n`);
    assert.equal(blocksOf(`x\n${indented}\n`)[0]?.indent, '\t ');
  });

  it('is told from those of another trunk, target or file', () => {
    const other = markedText(file('[other]\n'), OTHER);
    assert.equal(found(`${other}${block}`), block);
    assert.equal(found(`${other}${block}`, OTHER), other);
    assert.equal(found(other), null);
    assert.equal(found(block, { ...KEY, targetId: 'kamailio' }), null);
    assert.equal(found(block, { ...KEY, fileName: 'extensions.conf' }), null);
    assert.deepEqual(
      blocksOf(`${other}\nmine\n${block}`).map(({ trunkSid }) => trunkSid),
      ['trmum2', 'trmum1'],
    );
  });

  const [begin = '', , , end = ''] = block.split('\n');
  const broken: Readonly<Record<string, readonly [string, readonly number[]]>> = {
    'its end is missing': [`a\n${begin}\n[exotel]\n`, [2]],
    'its beginning is missing': [`[exotel]\n${end}\n`, [2]],
    'it is there twice': [`${block}${block}`, [1, 4, 5, 8]],
    'its marks are in the wrong order': [`${end}\nx\n${begin}\n`, [1, 3]],
    'it begins twice': [`${begin}\n${begin}\n${end}\n`, [1, 2, 3]],
    'another block begins in it': [
      `${begin}\n${markedText(file('x'), OTHER).split('\n')[0] ?? ''}\n${end}\n`,
      [1, 2, 3],
    ],
  };
  for (const [what, [text, lines]] of Object.entries(broken)) {
    it(`is broken when ${what}, and says in which lines`, () => {
      assert.deepEqual(found(text), { kind: 'broken', lines });
    });
  }

  it('cannot be ended by what a trunk is called', () => {
    for (const trunkSid of ['a\n[general]', '-->', 'x; <<<', '--', 'a b', '']) {
      const key = { ...KEY, trunkSid };
      for (const sign of [';', '<!--'] as const) {
        const text = markedText(file('body\n', sign), key);
        assert.equal(text.split('\n').length, 4, trunkSid);
        assert.equal(found(`x\n${text}`, key, sign), text, trunkSid);
        assert.ok(isOfTrunk(blocksOf(text)[0] ?? OTHER, trunkSid));
        assert.equal(text.replaceAll(/<!-- | -->$/gm, '').includes('--'), false, trunkSid);
      }
    }
  });

  it('leaves the line that has to be a file’s first where it is', () => {
    const xml = markedText(file('<?xml version="1.0"?>\n<include/>\n', '<!--'), KEY);
    assert.match(xml, /^<\?xml version="1.0"\?>\n<!-- >>> .* -->\n<include\/>\n<!-- <<< .* -->\n$/);
    assert.match(markedText(file('#!KAMAILIO\nx\n', '#'), KEY), /^#!KAMAILIO\n# >>> /);
  });
});
