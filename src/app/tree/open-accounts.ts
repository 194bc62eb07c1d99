/**
 * app/: the application, without `vscode`.
 *
 * The models the tree shows: opened when first looked at, and for accounts that cannot be opened why, so
 * that this is asked once and not with every redraw.
 */
import * as l10n from '@vscode/l10n';
import { ExotelError, type Problem } from '../../exotel/errors';
import type { AccountTrunks } from '../../trunks/account-trunks';
import type { TrunkModels } from '../accounts/models';
import type { Log } from '../log';

export class OpenAccounts {
  readonly #models: Pick<TrunkModels, 'open' | 'peek'>;
  readonly #log: Pick<Log, 'error'>;
  /** E.g. because the keyring has no key. */
  readonly #closed = new Map<string, Problem>();

  constructor(models: Pick<TrunkModels, 'open' | 'peek'>, log: Pick<Log, 'error'>) {
    this.#models = models;
    this.#log = log;
  }

  /** Why the account could not be opened; null when it was not tried or is open. */
  problem(accountId: string): Problem | null {
    return this.#closed.get(accountId) ?? null;
  }

  peek(accountId: string): AccountTrunks | null {
    return this.#models.peek(accountId);
  }

  /** Null: it could not be opened, and `problem` says why. */
  async open(accountId: string): Promise<AccountTrunks | null> {
    try {
      const model = await this.#models.open(accountId);
      this.#closed.delete(accountId);
      return model;
    } catch (error) {
      if (!(error instanceof ExotelError)) this.#log.error('open account', error);
      this.#closed.set(accountId, error instanceof ExotelError ? error.problem : unexpected());
      return null;
    }
  }

  /** The next look tries again: all accounts, or one. */
  forget(accountId?: string): void {
    if (accountId === undefined) this.#closed.clear();
    else this.#closed.delete(accountId);
  }
}

function unexpected(): Problem {
  return {
    kind: 'badResponse',
    operation: 'open account',
    requestId: null,
    httpStatus: null,
    code: null,
    description: null,
    what: l10n.t('This account could not be opened because of a defect in this extension.'),
    doNext: l10n.t('See the log, or remove the account and add it again.'),
  };
}
