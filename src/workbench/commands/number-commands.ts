/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on phone numbers.
 */
import { commands, l10n } from 'vscode';
import { ExotelError } from '../../exotel/errors';
import type { NumberMode } from '../../exotel/model';
import { checkPhoneNumber } from '../../exotel/rules/numbers';
import { splitList } from '../../exotel/rules/list';
import { runBulk } from '../../trunks/bulk';
import type { Account } from '../../app/accounts/account';
import { BACK, type Choice } from '../../app/input/prompter';
import { runSteps } from '../../app/input/steps';
import { trunkLabel } from '../tree/row-text';
import { isNodeRef, type TrunkRef } from '../../app/refs';
import { checkList } from './lists';
import type { RowsTarget, TrunkTarget } from './command';
import { accountCommand, onRow, onWritableRow, rowsCommand, trunkCommand } from './define';
import { accepted, asValidation, forEachTrunk, reportBulk, withProgress } from './report';
import type { Services } from './services';
import { answered, knownTrunk, pickTrunk, rowRefOf, trunkRefOf } from './targets';

type NumberGroups = readonly [RowsTarget<'numbers'>, ...RowsTarget<'numbers'>[]];

function modeChoices(): Choice<NumberMode>[] {
  return [
    {
      label: 'pstn',
      description: l10n.t('telephone network'),
      detail: l10n.t('Call phones and be called: outbound and inbound.'),
      value: 'pstn',
    },
    {
      label: 'flow',
      description: l10n.t('StreamKit'),
      detail: l10n.t('Send calls to a voice bot.'),
      value: 'flow',
    },
  ];
}

function count(groups: NumberGroups): number {
  return groups.reduce((sum, group) => sum + group.rows.length, 0);
}

async function mapNumbers(
  services: Services,
  target: TrunkTarget,
  title: string,
  args: readonly unknown[],
): Promise<void> {
  // The mode a check found to be missing.
  const likely: NumberMode = args[2] === 'flow' ? 'flow' : 'pstn';
  const draft = await runSteps<{ text: string; mode: NumberMode }>({ text: '', mode: likely }, [
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
        placeholder: l10n.t('Mode of these numbers'),
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
  const [failure] = outcome.failed;
  // "Duplicate" is no answer to a person who wants the number: where it is, is one.
  if (numbers.length === 1 && failure?.problem.kind === 'conflict') {
    if (await tellWhereNumberIs(services, target.account, failure.input, target)) return;
  }
  await reportBulk(services, [outcome], {
    allDone:
      numbers.length === 1
        ? l10n.t('{0} mapped.', numbers[0] ?? '')
        : l10n.t('{0} numbers mapped.', numbers.length),
    done: l10n.t('mapped'),
    label: (number) => number,
  });
}

/** Shows and says which trunk has the number; false when none has. `wantedBy`: may be moved there. */
async function tellWhereNumberIs(
  services: Services,
  account: Account,
  number: string,
  wantedBy: TrunkTarget | null,
): Promise<boolean> {
  const model = await services.models.open(account.id);
  const found = await services.ui.busy(() => model.findTrunkOf(number));
  if (found === null) return false;
  await model.ensureTrunks();
  if (model.trunk(found.trunkSid) === null) {
    // Made elsewhere, on an account whose trunks cannot be listed.
    await services.ui.busy(() => model.addExistingTrunk(found.trunkSid));
  }
  const owner = await knownTrunk(services, account, found.trunkSid);
  await model.ensureSections(found.trunkSid, ['numbers']);
  const rows = model.trunk(found.trunkSid)?.sections.numbers.value ?? [];
  const row = rows.find((candidate) => candidate.number === number);
  const label = trunkLabel(owner.snapshot.trunk);
  const text = l10n.t(
    '{0} is on trunk {1} of {2}, mode {3}.',
    number,
    label,
    account.label,
    found.mode,
  );
  if (row === undefined || wantedBy === null) {
    if (row !== undefined) await services.view.reveal(rowRefOf(owner, 'numbers', row));
    void services.ui.info(text);
    return true;
  }
  const ref = rowRefOf(owner, 'numbers', row);
  const show = l10n.t('Show It');
  const moveHere = l10n.t('Move It Here…');
  void services.ui.info(text, show, moveHere).then(async (pressed) => {
    if (pressed === show) await services.view.reveal(ref);
    if (pressed === moveHere) {
      await commands.executeCommand('exotelSip.number.move', ref, [ref], trunkRefOf(wantedBy));
    }
  });
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
  if (!(await tellWhereNumberIs(services, account, number, null))) {
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
  const outcomes = await forEachTrunk(services, title, groups, (group, options) => {
    const ids = group.rows.filter((row) => row.mode !== mode).map((row) => row.id);
    return group.model.changeModes(group.trunkSid, ids, mode, options);
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
      total === 1
        ? l10n.t(
            'Calls from and to it over this trunk stop at once. It stays yours and can be mapped again.',
          )
        : l10n.t(
            'Calls from and to them over this trunk stop at once. They stay yours and can be mapped again.',
          ),
      ...(total === 1 ? [] : list),
    ].join('\n'),
    action: l10n.t('Unmap'),
  });
  const label = labeller(groups);
  const outcomes = await forEachTrunk(services, title, groups, (group, options) => {
    const ids = group.rows.map((row) => row.id);
    return group.model.unmapNumbers(group.trunkSid, ids, options);
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
  const dropped = isTrunkRef(args[2]) ? args[2] : null;
  const accounts = [...groups.map((group) => group.account.id), dropped?.accountId ?? account.id];
  if (accounts.some((id) => id !== account.id)) {
    void services.ui.info(l10n.t('A number cannot move to another account.'));
    return;
  }
  const target =
    dropped === null
      ? await pickTrunk(services, account, {
          title,
          writes: true,
          placeholder: l10n.t('Move to which trunk?'),
          ...(groups.length === 1 ? { except: from } : {}),
        })
      : await knownTrunk(services, account, dropped.trunkSid);
  const moving = groups.flatMap(({ trunkSid, rows }) =>
    trunkSid === target.trunkSid ? [] : rows.map((row) => ({ trunkSid, row })),
  );
  const [first] = moving;
  const label = trunkLabel(target.snapshot.trunk);
  if (first === undefined) {
    services.ui.status(l10n.t('Already on trunk {0}.', label));
    return;
  }
  const total = moving.length;
  await services.prompter.confirm({
    message:
      total === 1
        ? l10n.t('Move {0} to trunk {1}?', first.row.number, label)
        : l10n.t('Move {0} phone numbers to trunk {1}?', total, label),
    detail: [
      total === 1
        ? l10n.t(
            'It is unmapped, then mapped again: for a moment it is on no trunk, and calls fail.',
          )
        : l10n.t(
            'Each is unmapped, then mapped again: for a moment it is on no trunk, and calls fail.',
          ),
      ...(total === 1 ? [] : moving.map(({ row }) => row.number)),
    ].join('\n'),
    action: l10n.t('Move'),
  });
  const lost: string[] = [];
  // After a number was left on no trunk, nothing else is touched before a person looked.
  const enough = new AbortController();
  const outcome = await withProgress(services, title, total, ({ signal, onProgress }) =>
    runBulk(
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
    ),
  );
  const [gone] = lost;
  if (gone !== undefined) {
    void services.ui.error(
      l10n.t(
        '{0} is on no trunk now, or nobody can tell: mapping it failed, and so did putting it back. Refresh, and map it by hand if it is missing.',
        gone,
      ),
    );
  }
  await reportBulk(services, [outcome], {
    allDone: total === 1 ? l10n.t('Moved to {0}.', label) : l10n.t('{0} numbers moved.', total),
    done: l10n.t('moved'),
    label: ({ row }) => row.number,
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
