/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Trunks as a whole: made, added, renamed, deleted, looked at again.
 */
import * as l10n from '@vscode/l10n';
import type { ExotelApi } from '../exotel/api';
import { ExotelError, type Problem } from '../exotel/errors';
import type { OwnCredential, Trunk } from '../exotel/model';
import type { BulkOptions } from './bulk';
import type { Changes } from './changes';
import type { Credentials } from './credentials';
import type { PasswordVault, TrunkMemory } from './ports';
import { cancelled, isGone, mayHaveArrived, problemOf, trunkGone } from './problems';

export type DeleteOutcome =
  | { readonly deleted: true }
  | {
      readonly deleted: false;
      /** User names of the trunk's own credentials that are gone all the same. */
      readonly credentialsDeleted: readonly string[];
      readonly problem: Problem;
    };

export class TrunkLifecycle {
  readonly #api: ExotelApi;
  readonly #vault: PasswordVault;
  readonly #memory: TrunkMemory;
  readonly #changes: Changes;
  readonly #credentials: Credentials;

  constructor(parts: {
    readonly api: ExotelApi;
    readonly vault: PasswordVault;
    readonly memory: TrunkMemory;
    readonly changes: Changes;
    readonly credentials: Credentials;
  }) {
    this.#api = parts.api;
    this.#vault = parts.vault;
    this.#memory = parts.memory;
    this.#changes = parts.changes;
    this.#credentials = parts.credentials;
  }

  async create(
    input: { readonly name: string; readonly domain?: string },
    signal?: AbortSignal,
  ): Promise<Trunk> {
    const { store } = this.#changes;
    const before = store.trunks.value?.map(({ trunk }) => trunk.sid) ?? null;
    const pending = this.#changes.newPending(input.name);
    store.addPendingTrunk(pending);
    try {
      const trunk = await this.#api.createTrunk(input, { signal }).catch(async (error: unknown) => {
        const problem = problemOf(error, this.#changes.log);
        const made = mayHaveArrived(problem) ? await this.#made(input.name, before) : null;
        if (made === null) throw error;
        return made;
      });
      return await this.#adopt(trunk, pending.id);
    } finally {
      store.removePendingTrunk(pending.id);
    }
  }

  async findByName(name: string, signal?: AbortSignal): Promise<Trunk | null> {
    const { loader, store } = this.#changes;
    await loader.loadTrunks({ signal, afresh: true });
    return store.trunks.value?.find(({ trunk }) => trunk.name === name)?.trunk ?? null;
  }

  async addExisting(trunkSid: string, signal?: AbortSignal): Promise<Trunk> {
    const { loader, store } = this.#changes;
    // Else the list would seem to hold this trunk only.
    if (store.trunks.state !== 'ready') await loader.loadTrunks({ signal });
    const trunk = await loader.fetchTrunk(trunkSid, signal);
    if (trunk === null) throw trunkGone();
    return this.#adopt(trunk, null);
  }

  async reload(trunkSid: string, signal?: AbortSignal): Promise<void> {
    const { loader, store } = this.#changes;
    try {
      const trunk = await loader.fetchTrunk(trunkSid, signal);
      if (trunk !== null) store.updateTrunk(trunk);
    } catch (error) {
      const isMissing = problemOf(error, this.#changes.log).kind === 'notFound';
      // Only a list says that a trunk is no more; elsewhere a 404 may mean the call is not there.
      if (!isMissing || loader.listsTrunks !== true) throw error;
      this.#removed(trunkSid);
    }
  }

  async rename(trunkSid: string, name: string, signal?: AbortSignal): Promise<Trunk> {
    const previous = this.#changes.known(trunkSid).trunk;
    const trunk = await this.#changes.busy(trunkSid, null, '', l10n.t('renaming…'), () =>
      this.#api.renameTrunk(previous, name, { signal }),
    );
    this.#changes.loader.trunkTouched({ put: trunk });
    this.#changes.store.updateTrunk(trunk);
    if (this.#memory.list().some((entry) => entry.sid === trunkSid)) await this.#remember(trunk);
    return trunk;
  }

  async delete(trunkSid: string, options: BulkOptions): Promise<DeleteOutcome> {
    const credentialsDeleted: string[] = [];
    try {
      await this.#changes.busy(trunkSid, null, '', l10n.t('deleting…'), () =>
        this.#deleteAll(trunkSid, options, (userName) => credentialsDeleted.push(userName)),
      );
    } catch (error) {
      const problem = problemOf(error, this.#changes.log);
      return { deleted: false, credentialsDeleted, problem };
    }
    this.#removed(trunkSid);
    // Each is tried, whatever becomes of the other.
    const left = await Promise.allSettled([
      this.#memory.forget(trunkSid),
      this.#vault.deleteTrunk(trunkSid),
    ]);
    const failure = left.find((each) => each.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return { deleted: true };
  }

  async #deleteAll(
    trunkSid: string,
    { signal, onProgress }: BulkOptions,
    onDeleted: (userName: string) => void,
  ): Promise<void> {
    const until = this.#changes.loader.until(signal);
    const goOn = () => {
      if (until.aborted) throw new ExotelError(cancelled('delete trunk'));
    };
    goOn();
    const own = await this.#ownCredentials(trunkSid);
    for (const [index, credential] of own.entries()) {
      goOn();
      onProgress?.(index, own.length + 1);
      await unlessGone(this.#api.deleteCredential(trunkSid, credential.id));
      onDeleted(credential.userName);
      await this.#credentials.forget(trunkSid, credential);
    }
    goOn();
    onProgress?.(own.length, own.length + 1);
    await unlessGone(this.#api.deleteTrunk(trunkSid));
  }

  async #ownCredentials(trunkSid: string): Promise<readonly OwnCredential[]> {
    const credentials = await unlessGone(this.#api.listCredentials(trunkSid));
    return (credentials ?? []).filter((credential) => credential.kind === 'own');
  }

  async #adopt(trunk: Trunk, pendingId: string | null): Promise<Trunk> {
    this.#changes.loader.trunkTouched({ put: trunk });
    this.#changes.store.addTrunk(trunk, pendingId);
    await this.#remember(trunk);
    return trunk;
  }

  /** Exotel has the trunk, remembered here or not: a failure is for the log. */
  async #remember({ sid, name }: Trunk): Promise<void> {
    try {
      await this.#memory.remember(sid, name);
    } catch (error) {
      problemOf(error, this.#changes.log);
    }
  }

  #removed(trunkSid: string): void {
    this.#changes.loader.trunkTouched({ removed: trunkSid });
    this.#changes.store.removeTrunk(trunkSid);
  }

  /** After a create that got no answer: the trunk, when it is there now and was not before. */
  async #made(name: string, before: readonly string[] | null): Promise<Trunk | null> {
    // What was there is not known, so this could be one that somebody else made.
    if (before === null) return null;
    const trunk = await this.findByName(name);
    return trunk === null || before.includes(trunk.sid) ? null : trunk;
  }
}

/** Null when Exotel no longer has what the call is about. */
async function unlessGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (isGone(problemOf(error))) return null;
    throw error;
  }
}
