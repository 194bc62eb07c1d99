/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The 24 operations over the wire. POST and GET go to the collection, PUT takes the id in the path,
 * DELETE takes it in the query.
 */
import * as l10n from '@vscode/l10n';
import type { CallOptions, ExotelApi } from './api';
import {
  DecodeError,
  decodeCredential,
  decodeDestination,
  decodeIp,
  decodeOwnCredential,
  decodePhoneNumber,
  decodeSetting,
  decodeTrunk,
  decodeTrunkMap,
  withoutScheme,
} from './decode';
import type { Part } from './envelope';
import { ExotelError, type Field, type Problem } from './errors';
import type { Operation } from './explanations';
import { pairItems } from './items';
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
import { badResponse, missing, notEnabled, problemOfPart, unusableId } from './problems';
import type { Secret } from './secret';
import { type Answer, type Call, Wire, type WireOptions } from './wire';

export type ExotelClientOptions = WireOptions;

interface IpInput {
  readonly ip: string;
  readonly mask: number;
}

export class ExotelClient implements ExotelApi {
  readonly #wire: Wire;
  readonly #accountSid: string;
  /** False once this account's API has refused to be asked for a page size. */
  #takesPageSize = true;

  /** Throws TypeError when the base URL is one the key must not be sent to. */
  constructor(options: ExotelClientOptions) {
    this.#wire = new Wire(options);
    this.#accountSid = options.address.accountSid;
  }

  async listTrunks(options?: CallOptions): Promise<Trunk[]> {
    const trunks = await this.#list('list trunks', '/trunks', decodeTrunk, options);
    return unique(trunks, (trunk) => trunk.sid);
  }

  async getTrunk(trunkSid: string, options?: CallOptions): Promise<Trunk> {
    const operation = 'get trunk';
    const query = { trunk_sid: usable(trunkSid, operation, 'trunk_sid') };
    const call = { operation, method: 'GET', path: '/trunks', query } as const;
    let last: Answer | null = null;
    // A server that does not know the filter answers with every trunk.
    for await (const answer of this.#wire.pages(call, options)) {
      const found = rows(answer, decodeTrunk).find((trunk) => trunk.sid === trunkSid);
      if (found !== undefined) return found;
      last = answer;
    }
    if (last === null) throw new RangeError('A list has at least one page.');
    throw new ExotelError(
      missing(l10n.t('Exotel does not list this trunk.'), last.facts, last.call),
    );
  }

  async createTrunk(
    input: { readonly name: string; readonly domain?: string },
    options?: CallOptions,
  ): Promise<Trunk> {
    const domain = input.domain ?? `${this.#accountSid}.pstn.exotel.com`;
    const body = { trunk_name: input.name, nso_code: 'ANY-ANY', domain_name: domain };
    const call = { operation: 'create trunk', method: 'POST', path: '/trunks', body } as const;
    const answer = await this.#wire.send(call, options);
    try {
      return decodeTrunk(firstData(answer), { name: input.name, domain, nsoCode: 'ANY-ANY' });
    } catch (error) {
      if (error instanceof DecodeError && error.field === 'trunk_sid') {
        throw new ExotelError(notEnabled(answer.facts, answer.call));
      }
      throw decodeFailure(error, answer);
    }
  }

  async renameTrunk(previous: Trunk, name: string, options?: CallOptions): Promise<Trunk> {
    const operation = 'rename trunk';
    const path = trunkPath(previous.sid, operation);
    const call = { operation, method: 'PUT', path, body: { trunk_name: name } } as const;
    const answer = await this.#wire.send(call, options);
    return decoded(answer, (data) => decodeTrunk(data, { ...previous, name }));
  }

  async deleteTrunk(trunkSid: string, options?: CallOptions): Promise<void> {
    const operation = 'delete trunk';
    const query = { trunk_sid: usable(trunkSid, operation, 'trunk_sid') };
    await this.#wire.send({ operation, method: 'DELETE', path: '/trunks', query }, options);
  }

  async listNumbers(trunkSid: string, options?: CallOptions): Promise<PhoneNumber[]> {
    const operation = 'list phone numbers';
    const path = trunkPath(trunkSid, operation, 'phone-numbers');
    const decode = (data: unknown) => decodePhoneNumber(data, { trunkSid });
    return unique(await this.#list(operation, path, decode, options), idOf);
  }

  async mapNumber(
    trunkSid: string,
    input: { readonly number: string; readonly mode?: NumberMode },
    options?: CallOptions,
  ): Promise<PhoneNumber> {
    const operation = 'map phone number';
    const path = trunkPath(trunkSid, operation, 'phone-numbers');
    const body = {
      phone_number: input.number,
      ...(input.mode === undefined ? {} : { mode: input.mode }),
    };
    const answer = await this.#wire.send({ operation, method: 'POST', path, body }, options);
    return decoded(answer, (data) => decodePhoneNumber(data, { ...input, trunkSid }));
  }

  async changeNumberMode(
    previous: PhoneNumber,
    mode: NumberMode,
    options?: CallOptions,
  ): Promise<PhoneNumber> {
    const operation = 'change phone number mode';
    const path = itemPath(previous, operation, 'phone-numbers');
    const body = { phone_number: previous.number, mode };
    const answer = await this.#wire.send({ operation, method: 'PUT', path, body }, options);
    return decoded(answer, (data) => decodePhoneNumber(data, { ...previous, mode }));
  }

  async unmapNumber(trunkSid: string, id: string, options?: CallOptions): Promise<void> {
    await this.#remove('unmap phone number', trunkSid, 'phone-numbers', { id }, options);
  }

  async findTrunkOf(number: string, options?: CallOptions): Promise<TrunkMap | null> {
    const operation = 'find trunk of phone number';
    const query = { exophone: number };
    const call = { operation, method: 'GET', path: '/trunk-maps', query } as const;
    let answer: Answer;
    try {
      answer = await this.#wire.send(call, options);
    } catch (error) {
      if (error instanceof ExotelError && error.problem.kind === 'notFound') return null;
      throw error;
    }
    const maps = rows(answer, (data) => decodeTrunkMap(data, number)).filter((map) => map !== null);
    return maps.find((map) => map.number === number) ?? maps[0] ?? null;
  }

  async listIps(trunkSid: string, options?: CallOptions): Promise<WhitelistedIp[]> {
    const operation = 'list whitelisted IPs';
    const path = trunkPath(trunkSid, operation, 'whitelisted-ips');
    const decode = (data: unknown) => decodeIp(data, { trunkSid });
    return unique(await this.#list(operation, path, decode, options), idOf);
  }

  async whitelistIp(
    trunkSid: string,
    { ip, mask }: IpInput,
    options?: CallOptions,
  ): Promise<WhitelistedIp> {
    const operation = 'whitelist IP';
    const path = trunkPath(trunkSid, operation, 'whitelisted-ips');
    const body = { ip, mask };
    const answer = await this.#wire.send({ operation, method: 'POST', path, body }, options);
    return decoded(answer, (data) => decodeIp(data, { ip, mask, trunkSid }));
  }

  async changeIp(
    previous: WhitelistedIp,
    { ip, mask }: IpInput,
    options?: CallOptions,
  ): Promise<WhitelistedIp> {
    const operation = 'change whitelisted IP';
    const path = itemPath(previous, operation, 'whitelisted-ips');
    const body = { ip, mask };
    const answer = await this.#wire.send({ operation, method: 'PUT', path, body }, options);
    return decoded(answer, (data) => decodeIp(data, { ...previous, ip, mask }));
  }

  async removeIp(trunkSid: string, id: string, options?: CallOptions): Promise<void> {
    await this.#remove('remove whitelisted IP', trunkSid, 'whitelisted-ips', { id }, options);
  }

  async listDestinations(trunkSid: string, options?: CallOptions): Promise<DestinationUri[]> {
    const operation = 'list destinations';
    const path = trunkPath(trunkSid, operation, 'destination-uris');
    const decode = (data: unknown) => decodeDestination(data, { trunkSid });
    return unique(await this.#list(operation, path, decode, options), idOf);
  }

  async addDestinations(
    trunkSid: string,
    destinations: readonly string[],
    options?: CallOptions,
  ): Promise<ItemResult<string, DestinationUri>[]> {
    const operation = 'add destinations';
    const path = trunkPath(trunkSid, operation, 'destination-uris');
    if (destinations.length === 0) return [];
    const body = {
      destinations: destinations.map((destination) => ({
        destination: withoutScheme(destination),
      })),
    };
    const call = { operation, method: 'POST', path, body, batch: true } as const;
    const answer = await this.#wire.send(call, options);
    const parts = pairItems(destinations, answer.envelope.parts);
    return destinations.map((input, index) => itemResult(input, parts[index], trunkSid, answer));
  }

  async changeDestination(
    previous: DestinationUri,
    input: { readonly priority?: number; readonly weight?: number },
    options?: CallOptions,
  ): Promise<DestinationUri> {
    const operation = 'change destination';
    const path = itemPath(previous, operation, 'destination-uris');
    const body = {
      ...(input.priority === undefined ? {} : { priority: input.priority }),
      ...(input.weight === undefined ? {} : { weight: input.weight }),
    };
    const answer = await this.#wire.send({ operation, method: 'PUT', path, body }, options);
    return decoded(answer, (data) => decodeDestination(data, { ...previous, ...body }));
  }

  async removeDestination(trunkSid: string, id: string, options?: CallOptions): Promise<void> {
    await this.#remove('remove destination', trunkSid, 'destination-uris', { id }, options);
  }

  async listCredentials(trunkSid: string, options?: CallOptions): Promise<Credential[]> {
    const operation = 'list credentials';
    const path = trunkPath(trunkSid, operation, 'credentials');
    const decode = (data: unknown) => decodeCredential(data, trunkSid);
    const credentials = await this.#list(operation, path, decode, options);
    return unique(credentials, (it) => (it.kind === 'own' ? it.id : `issued ${it.userName}`));
  }

  async createCredential(
    trunkSid: string,
    input: { readonly userName: string; readonly password: Secret; readonly friendlyName?: string },
    options?: CallOptions,
  ): Promise<OwnCredential> {
    const operation = 'create credential';
    const path = trunkPath(trunkSid, operation, 'credentials');
    const { userName, friendlyName } = input;
    const answer = await this.#wire.send(
      { operation, method: 'POST', path, ...credentialBody(input) },
      options,
    );
    return decoded(answer, (data) =>
      decodeOwnCredential(data, { userName, friendlyName, trunkSid }),
    );
  }

  async changeCredential(
    previous: OwnCredential,
    input: {
      readonly userName?: string;
      readonly password?: Secret;
      readonly friendlyName?: string;
    },
    options?: CallOptions,
  ): Promise<OwnCredential> {
    const operation = 'change credential';
    const path = itemPath(previous, operation, 'credentials');
    const known = {
      ...previous,
      userName: input.userName ?? previous.userName,
      friendlyName: input.friendlyName ?? previous.friendlyName,
    };
    const answer = await this.#wire.send(
      { operation, method: 'PUT', path, ...credentialBody(input) },
      options,
    );
    return decoded(answer, (data) => decodeOwnCredential(data, known));
  }

  async deleteCredential(trunkSid: string, id: string, options?: CallOptions): Promise<void> {
    await this.#remove('delete credential', trunkSid, 'credentials', { id }, options);
  }

  async listSettings(trunkSid: string, options?: CallOptions): Promise<Setting[]> {
    const operation = 'list settings';
    const path = trunkPath(trunkSid, operation, 'settings');
    const decode = (data: unknown) => decodeSetting(data, { trunkSid });
    return unique(await this.#list(operation, path, decode, options), (it) => it.name);
  }

  async setSetting(
    trunkSid: string,
    name: string,
    value: string,
    options?: CallOptions,
  ): Promise<Setting> {
    const operation = 'set setting';
    const path = trunkPath(trunkSid, operation, 'settings');
    const body = { settings: [{ name, value }] };
    const answer = await this.#wire.send({ operation, method: 'POST', path, body }, options);
    return decoded(answer, (data) => decodeSetting(data, { name, value, trunkSid }));
  }

  async clearSetting(trunkSid: string, name: string, options?: CallOptions): Promise<void> {
    await this.#remove('clear setting', trunkSid, 'settings', { name }, options);
  }

  async #list<T>(
    operation: Operation,
    path: string,
    decode: (data: unknown) => T,
    options?: CallOptions,
  ): Promise<T[]> {
    const call = { operation, method: 'GET', path } as const;
    if (!this.#takesPageSize) return this.#rowsOf(call, decode, options);
    const sized = { ...call, query: { page_size: String(PAGE_SIZE) } };
    try {
      return await this.#rowsOf(sized, decode, options);
    } catch (error) {
      if (!(error instanceof ExotelError) || !mayRefusePageSize(error.problem)) throw error;
    }
    // What the refusal says does not decide it: that the same call without the page size works does.
    const all = await this.#rowsOf(call, decode, options);
    this.#takesPageSize = false;
    return all;
  }

  async #rowsOf<T>(call: Call, decode: (data: unknown) => T, options?: CallOptions): Promise<T[]> {
    const all: T[] = [];
    // Page by page: ten thousand rows read at once would hold up everything else.
    for await (const answer of this.#wire.pages(call, options)) all.push(...rows(answer, decode));
    return all;
  }

  async #remove(
    operation: Operation,
    trunkSid: string,
    collection: string,
    which: { readonly id: string } | { readonly name: string },
    options?: CallOptions,
  ): Promise<void> {
    const path = trunkPath(trunkSid, operation, collection);
    const query =
      'id' in which
        ? { id: usable(which.id, operation, null) }
        : { name: usable(which.name, operation, 'setting') };
    await this.#wire.send({ operation, method: 'DELETE', path, query }, options);
  }
}

/** Rows a page. Exotel's own default is 50, so this halves the calls; nobody relies on getting as many. */
const PAGE_SIZE = 100;

/** A wrong parameter, as opposed to a server that is busy or broken. */
function mayRefusePageSize({ httpStatus }: Problem): boolean {
  return httpStatus === 400 || httpStatus === 422;
}

const idOf = (row: { readonly id: string }) => row.id;

/** Rows may move from one page to the next while the pages are read; the later one is newer. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/**
 * An empty id or one that climbs the path would reach something else than what is meant, and half a
 * surrogate pair cannot be written into a URL.
 */
function usable(id: string, operation: Operation, field: Field | null): string {
  if (/^\.{0,2}$/.test(id.trim()) || /\p{Surrogate}/u.test(id))
    throw new ExotelError(unusableId(field, { operation }));
  return id;
}

function trunkPath(trunkSid: string, operation: Operation, collection?: string): string {
  const path = `/trunks/${encodeURIComponent(usable(trunkSid, operation, 'trunk_sid'))}`;
  return collection === undefined ? path : `${path}/${collection}`;
}

function itemPath(
  item: { readonly trunkSid: string; readonly id: string },
  operation: Operation,
  collection: string,
): string {
  const id = encodeURIComponent(usable(item.id, operation, null));
  return `${trunkPath(item.trunkSid, operation, collection)}/${id}`;
}

function credentialBody(input: {
  readonly userName?: string;
  readonly password?: Secret;
  readonly friendlyName?: string;
}) {
  const { userName, password, friendlyName } = input;
  return {
    body: {
      ...(userName === undefined ? {} : { user_name: userName }),
      ...(password === undefined ? {} : { password: password.reveal() }),
      ...(friendlyName === undefined ? {} : { friendly_name: friendlyName }),
    },
    secrets: password === undefined ? [] : [password],
  };
}

function firstData(answer: Answer): unknown {
  return answer.envelope.parts[0]?.data ?? null;
}

function decoded<T>(answer: Answer, decode: (data: unknown) => T): T {
  try {
    return decode(firstData(answer));
  } catch (error) {
    throw decodeFailure(error, answer);
  }
}

/** Every row of a list; a null is Go's way to write an empty one. */
function rows<T>(answer: Answer, decode: (data: unknown) => T): T[] {
  const present = answer.envelope.parts.filter((part) => part.data !== null);
  try {
    return present.map((part) => decode(part.data));
  } catch (error) {
    throw decodeFailure(error, answer);
  }
}

function decodeFailure(error: unknown, answer: Answer): unknown {
  if (!(error instanceof DecodeError)) return error;
  const sentence = l10n.t(
    'Exotel’s answer lacks {0}, or it is not what it should be.',
    error.field,
  );
  return new ExotelError(badResponse(sentence, answer.facts, answer.call));
}

function itemResult(
  input: string,
  part: Part | null | undefined,
  trunkSid: string,
  answer: Answer,
): ItemResult<string, DestinationUri> {
  if (part === null || part === undefined) {
    const sentence = l10n.t('Exotel did not say what became of this destination.');
    return { ok: false, input, problem: badResponse(sentence, answer.facts, answer.call) };
  }
  if (!part.ok) {
    return { ok: false, input, problem: problemOfPart(part, answer.facts, answer.call) };
  }
  try {
    const value = decodeDestination(part.data, { destination: input, trunkSid });
    return { ok: true, input, value };
  } catch (error) {
    const failure = decodeFailure(error, answer);
    if (failure instanceof ExotelError) return { ok: false, input, problem: failure.problem };
    throw failure;
  }
}
