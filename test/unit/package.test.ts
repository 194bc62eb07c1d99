// What people install: exactly these files, none of them large, nothing of this computer in them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { root } from '../support/paths';
import { leaveLitter, LITTER, type ReleaseCopy, releaseCopy } from '../support/release-copy';

const KB = 1000;

/** Every file of the VSIX, and the most it may weigh in bytes. */
const FILES: Readonly<Record<string, number>> = {
  LICENSE: 5 * KB,
  'CHANGELOG.md': 30 * KB,
  'dist/README.md': 60 * KB,
  'package.json': 60 * KB,
  'package.nls.json': 20 * KB,
  'dist/ThirdPartyNotices.txt': 150 * KB,
  'dist/cli.mjs': 700 * KB,
  'dist/extension.js': 20 * KB,
  'dist/sandbox.js': 150 * KB,
  'dist/trace-worker.js': 5 * KB,
  'dist/webview/codicon.ttf': 150 * KB,
  'dist/webview/panel.css': 30 * KB,
  'dist/webview/panel.js': 150 * KB,
  'dist/webview/troubleshoot.css': 20 * KB,
  'dist/webview/troubleshoot.js': 20 * KB,
  'l10n/bundle.l10n.json': 250 * KB,
  'media/exotel-sip.svg': 5 * KB,
  'media/terminal.schema.json': 20 * KB,
  'media/icon.png': 50 * KB,
  'media/trunk-panel-dark.svg': 5 * KB,
  'media/trunk-panel-light.svg': 5 * KB,
  'snippets/asterisk.json': 30 * KB,
  'snippets/audiocodes.json': 20 * KB,
  'snippets/cisco.json': 20 * KB,
  'snippets/freeswitch.json': 20 * KB,
  'snippets/javascript.json': 20 * KB,
  'snippets/json.json': 20 * KB,
  'snippets/kamailio.json': 60 * KB,
  'snippets/markdown.json': 20 * KB,
  'snippets/powershell.json': 20 * KB,
};

/** What esbuild splits off: named after its content, so not in the table. The largest are the phone numbers. */
const PART = /^dist\/(webview\/)?part-[\w-]+-[A-Z0-9]{8}\.js$/;
const PART_AT_MOST = 200 * KB;

/** What is read before a person sees something, in bytes: a file with all that is loaded along with it. */
const AT_START = {
  // Load and activate.
  'dist/extension.js': 20 * KB,
  // The first paint of a page.
  'dist/webview/panel.js': 150 * KB,
  'dist/webview/troubleshoot.js': 20 * KB,
} as const;
/** The first view, command or panel: everything that is not loaded when used. */
const PARTS_AT_MOST = 250 * KB;

describe('The package', function () {
  this.timeout(240_000);
  let copy: ReleaseCopy;
  let expected: string[];
  const sizeOf = (name: string) => statSync(join(copy.dir, name)).size;
  const textOf = (name: string) => readFileSync(join(copy.dir, name), 'utf8');

  before(async () => {
    copy = await releaseCopy();
    expected = [
      ...Object.keys(FILES),
      ...[...copy.inputs.keys()].filter((name) => PART.test(name)),
    ];
    leaveLitter(copy.dir);
  });

  it('holds exactly these files, whatever else lies about', async () => {
    // vsce reads readmePath here as in packaging; only its types leave it out.
    const options = {
      cwd: copy.dir,
      packageManager: PackageManager.None,
      readmePath: 'dist/README.md',
    };
    const listed = await listFiles(options);
    for (const name of LITTER)
      assert.ok(existsSync(join(copy.dir, name)), `no ${name} to leave out`);
    assert.deepEqual(listed.map((name) => name.replaceAll('\\', '/')).sort(), [...expected].sort());
  });

  it('is small, file by file and as a whole', () => {
    let total = 0;
    for (const name of expected) {
      const size = sizeOf(name);
      assert.ok(size > 0, `${name} is empty`);
      assert.ok(size <= (FILES[name] ?? PART_AT_MOST), `${name} has ${size} bytes`);
      total += size;
    }
    assert.ok(total < 2800 * KB, `${total} bytes`);
  });

  it('reads little before a person sees something', () => {
    const parts = [...copy.closures.keys()].filter((name) => name.startsWith('dist/part-parts-'));
    assert.equal(parts.length, 1, parts.join());
    const limits = [
      ...Object.entries(AT_START),
      ...parts.map((name) => [name, PARTS_AT_MOST] as const),
    ];
    for (const [name, limit] of limits) {
      const loaded = copy.closures.get(name) ?? [];
      assert.ok(loaded.includes(name), name);
      const bytes = loaded.reduce((sum, one) => sum + sizeOf(one), 0);
      const files = () =>
        loaded.flatMap((one) => [`${sizeOf(one)} ${one}`, ...(copy.inputs.get(one) ?? [])]);
      assert.ok(bytes <= limit, `${bytes} bytes are loaded with ${name}:\n${files().join('\n')}`);
    }
  });

  it('colours the generated text with a script of its own', () => {
    const start = copy.closures.get('dist/webview/panel.js') ?? [];
    const colours = 'src/webview/colours.ts';
    assert.ok(start.every((name) => copy.inputs.get(name)?.includes(colours) !== true));
    assert.ok([...copy.inputs.values()].some((files) => files.includes(colours)));
  });

  it('holds each file once, in the part that belongs to it: no test, no other room', () => {
    const places = new Map<string, string>();
    for (const [bundle, files] of copy.inputs) {
      // One file that needs nothing beside it: what it shares with the others is in it again.
      if (bundle === 'dist/cli.mjs') continue;
      const pages = bundle.startsWith('dist/webview/');
      for (const file of files) {
        assert.match(file, pages ? /^src\/webview\// : /^src\/(?!webview\/)/, bundle);
        if (file.endsWith('.css') || file.endsWith('.ttf')) continue;
        assert.equal(places.get(file), undefined, `${file} is in ${bundle} too`);
        places.set(file, bundle);
      }
    }
    assert.ok(places.size > 200, `${places.size} files`);
  });

  it('loads the sandbox only when somebody asks for one', () => {
    const files = [...copy.closures]
      .filter(([name]) => name !== 'dist/sandbox.js')
      .flatMap(([, loaded]) => loaded.flatMap((name) => copy.inputs.get(name) ?? []));
    assert.deepEqual(
      files.filter((file) => file.startsWith('src/sandbox/')),
      [],
    );
    assert.ok(expected.some((name) => textOf(name).includes('require("./sandbox.js")')));
  });

  it('lacks no part that another one loads', () => {
    let count = 0;
    for (const name of expected.filter((each) => /^dist\/[^/]+\.js$/.test(each))) {
      for (const [, path = ''] of textOf(name).matchAll(/\brequire\("\.\/([^"]+)"\)/g)) {
        count += 1;
        assert.ok(expected.includes(`dist/${path}`), `${name} loads ${path}`);
      }
    }
    assert.ok(count > 50, `${count} loads`);
  });

  it('names every package that is in it, with its licence', () => {
    const notices = textOf('dist/ThirdPartyNotices.txt');
    for (const name of ['@vscode/l10n', 'node-fetch', 'libphonenumber-js', 'lowlight', 'valibot']) {
      assert.match(notices, new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
    }
  });

  it('tells nothing of the computer that built it, and leads to no source map', () => {
    const places = [copy.dir, realpathSync(copy.dir), root, realpathSync(root), homedir()]
      .filter((place) => place.length > 1)
      .flatMap((place) => [`${place}/`, JSON.stringify(`${place}\\`).slice(1, -1)]);
    for (const name of expected.filter((each) => /\.(js|css|json|md)$/.test(each))) {
      const text = textOf(name);
      for (const place of places) assert.ok(!text.includes(place), `${name}: ${place}`);
      assert.doesNotMatch(text, /sourceMappingURL/, name);
    }
  });

  it('has everything its manifest names', () => {
    interface Named {
      readonly main: string;
      readonly icon: string;
      readonly l10n: string;
    }
    const { main, icon, l10n } = JSON.parse(textOf('package.json')) as Named;
    const named = [main, icon, `${l10n}/bundle.l10n.json`].map((path) => path.replace('./', ''));
    for (const path of named) assert.ok(expected.includes(path), path);
    const urls = [...textOf('dist/webview/panel.css').matchAll(/url\(["']?([^"')]+)/g)];
    assert.ok(urls.length > 0);
    for (const [, url = ''] of urls) {
      if (url.startsWith('data:')) continue;
      const path = `dist/webview/${url.replace('./', '').replace(/\?.*/, '')}`;
      assert.ok(expected.includes(path), url);
    }
  });
});
