/**
 * app/: the application, without `vscode`.
 *
 * From what a command was called with (a row, several rows, nothing) to what it works on. Whatever is
 * missing is asked for; accounts that are read-only are refused for commands that change something.
 */
import * as l10n from '@vscode/l10n';
import { ExotelError } from '../../exotel/errors';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { type Loadable, rowId, type Section, type SectionRow } from '../../trunks/snapshot';
import type { Account } from '../accounts/account';
import { COMMANDS } from '../commands.generated';
import { answered } from '../input/answers';
import { Cancelled, type Choice } from '../input/prompter';
import {
  type AccountRef,
  isNodeRef,
  nodeId,
  type NodeRef,
  type RowRef,
  type TrunkRef,
} from '../refs';
import type { Finds, HasModels, RowGroups, RowsTarget, Tells, TrunkTarget } from './ports';

const { add, allowChanges } = COMMANDS.account;

export interface TargetOptions {
  /** Shown as the title of every question, normally the command's own. */
  readonly title: string;
  readonly writes: boolean;
  /** SID of the trunk that is active when the list of trunks opens. */
  readonly likelyTrunk?: string;
}

export interface RowOptions<S extends Section> extends TargetOptions {
  readonly many: boolean;
  /** Rows the command can work on. */
  readonly fits: (row: SectionRow[S]) => boolean;
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
  ports: Finds,
  args: readonly unknown[],
  options: TargetOptions,
): Promise<Account> {
  const ref = clickedRef(args);
  if (ref === null || ref.kind === 'note') return pickAccount(ports, options);
  return knownAccount(ports, ref, options);
}

export async function trunkTarget(
  ports: Finds,
  args: readonly unknown[],
  options: TargetOptions,
): Promise<TrunkTarget> {
  const ref = clickedRef(args);
  if (ref === null || ref.kind === 'note') {
    return pickTrunk(ports, await pickAccount(ports, options), options);
  }
  const account = knownAccount(ports, ref, options);
  if (ref.kind === 'account') return pickTrunk(ports, account, options);
  return knownTrunk(ports, account, ref.trunkSid);
}

/** The rows, trunk by trunk. Never empty. */
export async function rowsTarget<S extends Section>(
  ports: Finds,
  section: S,
  args: readonly unknown[],
  options: RowOptions<S>,
): Promise<RowGroups<S>> {
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
    const trunk = await knownTrunk(ports, knownAccount(ports, first, options), trunkSid);
    const found = refs.flatMap((ref) => trunk.model.row(trunkSid, section, ref.rowId) ?? []);
    const fitting = found.filter((row) => options.fits(row));
    if (fitting.length > 0) groups.push({ ...trunk, rows: fitting });
  }
  const [first, ...others] = groups;
  if (first !== undefined) {
    const all = [first, ...others] as const;
    return options.many ? all : [await oneOf(ports, section, all, options)];
  }
  const trunk = await trunkTarget(ports, args, options);
  return [{ ...trunk, rows: await pickRows(ports, section, trunk, options) }];
}

/** A command on one row, called with several selected: which of them is asked, not guessed. */
async function oneOf<S extends Section>(
  ports: Finds,
  section: S,
  groups: RowGroups<S>,
  options: TargetOptions,
): Promise<RowsTarget<S>> {
  const candidates = groups.flatMap((group) =>
    group.rows.map((row: SectionRow[S]) => ({
      ...ports.texts.row(section, row),
      value: { ...group, rows: [row] },
    })),
  );
  const [only, ...more] = candidates;
  if (only !== undefined && more.length === 0) return only.value;
  const placeholder = l10n.t('Which one?');
  return answered(
    await ports.prompter.pick({ title: options.title, placeholder, choices: candidates }),
  );
}

async function pickAccount(ports: Finds, options: TargetOptions): Promise<Account> {
  const all = ports.registry.list();
  const accounts = options.writes ? all.filter((account) => !account.readOnly) : all;
  const [only, ...others] = accounts;
  if (only === undefined) {
    if (all.length === 0) {
      const text = l10n.t('Add an Exotel account first.');
      offer(ports, text, add.title(), () => ports.run(add));
    } else {
      const text = l10n.t(
        'All accounts are read-only on this computer. Allow changes on one first.',
      );
      offer(ports, text, allowChanges.title(), () => ports.run(allowChanges));
    }
    throw new Cancelled();
  }
  if (others.length === 0) return only;
  return answered(
    await ports.prompter.pick({
      title: options.title,
      placeholder: l10n.t('Which account?'),
      choices: accounts.map((account) => ({
        ...ports.texts.account(account),
        detail: account.accountSid,
        value: account,
      })),
    }),
  );
}

/** Says what is missing, with a button that mends it. Does not wait for it. */
function offer({ ui }: Tells, text: string, label: string, mend: () => Promise<void>): void {
  void ui.info(text, label).then(async (pressed) => {
    if (pressed === label) await mend();
  });
}

export async function pickTrunk(
  ports: Finds,
  account: Account,
  options: TargetOptions & { readonly except?: string; readonly placeholder?: string },
): Promise<TrunkTarget> {
  const model = await ports.models.open(account.id);
  const trunkSid = answered(
    await ports.prompter.pick({
      title: options.title,
      placeholder: options.placeholder ?? l10n.t('Which trunk of {0}?', account.label),
      choices: trunkChoices(ports, model, account, options.except ?? null),
      ...(options.likelyTrunk === undefined ? {} : { active: options.likelyTrunk }),
    }),
  );
  return knownTrunk(ports, account, trunkSid);
}

async function trunkChoices(
  ports: Finds,
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
    const { create } = COMMANDS.trunk;
    offer(ports, text, create.title(), () => ports.run(create, accountRefOf(account)));
    throw new Cancelled();
  }
  return trunks.map(({ trunk }) => ({
    ...ports.texts.trunk(trunk, account),
    detail: trunk.sid,
    value: trunk.sid,
  }));
}

async function pickRows<S extends Section>(
  ports: Finds,
  section: S,
  trunk: TrunkTarget,
  options: RowOptions<S>,
): Promise<readonly SectionRow[S][]> {
  const question = {
    title: options.title,
    placeholder: ports.texts.section(section),
    choices: rowChoices(ports, section, trunk, options.fits),
  };
  if (!options.many) return [answered(await ports.prompter.pick(question))];
  const rows = answered(await ports.prompter.pickMany(question));
  if (rows.length === 0) throw new Cancelled();
  return rows;
}

async function rowChoices<S extends Section>(
  ports: Finds,
  section: S,
  { model, trunkSid }: TrunkTarget,
  fits: RowOptions<S>['fits'],
): Promise<Choice<SectionRow[S]>[]> {
  await model.ensureSections(trunkSid, [section]);
  const state = model.trunk(trunkSid)?.sections[section];
  const all: readonly SectionRow[S][] =
    state === undefined ? [] : loaded<readonly SectionRow[S][]>(state);
  const rows = all.filter((row) => fits(row));
  if (rows.length === 0) {
    void ports.ui.info(
      l10n.t('This trunk has nothing to choose from under {0}.', ports.texts.section(section)),
    );
    throw new Cancelled();
  }
  return rows.map((row) => ({ ...ports.texts.row(section, row), value: row }));
}

function loaded<T>(state: Loadable<T>): T {
  if (state.state === 'failed') throw new ExotelError(state.problem);
  if (state.value === null) throw new Cancelled();
  return state.value;
}

function knownAccount(
  ports: Finds,
  ref: Exclude<NodeRef, { kind: 'note' }>,
  options: TargetOptions,
): Account {
  const account = ports.registry.get(ref.accountId);
  if (account === null) {
    void ports.ui.info(l10n.t('This account was removed.'));
    throw new Cancelled();
  }
  if (options.writes && account.readOnly) {
    const text = l10n.t('{0} is read-only on this computer.', account.label);
    const { title } = allowChanges;
    offer(ports, text, title(), () => ports.run(allowChanges, accountRefOf(account)));
    throw new Cancelled();
  }
  return account;
}

/** A trunk that is referred to, also when the list was not loaded yet (a panel restored after a reload). */
export async function knownTrunk(
  ports: HasModels & Tells,
  account: Account,
  trunkSid: string,
): Promise<TrunkTarget> {
  const model = await ports.models.open(account.id);
  if (model.trunk(trunkSid) === null) await model.ensureTrunks();
  const snapshot = model.trunk(trunkSid);
  if (snapshot === null) {
    if (model.trunks.state === 'failed') throw new ExotelError(model.trunks.problem);
    void ports.ui.info(l10n.t('This trunk is no longer there. Refresh the view to see what is.'));
    throw new Cancelled();
  }
  return { account, model, trunkSid, snapshot };
}

export function accountRefOf(account: Pick<Account, 'id'>): AccountRef {
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
