/**
 * app/: the application, without `vscode`.
 *
 * An Exotel account as this computer remembers it. Key, token and SIP passwords are never part of it:
 * they live in SecretStorage under the account's id.
 */
import type { AccountAddress } from '../../exotel/regions';
import type { Secret } from '../../exotel/secret';

export interface Account extends AccountAddress {
  /** Random, made once; part of secret keys and tree ids. */
  readonly id: string;
  /** What the person calls it, e.g. `Production`. */
  readonly label: string;
  /** Every change is hidden and refused. */
  readonly readOnly: boolean;
  /** The API is the sandbox on this computer; gone when the window closes. */
  readonly sandbox: boolean;
}

export interface ApiKeys {
  readonly apiKey: Secret;
  readonly apiToken: Secret;
}

/** The page of Exotel's console that shows the account's API key, token and SID. */
export function consoleUrl(address: AccountAddress): string {
  const host = address.region === 'in' ? 'my.in.exotel.com' : 'my.exotel.com';
  return `https://${host}/apisettings/site#api-credentials`;
}
