/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * What the model needs from outside, so that it is testable in plain Node.
 */
import type { Secret } from '../exotel/secret';

/**
 * SIP passwords this computer knows, by trunk and user name. The API never returns the password of a
 * credential one created, so this is the only place it can be read again.
 */
export interface PasswordVault {
  get(trunkSid: string, userName: string): Promise<Secret | null>;
  put(trunkSid: string, userName: string, password: Secret): Promise<void>;
  delete(trunkSid: string, userName: string): Promise<void>;
  /** Every password of the trunk. */
  deleteTrunk(trunkSid: string): Promise<void>;
}

/** SIDs of trunks made or added here, for accounts whose API cannot list trunks. */
export interface TrunkMemory {
  list(): readonly { readonly sid: string; readonly name: string }[];
  remember(sid: string, name: string): Promise<void>;
  forget(sid: string): Promise<void>;
}
