/**
 * app/: the application, without `vscode`.
 *
 * What a person does with destination URIs.
 */
import * as l10n from '@vscode/l10n';
import type { DestinationUri } from '../../exotel/model';
import { checkDestination } from '../../exotel/rules/destination';
import { checkPriority, checkWeight } from '../../exotel/rules/names';
import { COMMANDS } from '../commands.generated';
import { accepted, answered, asValidation, checkList } from '../input/answers';
import { BACK } from '../input/prompter';
import { runSteps } from '../input/steps';
import { type HandlersOf, onRow, onRows, onTrunk } from './handlers';
import type { Asks, Finds, Reports, RowGroups, Shows, Tells, TrunkTarget } from './ports';
import { forEachTrunk, reportBulk, reportProblem } from './report';
import { rowRefOf } from './targets';

const EXAMPLE = 'pbx.example.com:5061;transport=tls';

async function addDestinations(
  ports: Asks & Reports & Shows,
  target: TrunkTarget,
  title: string,
): Promise<void> {
  const text = answered(
    await ports.prompter.input({
      title,
      prompt: l10n.t(
        'Where your server takes calls: host:port;transport=tls or tcp. Several with commas.',
      ),
      placeholder: EXAMPLE,
      validate: (value) => asValidation(checkList(value, checkDestination)),
    }),
  );
  const destinations = accepted(checkList(text, checkDestination));
  const outcome = await ports.ui.busy(() =>
    target.model.addDestinations(target.trunkSid, destinations),
  );
  const [first] = outcome.done;
  if (first !== undefined) {
    await target.model.ensureSections(target.trunkSid, ['destinations']);
    await ports.view.reveal(rowRefOf(target, 'destinations', first.value));
  }
  await reportBulk(ports, [outcome], {
    allDone:
      destinations.length === 1
        ? l10n.t('{0} added.', destinations[0] ?? '')
        : l10n.t('{0} destinations added.', destinations.length),
    someDone: (done, all) => l10n.t('Added {0} of {1} destinations.', done, all),
    done: (count) => l10n.t('Added: {0}', count),
    notDone: (count) => l10n.t('Not added: {0}', count),
    label: (destination) => destination,
  });
}

async function changeAddress(
  ports: Asks & Reports,
  { model, trunkSid }: TrunkTarget,
  row: DestinationUri,
  title: string,
): Promise<void> {
  const text = answered(
    await ports.prompter.input({
      title,
      prompt: l10n.t('New address. It is added first, then the old one is removed.'),
      value: row.destination,
      validate: (value) => asValidation(checkDestination(value)),
    }),
  );
  const address = accepted(checkDestination(text));
  if (address === row.destination) return;
  const result = await ports.ui.busy(() =>
    model.changeDestinationAddress(trunkSid, row.id, address),
  );
  if ('changed' in result) {
    ports.ui.status(l10n.t('{0} is now {1}.', row.destination, address));
    return;
  }
  await reportProblem(ports, result.problem, howFar(result.step, row.destination, address));
}

function howFar(step: 'add' | 'weigh' | 'remove', old: string, address: string): string {
  switch (step) {
    case 'add':
      return l10n.t('Nothing changed');
    case 'weigh':
      return l10n.t(
        '{0} was added with default priority and weight, {1} is still there',
        address,
        old,
      );
    case 'remove':
      return l10n.t('{0} was added, but {1} is still there', address, old);
  }
}

async function changePriority(
  { prompter, ui }: Asks & Tells,
  { model, trunkSid }: TrunkTarget,
  row: DestinationUri,
  title: string,
): Promise<void> {
  const start = { priority: String(row.priority), weight: String(row.weight) };
  const draft = await runSteps(start, [
    async (state, steps) => {
      const priority = await prompter.input({
        title,
        prompt: l10n.t('Priority: the destination with the lowest is tried first'),
        value: state.priority,
        validate: (value) => asValidation(checkPriority(value)),
        steps,
      });
      return priority === BACK ? BACK : { ...state, priority };
    },
    async (state, steps) => {
      const weight = await prompter.input({
        title,
        prompt: l10n.t('Weight: among equal priorities, a higher one gets more calls'),
        value: state.weight,
        validate: (value) => asValidation(checkWeight(value)),
        steps,
      });
      return weight === BACK ? BACK : { ...state, weight };
    },
  ]);
  const priority = accepted(checkPriority(draft.priority));
  const weight = accepted(checkWeight(draft.weight));
  if (priority === row.priority && weight === row.weight) return;
  await ui.busy(() => model.changeDestination(trunkSid, row.id, { priority, weight }));
  ui.status(l10n.t('{0}: priority {1}, weight {2}.', row.destination, priority, weight));
}

async function removeDestinations(
  ports: Asks & Reports,
  groups: RowGroups<'destinations'>,
  title: string,
): Promise<void> {
  const rows = groups.flatMap((group) => group.rows);
  const list = rows.map((row) => row.destination);
  const [only] = list;
  const single = list.length === 1 && only !== undefined ? only : null;
  await ports.prompter.confirm({
    message:
      single === null
        ? l10n.t('Remove {0} destinations?', list.length)
        : l10n.t('Remove destination {0}?', single),
    detail: [
      l10n.t(
        'Exotel no longer sends inbound calls there. With no destination left, inbound calls fail.',
      ),
      ...(single === null ? list : []),
    ].join('\n'),
    action: l10n.t('Remove'),
  });
  const labels = new Map(rows.map((row) => [row.id, row.destination]));
  const outcomes = await forEachTrunk(ports, title, groups, (group, options) => {
    const ids = group.rows.map((row) => row.id);
    return group.model.removeDestinations(group.trunkSid, ids, options);
  });
  await reportBulk(ports, outcomes, {
    allDone:
      single === null
        ? l10n.t('{0} destinations removed.', list.length)
        : l10n.t('{0} removed.', single),
    someDone: (done, all) => l10n.t('Removed {0} of {1} destinations.', done, all),
    done: (count) => l10n.t('Removed: {0}', count),
    notDone: (count) => l10n.t('Not removed: {0}', count),
    label: (id) => labels.get(id) ?? id,
  });
}

async function copyDestinations({ ui }: Tells, groups: RowGroups<'destinations'>): Promise<void> {
  const list = groups.flatMap(({ rows }) => rows.map((row) => row.destination));
  await ui.copy(list.join('\n'));
  ui.status(
    list.length === 1
      ? l10n.t('Destination copied.')
      : l10n.t('{0} destinations copied.', list.length),
  );
}

export type DestinationPorts = Finds & Reports & Shows;

export function destinationHandlers(ports: DestinationPorts): HandlersOf<'destination'> {
  const {
    add,
    changePriority: prioritise,
    changeAddress: readdress,
    copy,
    remove,
  } = COMMANDS.destination;
  return {
    add: onTrunk(ports, add, (target, title) => addDestinations(ports, target, title)),
    changePriority: onRow(ports, prioritise, 'destinations', (target, row, title) =>
      changePriority(ports, target, row, title),
    ),
    changeAddress: onRow(ports, readdress, 'destinations', (target, row, title) =>
      changeAddress(ports, target, row, title),
    ),
    copy: onRows(ports, copy, 'destinations', (groups) => copyDestinations(ports, groups)),
    remove: onRows(ports, remove, 'destinations', (groups, title) =>
      removeDestinations(ports, groups, title),
    ),
  };
}
