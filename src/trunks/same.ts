/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Whether a fetched row says anything else than the one that is known. Rows are flat; a password counts
 * by its value, which its text would not show.
 */
import { Secret } from '../exotel/secret';

export function sameRow<Row extends object>(a: Row, b: Row): boolean {
  if (a === b) return true;
  let fields = 0;
  for (const field in a) {
    if (!sameValue(a[field], b[field])) return false;
    fields += 1;
  }
  return Object.keys(b).length === fields;
}

/** In the same order, too. */
export function sameRows<Row extends object>(a: readonly Row[], b: readonly Row[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((row, index) => {
        const other = b[index];
        return other !== undefined && sameRow(row, other);
      }))
  );
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Secret && b instanceof Secret && a.equals(b));
}
