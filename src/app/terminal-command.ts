/**
 * app/: the application, without `vscode`.
 *
 * The command that makes the same text in a terminal. It holds no secret: the terminal writes the
 * placeholder.
 */
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
