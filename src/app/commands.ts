/**
 * app/: the application, without `vscode`.
 *
 * The commands as types: which there are, and what each is called with. No id is typed by hand.
 */
import { COMMANDS } from './commands.generated';
import type { Takes } from './takes';

type Table = typeof COMMANDS;

/** What a command is about, e.g. `number`. */
export type Noun = keyof Table;

type InNoun<N extends Noun> = Table[N][keyof Table[N]];

/** A command as everyone outside its declaration knows it. */
export type Command = { readonly [N in Noun]: InNoun<N> }[Noun];
export type CommandId = Command['id'];
export type ArgsOf<C extends Command> = Takes[C['takes']];

/** Runs a command the way its menus do; ends when the person is through with it. */
export type RunCommand = <C extends Command>(command: C, ...args: ArgsOf<C>) => Promise<void>;

const BY_ID: ReadonlyMap<string, Command> = new Map(
  Object.values(COMMANDS).flatMap((verbs) =>
    Object.values<Command>(verbs).map((command) => [command.id, command]),
  ),
);

/** Null for ids of others. */
export function commandById(id: string): Command | null {
  return BY_ID.get(id) ?? null;
}
