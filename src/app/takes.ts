/**
 * app/: the application, without `vscode`.
 *
 * What commands are called with: the shapes for whoever calls one, and beside each the reading of it for the
 * handler, since menus, keybindings and other extensions pass what they like. VS Code's menus pass the clicked
 * row and all selected ones, so whatever else a command takes comes third.
 */
import type { NumberMode } from '../exotel/model';
import type { CheckNode } from './checks/check-refs';
import { isNodeRef, type NodeRef, type NoteRef, type TrunkRef } from './refs';

/** Arguments by what a command is declared to take. What is missing is asked for. */
export interface Takes {
  readonly nothing: readonly [];
  /** A row stands for the account, trunk or rows it belongs to. */
  readonly account: readonly [at?: NodeRef];
  readonly trunk: readonly [at?: NodeRef];
  readonly rows: readonly [row?: NodeRef, selected?: readonly NodeRef[]];
  readonly note: readonly [note: NoteRef];
  readonly check: readonly [at?: CheckNode | NodeRef];
  /** The mode a check found to be missing. */
  readonly mode: readonly [at?: NodeRef, selected?: undefined, mode?: NumberMode];
  /** The address a check found to be missing. */
  readonly network: readonly [at?: NodeRef, selected?: undefined, network?: string];
  /** The trunk the rows go to. */
  readonly destination: readonly [
    row?: NodeRef,
    selected?: readonly NodeRef[],
    destination?: TrunkRef,
  ];
  /** Id of an entry of the tables, e.g. `sip:488`. */
  readonly entry: readonly [entryId?: string];
}

export function modeIn(args: readonly unknown[]): NumberMode | null {
  return isMode(args[2]) ? args[2] : null;
}

export function isMode(value: unknown): value is NumberMode {
  return value === 'pstn' || value === 'flow';
}

export function networkIn(args: readonly unknown[]): string | null {
  return typeof args[2] === 'string' ? args[2] : null;
}

export function destinationIn(args: readonly unknown[]): TrunkRef | null {
  const [, , ref] = args;
  return isNodeRef(ref) && ref.kind === 'trunk' ? ref : null;
}

export function entryIn(args: readonly unknown[]): string | null {
  return typeof args[0] === 'string' ? args[0] : null;
}
