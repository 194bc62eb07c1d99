/**
 * pbx/writers/shared: what the texts of several PBXs have in common.
 *
 * What the session border controllers have in common: rows and tags that are numbers, and national
 * formats that become E.164.
 */
import { peerName } from '../../quoting/plain';
import type { TrunkConnection } from '../../types';
import { dialsFromIndia, type CheckedValues } from '../../writing/common';

/**
 * A number that stays the same for a name, `first` to `first + count - 1`: two trunks with two names get
 * (most often) two numbers, and writing the same trunk again hits the same rows.
 */
export function numberFor(connection: TrunkConnection, first: number, count: number): number {
  const name = peerName('Name inside the PBX', connection.peerName);
  const sum = Array.from(name).reduce((hash, letter) => {
    return (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  }, 7);
  return first + (sum % count);
}

/** A number that matches becomes `prefix` and what the group holds. Anchored, one group, digits only. */
export interface NumberRule {
  readonly before: string;
  /** What is kept: how many digits, and what the first of them may be. */
  readonly first: string;
  readonly digits: number | 'any';
  readonly prefix: string;
}

/** To E.164 with the plus. A number that has it already matches none of them. */
export function toE164(values: CheckedValues): NumberRule[] {
  const rules: NumberRule[] = [{ before: '00', first: '1-9', digits: 'any', prefix: '+' }];
  if (dialsFromIndia(values)) {
    rules.push(
      { before: '0', first: '1-9', digits: 10, prefix: '+91' },
      { before: '91', first: '1-9', digits: 10, prefix: '+91' },
      { before: '', first: '1-9', digits: 10, prefix: '+91' },
    );
  }
  return rules;
}
