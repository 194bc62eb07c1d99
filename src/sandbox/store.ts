/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * The account's trunks and the rules that need to see more than one field: what is already
 * taken, what is whitelisted, what goes when a trunk goes. Knows nothing of HTTP or JSON.
 *
 * Values arrive checked by `rules.ts`. Every method that finds something wrong throws a `Refusal`.
 */
import { isoSeconds, newSecret, newTrunkSid } from './identifiers';
import type {
  CredentialState,
  DestinationState,
  NumberMode,
  PhoneNumberState,
  SandboxState,
  SettingState,
  TrunkState,
  WhitelistedIpState,
} from './model';
import { duplicate, forbidden, invalid, notFound } from './refusal';
import * as rules from './rules';

export interface StoreOptions {
  readonly accountSid: string;
  readonly now: () => Date;
  /** How an unknown trunk SID is refused: Exotel was seen to answer either way. */
  readonly unknownTrunk: 403 | 404;
}

type RowKind = 'phoneNumber' | 'whitelistedIp' | 'destination' | 'credential';

export class Store {
  readonly #options: StoreOptions;
  readonly #trunks = new Map<string, TrunkState>();
  /** By credential id; apart from the rows, so that no answer can carry one by mistake. */
  readonly #passwords = new Map<string, string>();
  /** By trunk SID: the password Exotel used to issue with each trunk, under the SID as user name. */
  readonly #issuedPasswords = new Map<string, string>();
  /** Where each kind of row starts counting: close to the ids of Exotel's own samples. */
  readonly #lastIds: Record<RowKind, number> = {
    phoneNumber: 41511,
    whitelistedIp: 1152,
    destination: 2542,
    credential: 1233,
  };

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  // Trunks

  trunks(): readonly TrunkState[] {
    return [...this.#trunks.values()];
  }

  trunk(trunkSid: string): TrunkState {
    const trunk = this.#trunks.get(trunkSid);
    if (!trunk) throw this.#options.unknownTrunk === 403 ? forbidden() : notFound();
    return trunk;
  }

  createTrunk(fields: Pick<TrunkState, 'trunkName' | 'nsoCode' | 'domainName'>): TrunkState {
    this.#refuseTakenName(fields.trunkName);
    return this.#add({
      ...this.#dated(fields),
      trunkSid: newTrunkSid(this.#options.now()),
      authType: 'IP-WHITELIST',
      phoneNumbers: [],
      whitelistedIps: [],
      destinations: [],
      credentials: [],
      settings: [],
    });
  }

  updateTrunk(
    trunkSid: string,
    changes: Partial<Pick<TrunkState, 'trunkName' | 'nsoCode' | 'authType'>>,
  ): TrunkState {
    const trunk = this.trunk(trunkSid);
    if (changes.trunkName !== undefined) this.#refuseTakenName(changes.trunkName, trunkSid);
    return this.#save(this.#touched({ ...trunk, ...changes }));
  }

  /** Irreversible, and takes along everything that hangs on the trunk. */
  deleteTrunk(trunkSid: string): TrunkState {
    const trunk = this.trunk(trunkSid);
    this.#trunks.delete(trunkSid);
    this.#issuedPasswords.delete(trunkSid);
    for (const { id } of trunk.credentials) this.#passwords.delete(id);
    return trunk;
  }

  // Phone numbers

  addPhoneNumber(trunkSid: string, phoneNumber: string, mode: NumberMode): PhoneNumberState {
    const trunk = this.trunk(trunkSid);
    if (this.findPhoneNumber(phoneNumber)) {
      throw duplicate(`Unable to create DidTrunkMapping with TrunkSid ${trunkSid}`);
    }
    const row = this.#dated({ id: this.#nextId('phoneNumber'), phoneNumber, mode });
    this.#save({ ...trunk, phoneNumbers: [...trunk.phoneNumbers, row] });
    return row;
  }

  /** Only the mode can change: the number must be the one that is mapped. */
  setMode(trunkSid: string, id: string, phoneNumber: string, mode: NumberMode): PhoneNumberState {
    const trunk = this.trunk(trunkSid);
    const row = find(trunk.phoneNumbers, id);
    if (row.phoneNumber !== phoneNumber) throw invalid('Invalid PhoneNumber');
    const changed = this.#touched({ ...row, mode });
    this.#save({ ...trunk, phoneNumbers: swap(trunk.phoneNumbers, changed) });
    return changed;
  }

  removePhoneNumber(trunkSid: string, id: string): PhoneNumberState {
    const trunk = this.trunk(trunkSid);
    const row = find(trunk.phoneNumbers, id);
    this.#save({ ...trunk, phoneNumbers: drop(trunk.phoneNumbers, row) });
    return row;
  }

  /** A number is mapped once in the whole account. */
  findPhoneNumber(
    phoneNumber: string,
  ): { readonly trunkSid: string; readonly row: PhoneNumberState } | undefined {
    for (const { trunkSid, phoneNumbers } of this.#trunks.values()) {
      const row = phoneNumbers.find((each) => each.phoneNumber === phoneNumber);
      if (row) return { trunkSid, row };
    }
    return undefined;
  }

  // Whitelisted IPs

  addIp(trunkSid: string, ip: string, mask: number): WhitelistedIpState {
    const trunk = this.trunk(trunkSid);
    refuseTakenIp(trunk, ip);
    const id = this.#nextId('whitelistedIp');
    const row = this.#dated({ id, ip, mask, friendlyName: null });
    this.#save({ ...trunk, whitelistedIps: [...trunk.whitelistedIps, row] });
    return row;
  }

  updateIp(trunkSid: string, id: string, ip: string, mask: number): WhitelistedIpState {
    const trunk = this.trunk(trunkSid);
    const row = find(trunk.whitelistedIps, id);
    refuseTakenIp(trunk, ip, id);
    const changed = this.#touched({ ...row, ip, mask });
    this.#save({ ...trunk, whitelistedIps: swap(trunk.whitelistedIps, changed) });
    return changed;
  }

  /** Destinations that relied on the entry stay: what Exotel does with them is not documented. */
  removeIp(trunkSid: string, id: string): WhitelistedIpState {
    const trunk = this.trunk(trunkSid);
    const row = find(trunk.whitelistedIps, id);
    this.#save({ ...trunk, whitelistedIps: drop(trunk.whitelistedIps, row) });
    return row;
  }

  // Destinations

  /** Appends; the API takes the same destination twice. An IP must be whitelisted first. */
  addDestination(trunkSid: string, destination: string): DestinationState {
    const trunk = this.trunk(trunkSid);
    const { host, isIp } = rules.destination(destination);
    if (isIp && !trunk.whitelistedIps.some(({ ip, mask }) => rules.covers(ip, mask, host))) {
      throw invalid('Destination not whitelisted');
    }
    const id = this.#nextId('destination');
    const row = this.#dated({ id, destination, priority: 0, weight: 1 });
    this.#save({ ...trunk, destinations: [...trunk.destinations, row] });
    return row;
  }

  updateDestination(
    trunkSid: string,
    id: string,
    changes: Partial<Pick<DestinationState, 'priority' | 'weight'>>,
  ): DestinationState {
    const trunk = this.trunk(trunkSid);
    const changed = this.#touched({ ...find(trunk.destinations, id), ...changes });
    this.#save({ ...trunk, destinations: swap(trunk.destinations, changed) });
    return changed;
  }

  removeDestination(trunkSid: string, id: string): DestinationState {
    const trunk = this.trunk(trunkSid);
    const row = find(trunk.destinations, id);
    this.#save({ ...trunk, destinations: drop(trunk.destinations, row) });
    return row;
  }

  // Credentials

  addCredential(
    trunkSid: string,
    fields: Pick<CredentialState, 'userName' | 'friendlyName'> & { readonly password: string },
  ): CredentialState {
    const trunk = this.trunk(trunkSid);
    const { password, ...named } = fields;
    refuseTakenUserName(trunk, named.userName);
    const row = this.#dated({ id: this.#nextId('credential'), ...named });
    this.#passwords.set(row.id, password);
    this.#save({ ...trunk, credentials: [...trunk.credentials, row] });
    return row;
  }

  updateCredential(
    trunkSid: string,
    id: string,
    changes: Partial<Pick<CredentialState, 'userName' | 'friendlyName'>> & {
      readonly password?: string;
    },
  ): CredentialState {
    const trunk = this.trunk(trunkSid);
    const { password, ...named } = changes;
    const row = find(trunk.credentials, id);
    if (named.userName !== undefined) refuseTakenUserName(trunk, named.userName, id);
    if (password !== undefined) this.#passwords.set(id, password);
    const changed = this.#touched({ ...row, ...named });
    this.#save({ ...trunk, credentials: swap(trunk.credentials, changed) });
    return changed;
  }

  removeCredential(trunkSid: string, id: string): CredentialState {
    const trunk = this.trunk(trunkSid);
    const row = find(trunk.credentials, id);
    this.#passwords.delete(id);
    this.#save({ ...trunk, credentials: drop(trunk.credentials, row) });
    return row;
  }

  issuedPassword(trunkSid: string): string {
    const password = this.#issuedPasswords.get(this.trunk(trunkSid).trunkSid);
    if (password === undefined) throw notFound();
    return password;
  }

  /** Of an own credential, or of the issued one when `userName` is the trunk's SID. */
  passwordOf(trunkSid: string, userName: string): string | undefined {
    const own = this.#trunks.get(trunkSid)?.credentials.find((row) => row.userName === userName);
    if (own) return this.#passwords.get(own.id);
    return userName === trunkSid ? this.#issuedPasswords.get(trunkSid) : undefined;
  }

  // Settings

  /** Sets or replaces: the name is the key. */
  putSetting(trunkSid: string, name: string, value: string): SettingState {
    const trunk = this.trunk(trunkSid);
    const present = trunk.settings.find((row) => row.name === name);
    const row = present ? this.#touched({ ...present, value }) : this.#dated({ name, value });
    const others = trunk.settings.filter((each) => each !== present);
    this.#save({ ...trunk, settings: [...others, row] });
    return row;
  }

  removeSetting(trunkSid: string, name: string): SettingState {
    const trunk = this.trunk(trunkSid);
    const row = trunk.settings.find((each) => each.name === name);
    if (!row) throw notFound();
    this.#save({ ...trunk, settings: drop(trunk.settings, row) });
    return row;
  }

  // The whole

  /** Takes in a trunk that exists already, and counts on from its ids. */
  load(trunk: TrunkState): void {
    const ids = this.#lastIds;
    ids.phoneNumber = highest(ids.phoneNumber, trunk.phoneNumbers);
    ids.whitelistedIp = highest(ids.whitelistedIp, trunk.whitelistedIps);
    ids.destination = highest(ids.destination, trunk.destinations);
    ids.credential = highest(ids.credential, trunk.credentials);
    for (const { id } of trunk.credentials) this.#passwords.set(id, newSecret(12));
    this.#add(trunk);
  }

  /** A snapshot, frozen through and through. */
  state(): SandboxState {
    return deepFreeze({ accountSid: this.#options.accountSid, trunks: this.trunks() });
  }

  #add(trunk: TrunkState): TrunkState {
    this.#issuedPasswords.set(trunk.trunkSid, newSecret(12));
    return this.#save(trunk);
  }

  #save(trunk: TrunkState): TrunkState {
    this.#trunks.set(trunk.trunkSid, trunk);
    return trunk;
  }

  #nextId(kind: RowKind): string {
    this.#lastIds[kind] += 1;
    return String(this.#lastIds[kind]);
  }

  #dated<Fields extends object>(
    fields: Fields,
  ): Fields & { readonly dateCreated: string; readonly dateUpdated: string } {
    const now = isoSeconds(this.#options.now());
    return { ...fields, dateCreated: now, dateUpdated: now };
  }

  #touched<Row extends { readonly dateUpdated: string }>(row: Row): Row {
    return { ...row, dateUpdated: isoSeconds(this.#options.now()) };
  }

  #refuseTakenName(trunkName: string, exceptSid?: string): void {
    for (const trunk of this.#trunks.values()) {
      if (trunk.trunkName === trunkName && trunk.trunkSid !== exceptSid) {
        throw duplicate(`Unable to create trunk with name ${trunkName}`);
      }
    }
  }
}

interface Identified {
  readonly id: string;
}

function find<Row extends Identified>(rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id);
  if (!row) throw notFound();
  return row;
}

function swap<Row extends Identified>(rows: readonly Row[], changed: Row): readonly Row[] {
  return rows.map((row) => (row.id === changed.id ? changed : row));
}

function drop<Row>(rows: readonly Row[], gone: Row): readonly Row[] {
  return rows.filter((row) => row !== gone);
}

function highest(least: number, rows: readonly Identified[]): number {
  return Math.max(least, ...rows.map((row) => Number(row.id)));
}

function refuseTakenIp(trunk: TrunkState, ip: string, exceptId?: string): void {
  if (trunk.whitelistedIps.some((row) => row.ip === ip && row.id !== exceptId)) {
    throw duplicate(`Unable to Whitelist-ip with ip ${ip}`);
  }
}

/** No published text; worded like its neighbours. */
function refuseTakenUserName(trunk: TrunkState, userName: string, exceptId?: string): void {
  if (trunk.credentials.some((row) => row.userName === userName && row.id !== exceptId)) {
    throw duplicate(`Unable to create Credential with UserName ${userName}`);
  }
}

function deepFreeze<T extends object>(value: T): T {
  if (Object.isFrozen(value)) return value;
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
