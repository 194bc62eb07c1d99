/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * What the API talks about, in exact types. `null` means "the API did not say"; unknown fields are
 * kept out. Field facts: Exotel's API reference and the vSIP guide (see README, "Facts about Exotel").
 */
import type { Secret } from './secret';
import type { Problem } from './errors';

/** `pstn`: calls go to the telephone network. `flow`: to a StreamKit voice bot. The API's null means pstn. */
export type NumberMode = 'pstn' | 'flow';

export interface Trunk {
  /** Opaque; public samples look like `trmum1f708622631150902801a1n`. */
  readonly sid: string;
  /** 1–16 of `[A-Za-z0-9_]`; '' is possible for a trunk created elsewhere. */
  readonly name: string;
  /** `<account sid>.pstn.exotel.com`. */
  readonly domain: string | null;
  readonly status: 'active' | 'inactive' | null;
  readonly authType: string | null;
  readonly nsoCode: string | null;
  readonly secureTrunking: boolean | null;
  readonly registration: boolean | null;
  readonly edgePreference: string | null;
  /** ISO-8601 UTC, as the API wrote it. */
  readonly created: string | null;
  readonly updated: string | null;
}

export interface PhoneNumber {
  readonly id: string;
  /** E.164 with plus. */
  readonly number: string;
  readonly trunkSid: string;
  readonly mode: NumberMode;
  readonly created: string | null;
  readonly updated: string | null;
}

export interface WhitelistedIp {
  readonly id: string;
  /** Dotted quad. */
  readonly ip: string;
  /** 16–32. */
  readonly mask: number;
  readonly friendlyName: string | null;
  readonly trunkSid: string;
  readonly created: string | null;
  readonly updated: string | null;
}

export interface DestinationUri {
  readonly id: string;
  /** `host:port;transport=tls|tcp`, without the `sip:` that the API puts in front. */
  readonly destination: string;
  /** Lower is tried first. Default 0. */
  readonly priority: number;
  /** Among equal priorities, higher gets more calls. Default 1. */
  readonly weight: number;
  readonly type: string | null;
  readonly trunkSid: string;
  readonly created: string | null;
  readonly updated: string | null;
}

/** A credential one created; no call returns its password again. */
export interface OwnCredential {
  readonly kind: 'own';
  readonly id: string;
  readonly userName: string;
  readonly friendlyName: string | null;
  readonly trunkSid: string;
  readonly created: string | null;
  readonly updated: string | null;
}

/** The pair Exotel issues with a trunk (the seeds' shape of GET credentials): user name is the trunk SID. */
export interface IssuedCredential {
  readonly kind: 'issued';
  readonly userName: string;
  readonly password: Secret;
  readonly trunkSid: string;
}

export type Credential = OwnCredential | IssuedCredential;

/** The one documented setting: the caller ID shown on outbound calls. */
export const ALIAS_SETTING = 'trunk_external_alias';

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly trunkSid: string;
  readonly created: string | null;
  readonly updated: string | null;
}

/** Which trunk a phone number is mapped to. */
export interface TrunkMap {
  readonly number: string;
  readonly trunkSid: string;
  readonly phoneNumberId: string | null;
  readonly mode: NumberMode;
}

/** One item's result of a call that takes several (HTTP 207 reports them one by one). */
export type ItemResult<Input, T> =
  | { readonly ok: true; readonly input: Input; readonly value: T }
  | { readonly ok: false; readonly input: Input; readonly problem: Problem };
