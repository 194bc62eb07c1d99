/**
 * app/: the application, without `vscode`.
 *
 * What a trunk and the choices for it come to: everything the text is made from, and what is wrong with it.
 * Every front makes its text of a plan, so the same choices give the same text in all of them.
 */
import { type Edge, edges as shippedEdges } from '../exotel/edges';
import { cardById, cards } from '../pbx/cards';
import { buildConnection, defaultOptions, type ConnectionFacts } from '../pbx/connection';
import {
  isUsed,
  type ListOption,
  type OptionId,
  optionIds,
  type OptionTexts,
  problemWith,
  readOptions,
  textOf,
  textsOf,
  valuesOf,
  type ConnectionOptions,
} from '../pbx/options';
import type { PbxCard, PbxWriter, TrunkConnection } from '../pbx/types';
import { loadWriter } from '../pbx/writers';
import type { NamedOptions } from '../pbx/writing/block-options';
import { callsOut, usesCredential } from '../pbx/writing/common';
import type { TrunkSnapshot } from '../trunks/snapshot';
import type { Choices, Chosen } from './choices';
import { credentialOf } from '../setup/facts';
import { factsOf } from './facts';

/** A trunk, what was chosen for it, and what there is to choose from. */
export interface PlanInput {
  readonly accountSid: string;
  readonly snapshot: TrunkSnapshot;
  readonly chosen: Chosen;
  /** User names whose password can be had on this computer. */
  readonly knownPasswords: ReadonlySet<string>;
  readonly edges: readonly Edge[];
  readonly now: Date;
}

/** The choices in force, before the writer was asked which of them its text has a place for. */
export interface Effective {
  readonly card: PbxCard;
  readonly facts: ConnectionFacts;
  readonly choices: Choices;
  readonly options: ConnectionOptions;
  /** What to enter instead, by the fields that are wrong. */
  readonly errors: Partial<OptionTexts>;
  /** With a placeholder for the password. */
  readonly connection: TrunkConnection;
}

export interface Plan extends Effective {
  readonly writer: PbxWriter;
  /** Options that would change nothing in the text. A mistake in one of them does not matter: it is no error. */
  readonly unused: readonly OptionId[];
  /** The options that differ from what anybody would start with, so that the same text can be made elsewhere. */
  readonly named: NamedOptions;
}

/** What the trunk suggests. Of several credentials, one whose password is known here. */
export function suggestedChoices(input: Omit<PlanInput, 'chosen'>, card: PbxCard): Choices {
  const { snapshot, knownPasswords, accountSid } = input;
  const credentials = snapshot.sections.credentials.value ?? [];
  const known = credentials.find(({ userName }) => knownPasswords.has(userName));
  const options = defaultOptions(factsOf(accountSid, snapshot, known?.userName, knownPasswords));
  return { ...textsOf(options), variant: variantInForce(card, ''), targetId: card.id };
}

/** The one of the card's variants that is in force; '' when there is one text only. */
export function variantInForce(card: PbxCard, chosen: string): string {
  const ids = card.variants.map(({ id }) => id);
  return ids.includes(chosen) ? chosen : (ids[0] ?? '');
}

/** The PBX that was chosen; the first of the list when none was, or it is no more. */
export function chosenCard(chosen: Chosen): PbxCard {
  const [first] = cards;
  const card = cardById(chosen.targetId ?? '') ?? first;
  if (card === undefined) throw new Error('There is no PBX to choose');
  return card;
}

/** What there is to choose from, by the lists that are not always the same. */
export function offeredValues(
  { snapshot, edges }: Pick<PlanInput, 'snapshot' | 'edges'>,
  card: PbxCard,
): Readonly<Record<Exclude<ListOption, 'useCase' | 'transport' | 'auth' | 'codecs'>, string[]>> {
  return {
    variant: card.variants.map(({ id }) => id),
    edgeId: edges.map(({ id }) => id),
    userName: (snapshot.sections.credentials.value ?? []).map(({ userName }) => userName),
    // Only what is mapped to the trunk can be shown.
    callerId: ['', ...(snapshot.sections.numbers.value ?? []).map(({ number }) => number)],
  };
}

/** The suggestion with what was chosen over it. A choice that is no longer there falls back. */
export function effectiveChoices(input: PlanInput): Effective {
  const { accountSid, snapshot, edges, now } = input;
  const card = chosenCard(input.chosen);
  const suggested = suggestedChoices(input, card);
  const offered: Partial<Record<string, readonly string[]>> = offeredValues(input, card);
  const kept = optionIds.flatMap((id): [OptionId, string][] => {
    const value = input.chosen[id];
    const list = offered[id] ?? valuesOf(id)?.map((one) => one.value);
    return value !== undefined && (list?.includes(value) ?? true) ? [[id, value]] : [];
  });
  const choices: Choices = { ...suggested, ...Object.fromEntries(kept) };
  const facts = factsOf(accountSid, snapshot, choices.userName, input.knownPasswords);
  const { options, errors } = readOptions(choices, defaultOptions(facts));
  const connection = buildConnection(facts, options, { password: null, now, edges });
  return { card, facts, choices, options, errors, connection };
}

/** Rejects when the writer of the PBX cannot be loaded. */
export async function planOf(input: PlanInput): Promise<Plan> {
  const effective = effectiveChoices(input);
  const { card, connection } = effective;
  const writer = await loadWriter(card.id);
  const byWriter = writer.uses(connection);
  const situation = {
    callsOut: callsOut(connection),
    usesCredential: usesCredential(connection),
    variants: card.variants.length,
    credentials: offeredValues(input, card).userName.length,
  };
  const unused = optionIds.filter((id) => !isUsed(id, situation, byWriter));
  const errors = Object.fromEntries(
    Object.entries(effective.errors).filter(([id]) => !unused.some((one) => one === id)),
  );
  const named = namedOptions(input, effective, unused);
  return { ...effective, errors, writer, unused, named };
}

/**
 * Beside the defaults that every computer reads off the trunk. What a setting of this computer adds, the
 * addresses of an edge, is named too.
 */
function namedOptions(
  { accountSid, snapshot }: PlanInput,
  { card, options, connection }: Effective,
  unused: readonly OptionId[],
): NamedOptions {
  const usual = defaultOptions(factsOf(accountSid, snapshot));
  const inForce: ConnectionOptions = { ...options, exotelAddresses: connection.exotelAddresses };
  const shipped = shippedEdges.find(({ id }) => id === options.edgeId)?.addresses ?? [];
  const elsewhere: OptionTexts = {
    ...textsOf({ ...usual, exotelAddresses: shipped }),
    variant: variantInForce(card, ''),
    userName: credentialOf(snapshot.sections.credentials.value ?? [])?.userName ?? '',
  };
  const named = optionIds
    .filter((id) => !unused.includes(id))
    .map((id): [OptionId, string] => [id, textOf(id, inForce)])
    .filter(([id, value]) => value !== elsewhere[id]);
  return Object.fromEntries(named);
}

/** Of options read from elsewhere, the ones that say something here. */
export function readable(options: NamedOptions): NamedOptions {
  return Object.fromEntries(
    optionIds.flatMap((id): [OptionId, string][] => {
      const value = options[id];
      return value !== undefined && problemWith(id, value) === null ? [[id, value]] : [];
    }),
  );
}
