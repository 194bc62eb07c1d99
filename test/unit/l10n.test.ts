// Every text of the extension can be translated: all of them are in the bundle, and nothing else is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE, bundleText, localizedSources } from '../support/l10n';
import { root } from '../support/paths';
import { type Text, textsIn } from '../support/texts';

function gapsIn(text: string): number[] {
  const gaps = [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => Number(name));
  return [...new Set(gaps)].sort((a, b) => a - b);
}

function keyOf({ message, comment }: Text): string {
  return comment === null ? (message ?? '') : `${message ?? ''}/${comment}`;
}

describe('The texts for translators', () => {
  const sources = localizedSources();
  const texts = sources.flatMap(textsIn);
  const bundle = JSON.parse(readFileSync(join(root, BUNDLE), 'utf8')) as Record<string, unknown>;

  it('are what the exporter writes (npm run l10n)', async function () {
    this.timeout(240_000);
    assert.equal(readFileSync(join(root, BUNDLE), 'utf8'), await bundleText());
  });

  it('are written out where they are used, so that none is overlooked', () => {
    // A text made up while the program runs is no text a translator ever sees.
    const madeUp = texts.filter(({ message }) => message === null).map(({ where }) => where);
    assert.deepEqual(madeUp, []);
  });

  it('are all in the bundle, and no other is', () => {
    const used = new Set(texts.map(keyOf));
    const missing = texts.filter((text) => !(keyOf(text) in bundle)).map(({ where }) => where);
    assert.deepEqual(missing, [], 'missing');
    assert.deepEqual(
      Object.keys(bundle).filter((key) => !used.has(key)),
      [],
      'unused',
    );
    assert.ok(texts.length > 1000, `${texts.length} texts found`);
  });

  it('number their gaps from 0 without leaving one out, and get a value for each', () => {
    for (const { where, message, values } of texts) {
      const gaps = gapsIn(message ?? '');
      assert.deepEqual(
        gaps,
        gaps.map((_, index) => index),
        where,
      );
      // What a page is told it fills in itself.
      const byPage = where.startsWith('src/pages/') && values === 0;
      if (!byPage) assert.equal(values, gaps.length, where);
    }
  });

  it('are sentences and words, not pieces to be put together', () => {
    for (const { where, message } of texts) {
      // A blank at an end would be glued to something; so would a text that is nothing but gaps.
      assert.equal(message, message?.trim(), where);
      assert.notEqual(message, '', where);
    }
  });

  it('are asked for in one way only, which the exporter understands', () => {
    for (const { path, text } of sources) {
      assert.doesNotMatch(text, /import \{[^}]*\bt\b[^}]*\} from '@vscode\/l10n'/, path);
      // Where the window's API is at hand anyway, its own; elsewhere the one that needs no window.
      const own = text.includes("import * as l10n from '@vscode/l10n'");
      if (own) assert.ok(!path.startsWith('src/workbench/'), path);
    }
  });
});
