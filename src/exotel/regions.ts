/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Where an account's API lives. A key of one region gets a bare 401 from the other one, so the region
 * is always asked for, never guessed.
 */
export type Region = 'in' | 'sg' | 'custom';

export const REGION_HOSTS = {
  in: 'https://api.in.exotel.com',
  sg: 'https://api.exotel.com',
} as const;

export const REGION_NAMES: Readonly<Record<Region, string>> = {
  in: 'India (Mumbai)',
  sg: 'Singapore',
  custom: 'Custom host',
};

/** An account as the API knows it, without its key and token. */
export interface AccountAddress {
  readonly region: Region;
  /** Origin, e.g. `https://api.in.exotel.com`; no path, no trailing slash. http only for loopback. */
  readonly baseUrl: string;
  readonly accountSid: string;
}
