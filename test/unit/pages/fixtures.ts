/** An account and what is asked about it, for the tests of this folder. */
import type { Account } from '../../../src/app/accounts/account';
import type { ViewStrings } from '../../../src/pages/panel/strings';
import type { TrunkSnapshot } from '../../../src/trunks/snapshot';
import type { ViewInput } from '../../../src/pages/panel/panel-view';
import type { Chosen } from '../../../src/app/choices';
import { planOf, type Plan } from '../../../src/app/plan';
import { preview } from '../../../src/app/produce';
import { edges } from '../../../src/exotel/edges';

export const PRODUCTION: Account = {
  id: 'account-1',
  label: 'Production',
  region: 'in',
  baseUrl: 'https://api.in.exotel.com',
  accountSid: 'acme1',
  readOnly: false,
  sandbox: false,
};

/** Every sentence as its name and what was put into it: tests do not depend on wording. */
export const WORDS = new Proxy({} as ViewStrings, {
  get:
    (_, name) =>
    (...values: readonly unknown[]) =>
      [String(name), ...values.map(String)].join(' '),
});

/** What a view is made of, beside the trunk. */
export interface Given {
  readonly account?: Account;
  readonly chosen?: Chosen;
  readonly knownPasswords?: ReadonlySet<string>;
  readonly includePassword?: boolean;
}

export async function viewInput(snapshot: TrunkSnapshot, given: Given = {}): Promise<ViewInput> {
  const { account = PRODUCTION, chosen = {}, knownPasswords = new Set() } = given;
  const { includePassword = false } = given;
  const plan = await planFor(snapshot, given);
  const known = knownPasswords.has(plan.facts.userName ?? '');
  return {
    account,
    snapshot,
    knownPasswords,
    strings: WORDS,
    produced: await preview(plan, includePassword && known),
    changed: Object.keys(chosen).some((field) => field !== 'targetId'),
    turn: 0,
    includePassword,
    edges,
  };
}

export function planFor(snapshot: TrunkSnapshot, given: Given = {}): Promise<Plan> {
  return planOf({
    accountSid: (given.account ?? PRODUCTION).accountSid,
    snapshot,
    chosen: given.chosen ?? {},
    knownPasswords: given.knownPasswords ?? new Set(),
    edges,
    now: new Date('2026-11-23T00:00:00Z'),
  });
}

/** Waits for what should happen at once. */
export async function eventually(condition: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
