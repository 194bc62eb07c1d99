/**
 * app/: the application, without `vscode`.
 *
 * Which PBX a trunk's configuration was last made for: the likely one the next time, in the panel and in
 * the palette's questions. Kept by VS Code on this computer.
 */
import type { KeyValueStore } from '../accounts/stores';

const KEY = 'pbx.lastTargets';
/** Trunks come and go; the ones used longest ago are forgotten first. */
const MOST = 200;

type Entry = readonly [trunk: string, targetId: string];

export class LastTargets {
  readonly #memento: KeyValueStore;

  constructor(memento: KeyValueStore) {
    this.#memento = memento;
  }

  /** The trunk's own; for a trunk that had none yet, the one any trunk had last. Null before the first. */
  get(accountId: string, trunkSid: string): string | null {
    const entries = this.#entries();
    const own = entries.find(([trunk]) => trunk === keyOf(accountId, trunkSid));
    return (own ?? entries[0])?.[1] ?? null;
  }

  /** What VS Code fails to keep is only a convenience lost: nobody has to wait for it. */
  set(accountId: string, trunkSid: string, targetId: string): void {
    const key = keyOf(accountId, trunkSid);
    const others = this.#entries().filter(([trunk]) => trunk !== key);
    this.#keep([[key, targetId], ...others]);
  }

  forgetAccount(accountId: string): void {
    const start = keyOf(accountId, '');
    this.#keep(this.#entries().filter(([trunk]) => !trunk.startsWith(start)));
  }

  /** The latest first. What an older version or a broken file left is dropped. */
  #entries(): readonly Entry[] {
    const stored = this.#memento.get(KEY);
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  }

  #keep(entries: readonly Entry[]): void {
    this.#memento.update(KEY, entries.slice(0, MOST)).then(undefined, () => undefined);
  }
}

function keyOf(accountId: string, trunkSid: string): string {
  return `${accountId}/${trunkSid}`;
}

function isEntry(value: unknown): value is Entry {
  return (
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
  );
}
