/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on destination URIs.
 */
import { l10n } from 'vscode';
import type { DestinationUri } from '../../exotel/model';
import { checkDestination } from '../../exotel/rules/destination';
import { checkPriority, checkWeight } from '../../exotel/rules/names';
import { splitList } from '../../exotel/rules/list';
import { BACK } from '../../app/input/prompter';
import { runSteps } from '../../app/input/steps';
import type { TrunkTarget } from './command';
import { checkList } from './lists';
import { onRow, onWritableRow, rowCommand, rowsCommand, trunkCommand } from './define';
import { accepted, asValidation, forEachTrunk, reportBulk, reportProblem } from './report';
import type { Services } from './services';
import { answered, rowRefOf } from './targets';

async function addDestinations(
  services: Services,
  target: TrunkTarget,
  title: string,
): Promise<void> {
  const text = answered(
    await services.prompter.input({
      title,
      prompt: l10n.t(
        'Where your server takes calls: host:port;transport=tls or tcp. Several with commas.',
      ),
      placeholder: 'pbx.example.com:5061;transport=tls',
      validate: (value) => asValidation(checkList(splitList(value), checkDestination)),
    }),
  );
  const destinations = accepted(checkList(splitList(text), checkDestination));
  const outcome = await services.ui.busy(() =>
    target.model.addDestinations(target.trunkSid, destinations),
  );
  const [first] = outcome.done;
  if (first !== undefined) {
    await target.model.ensureSections(target.trunkSid, ['destinations']);
    await services.view.reveal(rowRefOf(target, 'destinations', first.value));
  }
  await reportBulk(services, [outcome], {
    allDone:
      destinations.length === 1
        ? l10n.t('{0} added.', destinations[0] ?? '')
        : l10n.t('{0} destinations added.', destinations.length),
    done: l10n.t('added'),
    label: (destination) => destination,
  });
}

async function changeAddress(
  services: Services,
  target: TrunkTarget,
  row: DestinationUri,
  title: string,
): Promise<void> {
  const text = answered(
    await services.prompter.input({
      title,
      prompt: l10n.t('New address. It is added first, then the old one is removed.'),
      value: row.destination,
      validate: (value) => asValidation(checkDestination(value)),
    }),
  );
  const address = accepted(checkDestination(text));
  if (address === row.destination) return;
  const result = await services.ui.busy(() =>
    target.model.changeDestinationAddress(target.trunkSid, row.id, address),
  );
  if ('changed' in result) {
    services.ui.status(l10n.t('{0} is now {1}.', row.destination, address));
    return;
  }
  switch (result.step) {
    case 'add':
      await reportProblem(services, result.problem, l10n.t('Nothing changed'));
      break;
    case 'weigh':
      await reportProblem(
        services,
        result.problem,
        l10n.t(
          '{0} was added with default priority and weight, {1} is still there',
          address,
          row.destination,
        ),
      );
      break;
    case 'remove':
      await reportProblem(
        services,
        result.problem,
        l10n.t('{0} was added, but {1} is still there', address, row.destination),
      );
      break;
  }
}

async function changePriority(
  services: Services,
  target: TrunkTarget,
  row: DestinationUri,
  title: string,
): Promise<void> {
  const start = { priority: String(row.priority), weight: String(row.weight) };
  const draft = await runSteps(start, [
    async (state, steps) => {
      const priority = await services.prompter.input({
        title,
        prompt: l10n.t('Priority: the destination with the lowest is tried first'),
        value: state.priority,
        validate: (value) => asValidation(checkPriority(value)),
        steps,
      });
      return priority === BACK ? BACK : { ...state, priority };
    },
    async (state, steps) => {
      const weight = await services.prompter.input({
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
  await services.ui.busy(() =>
    target.model.changeDestination(target.trunkSid, row.id, { priority, weight }),
  );
  services.ui.status(l10n.t('{0}: priority {1}, weight {2}.', row.destination, priority, weight));
}

export const destinationCommands = [
  trunkCommand({
    id: 'exotelSip.destination.add',
    title: 'Add Destination URIs…',
    icon: 'add',
    writes: true,
    menus: [
      onWritableRow('destinations', 'inline@1'),
      onWritableRow('destinations', '2_add@1'),
      onWritableRow('trunk', '2_add@3'),
    ],
    run: addDestinations,
  }),
  rowCommand('destinations', {
    id: 'exotelSip.destination.changePriority',
    title: 'Change Priority and Weight…',
    icon: 'list-ordered',
    writes: true,
    menus: [onWritableRow('destination', 'inline@1'), onWritableRow('destination', '3_change@1')],
    run: changePriority,
  }),
  rowCommand('destinations', {
    id: 'exotelSip.destination.changeAddress',
    title: 'Change Destination Address…',
    writes: true,
    menus: [onWritableRow('destination', '3_change@2')],
    run: changeAddress,
  }),
  rowsCommand('destinations', {
    id: 'exotelSip.destination.copy',
    title: 'Copy Destination URI',
    menus: [onRow('destination', '5_copy@1')],
    run: async (services, groups) => {
      const list = groups.flatMap(({ rows }) => rows.map((row) => row.destination));
      await services.ui.copy(list.join('\n'));
      services.ui.status(l10n.t('Destination copied.'));
    },
  }),
  rowsCommand('destinations', {
    id: 'exotelSip.destination.remove',
    title: 'Remove Destination URI…',
    icon: 'trash',
    writes: true,
    menus: [onWritableRow('destination', '9_remove@1')],
    run: async (services, groups, title) => {
      const rows = groups.flatMap((group) => group.rows);
      const list = rows.map((row) => row.destination);
      await services.prompter.confirm({
        message:
          rows.length === 1
            ? l10n.t('Remove destination {0}?', list[0] ?? '')
            : l10n.t('Remove {0} destinations?', rows.length),
        detail: [
          l10n.t(
            'Exotel no longer sends inbound calls there. With no destination left, inbound calls fail.',
          ),
          ...(rows.length === 1 ? [] : list),
        ].join('\n'),
        action: l10n.t('Remove'),
      });
      const labels = new Map(rows.map((row) => [row.id, row.destination]));
      const outcomes = await forEachTrunk(services, title, groups, (group, options) => {
        const ids = group.rows.map((row) => row.id);
        return group.model.removeDestinations(group.trunkSid, ids, options);
      });
      await reportBulk(services, outcomes, {
        allDone:
          rows.length === 1
            ? l10n.t('{0} removed.', list[0] ?? '')
            : l10n.t('{0} destinations removed.', rows.length),
        done: l10n.t('removed'),
        label: (id) => labels.get(id) ?? id,
      });
    },
  }),
];
