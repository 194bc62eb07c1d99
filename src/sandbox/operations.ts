/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * The 24 operations of the trunk API. Each reads what it needs from the call, asks the
 * store and answers in the API's envelope; whatever is wrong is thrown as a `Refusal`.
 */
import { fields, objects } from './body';
import { type Answer, type Asked, batch, issuedPair, list, plain, single } from './envelope';
import type { TrunkState } from './model';
import { type Page, page, type PageSizes } from './paging';
import { mandatory, notFound, Refusal } from './refusal';
import * as rules from './rules';
import type { Store } from './store';
import * as wire from './wire';

export interface Call extends Asked {
  readonly accountSid: string;
  /** From the path; empty where the path has none. */
  readonly trunkSid: string;
  readonly id: string;
  readonly query: URLSearchParams;
  /** Parsed JSON of a POST or PUT. */
  readonly body: unknown;
  readonly store: Store;
  readonly pageSizes: PageSizes;
  /** Whether a trunk without own credentials still has the password issued with it. */
  readonly issuedCredentials: boolean;
}

export type Operation = (call: Call) => Answer;

// Trunks

export const createTrunk: Operation = (call) => {
  const sent = fields('Trunk', call.body, {
    trunk_name: 'string',
    nso_code: 'string',
    domain_name: 'string',
  });
  const trunkName = rules.required(sent.trunk_name, 'TrunkName');
  const nsoCode = rules.required(sent.nso_code, 'NsoCode');
  const domainName = rules.required(sent.domain_name, 'DomainName');
  const trunk = call.store.createTrunk({
    trunkName: rules.trunkName(trunkName),
    nsoCode: rules.nsoCode(nsoCode),
    domainName: rules.domainName(domainName),
  });
  return single(call, trunkData(call, trunk));
};

/** `?trunk_sid=` narrows the list to one trunk, or to none. */
export const listTrunks: Operation = (call) => {
  const only = call.query.get('trunk_sid');
  const trunks = call.store.trunks().filter(({ trunkSid }) => !only || trunkSid === only);
  const path = wire.trunksUri(call.accountSid);
  return listed(call, trunks, path, (trunk) => trunkData(call, trunk));
};

export const trunkListNotAllowed: Operation = () =>
  plain(405, 'Method Not Allowed', { Allow: 'POST, DELETE' });

export const updateTrunk: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('Trunk', call.body, {
    trunk_name: 'string',
    auth_type: 'string',
    nso_code: 'string',
  });
  const trunk = call.store.updateTrunk(call.trunkSid, {
    ...(sent.trunk_name !== undefined && { trunkName: rules.trunkName(sent.trunk_name) }),
    ...(sent.auth_type !== undefined && { authType: rules.authType(sent.auth_type) }),
    ...(sent.nso_code !== undefined && { nsoCode: rules.nsoCode(sent.nso_code) }),
  });
  return single(call, trunkData(call, trunk));
};

export const deleteTrunk: Operation = (call) => {
  const trunk = call.store.deleteTrunk(inQuery(call, 'trunk_sid', 'TrunkSid'));
  return single(call, trunkData(call, trunk));
};

// Phone numbers

export const mapPhoneNumber: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('PhoneNumber', call.body, { phone_number: 'string', mode: 'string' });
  const number = rules.phoneNumber(rules.required(sent.phone_number, 'PhoneNumber'));
  const mode = sent.mode === undefined ? null : rules.mode(sent.mode);
  const row = call.store.addPhoneNumber(call.trunkSid, number, mode);
  return single(call, wire.phoneNumberData(call.trunkSid, row));
};

export const listPhoneNumbers: Operation = (call) =>
  listedOfTrunk(call, 'phone-numbers', (trunk) => trunk.phoneNumbers, wire.phoneNumberData);

export const updatePhoneNumber: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('PhoneNumber', call.body, { phone_number: 'string', mode: 'string' });
  const number = rules.phoneNumber(rules.required(sent.phone_number, 'PhoneNumber'));
  const mode = rules.mode(rules.required(sent.mode, 'Mode'));
  const row = call.store.setMode(call.trunkSid, call.id, number, mode);
  return single(call, wire.phoneNumberData(call.trunkSid, row));
};

export const unmapPhoneNumber: Operation = (call) => {
  const row = call.store.removePhoneNumber(call.trunkSid, inQuery(call, 'id', 'Id'));
  return single(call, wire.phoneNumberData(call.trunkSid, row));
};

/**
 * One mapping for `?exophone=`, all of a trunk's for `?trunk_sid=` alone. A plus sign that was not
 * escaped arrives as a blank and finds nothing, as on any server.
 */
export const findTrunkMaps: Operation = (call) => {
  const exophone = call.query.get('exophone');
  const trunkSid = call.query.get('trunk_sid');
  if (exophone) {
    const found = call.store.findPhoneNumber(exophone);
    if (!found || (trunkSid && trunkSid !== found.trunkSid)) throw notFound();
    return single(call, wire.trunkMapData(found.trunkSid, found.row));
  }
  if (!trunkSid) throw mandatory('Exophone');
  const { phoneNumbers } = call.store.trunk(trunkSid);
  return listed(call, phoneNumbers, wire.trunkMapsUri(call.accountSid), (row) =>
    wire.trunkMapData(trunkSid, row),
  );
};

// Whitelisted IPs

export const whitelistIp: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('WhitelistedIp', call.body, { ip: 'string', mask: 'uint8' });
  const ip = rules.ipv4(rules.required(sent.ip, 'Ip'));
  const row = call.store.addIp(call.trunkSid, ip, rules.mask(sent.mask ?? 32));
  return single(call, wire.whitelistedIpData(call.trunkSid, row));
};

export const listWhitelistedIps: Operation = (call) =>
  listedOfTrunk(call, 'whitelisted-ips', (trunk) => trunk.whitelistedIps, wire.whitelistedIpData);

export const updateWhitelistedIp: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('WhitelistedIp', call.body, { ip: 'string', mask: 'uint8' });
  const ip = rules.ipv4(rules.required(sent.ip, 'Ip'));
  const mask = rules.mask(rules.required(sent.mask, 'Mask'));
  const row = call.store.updateIp(call.trunkSid, call.id, ip, mask);
  return single(call, wire.whitelistedIpData(call.trunkSid, row));
};

export const removeWhitelistedIp: Operation = (call) => {
  const row = call.store.removeIp(call.trunkSid, inQuery(call, 'id', 'Id'));
  return single(call, wire.whitelistedIpData(call.trunkSid, row));
};

// Destinations

export const addDestinations: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = objects('Destination', call.body, 'destinations', { destination: 'string' });
  if (sent.length === 0) throw mandatory('Destinations');
  const outcomes = sent.map((item) =>
    attempt(() => {
      const text = rules.required(item.destination, 'Destination');
      return wire.destinationData(call.trunkSid, call.store.addDestination(call.trunkSid, text));
    }),
  );
  return batch(call, outcomes, 'failed always');
};

export const listDestinations: Operation = (call) =>
  listedOfTrunk(call, 'destination-uris', (trunk) => trunk.destinations, wire.destinationData);

/** The address itself cannot be edited: only its rank. */
export const updateDestination: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('Destination', call.body, { priority: 'int', weight: 'int' });
  const row = call.store.updateDestination(call.trunkSid, call.id, {
    ...(sent.priority !== undefined && { priority: rules.rank(sent.priority, 'Priority') }),
    ...(sent.weight !== undefined && { weight: rules.rank(sent.weight, 'Weight') }),
  });
  return single(call, wire.destinationData(call.trunkSid, row));
};

export const removeDestination: Operation = (call) => {
  const row = call.store.removeDestination(call.trunkSid, inQuery(call, 'id', 'Id'));
  return single(call, wire.destinationData(call.trunkSid, row));
};

// Credentials

const credentialShape = {
  user_name: 'string',
  password: 'string',
  friendly_name: 'string',
} as const;

export const createCredential: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('Credential', call.body, credentialShape);
  const userName = rules.required(sent.user_name, 'UserName');
  const password = rules.required(sent.password, 'Password');
  const row = call.store.addCredential(call.trunkSid, {
    userName: rules.userName(userName),
    password: rules.password(password),
    friendlyName: rules.friendlyName(sent.friendly_name ?? ''),
  });
  return single(call, wire.credentialData(call.trunkSid, row));
};

/**
 * Two documents, two shapes. A trunk without credentials of its own answers as the older one says:
 * an object with the trunk's SID and the password issued with it. All others answer as the newer one
 * says: a list, never a password, with `total` and `page` in its metadata.
 */
export const listCredentials: Operation = (call) => {
  const { trunkSid, credentials } = call.store.trunk(call.trunkSid);
  if (credentials.length === 0 && call.issuedCredentials) {
    return issuedPair(call, trunkSid, call.store.issuedPassword(trunkSid));
  }
  const only = call.query.get('id');
  const path = wire.collectionUri(call.accountSid, trunkSid, 'credentials');
  const rows = credentials.filter(({ id }) => !only || id === only);
  const part = pageOf(call, rows, path);
  return list(
    call,
    { ...part.metadata, total: part.total, page: part.number },
    part.rows.map((row) => wire.credentialData(trunkSid, row)),
  );
};

export const updateCredential: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = fields('Credential', call.body, credentialShape);
  const row = call.store.updateCredential(call.trunkSid, call.id, {
    ...(sent.user_name !== undefined && { userName: rules.userName(sent.user_name) }),
    ...(sent.password !== undefined && { password: rules.password(sent.password) }),
    ...(sent.friendly_name !== undefined && {
      friendlyName: rules.friendlyName(sent.friendly_name),
    }),
  });
  return single(call, wire.credentialData(call.trunkSid, row));
};

export const deleteCredential: Operation = (call) => {
  const row = call.store.removeCredential(call.trunkSid, inQuery(call, 'id', 'Id'));
  return single(call, wire.credentialData(call.trunkSid, row));
};

// Settings

export const putSettings: Operation = (call) => {
  call.store.trunk(call.trunkSid);
  const sent = objects('Setting', call.body, 'settings', { name: 'string', value: 'string' });
  if (sent.length === 0) throw mandatory('Settings');
  const outcomes = sent.map((item) =>
    attempt(() => {
      const name = rules.required(item.name, 'Name');
      const value = rules.required(item.value, 'Value');
      rules.setting(name, value);
      return wire.settingData(call.trunkSid, call.store.putSetting(call.trunkSid, name, value));
    }),
  );
  return batch(call, outcomes, 'failed if any');
};

export const listSettings: Operation = (call) =>
  listedOfTrunk(call, 'settings', (trunk) => trunk.settings, wire.settingData);

export const removeSetting: Operation = (call) => {
  const row = call.store.removeSetting(call.trunkSid, inQuery(call, 'name', 'Name'));
  return single(call, wire.settingData(call.trunkSid, row));
};

function inQuery(call: Call, name: string, field: string): string {
  const value = call.query.get(name);
  if (!value) throw mandatory(field);
  return value;
}

/** One item of a batch: its refusal is its own, the others go on. */
function attempt(make: () => unknown): { readonly data: unknown } | Refusal {
  try {
    return { data: make() };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function trunkData(call: Call, trunk: TrunkState): object {
  if (call.shape === 'seeds') return wire.briefTrunkData(trunk);
  return wire.trunkData(call.accountSid, trunk);
}

/** Where no metadata leads to a next page, the first one holds everything. */
function pageOf<Row>(call: Call, all: readonly Row[], path: string): Page<Row> {
  if (call.shape === 'today') return page(all, call.query, path, call.pageSizes);
  const everything = new URLSearchParams({ page_size: String(all.length + 1) });
  return page(all, everything, path, { limit: Infinity, asked: 'taken' });
}

function listed<Row>(
  call: Call,
  all: readonly Row[],
  path: string,
  data: (row: Row) => object,
): Answer {
  const { metadata, rows } = pageOf(call, all, path);
  return list(call, metadata, rows.map(data));
}

function listedOfTrunk<Row>(
  call: Call,
  name: wire.Collection,
  rowsOf: (trunk: TrunkState) => readonly Row[],
  data: (trunkSid: string, row: Row) => object,
): Answer {
  const trunk = call.store.trunk(call.trunkSid);
  const path = wire.collectionUri(call.accountSid, trunk.trunkSid, name);
  return listed(call, rowsOf(trunk), path, (row) => data(trunk.trunkSid, row));
}
