/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * One account. Every change goes to the API first and is taken from its answer; operations on several
 * things say exactly which were done. Operations on one thing throw ExotelError.
 */
import type { ExotelApi } from '../exotel/api';
import { ExotelError, type Problem } from '../exotel/errors';
import {
  ALIAS_SETTING,
  type Credential,
  type DestinationUri,
  type NumberMode,
  type OwnCredential,
  type PhoneNumber,
  type Setting,
  type Trunk,
  type TrunkMap,
  type WhitelistedIp,
} from '../exotel/model';
import type { Secret } from '../exotel/secret';
import { type BulkOptions, type BulkOutcome, problemOf, runBulk } from './bulk';
import type { Event } from './event';
import { TrunkLoader } from './loader';
import type { PasswordVault, TrunkMemory } from './ports';
import {
  type Change,
  type Loadable,
  type PendingRow,
  rowId,
  type Section,
  SECTIONS,
  type SectionRows,
  type TrunkSnapshot,
} from './snapshot';
import { TrunkStore } from './store';

export interface NewCredential {
  readonly userName: string;
  readonly password: Secret;
  readonly friendlyName?: string;
}

export interface IpAndMask {
  readonly ip: string;
  readonly mask: number;
}

/** How a move that failed half-way ended, beside the problem that stopped it. */
export interface MoveFailure {
  readonly problem: Problem;
  /** Null: it is back on its old trunk. Otherwise why it could not be put back: it is on no trunk. */
  readonly putBackProblem: Problem | null;
}

export class AccountTrunks {
  readonly #api: ExotelApi;
  readonly #vault: PasswordVault;
  readonly #memory: TrunkMemory;
  readonly #store = new TrunkStore();
  readonly #loader: TrunkLoader;
  #nextPending = 0;

  readonly onDidChange: Event<Change> = this.#store.onDidChange;

  constructor(
    readonly accountSid: string,
    parts: {
      readonly api: ExotelApi;
      readonly vault: PasswordVault;
      readonly memory: TrunkMemory;
    },
  ) {
    this.#api = parts.api;
    this.#vault = parts.vault;
    this.#memory = parts.memory;
    this.#loader = new TrunkLoader({
      api: parts.api,
      store: this.#store,
      memory: parts.memory,
      accountSid,
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  // What is known.

  get trunks(): Loadable<readonly TrunkSnapshot[]> {
    return this.#store.trunks;
  }

  get pendingTrunks(): readonly PendingRow[] {
    return this.#store.pending;
  }

  /** False when the account's API has no trunk list: only trunks made or added here are shown. */
  get listsTrunks(): boolean | null {
    return this.#loader.listsTrunks;
  }

  trunk(trunkSid: string): TrunkSnapshot | null {
    return this.#store.trunk(trunkSid);
  }

  row<S extends Section>(trunkSid: string, section: S, id: string): SectionRows[S][number] | null {
    return this.#store.row(trunkSid, section, id);
  }

  /** The caller ID set on the trunk, as far as loaded. */
  callerId(trunkSid: string): string | null {
    return this.row(trunkSid, 'settings', ALIAS_SETTING)?.value ?? null;
  }

  /** The password of a credential, where this computer knows it. */
  async password(trunkSid: string, credential: Credential): Promise<Secret | null> {
    if (credential.kind === 'issued') return credential.password;
    return this.#vault.get(trunkSid, credential.userName);
  }

  // Loading. Failures become state, not rejections.

  /** Loads the list of trunks unless it is there. */
  async ensureTrunks(signal?: AbortSignal): Promise<void> {
    if (this.#store.trunks.state !== 'ready') await this.#loader.loadTrunks(signal);
  }

  reloadTrunks(signal?: AbortSignal): Promise<void> {
    return this.#loader.loadTrunks(signal);
  }

  /** Loads what is missing of the trunk's sections, in parallel. */
  async ensureSections(
    trunkSid: string,
    sections: readonly Section[] = SECTIONS,
    signal?: AbortSignal,
  ): Promise<void> {
    const snapshot = this.#store.trunk(trunkSid);
    const missing = sections.filter((section) => snapshot?.sections[section].state !== 'ready');
    await Promise.all(missing.map((s) => this.#loader.loadSection(trunkSid, s, signal)));
  }

  async reloadSections(
    trunkSid: string,
    sections: readonly Section[] = SECTIONS,
    signal?: AbortSignal,
  ): Promise<void> {
    await Promise.all(sections.map((s) => this.#loader.loadSection(trunkSid, s, signal)));
  }

  /** The trunk's own facts and whatever of it was loaded before. */
  async reloadTrunk(trunkSid: string, signal?: AbortSignal): Promise<void> {
    const [trunk] = await Promise.all([
      this.#loader.fetchTrunk(trunkSid, signal),
      this.reloadSections(trunkSid, this.#loadedSections(trunkSid), signal),
    ]);
    this.#store.updateTrunk(trunk);
  }

  /** The list of trunks and whatever beneath them was loaded before. */
  async reloadAll(signal?: AbortSignal): Promise<void> {
    await this.reloadTrunks(signal);
    const sids = (this.trunks.value ?? []).map(({ trunk }) => trunk.sid);
    await Promise.all(
      sids.map((sid) => this.reloadSections(sid, this.#loadedSections(sid), signal)),
    );
  }

  // Trunks.

  async createTrunk(input: { readonly name: string }, signal?: AbortSignal): Promise<Trunk> {
    const pending = this.#newPending(input.name);
    this.#store.addPendingTrunk(pending);
    try {
      const trunk = await this.#api.createTrunk(input, { signal });
      return await this.#adopt(trunk);
    } catch (error) {
      const made = await this.#madeAllTheSame(input.name, problemOf(error));
      if (made === null) throw error;
      return await this.#adopt(made);
    } finally {
      this.#store.removePendingTrunk(pending.id);
    }
  }

  /** The trunk of that name, loaded or not; null when there is none. */
  async findTrunkByName(name: string, signal?: AbortSignal): Promise<Trunk | null> {
    await this.reloadTrunks(signal);
    const { trunks } = this;
    return trunks.value?.find(({ trunk }) => trunk.name === name)?.trunk ?? null;
  }

  /** Shows and remembers a trunk that was made elsewhere. */
  async addExistingTrunk(trunkSid: string, signal?: AbortSignal): Promise<Trunk> {
    return this.#adopt(await this.#loader.fetchTrunk(trunkSid, signal));
  }

  async renameTrunk(trunkSid: string, name: string, signal?: AbortSignal): Promise<Trunk> {
    const previous = this.#known(trunkSid).trunk;
    const trunk = await this.#busy(trunkSid, null, '', 'renaming…', () =>
      this.#api.renameTrunk(previous, name, { signal }),
    );
    this.#loader.touched(null, null);
    this.#store.updateTrunk(trunk);
    if (this.#memory.list().some((entry) => entry.sid === trunkSid)) {
      await this.#memory.remember(trunkSid, trunk.name);
    }
    return trunk;
  }

  /**
   * Own credentials first: Exotel's documents disagree on whether they go with the trunk. When one of them
   * cannot be deleted the trunk stays and the error says so.
   */
  async deleteTrunk(trunkSid: string, options: BulkOptions = {}): Promise<void> {
    const { signal } = options;
    await this.#busy(trunkSid, null, '', 'deleting…', async () => {
      const credentials = await this.#api.listCredentials(trunkSid, { signal });
      const own = credentials.filter((credential) => credential.kind === 'own');
      for (const [index, credential] of own.entries()) {
        options.onProgress?.(index, own.length + 1);
        await this.#api.deleteCredential(trunkSid, credential.id, { signal });
        await this.#forgetCredential(trunkSid, credential);
      }
      options.onProgress?.(own.length, own.length + 1);
      await this.#api.deleteTrunk(trunkSid, { signal });
    });
    this.#loader.touched(null, null);
    this.#store.removeTrunk(trunkSid);
    await this.#memory.forget(trunkSid);
    await this.#vault.deleteTrunk(trunkSid);
  }

  // Phone numbers.

  mapNumbers(
    trunkSid: string,
    numbers: readonly string[],
    mode: NumberMode,
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string, PhoneNumber>> {
    return runBulk(
      numbers,
      (number) =>
        this.#create(
          trunkSid,
          'numbers',
          number,
          (row) => row.number === number && row.mode === mode,
          () => this.#api.mapNumber(trunkSid, { number, mode }, options),
        ),
      options,
    );
  }

  changeModes(
    trunkSid: string,
    ids: readonly string[],
    mode: NumberMode,
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string, PhoneNumber>> {
    return this.#changeRows(trunkSid, 'numbers', ids, `switching to ${mode}…`, options, (row) =>
      this.#api.changeNumberMode(row, mode, options),
    );
  }

  unmapNumbers(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#removeRows(trunkSid, 'numbers', ids, 'unmapping…', options, (row) =>
      this.#api.unmapNumber(trunkSid, row.id, options),
    );
  }

  /**
   * Unmaps from one trunk and maps on another with the same mode. A number can be on one trunk only, so
   * between the two calls it is on none; when the second fails it is put back.
   */
  async moveNumber(
    trunkSid: string,
    id: string,
    targetSid: string,
    signal?: AbortSignal,
  ): Promise<{ readonly moved: PhoneNumber } | MoveFailure> {
    const { number, mode } = this.#knownRow(trunkSid, 'numbers', id);
    try {
      const moved = await this.#busy(trunkSid, 'numbers', id, 'moving…', async () => {
        await this.#api.unmapNumber(trunkSid, id, { signal });
        // From here on not cancellable: the number is on no trunk.
        return this.#api.mapNumber(targetSid, { number, mode }).catch(async (error: unknown) => {
          throw new MoveInterrupted(problemOf(error), await this.#putBack(trunkSid, number, mode));
        });
      });
      this.#removed(trunkSid, 'numbers', id);
      this.#put(targetSid, 'numbers', moved);
      return { moved };
    } catch (error) {
      if (error instanceof MoveInterrupted) {
        this.#removed(trunkSid, 'numbers', id);
        if ('row' in error.putBack) this.#put(trunkSid, 'numbers', error.putBack.row);
        const putBackProblem = 'row' in error.putBack ? null : error.putBack.problem;
        return { problem: error.problem, putBackProblem };
      }
      return { problem: problemOf(error), putBackProblem: null };
    }
  }

  /** Which trunk of the account has the number; null when none has. */
  findTrunkOf(number: string, signal?: AbortSignal): Promise<TrunkMap | null> {
    return this.#api.findTrunkOf(number, { signal });
  }

  // Whitelisted IPs.

  whitelistIps(
    trunkSid: string,
    ips: readonly IpAndMask[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<IpAndMask, WhitelistedIp>> {
    return runBulk(
      ips,
      (input) =>
        this.#create(
          trunkSid,
          'ips',
          `${input.ip}/${input.mask}`,
          (row) => row.ip === input.ip && row.mask === input.mask,
          () => this.#api.whitelistIp(trunkSid, input, options),
        ),
      options,
    );
  }

  async changeIp(
    trunkSid: string,
    id: string,
    input: IpAndMask,
    signal?: AbortSignal,
  ): Promise<WhitelistedIp> {
    const previous = this.#knownRow(trunkSid, 'ips', id);
    const changed = await this.#busy(trunkSid, 'ips', id, 'changing…', () =>
      this.#api.changeIp(previous, input, { signal }),
    );
    this.#put(trunkSid, 'ips', changed);
    return changed;
  }

  removeIps(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#removeRows(trunkSid, 'ips', ids, 'removing…', options, (row) =>
      this.#api.removeIp(trunkSid, row.id, options),
    );
  }

  // Destination URIs.

  /** One call for all; the API answers one result per destination. */
  async addDestinations(
    trunkSid: string,
    destinations: readonly string[],
    signal?: AbortSignal,
  ): Promise<BulkOutcome<string, DestinationUri>> {
    const pending = destinations.map((destination) => this.#newPending(destination));
    for (const row of pending) this.#store.addPending(trunkSid, 'destinations', row);
    try {
      const results = await this.#api.addDestinations(trunkSid, destinations, { signal });
      for (const result of results) {
        if (result.ok) this.#put(trunkSid, 'destinations', result.value);
      }
      return {
        done: results.filter((result) => result.ok),
        failed: results.filter((result) => !result.ok),
        notTried: [],
      };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind === 'aborted') return { done: [], failed: [], notTried: destinations };
      return { done: [], failed: destinations.map((input) => ({ input, problem })), notTried: [] };
    } finally {
      for (const row of pending) this.#store.removePending(trunkSid, 'destinations', row.id);
    }
  }

  async changeDestination(
    trunkSid: string,
    id: string,
    input: { readonly priority?: number; readonly weight?: number },
    signal?: AbortSignal,
  ): Promise<DestinationUri> {
    const previous = this.#knownRow(trunkSid, 'destinations', id);
    const changed = await this.#busy(trunkSid, 'destinations', id, 'changing…', () =>
      this.#api.changeDestination(previous, input, { signal }),
    );
    this.#put(trunkSid, 'destinations', changed);
    return changed;
  }

  /**
   * The API cannot change an address: the new one is added with the old one's priority and weight, then the
   * old one removed. `step` of a failure says how far it came: 'add' changed nothing, after 'weigh' and
   * 'remove' both are there.
   */
  async changeDestinationAddress(
    trunkSid: string,
    id: string,
    address: string,
    signal?: AbortSignal,
  ): Promise<
    | { readonly changed: DestinationUri }
    | { readonly step: 'add' | 'weigh' | 'remove'; readonly problem: Problem }
  > {
    const previous = this.#knownRow(trunkSid, 'destinations', id);
    let step: 'add' | 'weigh' | 'remove' = 'add';
    try {
      const changed = await this.#busy(
        trunkSid,
        'destinations',
        id,
        'changing address…',
        async () => {
          const [result] = await this.#api.addDestinations(trunkSid, [address], { signal });
          if (result?.ok !== true) throw new ExotelError((result as { problem: Problem }).problem);
          let added = result.value;
          this.#put(trunkSid, 'destinations', added);
          step = 'weigh';
          if (added.priority !== previous.priority || added.weight !== previous.weight) {
            const { priority, weight } = previous;
            added = await this.#api.changeDestination(added, { priority, weight }, { signal });
            this.#put(trunkSid, 'destinations', added);
          }
          step = 'remove';
          await this.#api.removeDestination(trunkSid, id, { signal });
          return added;
        },
      );
      this.#removed(trunkSid, 'destinations', id);
      return { changed };
    } catch (error) {
      return { step, problem: problemOf(error) };
    }
  }

  removeDestinations(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#removeRows(trunkSid, 'destinations', ids, 'removing…', options, (row) =>
      this.#api.removeDestination(trunkSid, row.id, options),
    );
  }

  // Credentials.

  /** The password is kept in the vault: no call returns it again. */
  async createCredential(
    trunkSid: string,
    input: NewCredential,
    signal?: AbortSignal,
  ): Promise<OwnCredential> {
    const pending = this.#newPending(input.userName);
    this.#store.addPending(trunkSid, 'credentials', pending);
    try {
      const created = await this.#api.createCredential(trunkSid, input, { signal });
      await this.#vault.put(trunkSid, created.userName, input.password);
      // The API no longer tells the issued pair once there is an own one.
      this.#store.removeRow(trunkSid, 'credentials', 'issued');
      this.#put(trunkSid, 'credentials', created);
      return created;
    } finally {
      this.#store.removePending(trunkSid, 'credentials', pending.id);
    }
  }

  async rotateCredential(
    trunkSid: string,
    id: string,
    password: Secret,
    signal?: AbortSignal,
  ): Promise<OwnCredential> {
    const previous = this.#ownCredential(trunkSid, id);
    const changed = await this.#busy(trunkSid, 'credentials', id, 'rotating…', () =>
      this.#api.changeCredential(previous, { password }, { signal }),
    );
    await this.#vault.put(trunkSid, changed.userName, password);
    this.#put(trunkSid, 'credentials', changed);
    return changed;
  }

  async deleteCredentials(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    const outcome = await runBulk(
      ids,
      async (id) => {
        const credential = this.#ownCredential(trunkSid, id);
        await this.#busy(trunkSid, 'credentials', id, 'deleting…', () =>
          this.#api.deleteCredential(trunkSid, id, options),
        );
        await this.#forgetCredential(trunkSid, credential);
      },
      options,
    );
    // With the last own credential gone the API tells the issued pair again.
    const left = this.#store.rows(trunkSid, 'credentials');
    if (outcome.done.length > 0 && left?.length === 0) {
      await this.#loader.loadSection(trunkSid, 'credentials');
    }
    return outcome;
  }

  // Caller ID.

  async setCallerId(trunkSid: string, number: string, signal?: AbortSignal): Promise<Setting> {
    const setting = await this.#busy(trunkSid, 'settings', ALIAS_SETTING, 'setting…', () =>
      this.#api.setSetting(trunkSid, ALIAS_SETTING, number, { signal }),
    );
    this.#put(trunkSid, 'settings', setting);
    return setting;
  }

  async clearCallerId(trunkSid: string, signal?: AbortSignal): Promise<void> {
    await this.#busy(trunkSid, 'settings', ALIAS_SETTING, 'clearing…', () =>
      this.#api.clearSetting(trunkSid, ALIAS_SETTING, { signal }),
    );
    this.#removed(trunkSid, 'settings', ALIAS_SETTING);
  }

  // How a change reaches the store.

  async #adopt(trunk: Trunk): Promise<Trunk> {
    await this.#memory.remember(trunk.sid, trunk.name);
    this.#loader.touched(null, null);
    this.#store.addTrunk(trunk);
    return trunk;
  }

  /** After a create that got no answer: the trunk, when it is there now and was not before. */
  async #madeAllTheSame(name: string, problem: Problem): Promise<Trunk | null> {
    if (!mayHaveArrived(problem)) return null;
    const before = new Set((this.trunks.value ?? []).map(({ trunk }) => trunk.sid));
    const trunk = await this.findTrunkByName(name);
    return trunk === null || before.has(trunk.sid) ? null : trunk;
  }

  #loadedSections(trunkSid: string): readonly Section[] {
    const sections = this.#store.trunk(trunkSid)?.sections;
    return SECTIONS.filter((section) => (sections?.[section].state ?? 'idle') !== 'idle');
  }

  #put<S extends Section>(trunkSid: string, section: S, row: SectionRows[S][number]): void {
    this.#loader.touched(trunkSid, section);
    this.#store.putRow(trunkSid, section, row);
  }

  #removed(trunkSid: string, section: Section, id: string): void {
    this.#loader.touched(trunkSid, section);
    this.#store.removeRow(trunkSid, section, id);
  }

  async #forgetCredential(trunkSid: string, credential: OwnCredential): Promise<void> {
    await this.#vault.delete(trunkSid, credential.userName);
    this.#removed(trunkSid, 'credentials', credential.id);
  }

  async #create<S extends Section>(
    trunkSid: string,
    section: S,
    label: string,
    isSame: (row: SectionRows[S][number]) => boolean,
    call: () => Promise<SectionRows[S][number]>,
  ): Promise<SectionRows[S][number]> {
    const pending = this.#newPending(label);
    this.#store.addPending(trunkSid, section, pending);
    try {
      const created = await call();
      this.#put(trunkSid, section, created);
      return created;
    } catch (error) {
      const problem = problemOf(error);
      // "Already there" is what was wanted when it is there on this trunk; the API says only "duplicate".
      // And a call that got no answer may have been carried out all the same.
      if (problem.kind !== 'conflict' && !mayHaveArrived(problem)) throw error;
      await this.#loader.loadSection(trunkSid, section);
      const rows = this.#store.rows(trunkSid, section) as readonly SectionRows[S][number][] | null;
      const present = rows?.find(isSame);
      if (present === undefined) throw error;
      return present;
    } finally {
      this.#store.removePending(trunkSid, section, pending.id);
    }
  }

  #changeRows<S extends Section>(
    trunkSid: string,
    section: S,
    ids: readonly string[],
    doing: string,
    options: BulkOptions,
    call: (row: SectionRows[S][number]) => Promise<SectionRows[S][number]>,
  ): Promise<BulkOutcome<string, SectionRows[S][number]>> {
    return runBulk(
      ids,
      async (id) => {
        const row = this.#knownRow(trunkSid, section, id);
        const changed = await this.#busy(trunkSid, section, id, doing, () => call(row));
        this.#put(trunkSid, section, changed);
        return changed;
      },
      options,
    );
  }

  #removeRows<S extends Section>(
    trunkSid: string,
    section: S,
    ids: readonly string[],
    doing: string,
    options: BulkOptions,
    call: (row: SectionRows[S][number]) => Promise<void>,
  ): Promise<BulkOutcome<string>> {
    return runBulk(
      ids,
      async (id) => {
        const row = this.#knownRow(trunkSid, section, id);
        await this.#busy(trunkSid, section, id, doing, () => call(row));
        this.#removed(trunkSid, section, rowId(section, row));
      },
      options,
    );
  }

  async #busy<T>(
    trunkSid: string,
    section: Section | null,
    id: string,
    doing: string,
    work: () => Promise<T>,
  ): Promise<T> {
    this.#store.setBusy(trunkSid, section, id, doing);
    try {
      return await work();
    } finally {
      this.#store.setBusy(trunkSid, section, id, null);
    }
  }

  async #putBack(
    trunkSid: string,
    number: string,
    mode: NumberMode,
  ): Promise<{ readonly row: PhoneNumber } | { readonly problem: Problem }> {
    try {
      return { row: await this.#api.mapNumber(trunkSid, { number, mode }) };
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  #newPending(label: string): PendingRow {
    this.#nextPending += 1;
    return { id: `pending-${this.#nextPending}`, label };
  }

  #known(trunkSid: string): TrunkSnapshot {
    const snapshot = this.#store.trunk(trunkSid);
    if (snapshot === null) throw gone('trunk');
    return snapshot;
  }

  #knownRow<S extends Section>(trunkSid: string, section: S, id: string): SectionRows[S][number] {
    const row = this.#store.row(trunkSid, section, id);
    if (row === null) throw gone('entry');
    return row;
  }

  #ownCredential(trunkSid: string, id: string): OwnCredential {
    const credential = this.#knownRow(trunkSid, 'credentials', id);
    if (credential.kind !== 'own') throw gone('credential');
    return credential;
  }
}

/** The connection broke or the server failed after the request may have been carried out. */
function mayHaveArrived(problem: Problem): boolean {
  if (problem.kind === 'server' || problem.kind === 'badResponse') return true;
  return problem.kind === 'network' && ['reset', 'timeout', 'other'].includes(problem.cause);
}

class MoveInterrupted extends Error {
  constructor(
    readonly problem: Problem,
    readonly putBack: { readonly row: PhoneNumber } | { readonly problem: Problem },
  ) {
    super(problem.sentence);
  }
}

/** The row went away between the click and the call, e.g. it was deleted in another window. */
function gone(what: string): ExotelError {
  return new ExotelError({
    kind: 'notFound',
    operation: `use ${what}`,
    requestId: null,
    httpStatus: null,
    code: null,
    description: null,
    sentence: `This ${what} is no longer there.`,
    nextStep: 'Refresh the view to see what is.',
  });
}
