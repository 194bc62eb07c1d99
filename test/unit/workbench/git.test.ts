// Whether a file may end up in a repository: links, places without a `.git` to be found, and what is not
// known all count.
import './fake-vscode';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Uri } from 'vscode';
import {
  isInGitWorkTree,
  mayBeCommitted,
  type Surroundings,
} from '../../../src/workbench/editor/git';

/** As much of a Uri as is used. */
function uri(scheme: string, path: string): Uri {
  return {
    scheme,
    path,
    fsPath: path,
    with: (change: { path: string }) => uri(scheme, change.path),
  } as unknown as Uri;
}

class FileSystemError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A workspace with one folder. `stat` answers for other file systems than this computer's. */
function around(root: string | null, rest: Partial<Surroundings> = {}): Surroundings {
  return {
    isTrusted: true,
    fs: { stat: () => Promise.reject(new FileSystemError('FileNotFound')) },
    getWorkspaceFolder: ({ fsPath }) =>
      root !== null && fsPath.startsWith(root) ? { uri: uri('file', root) } : undefined,
    ...rest,
  };
}

/** Links to folders need no rights on Windows when they are junctions. */
function link(target: string, path: string): void {
  symlinkSync(target, path, 'junction');
}

describe('Whether a file may be committed', () => {
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'exotel-git-')));
    mkdirSync(join(folder, 'infra/.git'), { recursive: true });
    mkdirSync(join(folder, 'infra/asterisk'));
    mkdirSync(join(folder, 'etc'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (path: string): Uri => uri('file', join(folder, path));
  const may = (path: string, surroundings = around(null)) => mayBeCommitted(at(path), surroundings);

  it('is told by the folders above it', async () => {
    assert.equal(await may('etc/pjsip.conf'), false);
    assert.equal(await may('etc/new/folder/pjsip.conf'), false);
    assert.equal(await may('infra/asterisk/pjsip.conf'), true);
    assert.equal(await may('infra/new/folder/pjsip.conf'), true);
  });

  it('is told by the folders above what a link leads to', async () => {
    link(join(folder, 'infra/asterisk'), join(folder, 'etc/asterisk'));
    assert.equal(await may('etc/asterisk/pjsip.conf'), true);
    assert.equal(await may('etc/asterisk/new/pjsip.conf'), true);
    assert.equal(await isInGitWorkTree(at('etc/asterisk/pjsip.conf'), around(null)), true);
    // The other way round: nothing of the work tree, but nobody said so.
    link(join(folder, 'etc'), join(folder, 'infra/out'));
    assert.equal(await may('infra/out/pjsip.conf'), true);
  });

  if (process.platform !== 'win32') {
    it('is told by what the file itself is a link to', async () => {
      writeFileSync(join(folder, 'infra/pjsip.conf'), '');
      symlinkSync('../infra/pjsip.conf', join(folder, 'etc/pjsip.conf'));
      symlinkSync('pjsip.conf', join(folder, 'etc/twice.conf'));
      symlinkSync('../infra/not-yet.conf', join(folder, 'etc/not-yet.conf'));
      symlinkSync('loop.conf', join(folder, 'etc/loop.conf'));
      for (const name of ['pjsip.conf', 'twice.conf', 'not-yet.conf', 'loop.conf']) {
        assert.equal(await may(`etc/${name}`), true, name);
      }
    });
  }

  it('is yes where there is no `.git` to be found', async () => {
    for (const scheme of ['vscode-vfs', 'github', 'memfs', 'vscode-local']) {
      assert.equal(await mayBeCommitted(uri(scheme, '/a/pjsip.conf'), around(null)), true, scheme);
    }
    assert.equal(await mayBeCommitted(uri('untitled', '/a/pjsip.conf'), around(null)), false);
  });

  it('is asked of the other computer, where only what is not found is not there', async () => {
    const remote = async (answer: (path: string) => string | null): Promise<boolean> => {
      const stat = (asked: Uri) => {
        const code = answer(asked.path);
        return code === null
          ? Promise.resolve({ type: 2, ctime: 0, mtime: 0, size: 0 })
          : Promise.reject(new FileSystemError(code));
      };
      return mayBeCommitted(
        uri('vscode-remote', '/a/b/pjsip.conf'),
        around(null, { fs: { stat } }),
      );
    };
    const asked: string[] = [];
    const nowhere = await remote((path) => {
      asked.push(path);
      return 'FileNotFound';
    });
    assert.equal(nowhere, false);
    assert.deepEqual(asked, ['/a/b/.git', '/a/.git', '/.git']);
    assert.equal(await remote((path) => (path === '/a/.git' ? null : 'FileNotFound')), true);
    for (const code of ['NoPermissions', 'Unavailable', 'Unknown']) {
      assert.equal(await remote((path) => (path === '/.git' ? code : 'FileNotFound')), true, code);
    }
  });

  describe('when git is there to be asked', () => {
    const saved = { ...process.env };

    beforeEach(() => {
      const real = join(folder, 'real');
      for (const name of Object.keys(process.env)) {
        // A hook that runs the tests says which repository it is about.
        if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
      }
      execFileSync('git', ['init', '--quiet', real]);
      writeFileSync(join(real, '.gitignore'), 'private/\n*.secret\n');
    });

    afterEach(() => {
      for (const name of Object.keys(process.env)) {
        if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
      }
      Object.assign(process.env, saved);
    });

    it('is no for what git ignores in a folder of a trusted workspace', async () => {
      const open = around(join(folder, 'real'));
      assert.equal(await may('real/a.conf', open), true);
      assert.equal(await may('real/private/a.conf', open), false);
      assert.equal(await may('real/a b.secret', open), false);
      assert.equal(await may('real/private/a.conf', { ...open, isTrusted: false }), true);
      assert.equal(await may('real/private/a.conf', around(null)), true);
      assert.equal(await isInGitWorkTree(at('real/private/a.conf'), open), true);
    });

    it('is asked about where a link leads to, when that is in the same folder', async () => {
      mkdirSync(join(folder, 'real/private'));
      link(join(folder, 'real'), join(folder, 'etc/linked'));
      const linked = around(join(folder, 'etc/linked'));
      assert.equal(await may('etc/linked/private/a.conf', linked), false);
      assert.equal(await may('etc/linked/a.conf', linked), true);
      link(join(folder, 'real/private'), join(folder, 'etc/elsewhere'));
      assert.equal(await may('etc/elsewhere/a.conf', around(join(folder, 'etc'))), true);
    });

    it('is not told by a repository that the environment names', async () => {
      process.env['GIT_DIR'] = join(folder, 'infra/.git');
      process.env['GIT_WORK_TREE'] = join(folder, 'infra');
      assert.equal(await may('real/private/a.conf', around(join(folder, 'real'))), false);
    });
  });
});
