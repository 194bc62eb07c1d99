/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Where an account's API lives. A key of one region gets a bare 401 from the other one, so the region
 * is always asked for, never guessed.
 */
import * as l10n from '@vscode/l10n';

export type Region = 'in' | 'sg' | 'custom';

export const REGION_HOSTS = {
  in: 'https://api.in.exotel.com',
  sg: 'https://api.exotel.com',
} as const;

export function regionName(region: Region): string {
  switch (region) {
    case 'in':
      return l10n.t('India (Mumbai)');
    case 'sg':
      return l10n.t('Singapore');
    case 'custom':
      return l10n.t('Custom host');
  }
}

/** An account as the API knows it, without its key and token. */
export interface AccountAddress {
  readonly region: Region;
  /** Origin, e.g. `https://api.in.exotel.com`; no path, no trailing slash. http only for loopback. */
  readonly baseUrl: string;
  readonly accountSid: string;
}
