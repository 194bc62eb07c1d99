/**
 * app/: the application, without `vscode`.
 *
 * How a trunk is called wherever it is named.
 */
import type { Trunk } from '../exotel/model';

/** A trunk made elsewhere may have no name; then its SID stands for it. */
export function trunkLabel(trunk: Pick<Trunk, 'name' | 'sid'>): string {
  return trunk.name === '' ? trunk.sid : trunk.name;
}
