/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * One account. Every change goes to the API first and is taken from its answer; operations on several
 * things say exactly which were done. Operations on one thing throw ExotelError.
 */
import * as l10n from '@vscode/l10n';
import type { ExotelApi } from '../exotel/api';
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
import type { IpAndMask } from '../exotel/rules/addresses';
import type { Secret } from '../exotel/secret';
import type { BulkOptions, BulkOutcome } from './bulk';
import { Changes } from './changes';
import { Credentials } from './credentials';
import { type AddressOutcome, Destinations } from './destinations';
import type { Event } from './event';
import { TrunkLoader } from './loader';
import { type MoveOutcome, NumberMover } from './moving';
import type { PasswordVault, TrunkMemory } from './ports';
import type { Log } from './problems';
import { type Section, type SectionRow, SECTIONS } from './sections';
import type { Change, Loadable, PendingRow, TrunkSnapshot } from './snapshot';
import { TrunkStore } from './store';
import { type DeleteOutcome, TrunkLifecycle } from './trunk-lifecycle';

export class AccountTrunks {
  readonly #api: ExotelApi;
  readonly #store = new TrunkStore();
  readonly #ended = new AbortController();
  readonly #loader: TrunkLoader;
  readonly #changes: Changes;
  readonly #lifecycle: TrunkLifecycle;
  readonly #mover: NumberMover;
  readonly #destinations: Destinations;
  readonly #credentials: Credentials;

  readonly onDidChange: Event<Change> = this.#store.onDidChange;

  constructor(
    readonly accountSid: string,
    parts: {
      readonly api: ExotelApi;
      readonly vault: PasswordVault;
      readonly memory: TrunkMemory;
      readonly log?: Log | undefined;
    },
  ) {
    const { api, vault, memory, log } = parts;
    this.#api = api;
    const store = this.#store;
    const ended = this.#ended.signal;
    this.#loader = new TrunkLoader({ api, store, memory, accountSid, ended, log });
    const changes = new Changes(api, store, this.#loader, log);
    this.#changes = changes;
    const credentials = new Credentials(api, vault, changes);
    this.#credentials = credentials;
    this.#lifecycle = new TrunkLifecycle({ api, vault, memory, changes, credentials });
    this.#mover = new NumberMover(api, changes);
    this.#destinations = new Destinations(api, changes);
  }

  /** Ends what is being read and what several things are being done to; a change on its way is finished. */
  dispose(): void {
    this.#ended.abort();
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

  row<S extends Section>(trunkSid: string, section: S, id: string): SectionRow[S] | null {
    return this.#store.row(trunkSid, section, id);
  }

  /** The caller ID set on the trunk, as far as loaded. */
  callerId(trunkSid: string): string | null {
    return this.row(trunkSid, 'settings', ALIAS_SETTING)?.value ?? null;
  }

  /** The password of a credential, where this computer knows it. */
  password(trunkSid: string, credential: Credential): Promise<Secret | null> {
    return this.#credentials.password(trunkSid, credential);
  }

  // Loading. Failures become state, not rejections.

  /** Loads the list of trunks unless it is there. */
  async ensureTrunks(signal?: AbortSignal): Promise<void> {
    if (this.#store.trunks.state !== 'ready') await this.#loader.loadTrunks({ signal });
  }

  reloadTrunks(signal?: AbortSignal): Promise<void> {
    return this.#loader.loadTrunks({ signal });
  }

  /** Loads what is missing of the trunk's sections, in parallel. */
  async ensureSections(
    trunkSid: string,
    sections: readonly Section[] = SECTIONS,
    signal?: AbortSignal,
  ): Promise<void> {
    const snapshot = this.#store.trunk(trunkSid);
    const missing = sections.filter((section) => snapshot?.sections[section].state !== 'ready');
    await Promise.all(missing.map((s) => this.#loader.loadSection(trunkSid, s, { signal })));
  }

  async reloadSections(
    trunkSid: string,
    sections: readonly Section[] = SECTIONS,
    signal?: AbortSignal,
  ): Promise<void> {
    await Promise.all(sections.map((s) => this.#loader.loadSection(trunkSid, s, { signal })));
  }

  /** The trunk's own facts and whatever of it was loaded before. One that is no more goes away. */
  async reloadTrunk(trunkSid: string, signal?: AbortSignal): Promise<void> {
    await Promise.all([
      this.#lifecycle.reload(trunkSid, signal),
      this.reloadSections(trunkSid, loadedSections(this.#store.trunk(trunkSid)), signal),
    ]);
  }

  /** The list of trunks and whatever beneath them was loaded before. */
  async reloadAll(signal?: AbortSignal): Promise<void> {
    await this.reloadTrunks(signal);
    const opened = (this.trunks.value ?? []).flatMap((snapshot) => {
      const sections = loadedSections(snapshot);
      return sections.length === 0 ? [] : [{ trunkSid: snapshot.trunk.sid, sections }];
    });
    await Promise.all(
      opened.map(({ trunkSid, sections }) => this.reloadSections(trunkSid, sections, signal)),
    );
  }

  // Trunks.

  createTrunk(
    input: { readonly name: string; readonly domain?: string },
    signal?: AbortSignal,
  ): Promise<Trunk> {
    return this.#lifecycle.create(input, signal);
  }

  /** The trunk of that name, loaded or not; null when there is none. */
  findTrunkByName(name: string, signal?: AbortSignal): Promise<Trunk | null> {
    return this.#lifecycle.findByName(name, signal);
  }

  /** Shows and remembers a trunk that was made elsewhere. */
  addExistingTrunk(trunkSid: string, signal?: AbortSignal): Promise<Trunk> {
    return this.#lifecycle.addExisting(trunkSid, signal);
  }

  renameTrunk(trunkSid: string, name: string, signal?: AbortSignal): Promise<Trunk> {
    return this.#lifecycle.rename(trunkSid, name, signal);
  }

  /**
   * Own credentials first: Exotel's documents disagree on whether they go with the trunk. When one of them
   * cannot be deleted the trunk stays and the outcome says so. Does not reject for what Exotel says; a
   * trunk that is gone already counts as deleted. The signal is looked at between two calls.
   */
  deleteTrunk(trunkSid: string, options: BulkOptions = {}): Promise<DeleteOutcome> {
    return this.#lifecycle.delete(trunkSid, options);
  }

  // Phone numbers.

  mapNumbers(
    trunkSid: string,
    numbers: readonly string[],
    mode: NumberMode,
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string, PhoneNumber>> {
    return this.#changes.bulk(
      numbers,
      (number) =>
        this.#changes.create(
          trunkSid,
          'numbers',
          number,
          (row) => row.number === number && row.mode === mode,
          () => this.#api.mapNumber(trunkSid, { number, mode }),
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
    return this.#changes.changeRows(
      trunkSid,
      'numbers',
      ids,
      l10n.t('switching to {0}…', mode),
      options,
      (row) => this.#api.changeNumberMode(row, mode),
    );
  }

  unmapNumbers(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#changes.removeRows(trunkSid, 'numbers', ids, options);
  }

  /**
   * Unmaps from one trunk and maps on another with the same mode. A number can be on one trunk only, so
   * between the two calls it is on none; when the second fails it is put back. Never rejects; cancelling
   * works until the first call leaves.
   */
  moveNumber(
    trunkSid: string,
    id: string,
    targetSid: string,
    signal?: AbortSignal,
  ): Promise<MoveOutcome> {
    return this.#mover.move(trunkSid, id, targetSid, signal);
  }

  /** Which trunk of the account has the number; null when none has. */
  findTrunkOf(number: string, signal?: AbortSignal): Promise<TrunkMap | null> {
    return this.#api.findTrunkOf(number, { signal: this.#loader.until(signal) });
  }

  // Whitelisted IPs.

  whitelistIps(
    trunkSid: string,
    ips: readonly IpAndMask[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<IpAndMask, WhitelistedIp>> {
    return this.#changes.bulk(
      ips,
      (input) =>
        this.#changes.create(
          trunkSid,
          'ips',
          `${input.ip}/${input.mask}`,
          (row) => row.ip === input.ip && row.mask === input.mask,
          () => this.#api.whitelistIp(trunkSid, input),
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
    const previous = this.#changes.knownRow(trunkSid, 'ips', id);
    const changed = await this.#changes.busy(trunkSid, 'ips', id, l10n.t('changing…'), () =>
      this.#api.changeIp(previous, input, { signal }),
    );
    this.#changes.put(trunkSid, 'ips', changed);
    return changed;
  }

  removeIps(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#changes.removeRows(trunkSid, 'ips', ids, options);
  }

  // Destination URIs.

  /** One call for all; the API answers one result per destination. */
  addDestinations(
    trunkSid: string,
    destinations: readonly string[],
    signal?: AbortSignal,
  ): Promise<BulkOutcome<string, DestinationUri>> {
    return this.#destinations.add(trunkSid, destinations, signal);
  }

  changeDestination(
    trunkSid: string,
    id: string,
    input: { readonly priority?: number; readonly weight?: number },
    signal?: AbortSignal,
  ): Promise<DestinationUri> {
    return this.#destinations.change(trunkSid, id, input, signal);
  }

  /**
   * The API cannot change an address: the new one is added with the old one's priority and weight, then the
   * old one removed. `step` of a failure says how far it came: 'add' changed nothing, after 'weigh' and
   * 'remove' both are there.
   */
  changeDestinationAddress(
    trunkSid: string,
    id: string,
    address: string,
    signal?: AbortSignal,
  ): Promise<AddressOutcome> {
    return this.#destinations.changeAddress(trunkSid, id, address, signal);
  }

  removeDestinations(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#changes.removeRows(trunkSid, 'destinations', ids, options);
  }

  // Credentials.

  /**
   * The password is kept in the vault: no call returns it again. When the vault fails, this rejects
   * although the credential is there.
   */
  createCredential(
    trunkSid: string,
    input: { readonly userName: string; readonly password: Secret; readonly friendlyName?: string },
    signal?: AbortSignal,
  ): Promise<OwnCredential> {
    return this.#credentials.create(trunkSid, input, signal);
  }

  rotateCredential(
    trunkSid: string,
    id: string,
    password: Secret,
    signal?: AbortSignal,
  ): Promise<OwnCredential> {
    return this.#credentials.rotate(trunkSid, id, password, signal);
  }

  deleteCredentials(
    trunkSid: string,
    ids: readonly string[],
    options: BulkOptions = {},
  ): Promise<BulkOutcome<string>> {
    return this.#credentials.delete(trunkSid, ids, options);
  }

  // Caller ID.

  async setCallerId(trunkSid: string, number: string, signal?: AbortSignal): Promise<Setting> {
    const setting = await this.#changes.busy(
      trunkSid,
      'settings',
      ALIAS_SETTING,
      l10n.t('setting…'),
      () => this.#api.setSetting(trunkSid, ALIAS_SETTING, number, { signal }),
    );
    this.#changes.put(trunkSid, 'settings', setting);
    return setting;
  }

  clearCallerId(trunkSid: string, signal?: AbortSignal): Promise<void> {
    return this.#changes.removeRow(trunkSid, 'settings', ALIAS_SETTING, signal);
  }
}

function loadedSections(snapshot: TrunkSnapshot | null): readonly Section[] {
  if (snapshot === null) return [];
  return SECTIONS.filter((section) => snapshot.sections[section].state !== 'idle');
}
