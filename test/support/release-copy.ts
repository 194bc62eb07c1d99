// The extension built as for a release, in a copy of the repository of its own: dist/ here belongs to
// whoever builds, and a build for a test must neither need it nor change it.
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureDir, root, temporaryDir } from './paths';
import { runNode } from './processes';

const MADE = new Set(['.pbx-test', '.git', '.vscode-test', 'dist', 'node_modules', 'out']);

export interface ReleaseCopy {
  readonly dir: string;
  /** Bundle -> the files of the repository in it, as paths from the root; packages left out. */
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  /** Bundle -> what is loaded with it, itself first: its static imports, and theirs. */
  readonly closures: ReadonlyMap<string, readonly string[]>;
}

type Meta = Readonly<
  Record<
    string,
    {
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly imports: readonly { readonly path: string; readonly kind: string }[];
    }
  >
>;

function closureOf(meta: Meta, bundle: string): string[] {
  const loaded = new Set([bundle]);
  // A set is walked to its end, also what is added on the way.
  for (const one of loaded) {
    for (const { path, kind } of meta[one]?.imports ?? []) {
      if (kind === 'import-statement' && path in meta) loaded.add(path);
    }
  }
  return [...loaded];
}

/** A copy of what the repository holds, with its packages; nothing is built. */
export function repositoryCopy(name: string): string {
  const dir = temporaryDir(name);
  for (const entry of readdirSync(root)) {
    if (MADE.has(entry) || entry.endsWith('.vsix')) continue;
    cpSync(join(root, entry), join(dir, entry), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction');
  return dir;
}

/** @throws with what esbuild said when the build fails. */
export async function releaseCopy(): Promise<ReleaseCopy> {
  const dir = repositoryCopy('release');
  const { ok, output } = await runNode(['esbuild.js', '--production', '--meta'], { cwd: dir });
  if (!ok) throw new Error(`The extension could not be built:\n${output}`);
  const meta = JSON.parse(readFileSync(join(dir, 'out', 'meta.json'), 'utf8')) as Meta;
  const inputs = Object.entries(meta).map(
    ([bundle, { inputs: files }]) =>
      [bundle, Object.keys(files).filter((path) => !path.includes('node_modules/'))] as const,
  );
  const closures = Object.keys(meta).map((bundle) => [bundle, closureOf(meta, bundle)] as const);
  return { dir, inputs: new Map(inputs), closures: new Map(closures) };
}

/** What lies about in a folder people work in, and must not be published. */
export const LITTER = [
  '.env',
  '.vscode/launch.json',
  '.vscode-test/user-data/settings.json',
  'dist/extension.js.map',
  'dist/webview/panel.js.map',
  'dist/old.js',
  'exotel-sip-trunks-0.0.1.vsix',
  'media/drawing.psd',
  'notes.txt',
  'out/results/unit.json',
];

export function leaveLitter(dir: string): void {
  for (const name of LITTER) {
    const path = join(dir, name);
    if (existsSync(path)) continue;
    ensureDir(dirname(path));
    writeFileSync(path, 'litter');
  }
}
