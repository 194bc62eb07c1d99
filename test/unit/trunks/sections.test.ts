// A section of a trunk is one descriptor of the model and one entry of texts. Every other place that lists
// the sections one by one is a place a new section could be forgotten in: they are counted here.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { SECTIONS } from '../../../src/trunks/sections';
import { root } from '../../support/paths';

/** What lists sections by name: an object, a type, a switch or an array that names most of them. */
function listsSections(node: ts.Node): boolean {
  const names = new Set<string>();
  const note = (name: ts.Node | undefined): void => {
    if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name))) {
      names.add(name.text);
    }
  };
  if (ts.isObjectLiteralExpression(node)) node.properties.forEach((each) => note(each.name));
  else if (ts.isTypeLiteralNode(node) || ts.isInterfaceDeclaration(node)) {
    node.members.forEach((each) => note(each.name));
  } else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(note);
  else if (ts.isCaseBlock(node)) {
    node.clauses.forEach((each) => note(ts.isCaseClause(each) ? each.expression : undefined));
  } else if (ts.isUnionTypeNode(node)) {
    node.types.forEach((each) => note(ts.isLiteralTypeNode(each) ? each.literal : undefined));
  } else return false;
  return SECTIONS.filter((section) => names.has(section)).length >= 4;
}

function places(path: string): number {
  const text = readFileSync(join(root, path), 'utf8');
  // Most files are done with before they are parsed.
  if (SECTIONS.filter((section) => text.includes(section)).length < 4) return 0;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (listsSections(node)) count += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return count;
}

describe('A new section of a trunk', () => {
  it('is listed in two files, beside the API’s own calls for it', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((path) => `src/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && !path.startsWith('src/sandbox/'))
      // The terminal's contract names each list for itself: one more is another version of it.
      .filter((path) => !path.startsWith('src/app/terminal/'));
    const listing = files.flatMap((path) => {
      const count = places(path);
      return count === 0 ? [] : [`${path}: ${count}`];
    });
    assert.deepEqual(listing.sort(), [
      // What its rows are, and how they are listed, told apart and taken away.
      'src/trunks/sections.ts: 2',
      // What it is called and what its rows say.
      'src/workbench/tree/section-text.ts: 1',
    ]);
  });

  it('finds its places by their names', () => {
    const source = (text: string) =>
      ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true).statements[0];
    const parse = (text: string): boolean => {
      let found = false;
      const visit = (node: ts.Node): void => {
        found ||= listsSections(node);
        ts.forEachChild(node, visit);
      };
      const statement = source(text);
      assert.ok(statement);
      visit(statement);
      return found;
    };
    assert.ok(parse('const x = { numbers: 1, ips: 2, destinations: 3, credentials: 4 };'));
    assert.ok(parse("const x = ['numbers', 'ips', 'destinations', 'settings'];"));
    assert.ok(parse("type X = 'numbers' | 'ips' | 'credentials' | 'settings';"));
    assert.ok(
      parse('switch (x) { case "numbers": case "ips": case "destinations": case "settings": }'),
    );
    assert.ok(!parse('const x = { numbers: 1, ips: 2 };'));
  });
});
