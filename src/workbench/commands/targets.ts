/**
 * workbench/: everything that imports `vscode`.
 *
 * From what a command was called with (a row, several rows, nothing) to what it works on. Whatever is
 * missing is asked for; accounts that are read-only are refused for commands that change something.
 */
import { l10n } from 'vscode';
import { ExotelError } from '../../exotel/errors';
import type { AccountTrunks } from '../../trunks/account-trunks';
import {
  type Loadable,
  rowId,
  type Section,
  SECTIONS,
  type SectionRows,
} from '../../trunks/snapshot';
import type { Account } from '../accounts/account';
import { BACK, type Back, Cancelled, type Choice } from '../input/prompter';
import { describeAccount, describeRow, describeTrunk, SECTION_NAMES } from '../tree/describe';
import type { AccountRef, NodeRef, RowRef, TrunkRef } from '../tree/node';
import type { RowsTarget, TrunkTarget } from './command';
import type { Services } from './services';

export interface TargetOptions {
  /** Shown as the title of every question, normally the command's own. */
  readonly title: string;
  readonly writes: boolean;
}

/** The answer of a question that has no back button. */
export function answered<T>(answer: T | Back): T {
  if (answer === BACK) throw new Cancelled();
  return answer;
}

/** Command arguments are anybody's: keybindings and other extensions pass what they like. */
export function isNodeRef(value: unknown): value is NodeRef {
  if (typeof value !== 'object' || value === null) return false;
  const ref = value as Record<string, unknown>;
  const has = (...keys: string[]): boolean => keys.every((key) => typeof ref[key] === 'string');
  switch (ref['kind']) {
    case 'account':
      return has('accountId');
    case 'trunk':
      return has('accountId', 'trunkSid');
    case 'section':
      return has('accountId', 'trunkSid', 'section') && isSection(ref['section']);
    case 'row':
      return has('accountId', 'trunkSid', 'section', 'rowId') && isSection(ref['section']);
    case 'note':
      return has('noteId') && isParentOfNote(ref['parent']);
    default:
      return false;
  }
}

function isParentOfNote(value: unknown): boolean {
  const kind = (value as { readonly kind?: unknown } | null | undefined)?.kind;
  // Asked before looking deeper: a note is never beneath a note, however the argument is knotted.
  return kind !== 'note' && isNodeRef(value);
}

function isSection(value: unknown): value is Section {
  return SECTIONS.includes(value as Section);
}

/** The clicked row and, when it is one of several selected rows, the others. */
export function refsOf(args: readonly unknown[]): readonly NodeRef[] {
  const [clicked, selected] = args;
  if (!isNodeRef(clicked)) return [];
  const others = Array.isArray(selected) ? selected.filter(isNodeRef) : [];
  return others.length > 0 ? others : [clicked];
}

export async function accountTarget(
  services: Services,
  args: readonly unknown[],
  options: TargetOptions,
): Promise<Account> {
  const [ref] = refsOf(args);
  if (ref === undefined || ref.kind === 'note') return pickAccount(services, options);
  return knownAccount(services, ref, options);
}

export async function trunkTarget(
  services: Services,
  args: readonly unknown[],
  options: TargetOptions,
): Promise<TrunkTarget> {
  const [ref] = refsOf(args);
  if (ref === undefined || ref.kind === 'note') {
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
    readonly fits?: (row: SectionRows[S][number]) => boolean;
  },
): Promise<readonly [RowsTarget<S>, ...RowsTarget<S>[]]> {
  const rows = refsOf(args).filter(
    (ref): ref is RowRef => ref.kind === 'row' && ref.section === section,
  );
  const groups: RowsTarget<S>[] = [];
  const wanted = options.many ? rows : rows.slice(0, 1);
  for (const trunkSid of new Set(wanted.map((ref) => ref.trunkSid))) {
    const refs = wanted.filter((ref) => ref.trunkSid === trunkSid);
    const [first] = refs;
    if (first === undefined) continue;
    const trunk = await knownTrunk(services, knownAccount(services, first, options), trunkSid);
    const found = refs.flatMap((ref) => trunk.model.row(trunkSid, section, ref.rowId) ?? []);
    const fitting = found.filter((row) => options.fits?.(row) ?? true);
    if (fitting.length > 0) groups.push({ ...trunk, rows: fitting });
  }
  const [first, ...others] = groups;
  if (first !== undefined) return [first, ...others];
  const trunk = await trunkTarget(services, args, options);
  return [{ ...trunk, rows: await pickRows(services, section, trunk, options) }];
}

export async function pickAccount(services: Services, options: TargetOptions): Promise<Account> {
  const all = services.registry.list();
  const accounts = options.writes ? all.filter((account) => !account.readOnly) : all;
  const [only, ...others] = accounts;
  if (only === undefined) {
    if (all.length === 0) await nothingYet(services);
    else void services.ui.info(l10n.t('All accounts are read-only. Allow changes on one first.'));
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

async function nothingYet(services: Services): Promise<void> {
  const add = l10n.t('Add Account…');
  const pressed = await services.ui.info(l10n.t('Add an Exotel account first.'), add);
  if (pressed === add) {
    const { commands } = await import('vscode');
    await commands.executeCommand('exotelSip.account.add');
  }
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
    void services.ui.info(
      except === null
        ? l10n.t('{0} has no trunk yet. Create one first.', account.label)
        : l10n.t('{0} has no other trunk.', account.label),
    );
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
    readonly fits?: (row: SectionRows[S][number]) => boolean;
  },
): Promise<readonly SectionRows[S][number][]> {
  const question = {
    title: options.title,
    placeholder: SECTION_NAMES[section](),
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
  fits: ((row: SectionRows[S][number]) => boolean) | undefined,
): Promise<Choice<SectionRows[S][number]>[]> {
  await model.ensureSections(trunkSid, [section]);
  const state = model.trunk(trunkSid)?.sections[section];
  const all: readonly SectionRows[S][number][] =
    state === undefined ? [] : loaded<readonly SectionRows[S][number][]>(state);
  const rows = all.filter((row) => fits?.(row) ?? true);
  if (rows.length === 0) {
    void services.ui.info(
      l10n.t('This trunk has nothing to choose from under {0}.', SECTION_NAMES[section]()),
    );
    throw new Cancelled();
  }
  const describe = describeRow[section] as (
    row: SectionRows[S][number],
    writable: boolean,
  ) => { label: string; description: string; icon: { id: string } };
  return rows.map((row) => {
    const text = describe(row, true);
    return {
      label: text.label,
      description: text.description,
      icon: text.icon.id,
      value: row,
    };
  });
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
    void services.ui.info(
      l10n.t('{0} is read-only on this computer. Allow changes on it first.', account.label),
    );
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
  row: SectionRows[S][number],
): RowRef {
  return { ...trunkRefOf(target), kind: 'row', section, rowId: rowId(section, row) };
}
