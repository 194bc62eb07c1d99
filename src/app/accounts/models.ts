/**
 * app/: the application, without `vscode`.
 *
 * The trunk models of the accounts, one each, made when first asked for. When an account's keys or
 * address change its model is made anew.
 */
import * as l10n from '@vscode/l10n';
import type { ExotelApi } from '../../exotel/api';
import { ExotelError } from '../../exotel/errors';
import { AccountTrunks } from '../../trunks/account-trunks';
import { type Disposable, Emitter, type Event } from '../../trunks/event';
import type { Change } from '../../trunks/snapshot';
import type { Account, ApiKeys } from './account';
import type { AccountRegistry } from './registry';

export interface AccountChange {
  readonly accountId: string;
  readonly change: Change;
}

interface Opened {
  readonly trunks: AccountTrunks;
  readonly subscription: Disposable;
}

export class TrunkModels {
  readonly #registry: AccountRegistry;
  readonly #log: (message: string) => void;
  readonly #createApi: (account: Account, keys: ApiKeys) => Promise<ExotelApi>;
  readonly #opened = new Map<string, Opened>();
  readonly #opening = new Map<string, Promise<AccountTrunks>>();
  readonly #changes = new Emitter<AccountChange>();
  readonly #subscription: Disposable;
  #disposed = false;

  readonly onDidChange: Event<AccountChange> = this.#changes.event;

  constructor(parts: {
    readonly registry: AccountRegistry;
    readonly createApi: (account: Account, keys: ApiKeys) => Promise<ExotelApi>;
    readonly log: (message: string) => void;
  }) {
    this.#log = parts.log;
    this.#registry = parts.registry;
    this.#createApi = parts.createApi;
    this.#subscription = this.#registry.onDidChange((event) => {
      if (event.kind === 'added') return;
      if (event.kind === 'changed' && sameAddress(event.account, event.previous)) return;
      this.#close(event.account.id);
    });
  }

  /** The model, if it was opened before. */
  peek(accountId: string): AccountTrunks | null {
    return this.#opened.get(accountId)?.trunks ?? null;
  }

  /** Throws ExotelError (kind auth) when this computer has no API key for the account. */
  open(accountId: string): Promise<AccountTrunks> {
    const opened = this.#opened.get(accountId);
    if (opened !== undefined) return Promise.resolve(opened.trunks);
    const running = this.#opening.get(accountId);
    if (running !== undefined) return running;
    const opening: Promise<AccountTrunks> = this.#prepare(accountId).then((trunks) => {
      // The address or the keys changed, or the window closes, while the keyring answered.
      if (this.#opening.get(accountId) !== opening) {
        trunks.dispose();
        return this.#disposed ? Promise.reject(noKeys(null)) : this.open(accountId);
      }
      const subscription = trunks.onDidChange((change) =>
        this.#changes.fire({ accountId, change }),
      );
      this.#opened.set(accountId, { trunks, subscription });
      return trunks;
    });
    this.#opening.set(accountId, opening);
    const forget = () => {
      if (this.#opening.get(accountId) === opening) this.#opening.delete(accountId);
    };
    opening.then(forget, forget);
    return opening;
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription.dispose();
    this.#opening.clear();
    for (const accountId of [...this.#opened.keys()]) this.#close(accountId);
    this.#changes.dispose();
  }

  async #prepare(accountId: string): Promise<AccountTrunks> {
    const account = this.#registry.get(accountId);
    const keys = account === null ? null : await this.#registry.keys(accountId);
    // Asked again: the account may have changed or gone while the keyring answered.
    const current = this.#registry.get(accountId);
    if (current === null || keys === null) throw noKeys(current);
    return new AccountTrunks(current.accountSid, {
      api: await this.#createApi(current, keys),
      vault: this.#registry.vault(accountId),
      memory: this.#registry.memory(accountId),
      log: this.#log,
    });
  }

  #close(accountId: string): void {
    const opened = this.#opened.get(accountId);
    opened?.subscription.dispose();
    opened?.trunks.dispose();
    this.#opened.delete(accountId);
    this.#opening.delete(accountId);
  }
}

function sameAddress(a: Account, b: Account): boolean {
  return a.baseUrl === b.baseUrl && a.accountSid === b.accountSid;
}

function noKeys(account: Account | null): ExotelError {
  return new ExotelError({
    kind: 'auth',
    operation: 'open account',
    requestId: null,
    httpStatus: null,
    code: null,
    description: null,
    what:
      account === null
        ? l10n.t('This account was removed.')
        : l10n.t('This computer has no API key for {0}, or its keyring is locked.', account.label),
    doNext:
      account === null
        ? l10n.t('Add it again to use it.')
        : l10n.t('Unlock the keyring and refresh, or replace the API key and token.'),
  });
}
