/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * The rows as the API spells them, snake_case and all.
 */
import type {
  CredentialState,
  DestinationState,
  PhoneNumberState,
  SettingState,
  TrunkState,
  WhitelistedIpState,
} from './model';

export type Collection =
  'phone-numbers' | 'whitelisted-ips' | 'destination-uris' | 'credentials' | 'settings';

/** Relative, as in the API's own answers. */
export function trunksUri(accountSid: string): string {
  return `/v2/accounts/${accountSid}/trunks`;
}

export function trunkMapsUri(accountSid: string): string {
  return `/v2/accounts/${accountSid}/trunk-maps`;
}

export function collectionUri(accountSid: string, trunkSid: string, name: Collection): string {
  return `${trunksUri(accountSid)}/${trunkSid}/${name}`;
}

/**
 * `auth_type` stays what it is even when the trunk has digest credentials, and the on/off fields are
 * words, not booleans: both as published.
 */
export function trunkData(accountSid: string, trunk: TrunkState): object {
  const uri = (name: Collection): string => collectionUri(accountSid, trunk.trunkSid, name);
  return {
    trunk_name: trunk.trunkName,
    date_created: trunk.dateCreated,
    date_updated: trunk.dateUpdated,
    trunk_sid: trunk.trunkSid,
    status: 'active',
    domain_name: trunk.domainName,
    auth_type: trunk.authType,
    registration_enabled: 'disabled',
    edge_preference: 'auto',
    nso_code: trunk.nsoCode,
    secure_trunking: 'disabled',
    destination_uris: uri('destination-uris'),
    whitelisted_ips: uri('whitelisted-ips'),
    credentials: uri('credentials'),
    phone_numbers: uri('phone-numbers'),
  };
}

/** All that the older documents show of a trunk. */
export function briefTrunkData(trunk: TrunkState): object {
  return {
    trunk_sid: trunk.trunkSid,
    trunk_name: trunk.trunkName,
    domain_name: trunk.domainName,
    nso_code: trunk.nsoCode,
    date_created: trunk.dateCreated,
  };
}

export function phoneNumberData(trunkSid: string, row: PhoneNumberState): object {
  return {
    id: row.id,
    phone_number: row.phoneNumber,
    trunk_sid: trunkSid,
    date_created: row.dateCreated,
    date_updated: row.dateUpdated,
    mode: row.mode,
  };
}

export function trunkMapData(trunkSid: string, row: PhoneNumberState): object {
  return {
    exophone: row.phoneNumber,
    trunk_sid: trunkSid,
    phone_number_id: row.id,
    mode: row.mode,
  };
}

export function whitelistedIpData(trunkSid: string, row: WhitelistedIpState): object {
  return {
    id: row.id,
    mask: row.mask,
    trunk_sid: trunkSid,
    ip: row.ip,
    friendly_name: row.friendlyName,
    date_created: row.dateCreated,
    date_updated: row.dateUpdated,
  };
}

/** The answer carries a `sip:` that must not be sent. */
export function destinationData(trunkSid: string, row: DestinationState): object {
  return {
    id: row.id,
    destination: `sip:${row.destination}`,
    date_created: row.dateCreated,
    date_updated: row.dateUpdated,
    type: 'public',
    priority: row.priority,
    weight: row.weight,
    trunk_sid: trunkSid,
  };
}

/** Never a password: no call of the API gives one back. */
export function credentialData(trunkSid: string, row: CredentialState): object {
  return {
    id: row.id,
    trunk_sid: trunkSid,
    user_name: row.userName,
    friendly_name: row.friendlyName,
    date_created: row.dateCreated,
    date_updated: row.dateUpdated,
  };
}

/** No id: the name is the key. */
export function settingData(trunkSid: string, row: SettingState): object {
  return {
    name: row.name,
    value: row.value,
    trunk_sid: trunkSid,
    date_created: row.dateCreated,
    date_updated: row.dateUpdated,
  };
}
