/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * SIP credentials: what Exotel has and the password that only the vault can tell again.
 */
import * as l10n from '@vscode/l10n';
import type { ExotelApi } from '../exotel/api';
import type { Credential, OwnCredential } from '../exotel/model';
import type { Secret } from '../exotel/secret';
import type { BulkOptions, BulkOutcome } from './bulk';
import type { Changes } from './changes';
import type { PasswordVault } from './ports';
import { mayHaveArrived, problemOf } from './problems';

interface NewCredential {
  readonly userName: string;
  readonly password: Secret;
  readonly friendlyName?: string;
}

export class Credentials {
  readonly #api: ExotelApi;
  readonly #vault: PasswordVault;
  readonly #changes: Changes;

  constructor(api: ExotelApi, vault: PasswordVault, changes: Changes) {
    this.#api = api;
    this.#vault = vault;
    this.#changes = changes;
  }

  async password(trunkSid: string, credential: Credential): Promise<Secret | null> {
    if (credential.kind === 'issued') return credential.password;
    return this.#vault.get(trunkSid, credential.userName);
  }

  async create(
    trunkSid: string,
    input: NewCredential,
    signal?: AbortSignal,
  ): Promise<OwnCredential> {
    const { store } = this.#changes;
    const wasThere = this.#named(trunkSid, input.userName) !== null;
    const pending = this.#changes.newPending(input.userName);
    store.addPending(trunkSid, 'credentials', pending);
    try {
      const created = await this.#api
        .createCredential(trunkSid, input, { signal })
        .catch(async (error: unknown) => {
          const problem = problemOf(error, this.#changes.log);
          // One that was there before has another password.
          if (wasThere || !mayHaveArrived(problem)) throw error;
          await this.#changes.loader.loadSection(trunkSid, 'credentials', { afresh: true });
          const made = this.#named(trunkSid, input.userName);
          if (made === null) throw error;
          return made;
        });
      try {
        await this.#vault.put(trunkSid, created.userName, input.password);
      } finally {
        // Exotel has it, kept or not. It no longer tells the issued pair once there is an own one.
        this.#changes.removed(trunkSid, 'credentials', 'issued');
        this.#changes.put(trunkSid, 'credentials', created);
      }
      return created;
    } finally {
      store.removePending(trunkSid, 'credentials', pending.id);
    }
  }

  async rotate(
    trunkSid: string,
    id: string,
    password: Secret,
    signal?: AbortSignal,
  ): Promise<OwnCredential> {
    const previous = this.#changes.ownCredential(trunkSid, id);
    const changed = await this.#changes.busy(trunkSid, 'credentials', id, l10n.t('rotating…'), () =>
      this.#api.changeCredential(previous, { password }, { signal }),
    );
    try {
      await this.#vault.put(trunkSid, changed.userName, password);
    } finally {
      this.#changes.put(trunkSid, 'credentials', changed);
    }
    return changed;
  }

  async delete(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions,
  ): Promise<BulkOutcome<string>> {
    const outcome = await this.#changes.bulk(
      ids,
      async (id) => {
        const credential = this.#changes.ownCredential(trunkSid, id);
        await this.#changes.removeRow(trunkSid, 'credentials', id);
        await this.#vault.delete(trunkSid, credential.userName);
      },
      options,
    );
    // With the last own credential gone the API tells the issued pair again.
    const left = this.#changes.store.rows(trunkSid, 'credentials');
    if (ids.length > 0 && left?.length === 0) {
      await this.#changes.loader.loadSection(trunkSid, 'credentials', { afresh: true });
    }
    return outcome;
  }

  /** Exotel no longer has it. */
  async forget(trunkSid: string, credential: OwnCredential): Promise<void> {
    this.#changes.removed(trunkSid, 'credentials', credential.id);
    await this.#vault.delete(trunkSid, credential.userName);
  }

  #named(trunkSid: string, userName: string): OwnCredential | null {
    const rows = this.#changes.store.rows(trunkSid, 'credentials') ?? [];
    for (const row of rows) if (row.kind === 'own' && row.userName === userName) return row;
    return null;
  }
}
