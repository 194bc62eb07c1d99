/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on trunks.
 */
import { l10n } from 'vscode';
import { ExotelError } from '../../exotel/errors';
import { checkDomain, checkTrunkName, checkTrunkSid } from '../../exotel/rules/names';
import {
  type Loadable,
  type Rows,
  type Section,
  SECTIONS,
  sectionValues,
  type TrunkSnapshot,
} from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import { BACK } from '../../app/input/prompter';
import { runSteps } from '../../app/input/steps';
import { trunkLabel } from '../tree/row-text';
import { sectionTexts } from '../tree/section-text';
import type { TrunkTarget } from './command';
import { accountCommand, onRow, onWritableRow, plainCommand, trunkCommand } from './define';
import { accepted, asValidation, reportProblem } from './report';
import type { Services } from './services';
import { answered, clickedRef, trunkRefOf } from './targets';

async function createTrunk(services: Services, account: Account, title: string): Promise<void> {
  const model = await services.models.open(account.id);
  await model.ensureTrunks();
  const names = new Set((model.trunks.value ?? []).map(({ trunk }) => trunk.name));
  const draft = await runSteps({ name: '', domain: `${account.accountSid}.pstn.exotel.com` }, [
    async (state, steps) => {
      const name = await services.prompter.input({
        title,
        prompt: l10n.t('Trunk name: 1 to 16 letters, digits or underscores'),
        placeholder: 'outbound_trunk',
        value: state.name,
        validate: (value) =>
          names.has(value.trim())
            ? { severity: 'error', message: l10n.t('A trunk of this name exists already.') }
            : asValidation(checkTrunkName(value)),
        steps,
      });
      return name === BACK ? BACK : { ...state, name: accepted(checkTrunkName(name)) };
    },
    async (state, steps) => {
      const domain = await services.prompter.input({
        title,
        prompt: l10n.t('SIP domain. The one shown is the account’s own; Enter takes it.'),
        value: state.domain,
        validate: (value) => asValidation(checkDomain(value)),
        steps,
      });
      return domain === BACK ? BACK : { ...state, domain: accepted(checkDomain(domain)) };
    },
  ]);
  try {
    const trunk = await services.ui.busy(() => model.createTrunk(draft));
    services.ui.status(l10n.t('Trunk {0} created.', trunkLabel(trunk)));
    await services.view.reveal({ kind: 'trunk', accountId: account.id, trunkSid: trunk.sid });
  } catch (error) {
    if (!(error instanceof ExotelError) || error.problem.kind !== 'conflict') throw error;
    // Made elsewhere since the list was read: show it instead of failing with "duplicate".
    const existing = await model.findTrunkByName(draft.name);
    if (existing === null) throw error;
    await services.view.reveal({ kind: 'trunk', accountId: account.id, trunkSid: existing.sid });
    void services.ui.info(l10n.t('A trunk named {0} exists already; it is selected.', draft.name));
  }
}

/** Longer lists are cut: a dialog has no scroll bar. */
const MOST_NAMED = 6;

/** What is in a section, by name. */
function contents<S extends Section>(snapshot: TrunkSnapshot, section: S): string {
  const state: Loadable<Rows<S>> = snapshot.sections[section];
  if (state.state !== 'ready') return l10n.t('unknown');
  if (state.value.length === 0) return l10n.t('none');
  const { row } = sectionTexts[section];
  const names = state.value.map((each) => row(each, false).label);
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? l10n.t('{0} and {1} more', named, more) : named;
}

async function deleteTrunk(services: Services, target: TrunkTarget): Promise<void> {
  const { model, trunkSid } = target;
  const label = trunkLabel(target.snapshot.trunk);
  await services.ui.busy(() => model.ensureSections(trunkSid));
  const snapshot = model.trunk(trunkSid) ?? target.snapshot;
  const goes = SECTIONS.map(
    (section) => `${sectionTexts[section].name()}: ${contents(snapshot, section)}`,
  );
  await services.prompter.confirm({
    message: l10n.t('Delete trunk {0} for good?', label),
    detail: [
      l10n.t('Calls over it stop at once, and it cannot be brought back. With it go:'),
      '',
      ...goes,
      '',
      l10n.t('Next you are asked to type its name.'),
    ].join('\n'),
    action: l10n.t('Delete Trunk…'),
  });
  await services.prompter.input({
    title: l10n.t('Delete Trunk'),
    prompt: l10n.t('Type {0} to delete it', label),
    placeholder: label,
    validate: (value) =>
      value === label ? null : { severity: 'error', message: l10n.t('Type {0} exactly.', label) },
  });
  const result = await services.ui.cancellable(
    l10n.t('Deleting {0}…', label),
    (signal, onProgress) => model.deleteTrunk(trunkSid, { signal, onProgress }),
  );
  if (result.deleted) {
    services.ui.status(l10n.t('Trunk {0} deleted.', label));
    return;
  }
  const { credentialsDeleted, problem } = result;
  if (problem.kind === 'aborted' && credentialsDeleted.length === 0) return;
  const subject =
    credentialsDeleted.length === 0
      ? l10n.t('{0} is not deleted', label)
      : l10n.t(
          '{0} is not deleted, but its credentials are: {1}',
          label,
          credentialsDeleted.join(', '),
        );
  await reportProblem(services, problem, subject);
}

export const trunkCommands = [
  accountCommand({
    id: 'exotelSip.trunk.create',
    title: 'Create Trunk…',
    icon: 'add',
    writes: true,
    menus: [onWritableRow('account', 'inline@1'), onWritableRow('account', '1_open@1')],
    run: createTrunk,
  }),
  accountCommand({
    id: 'exotelSip.trunk.addExisting',
    title: 'Add Existing Trunk…',
    menus: [onRow('account', '1_open@2')],
    run: async (services, account, title) => {
      const model = await services.models.open(account.id);
      const trunkSid = answered(
        await services.prompter.input({
          title,
          prompt: l10n.t('Trunk SID, as Exotel answered when the trunk was created'),
          placeholder: 'trmum1…',
          validate: (value) => asValidation(checkTrunkSid(value)),
        }),
      );
      const trunk = await services.ui.busy(() =>
        model.addExistingTrunk(accepted(checkTrunkSid(trunkSid))),
      );
      services.ui.status(l10n.t('Trunk {0} added to the view.', trunkLabel(trunk)));
      await services.view.reveal({ kind: 'trunk', accountId: account.id, trunkSid: trunk.sid });
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.openPanel',
    title: 'Open Trunk Panel',
    icon: 'open-preview',
    menus: [onRow('trunk', 'inline@1'), onRow('trunk', '1_open@1')],
    run: (services, target) => {
      services.panels.show(trunkRefOf(target));
      return Promise.resolve();
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.rename',
    title: 'Rename Trunk…',
    writes: true,
    menus: [onWritableRow('trunk', '3_change@1')],
    run: async (services, { model, trunkSid, snapshot }, title) => {
      const { trunk } = snapshot;
      const others = new Set(
        (model.trunks.value ?? []).map((other) => other.trunk.name).filter((n) => n !== trunk.name),
      );
      const name = answered(
        await services.prompter.input({
          title,
          prompt: l10n.t('Trunk name: 1 to 16 letters, digits or underscores'),
          value: trunk.name,
          validate: (value) =>
            others.has(value.trim())
              ? { severity: 'error', message: l10n.t('A trunk of this name exists already.') }
              : asValidation(checkTrunkName(value)),
        }),
      );
      const checked = accepted(checkTrunkName(name));
      if (checked === trunk.name) return;
      await services.ui.busy(() => model.renameTrunk(trunkSid, checked));
      services.ui.status(l10n.t('Trunk renamed to {0}.', checked));
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.refresh',
    title: 'Refresh Trunk',
    menus: [onRow('trunk', '1_open@3')],
    run: async (services, { model, trunkSid }) => {
      await services.ui.busy(() => model.reloadTrunk(trunkSid));
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.copySid',
    title: 'Copy Trunk SID',
    menus: [onRow('trunk', '5_copy@1')],
    run: async (services, { trunkSid }) => {
      await services.ui.copy(trunkSid);
      services.ui.status(l10n.t('Trunk SID copied.'));
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.copyDialTarget',
    title: 'Copy Connect Applet Target',
    menus: [onRow('trunk', '5_copy@2')],
    run: async (services, { trunkSid }) => {
      await services.ui.copy(`sip:${trunkSid}`);
      services.ui.status(l10n.t('Copied: paste it under Dial Whom of the flow’s Connect applet.'));
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.showJson',
    title: 'Show Trunk as JSON',
    menus: [onRow('trunk', '1_open@4')],
    run: async (services, { account, model, trunkSid, snapshot }) => {
      await services.ui.busy(() => model.ensureSections(trunkSid));
      const { trunk, sections } = model.trunk(trunkSid) ?? snapshot;
      const names = (model.trunks.value ?? []).filter((other) => other.trunk.name === trunk.name);
      const label = trunkLabel(trunk);
      const title = names.length > 1 ? `${label} ${trunk.sid}` : label;
      await services.documents.show(account.label, title, {
        trunk,
        ...sectionValues(sections),
      });
    },
  }),
  trunkCommand({
    id: 'exotelSip.trunk.delete',
    title: 'Delete Trunk…',
    writes: true,
    menus: [onWritableRow('trunk', '9_remove@1')],
    run: deleteTrunk,
  }),
];

export const viewCommands = [
  plainCommand({
    id: 'exotelSip.view.refresh',
    title: 'Refresh All Accounts',
    icon: 'refresh',
    menus: [{ menu: 'view/title', group: 'navigation@3' }],
    run: async (services) => {
      await services.ui.busy(async () => {
        const accounts = services.registry.list();
        await Promise.all(
          accounts.map(async ({ id }) => {
            // An account that cannot be opened says why in its own row.
            const model = await services.models.open(id).catch((error: unknown) => {
              if (error instanceof ExotelError) return null;
              throw error;
            });
            await model?.reloadAll();
          }),
        );
        services.tree.reopen();
      });
    },
  }),
  plainCommand({
    id: 'exotelSip.view.filter',
    title: 'Filter Trunks and Numbers…',
    icon: 'search',
    menus: [{ menu: 'view/title', when: '!exotelSip.filtered', group: 'navigation@2' }],
    run: async (services) => {
      const text = answered(
        await services.prompter.input({
          title: l10n.t('Filter Trunks and Numbers'),
          prompt: l10n.t('Part of a trunk’s name or SID, or of a phone number. Empty shows all.'),
          value: services.tree.filter ?? '',
        }),
      );
      services.tree.setFilter(text);
    },
  }),
  plainCommand({
    id: 'exotelSip.view.clearFilter',
    title: 'Clear Filter',
    icon: 'clear-all',
    menus: [{ menu: 'view/title', when: 'exotelSip.filtered', group: 'navigation@2' }],
    run: (services) => {
      services.tree.setFilter(null);
      return Promise.resolve();
    },
  }),
  plainCommand({
    id: 'exotelSip.view.showMore',
    title: 'Show More Trunks',
    palette: false,
    menus: [onRow('note', '1_open@1', 'more')],
    run: async (services, args) => {
      const ref = clickedRef(args);
      if (ref?.kind === 'note' && ref.parent.kind === 'account') {
        await services.view.showMore(ref.parent);
      }
    },
  }),
  plainCommand({
    id: 'exotelSip.view.retry',
    title: 'Retry',
    icon: 'refresh',
    palette: false,
    menus: [onRow('note', 'inline@1', 'failed')],
    run: async (services, args) => {
      const ref = clickedRef(args);
      if (ref?.kind !== 'note') return;
      const { parent } = ref;
      if (ref.noteId === 'closed') services.tree.reopen();
      const model = await services.models.open(parent.accountId);
      await services.ui.busy(() =>
        parent.kind === 'section'
          ? model.reloadSections(parent.trunkSid, [parent.section])
          : model.reloadTrunks(),
      );
    },
  }),
];
