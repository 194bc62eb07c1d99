/**
 * app/: the application, without `vscode`.
 *
 * The block that is about to be replaced may come from another computer, where other options were chosen.
 * Where nobody chose any here, its options are taken over, so that the text stays what it was.
 */
import { optionIds, type OptionId } from '../../pbx/options';
import { optionWords, type NamedOptions } from '../../pbx/writing/block-options';
import type { ChoiceRef, TrunkChoices } from '../choices';
import { chosenCard, offeredValues, readable, suggestedChoices, type PlanInput } from '../plan';
import { blockInFront, optionsInFront, type FrontFile } from './guess';

/** Words like `transport=tcp`, to be said. */
export interface Adopted {
  readonly taken: readonly string[];
  /** Not to be had here: an edge that is not in this computer's list, a number that is mapped no more. */
  readonly left: readonly string[];
}

const NOTHING: Adopted = { taken: [], left: [] };

/** Chooses what the block names. The name inside the PBX is the block's as long as nobody chose another one. */
export function adoptBlock(
  choices: TrunkChoices,
  ref: ChoiceRef,
  front: FrontFile | null,
  input: Omit<PlanInput, 'chosen'>,
): Adopted {
  if (front === null) return NOTHING;
  const own = choices.own(ref);
  const targetId = own.targetId ?? blockInFront(front, ref.trunkSid)?.targetId;
  if (targetId === undefined) return NOTHING;
  const named = optionsInFront(front, ref.trunkSid, targetId);
  if (named === null) return NOTHING;
  const card = chosenCard({ targetId });
  const suggested = suggestedChoices(input, card);
  const offered: Partial<Record<string, readonly string[]>> = offeredValues(input, card);
  const ids: readonly OptionId[] = choices.hasOptions(ref) ? ['peerName'] : optionIds;
  const said = ids.flatMap((id): [OptionId, string][] => {
    const value = named[id];
    return value === undefined || own[id] !== undefined || value === suggested[id]
      ? []
      : [[id, value]];
  });
  const known = readable(Object.fromEntries(said));
  const isHere = ([id, value]: [OptionId, string]): boolean =>
    known[id] === value && (offered[id]?.includes(value) ?? true);
  const taken: NamedOptions = Object.fromEntries(said.filter(isHere));
  const left: NamedOptions = Object.fromEntries(said.filter((one) => !isHere(one)));
  if (Object.keys(taken).length > 0) choices.adopt(ref, { targetId, ...taken }, suggested);
  return { taken: optionWords(taken), left: optionWords(left) };
}
