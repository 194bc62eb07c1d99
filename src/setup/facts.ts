/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * The facts: what is known of a trunk, each section with how well it is known. Made from the model by
 * app/facts; anyone who has the facts from elsewhere is judged by the same rules.
 */
import type { NumberMode } from '../exotel/model';

/**
 * `stale`: the last reload failed, and this is what was read before it: good enough to show and to choose
 * from, not to rest a verdict on. `unknown`: never read.
 */
export type Known<T> =
  | { readonly state: 'known' | 'stale'; readonly value: T }
  | { readonly state: 'unknown'; readonly value: null };

export interface MappedNumber {
  /** E.164 with plus. */
  readonly number: string;
  readonly mode: NumberMode;
}

export interface Network {
  /** Dotted quad. */
  readonly ip: string;
  /** 16–32. */
  readonly mask: number;
}

export interface DestinationRow {
  /** As the API holds it, with or without `sip:`; of a trunk made in the console also `user@host`. */
  readonly destination: string;
  /** Lower is tried first. */
  readonly priority: number;
  /** Among equal priorities, higher gets more calls. */
  readonly weight: number;
}

export interface CredentialFact {
  readonly userName: string;
  /** `own`: somebody made it; `issued`: the pair that Exotel makes with a trunk. */
  readonly kind: 'own' | 'issued';
  /** This computer has the password. Null: nobody looked. */
  readonly passwordKnown: boolean | null;
}

export interface TrunkFacts {
  readonly accountSid: string;
  readonly trunkSid: string;
  /** '' for a trunk without a name. */
  readonly trunkName: string;
  /** Null: Exotel did not say. */
  readonly status: 'active' | 'inactive' | null;
  /** Null: `<account sid>.pstn.exotel.com`. */
  readonly sipDomain: string | null;
  readonly numbers: Known<readonly MappedNumber[]>;
  readonly whitelistedIps: Known<readonly Network[]>;
  readonly destinations: Known<readonly DestinationRow[]>;
  readonly credentials: Known<readonly CredentialFact[]>;
  /** The setting trunk_external_alias, which calls out of the whole trunk show. Null: not set. */
  readonly callerId: Known<string | null>;
}

/** What a verdict may rest on; null for what is stale or unknown. */
export function current<T>(known: Known<T>): T | null {
  return known.state === 'known' ? known.value : null;
}

/** The credential a configuration uses: the asked-for one, else one's own, else the issued pair. */
export function credentialOf<C extends { readonly userName: string; readonly kind: string }>(
  credentials: readonly C[],
  userName: string | null = null,
): C | null {
  return (
    credentials.find((credential) => credential.userName === userName) ??
    credentials.find((credential) => credential.kind === 'own') ??
    credentials[0] ??
    null
  );
}
