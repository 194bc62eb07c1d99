/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Whether a file may end up in a repository. Links are followed: what is written through one lands where
 * it leads to. Whether git ignores a file is told by VS Code's own git extension where it runs, else by
 * `git` itself in a workspace that is trusted; where nobody can tell, the file counts as one that may.
 */
import { execFile } from 'node:child_process';
import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import * as vscode from 'vscode';

const PATIENCE_MS = 3000;

/** As much of `vscode.workspace` as is asked here. */
export interface Surroundings {
  readonly isTrusted: boolean;
  readonly fs: Pick<vscode.FileSystem, 'stat'>;
  getWorkspaceFolder(uri: vscode.Uri): Pick<vscode.WorkspaceFolder, 'uri'> | undefined;
}

/** Whether a file there belongs to a git work tree and git does not ignore it. */
export async function mayBeCommitted(
  uri: vscode.Uri,
  around: Surroundings = vscode.workspace,
): Promise<boolean> {
  if (uri.scheme !== 'file') return isInGitWorkTree(uri, around);
  const real = await realPlace(uri.fsPath);
  if (real === null) return true;
  if (!(await isBelowGit(uri.fsPath)) && !(await isBelowGit(real.path))) return false;
  return !(await isIgnored(uri, real, around));
}

/** True also when it is not known. */
export async function isInGitWorkTree(
  uri: vscode.Uri,
  around: Surroundings = vscode.workspace,
): Promise<boolean> {
  switch (uri.scheme) {
    case 'untitled':
      return false;
    case 'file': {
      if (await isBelowGit(uri.fsPath)) return true;
      const real = await realPlace(uri.fsPath);
      return real === null || isBelowGit(real.path);
    }
    case 'vscode-remote':
      return isBelowRemoteGit(uri, around);
    default:
      // A repository that is looked at without a copy of it has no `.git` to be found.
      return true;
  }
}

async function isBelowGit(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (await isThere(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

async function isBelowRemoteGit(uri: vscode.Uri, { fs }: Surroundings): Promise<boolean> {
  for (let folder = posix.dirname(uri.path); ; folder = posix.dirname(folder)) {
    if (await exists(uri.with({ path: posix.join(folder, '.git') }), fs)) return true;
    if (posix.dirname(folder) === folder) return false;
  }
}

/** What cannot be looked at counts as there. */
async function exists(uri: vscode.Uri, fs: Surroundings['fs']): Promise<boolean> {
  try {
    await fs.stat(uri);
    return true;
  } catch (error) {
    return codeOf(error) !== 'FileNotFound';
  }
}

/** The same on this computer; a link that leads nowhere is there. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ENOENT';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

interface RealPlace {
  readonly path: string;
  /** The nearest one above it that exists: a folder that is still to be made cannot be gone to. */
  readonly folder: string;
}

/** Where a path leads to, whether or not all of it exists. Null: that cannot be told. */
async function realPlace(path: string): Promise<RealPlace | null> {
  for (let existing = path; ; existing = dirname(existing)) {
    try {
      const real = await realpath(existing);
      if (existing === path) return { path: real, folder: dirname(real) };
      return { path: join(real, relative(existing, path)), folder: real };
    } catch (error) {
      // A link to what is not there yet: writing makes it, wherever that is.
      if (codeOf(error) !== 'ENOENT' || (await isThere(existing))) return null;
    }
    if (dirname(existing) === existing) return null;
  }
}

/** False when it is not known. */
async function isIgnored(uri: vscode.Uri, real: RealPlace, around: Surroundings): Promise<boolean> {
  const told = await askGitExtension(real.path);
  if (told !== null) return told;
  return (await isTrustedPlace(uri, real.path, around)) && ((await askGit(real)) ?? false);
}

/** As much of the git extension's API, version 1, as is asked here. */
interface GitApi {
  getRepository(uri: vscode.Uri): { checkIgnore?(paths: string[]): Promise<Set<string>> } | null;
}
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

async function askGitExtension(path: string): Promise<boolean | null> {
  try {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (extension?.isActive !== true || !extension.exports.enabled) return null;
    const repository = extension.exports.getAPI(1).getRepository(vscode.Uri.file(path));
    const asked = repository?.checkIgnore?.([path]);
    if (asked === undefined) return null;
    const ignored = await within(asked);
    return ignored === null ? null : ignored.size > 0;
  } catch {
    return null;
  }
}

async function within<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A repository's own configuration can name programs that git runs: never where nobody said that they
 * trust it, also when a link in a trusted folder leads there.
 */
async function isTrustedPlace(
  uri: vscode.Uri,
  path: string,
  around: Surroundings,
): Promise<boolean> {
  if (!around.isTrusted) return false;
  const folder = around.getWorkspaceFolder(uri);
  if (folder?.uri.scheme !== 'file') return false;
  const root = await realPlace(folder.uri.fsPath);
  if (root === null) return false;
  const way = relative(root.path, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Started outside of the folder, so that no `git` that lies in it is taken for git. */
async function askGit({ path, folder }: RealPlace): Promise<boolean | null> {
  const args = ['-C', folder, '-c', 'core.fsmonitor=false', 'check-ignore', '-q', '--', path];
  return new Promise((resolve) => {
    execFile(
      'git',
      args,
      { cwd: homedir(), timeout: PATIENCE_MS, windowsHide: true, env: gitEnvironment() },
      (error) => {
        // 0: ignored, 1: not; anything else is not an answer.
        if (error === null) resolve(true);
        else resolve(error.code === 1 ? false : null);
      },
    );
  });
}

/** VS Code may have been started from a hook, with a repository of its own in the environment. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' };
}
