/**
 * app/: the application, without `vscode`.
 *
 * What a person said about a trunk: which rows were looked at by hand. Kept by VS Code on this computer.
 */
import type { KeyValueStore } from '../accounts/stores';
import * as v from 'valibot';

const KEY = 'checks.trunks';
/** Trunks come and go; the ones changed longest ago are forgotten first. */
const MOST = 200;

const entrySchema = v.object({ trunk: v.string(), ticked: v.array(v.string()) });

type Entry = v.InferOutput<typeof entrySchema>;

export class CheckMemory {
  readonly #memento: KeyValueStore;

  constructor(memento: KeyValueStore) {
    this.#memento = memento;
  }

  ticked(accountId: string, trunkSid: string): ReadonlySet<string> {
    return new Set(this.#of(accountId, trunkSid).ticked);
  }

  tick(accountId: string, trunkSid: string, checkId: string, on: boolean): void {
    const entry = this.#of(accountId, trunkSid);
    const others = entry.ticked.filter((id) => id !== checkId);
    this.#put({ ...entry, ticked: on ? [...others, checkId] : others });
  }

  forgetAccount(accountId: string): void {
    const start = keyOf(accountId, '');
    this.#keep(this.#entries().filter(({ trunk }) => !trunk.startsWith(start)));
  }

  #of(accountId: string, trunkSid: string): Entry {
    const trunk = keyOf(accountId, trunkSid);
    const known = this.#entries().find((entry) => entry.trunk === trunk);
    return known ?? { trunk, ticked: [] };
  }

  #put(entry: Entry): void {
    this.#keep([entry, ...this.#entries().filter(({ trunk }) => trunk !== entry.trunk)]);
  }

  /** The latest first. What an older version or a broken file left is dropped. */
  #entries(): readonly Entry[] {
    const stored = this.#memento.get(KEY);
    return Array.isArray(stored)
      ? stored.filter((one): one is Entry => v.is(entrySchema, one))
      : [];
  }

  /** What VS Code fails to keep is asked again: nobody has to wait for it. */
  #keep(entries: readonly Entry[]): void {
    this.#memento.update(KEY, entries.slice(0, MOST)).then(undefined, () => undefined);
  }
}

function keyOf(accountId: string, trunkSid: string): string {
  return `${accountId}/${trunkSid}`;
}
