/**
 * app/: the application, without `vscode`.
 *
 * The accounts of this computer: what they are called and where their API lives in globalState, their
 * keys and SIP passwords in SecretStorage, and what other windows do to them. Nothing is read from the
 * keyring until somebody asks, so making a registry costs nothing.
 */
import { randomUUID } from 'node:crypto';
import { Secret } from '../../exotel/secret';
import { type Disposable, Emitter } from '../../trunks/event';
import type { PasswordVault, TrunkMemory } from '../../trunks/ports';
import { KnownSecrets } from '../log';
import type { Account, ApiKeys } from './account';
import { type FieldChanges, Keyring, type KeyringReason } from './keyring';
import { sessionMemory, TrunkMemories } from './memory';
import {
  decodeRoster,
  EMPTY_ROSTER,
  encodeRoster,
  mergeRosters,
  type Roster,
  sameRoster,
  toAccount,
  withEntry,
  withoutEntry,
  withPatch,
} from './roster';
import type { KeyValueStore, Persistence, SecretStore } from './stores';
import { Turns } from './turns';

const ROSTER_KEY = 'exotelSip.accounts';
/** Holds no secret: SecretStorage has a change event across windows, globalState has none. */
const PING_KEY = 'exotelSip.revision';
const KEYS = 'keys';
const passwordsOf = (trunkSid: string) => `sip.${trunkSid}`;

/** What is told of a new account; its id is made here. */
export interface AccountFacts extends Omit<Account, 'id' | 'readOnly' | 'sandbox'> {
  readonly readOnly?: boolean;
  readonly sandbox?: boolean;
}

export type AccountPatch = Partial<
  Pick<Account, 'label' | 'readOnly' | 'region' | 'baseUrl' | 'accountSid'>
>;

export type RegistryChange =
  | { readonly kind: 'added'; readonly account: Account }
  | { readonly kind: 'changed'; readonly account: Account; readonly previous: Account }
  | { readonly kind: 'keys'; readonly account: Account }
  | { readonly kind: 'removed'; readonly account: Account };

/** The computer's keyring cannot be relied on; the person should hear of it. */
export interface FallBack {
  readonly account: Account;
  readonly what: 'keys' | 'passwords';
  /** `store`: kept until the window closes. `read`: what was stored cannot be read right now. */
  readonly during: 'store' | 'read';
  readonly reason: KeyringReason;
  /** The keyring's own words, without secrets; for the log. */
  readonly detail: string | null;
}

/** The account was removed, here or in another window, while something was being done with it. */
export class AccountGone extends Error {
  override readonly name = 'AccountGone';
  constructor() {
    super('This account was removed.');
  }
}

export interface RegistryOptions {
  /** Every secret that passes through is told to it, so that no log line shows one. */
  readonly known?: KnownSecrets;
  /** How long after another window's sign to look again, in ms: globalState may arrive after it. */
  readonly lookAgainAfterMs?: readonly number[];
}

export class AccountRegistry implements Disposable {
  readonly #state: KeyValueStore;
  readonly #secrets: SecretStore;
  readonly #known: KnownSecrets;
  readonly #keyring: Keyring;
  readonly #memories: TrunkMemories;
  readonly #turns = new Turns();
  readonly #changes = new Emitter<RegistryChange>();
  readonly #fallBacks = new Emitter<FallBack>();
  readonly #lookAgainAfterMs: readonly number[];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #subscriptions: readonly Disposable[];

  #roster: Roster = EMPTY_ROSTER;
  /** In globalState already, not shown before their keys are stored too. */
  readonly #arriving = new Map<string, Account>();
  readonly #sandboxes = new Map<string, { account: Account; readonly memory: TrunkMemory }>();
  #shown: ReadonlyMap<string, Account> = new Map();

  readonly onDidChange = this.#changes.event;
  readonly onDidFallBack = this.#fallBacks.event;

  constructor(state: KeyValueStore, secrets: SecretStore, options: RegistryOptions = {}) {
    this.#state = state;
    this.#secrets = secrets;
    this.#known = options.known ?? new KnownSecrets();
    this.#lookAgainAfterMs = options.lookAgainAfterMs ?? [300, 2000];
    this.#keyring = new Keyring(state, secrets, this.#known);
    this.#memories = new TrunkMemories(state);
    this.#roster = decodeRoster(state.get(ROSTER_KEY));
    this.#shown = this.#visible();
    this.#subscriptions = [
      this.#keyring,
      this.#keyring.onDidFallBack(({ owner, name, ...trouble }) => {
        const account = this.get(owner) ?? this.#arriving.get(owner);
        const what = name === KEYS ? 'keys' : 'passwords';
        if (account !== undefined) this.#fallBacks.fire({ account, what, ...trouble });
      }),
      this.#keyring.onDidChangeElsewhere(({ owner, name, present }) => {
        if (name === KEYS) this.#followKeys(owner, present);
      }),
      secrets.onDidChange(({ key }) => {
        if (key === PING_KEY) this.#followSoon();
      }),
    ];
    void this.#sweep();
  }

  /** In the order of adding; sandboxes last. */
  list(): readonly Account[] {
    return [...this.#shown.values()];
  }

  get(id: string): Account | null {
    return this.#shown.get(id) ?? null;
  }

  /** The account of that SID on that host, if it is here already. */
  find(baseUrl: string, accountSid: string): Account | null {
    const origin = originOf(baseUrl);
    const same = (account: Account) =>
      account.accountSid === accountSid && originOf(account.baseUrl) === origin;
    return this.list().find(same) ?? null;
  }

  /** Null: none stored, or the keyring does not give them (then `onDidFallBack` says so). */
  async keys(id: string): Promise<ApiKeys | null> {
    const fields = await this.#keyring.read(id, KEYS);
    const apiKey = fields?.get('apiKey');
    const apiToken = fields?.get('apiToken');
    if (apiKey === undefined || apiToken === undefined) return null;
    const keys = { apiKey: new Secret(apiKey), apiToken: new Secret(apiToken) };
    this.#known.addKeys(keys);
    return keys;
  }

  /** `persistence` is about the keys; a real account itself is always stored, a sandbox never. */
  async add(
    facts: AccountFacts,
    keys: ApiKeys,
  ): Promise<{ account: Account; persistence: Persistence }> {
    const { label, region, baseUrl, accountSid, readOnly = false, sandbox = false } = facts;
    const id = randomUUID();
    const account: Account = { id, label, region, baseUrl, accountSid, readOnly, sandbox };
    if (sandbox) {
      this.#keyring.keepInSession(id);
      const persistence = await this.#storeKeys(id, keys);
      this.#sandboxes.set(id, { account, memory: sessionMemory() });
      this.#show();
      return { account, persistence };
    }
    this.#arriving.set(id, account);
    try {
      await this.#change((roster) =>
        withEntry(roster, { id, label, region, baseUrl, accountSid, readOnly }),
      );
      const persistence = await this.#storeKeys(id, keys);
      this.#arriving.delete(id);
      this.#show();
      this.#tellOthers();
      return { account: await this.#stillHere(id), persistence };
    } finally {
      this.#arriving.delete(id);
    }
  }

  /** Resolves with the account as it is now. Throws AccountGone. */
  async update(id: string, patch: AccountPatch): Promise<Account> {
    const before = this.#here(id);
    const sandbox = this.#sandboxes.get(id);
    if (sandbox !== undefined) {
      const after = { ...before, ...picked(patch) };
      if (!sameAccount(before, after)) sandbox.account = after;
      this.#show();
      return sandbox.account;
    }
    const changed = await this.#change((roster) => withPatch(roster, id, picked(patch)));
    if (changed) this.#tellOthers();
    return this.#here(id);
  }

  /** Throws AccountGone. The old keys are dropped from the keyring even when it refuses the new ones. */
  async replaceKeys(id: string, keys: ApiKeys): Promise<{ persistence: Persistence }> {
    this.#here(id);
    const persistence = await this.#storeKeys(id, keys);
    this.#changes.fire({ kind: 'keys', account: this.#here(id) });
    return { persistence };
  }

  /**
   * The account, its keys, every SIP password and the trunks remembered for it. `secretsGone` is false
   * when the keyring would not delete; that is tried again at every start.
   */
  async remove(id: string): Promise<{ secretsGone: boolean }> {
    if (this.get(id) === null) return { secretsGone: true };
    const sandbox = this.#sandboxes.delete(id);
    if (sandbox) this.#show();
    else await this.#change((roster) => withoutEntry(roster, id));
    const secretsGone = await this.#forget(id);
    if (!sandbox) this.#tellOthers();
    return { secretsGone };
  }

  /** SIP passwords of the account's trunks. Storing one for a removed account throws AccountGone. */
  vault(id: string): PasswordVault {
    const change = async (trunkSid: string, changes: FieldChanges) => {
      await this.#keyring.patch(id, passwordsOf(trunkSid), changes);
    };
    return {
      get: async (trunkSid, userName) => {
        const fields = await this.#keyring.read(id, passwordsOf(trunkSid));
        const clear = fields?.get(userName);
        return clear === undefined ? null : new Secret(clear);
      },
      put: async (trunkSid, userName, password) => {
        this.#here(id);
        await change(trunkSid, new Map([[userName, password.reveal()]]));
      },
      delete: async (trunkSid, userName) => {
        if (this.get(id) !== null) await change(trunkSid, new Map([[userName, null]]));
      },
      deleteTrunk: async (trunkSid) => {
        if (this.get(id) !== null) await this.#keyring.remove(id, passwordsOf(trunkSid));
      },
    };
  }

  /** Trunks remembered for the account; gone with it. */
  memory(id: string): TrunkMemory {
    return this.#sandboxes.get(id)?.memory ?? this.#memories.of(id, () => this.get(id) !== null);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changes.dispose();
    this.#fallBacks.dispose();
  }

  #here(id: string): Account {
    const account = this.get(id);
    if (account === null) throw new AccountGone();
    return account;
  }

  #storeKeys(id: string, keys: ApiKeys): Promise<Persistence> {
    this.#known.addKeys(keys);
    const fields = new Map([
      ['apiKey', keys.apiKey.reveal()],
      ['apiToken', keys.apiToken.reveal()],
    ]);
    return this.#keyring.replace(id, KEYS, fields);
  }

  /** Another window may have removed the account before its keys were stored: then leave nothing. */
  async #stillHere(id: string): Promise<Account> {
    if (this.get(id) === null) await this.#forget(id);
    return this.#here(id);
  }

  /** Runs behind whatever is being stored for the account. False: secrets are left, see `#sweep`. */
  async #forget(id: string): Promise<boolean> {
    try {
      await this.#memories.forgetAll(id);
      return await this.#keyring.removeAll(id, [KEYS]);
    } catch {
      return false;
    }
  }

  /** Reads, changes and writes the roster; false when there was nothing to write. */
  #change(edit: (roster: Roster) => Roster): Promise<boolean> {
    return this.#turns.take(ROSTER_KEY, async () => {
      const stored = decodeRoster(this.#state.get(ROSTER_KEY));
      const next = edit(mergeRosters(this.#roster, stored));
      const different = !sameRoster(next, stored);
      if (different) await this.#state.update(ROSTER_KEY, encodeRoster(next));
      this.#roster = next;
      this.#show();
      return different;
    });
  }

  #visible(): ReadonlyMap<string, Account> {
    const stored = this.#roster.entries
      .filter((entry) => !this.#arriving.has(entry.id))
      .map(toAccount);
    const sandboxes = [...this.#sandboxes.values()].map(({ account }) => account);
    return new Map([...stored, ...sandboxes].map((account) => [account.id, account]));
  }

  /** Brings what is shown in line with what is known, and says what differs. */
  #show(): void {
    const before = this.#shown;
    const after = this.#visible();
    this.#shown = after;
    for (const [id, account] of before) {
      if (after.has(id)) continue;
      void this.#forget(id);
      this.#changes.fire({ kind: 'removed', account });
    }
    for (const [id, account] of after) {
      const previous = before.get(id);
      if (previous === undefined) this.#changes.fire({ kind: 'added', account });
      else if (!sameAccount(previous, account)) {
        this.#changes.fire({ kind: 'changed', account, previous });
      }
    }
  }

  /** A sign for other windows. Not waited for: a keyring that asks for a password may take minutes. */
  #tellOthers(): void {
    this.#secrets.store(PING_KEY, randomUUID()).then(undefined, () => undefined);
  }

  #followSoon(): void {
    void this.#follow();
    for (const delay of this.#lookAgainAfterMs) this.#later(delay, () => void this.#follow());
  }

  /** Takes in what other windows wrote, and mends what they overwrote. */
  async #follow(): Promise<void> {
    try {
      const rewritten = await this.#change((roster) => roster);
      if (rewritten) this.#tellOthers();
      await this.#keyring.noteAgain();
      for (const id of this.#roster.removed) await this.#memories.forgetAll(id);
    } catch {
      // globalState would not be written: the next change tries again.
    }
  }

  #followKeys(id: string, present: boolean): void {
    const say = () => {
      const account = this.get(id);
      if (account !== null) this.#changes.fire({ kind: 'keys', account });
    };
    // Keys that vanish mostly mean that the account is being removed: wait for that news first.
    if (present) say();
    else this.#later(Math.max(0, ...this.#lookAgainAfterMs), () => void this.#follow().then(say));
  }

  #later(delayMs: number, job: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      job();
    }, delayMs);
    this.#timers.add(timer);
  }

  /** What is left of removed accounts because the keyring would not delete it at the time. */
  async #sweep(): Promise<void> {
    const owners = new Set(this.#keyring.owners());
    const left = this.#roster.removed.filter((id) => owners.has(id) || this.#memories.has(id));
    await Promise.all(left.map((id) => this.#forget(id)));
  }
}

/** The fields that may change, whatever else the caller's object carries. */
function picked({ label, readOnly, region, baseUrl, accountSid }: AccountPatch): AccountPatch {
  return {
    ...(label !== undefined && { label }),
    ...(readOnly !== undefined && { readOnly }),
    ...(region !== undefined && { region }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(accountSid !== undefined && { accountSid }),
  };
}

function sameAccount(one: Account, other: Account): boolean {
  return (
    one.label === other.label &&
    one.region === other.region &&
    one.baseUrl === other.baseUrl &&
    one.accountSid === other.accountSid &&
    one.readOnly === other.readOnly
  );
}

function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}
