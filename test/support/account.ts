// An account on a sandbox of its own: the real client and the real model over real HTTP, with passwords
// and remembered trunks kept in memory.
import { createTransport } from '../../src/exotel/transport';
import { ExotelClient } from '../../src/exotel/client';
import { Limiters } from '../../src/exotel/limiter';
import { Secret } from '../../src/exotel/secret';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index';
import { AccountTrunks } from '../../src/trunks/account-trunks';
import type { PasswordVault, TrunkMemory } from '../../src/trunks/ports';
import type { Change } from '../../src/trunks/snapshot';

/** SIDs of the trunks a new sandbox starts with. */
export const SEEDED = {
  outbound: 'trmum1f708622631150902801a1n',
  inbound: 'trmum15c19d0b84e7a326f911a2b',
  streamkit: 'trmum1a04be61f7d2c8593e01a3u',
} as const;

export interface TestAccount {
  readonly sandbox: Sandbox;
  readonly api: ExotelClient;
  readonly model: AccountTrunks;
  readonly vault: PasswordVault;
  readonly passwords: ReadonlyMap<string, Secret>;
  readonly changes: Change[];
  close(): Promise<void>;
}

export function clientOf(sandbox: Sandbox): ExotelClient {
  const address = {
    region: 'custom',
    baseUrl: sandbox.url,
    accountSid: sandbox.accountSid,
  } as const;
  return new ExotelClient({
    address,
    apiKey: new Secret(sandbox.apiKey),
    apiToken: new Secret(sandbox.apiToken),
    transport: createTransport(),
    limiter: new Limiters({ limit: 10_000 }).for(address),
    timeoutMs: 5000,
  });
}

export async function startAccount(options: SandboxOptions = {}): Promise<TestAccount> {
  const sandbox = await startSandbox({ callsPerMinute: Infinity, ...options });
  const passwords = new Map<string, Secret>();
  const vault: PasswordVault = {
    get: (sid, user) => Promise.resolve(passwords.get(`${sid}/${user}`) ?? null),
    put: (sid, user, password) => {
      passwords.set(`${sid}/${user}`, password);
      return Promise.resolve();
    },
    delete: (sid, user) => {
      passwords.delete(`${sid}/${user}`);
      return Promise.resolve();
    },
    deleteTrunk: (sid) => {
      for (const key of [...passwords.keys()]) if (key.startsWith(`${sid}/`)) passwords.delete(key);
      return Promise.resolve();
    },
  };
  const api = clientOf(sandbox);
  const model = new AccountTrunks(sandbox.accountSid, { api, vault, memory: memoryOf() });
  const changes: Change[] = [];
  model.onDidChange((change) => changes.push(change));
  return {
    sandbox,
    api,
    model,
    vault,
    passwords,
    changes,
    close: async () => {
      model.dispose();
      await sandbox.close();
    },
  };
}

export function memoryOf(): TrunkMemory {
  const entries = new Map<string, string>();
  return {
    list: () => [...entries].map(([sid, name]) => ({ sid, name })),
    remember: (sid, name) => {
      entries.set(sid, name);
      return Promise.resolve();
    },
    forget: (sid) => {
      entries.delete(sid);
      return Promise.resolve();
    },
  };
}
