/**
 * app/: the application, without `vscode`.
 *
 * How a command becomes a use case: small makers of handlers, each says what the use case works on, so that
 * it gets exactly that.
 */
import type { Section, SectionRow } from '../../trunks/snapshot';
import type { Account } from '../accounts/account';
import type { Command, Noun } from '../commands';
import type { COMMANDS } from '../commands.generated';
import type { Finds, RowGroups, TrunkTarget } from './ports';
import { accountTarget, rowsTarget, type TargetOptions, trunkTarget } from './targets';

/**
 * Called with whatever a menu, a keybinding or another extension passes. Throws Cancelled when the person
 * pressed Esc, ExotelError when a call failed.
 */
export type Handler = (args: readonly unknown[]) => Promise<void>;

/** One handler for each command of a noun, by verb. */
export type HandlersOf<N extends Noun> = { readonly [Verb in keyof (typeof COMMANDS)[N]]: Handler };

type Taking<Kind extends Command['takes']> = Extract<Command, { readonly takes: Kind }>;

function optionsOf(command: Command): TargetOptions {
  return { title: command.asked(), writes: command.writes };
}

export function onAccount(
  ports: Finds,
  command: Taking<'account'>,
  work: (account: Account, title: string) => Promise<void>,
): Handler {
  return async (args) => {
    const options = optionsOf(command);
    await work(await accountTarget(ports, args, options), options.title);
  };
}

export function onTrunk(
  ports: Finds,
  command: Taking<'trunk' | 'mode' | 'network'>,
  work: (target: TrunkTarget, title: string, args: readonly unknown[]) => Promise<void>,
): Handler {
  return async (args) => {
    const options = optionsOf(command);
    await work(await trunkTarget(ports, args, options), options.title, args);
  };
}

/** Rows the command can work on; all when left out. */
type Fits<S extends Section> = (row: SectionRow[S]) => boolean;

/** On every selected row, trunk by trunk. */
export function onRows<S extends Section>(
  ports: Finds,
  command: Taking<'rows' | 'destination'>,
  section: S,
  work: (groups: RowGroups<S>, title: string, args: readonly unknown[]) => Promise<void>,
  fits: Fits<S> = () => true,
): Handler {
  return async (args) => {
    const options = { ...optionsOf(command), many: true, fits };
    await work(await rowsTarget(ports, section, args, options), options.title, args);
  };
}

/** On one row. */
export function onRow<S extends Section>(
  ports: Finds,
  command: Taking<'rows'>,
  section: S,
  work: (target: TrunkTarget, row: SectionRow[S], title: string) => Promise<void>,
  fits: Fits<S> = () => true,
): Handler {
  return async (args) => {
    const options = { ...optionsOf(command), many: false, fits };
    const [group] = await rowsTarget(ports, section, args, options);
    const [row] = group.rows;
    if (row !== undefined) await work(group, row, options.title);
  };
}
