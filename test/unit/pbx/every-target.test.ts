// Nothing is left out of what is asked of every target.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { cards } from '../../../src/pbx/cards';
import { PARTS, readingsOfPart } from './every-target';

describe('every target', () => {
  const parts = Array.from({ length: PARTS }, (_, index) => index + 1);

  it('has a reading', () => {
    assert.deepEqual(
      parts.flatMap((part) => readingsOfPart(part).map(({ targetId }) => targetId)).sort(),
      cards.map(({ id }) => id).sort(),
    );
  });

  it('is asked in one of the files', () => {
    assert.deepEqual(
      readdirSync(import.meta.dirname).filter((name) => /^every-target-.*\.long\./.test(name)),
      parts.map((part) => `every-target-${part}.long.test.ts`),
    );
  });
});
