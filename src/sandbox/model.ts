/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * What the sandbox remembers of an account. Rows are never changed in place: the store swaps a row
 * for a new one, so whatever was handed out stays as it was.
 */

/** `null`: the caller named none. The API keeps it so and treats the number as `pstn`. */
export type NumberMode = 'pstn' | 'flow' | null;

interface Dated {
  /** ISO-8601, UTC, whole seconds: `2026-01-23T09:24:59Z`. */
  readonly dateCreated: string;
  readonly dateUpdated: string;
}

export interface PhoneNumberState extends Dated {
  readonly id: string;
  readonly phoneNumber: string;
  readonly mode: NumberMode;
}

export interface WhitelistedIpState extends Dated {
  readonly id: string;
  readonly ip: string;
  readonly mask: number;
  readonly friendlyName: string | null;
}

export interface DestinationState extends Dated {
  readonly id: string;
  /** As it was sent, without the `sip:` that the API puts in front in its answers. */
  readonly destination: string;
  readonly priority: number;
  readonly weight: number;
}

/** A digest credential; its password is kept apart and leaves through `passwordOf` only. */
export interface CredentialState extends Dated {
  readonly id: string;
  readonly userName: string;
  readonly friendlyName: string | null;
}

export interface SettingState extends Dated {
  readonly name: string;
  readonly value: string;
}

export interface TrunkState extends Dated {
  readonly trunkSid: string;
  readonly trunkName: string;
  readonly nsoCode: string;
  readonly domainName: string;
  readonly authType: string;
  readonly phoneNumbers: readonly PhoneNumberState[];
  readonly whitelistedIps: readonly WhitelistedIpState[];
  readonly destinations: readonly DestinationState[];
  readonly credentials: readonly CredentialState[];
  readonly settings: readonly SettingState[];
}

export interface SandboxState {
  readonly accountSid: string;
  /** In the order of their creation. */
  readonly trunks: readonly TrunkState[];
}
