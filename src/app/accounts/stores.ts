/**
 * app/: the application, without `vscode`.
 *
 * The two places VS Code gives an extension to keep things in, as small ports: `context.globalState`
 * and `context.secrets` fit them as they are, and a Map fits them in a test.
 */
import type { Disposable } from '../../trunks/event';

/** `vscode.Memento`. Clear text on disk: no secret ever goes in. Values are JSON. */
export interface KeyValueStore {
  get(key: string): unknown;
  /** `undefined` removes the key. */
  update(key: string, value: unknown): PromiseLike<void>;
}

/** `vscode.SecretStorage`, without `keys()`, which is newer than the VS Code we run on. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  /** Fires in every window, the one that made the change included. */
  readonly onDidChange: (listener: (change: { readonly key: string }) => void) => Disposable;
}

/** `stored`: outlives the window. `session`: in this window's memory only. */
export type Persistence = 'stored' | 'session';
