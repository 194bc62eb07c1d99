/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on phone numbers.
 */
import { l10n } from 'vscode';
import type { ExotelError } from '../../exotel/errors';
import type { NumberMode, PhoneNumber } from '../../exotel/model';
import { checkPhoneNumber, splitList } from '../../exotel/rules';
import type { Account } from '../accounts/account';
import type { BulkOutcome } from '../../trunks/bulk';
import { BACK, type Choice } from '../input/prompter';
import { runSteps } from '../input/steps';
import { trunkLabel } from '../tree/describe';
import type { TrunkRef } from '../tree/node';
import { checkList } from './lists';
import type { RowsTarget, TrunkTarget } from './command';
import { accountCommand, onRow, onWritableRow, rowsCommand, trunkCommand } from './define';
import { accepted, asValidation, reportBulk, withProgress } from './report';
import type { Services } from './services';
import { answered, isNodeRef, knownTrunk, pickTrunk, rowRefOf } from './targets';

type NumberGroups = readonly [RowsTarget<'numbers'>, ...RowsTarget<'numbers'>[]];

function modeChoices(): Choice<NumberMode>[] {
  return [
    {
      label: 'pstn',
      description: l10n.t('telephone network'),
      detail: l10n.t('Outbound and inbound calls.'),
      value: 'pstn',
    },
    {
      label: 'flow',
      description: l10n.t('StreamKit'),
      detail: l10n.t('Calls go to your voice bot.'),
      value: 'flow',
    },
  ];
}

function count(groups: NumberGroups): number {
  return groups.reduce((sum, group) => sum + group.rows.length, 0);
}

async function mapNumbers(services: Services, target: TrunkTarget, title: string): Promise<void> {
  const draft = await runSteps<{ text: string; mode: NumberMode }>({ text: '', mode: 'pstn' }, [
    async (state, steps) => {
      const text = await services.prompter.input({
        title,
        prompt: l10n.t('ExoPhone to map, or a pasted list'),
        placeholder: '+919876543210, +911800123456',
        value: state.text,
        validate: (value) => asValidation(checkList(splitList(value), checkPhoneNumber)),
        steps,
      });
      return text === BACK ? BACK : { ...state, text };
    },
    async (state, steps) => {
      const mode = await services.prompter.pick<NumberMode>({
        title,
        placeholder: l10n.t('Where do calls go?'),
        choices: modeChoices(),
        active: state.mode,
        steps,
      });
      return mode === BACK ? BACK : { ...state, mode };
    },
  ]);
  const numbers = accepted(checkList(splitList(draft.text), checkPhoneNumber));
  const outcome = await withProgress(services, title, numbers.length, (options) =>
    target.model.mapNumbers(target.trunkSid, numbers, draft.mode, options),
  );
  const [first] = outcome.done;
  if (first !== undefined) {
    await target.model.ensureSections(target.trunkSid, ['numbers']);
    await services.view.reveal(rowRefOf(target, 'numbers', first.value));
  }
  const all = await reportBulk(services, [outcome], {
    allDone:
      numbers.length === 1
        ? l10n.t('{0} mapped.', numbers[0] ?? '')
        : l10n.t('{0} numbers mapped.', numbers.length),
    done: l10n.t('mapped'),
    label: (number) => number,
  });
  const conflict = outcome.failed.find(({ problem }) => problem.kind === 'conflict');
  if (!all && conflict !== undefined && numbers.length === 1) {
    await tellWhereNumberIs(services, target.account.id, conflict.input);
  }
}

/** After "duplicate": the number is on another trunk, and the API can tell which. */
async function tellWhereNumberIs(
  services: Services,
  accountId: string,
  number: string,
): Promise<boolean> {
  const account = services.registry.get(accountId);
  if (account === null) return false;
  const model = await services.models.open(accountId);
  const found = await services.ui.busy(() => model.findTrunkOf(number));
  if (found === null) return false;
  const { snapshot, ...trunk } = await knownTrunk(services, account, found.trunkSid);
  await model.ensureSections(found.trunkSid, ['numbers']);
  const row = model
    .trunk(found.trunkSid)
    ?.sections.numbers.value?.find((candidate) => candidate.number === number);
  const target = { ...trunk, snapshot };
  if (row !== undefined) await services.view.reveal(rowRefOf(target, 'numbers', row));
  const label = trunkLabel(snapshot.trunk);
  void services.ui.info(
    l10n.t('{0} is on trunk {1} of {2}, mode {3}.', number, label, account.label, found.mode),
  );
  return true;
}

async function findNumber(services: Services, account: Account, title: string): Promise<void> {
  const text = answered(
    await services.prompter.input({
      title,
      prompt: l10n.t('Phone number to look for in {0}', account.label),
      placeholder: '+919876543210',
      validate: (value) => asValidation(checkPhoneNumber(value)),
    }),
  );
  const number = accepted(checkPhoneNumber(text));
  if (!(await tellWhereNumberIs(services, account.id, number))) {
    void services.ui.info(l10n.t('{0} is on no trunk of {1}.', number, account.label));
  }
}

async function switchMode(services: Services, groups: NumberGroups, title: string): Promise<void> {
  const [{ rows }] = groups;
  const current = rows[0]?.mode ?? 'pstn';
  const mode = answered(
    await services.prompter.pick<NumberMode>({
      title,
      placeholder:
        count(groups) === 1
          ? l10n.t('Mode of {0}, now {1}', rows[0]?.number ?? '', current)
          : l10n.t('Mode of {0} numbers', count(groups)),
      choices: modeChoices(),
      active: current === 'pstn' ? 'flow' : 'pstn',
    }),
  );
  const outcomes: BulkOutcome<string, PhoneNumber>[] = [];
  await withProgress(services, title, count(groups), async (options) => {
    for (const { model, trunkSid, rows: numbers } of groups) {
      const ids = numbers.filter((row) => row.mode !== mode).map((row) => row.id);
      outcomes.push(await model.changeModes(trunkSid, ids, mode, options));
    }
  });
  await reportBulk(services, outcomes, {
    allDone: l10n.t('Mode is {0}.', mode),
    done: l10n.t('switched'),
    label: labeller(groups),
  });
}

async function unmap(services: Services, groups: NumberGroups, title: string): Promise<void> {
  const total = count(groups);
  const list = groups.flatMap(({ rows }) => rows.map((row) => row.number));
  await services.prompter.confirm({
    message:
      total === 1 ? l10n.t('Unmap {0}?', list[0] ?? '') : l10n.t('Unmap {0} phone numbers?', total),
    detail: [
      l10n.t(
        'Calls from and to it over this trunk stop at once. It stays yours and can be mapped again.',
      ),
      ...(total === 1 ? [] : list),
    ].join('\n'),
    action: l10n.t('Unmap'),
  });
  const label = labeller(groups);
  const outcomes: BulkOutcome<string>[] = [];
  await withProgress(services, title, total, async (options) => {
    for (const { model, trunkSid, rows } of groups) {
      outcomes.push(
        await model.unmapNumbers(
          trunkSid,
          rows.map((row) => row.id),
          options,
        ),
      );
    }
  });
  await reportBulk(services, outcomes, {
    allDone:
      total === 1 ? l10n.t('{0} unmapped.', list[0] ?? '') : l10n.t('{0} numbers unmapped.', total),
    done: l10n.t('unmapped'),
    label,
  });
}

/** Ids to numbers, also after the rows are gone. */
function labeller(groups: NumberGroups): (id: string) => string {
  const numbers = new Map(groups.flatMap(({ rows }) => rows.map((row) => [row.id, row.number])));
  return (id) => numbers.get(id) ?? id;
}

async function move(
  services: Services,
  groups: NumberGroups,
  title: string,
  args: readonly unknown[],
): Promise<void> {
  const [{ account, trunkSid: from }] = groups;
  const dropped = args[2];
  if (isTrunkRef(dropped) && dropped.accountId !== account.id) {
    void services.ui.info(l10n.t('A number cannot move to another account.'));
    return;
  }
  const target = isTrunkRef(dropped)
    ? await knownTrunk(services, account, dropped.trunkSid)
    : await pickTrunk(services, account, {
        title,
        writes: true,
        except: from,
        placeholder: l10n.t('Move to which trunk?'),
      });
  const label = trunkLabel(target.snapshot.trunk);
  const total = count(groups);
  const list = groups.flatMap(({ rows }) => rows.map((row) => row.number));
  await services.prompter.confirm({
    message:
      total === 1
        ? l10n.t('Move {0} to trunk {1}?', list[0] ?? '', label)
        : l10n.t('Move {0} phone numbers to trunk {1}?', total, label),
    detail: [
      l10n.t('Each is unmapped and mapped again: for a moment it is on no trunk.'),
      ...(total === 1 ? [] : list),
    ].join('\n'),
    action: l10n.t('Move'),
  });
  const failed: { input: string; problem: ExotelError['problem'] }[] = [];
  const done: { input: string; value: PhoneNumber }[] = [];
  const notTried: string[] = [];
  const lost: string[] = [];
  await withProgress(services, title, total, async ({ signal, onProgress }) => {
    for (const { model, trunkSid, rows } of groups) {
      for (const row of rows) {
        // After a number was left on no trunk, nothing else is touched before a person looked.
        if (signal?.aborted === true || lost.length > 0) {
          notTried.push(row.number);
          continue;
        }
        onProgress?.(done.length, total);
        const result = await model.moveNumber(trunkSid, row.id, target.trunkSid, signal);
        if ('moved' in result) done.push({ input: row.number, value: result.moved });
        else {
          failed.push({ input: row.number, problem: result.problem });
          if (result.putBackProblem !== null) lost.push(row.number);
        }
      }
    }
  });
  if (lost.length > 0) {
    void services.ui.error(
      l10n.t(
        '{0} is on no trunk now: mapping it failed, and so did putting it back. Map it by hand.',
        lost.join(', '),
      ),
    );
  }
  await reportBulk(services, [{ done, failed, notTried }], {
    allDone: total === 1 ? l10n.t('Moved to {0}.', label) : l10n.t('{0} numbers moved.', total),
    done: l10n.t('moved'),
    label: (number) => number,
  });
}

function isTrunkRef(value: unknown): value is TrunkRef {
  return isNodeRef(value) && value.kind === 'trunk';
}

export const numberCommands = [
  trunkCommand({
    id: 'exotelSip.number.map',
    title: 'Map Phone Numbers…',
    icon: 'add',
    writes: true,
    menus: [
      onWritableRow('numbers', 'inline@1'),
      onWritableRow('numbers', '2_add@1'),
      onWritableRow('trunk', '2_add@1'),
    ],
    run: mapNumbers,
  }),
  rowsCommand('numbers', {
    id: 'exotelSip.number.switchMode',
    title: 'Switch Phone Number Mode…',
    icon: 'arrow-swap',
    writes: true,
    menus: [onWritableRow('number', 'inline@1'), onWritableRow('number', '3_change@1')],
    run: switchMode,
  }),
  rowsCommand('numbers', {
    id: 'exotelSip.number.move',
    title: 'Move Phone Number to Another Trunk…',
    writes: true,
    menus: [onWritableRow('number', '3_change@2')],
    run: move,
  }),
  accountCommand({
    id: 'exotelSip.number.find',
    title: 'Find Trunk of Phone Number…',
    menus: [{ menu: 'view/title', group: '2_find@1' }, onRow('account', '1_open@3')],
    run: findNumber,
  }),
  rowsCommand('numbers', {
    id: 'exotelSip.number.copy',
    title: 'Copy Phone Number',
    menus: [onRow('number', '5_copy@1')],
    run: async (services, groups) => {
      await services.ui.copy(
        groups.flatMap(({ rows }) => rows.map((row) => row.number)).join('\n'),
      );
      services.ui.status(l10n.t('Phone number copied.'));
    },
  }),
  rowsCommand('numbers', {
    id: 'exotelSip.number.unmap',
    title: 'Unmap Phone Number…',
    icon: 'trash',
    writes: true,
    menus: [onWritableRow('number', '9_remove@1')],
    run: unmap,
  }),
];
