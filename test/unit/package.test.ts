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
  'dist/extension.js': 850 * KB,
  'dist/sandbox.js': 150 * KB,
  'dist/trace-worker.js': 100 * KB,
  'dist/webview/codicon.ttf': 150 * KB,
  'dist/webview/panel.css': 30 * KB,
  'dist/webview/panel.js': 200 * KB,
  'dist/webview/troubleshoot.css': 20 * KB,
  'dist/webview/troubleshoot.js': 20 * KB,
  'l10n/bundle.l10n.json': 60 * KB,
  'media/exotel-sip.svg': 5 * KB,
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

const expected = Object.keys(FILES);

describe('The package', function () {
  this.timeout(240_000);
  let copy: ReleaseCopy;
  const textOf = (name: string) => readFileSync(join(copy.dir, name), 'utf8');

  before(async () => {
    copy = await releaseCopy();
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
      const { size } = statSync(join(copy.dir, name));
      assert.ok(size > 0, `${name} is empty`);
      assert.ok(size <= (FILES[name] ?? 0), `${name} has ${size} bytes`);
      total += size;
    }
    assert.ok(total < 1800 * KB, `${total} bytes`);
  });

  it('has in each bundle what belongs there: no test, no other room', () => {
    const own = (bundle: string) => {
      const inputs = copy.inputs.get(bundle) ?? [];
      assert.ok(inputs.length > 3, bundle);
      return inputs;
    };
    for (const path of own('dist/extension.js')) {
      assert.match(path, /^src\//);
      assert.doesNotMatch(path, /^src\/(sandbox|webview)\//);
    }
    for (const path of own('dist/sandbox.js')) assert.match(path, /^src\/sandbox\//);
    for (const path of own('dist/webview/panel.js')) assert.match(path, /^src\/webview\//);
  });

  it('loads the sandbox only when somebody asks for one', () => {
    const onlyThere = ['The sandbox cannot start', 'alphanumberic', 'trmum1f708622631150902801a1n'];
    for (const text of onlyThere) {
      assert.ok(textOf('dist/sandbox.js').includes(text), text);
      assert.ok(!textOf('dist/extension.js').includes(text), text);
      assert.ok(!textOf('dist/webview/panel.js').includes(text), text);
    }
    assert.match(textOf('dist/extension.js'), /["']\.\/sandbox\.js["']/);
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
