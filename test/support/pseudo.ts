// Pseudo texts: every text of the extension accented, in brackets and longer by two fifths, its gaps kept.
// In a window that speaks them what is still plain English never went through `l10n.t`, and what is too
// narrow for other languages is clipped. VS Code takes no such language from an extension, so they stand in
// the place of the English ones in a VSIX of their own, made in a copy of the repository and never shipped.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localizedSources } from './l10n';
import { once } from './log';
import { temporaryDir } from './paths';
import { runNpm } from './processes';
import { repositoryCopy } from './release-copy';
import { installExtension } from './server';
import { textsIn } from './texts';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ';
const LETTERS: ReadonlyMap<string, string> = new Map(
  Array.from(PLAIN, (letter, index) => [letter, Array.from(ACCENTED)[index] ?? letter]),
);

/** What is no word: a gap, an icon, code, a setting's name, the address of a link. */
const KEPT = /\{[^}]*\}|\$\([\w~-]+\)|`[^`]*`|#[\w.]+#|\]\([^)]*\)/g;

function accented(text: string): string {
  return Array.from(text, (letter) => LETTERS.get(letter) ?? letter).join('');
}

/** One line: `Map {0}…` becomes `⟦Ṁàþ {0} ōōō⟧…`. */
function pseudoLine(line: string): string {
  const [, words = '', end = ''] = /^(.*?)(…?)$/su.exec(line) ?? [];
  if (words.trim() === '') return line;
  let result = '';
  let done = 0;
  for (const { 0: kept, index } of words.matchAll(KEPT)) {
    result += accented(words.slice(done, index)) + kept;
    done = index + kept.length;
  }
  result += accented(words.slice(done));
  const more = 'ō'
    .repeat(Math.max(1, Math.ceil(words.length * 0.4) - 1))
    .replace(/(.{9})./g, '$1 ');
  return `⟦${result} ${more}⟧${end}`;
}

/** A line that is nothing but a link stays one: VS Code makes a button of it. */
export function pseudo(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, label, address] = /^\[([^\]]*)\](\([^)]*\))$/.exec(line) ?? [];
      return label === undefined ? pseudoLine(line) : `[${pseudoLine(label)}]${address ?? ''}`;
    })
    .join('\n');
}

/** The words package.json points to, in the copy. */
function translateManifest(dir: string): void {
  const path = join(dir, 'package.nls.json');
  const texts = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>;
  const translated = Object.entries(texts).map(([key, text]) => [key, pseudo(text)]);
  writeFileSync(path, JSON.stringify(Object.fromEntries(translated)));
}

/** The texts in the sources of the copy, from the last to the first so that places stay right. */
function translateSources(dir: string): void {
  for (const source of localizedSources(dir)) {
    const texts = textsIn(source).sort((a, b) => b.from - a.from);
    if (texts.length === 0) continue;
    let { text } = source;
    for (const { message, from, to } of texts) {
      if (message === null) continue;
      text = text.slice(0, from) + JSON.stringify(pseudo(message)) + text.slice(to);
    }
    writeFileSync(join(dir, source.path), text);
  }
}

/** A folder of extensions with the pseudo one in it, for a window of its own. */
export const pseudoExtensions = once(async (): Promise<string> => {
  const dir = repositoryCopy('pseudo');
  translateManifest(dir);
  translateSources(dir);
  const vsix = join(dir, 'pseudo.vsix');
  const { ok, output } = await runNpm(['run', 'package', '--', '--out', vsix], { cwd: dir });
  if (!ok) throw new Error(`The extension with pseudo texts could not be packaged:\n${output}`);
  const home = temporaryDir('pseudo-extensions');
  const extensionsDir = join(home, 'extensions');
  await installExtension(vsix, { dataDir: join(home, 'data'), extensionsDir });
  return extensionsDir;
});
