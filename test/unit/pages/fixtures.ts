/** An account and what is asked about it, for the tests of this folder. */
import type { Account } from '../../../src/app/accounts/account';
import type { ViewStrings } from '../../../src/pages/panel/strings';
import type { TrunkSnapshot } from '../../../src/trunks/snapshot';
import type { ViewInput } from '../../../src/pages/panel/panel-view';
import { edges } from '../../../src/exotel/edges';
import { cards } from '../../../src/pbx/cards';

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

export function viewInput(
  snapshot: TrunkSnapshot,
  changes: Partial<Omit<ViewInput, 'snapshot'>> = {},
): ViewInput {
  return {
    account: PRODUCTION,
    snapshot,
    knownPasswords: new Set(),
    strings: WORDS,
    chosen: {},
    targetId: cards[0]?.id ?? '',
    turn: 0,
    includePassword: false,
    edges,
    now: new Date('2026-11-23T00:00:00Z'),
    ...changes,
  };
}

/** Waits for what should happen at once. */
export async function eventually(condition: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
