/**
 * app/: the application, without `vscode`.
 *
 * Secrets that are really there. A keyring can be locked, missing or forgetful without saying so, so
 * every write is read back; what the keyring does not keep stays in this window's memory and is said
 * aloud. An entry is a small map of texts under an owner (an account's id) and a name. The names in use
 * are noted in globalState before the secret is stored, so that removing an owner misses none.
 */
import * as v from 'valibot';
import type { KnownSecrets } from '../log';
import { Secret } from '../../exotel/secret';
import { type Disposable, Emitter } from '../../trunks/event';
import type { KeyValueStore, Persistence, SecretStore } from './stores';
import { Turns } from './turns';

const PREFIX = 'exotelSip.secret.';
const INDEX_KEY = 'exotelSip.secretNames';

/**
 * Why the keyring is not relied on. `refused`: it would not take the secret. `unreadable`: it would not
 * give it back. `lost`: it said yes and has nothing. `altered`: it gives back something else.
 */
export type KeyringReason = 'refused' | 'unreadable' | 'lost' | 'altered';

export interface KeyringTrouble {
  readonly owner: string;
  readonly name: string;
  /** `store`: the secret is kept for this session only. `read`: what is stored cannot be had right now. */
  readonly during: 'store' | 'read';
  readonly reason: KeyringReason;
  /** The keyring's own words, without secrets. */
  readonly detail: string | null;
}

export type Fields = ReadonlyMap<string, string>;
/** Null takes the field away. */
export type FieldChanges = ReadonlyMap<string, string | null>;

const indexSchema = v.record(v.string(), v.array(v.string()));

export class Keyring implements Disposable {
  readonly #troubles = new Emitter<KeyringTrouble>();
  readonly #changes = new Emitter<{ owner: string; name: string; present: boolean }>();
  readonly #turns = new Turns();
  /** What the keyring did not take, laid over what it holds; by storage key. */
  readonly #session = new Map<string, Map<string, string | null>>();
  readonly #sessionOnly = new Set<string>();
  /** The entry as this window last saw it: tells another window's change from the echo of our own. */
  readonly #seen = new Map<string, Secret | null>();
  readonly #names = new Map<string, Set<string>>();
  readonly #unreadable = new Set<string>();
  readonly #subscription: Disposable;

  readonly onDidFallBack = this.#troubles.event;
  /** Another window stored or deleted an entry. */
  readonly onDidChangeElsewhere = this.#changes.event;

  constructor(
    private readonly state: KeyValueStore,
    private readonly secrets: SecretStore,
    private readonly known: KnownSecrets,
  ) {
    this.#subscription = secrets.onDidChange(({ key }) => {
      const entry = parseKey(key);
      if (entry !== null) void this.#turns.take(entry.owner, () => this.#compare(key, entry));
    });
  }

  /** From now on nothing of the owner reaches the keyring, neither to read nor to write. */
  keepInSession(owner: string): void {
    this.#sessionOnly.add(owner);
  }

  /** Null when there is no such entry, and when the keyring does not give it (that is reported once). */
  read(owner: string, name: string): Promise<Fields | null> {
    return this.#turns.take(owner, async () => {
      const key = storageKey(owner, name);
      let stored: Fields | null = null;
      try {
        stored = await this.#load(owner, key);
        this.#unreadable.delete(key);
      } catch (error) {
        if (!this.#session.has(key) && !this.#unreadable.has(key)) {
          this.#unreadable.add(key);
          const detail = this.#wordsOf(error, []);
          this.#troubles.fire({ owner, name, during: 'read', reason: 'unreadable', detail });
        }
      }
      const fields = overlay(stored, this.#session.get(key));
      return fields.size === 0 ? null : fields;
    });
  }

  /** Puts `fields` in the place of the entry. What the keyring had is dropped even if it refuses these. */
  replace(owner: string, name: string, fields: Fields): Promise<Persistence> {
    return this.#turns.take(owner, async () => {
      const key = storageKey(owner, name);
      const persistence = await this.#save(owner, name, fields, fields);
      if (persistence === 'session' && !this.#sessionOnly.has(owner)) await this.#erase(key);
      return persistence;
    });
  }

  /** Changes some fields of the entry. Fields that are there already are never lost, whatever fails. */
  patch(owner: string, name: string, changes: FieldChanges): Promise<Persistence> {
    return this.#turns.take(owner, async () => {
      const key = storageKey(owner, name);
      let stored: Fields | null;
      try {
        stored = await this.#load(owner, key);
      } catch (error) {
        return this.#fallBack(owner, name, changes, 'unreadable', error);
      }
      const next = overlay(overlay(stored, this.#session.get(key)), changes);
      return this.#save(owner, name, next, changes);
    });
  }

  /** True when the entry is gone for good, false when the keyring would not let go of it. */
  remove(owner: string, name: string): Promise<boolean> {
    return this.#turns.take(owner, () => this.#remove(owner, name));
  }

  /**
   * Every entry of the owner: those noted and, were the notes lost, the `usual` ones. Names that would
   * not go stay noted, for another try.
   */
  removeAll(owner: string, usual: readonly string[]): Promise<boolean> {
    return this.#turns.take(owner, async () => {
      for (const key of [...this.#session.keys()]) {
        if (parseKey(key)?.owner === owner) this.#session.delete(key);
      }
      let gone = true;
      for (const name of new Set([...this.#namesOf(owner), ...usual])) {
        gone = (await this.#remove(owner, name)) && gone;
      }
      return gone;
    });
  }

  /** Everybody who has an entry in the keyring, as far as noted. */
  owners(): readonly string[] {
    return [...new Set([...this.#readIndex().keys(), ...this.#names.keys()])];
  }

  /** Another window may have overwritten our notes with older ones. */
  noteAgain(): Promise<void> {
    return this.#writeIndex(() => undefined);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#troubles.dispose();
    this.#changes.dispose();
    this.#session.clear();
    this.#seen.clear();
  }

  async #load(owner: string, key: string): Promise<Fields | null> {
    if (this.#sessionOnly.has(owner)) return null;
    const text = await this.secrets.get(key);
    this.#seen.set(key, text === undefined ? null : new Secret(text));
    const fields = decodeFields(text);
    this.#introduce(fields);
    return fields;
  }

  /** Before anything can be said about them. */
  #introduce(fields: Fields | null): void {
    for (const value of fields?.values() ?? []) this.known.add(new Secret(value));
  }

  async #save(
    owner: string,
    name: string,
    next: Fields,
    changes: FieldChanges,
  ): Promise<Persistence> {
    const key = storageKey(owner, name);
    this.#introduce(next);
    if (this.#sessionOnly.has(owner)) {
      this.#session.set(key, new Map(next));
      return 'session';
    }
    // Should it fail: whatever the keyring holds then, this window goes on with all of it.
    const kept: FieldChanges = new Map([...next, ...changes]);
    const text = next.size === 0 ? undefined : JSON.stringify(Object.fromEntries(next));
    try {
      if (text !== undefined) await this.#note(owner, (names) => names.add(name));
      this.#seen.set(key, text === undefined ? null : new Secret(text));
      await (text === undefined ? this.secrets.delete(key) : this.secrets.store(key, text));
    } catch (error) {
      return this.#fallBack(owner, name, kept, 'refused', error);
    }
    try {
      const back = await this.secrets.get(key);
      if (back !== text) {
        return this.#fallBack(owner, name, kept, back === undefined ? 'lost' : 'altered', null);
      }
    } catch (error) {
      return this.#fallBack(owner, name, kept, 'unreadable', error);
    }
    this.#session.delete(key);
    this.#unreadable.delete(key);
    if (text === undefined) await this.#note(owner, (names) => names.delete(name));
    return 'stored';
  }

  #fallBack(
    owner: string,
    name: string,
    changes: FieldChanges,
    reason: KeyringReason,
    error: unknown,
  ): Persistence {
    const key = storageKey(owner, name);
    this.#session.set(key, new Map([...(this.#session.get(key) ?? []), ...changes]));
    const detail = this.#wordsOf(error, [...changes.values()]);
    this.#troubles.fire({ owner, name, during: 'store', reason, detail });
    return 'session';
  }

  async #remove(owner: string, name: string): Promise<boolean> {
    const key = storageKey(owner, name);
    this.#session.delete(key);
    if (this.#sessionOnly.has(owner)) return true;
    const gone = await this.#erase(key);
    if (gone) await this.#note(owner, (names) => names.delete(name));
    return gone;
  }

  /** Deletes and looks again: true when nothing is left. */
  async #erase(key: string): Promise<boolean> {
    try {
      this.#seen.set(key, null);
      await this.secrets.delete(key);
      return (await this.secrets.get(key)) === undefined;
    } catch {
      return false;
    }
  }

  async #compare(key: string, entry: { owner: string; name: string }): Promise<void> {
    try {
      const text = await this.secrets.get(key);
      const before = this.#seen.get(key);
      const now = text === undefined ? null : new Secret(text);
      this.#seen.set(key, now);
      if (before === now || (before && now && before.equals(now))) return;
      this.#changes.fire({ ...entry, present: now !== null });
    } catch {
      // A keyring that cannot be read now says so when somebody needs the secret.
    }
  }

  #wordsOf(error: unknown, parts: readonly (string | null)[]): string | null {
    if (!(error instanceof Error) || error.message === '') return null;
    // Values too short to be masked by the log are no reason to show them.
    const leaks = parts.some(
      (part) => part !== null && part !== '' && error.message.includes(part),
    );
    return leaks ? null : this.known.redact(error.message);
  }

  #readIndex(): Map<string, string[]> {
    const index = v.safeParse(indexSchema, this.state.get(INDEX_KEY));
    return new Map(index.success ? Object.entries(index.output) : []);
  }

  /** What globalState notes and what this window remembers: another window may have overwritten us. */
  #namesOf(owner: string): Set<string> {
    return new Set([...(this.#readIndex().get(owner) ?? []), ...(this.#names.get(owner) ?? [])]);
  }

  async #note(owner: string, change: (names: Set<string>) => void): Promise<void> {
    const names = this.#namesOf(owner);
    change(names);
    if (names.size === 0) this.#names.delete(owner);
    else this.#names.set(owner, names);
    await this.#writeIndex((index) => {
      if (names.size === 0) index.delete(owner);
      else index.set(owner, [...names]);
    });
  }

  async #writeIndex(change: (index: Map<string, string[]>) => void): Promise<void> {
    const index = this.#readIndex();
    const before = JSON.stringify([...index]);
    for (const [owner, mine] of this.#names) {
      index.set(owner, [...new Set([...(index.get(owner) ?? []), ...mine])]);
    }
    change(index);
    if (JSON.stringify([...index]) === before) return;
    await this.state.update(INDEX_KEY, Object.fromEntries(index));
  }
}

function storageKey(owner: string, name: string): string {
  return `${PREFIX}${owner}.${name}`;
}

function parseKey(key: string): { owner: string; name: string } | null {
  if (!key.startsWith(PREFIX)) return null;
  const [, owner, name] = /^([^.]+)\.(.+)$/.exec(key.slice(PREFIX.length)) ?? [];
  return owner === undefined || name === undefined ? null : { owner, name };
}

function decodeFields(text: string | undefined): Fields | null {
  if (text === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const fields = Object.entries(parsed).filter((field): field is [string, string] => {
      return typeof field[1] === 'string';
    });
    return new Map(fields);
  } catch {
    return null;
  }
}

function overlay(fields: Fields | null, changes: FieldChanges | undefined): Fields {
  const result = new Map(fields);
  for (const [field, value] of changes ?? []) {
    if (value === null) result.delete(field);
    else result.set(field, value);
  }
  return result;
}
