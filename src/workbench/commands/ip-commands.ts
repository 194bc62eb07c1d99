/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on whitelisted IPs.
 */
import { l10n } from 'vscode';
import type { WhitelistedIp } from '../../exotel/model';
import { checkIp, type IpAndMask } from '../../exotel/rules/addresses';
import { splitList } from '../../exotel/rules/list';
import { checkList } from './lists';
import { onRow, onWritableRow, rowCommand, rowsCommand, trunkCommand } from './define';
import { accepted, asValidation, forEachTrunk, reportBulk, withProgress } from './report';
import { answered, rowRefOf } from './targets';

function cidr({ ip, mask }: IpAndMask): string {
  return mask === 32 ? ip : `${ip}/${mask}`;
}

export const ipCommands = [
  trunkCommand({
    id: 'exotelSip.ip.whitelist',
    title: 'Whitelist IPs…',
    icon: 'add',
    writes: true,
    menus: [
      onWritableRow('ips', 'inline@1'),
      onWritableRow('ips', '2_add@1'),
      onWritableRow('trunk', '2_add@2'),
    ],
    run: async (services, target, title, args) => {
      // The address a check found to be missing.
      const value = typeof args[2] === 'string' ? args[2] : '';
      const text = answered(
        await services.prompter.input({
          title,
          prompt: l10n.t(
            'Public IPv4 address of your PBX, or a pasted list; a mask /16 to /32 may follow',
          ),
          placeholder: '44.248.146.11, 44.248.146.12/32',
          value,
          validate: (value) => asValidation(checkList(splitList(value), checkIp)),
        }),
      );
      const ips = accepted(checkList(splitList(text), checkIp));
      const outcome = await withProgress(services, title, ips.length, (options) =>
        target.model.whitelistIps(target.trunkSid, ips, options),
      );
      const [first] = outcome.done;
      if (first !== undefined) {
        await target.model.ensureSections(target.trunkSid, ['ips']);
        await services.view.reveal(rowRefOf(target, 'ips', first.value));
      }
      await reportBulk(services, [outcome], {
        allDone:
          ips.length === 1
            ? l10n.t('{0} whitelisted.', text.trim())
            : l10n.t('{0} IPs whitelisted.', ips.length),
        done: l10n.t('whitelisted'),
        label: cidr,
      });
    },
  }),
  rowCommand('ips', {
    id: 'exotelSip.ip.change',
    title: 'Change Whitelisted IP…',
    icon: 'edit',
    writes: true,
    menus: [onWritableRow('ip', 'inline@1'), onWritableRow('ip', '3_change@1')],
    run: async (services, { model, trunkSid }, row, title) => {
      const text = answered(
        await services.prompter.input({
          title,
          prompt: l10n.t('Public IPv4 address; a mask /16 to /32 may follow'),
          value: cidr(row),
          validate: (value) => asValidation(checkIp(value)),
        }),
      );
      const changed = accepted(checkIp(text));
      if (changed.ip === row.ip && changed.mask === row.mask) return;
      await services.ui.busy(() => model.changeIp(trunkSid, row.id, changed));
      services.ui.status(l10n.t('{0} is now {1}.', cidr(row), cidr(changed)));
    },
  }),
  rowsCommand('ips', {
    id: 'exotelSip.ip.copy',
    title: 'Copy Whitelisted IP',
    menus: [onRow('ip', '5_copy@1')],
    run: async (services, groups) => {
      await services.ui.copy(groups.flatMap(({ rows }) => rows.map(cidr)).join('\n'));
      services.ui.status(l10n.t('IP copied.'));
    },
  }),
  rowsCommand('ips', {
    id: 'exotelSip.ip.remove',
    title: 'Remove Whitelisted IP…',
    icon: 'trash',
    writes: true,
    menus: [onWritableRow('ip', '9_remove@1')],
    run: async (services, groups, title) => {
      const rows: readonly WhitelistedIp[] = groups.flatMap((group) => group.rows);
      const list = rows.map(cidr);
      await services.prompter.confirm({
        message:
          rows.length === 1
            ? l10n.t('Remove {0} from the whitelist?', list[0] ?? '')
            : l10n.t('Remove {0} IPs from the whitelist?', rows.length),
        detail: [
          l10n.t(
            'Exotel then refuses calls from there with 403, unless the PBX uses a credential. A destination at this address may stop working.',
          ),
          ...(rows.length === 1 ? [] : list),
        ].join('\n'),
        action: l10n.t('Remove'),
      });
      const labels = new Map(rows.map((row) => [row.id, cidr(row)]));
      const outcomes = await forEachTrunk(services, title, groups, (group, options) => {
        const ids = group.rows.map((row) => row.id);
        return group.model.removeIps(group.trunkSid, ids, options);
      });
      await reportBulk(services, outcomes, {
        allDone:
          rows.length === 1
            ? l10n.t('{0} removed.', list[0] ?? '')
            : l10n.t('{0} IPs removed.', rows.length),
        done: l10n.t('removed'),
        label: (id) => labels.get(id) ?? id,
      });
    },
  }),
];
