// Every text of the extension can be translated: all of them are in the bundle, and nothing else is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE, bundleText, localizedSources } from '../support/l10n';
import { root } from '../support/paths';

describe('The texts for translators', () => {
  it('are those in the code (npm run l10n)', async function () {
    this.timeout(60_000);
    assert.equal(readFileSync(join(root, BUNDLE), 'utf8'), await bundleText());
  });

  it('are written out where they are used, so that none is overlooked', () => {
    for (const { path, text } of localizedSources()) {
      const calls = [...text.matchAll(/\bl10n\.t\(\s*(\S)/g)];
      for (const [call, first] of calls) {
        // A text made up while the program runs is no text a translator ever sees.
        assert.match(first ?? '', /['"{]/, `${path}: ${call}`);
      }
    }
  });

  it('number their gaps without a gap', () => {
    const texts = JSON.parse(readFileSync(join(root, BUNDLE), 'utf8')) as Record<string, unknown>;
    for (const text of Object.keys(texts)) {
      const gaps = [...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index));
      const wanted = [...new Set(gaps)].map((_, index) => index);
      assert.deepEqual([...new Set(gaps)].sort(), wanted, text);
    }
  });
});
