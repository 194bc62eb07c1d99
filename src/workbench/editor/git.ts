/**
 * workbench/editor: generated text on its way into editors, files and the clipboard.
 *
 * Whether a file may end up in a repository. Told by VS Code's own git extension where it runs, else by
 * `git` itself in a workspace that is trusted; where nobody can tell, the file counts as one that may.
 */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';

/** Deeper than any work tree; a file system that never ends its paths must not keep us looking. */
const MAX_DEPTH = 64;
const PATIENCE_MS = 3000;

/** Whether a file there belongs to a git work tree and git does not ignore it. */
export async function mayBeCommitted(uri: vscode.Uri): Promise<boolean> {
  if (!(await isInGitWorkTree(uri))) return false;
  return !(await isIgnored(uri));
}

export async function isInGitWorkTree(uri: vscode.Uri): Promise<boolean> {
  let folder = vscode.Uri.joinPath(uri, '..');
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    if (await exists(vscode.Uri.joinPath(folder, '.git'))) return true;
    const parent = vscode.Uri.joinPath(folder, '..');
    if (parent.path === folder.path) return false;
    folder = parent;
  }
  return false;
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** False when it is not known. */
async function isIgnored(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  return (await askGitExtension(uri)) ?? (await askGit(uri)) ?? false;
}

/** As much of the git extension's API, version 1, as is asked here. */
interface GitApi {
  getRepository(uri: vscode.Uri): { checkIgnore?(paths: string[]): Promise<Set<string>> } | null;
}
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

async function askGitExtension(uri: vscode.Uri): Promise<boolean | null> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension?.isActive !== true || !extension.exports.enabled) return null;
  try {
    const repository = extension.exports.getAPI(1).getRepository(uri);
    const asked = repository?.checkIgnore?.([uri.fsPath]);
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
 * A repository's own configuration can name programs that git runs: never in a workspace that nobody
 * trusted. Started outside of the folder, so that no `git` that lies in it is taken for git.
 */
async function askGit({ fsPath }: vscode.Uri): Promise<boolean | null> {
  if (!vscode.workspace.isTrusted) return null;
  const folder = await nearestFolder(dirname(fsPath));
  const args = ['-C', folder, '-c', 'core.fsmonitor=false', 'check-ignore', '-q', '--', fsPath];
  return new Promise((resolve) => {
    execFile(
      'git',
      args,
      {
        cwd: homedir(),
        timeout: PATIENCE_MS,
        windowsHide: true,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      },
      (error) => {
        // 0: ignored, 1: not; anything else is not an answer.
        if (error === null) resolve(true);
        else resolve(error.code === 1 ? false : null);
      },
    );
  });
}

/** A folder that is still to be made cannot be gone to. */
async function nearestFolder(path: string): Promise<string> {
  let folder = path;
  while (dirname(folder) !== folder && !(await exists(vscode.Uri.file(folder)))) {
    folder = dirname(folder);
  }
  return folder;
}
