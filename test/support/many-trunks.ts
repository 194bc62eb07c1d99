// Accounts with thousands of trunks, as the API's client gives them and as the sandbox holds them.
import type { Trunk } from '../../src/exotel/model';
import type { TrunkState } from '../../src/sandbox/index';

const DATE = '2026-01-23T09:24:59Z';

export function sidOf(index: number): string {
  return `trmum1${index.toString(16).padStart(18, '0')}1a1n`;
}

/** Of the trunk's only number. */
export function numberOf(index: number): string {
  return `+9180${String(40_000_000 + index)}`;
}

export function manyTrunks(count: number): Trunk[] {
  return Array.from({ length: count }, (_, index) => ({
    sid: sidOf(index),
    name: `trunk_${index}`,
    domain: 'acme5m.pstn.exotel.com',
    status: 'active',
    authType: 'IP-WHITELIST',
    nsoCode: 'ANY-ANY',
    secureTrunking: false,
    registration: false,
    edgePreference: 'auto',
    created: DATE,
    updated: DATE,
  }));
}

/** Each with one number. */
export function manyStates(count: number): TrunkState[] {
  const dates = { dateCreated: DATE, dateUpdated: DATE };
  return Array.from({ length: count }, (_, index) => ({
    ...dates,
    trunkSid: sidOf(index),
    trunkName: `trunk_${index}`,
    nsoCode: 'ANY-ANY',
    domainName: 'sandbox1.pstn.exotel.com',
    authType: 'IP-WHITELIST',
    phoneNumbers: [
      { ...dates, id: String(50_000 + index), phoneNumber: numberOf(index), mode: 'pstn' },
    ],
    whitelistedIps: [],
    destinations: [],
    credentials: [],
    settings: [],
  }));
}
