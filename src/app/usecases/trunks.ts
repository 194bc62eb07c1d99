/**
 * app/: the application, without `vscode`.
 *
 * What a person does with trunks.
 */
import * as l10n from '@vscode/l10n';
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
import type { Account } from '../accounts/account';
import { COMMANDS } from '../commands.generated';
import { accepted, answered, asValidation } from '../input/answers';
import { BACK, type Validation } from '../input/prompter';
import { runSteps } from '../input/steps';
import type { TrunkRef } from '../refs';
import { trunkLabel } from '../trunk-label';
import { type HandlersOf, onAccount, onTrunk } from './handlers';
import type { Asks, Finds, HasModels, Reports, RowTexts, Shows, Tells, TrunkTarget } from './ports';
import { reportProblem } from './report';
import { trunkRefOf } from './targets';

const EXAMPLE_NAME = 'outbound_trunk';
const EXAMPLE_SID = 'trmum1…';

/** `taken`: the names of the account's other trunks. */
function freeName(value: string, taken: ReadonlySet<string>): Validation {
  return taken.has(value.trim())
    ? { severity: 'error', message: l10n.t('A trunk of this name exists already.') }
    : asValidation(checkTrunkName(value));
}

async function createTrunk(
  ports: Asks & Tells & Shows & HasModels,
  account: Account,
  title: string,
): Promise<void> {
  const model = await ports.models.open(account.id);
  await model.ensureTrunks();
  const names = new Set((model.trunks.value ?? []).map(({ trunk }) => trunk.name));
  const draft = await runSteps({ name: '', domain: `${account.accountSid}.pstn.exotel.com` }, [
    async (state, steps) => {
      const name = await ports.prompter.input({
        title,
        prompt: l10n.t('Trunk name: 1 to 16 letters, digits or underscores'),
        placeholder: EXAMPLE_NAME,
        value: state.name,
        validate: (value) => freeName(value, names),
        steps,
      });
      return name === BACK ? BACK : { ...state, name: accepted(checkTrunkName(name)) };
    },
    async (state, steps) => {
      const domain = await ports.prompter.input({
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
    const trunk = await ports.ui.busy(() => model.createTrunk(draft));
    ports.ui.status(l10n.t('Trunk {0} created.', trunkLabel(trunk)));
    await ports.view.reveal({ kind: 'trunk', accountId: account.id, trunkSid: trunk.sid });
  } catch (error) {
    if (!(error instanceof ExotelError) || error.problem.kind !== 'conflict') throw error;
    // Made elsewhere since the list was read: show it instead of failing with "duplicate".
    const existing = await model.findTrunkByName(draft.name);
    if (existing === null) throw error;
    await ports.view.reveal({ kind: 'trunk', accountId: account.id, trunkSid: existing.sid });
    void ports.ui.info(l10n.t('A trunk named {0} exists already; it is selected.', draft.name));
  }
}

/** Longer lists are cut: a dialog has no scroll bar. */
const MOST_NAMED = 6;

/** What is in a section, by name. */
function contents<S extends Section>(snapshot: TrunkSnapshot, section: S, texts: RowTexts): string {
  const state: Loadable<Rows<S>> = snapshot.sections[section];
  if (state.state !== 'ready') return l10n.t('unknown');
  if (state.value.length === 0) return l10n.t('none');
  const names = state.value.map((row) => texts.row(section, row).label);
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? l10n.t('{0} and {1} more', named, more) : named;
}

async function deleteTrunk(
  ports: Asks & Reports,
  target: TrunkTarget,
  title: string,
  texts: RowTexts,
): Promise<void> {
  const { model, trunkSid } = target;
  const label = trunkLabel(target.snapshot.trunk);
  await ports.ui.busy(() => model.ensureSections(trunkSid));
  const snapshot = model.trunk(trunkSid) ?? target.snapshot;
  const goes = SECTIONS.map((section) =>
    l10n.t('{0}: {1}', texts.section(section), contents(snapshot, section, texts)),
  );
  await ports.prompter.confirm({
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
  await ports.prompter.input({
    title,
    prompt: l10n.t('Type {0} to delete it', label),
    placeholder: label,
    validate: (value) =>
      value === label ? null : { severity: 'error', message: l10n.t('Type {0} exactly.', label) },
  });
  const result = await ports.ui.cancellable(l10n.t('Deleting {0}…', label), (signal, onProgress) =>
    model.deleteTrunk(trunkSid, { signal, onProgress }),
  );
  if (result.deleted) {
    ports.ui.status(l10n.t('Trunk {0} deleted.', label));
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
  await reportProblem(ports, problem, subject);
}

/** Shows and remembers a trunk that was made elsewhere. */
async function addExistingTrunk(
  { prompter, ui, view, models }: Asks & Tells & Shows & HasModels,
  account: Account,
  title: string,
): Promise<void> {
  const model = await models.open(account.id);
  const trunkSid = answered(
    await prompter.input({
      title,
      prompt: l10n.t('Trunk SID, as Exotel answered when the trunk was created'),
      placeholder: EXAMPLE_SID,
      validate: (value) => asValidation(checkTrunkSid(value)),
    }),
  );
  const trunk = await ui.busy(() => model.addExistingTrunk(accepted(checkTrunkSid(trunkSid))));
  ui.status(l10n.t('Trunk {0} added to the view.', trunkLabel(trunk)));
  await view.reveal({ kind: 'trunk', accountId: account.id, trunkSid: trunk.sid });
}

async function renameTrunk(
  { prompter, ui }: Asks & Tells,
  { model, trunkSid, snapshot: { trunk } }: TrunkTarget,
  title: string,
): Promise<void> {
  const others = new Set(
    (model.trunks.value ?? []).map((other) => other.trunk.name).filter((n) => n !== trunk.name),
  );
  const name = answered(
    await prompter.input({
      title,
      prompt: l10n.t('Trunk name: 1 to 16 letters, digits or underscores'),
      value: trunk.name,
      validate: (value) => freeName(value, others),
    }),
  );
  const checked = accepted(checkTrunkName(name));
  if (checked === trunk.name) return;
  await ui.busy(() => model.renameTrunk(trunkSid, checked));
  ui.status(l10n.t('Trunk renamed to {0}.', checked));
}

/** Everything known of a trunk as a document to read. */
async function showJson(
  { ui, documents }: Tells & ShowsDocuments,
  { account, model, trunkSid, snapshot }: TrunkTarget,
): Promise<void> {
  await ui.busy(() => model.ensureSections(trunkSid));
  const { trunk, sections } = model.trunk(trunkSid) ?? snapshot;
  const names = (model.trunks.value ?? []).filter((other) => other.trunk.name === trunk.name);
  const label = trunkLabel(trunk);
  const title = names.length > 1 ? `${label} ${trunk.sid}` : label;
  await documents.show(account.label, title, {
    trunk,
    ...sectionValues(sections),
  });
}

interface ShowsDocuments {
  readonly documents: { show(folder: string, title: string, json: unknown): Promise<void> };
}

interface ShowsPanels {
  readonly panels: { show(ref: TrunkRef): void };
}

async function copied({ ui }: Tells, text: string, said: string): Promise<void> {
  await ui.copy(text);
  ui.status(said);
}

export type TrunkPorts = Finds & Reports & Shows & ShowsDocuments & ShowsPanels;

export function trunkHandlers(ports: TrunkPorts): HandlersOf<'trunk'> {
  const commands = COMMANDS.trunk;
  return {
    create: onAccount(ports, commands.create, (account, title) =>
      createTrunk(ports, account, title),
    ),
    addExisting: onAccount(ports, commands.addExisting, (account, title) =>
      addExistingTrunk(ports, account, title),
    ),
    openPanel: onTrunk(ports, commands.openPanel, (target) => {
      ports.panels.show(trunkRefOf(target));
      return Promise.resolve();
    }),
    rename: onTrunk(ports, commands.rename, (target, title) => renameTrunk(ports, target, title)),
    refresh: onTrunk(ports, commands.refresh, ({ model, trunkSid }) =>
      ports.ui.busy(() => model.reloadTrunk(trunkSid)),
    ),
    copySid: onTrunk(ports, commands.copySid, ({ trunkSid }) =>
      copied(ports, trunkSid, l10n.t('Trunk SID copied.')),
    ),
    copyDialTarget: onTrunk(ports, commands.copyDialTarget, ({ trunkSid }) =>
      copied(
        ports,
        `sip:${trunkSid}`,
        l10n.t('Copied: paste it under Dial Whom of the flow’s Connect applet.'),
      ),
    ),
    showJson: onTrunk(ports, commands.showJson, (target) => showJson(ports, target)),
    delete: onTrunk(ports, commands.delete, (target, title) =>
      deleteTrunk(ports, target, title, ports.texts),
    ),
  };
}
