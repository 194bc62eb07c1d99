/**
 * workbench/: everything that imports `vscode`.
 *
 * Small makers of commands: each says what the command works on, so that the handler gets exactly that.
 */
import type { Account } from '../../app/accounts/account';
import type { Section, SectionRow } from '../../trunks/snapshot';
import type { Command, Declaration, Placement, RowsTarget, TrunkTarget } from './command';
import type { Services } from './services';
import { accountTarget, rowsTarget, trunkTarget } from './targets';

interface Base {
  readonly id: Declaration['id'];
  readonly title: string;
  readonly icon?: string;
  readonly menus?: readonly Placement[];
  readonly palette?: boolean;
}

function declaration(base: Base): Declaration {
  return {
    id: base.id,
    title: base.title,
    ...(base.icon === undefined ? {} : { icon: base.icon }),
    menus: base.menus ?? [],
    palette: base.palette ?? true,
  };
}

/** Titles of questions are the command's title without the dots. */
function questionTitle(title: string): string {
  return title.replace(/…$/, '');
}

export function plainCommand(
  base: Base & { run(services: Services, args: readonly unknown[]): Promise<void> },
): Command {
  return { ...declaration(base), invoke: (services, args) => base.run(services, args) };
}

export function accountCommand(
  base: Base & {
    /** Refused for read-only accounts: changes something at Exotel. */
    readonly writes?: boolean;
    run(services: Services, account: Account, title: string): Promise<void>;
  },
): Command {
  const title = questionTitle(base.title);
  return {
    ...declaration(base),
    invoke: async (services, args) => {
      const options = { title, writes: base.writes ?? false };
      await base.run(services, await accountTarget(services, args, options), title);
    },
  };
}

export function trunkCommand(
  base: Base & {
    readonly writes?: boolean;
    run(
      services: Services,
      trunk: TrunkTarget,
      title: string,
      args: readonly unknown[],
    ): Promise<void>;
  },
): Command {
  const title = questionTitle(base.title);
  return {
    ...declaration(base),
    invoke: async (services, args) => {
      const options = { title, writes: base.writes ?? false };
      await base.run(services, await trunkTarget(services, args, options), title, args);
    },
  };
}

/** Works on every selected row, trunk by trunk. */
export function rowsCommand<S extends Section>(
  section: S,
  base: Base & {
    readonly writes?: boolean;
    readonly fits?: (row: SectionRow[S]) => boolean;
    run(
      services: Services,
      groups: readonly [RowsTarget<S>, ...RowsTarget<S>[]],
      title: string,
      args: readonly unknown[],
    ): Promise<void>;
  },
): Command {
  const title = questionTitle(base.title);
  return {
    ...declaration(base),
    invoke: async (services, args) => {
      const options = {
        title,
        writes: base.writes ?? false,
        many: true,
        ...(base.fits === undefined ? {} : { fits: base.fits }),
      };
      await base.run(services, await rowsTarget(services, section, args, options), title, args);
    },
  };
}

/** Works on one row. */
export function rowCommand<S extends Section>(
  section: S,
  base: Base & {
    readonly writes?: boolean;
    readonly fits?: (row: SectionRow[S]) => boolean;
    run(services: Services, trunk: TrunkTarget, row: SectionRow[S], title: string): Promise<void>;
  },
): Command {
  const title = questionTitle(base.title);
  return {
    ...declaration(base),
    invoke: async (services, args) => {
      const options = {
        title,
        writes: base.writes ?? false,
        many: false,
        ...(base.fits === undefined ? {} : { fits: base.fits }),
      };
      const [group] = await rowsTarget(services, section, args, options);
      const [row] = group.rows;
      if (row !== undefined) await base.run(services, group, row, title);
    },
  };
}

/**
 * Where a command shows in the menu of a row: the kind of row and the flags its contextValue must have,
 * or with `!` must not have.
 */
export function onRow(kind: string, group: string, ...flags: readonly string[]): Placement {
  const conditions = flags.map((flag) =>
    flag.startsWith('!') ? `(?!.*\\+${flag.slice(1)}\\b)` : `(?=.*\\+${flag}\\b)`,
  );
  return {
    menu: 'view/item/context',
    when: `viewItem =~ /^${kind}\\b${conditions.join('')}/`,
    group,
  };
}

/** …only where changes are allowed. */
export function onWritableRow(kind: string, group: string, ...flags: readonly string[]): Placement {
  return onRow(kind, group, 'writable', ...flags);
}
