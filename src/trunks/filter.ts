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

/** Case does not matter; in numbers neither do blanks, dashes, brackets and the plus. */
export function matchTrunk(snapshot: TrunkSnapshot, text: string): TrunkMatch | null {
  const needle = text.trim().toLowerCase();
  const { trunk } = snapshot;
  const digits = needle.replace(/[\s()+.-]/g, '');
  const isNumber = /^\d+$/.test(digits);
  // A few digits are in most SIDs; a person who types them means a number or a name.
  const inSid = !isNumber && trunk.sid.toLowerCase().includes(needle);
  if (inSid || trunk.name.toLowerCase().includes(needle)) {
    return { trunkSid: trunk.sid, numberIds: null };
  }
  if (!isNumber) return null;
  const matching = (snapshot.sections.numbers.value ?? []).filter((row) =>
    row.number.includes(digits),
  );
  if (matching.length === 0) return null;
  return { trunkSid: trunk.sid, numberIds: new Set(matching.map((row) => row.id)) };
}
