/**
 * app/: the application, without `vscode`.
 *
 * What use cases get to work with, in small parts: each names the two or three it uses. And what they work on.
 */
import type { Trunk } from '../../exotel/model';
import type { AccountTrunks } from '../../trunks/account-trunks';
import type { Section, SectionRow, TrunkSnapshot } from '../../trunks/snapshot';
import type { Account } from '../accounts/account';
import type { TrunkModels } from '../accounts/models';
import type { AccountRegistry } from '../accounts/registry';
import type { RunCommand } from '../commands';
import type { Failure } from '../explain/failure';
import type { Prompter } from '../input/prompter';
import type { Log } from '../log';
import type { NodeRef } from '../refs';
import type { Ui } from '../ui';

export interface Asks {
  readonly prompter: Prompter;
}

export interface Tells {
  readonly ui: Ui;
}

/** Says what failed, too: with where to read more about it. */
export interface Reports extends Tells {
  readonly log: Pick<Log, 'warn'>;
  readonly troubleshooter: { showFailures(failures: readonly Failure[]): Promise<void> };
}

/** Shows and selects a row. */
export interface Shows {
  readonly view: { reveal(ref: NodeRef): Promise<void> };
}

/** Hands over to another command, when a button said so. */
export interface Runs {
  readonly run: RunCommand;
}

export interface HasModels {
  readonly models: Pick<TrunkModels, 'open'>;
}

/** How the side bar calls things: lists to choose from say the same. */
export interface RowTexts {
  account(account: Account): ChoiceText;
  trunk(trunk: Trunk, account: Account): ChoiceText;
  section(section: Section): string;
  row<S extends Section>(section: S, row: SectionRow[S]): ChoiceText;
}

export interface ChoiceText {
  readonly label: string;
  readonly description: string;
  /** Product icon name. */
  readonly icon: string;
}

/** Finds what a command works on, and asks for what is missing. */
export interface Finds extends Asks, Tells, Runs, HasModels {
  readonly registry: Pick<AccountRegistry, 'list' | 'get'>;
  readonly texts: RowTexts;
}

/** What a trunk command works on. */
export interface TrunkTarget {
  readonly account: Account;
  readonly model: AccountTrunks;
  readonly trunkSid: string;
  readonly snapshot: TrunkSnapshot;
}

/** What a command on rows works on: rows of one trunk. */
export interface RowsTarget<S extends Section> extends TrunkTarget {
  readonly rows: readonly SectionRow[S][];
}

/** Rows of one trunk or more, trunk by trunk. */
export type RowGroups<S extends Section> = readonly [RowsTarget<S>, ...RowsTarget<S>[]];
