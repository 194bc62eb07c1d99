// Writes l10n/bundle.l10n.json, every text a translator needs, from the l10n.t calls in src.
// `npm run l10n` writes, a unit test checks that nothing differs.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import * as prettier from 'prettier';
import { root } from './paths';

export const BUNDLE = 'l10n/bundle.l10n.json';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Programs of their own: the sandbox speaks as Exotel's API does, the pages are told their words. */
const SPEAK_FOR_THEMSELVES = /^(sandbox|webview)[\\/]/;

/** The rooms that speak VS Code's language. `dir`: the repository, or a copy of it. */
export function localizedSources(dir = root): Source[] {
  return readdirSync(join(dir, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !SPEAK_FOR_THEMSELVES.test(name))
    .map((name) => ({
      path: `src/${name}`,
      text: readFileSync(join(dir, 'src', name), 'utf8'),
    }));
}

/** The bundle as it should be; sorted, so that moving code moves no text. */
export async function bundleText(): Promise<string> {
  const files = localizedSources().map(({ text }) => ({ extension: '.ts', contents: text }));
  const texts = Object.entries(await getL10nJson(files));
  // By code unit: the same on every computer.
  texts.sort(([a], [b]) => (a < b ? -1 : 1));
  return prettier.format(JSON.stringify(Object.fromEntries(texts)), {
    filepath: BUNDLE,
    printWidth: 100,
  });
}

async function write(): Promise<void> {
  const path = join(root, BUNDLE);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await bundleText());
}

if (process.argv[1]?.endsWith('l10n.ts') === true) void write();
