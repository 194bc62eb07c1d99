/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * From the `data` of an answer to the model's exact types. `known` is what the request already says: it
 * stands in for what an answer leaves out, as some answers to PUT and DELETE do.
 */
import * as v from 'valibot';
import type {
  Credential,
  DestinationUri,
  NumberMode,
  OwnCredential,
  PhoneNumber,
  Setting,
  Trunk,
  TrunkMap,
  WhitelistedIp,
} from './model';
import { Secret } from './secret';

/** An answer lacks what the contract promises. Names the field, never its value. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  constructor(readonly field: string) {
    super(`${field} is missing or not what it should be`);
  }
}

/** Optional, null and of a wrong type are one thing to the model: not said. */
const maybe = <T>(schema: v.GenericSchema<unknown, T>) =>
  v.fallback(v.nullish(schema, null), null) as v.GenericSchema<unknown, T | null>;

/** Ids come as strings or, in some samples, as numbers. */
const text = maybe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]));
const filled = maybe(
  v.pipe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), v.nonEmpty()),
);
const whole = maybe(
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))]),
    v.integer(),
  ),
);
/** `enabled` and `disabled`. */
const flag = maybe(
  v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['enabled', 'disabled']),
      v.transform((word) => word === 'enabled'),
    ),
  ]),
);
/** A mode nobody has documented is refused: taken for `pstn` it would be shown wrongly. */
const mode = v.nullish(v.pipe(v.string(), v.toLowerCase(), v.picklist(['pstn', 'flow', ''])));
const dates = { date_created: text, date_updated: text };

const TrunkData = v.object({
  trunk_sid: filled,
  trunk_name: text,
  domain_name: text,
  status: maybe(v.picklist(['active', 'inactive'])),
  auth_type: text,
  nso_code: text,
  secure_trunking: flag,
  registration_enabled: flag,
  edge_preference: text,
  ...dates,
});
const PhoneNumberData = v.object({
  id: filled,
  phone_number: filled,
  trunk_sid: filled,
  mode,
  ...dates,
});
const IpData = v.object({
  id: filled,
  ip: filled,
  mask: whole,
  friendly_name: text,
  trunk_sid: filled,
  ...dates,
});
const DestinationData = v.object({
  id: filled,
  destination: filled,
  priority: whole,
  weight: whole,
  type: text,
  trunk_sid: filled,
  ...dates,
});
const CredentialData = v.object({
  id: filled,
  user_name: filled,
  friendly_name: text,
  trunk_sid: filled,
  ...dates,
});
const IssuedData = v.object({
  id: v.nullish(v.null()),
  username: filled,
  password: v.pipe(v.string(), v.nonEmpty()),
});
const SettingData = v.object({ name: filled, value: text, trunk_sid: filled, ...dates });
const TrunkMapData = v.object({
  exophone: filled,
  phone_number: filled,
  trunk_sid: filled,
  phone_number_id: filled,
  id: filled,
  mode,
});

/** Null data reads as an object that says nothing. */
function parse<T>(schema: v.GenericSchema<unknown, T>, data: unknown): T {
  const result = v.safeParse(schema, data ?? {});
  if (result.success) return result.output;
  const key = result.issues[0].path?.[0]?.key;
  throw new DecodeError(typeof key === 'string' ? key : 'data');
}

function need<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined) throw new DecodeError(field);
  return value;
}

type Known<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Null and '' are what the API stores for pstn; only a mode left out says nothing. */
function decodeMode(
  said: NumberMode | '' | null | undefined,
  known: NumberMode | undefined,
): NumberMode {
  return said === undefined ? (known ?? 'pstn') : said === 'flow' ? 'flow' : 'pstn';
}

export function decodeTrunk(data: unknown, known: Known<Trunk> = {}): Trunk {
  const raw = parse(TrunkData, data);
  return {
    sid: need(raw.trunk_sid ?? known.sid, 'trunk_sid'),
    name: raw.trunk_name ?? known.name ?? '',
    domain: raw.domain_name ?? known.domain ?? null,
    status: raw.status ?? known.status ?? null,
    authType: raw.auth_type ?? known.authType ?? null,
    nsoCode: raw.nso_code ?? known.nsoCode ?? null,
    secureTrunking: raw.secure_trunking ?? known.secureTrunking ?? null,
    registration: raw.registration_enabled ?? known.registration ?? null,
    edgePreference: raw.edge_preference ?? known.edgePreference ?? null,
    created: raw.date_created ?? known.created ?? null,
    updated: raw.date_updated ?? known.updated ?? null,
  };
}

export function decodePhoneNumber(data: unknown, known: Known<PhoneNumber>): PhoneNumber {
  const raw = parse(PhoneNumberData, data);
  return {
    id: need(raw.id ?? known.id, 'id'),
    number: need(raw.phone_number ?? known.number, 'phone_number'),
    trunkSid: need(raw.trunk_sid ?? known.trunkSid, 'trunk_sid'),
    mode: decodeMode(raw.mode, known.mode),
    created: raw.date_created ?? known.created ?? null,
    updated: raw.date_updated ?? known.updated ?? null,
  };
}

export function decodeIp(data: unknown, known: Known<WhitelistedIp>): WhitelistedIp {
  const raw = parse(IpData, data);
  return {
    id: need(raw.id ?? known.id, 'id'),
    ip: need(raw.ip ?? known.ip, 'ip'),
    mask: raw.mask ?? known.mask ?? 32,
    friendlyName: raw.friendly_name ?? known.friendlyName ?? null,
    trunkSid: need(raw.trunk_sid ?? known.trunkSid, 'trunk_sid'),
    created: raw.date_created ?? known.created ?? null,
    updated: raw.date_updated ?? known.updated ?? null,
  };
}

/** The API puts `sip:` in front of what it was given. */
export function withoutScheme(destination: string): string {
  return destination.trim().replace(/^sip:/i, '');
}

export function decodeDestination(data: unknown, known: Known<DestinationUri>): DestinationUri {
  const raw = parse(DestinationData, data);
  return {
    id: need(raw.id ?? known.id, 'id'),
    destination: withoutScheme(need(raw.destination ?? known.destination, 'destination')),
    priority: raw.priority ?? known.priority ?? 0,
    weight: raw.weight ?? known.weight ?? 1,
    type: raw.type ?? known.type ?? null,
    trunkSid: need(raw.trunk_sid ?? known.trunkSid, 'trunk_sid'),
    created: raw.date_created ?? known.created ?? null,
    updated: raw.date_updated ?? known.updated ?? null,
  };
}

export function decodeOwnCredential(data: unknown, known: Known<OwnCredential>): OwnCredential {
  const raw = parse(CredentialData, data);
  return {
    kind: 'own',
    id: need(raw.id ?? known.id, 'id'),
    userName: need(raw.user_name ?? known.userName, 'user_name'),
    friendlyName: raw.friendly_name ?? known.friendlyName ?? null,
    trunkSid: need(raw.trunk_sid ?? known.trunkSid, 'trunk_sid'),
    created: raw.date_created ?? known.created ?? null,
    updated: raw.date_updated ?? known.updated ?? null,
  };
}

/** Exotel's older documents show one issued pair with its password, the newer ones rows with an id. */
export function decodeCredential(data: unknown, trunkSid: string): Credential {
  const issued = v.safeParse(IssuedData, data);
  if (!issued.success) return decodeOwnCredential(data, { trunkSid });
  const { username, password } = issued.output;
  return {
    kind: 'issued',
    userName: username ?? trunkSid,
    password: new Secret(password),
    trunkSid,
  };
}

export function decodeSetting(data: unknown, known: Known<Setting>): Setting {
  const raw = parse(SettingData, data);
  return {
    name: need(raw.name ?? known.name, 'name'),
    value: need(raw.value ?? known.value, 'value'),
    trunkSid: need(raw.trunk_sid ?? known.trunkSid, 'trunk_sid'),
    created: raw.date_created ?? known.created ?? null,
    updated: raw.date_updated ?? known.updated ?? null,
  };
}

/** Null when the data names no trunk. */
export function decodeTrunkMap(data: unknown, number: string): TrunkMap | null {
  const raw = parse(TrunkMapData, data);
  if (raw.trunk_sid === null) return null;
  return {
    number: raw.exophone ?? raw.phone_number ?? number,
    trunkSid: raw.trunk_sid,
    phoneNumberId: raw.phone_number_id ?? raw.id,
    mode: decodeMode(raw.mode, undefined),
  };
}
