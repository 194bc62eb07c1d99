/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Which part of a batch answer belongs to which destination sent. Exotel's samples keep the order of
 * the request, its documents do not promise it; a part that names its destination is taken at its word.
 */
import * as v from 'valibot';
import { withoutScheme } from './decode';
import type { Part } from './envelope';

const Named = v.object({ destination: v.string() });
const normal = (destination: string) => withoutScheme(destination).toLowerCase();

/** One entry per destination, in their order; null where the answer says nothing of it. */
export function pairItems(
  destinations: readonly string[],
  parts: readonly Part[],
): (Part | null)[] {
  const names = destinations.map(normal);
  const paired: (Part | null)[] = destinations.map(() => null);
  const unnamed: Part[] = [];
  for (const [position, part] of parts.entries()) {
    const name = v.is(Named, part.data) ? normal(part.data.destination) : null;
    // Its own place first: the same destination may have been sent twice.
    const inPlace = name !== null && names[position] === name && paired[position] === null;
    const index = inPlace
      ? position
      : names.findIndex((other, at) => other === name && paired[at] === null);
    if (index < 0) unnamed.push(part);
    else paired[index] = part;
  }
  // What names nothing, a failure mostly, stands for what is left, in order.
  return paired.map((part) => part ?? unnamed.shift() ?? null);
}
