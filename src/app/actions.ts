/**
 * app/: the application, without `vscode`.
 *
 * What mends what is wrong: the one table from an action to the command that does it. A command that is not
 * told what it is about asks for it.
 */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../exotel/errors';
import type { Action, ActionKind } from '../terms/finding';
import type { UseCase } from '../terms/use';
import type { TraceFinding } from '../trace/types';
import { rowId, type Section, type SectionRow, type TrunkSnapshot } from '../trunks/snapshot';
import type { ArgsOf, Command, CommandId } from './commands';
import { COMMANDS } from './commands.generated';
import type { RowRef, TrunkRef } from './refs';
import { isMode } from './takes';

/** VS Code's own command that opens a setting. */
const OPEN_SETTINGS = 'workbench.action.openSettings';

/** A button: what it says, and the command it runs. */
export interface Offer {
  readonly label: string;
  readonly command: CommandId | typeof OPEN_SETTINGS;
  readonly args: readonly unknown[];
  /** Changes something at Exotel: not offered where an account is read-only. */
  readonly writes: boolean;
}

function offerOf<C extends Command>(command: C, ...args: ArgsOf<C>): Offer {
  const told = args.findLastIndex((arg) => arg !== undefined) + 1;
  const { id, title, writes } = command;
  return { label: title(), command: id, args: args.slice(0, told), writes };
}

function settingsOffer(setting: string): Offer {
  return {
    label: l10n.t('Open Settings'),
    command: OPEN_SETTINGS,
    args: [`@id:${setting}`],
    writes: false,
  };
}

/** The trunk something is wrong with. */
export interface Place {
  readonly trunk: TrunkRef;
  /** Null: nothing is known of it now. */
  readonly snapshot: TrunkSnapshot | null;
}

/** The row an action is about; the trunk when there is none such any more. */
function rowIn<S extends Section>(
  at: Place | null,
  section: S,
  fits: (row: SectionRow[S]) => boolean,
): RowRef | TrunkRef | undefined {
  const rows: readonly SectionRow[S][] = at?.snapshot?.sections[section].value ?? [];
  const row = rows.find(fits);
  if (at === null || row === undefined) return at?.trunk;
  return { ...at.trunk, kind: 'row', section, rowId: rowId(section, row) };
}

const ACTIONS: Readonly<Record<ActionKind, (value: string | null, at: Place | null) => Offer>> = {
  mapNumber: (value, at) =>
    offerOf(COMMANDS.number.map, at?.trunk, undefined, isMode(value) ? value : undefined),
  switchMode: (value, at) =>
    offerOf(
      COMMANDS.number.switchMode,
      rowIn(at, 'numbers', ({ number }) => number === value),
    ),
  whitelistIp: (value, at) =>
    offerOf(COMMANDS.ip.whitelist, at?.trunk, undefined, value ?? undefined),
  addDestination: (_, at) => offerOf(COMMANDS.destination.add, at?.trunk),
  editDestination: (value, at) =>
    at !== null && value === null
      ? offerOf(COMMANDS.destination.changePriority, at.trunk)
      : offerOf(
          COMMANDS.destination.changeAddress,
          rowIn(at, 'destinations', ({ destination }) => destination === value),
        ),
  createCredential: (_, at) => offerOf(COMMANDS.credential.create, at?.trunk),
  rotateCredential: (value, at) =>
    offerOf(
      COMMANDS.credential.rotate,
      rowIn(at, 'credentials', ({ userName }) => userName === value),
    ),
  setCallerId: (_, at) => offerOf(COMMANDS.callerId.set, at?.trunk),
  refresh: (_, at) =>
    at === null ? offerOf(COMMANDS.view.refresh) : offerOf(COMMANDS.trunk.refresh, at.trunk),
  findEdge: (_, at) => offerOf(COMMANDS.edge.find, at?.trunk),
  openSettings: (value) => settingsOffer(value ?? 'exotelSip.edges'),
};

/** `at`: the trunk it is about, where that is known. */
export function mendOf({ kind, value }: Action, at: Place | null = null): Offer {
  return ACTIONS[kind](value, at);
}

/** Whether it changes something at Exotel: what does not is offered on read-only accounts too. */
export function actionWrites(kind: ActionKind): boolean {
  return ACTIONS[kind](null, null).writes;
}

function mendBy(kind: ActionKind): Offer {
  return ACTIONS[kind](null, null);
}

function checks(): Offer {
  return offerOf(COMMANDS.check.run);
}

function generate(): Offer {
  return offerOf(COMMANDS.pbx.generate);
}

/** Of an entry of the tables: the mend, then the checks that find it by themselves. */
export function offersOfEntry(
  action: ActionKind | null,
  useCase: UseCase | null,
): readonly Offer[] {
  return [
    ...(action === null ? [] : [mendBy(action)]),
    ...(useCase === null && action === null ? [] : [checks()]),
  ];
}

/**
 * Of a finding in a trace. `in`: a call from Exotel that the PBX refused, where nothing at Exotel is to
 * be changed.
 */
export function offersOfFinding(
  { kind }: Pick<TraceFinding, 'kind'>,
  direction: 'out' | 'in' | 'unknown',
): readonly Offer[] {
  switch (kind) {
    case 'digestLoop':
      return [mendBy('rotateCredential'), generate()];
    case 'ipRefused':
      return direction === 'in' ? [generate()] : [mendBy('whitelistIp'), checks()];
    case 'callerIdNotMapped':
      return [mendBy('mapNumber'), generate()];
    case 'numberUnknown':
      return direction === 'in' ? [generate()] : [mendBy('mapNumber'), mendBy('switchMode')];
    case 'flowHeader':
      return [generate(), mendBy('switchMode')];
    case 'noAnswer':
      return direction === 'in'
        ? [mendBy('editDestination'), checks()]
        : [mendBy('findEdge'), checks()];
    case 'optionsUnanswered':
      return [mendBy('findEdge'), checks()];
    case 'realm':
    case 'fromDomain':
    case 'codecs':
    case 'srtp':
    case 'transportMismatch':
    case 'privateAddress':
    case 'ackLost':
    case 'registration':
    case 'challengedInbound':
      return [generate()];
    case 'rtpPorts':
    case 'serverError':
    case 'otherFailure':
      return [checks()];
    case 'numberFormat':
    case 'busy':
    case 'cancelled':
    case 'declined':
      return [];
  }
}

/** Of a failed call of the API. */
export function offersOfProblem(problem: Problem): readonly Offer[] {
  switch (problem.kind) {
    case 'auth':
      return [offerOf(COMMANDS.account.replaceKeys), offerOf(COMMANDS.account.edit)];
    case 'notFound':
      return [mendBy('refresh')];
    case 'conflict':
      return problem.operation === 'map phone number'
        ? [offerOf(COMMANDS.number.find)]
        : [mendBy('refresh')];
    case 'invalid':
      return problem.field === 'destination' && /whitelisted/i.test(problem.description ?? '')
        ? [mendBy('whitelistIp')]
        : [];
    case 'rateLimited':
      return [settingsOffer('exotelSip.callsPerMinute')];
    case 'network':
      return problem.cause === 'proxy'
        ? [settingsOffer('http.proxy')]
        : [offerOf(COMMANDS.account.verify)];
    case 'forbidden':
    case 'server':
    case 'badResponse':
    case 'aborted':
      return [];
  }
}
