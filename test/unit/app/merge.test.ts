// Where generated text goes in a document that is not ours alone: what is outside the block stays as it is,
// to the byte.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { PbxFile } from '../../../src/pbx/types';
import { applied, planFile, planInsert, sameNames, type Owner } from '../../../src/app/pbx/merge';

const OWNER: Owner = {
  trunkSid: 'trmum1',
  targetId: 'asterisk-pjsip',
  peerName: 'exotel',
  options: {},
};
const MADE = '; Exotel trunk office (trmum1), made 2026-11-23T09:30:00.000Z\n';

function pjsip(body: string, made = MADE): PbxFile {
  const text = `${made}${body}`;
  return { name: 'pjsip.conf', languageId: 'asterisk', comment: ';', extent: 'part', text };
}

const json = (text: string): PbxFile => ({
  name: 'trunk.json',
  languageId: 'json',
  comment: null,
  extent: 'whole',
  text,
});

/** The document after an insert at `|`. */
function inserted(marked: string, file: PbxFile, owner = OWNER): string {
  const cursor = marked.indexOf('|');
  const document = marked.replace('|', '');
  const plan = planInsert(document, cursor, file, owner);
  assert.ok(plan.kind === 'insert' || plan.kind === 'replace', plan.kind);
  return applied(document, plan);
}

const BEGIN = '; >>> Exotel SIP trunk trmum1 asterisk-pjsip pjsip.conf called exotel >>>\n';
const END = '; <<< Exotel SIP trunk trmum1 asterisk-pjsip pjsip.conf <<<\n';
const BLOCK = `${BEGIN}${MADE}[exotel]\n${END}`;

describe('Text inserted at the cursor', () => {
  const file = pjsip('[exotel]\n');

  it('fills an empty document', () => {
    assert.equal(inserted('|', file), BLOCK);
    assert.equal(inserted(' \n|\n', file), BLOCK);
  });

  it('stands on lines of its own, an empty line away from the others', () => {
    assert.equal(inserted('; ours\n\n|', file), `; ours\n\n${BLOCK}`);
    assert.equal(inserted('; ours|', file), `; ours\n\n${BLOCK}`);
    assert.equal(inserted('; ou|rs\n[a]\n', file), `; ours\n\n${BLOCK}\n[a]\n`);
    assert.equal(inserted('|; ours\n', file), `${BLOCK}\n; ours\n`);
    assert.equal(inserted('a\n|\nb\n', file), `a\n\n${BLOCK}\nb\n`);
  });

  it('goes behind another block of ours, not into it', () => {
    const other = BLOCK.replaceAll('trmum1', 'trmum2').replaceAll('called exotel', 'called two');
    const text = inserted(`${other.slice(0, 100)}|${other.slice(100)}[a]\n`, file);
    assert.equal(text, `${other}\n${BLOCK}\n[a]\n`);
  });
});

describe('Text inserted again', () => {
  it('takes the place of its block and of nothing else', () => {
    const text = inserted(`a\n${BLOCK}b|`, pjsip('[exotel]\nnew = 1\n'));
    assert.equal(text, `a\n${BEGIN}${MADE}[exotel]\nnew = 1\n${END}b`);
  });

  it('keeps the line ends of Windows and the indentation', () => {
    const windows = `a\r\n${BLOCK.replaceAll('\n', '\r\n')}b\r\n|`;
    const text = inserted(windows, pjsip('[exotel]\nnew = 1\n'));
    assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
    assert.ok(text.startsWith('a\r\n') && text.endsWith(`${END.trim()}\r\nb\r\n`));
    const indented = BLOCK.replaceAll(/^(?=.)/gm, '  ');
    assert.equal(
      inserted(`<a>\n${indented}</a>|`, pjsip('[exotel]\n\nnew = 1\n')),
      `<a>\n  ${BEGIN}  ${MADE}  [exotel]\n\n  new = 1\n  ${END}</a>`,
    );
  });

  it('changes nothing when only the day is another', () => {
    const later = pjsip('[exotel]\n', MADE.replace('11-23', '12-24'));
    assert.equal(planInsert(`a\n${BLOCK}`, 0, later, OWNER).kind, 'same');
    assert.equal(planInsert(`a\n${BLOCK.replaceAll('\n', '\r\n')}`, 0, later, OWNER).kind, 'same');
  });

  it('is refused when the block has lost a mark', () => {
    const plan = planInsert(`a\n${BEGIN}[exotel]\n`, 0, pjsip('x\n'), OWNER);
    assert.deepEqual(plan, { kind: 'broken', lines: [2] });
  });

  it('leaves any surroundings as they are, wherever the cursor is', () => {
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', ';', '[', '\t') });
    fc.assert(
      fc.property(around, around, fc.nat(), (before, after, at) => {
        const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
        const document = `${start}${BLOCK}${after}`;
        const cursor = at % (document.length + 1);
        const plan = planInsert(document, cursor, pjsip('[other]\n'), OWNER);
        assert.ok(plan.kind === 'replace');
        const text = applied(document, plan);
        assert.ok(text.startsWith(start));
        assert.ok(text.endsWith(`\n${after}`));
        assert.equal(planInsert(text, 0, pjsip('[other]\n'), OWNER).kind, 'same');
      }),
    );
  });

  it('inserted anywhere is found again, and all else is still there', () => {
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', ';', '[', '\t') });
    fc.assert(
      fc.property(around, fc.nat(), (document, at) => {
        const cursor = at % (document.length + 1);
        const plan = planInsert(document, cursor, pjsip('[exotel]\n'), OWNER);
        assert.ok(plan.kind === 'insert');
        const text = applied(document, plan);
        assert.equal(planInsert(text, 0, pjsip('[exotel]\n'), OWNER).kind, 'same');
        const block = text.replaceAll('\r\n', '\n').replace(BLOCK, '');
        const bare = (one: string) => one.replaceAll(/\s/g, '');
        assert.equal(bare(block), bare(document));
      }),
    );
  });
});

describe('A whole file', () => {
  it('asks before it goes into a document that holds something else', () => {
    const plan = planInsert('{"a":1}', 3, json('{}\n'), OWNER);
    assert.ok(plan.kind === 'occupied');
    assert.equal(plan.anyway, null);
    assert.equal(applied('{"a":1}', plan.whole), '{}\n');
    const cfg = { ...pjsip('route {}\n'), extent: 'whole' } as const;
    const second = planInsert('mine\n', 5, cfg, OWNER);
    assert.ok(second.kind === 'occupied' && second.anyway !== null);
    assert.equal(planInsert('', 0, cfg, OWNER).kind, 'insert');
  });

  it('changes nothing where it stands already', () => {
    assert.equal(planInsert('{}\r\n', 0, json('{}\n'), OWNER).kind, 'same');
  });
});

describe('Two trunks in one document', () => {
  const other = BLOCK.replaceAll('trmum1', 'trmum2');

  it('are noticed when they have the same name inside the PBX', () => {
    assert.deepEqual(
      sameNames(`${other}${BLOCK}`, OWNER).map(({ trunkSid }) => trunkSid),
      ['trmum2'],
    );
    assert.deepEqual(sameNames(other, { ...OWNER, peerName: 'two' }), []);
    assert.deepEqual(sameNames(other, { ...OWNER, peerName: null }), []);
    assert.deepEqual(sameNames(other, { ...OWNER, targetId: 'freepbx' }), []);
    assert.deepEqual(sameNames(BLOCK, OWNER), []);
  });
});

describe('A file that is there already', () => {
  const file = pjsip('[exotel]\n');

  it('is new when there is nothing in it', () => {
    assert.deepEqual(planFile(null, file, OWNER), { kind: 'new', text: BLOCK });
    assert.deepEqual(planFile(' \n', file, OWNER), { kind: 'new', text: BLOCK });
  });

  it('has our block replaced, our text put at its end, or nothing changed', () => {
    const old = `a\n${BLOCK.replace('[exotel]', '[old]')}b\n`;
    assert.deepEqual(planFile(old, file, OWNER), { kind: 'block', text: `a\n${BLOCK}b\n` });
    assert.deepEqual(planFile('a', file, OWNER), { kind: 'append', text: `a\n\n${BLOCK}` });
    assert.deepEqual(planFile('a\r\n', file, OWNER), {
      kind: 'append',
      text: `a\n\n${BLOCK}`.replaceAll('\n', '\r\n'),
    });
    assert.deepEqual(planFile(`a\n${BLOCK}`, file, OWNER), { kind: 'same' });
    assert.deepEqual(planFile(`a\n${BEGIN}`, file, OWNER), { kind: 'broken', lines: [2] });
  });

  it('is overwritten by a whole file, and left to the person where only they know the place', () => {
    assert.deepEqual(planFile('[]', json('{}\n'), OWNER), { kind: 'overwrite', text: '{}\n' });
    const xml: PbxFile = { ...file, comment: '<!--', languageId: 'xml', text: '<list/>\n' };
    assert.deepEqual(planFile('<configuration/>', xml, OWNER), { kind: 'byHand' });
  });
});
