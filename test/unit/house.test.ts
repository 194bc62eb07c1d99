// The house is as CONTRIBUTING.md says: counted over the sources, file by file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import {
  circles,
  packageOf,
  reachingVscode,
  readSource,
  readSources,
  roomOf,
  takenByNobody,
  type SourceFile,
} from '../support/house';
import { root } from '../support/paths';
import {
  knownCircles,
  mostVscode,
  pureInWorkbench,
  takenByTestsOnly,
  typingIds,
} from './house-not-yet';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Where a command's id is written down once: by the declarations, and from them. */
const DECLARATIONS = ['src/workbench/commands/declarations.ts', 'src/app/commands.generated.ts'];

/** Started by its name: VS Code takes what it exports. */
const ENTRY = 'src/extension.ts';

/** Scripts that write what is generated: they are part of the product's making, not tests. */
const SCRIPTS = ['manifest', 'snippets', 'snippet-sets', 'targets-table'].map(
  (name) => `test/support/${name}.ts`,
);

function unexpected(found: readonly string[], known: readonly string[]): string[] {
  return found.filter((one) => !known.includes(one));
}

describe('The house', function () {
  this.timeout(240_000);
  let files: SourceFile[];
  let manifest: Manifest;
  let rooms: string[];

  before(() => {
    files = readSources('src');
    manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    rooms = [...new Set(files.map(({ path }) => roomOf(path)))].filter((room) => room !== '');
  });

  it('has rooms of these sizes', () => {
    assert.ok(rooms.length >= 12);
    const sizes = rooms.map((room) => {
      const inside = files.filter(({ path }) => roomOf(path) === room);
      const lines = inside.reduce((sum, file) => sum + file.lines, 0);
      return `${room} ${lines} lines in ${inside.length} files`;
    });
    console.log(`      ${sizes.join(', ')}`);
  });

  it('has in workbench/ only what needs vscode', () => {
    const reaching = reachingVscode(files);
    const pure = files
      .map(({ path }) => path)
      .filter((path) => roomOf(path) === 'workbench' && !reaching.has(path));
    assert.deepEqual(unexpected(pure, pureInWorkbench), []);
  });

  it('knows vscode in few files', () => {
    const knowing = files.filter(({ imports }) => imports.some(({ from }) => from === 'vscode'));
    const share = knowing.length / files.length;
    console.log(`      ${knowing.length} of ${files.length} files import vscode`);
    assert.ok(share > 0 && share <= mostVscode, `${(share * 100).toFixed(1)} % import vscode`);
  });

  it('has no import circle, not even of types', () => {
    const rings = circles(files).map((ring) => ring.join(' '));
    assert.deepEqual(unexpected(rings, knownCircles), []);
  });

  it('writes down no command id but in the declarations', () => {
    const ids = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(ids.length > 40);
    const typing = files.filter(
      ({ path, strings }) =>
        !DECLARATIONS.includes(path) &&
        strings.some((text) => text.includes('exotelSip.') && ids.some((id) => text.includes(id))),
    );
    const paths = typing.map(({ path }) => path);
    assert.deepEqual(unexpected(paths, typingIds), []);
  });

  it('exports nothing that only tests take', () => {
    const scripts = SCRIPTS.map(readSource);
    const products = files.filter(({ path }) => path !== ENTRY);
    const idle = takenByNobody(products, [...files, ...scripts]);
    assert.deepEqual(unexpected(idle, takenByTestsOnly), []);
  });

  it('names every package it imports', () => {
    const shipped = Object.keys(manifest.dependencies);
    const all = [...shipped, ...Object.keys(manifest.devDependencies), 'vscode'];
    const missing = [...files, ...readSources('test')].flatMap(({ path, imports }) =>
      imports.flatMap(({ from, how }) => {
        const name = packageOf(from);
        if (name === null || all.includes(name) || path.startsWith('test/pbx/vendor-schemas/')) {
          return [];
        }
        return [`${path}: ${name} (${how})`];
      }),
    );
    assert.deepEqual(missing, []);
    const unshipped = files.flatMap(({ path, imports }) =>
      imports.flatMap(({ from, how }) => {
        const name = packageOf(from);
        const ships = name === null || name === 'vscode' || shipped.includes(name);
        return ships || how === 'types' ? [] : [`${path}: ${name}`];
      }),
    );
    assert.deepEqual(unshipped, [], 'the product needs them, so they are dependencies');
  });

  it('has a row of the lint table for every room', async () => {
    const eslint = new ESLint({ cwd: root });
    for (const room of rooms) {
      const config = (await eslint.calculateConfigForFile(`src/${room}/any.ts`)) as {
        readonly rules: Readonly<Record<string, unknown>>;
      };
      const rule = JSON.stringify(config.rules['@typescript-eslint/no-restricted-imports'] ?? null);
      assert.ok(rule.includes(`${room}/ may import from`), `${room}/ has no row`);
    }
  });

  it('says in each file what its room is for, in the same words', () => {
    const sentences = new Map<string, { readonly text: string; readonly path: string }>();
    for (const { path, text } of files) {
      if (roomOf(path) === '') continue;
      const head = /^\/\*\*\n \* ([a-z/-]+): (.+)\n \*\n \* \S/.exec(text);
      assert.ok(head !== null, `${path} does not begin with its room's sentence`);
      const [, folder = '', sentence = ''] = head;
      const place = `src/${folder.replace(/\/$/, '')}/`;
      assert.ok(path.startsWith(place), `${path} says the sentence of ${folder}`);
      const first = sentences.get(place);
      if (first === undefined) sentences.set(place, { text: sentence, path });
      else assert.equal(sentence, first.text, `${path} and ${first.path}`);
    }
    const said = [...sentences.values()].map(({ text }) => text);
    assert.equal(new Set(said).size, said.length, 'two folders say the same of themselves');
  });
});
