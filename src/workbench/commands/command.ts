/**
 * workbench/: everything that imports `vscode`.
 *
 * How a command is declared: once, with its title, icon, places and handler. The manifest's commands and
 * menus are written from these declarations (`npm run manifest`), and the runner registers them.
 */
import type { Section, SectionRow, TrunkSnapshot } from '../../trunks/snapshot';
import type { AccountTrunks } from '../../trunks/account-trunks';
import type { Account } from '../../app/accounts/account';
import type { Services } from './services';

export type MenuId = 'view/title' | 'view/item/context' | 'editor/context';

export interface Placement {
  readonly menu: MenuId;
  /** `inline@1`, `navigation@1`, `1_open@1`, … Destructive ones go to the group `9_remove`. */
  readonly group: string;
  /** Of the places `view/…`; the trunks when left out. */
  readonly view?: 'exotelSip.trunks' | 'exotelSip.checks';
  /** Beside "in our view", e.g. `viewItem =~ /^trunk\b/`. */
  readonly when?: string;
}

export interface Declaration {
  readonly id: `exotelSip.${string}.${string}`;
  /** Title Case, verb first, `…` when a question follows. English; translated in package.nls.*.json. */
  readonly title: string;
  /** Product icon name. */
  readonly icon?: string;
  readonly menus: readonly Placement[];
  /** False only for commands that make no sense without a row, e.g. Retry. */
  readonly palette: boolean;
}

export interface Command extends Declaration {
  /** Throws Cancelled when the person pressed Esc, ExotelError when a call failed. */
  invoke(services: Services, args: readonly unknown[]): Promise<void>;
}

/** What a trunk command works on. */
export interface TrunkTarget {
  readonly account: Account;
  readonly model: AccountTrunks;
  readonly trunkSid: string;
  readonly snapshot: TrunkSnapshot;
}

/** What a command on rows works on: the rows of one trunk. */
export interface RowsTarget<S extends Section> extends TrunkTarget {
  readonly rows: readonly SectionRow[S][];
}
