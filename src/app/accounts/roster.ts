/**
 * app/: the application, without `vscode`.
 *
 * The list of accounts as globalState keeps it. VS Code writes an extension's whole globalState at once,
 * so two windows that write at the same moment overwrite each other. Every entry therefore carries a
 * revision and every removal leaves its id behind: two rosters merge into the one both windows meant.
 */
import * as v from 'valibot';
import { REGION_HOSTS } from '../../exotel/regions';
import { checkAccountSid } from '../../exotel/rules/names';
import type { Account } from './account';

const CURRENT_VERSION = 1;

export interface Entry extends Omit<Account, 'sandbox'> {
  /** Order of adding: milliseconds since 1970, unique within a roster. */
  readonly added: number;
  /** Counts the changes; the higher one is the newer one. */
  readonly revision: number;
}

export interface Roster {
  readonly version: number;
  /** In the order of adding. */
  readonly entries: readonly Entry[];
  /** Ids of removed accounts, oldest first. Never shortened: 40 bytes each, and ids are not used again. */
  readonly removed: readonly string[];
  /** Entries this version cannot read. Kept as they are: another version may. */
  readonly unreadable: readonly unknown[];
}

export const EMPTY_ROSTER: Roster = {
  version: CURRENT_VERSION,
  entries: [],
  removed: [],
  unreadable: [],
};

/** What turns a document of version n into one of version n + 1, by n. */
export type Migrations = Readonly<Record<number, (document: unknown) => unknown>>;

const MIGRATIONS: Migrations = {};

/** An origin that a key may be sent to: https, or http on this very computer. */
function isApiOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && loopback));
}

const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

// Loose: fields a newer version added to an entry survive a change made by this one.
const entryFields = v.looseObject({
  id: idSchema,
  label: v.string(),
  region: v.picklist(['in', 'sg', 'custom']),
  baseUrl: v.pipe(v.string(), v.check(isApiOrigin)),
  accountSid: v.pipe(
    v.string(),
    v.check((sid) => checkAccountSid(sid).ok),
  ),
  readOnly: v.boolean(),
  added: v.pipe(v.number(), v.finite()),
  revision: v.pipe(v.number(), v.safeInteger()),
});

/** The region shown to the person must be the host the key goes to. */
const entrySchema = v.pipe(
  entryFields,
  v.check(({ region, baseUrl }) => region === 'custom' || baseUrl === REGION_HOSTS[region]),
);

const documentSchema = v.object({
  version: v.pipe(v.number(), v.safeInteger()),
  accounts: v.fallback(v.array(v.unknown()), []),
  removed: v.fallback(v.array(v.unknown()), []),
});

function migrate(document: unknown, migrations: Migrations): unknown {
  let current = document;
  for (;;) {
    const version = v.safeParse(v.object({ version: v.number() }), current);
    if (!version.success || version.output.version >= CURRENT_VERSION) return current;
    const step = migrations[version.output.version];
    if (step === undefined) return current;
    current = step(current);
  }
}

/** Reads what globalState holds. Never throws: an entry that is not one loses only itself. */
export function decodeRoster(stored: unknown, migrations: Migrations = MIGRATIONS): Roster {
  const document = v.safeParse(documentSchema, migrate(stored, migrations));
  if (!document.success) return EMPTY_ROSTER;
  const { version, accounts, removed } = document.output;
  const gone = removed.filter((id) => v.is(idSchema, id));
  const newest = new Map<string, Entry>();
  const unreadable: unknown[] = [];
  for (const raw of accounts) {
    const entry = v.safeParse(entrySchema, raw);
    if (entry.success) takeNewer(newest, entry.output);
    else unreadable.push(raw);
  }
  return {
    version: Math.max(version, CURRENT_VERSION),
    entries: inOrder(newest, gone),
    removed: gone,
    unreadable,
  };
}

export function encodeRoster(roster: Roster): unknown {
  return {
    version: roster.version,
    accounts: [...roster.entries, ...roster.unreadable],
    removed: roster.removed,
  };
}

/** Both rosters' news. Of two entries with the same revision the one of `stored` is taken. */
export function mergeRosters(mine: Roster, stored: Roster): Roster {
  const newest = new Map<string, Entry>();
  for (const entry of [...mine.entries, ...stored.entries]) takeNewer(newest, entry);
  const removed = [...new Set([...mine.removed, ...stored.removed])];
  return {
    version: Math.max(mine.version, stored.version),
    entries: inOrder(newest, removed),
    removed,
    unreadable: stored.unreadable,
  };
}

export function sameRoster(one: Roster, other: Roster): boolean {
  const text = (roster: Roster) =>
    JSON.stringify(encodeRoster({ ...roster, removed: roster.removed.toSorted() }));
  return text(one) === text(other);
}

export function withEntry(roster: Roster, fields: Omit<Entry, 'added' | 'revision'>): Roster {
  const last = roster.entries.at(-1)?.added ?? 0;
  const entry = checked({ ...fields, added: Math.max(Date.now(), last + 1), revision: 1 });
  return { ...roster, entries: [...roster.entries, entry] };
}

/** The same roster when `patch` changes nothing or nobody has the id. */
export function withPatch(
  roster: Roster,
  id: string,
  patch: Partial<Omit<Entry, 'id' | 'added' | 'revision'>>,
): Roster {
  const old = roster.entries.find((entry) => entry.id === id);
  if (old === undefined) return roster;
  const patched = { ...old, ...patch };
  if (JSON.stringify(patched) === JSON.stringify(old)) return roster;
  const next = checked({ ...patched, revision: old.revision + 1 });
  return { ...roster, entries: roster.entries.map((entry) => (entry.id === id ? next : entry)) };
}

export function withoutEntry(roster: Roster, id: string): Roster {
  return {
    ...roster,
    entries: roster.entries.filter((entry) => entry.id !== id),
    removed: [...roster.removed.filter((gone) => gone !== id), id],
  };
}

export function toAccount(entry: Entry): Account {
  const { id, label, region, baseUrl, accountSid, readOnly } = entry;
  return { id, label, region, baseUrl, accountSid, readOnly, sandbox: false };
}

/** What could not be read again is not written either. */
function checked(entry: Entry): Entry {
  const [issue] = v.safeParse(entrySchema, entry).issues ?? [];
  if (issue !== undefined)
    throw new RangeError(`Not an account: ${v.getDotPath(issue) ?? 'shape'}.`);
  return entry;
}

function takeNewer(newest: Map<string, Entry>, entry: Entry): void {
  const known = newest.get(entry.id);
  if (known === undefined || entry.revision >= known.revision) newest.set(entry.id, entry);
}

function inOrder(entries: ReadonlyMap<string, Entry>, removed: readonly string[]): Entry[] {
  const gone = new Set(removed);
  return [...entries.values()]
    .filter((entry) => !gone.has(entry.id))
    .sort((a, b) => a.added - b.added || (a.id < b.id ? -1 : 1));
}
