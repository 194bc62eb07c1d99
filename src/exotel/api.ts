/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The 24 operations. Every call rejects with ExotelError and nothing else; `signal` aborts it whether it
 * is queued, waiting for a retry or on the wire (problem kind `aborted`).
 */
import type {
  Credential,
  DestinationUri,
  ItemResult,
  NumberMode,
  OwnCredential,
  PhoneNumber,
  Setting,
  Trunk,
  TrunkMap,
  WhitelistedIp,
} from './model';
import type { Secret } from './secret';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ExotelApi {
  /** GET /trunks, all pages. */
  listTrunks(options?: CallOptions): Promise<Trunk[]>;
  /** GET /trunks?trunk_sid=. `notFound` when the answer holds no such trunk. */
  getTrunk(trunkSid: string, options?: CallOptions): Promise<Trunk>;
  /** POST /trunks. nso_code is always ANY-ANY, domain_name `<account sid>.pstn.exotel.com` unless given. */
  createTrunk(
    input: { readonly name: string; readonly domain?: string },
    options?: CallOptions,
  ): Promise<Trunk>;
  /** PUT /trunks/{sid}. `previous` fills what an answer without data does not say. */
  renameTrunk(previous: Trunk, name: string, options?: CallOptions): Promise<Trunk>;
  /** DELETE /trunks?trunk_sid=. */
  deleteTrunk(trunkSid: string, options?: CallOptions): Promise<void>;

  listNumbers(trunkSid: string, options?: CallOptions): Promise<PhoneNumber[]>;
  /** `mode` is left out of the body when not given (stored as null, behaves as pstn). */
  mapNumber(
    trunkSid: string,
    input: { readonly number: string; readonly mode?: NumberMode },
    options?: CallOptions,
  ): Promise<PhoneNumber>;
  changeNumberMode(
    previous: PhoneNumber,
    mode: NumberMode,
    options?: CallOptions,
  ): Promise<PhoneNumber>;
  unmapNumber(trunkSid: string, id: string, options?: CallOptions): Promise<void>;
  /** GET /trunk-maps?exophone=. Null when no trunk has the number. */
  findTrunkOf(number: string, options?: CallOptions): Promise<TrunkMap | null>;

  listIps(trunkSid: string, options?: CallOptions): Promise<WhitelistedIp[]>;
  whitelistIp(
    trunkSid: string,
    input: { readonly ip: string; readonly mask: number },
    options?: CallOptions,
  ): Promise<WhitelistedIp>;
  changeIp(
    previous: WhitelistedIp,
    input: { readonly ip: string; readonly mask: number },
    options?: CallOptions,
  ): Promise<WhitelistedIp>;
  removeIp(trunkSid: string, id: string, options?: CallOptions): Promise<void>;

  listDestinations(trunkSid: string, options?: CallOptions): Promise<DestinationUri[]>;
  /** One result per destination, in the order given. */
  addDestinations(
    trunkSid: string,
    destinations: readonly string[],
    options?: CallOptions,
  ): Promise<ItemResult<string, DestinationUri>[]>;
  changeDestination(
    previous: DestinationUri,
    input: { readonly priority?: number; readonly weight?: number },
    options?: CallOptions,
  ): Promise<DestinationUri>;
  removeDestination(trunkSid: string, id: string, options?: CallOptions): Promise<void>;

  /** Both documented shapes: the issued pair, or the list of own credentials. */
  listCredentials(trunkSid: string, options?: CallOptions): Promise<Credential[]>;
  createCredential(
    trunkSid: string,
    input: { readonly userName: string; readonly password: Secret; readonly friendlyName?: string },
    options?: CallOptions,
  ): Promise<OwnCredential>;
  /** Rotates the password, renames, or both. */
  changeCredential(
    previous: OwnCredential,
    input: {
      readonly userName?: string;
      readonly password?: Secret;
      readonly friendlyName?: string;
    },
    options?: CallOptions,
  ): Promise<OwnCredential>;
  deleteCredential(trunkSid: string, id: string, options?: CallOptions): Promise<void>;

  listSettings(trunkSid: string, options?: CallOptions): Promise<Setting[]>;
  setSetting(
    trunkSid: string,
    name: string,
    value: string,
    options?: CallOptions,
  ): Promise<Setting>;
  clearSetting(trunkSid: string, name: string, options?: CallOptions): Promise<void>;
}
