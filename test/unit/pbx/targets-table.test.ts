// The README's table says what the targets declare and what the proof last proved.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cards } from '../../../src/pbx/cards';
import { root } from '../../support/paths';
import { readProven, targetsTable, withTable } from '../../support/targets-table';

describe('the table of targets', () => {
  it('is in the README as `npm run readme` would write it', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    assert.equal(readme, await withTable(readme, readProven()));
  });

  it('has every target once, and calls only where they were placed', () => {
    const proven = readProven();
    const rows = targetsTable(proven).split('\n').slice(2);
    assert.deepEqual(
      rows.map((row) => row.split(' | ')[0]?.replace('| ', '')),
      cards.map(({ name }) => name),
    );
    for (const { id, evidence } of cards) {
      assert.equal(evidence.level === 'calls', proven[id] !== undefined, id);
    }
    for (const { called, wasCalled, strangersRefused } of Object.values(proven)) {
      assert.ok(called > 0 && wasCalled > 0 && strangersRefused > 0);
    }
  });
});
