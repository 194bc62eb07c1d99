/**
 * app/: the application, without `vscode`.
 *
 * The command that makes the same text in a terminal. It holds no secret: the terminal writes the
 * placeholder.
 */
import * as l10n from '@vscode/l10n';
import { isOptionId, type OptionId, optionIds, problemWith } from '../pbx/options';
import type { Chosen } from './choices';
import type { Plan } from './plan';

const PROGRAM = 'exotel-sip-trunks';

/** One line for a POSIX shell. */
export function terminalCommand({ facts, card, named }: Plan): string {
  const settings = Object.entries(named).flatMap(([id, value]) => ['--set', `${id}=${value}`]);
  return ['npx', PROGRAM, 'generate', facts.trunkSid, '--target', card.id, ...settings]
    .map(shellWord)
    .join(' ');
}

/** A word that a POSIX shell hands on as it is. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export interface ReadSettings {
  readonly chosen: Chosen;
  /** One sentence for each setting that is none. */
  readonly problems: readonly string[];
}

/** `option=value` words, as `--set` takes them. Of an option that is set twice the last one counts. */
export function readSettings(words: readonly string[]): ReadSettings {
  const chosen: Partial<Record<OptionId, string>> = {};
  const problems: string[] = [];
  for (const word of words) {
    const at = word.indexOf('=');
    const id = at === -1 ? word : word.slice(0, at);
    const value = word.slice(at + 1);
    const problem = isOptionId(id) ? problemWith(id, value) : null;
    if (!isOptionId(id)) {
      // What is no option may be a secret: it is not repeated.
      problems.push(
        l10n.t('A setting names no option. The options are: {0}.', optionIds.join(', ')),
      );
    } else if (at === -1) problems.push(l10n.t('Option {0} has no value: write {0}=value.', id));
    else if (problem !== null) problems.push(l10n.t('Option {0}: {1}', id, problem));
    else chosen[id] = value;
  }
  return { chosen, problems };
}
