// The options that a marked block names, and that they are read back, whatever a person chose.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type OptionId, optionIds } from '../../../src/pbx/options';
import type { CommentSign, PbxFile } from '../../../src/pbx/types';
import { blocksOf, markedText } from '../../../src/pbx/writing/block';

const SIGNS: readonly CommentSign[] = [';', '#', '//', '!', '<!--'];
const KEY = { trunkSid: 'trmum1', targetId: 'asterisk-pjsip', fileName: 'pjsip.conf' };

function file(comment: CommentSign): PbxFile {
  const kind = { name: 'pjsip.conf', languageId: 'ini', extent: 'part' } as const;
  return { ...kind, comment, text: 'Options: of the text itself\nbody\n' };
}

const options = fc.dictionary(
  fc.constantFrom(...optionIds),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 150 })
    .filter((text) => !/\p{Surrogate}/u.test(text)),
) as fc.Arbitrary<Partial<Record<OptionId, string>>>;

describe('The options a block names', () => {
  it('stand in its first lines, in words that a person can read', () => {
    const named = { transport: 'tcp', exotelAddresses: '198.51.100.0/24,203.0.113.7/32' };
    const text = markedText(file(';'), KEY, 'exotel', named);
    assert.equal(
      text.split('\n')[1],
      '; Options: transport=tcp exotelAddresses=198.51.100.0/24,203.0.113.7/32',
    );
    assert.equal(markedText(file(';'), KEY, 'exotel').includes('Options: of'), true);
  });

  it('are read back, in every comment and of every text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIGNS), options, (sign, named) => {
        const text = markedText(file(sign), KEY, 'exotel', named);
        assert.deepEqual({ ...blocksOf(`before\n${text}after\n`)[0]?.options }, { ...named });
        assert.deepEqual({ ...blocksOf(text.replaceAll('\n', '\r\n'))[0]?.options }, { ...named });
      }),
    );
  });

  it('never end the comment they stand in, nor make a line too long to read', () => {
    fc.assert(
      fc.property(options, (named) => {
        const text = markedText(file('<!--'), KEY, null, named);
        const lines = text.split('\n').filter((line) => line.startsWith('<!-- Options: '));
        for (const line of lines) {
          assert.match(line, /^<!-- [\x20-\x7e]* -->$/);
          assert.ok(!line.slice(4, -3).includes('--') && !line.slice(4, -3).includes('>'));
          assert.ok(line.length < 110 || !line.slice(14, -4).includes(' '));
        }
      }),
    );
  });

  it('are none in a format without comments, and none that nobody knows', () => {
    assert.equal(markedText(file(null), KEY, null, { transport: 'tcp' }), file(null).text);
    const text = markedText(file('#'), KEY, null, { transport: 'tcp' });
    const edited = text.replace('transport=tcp', 'transport=tcp colour=red broken caFile=%E0%A4%A');
    assert.deepEqual({ ...blocksOf(edited)[0]?.options }, { transport: 'tcp' });
    assert.deepEqual(blocksOf(text.replace(/# Options.*\n/, ''))[0]?.options, {});
  });
});
