/** Accounts and keys for the tests of this folder, and a registry to put them in. */
import { Secret } from '../../../src/exotel/secret';
import type { ApiKeys } from '../../../src/app/accounts/account';
import {
  type AccountFacts,
  AccountRegistry,
  type FallBack,
  type RegistryChange,
} from '../../../src/app/accounts/registry';
import type { FakeComputer } from './fake-computer';

export const PRODUCTION: AccountFacts = {
  label: 'Production',
  region: 'in',
  baseUrl: 'https://api.in.exotel.com',
  accountSid: 'acme1',
};

export const STAGING: AccountFacts = {
  label: 'Staging',
  region: 'sg',
  baseUrl: 'https://api.exotel.com',
  accountSid: 'acme2',
};

export const SANDBOX: AccountFacts = {
  label: 'Sandbox',
  region: 'custom',
  baseUrl: 'http://127.0.0.1:4321',
  accountSid: 'sandbox1',
  sandbox: true,
};

export const KEYS = keysOf('key-4a1f', 'token-90cd');
export const NEW_KEYS = keysOf('key-77b2', 'token-e3aa');

export function keysOf(apiKey: string, apiToken: string): ApiKeys {
  return { apiKey: new Secret(apiKey), apiToken: new Secret(apiToken) };
}

/** In clear text, for comparing. */
export function clear(keys: ApiKeys | null): readonly string[] | null {
  return keys && [keys.apiKey.reveal(), keys.apiToken.reveal()];
}

export interface OpenRegistry {
  readonly registry: AccountRegistry;
  /** Changes as `kind label`, in the order they were told. */
  readonly told: string[];
  readonly changes: RegistryChange[];
  readonly fallBacks: FallBack[];
}

const open = new Set<AccountRegistry>();

/** A new window of the computer with a registry in it. */
export function openWindow(computer: FakeComputer): OpenRegistry {
  const { state, secrets } = computer.window();
  const registry = new AccountRegistry(state, secrets, { lookAgainAfterMs: [5, 25] });
  open.add(registry);
  const told: string[] = [];
  const changes: RegistryChange[] = [];
  const fallBacks: FallBack[] = [];
  registry.onDidChange((change) => {
    changes.push(change);
    told.push(`${change.kind} ${change.account.label}`);
  });
  registry.onDidFallBack((fallBack) => fallBacks.push(fallBack));
  return { registry, told, changes, fallBacks };
}

export function closeWindows(): void {
  for (const registry of open) registry.dispose();
  open.clear();
}

/** Everything the computer holds in clear text outside the keyring. */
export function diskText(computer: FakeComputer): string {
  return JSON.stringify(computer.disk);
}

/** What the keyring holds apart from the sign to other windows, which is no secret. */
export function secretsLeft(computer: FakeComputer): string[] {
  return [...computer.keyring.keys()].filter((key) => key !== 'exotelSip.revision');
}
