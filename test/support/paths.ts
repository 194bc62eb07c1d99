// Where things are: the repository, what is cached between runs, what a run leaves to look at.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** Everything here is started by run.mjs or mocha from the root of the repository. */
export const root = process.cwd();
/** Programs fetched once: the VS Code server, a downloaded desktop VS Code, the demo's data. */
export const cacheDir = join(root, '.vscode-test');
/** What a run leaves: test bundles, result files, screenshots, failures. */
export const outDir = join(root, 'out');

interface Manifest {
  readonly name: string;
  readonly version: string;
}

export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/** The file `npm run package` writes. */
export function vsixPath(): string {
  const { name, version } = manifest();
  return join(root, `${name}-${version}.vsix`);
}

/** A new directory of this run's own; it is removed when the process ends. */
export function temporaryDir(purpose: string): string {
  const dir = mkdtempSync(join(tmpdir(), `exotel-${purpose}-`));
  process.once('exit', () => removeDir(dir));
  return dir;
}

/** Removes a directory; one that a dying program still writes to is left to the system. */
export function removeDir(dir: string): void {
  try {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  } catch {
    // Windows keeps files of a process that has only just ended; temporary files may stay behind.
  }
}

export function ensureDir(dir: string): string {
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** The first of these programs that is on PATH, as an absolute path. */
export function onPath(...names: readonly string[]): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const dir of (process.env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
      for (const suffix of suffixes) {
        const candidate = resolve(dir, name + suffix);
        if (existsSync(candidate)) return candidate;
      }
    }
  }
  return undefined;
}

export function hash(...parts: readonly (string | Buffer)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex').slice(0, 12);
}
