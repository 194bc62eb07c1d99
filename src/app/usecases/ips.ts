/**
 * app/: the application, without `vscode`.
 *
 * What a person does with whitelisted IPs.
 */
import * as l10n from '@vscode/l10n';
import type { WhitelistedIp } from '../../exotel/model';
import { checkIp, type IpAndMask } from '../../exotel/rules/addresses';
import { COMMANDS } from '../commands.generated';
import { accepted, answered, asValidation, checkList } from '../input/answers';
import { networkIn } from '../takes';
import { type HandlersOf, onRow, onRows, onTrunk } from './handlers';
import type { Asks, Finds, Reports, RowGroups, Shows, Tells, TrunkTarget } from './ports';
import { forEachTrunk, reportBulk, withProgress } from './report';
import { rowRefOf } from './targets';

function cidr({ ip, mask }: IpAndMask): string {
  return mask === 32 ? ip : `${ip}/${mask}`;
}

/** `filledIn`: an address that is known to be missing, or ''. */
async function whitelistIps(
  ports: Asks & Reports & Shows,
  target: TrunkTarget,
  title: string,
  filledIn = '',
): Promise<void> {
  const text = answered(
    await ports.prompter.input({
      title,
      prompt: l10n.t(
        'Public IPv4 address of your PBX, or a pasted list; a mask /16 to /32 may follow',
      ),
      placeholder: '44.248.146.11, 44.248.146.12/32',
      value: filledIn,
      validate: (value) => asValidation(checkList(value, checkIp)),
    }),
  );
  const ips = accepted(checkList(text, checkIp));
  const outcome = await withProgress(ports, title, ips.length, (options) =>
    target.model.whitelistIps(target.trunkSid, ips, options),
  );
  const [first] = outcome.done;
  if (first !== undefined) {
    await target.model.ensureSections(target.trunkSid, ['ips']);
    await ports.view.reveal(rowRefOf(target, 'ips', first.value));
  }
  const [ip] = ips;
  await reportBulk(ports, [outcome], {
    allDone:
      ips.length === 1 && ip !== undefined
        ? l10n.t('{0} whitelisted.', cidr(ip))
        : l10n.t('{0} IPs whitelisted.', ips.length),
    someDone: (done, all) => l10n.t('Whitelisted {0} of {1} IPs.', done, all),
    done: (count) => l10n.t('Whitelisted: {0}', count),
    notDone: (count) => l10n.t('Not whitelisted: {0}', count),
    label: cidr,
  });
}

async function changeIp(
  { prompter, ui }: Asks & Tells,
  { model, trunkSid }: TrunkTarget,
  row: WhitelistedIp,
  title: string,
): Promise<void> {
  const text = answered(
    await prompter.input({
      title,
      prompt: l10n.t('Public IPv4 address; a mask /16 to /32 may follow'),
      value: cidr(row),
      validate: (value) => asValidation(checkIp(value)),
    }),
  );
  const changed = accepted(checkIp(text));
  if (changed.ip === row.ip && changed.mask === row.mask) return;
  await ui.busy(() => model.changeIp(trunkSid, row.id, changed));
  ui.status(l10n.t('{0} is now {1}.', cidr(row), cidr(changed)));
}

async function removeIps(
  ports: Asks & Reports,
  groups: RowGroups<'ips'>,
  title: string,
): Promise<void> {
  const rows: readonly WhitelistedIp[] = groups.flatMap((group) => group.rows);
  const list = rows.map(cidr);
  const [only] = list;
  const single = list.length === 1 && only !== undefined ? only : null;
  await ports.prompter.confirm({
    message:
      single === null
        ? l10n.t('Remove {0} IPs from the whitelist?', list.length)
        : l10n.t('Remove {0} from the whitelist?', single),
    detail: [
      l10n.t(
        'Exotel then refuses calls from there with 403, unless the PBX uses a credential. A destination at this address may stop working.',
      ),
      ...(single === null ? list : []),
    ].join('\n'),
    action: l10n.t('Remove'),
  });
  const labels = new Map(rows.map((row) => [row.id, cidr(row)]));
  const outcomes = await forEachTrunk(ports, title, groups, (group, options) => {
    const ids = group.rows.map((row) => row.id);
    return group.model.removeIps(group.trunkSid, ids, options);
  });
  await reportBulk(ports, outcomes, {
    allDone:
      single === null ? l10n.t('{0} IPs removed.', list.length) : l10n.t('{0} removed.', single),
    someDone: (done, all) => l10n.t('Removed {0} of {1} IPs.', done, all),
    done: (count) => l10n.t('Removed: {0}', count),
    notDone: (count) => l10n.t('Not removed: {0}', count),
    label: (id) => labels.get(id) ?? id,
  });
}

async function copyIps({ ui }: Tells, groups: RowGroups<'ips'>): Promise<void> {
  const ips = groups.flatMap(({ rows }) => rows.map(cidr));
  await ui.copy(ips.join('\n'));
  ui.status(ips.length === 1 ? l10n.t('IP copied.') : l10n.t('{0} IPs copied.', ips.length));
}

export type IpPorts = Finds & Reports & Shows;

export function ipHandlers(ports: IpPorts): HandlersOf<'ip'> {
  const { whitelist, change, copy, remove } = COMMANDS.ip;
  return {
    whitelist: onTrunk(ports, whitelist, (target, title, args) =>
      whitelistIps(ports, target, title, networkIn(args) ?? ''),
    ),
    change: onRow(ports, change, 'ips', (target, row, title) =>
      changeIp(ports, target, row, title),
    ),
    copy: onRows(ports, copy, 'ips', (groups) => copyIps(ports, groups)),
    remove: onRows(ports, remove, 'ips', (groups, title) => removeIps(ports, groups, title)),
  };
}
