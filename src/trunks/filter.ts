/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Finding trunks and phone numbers by a piece of text.
 */
import type { TrunkSnapshot } from './snapshot';

export interface TrunkMatch {
  readonly trunkSid: string;
  /** Null: the trunk itself matches, all of it is shown. Otherwise the ids of the numbers that match. */
  readonly numberIds: ReadonlySet<string> | null;
}

/** The digits of a text that can only be a piece of a phone number; null for any other text. */
export function digitsOf(text: string): string | null {
  const digits = text.replace(/[\s()+.-]/g, '');
  return /^\d+$/.test(digits) ? digits : null;
}

/** Case does not matter; in numbers neither do blanks, dashes, brackets and the plus. */
export function trunkMatcher(text: string): (snapshot: TrunkSnapshot) => TrunkMatch | null {
  const needle = text.trim().toLowerCase();
  const digits = digitsOf(needle);
  return ({ trunk, sections }) => {
    // A few digits are in most SIDs; a person who types them means a number or a name.
    const inSid = digits === null && trunk.sid.toLowerCase().includes(needle);
    if (inSid || trunk.name.toLowerCase().includes(needle)) {
      return { trunkSid: trunk.sid, numberIds: null };
    }
    if (digits === null) return null;
    const numberIds = new Set<string>();
    for (const row of sections.numbers.value ?? []) {
      if (row.number.includes(digits)) numberIds.add(row.id);
    }
    return numberIds.size === 0 ? null : { trunkSid: trunk.sid, numberIds };
  };
}
