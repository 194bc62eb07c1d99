/**
 * workbench/: everything that imports `vscode`.
 *
 * From what a command was called with (a row, several rows, nothing) to what it works on. Whatever is
 * missing is asked for; accounts that are read-only are refused for commands that change something.
 */
import { commands, l10n } from 'vscode';
import { ExotelError } from '../../exotel/errors';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { type Loadable, rowId, type Section, type SectionRow } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import { BACK, type Back, Cancelled, type Choice } from '../../app/input/prompter';
import { describeAccount, describeTrunk } from '../tree/row-text';
import { sectionTexts } from '../tree/section-text';
import {
  type AccountRef,
  isNodeRef,
  nodeId,
  type NodeRef,
  type RowRef,
  type TrunkRef,
} from '../../app/refs';
import type { RowsTarget, TrunkTarget } from './command';
import type { Services } from './services';

export interface TargetOptions {
  /** Shown as the title of every question, normally the command's own. */
  readonly title: string;
  readonly writes: boolean;
  /** SID of the trunk that is active when the list of trunks opens. */
  readonly likelyTrunk?: string;
}

/** The answer of a question that has no back button. */
export function answered<T>(answer: T | Back): T {
  if (answer === BACK) throw new Cancelled();
  return answer;
}

/** The row that was clicked; null when the command was not started from one. */
export function clickedRef(args: readonly unknown[]): NodeRef | null {
  const [clicked] = args;
  return isNodeRef(clicked) ? clicked : null;
}

/** The clicked row and, when it is one of several selected rows, the others. */
function selectedRefs(args: readonly unknown[]): readonly NodeRef[] {
  const clicked = clickedRef(args);
  if (clicked === null) return [];
  const selected = Array.isArray(args[1]) ? args[1].filter(isNodeRef) : [];
  const isOneOfThem = selected.some((ref) => nodeId(ref) === nodeId(clicked));
  return isOneOfThem ? selected : [clicked];
}

export async function accountTarget(
  services: Services,
  args: readonly unknown[],
  options: TargetOptions,
): Promise<Account> {
  const ref = clickedRef(args);
  if (ref === null || ref.kind === 'note') return pickAccount(services, options);
  return knownAccount(services, ref, options);
}

export async function trunkTarget(
  services: Services,
  args: readonly unknown[],
  options: TargetOptions,
): Promise<TrunkTarget> {
  const ref = clickedRef(args);
  if (ref === null || ref.kind === 'note') {
    return pickTrunk(services, await pickAccount(services, options), options);
  }
  const account = knownAccount(services, ref, options);
  if (ref.kind === 'account') return pickTrunk(services, account, options);
  return knownTrunk(services, account, ref.trunkSid);
}

/** The rows, trunk by trunk. Never empty. */
export async function rowsTarget<S extends Section>(
  services: Services,
  section: S,
  args: readonly unknown[],
  options: TargetOptions & {
    readonly many: boolean;
    /** Rows the command can work on; all when left out. */
    readonly fits?: (row: SectionRow[S]) => boolean;
  },
): Promise<readonly [RowsTarget<S>, ...RowsTarget<S>[]]> {
  const wanted = selectedRefs(args).filter(
    (ref): ref is RowRef => ref.kind === 'row' && ref.section === section,
  );
  const groups: RowsTarget<S>[] = [];
  const trunkOf = ({ accountId, trunkSid }: RowRef): string => `${accountId}/${trunkSid}`;
  for (const key of new Set(wanted.map(trunkOf))) {
    const refs = wanted.filter((ref) => trunkOf(ref) === key);
    const [first] = refs;
    if (first === undefined) continue;
    const { trunkSid } = first;
    const trunk = await knownTrunk(services, knownAccount(services, first, options), trunkSid);
    const found = refs.flatMap((ref) => trunk.model.row(trunkSid, section, ref.rowId) ?? []);
    const fitting = found.filter((row) => options.fits?.(row) ?? true);
    if (fitting.length > 0) groups.push({ ...trunk, rows: fitting });
  }
  const [first, ...others] = groups;
  if (first !== undefined) {
    const all = [first, ...others] as const;
    return options.many ? all : [await oneOf(services, section, all, options)];
  }
  const trunk = await trunkTarget(services, args, options);
  return [{ ...trunk, rows: await pickRows(services, section, trunk, options) }];
}

/** A command on one row, called with several selected: which of them is asked, not guessed. */
async function oneOf<S extends Section>(
  services: Services,
  section: S,
  groups: readonly [RowsTarget<S>, ...RowsTarget<S>[]],
  options: TargetOptions,
): Promise<RowsTarget<S>> {
  const candidates = groups.flatMap((group) =>
    group.rows.map((row: SectionRow[S]) => ({
      ...rowText(section, row),
      value: { ...group, rows: [row] },
    })),
  );
  const [only, ...more] = candidates;
  if (only !== undefined && more.length === 0) return only.value;
  const placeholder = l10n.t('Which one?');
  return answered(
    await services.prompter.pick({ title: options.title, placeholder, choices: candidates }),
  );
}

function rowText<S extends Section>(
  section: S,
  row: SectionRow[S],
): { readonly label: string; readonly description: string; readonly icon: string } {
  const { label, description, icon } = sectionTexts[section].row(row, true);
  return { label, description, icon: icon.id };
}

export async function pickAccount(services: Services, options: TargetOptions): Promise<Account> {
  const all = services.registry.list();
  const accounts = options.writes ? all.filter((account) => !account.readOnly) : all;
  const [only, ...others] = accounts;
  if (only === undefined) {
    if (all.length === 0) {
      offer(services, l10n.t('Add an Exotel account first.'), 'exotelSip.account.add');
    } else {
      const text = l10n.t(
        'All accounts are read-only on this computer. Allow changes on one first.',
      );
      offer(services, text, 'exotelSip.account.toggleReadOnly');
    }
    throw new Cancelled();
  }
  if (others.length === 0) return only;
  return answered(
    await services.prompter.pick({
      title: options.title,
      placeholder: l10n.t('Which account?'),
      choices: accounts.map((account) => ({
        label: account.label,
        description: describeAccount(account).description,
        detail: account.accountSid,
        icon: describeAccount(account).icon.id,
        value: account,
      })),
    }),
  );
}

const OFFERS = {
  'exotelSip.account.add': () => l10n.t('Add Account…'),
  'exotelSip.account.toggleReadOnly': () => l10n.t('Allow Changes'),
  'exotelSip.trunk.create': () => l10n.t('Create Trunk…'),
} as const;

/** Says what is missing, with a button that runs the command that mends it. Does not wait for it. */
function offer(
  services: Services,
  text: string,
  command: keyof typeof OFFERS,
  ref?: NodeRef,
): void {
  const action = OFFERS[command]();
  void services.ui.info(text, action).then(async (pressed) => {
    if (pressed === action) await commands.executeCommand(command, ref);
  });
}

export async function pickTrunk(
  services: Services,
  account: Account,
  options: TargetOptions & { readonly except?: string; readonly placeholder?: string },
): Promise<TrunkTarget> {
  const model = await services.models.open(account.id);
  const trunkSid = answered(
    await services.prompter.pick({
      title: options.title,
      placeholder: options.placeholder ?? l10n.t('Which trunk of {0}?', account.label),
      choices: trunkChoices(services, model, account, options.except ?? null),
      ...(options.likelyTrunk === undefined ? {} : { active: options.likelyTrunk }),
    }),
  );
  return knownTrunk(services, account, trunkSid);
}

async function trunkChoices(
  services: Services,
  model: AccountTrunks,
  account: Account,
  except: string | null,
): Promise<Choice<string>[]> {
  await model.ensureTrunks();
  const trunks = loaded(model.trunks).filter(({ trunk }) => trunk.sid !== except);
  if (trunks.length === 0) {
    const text =
      except === null
        ? l10n.t('{0} has no trunk yet. Create one first.', account.label)
        : l10n.t('{0} has no other trunk. Create one first.', account.label);
    offer(services, text, 'exotelSip.trunk.create', accountRefOf(account));
    throw new Cancelled();
  }
  return trunks.map(({ trunk }) => {
    const text = describeTrunk(trunk, account, null);
    return {
      label: text.label,
      description: text.description,
      detail: trunk.sid,
      icon: text.icon.id,
      value: trunk.sid,
    };
  });
}

async function pickRows<S extends Section>(
  services: Services,
  section: S,
  trunk: TrunkTarget,
  options: TargetOptions & {
    readonly many: boolean;
    readonly fits?: (row: SectionRow[S]) => boolean;
  },
): Promise<readonly SectionRow[S][]> {
  const question = {
    title: options.title,
    placeholder: sectionTexts[section].name(),
    choices: rowChoices(services, section, trunk, options.fits),
  };
  if (!options.many) return [answered(await services.prompter.pick(question))];
  const rows = answered(await services.prompter.pickMany(question));
  if (rows.length === 0) throw new Cancelled();
  return rows;
}

async function rowChoices<S extends Section>(
  services: Services,
  section: S,
  { model, trunkSid }: TrunkTarget,
  fits: ((row: SectionRow[S]) => boolean) | undefined,
): Promise<Choice<SectionRow[S]>[]> {
  await model.ensureSections(trunkSid, [section]);
  const state = model.trunk(trunkSid)?.sections[section];
  const all: readonly SectionRow[S][] =
    state === undefined ? [] : loaded<readonly SectionRow[S][]>(state);
  const rows = all.filter((row) => fits?.(row) ?? true);
  if (rows.length === 0) {
    void services.ui.info(
      l10n.t('This trunk has nothing to choose from under {0}.', sectionTexts[section].name()),
    );
    throw new Cancelled();
  }
  return rows.map((row) => ({ ...rowText(section, row), value: row }));
}

function loaded<T>(state: Loadable<T>): T {
  if (state.state === 'failed') throw new ExotelError(state.problem);
  if (state.value === null) throw new Cancelled();
  return state.value;
}

function knownAccount(
  services: Services,
  ref: Exclude<NodeRef, { kind: 'note' }>,
  options: TargetOptions,
): Account {
  const account = services.registry.get(ref.accountId);
  if (account === null) {
    void services.ui.info(l10n.t('This account was removed.'));
    throw new Cancelled();
  }
  if (options.writes && account.readOnly) {
    const text = l10n.t('{0} is read-only on this computer.', account.label);
    offer(services, text, 'exotelSip.account.toggleReadOnly', accountRefOf(account));
    throw new Cancelled();
  }
  return account;
}

/** A trunk that is referred to, also when the list was not loaded yet (a panel restored after a reload). */
export async function knownTrunk(
  services: Services,
  account: Account,
  trunkSid: string,
): Promise<TrunkTarget> {
  const model = await services.models.open(account.id);
  if (model.trunk(trunkSid) === null) await model.ensureTrunks();
  const snapshot = model.trunk(trunkSid);
  if (snapshot === null) {
    if (model.trunks.state === 'failed') throw new ExotelError(model.trunks.problem);
    void services.ui.info(
      l10n.t('This trunk is no longer there. Refresh the view to see what is.'),
    );
    throw new Cancelled();
  }
  return { account, model, trunkSid, snapshot };
}

export function accountRefOf(account: Account): AccountRef {
  return { kind: 'account', accountId: account.id };
}

export function trunkRefOf(target: TrunkTarget): TrunkRef {
  return { kind: 'trunk', accountId: target.account.id, trunkSid: target.trunkSid };
}

export function rowRefOf<S extends Section>(
  target: TrunkTarget,
  section: S,
  row: SectionRow[S],
): RowRef {
  return { ...trunkRefOf(target), kind: 'row', section, rowId: rowId(section, row) };
}
