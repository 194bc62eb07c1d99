/**
 * app/: the application, without `vscode`.
 *
 * What a person does with phone numbers.
 */
import * as l10n from '@vscode/l10n';
import { ExotelError } from '../../exotel/errors';
import type { NumberMode, PhoneNumber } from '../../exotel/model';
import { checkPhoneNumber } from '../../exotel/rules/numbers';
import { losesCallerId } from '../../setup/caller-id';
import { type BulkOptions, type BulkOutcome, runBulk } from '../../trunks/bulk';
import type { Account } from '../accounts/account';
import { COMMANDS } from '../commands.generated';
import { accepted, answered, asValidation, checkList } from '../input/answers';
import { BACK, type Choice } from '../input/prompter';
import { runSteps } from '../input/steps';
import type { RowRef, TrunkRef } from '../refs';
import { destinationIn, modeIn } from '../takes';
import { trunkLabel } from '../trunk-label';
import { type HandlersOf, onAccount, onRows, onTrunk } from './handlers';
import type {
  Asks,
  Finds,
  HasModels,
  Reports,
  RowGroups,
  Runs,
  Shows,
  Tells,
  TrunkTarget,
} from './ports';
import { forEachTrunk, type NextStep, reportBulk, withProgress } from './report';
import { knownTrunk, pickTrunk, rowRefOf, trunkRefOf } from './targets';

function modeChoices(): Choice<NumberMode>[] {
  const choice = (value: NumberMode, description: string, detail: string) => ({
    label: value,
    description,
    detail,
    value,
  });
  return [
    choice(
      'pstn',
      l10n.t('telephone network'),
      l10n.t('Call phones and be called: outbound and inbound.'),
    ),
    choice('flow', l10n.t('StreamKit'), l10n.t('Send calls to a voice bot.')),
  ];
}

/** `likely`: the mode that is active when it is asked for. */
async function mapNumbers(
  ports: Asks & Reports & Shows & Runs & HasModels,
  target: TrunkTarget,
  title: string,
  likely: NumberMode = 'pstn',
): Promise<void> {
  const draft = await runSteps<{ text: string; mode: NumberMode }>({ text: '', mode: likely }, [
    async (state, steps) => {
      const text = await ports.prompter.input({
        title,
        prompt: l10n.t('ExoPhone to map, or a pasted list'),
        placeholder: '+919876543210, +911800123456',
        value: state.text,
        validate: (value) => asValidation(checkList(value, checkPhoneNumber)),
        steps,
      });
      return text === BACK ? BACK : { ...state, text };
    },
    async (state, steps) => {
      const mode = await ports.prompter.pick<NumberMode>({
        title,
        placeholder: l10n.t('Mode of these numbers'),
        choices: modeChoices(),
        active: state.mode,
        steps,
      });
      return mode === BACK ? BACK : { ...state, mode };
    },
  ]);
  const numbers = accepted(checkList(draft.text, checkPhoneNumber));
  const outcome = await withProgress(ports, title, numbers.length, (options) =>
    target.model.mapNumbers(target.trunkSid, numbers, draft.mode, options),
  );
  const [first] = outcome.done;
  if (first !== undefined) {
    await target.model.ensureSections(target.trunkSid, ['numbers']);
    await ports.view.reveal(rowRefOf(target, 'numbers', first.value));
  }
  const taken = await whereTaken(ports, target.account, outcome);
  const [number] = numbers;
  const only = numbers.length === 1 && number !== undefined ? taken.get(number) : undefined;
  if (only !== undefined) {
    tellTaken(ports, only, target);
    return;
  }
  await reportBulk(
    ports,
    [outcome],
    {
      allDone:
        numbers.length === 1
          ? l10n.t('{0} mapped.', number ?? '')
          : l10n.t('{0} numbers mapped.', numbers.length),
      someDone: (done, all) => l10n.t('Mapped {0} of {1} numbers.', done, all),
      done: (count) => l10n.t('Mapped: {0}', count),
      notDone: (count) => l10n.t('Not mapped: {0}', count),
      label: (one) => one,
      why: (one) => taken.get(one)?.text ?? null,
    },
    moveStep(ports, [...taken.values()], target),
  );
}

/** Where a number is. */
interface Place {
  /** A whole sentence. */
  readonly text: string;
  readonly trunkSid: string;
  readonly mode: NumberMode;
  /** Null: the trunk is there, its row is not. */
  readonly row: RowRef | null;
}

/** A look-up each: of more duplicates than these, the report says what the API said. */
const MOST_LOOKED_UP = 10;

/** "Duplicate" is no answer to a person who wants the number: where it is, is one. */
async function whereTaken(
  ports: Tells & HasModels,
  account: Account,
  { failed }: BulkOutcome<string, PhoneNumber>,
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const taken = failed.filter(({ problem }) => problem.kind === 'conflict');
  for (const { input } of taken.slice(0, MOST_LOOKED_UP)) {
    try {
      const place = await locate(ports, account, input);
      if (place !== null) places.set(input, place);
    } catch (error) {
      // What the API said of the number itself is told then.
      if (!(error instanceof ExotelError)) throw error;
      break;
    }
  }
  return places;
}

/** Null when it is on no trunk of the account. */
async function locate(
  ports: Tells & HasModels,
  account: Account,
  number: string,
): Promise<Place | null> {
  const model = await ports.models.open(account.id);
  const found = await ports.ui.busy(() => model.findTrunkOf(number));
  if (found === null) return null;
  await model.ensureTrunks();
  if (model.trunk(found.trunkSid) === null) {
    // Made elsewhere, on an account whose trunks cannot be listed.
    await ports.ui.busy(() => model.addExistingTrunk(found.trunkSid));
  }
  const owner = await knownTrunk(ports, account, found.trunkSid);
  await model.ensureSections(found.trunkSid, ['numbers']);
  const rows = model.trunk(found.trunkSid)?.sections.numbers.value ?? [];
  const row = rows.find((candidate) => candidate.number === number);
  const { mode, trunkSid } = found;
  return {
    text: l10n.t(
      '{0} is on trunk {1} of {2}, mode {3}.',
      number,
      trunkLabel(owner.snapshot.trunk),
      account.label,
      mode,
    ),
    trunkSid,
    mode,
    row: row === undefined ? null : rowRefOf(owner, 'numbers', row),
  };
}

/** Says where a number is that was to be mapped, with the way to it. Does not wait for an answer. */
function tellTaken(
  { ui, view, run }: Tells & Shows & Runs,
  { text, row, trunkSid }: Place,
  wantedBy: TrunkTarget,
): void {
  if (row === null) {
    void ui.info(text);
    return;
  }
  const show = l10n.t('Show It');
  const { switchMode: switching } = COMMANDS.number;
  // On this very trunk it may have been wanted in the other mode.
  const other = trunkSid === wantedBy.trunkSid ? switching.title() : l10n.t('Move It Here…');
  void ui.info(text, show, other).then(async (pressed) => {
    if (pressed === show) await view.reveal(row);
    else if (pressed === switching.title()) await run(switching, row);
    else if (pressed !== null) {
      await run(COMMANDS.number.move, row, [row], trunkRefOf(wantedBy));
    }
  });
}

function moveStep({ run }: Runs, places: readonly Place[], wantedBy: TrunkTarget): NextStep | null {
  const rows = places.flatMap(({ row, trunkSid }) =>
    row === null || trunkSid === wantedBy.trunkSid ? [] : [row],
  );
  const [first] = rows;
  if (first === undefined) return null;
  return {
    label:
      rows.length === 1
        ? l10n.t('Move 1 Number Here…')
        : l10n.t('Move {0} Numbers Here…', rows.length),
    take: () => run(COMMANDS.number.move, first, rows, trunkRefOf(wantedBy)),
  };
}

async function findNumber(
  ports: Asks & Tells & Shows & HasModels,
  account: Account,
  title: string,
): Promise<void> {
  const text = answered(
    await ports.prompter.input({
      title,
      prompt: l10n.t('Phone number to look for in {0}', account.label),
      placeholder: '+919876543210',
      validate: (value) => asValidation(checkPhoneNumber(value)),
    }),
  );
  const number = accepted(checkPhoneNumber(text));
  const place = await locate(ports, account, number);
  if (place === null) {
    void ports.ui.info(l10n.t('{0} is on no trunk of {1}.', number, account.label));
    return;
  }
  if (place.row !== null) await ports.view.reveal(place.row);
  void ports.ui.info(place.text);
}

async function switchMode(
  ports: Asks & Reports,
  groups: RowGroups<'numbers'>,
  title: string,
): Promise<void> {
  const [first, ...others] = groups.flatMap(({ rows }) => rows);
  if (first === undefined) return;
  const mode = answered(
    await ports.prompter.pick<NumberMode>({
      title,
      placeholder:
        others.length === 0
          ? l10n.t('Mode of {0}, now {1}', first.number, first.mode)
          : l10n.t('Mode of {0} numbers', others.length + 1),
      choices: modeChoices(),
      active: first.mode === 'pstn' ? 'flow' : 'pstn',
    }),
  );
  const outcomes = await forEachTrunk(ports, title, groups, (group, options) => {
    const ids = group.rows.filter((row) => row.mode !== mode).map((row) => row.id);
    return group.model.changeModes(group.trunkSid, ids, mode, options);
  });
  await reportBulk(ports, outcomes, {
    allDone: l10n.t('Mode is {0}.', mode),
    someDone: (done, all) => l10n.t('Switched {0} of {1} numbers.', done, all),
    done: (count) => l10n.t('Switched: {0}', count),
    notDone: (count) => l10n.t('Not switched: {0}', count),
    label: labeller(groups),
  });
}

async function unmapNumbers(
  ports: Asks & Reports,
  groups: RowGroups<'numbers'>,
  title: string,
): Promise<void> {
  const list = groups.flatMap(({ rows }) => rows.map((row) => row.number));
  const [only] = list;
  const single = list.length === 1 && only !== undefined ? only : null;
  const losses = await callerIdsLost(ports, groups);
  await ports.prompter.confirm({
    message:
      single === null
        ? l10n.t('Unmap {0} phone numbers?', list.length)
        : l10n.t('Unmap {0}?', single),
    detail: [
      single === null
        ? l10n.t(
            'Calls from and to them over this trunk stop at once. They stay yours and can be mapped again.',
          )
        : l10n.t(
            'Calls from and to it over this trunk stop at once. It stays yours and can be mapped again.',
          ),
      ...losses,
      ...(single === null ? list : []),
    ].join('\n'),
    action: l10n.t('Unmap'),
  });
  const label = labeller(groups);
  const outcomes = await forEachTrunk(ports, title, groups, (group, options) => {
    const ids = group.rows.map((row) => row.id);
    return group.model.unmapNumbers(group.trunkSid, ids, options);
  });
  await reportBulk(ports, outcomes, {
    allDone:
      single === null
        ? l10n.t('{0} numbers unmapped.', list.length)
        : l10n.t('{0} unmapped.', single),
    someDone: (done, all) => l10n.t('Unmapped {0} of {1} numbers.', done, all),
    done: (count) => l10n.t('Unmapped: {0}', count),
    notDone: (count) => l10n.t('Not unmapped: {0}', count),
    label,
  });
}

/** Ids to numbers, also after the rows are gone. */
function labeller(groups: RowGroups<'numbers'>): (id: string) => string {
  const numbers = new Map(groups.flatMap(({ rows }) => rows.map((row) => [row.id, row.number])));
  return (id) => numbers.get(id) ?? id;
}

/** A sentence for each trunk whose caller ID goes with these rows. */
async function callerIdsLost(
  { ui }: Tells,
  groups: RowGroups<'numbers'>,
): Promise<readonly string[]> {
  await ui.busy(() =>
    Promise.all(groups.map(({ model, trunkSid }) => model.ensureSections(trunkSid, ['settings']))),
  );
  return groups.flatMap(({ model, trunkSid, snapshot, rows }) => {
    const callerId = model.callerId(trunkSid);
    const going = rows.map(({ number }) => number);
    if (callerId === null || !losesCallerId(callerId, going)) return [];
    return [
      l10n.t(
        '{0} is the caller ID of trunk {1}: Exotel may refuse its calls until you set another.',
        callerId,
        trunkLabel(snapshot.trunk),
      ),
    ];
  });
}

/** A number on its way. */
interface Moving {
  readonly trunkSid: string;
  readonly row: PhoneNumber;
}

/** `dropped`: the trunk they go to, where it is known; else it is asked for. */
async function moveNumbers(
  ports: Finds & Reports,
  groups: RowGroups<'numbers'>,
  title: string,
  dropped: TrunkRef | null,
): Promise<void> {
  const [{ account, trunkSid: from }] = groups;
  const accounts = [...groups.map((group) => group.account.id), dropped?.accountId ?? account.id];
  if (accounts.some((id) => id !== account.id)) {
    void ports.ui.info(l10n.t('A number cannot move to another account.'));
    return;
  }
  const target =
    dropped === null
      ? await pickTrunk(ports, account, {
          title,
          writes: true,
          placeholder: l10n.t('Move to which trunk?'),
          ...(groups.length === 1 ? { except: from } : {}),
        })
      : await knownTrunk(ports, account, dropped.trunkSid);
  const leaving = groups.filter(({ trunkSid }) => trunkSid !== target.trunkSid);
  const moving = leaving.flatMap(({ trunkSid, rows }) => rows.map((row) => ({ trunkSid, row })));
  const [firstLeaving, ...othersLeaving] = leaving;
  const [first, ...others] = moving;
  const label = trunkLabel(target.snapshot.trunk);
  if (first === undefined || firstLeaving === undefined) {
    ports.ui.status(l10n.t('Already on trunk {0}.', label));
    return;
  }
  const single = others.length === 0 ? first.row.number : null;
  const losses = await callerIdsLost(ports, [firstLeaving, ...othersLeaving]);
  await ports.prompter.confirm({
    message:
      single === null
        ? l10n.t('Move {0} phone numbers to trunk {1}?', moving.length, label)
        : l10n.t('Move {0} to trunk {1}?', single, label),
    detail: [
      single === null
        ? l10n.t(
            'Each is unmapped, then mapped again: for a moment it is on no trunk, and calls fail.',
          )
        : l10n.t(
            'It is unmapped, then mapped again: for a moment it is on no trunk, and calls fail.',
          ),
      ...losses,
      ...(single === null ? moving.map(({ row }) => row.number) : []),
    ].join('\n'),
    action: l10n.t('Move'),
  });
  const { outcome, lost } = await withProgress(ports, title, moving.length, (options) =>
    moveAll(target, moving, options),
  );
  if (lost !== null) {
    void ports.ui.error(
      l10n.t(
        '{0} is on no trunk now, or nobody can tell: mapping it failed, and so did putting it back. Refresh, and map it by hand if it is missing.',
        lost,
      ),
    );
  }
  await reportBulk(ports, [outcome], {
    allDone:
      single === null
        ? l10n.t('{0} numbers moved.', moving.length)
        : l10n.t('Moved to {0}.', label),
    someDone: (done, all) => l10n.t('Moved {0} of {1} numbers.', done, all),
    done: (count) => l10n.t('Moved: {0}', count),
    notDone: (count) => l10n.t('Not moved: {0}', count),
    label: ({ row }) => row.number,
  });
}

/**
 * One after the other. After a number was left on no trunk, or nobody can tell where it is, nothing else is
 * touched before a person looked: `lost` is that number.
 */
async function moveAll(
  target: TrunkTarget,
  moving: readonly Moving[],
  { signal, onProgress }: BulkOptions,
): Promise<{ readonly outcome: BulkOutcome<Moving, PhoneNumber>; readonly lost: string | null }> {
  const lost: string[] = [];
  const enough = new AbortController();
  const outcome = await runBulk(
    moving,
    async ({ trunkSid, row }) => {
      const result = await target.model.moveNumber(trunkSid, row.id, target.trunkSid);
      if ('moved' in result) return result.moved;
      if (result.now !== 'source') {
        lost.push(row.number);
        enough.abort();
      }
      throw new ExotelError(result.problem);
    },
    {
      onProgress,
      signal: signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]),
    },
  );
  return { outcome, lost: lost[0] ?? null };
}

async function copyNumbers({ ui }: Tells, groups: RowGroups<'numbers'>): Promise<void> {
  const numbers = groups.flatMap(({ rows }) => rows.map((row) => row.number));
  await ui.copy(numbers.join('\n'));
  ui.status(
    numbers.length === 1
      ? l10n.t('Phone number copied.')
      : l10n.t('{0} phone numbers copied.', numbers.length),
  );
}

export type NumberPorts = Finds & Reports & Shows;

export function numberHandlers(ports: NumberPorts): HandlersOf<'number'> {
  const { map, switchMode: switching, move, find, copy, unmap } = COMMANDS.number;
  return {
    map: onTrunk(ports, map, (target, title, args) =>
      mapNumbers(ports, target, title, modeIn(args) ?? 'pstn'),
    ),
    switchMode: onRows(ports, switching, 'numbers', (groups, title) =>
      switchMode(ports, groups, title),
    ),
    move: onRows(ports, move, 'numbers', (groups, title, args) =>
      moveNumbers(ports, groups, title, destinationIn(args)),
    ),
    find: onAccount(ports, find, (account, title) => findNumber(ports, account, title)),
    copy: onRows(ports, copy, 'numbers', (groups) => copyNumbers(ports, groups)),
    unmap: onRows(ports, unmap, 'numbers', (groups, title) => unmapNumbers(ports, groups, title)),
  };
}
