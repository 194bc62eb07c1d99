// The million messages are all read.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { PARTS } from './fuzz';

describe('A million messages', () => {
  it('are read, each part in one of the files', () => {
    assert.deepEqual(
      readdirSync(import.meta.dirname).filter((name) => /^fuzz-.*\.long\./.test(name)),
      Array.from({ length: PARTS }, (_, index) => `fuzz-${index + 1}.long.test.ts`),
    );
  });
});
