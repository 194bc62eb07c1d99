/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * From the model's snapshot and the text that was made to what the page shows. Nothing secret goes in: the
 * text has a placeholder or a stand-in, and of passwords only whether they are known is told.
 */
import { resolveEdge, type Edge } from '../../exotel/edges';
import { buildConnection, type ConnectionFacts } from '../../pbx/connection';
import { eachList, exampleOf, optionIds, valuesOf } from '../../pbx/options';
import type { PbxFile } from '../../pbx/types';
import { fileId } from '../../pbx/writing/block';
import { usesCredential } from '../../pbx/writing/common';
import { COMMANDS } from '../../app/commands.generated';
import { offeredValues, type Plan } from '../../app/plan';
import { trunkLabel } from '../../app/trunk-label';
import { holdsPassword, type Produced, STAND_IN } from '../../app/produce';
import {
  connectionFacts,
  credentialList,
  credentialViews,
  type FactsInput,
  fixOf,
  sectionLists,
  useCaseViews,
} from './facts-view';
import type { FileView, GeneratorView, OptionView, OutputView, TrunkView } from './panel-protocol';
import { blockedText } from './strings';
import {
  adviceViews,
  decidingOptions,
  marksOf,
  refusalOf,
  syntaxOf,
  targetOptions,
} from './target-view';

export interface ViewInput extends FactsInput {
  readonly produced: Produced;
  /** Something beside the PBX was chosen. */
  readonly changed: boolean;
  readonly turn: number;
  readonly includePassword: boolean;
  readonly edges: readonly Edge[];
}

/** Stands for a password that will be put in: as long as any, says nothing about it. */
const DOTS = '••••••••••••';

export function trunkView(input: ViewInput): TrunkView {
  const { account, snapshot, strings } = input;
  const { trunk } = snapshot;
  const { plan } = input.produced;
  return {
    state: 'trunk',
    title: trunkLabel(trunk),
    subtitle: account.label,
    badges: [
      ...(trunk.status === null ? [] : [strings.status(trunk.status)]),
      ...(account.sandbox ? [strings.sandbox()] : []),
      ...(account.readOnly ? [strings.readOnly()] : []),
    ],
    busy: [...snapshot.busy.values()][0] ?? null,
    refresh: fixOf(COMMANDS.trunk.refresh.id, strings.refresh(), account, strings),
    facts: connectionFacts(input, plan.facts, plan.connection.edge),
    credentials: credentialViews(input),
    lists: [credentialList(input), ...sectionLists(input)],
    useCases: useCaseViews(input, plan.facts),
    generator: generatorView(input, plan),
  };
}

/** What the page may have copied by its id. Null: there is no such fact, or it is only to look at. */
export function copyableFact(
  input: FactsInput,
  { facts, connection }: Plan,
  id: string,
): { readonly label: string; readonly value: string } | null {
  const fact = connectionFacts(input, facts, connection.edge).find((one) => one.id === id);
  if (fact !== undefined) return fact.copyable ? fact : null;
  const user = credentialViews(input).find(({ userName }) => `user:${userName}` === id)?.userName;
  return user === undefined ? null : { label: user, value: user };
}

function generatorView(input: ViewInput, plan: Plan): GeneratorView {
  const { strings, produced } = input;
  const { choices, errors, facts, unused, card, writer, connection } = plan;
  const guide = writer.guide(connection);
  // While a field is wrong there is no text to look into.
  const wanted =
    produced.blocked?.kind === 'fields'
      ? usesCredential(connection)
      : produced.files.some(holdsPassword);
  const cannotInclude = whyNotInclude(input, facts, wanted);
  const examples = optionIds.flatMap((id) => {
    const example = id === 'insidePeer' ? card.insidePeer : exampleOf(id);
    return example === '' ? [] : [[id, strings.example(example)] as const];
  });
  return {
    choices,
    changed: input.changed,
    turn: input.turn,
    lists: { ...lists(input, plan), targetId: targetOptions(strings) },
    refusal: refusalOf(card, plan.options, strings),
    examples: Object.fromEntries(examples),
    errors,
    unused,
    includePassword: input.includePassword && cannotInclude === null,
    cannotInclude,
    output: outputView(input, plan),
    target: {
      versions: card.versions,
      evidence: strings.evidence(card.evidence),
      files: produced.files.some(({ folder }) => folder !== undefined)
        ? produced.files.map(fileId)
        : [],
      where: guide.where,
      load: guide.load,
      check: guide.check,
      mistakes: writer.mistakes,
    },
  };
}

function lists(input: ViewInput, plan: Plan) {
  const { strings, edges, account, snapshot } = input;
  const { card, options } = plan;
  const offered = offeredValues({ snapshot, edges }, card);
  const special: Partial<Record<string, OptionView[]>> = {
    useCase: decidingOptions('useCase', card, options),
    transport: decidingOptions('transport', card, options),
    auth: decidingOptions('auth', card, options),
    variant: card.variants.map(({ id, name }) => ({ value: id, label: name })),
    edgeId: edges.map((edge) => {
      const { host } = resolveEdge(edges, edge.id, account.accountSid);
      return { value: edge.id, label: strings.edge(edge.name, host) };
    }),
    userName: offered.userName.map((name) => ({ value: name, label: name })),
    callerId: offered.callerId.map((number) => ({
      value: number,
      label: number === '' ? automaticCallerId(input, plan) : number,
    })),
  };
  return eachList((id) => special[id] ?? valuesOf(id) ?? []);
}

function automaticCallerId({ strings, edges }: ViewInput, { facts, options }: Plan): string {
  const context = { password: null, now: new Date(0), edges };
  const { callerId } = buildConnection(facts, { ...options, callerId: null }, context);
  return callerId === null ? strings.noNumber() : strings.trunkCallerId(callerId);
}

function whyNotInclude(
  { knownPasswords, strings }: ViewInput,
  { userName }: ConnectionFacts,
  wanted: boolean,
): string | null {
  if (!wanted) return strings.cannotIncludeUnused();
  if (userName === null) return strings.cannotIncludeNone();
  return knownPasswords.has(userName) ? null : strings.cannotIncludeUnknown(userName);
}

function outputView({ strings, produced }: ViewInput, { writer, connection }: Plan): OutputView {
  const { blocked, files, advice } = produced;
  if (blocked !== null) return { state: 'blocked', reason: blockedText(blocked) };
  const marks = marksOf(writer.placeholders(connection), strings);
  return {
    state: 'ready',
    files: files.map(fileView),
    marks: marks.filter(({ text }) => files.some((file) => file.text.includes(text))),
    advice: adviceViews(advice, files, marks),
  };
}

function fileView(file: PbxFile): FileView {
  return {
    name: file.name,
    path: fileId(file),
    syntax: syntaxOf(file),
    text: file.text.replaceAll(STAND_IN, DOTS),
  };
}
