/**
 * workbench/tree: the views as trees.
 *
 * A phone number is dragged onto another trunk, or onto anything beneath it, to be moved there.
 */
import { type DataTransfer, DataTransferItem } from 'vscode';
import { COMMANDS } from '../../app/commands.generated';
import { isNodeRef, type NodeRef, type TrunkRef } from '../../app/refs';
import { run } from '../commands/run';

export function dragNumbers(source: readonly NodeRef[], data: DataTransfer, mime: string): void {
  const numbers = source.filter((ref) => ref.kind === 'row' && ref.section === 'numbers');
  if (numbers.length > 0) data.set(mime, new DataTransferItem(numbers));
}

export async function dropNumbers(
  target: NodeRef | undefined,
  data: DataTransfer,
  mime: string,
): Promise<void> {
  // Dragged from another window it arrives as text, and names rows of that window.
  const dragged: unknown = data.get(mime)?.value;
  const numbers = Array.isArray(dragged) ? dragged.filter(isNodeRef) : [];
  const trunk = target === undefined ? null : trunkOf(target);
  const [first] = numbers;
  if (trunk === null || first === undefined) return;
  await run(COMMANDS.number.move, first, numbers, trunk);
}

function trunkOf(ref: NodeRef): TrunkRef | null {
  switch (ref.kind) {
    case 'trunk':
      return ref;
    case 'section':
    case 'row':
      return { kind: 'trunk', accountId: ref.accountId, trunkSid: ref.trunkSid };
    case 'note':
      return trunkOf(ref.parent);
    case 'account':
      return null;
  }
}
