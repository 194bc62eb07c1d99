/**
 * A computer with a keyring and several VS Code windows, behaving as VS Code does where it hurts:
 * globalState is written as a whole and reaches other windows later, secrets announce every change to
 * every window, and a keyring can fail in each way keyrings fail.
 */
import { type Disposable, Emitter } from '../../../src/trunks/event';
import type { KeyValueStore, SecretStore } from '../../../src/app/accounts/stores';

export interface Window {
  readonly state: KeyValueStore;
  readonly secrets: SecretStore;
}

/** What the keyring does instead of its job; each may throw. `undefined`: its job. */
export interface Faults {
  store?: (key: string, value: string) => 'drop' | { readonly keep: string } | undefined;
  get?: (key: string) => void;
  delete?: (key: string) => void;
}

export class FakeComputer {
  /** What the keyring holds; test it for what should not be there. */
  readonly keyring = new Map<string, string>();
  /** globalState as on disk. */
  disk: Readonly<Record<string, unknown>> = {};
  faults: Faults = {};
  /** How long another window's globalState lags behind, in ms. */
  lagMs = 0;
  /** Keys the keyring was asked to store, in order. */
  readonly stored: string[] = [];

  readonly #secretChanges = new Emitter<{ readonly key: string }>();
  readonly #windows = new Set<(state: Readonly<Record<string, unknown>>) => void>();

  window(): Window {
    let mine = this.disk;
    const take = (state: Readonly<Record<string, unknown>>) => (mine = state);
    this.#windows.add(take);
    const state: KeyValueStore = {
      get: (key) => mine[key],
      update: async (key, value) => {
        // As JSON: `undefined` takes the key away, and nobody shares an object with us.
        mine = JSON.parse(JSON.stringify({ ...mine, [key]: value })) as typeof mine;
        await pause();
        this.disk = mine;
        for (const other of this.#windows) {
          if (other !== take) setTimeout(other, this.lagMs, mine);
        }
      },
    };
    return { state, secrets: this.#secretStore() };
  }

  #secretStore(): SecretStore {
    const announce = (key: string) => setImmediate(() => this.#secretChanges.fire({ key }));
    return {
      get: async (key) => {
        await pause();
        this.faults.get?.(key);
        return this.keyring.get(key);
      },
      store: async (key, value) => {
        await pause();
        this.stored.push(key);
        const fault = this.faults.store?.(key, value);
        if (fault === 'drop') return;
        this.keyring.set(key, fault?.keep ?? value);
        announce(key);
      },
      delete: async (key) => {
        await pause();
        this.faults.delete?.(key);
        if (this.keyring.delete(key)) announce(key);
      },
      onDidChange: (listener): Disposable => this.#secretChanges.event(listener),
    };
  }
}

/** Keyrings answer over a bus: every call takes a turn of the event loop. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits until `condition` holds; fails after a second. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 30_000; !condition();) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
