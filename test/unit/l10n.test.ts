// Every text of the extension can be translated: all of them are in the bundle, and nothing else is. The
// calls are read from the syntax tree here: the exporter that writes the bundle passes over what it does not
// understand, a template string for example, without a word.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { BUNDLE, bundleText, localizedSources, type Source } from '../support/l10n';
import { root } from '../support/paths';

interface Text {
  /** Where it stands, e.g. `src/sip/codes.ts:36`. */
  readonly where: string;
  /** Null when it is not written out. */
  readonly message: string | null;
  readonly comment: string | null;
  /** How many values are filled in; null when that cannot be told from the source. */
  readonly values: number | null;
}

function nameOf(property: ts.ObjectLiteralElementLike): string {
  const { name } = property;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}

function literal(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : null;
}

/** `comment: 'a'` or `comment: ['a', 'b']`, as the bundle's key has it. */
function commentOf(node: ts.Node | undefined): string | null {
  if (node !== undefined && ts.isArrayLiteralExpression(node)) {
    return node.elements.map((element) => literal(element) ?? '').join('');
  }
  return literal(node);
}

function textOf(call: ts.CallExpression, where: string): Text {
  const [first, ...values] = call.arguments;
  if (first !== undefined && ts.isObjectLiteralExpression(first)) {
    const parts = new Map(
      first.properties.map((one) => [
        nameOf(one),
        ts.isPropertyAssignment(one) ? one.initializer : undefined,
      ]),
    );
    const args = parts.get('args');
    return {
      where,
      message: literal(parts.get('message')),
      comment: commentOf(parts.get('comment')),
      values:
        args === undefined ? 0 : ts.isArrayLiteralExpression(args) ? args.elements.length : null,
    };
  }
  const spread = values.some((value) => ts.isSpreadElement(value));
  return { where, message: literal(first), comment: null, values: spread ? null : values.length };
}

/** Every call of `l10n.t` and `vscode.l10n.t`. */
function textsIn({ path, text }: Source): Text[] {
  if (!text.includes('l10n.t(')) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText(file))) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(textOf(node, `${path}:${line + 1}`));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

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
