/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * From the model's snapshot and the person's choices to what the page shows. Nothing secret goes in: the
 * text is made with a placeholder, and of passwords only whether they are known is told.
 */
import { Secret } from '../../exotel/secret';
import { buildConnection, defaultOptions, type ConnectionFacts } from '../../pbx/connection';
import { callsOut, usesCredential } from '../../pbx/writing/common';
import { PASSWORD_PLACEHOLDER } from '../../pbx/quoting/plain';
import { resolveEdge, type Edge } from '../../exotel/edges';
import { cardById, cards } from '../../pbx/cards';
import { loadWriter } from '../../pbx/writers';
import type {
  ConnectionOptions,
  Generated,
  PbxFile,
  PbxWriter,
  TrunkConnection,
  VaryingOption,
} from '../../pbx/types';
import { COMMANDS } from '../../app/commands.generated';
import { factsOf } from '../../app/facts';
import { renderFor } from '../../app/pbx/pbx-output';
import {
  CODEC_ORDERS,
  codecsText,
  effectiveChoices,
  readChoices,
  suggestedChoices,
} from './choices';
import {
  connectionFacts,
  credentialList,
  credentialViews,
  type FactsInput,
  fixOf,
  sectionLists,
  useCaseViews,
} from './facts-view';
import type {
  ChoiceField,
  Choices,
  ChosenFields,
  FileView,
  GeneratorView,
  OptionView,
  OutputView,
  TrunkView,
} from './panel-protocol';
import type { ViewStrings } from './strings';
import {
  adviceText,
  adviceViews,
  decidingOptions,
  marksOf,
  refusalOf,
  syntaxOf,
  targetOptions,
  variantInForce,
} from './target-view';

export interface ViewInput extends FactsInput {
  readonly chosen: ChosenFields;
  /** The PBX to start with when none was chosen. */
  readonly targetId: string;
  readonly turn: number;
  readonly includePassword: boolean;
  readonly edges: readonly Edge[];
  readonly now: Date;
}

/** Stands for a password that will be put in: as long as any, says nothing about it. */
const DOTS = '••••••••••••';

/**
 * In the place of a password where the text is to look as if it were there. Letters and digits only: no
 * format writes them in another way.
 */
const STAND_IN = 'StandsForTheSipPassword';

/** What the choices come to: everything needed to make the text, with or without the password. */
export interface Plan {
  readonly facts: ConnectionFacts;
  readonly choices: Choices;
  readonly options: ConnectionOptions;
  /** Of the fields that are used: a mistake where it changes nothing does not matter. */
  readonly errors: ChosenFields;
  readonly unused: readonly ChoiceField[];
  readonly writer: PbxWriter;
}

const VARYING: readonly VaryingOption[] = [
  'publicAddress',
  'localNetworks',
  'exotelAddresses',
  'certificateFile',
  'privateKeyFile',
  'caFile',
  'inboundContext',
  'insidePeer',
  'peerName',
];

type Suggesting = Pick<ViewInput, 'account' | 'snapshot' | 'targetId' | 'knownPasswords'>;

/** The choices the trunk itself suggests. Of several credentials, one whose password is known here. */
export function suggestionFor({
  account,
  snapshot,
  targetId,
  knownPasswords,
}: Suggesting): Choices {
  const credentials = snapshot.sections.credentials.value ?? [];
  const known = credentials.find(({ userName }) => knownPasswords.has(userName));
  const facts = factsOf(account.accountSid, snapshot, known?.userName, knownPasswords);
  return {
    ...suggestedChoices(facts, targetId),
    variant: variantInForce(cardById(targetId), ''),
  };
}

export async function planOf(input: ViewInput): Promise<Plan> {
  const { account, snapshot, chosen, edges, strings, knownPasswords } = input;
  const first = factsOf(account.accountSid, snapshot, null, knownPasswords);
  const wanted = effectiveChoices(suggestionFor(input), chosen, {
    targetId: cards.map(({ id }) => id),
    variant: cards.flatMap(({ variants }) => variants.map(({ id }) => id)),
    edgeId: edges.map((edge) => edge.id),
    userName: userNames(input),
    callerId: ['', ...callerIds(first)],
  });
  // Variants belong to one PBX: what was chosen for another one means nothing here.
  const variant = variantInForce(cardById(wanted.targetId), wanted.variant);
  const choices = { ...wanted, variant };
  const facts = factsOf(account.accountSid, snapshot, choices.userName, knownPasswords);
  const { options, errors } = readChoices(choices, defaultOptions(facts), strings);
  const writer = await loadWriter(choices.targetId);
  const unused = unusedFields(input, facts, choices.targetId, writer, options);
  const used = Object.entries(errors).filter(([field]) => !unused.includes(field as ChoiceField));
  return { facts, choices, options, errors: Object.fromEntries(used), unused, writer };
}

function unusedFields(
  input: ViewInput,
  facts: ConnectionFacts,
  targetId: string,
  writer: PbxWriter,
  options: ConnectionOptions,
): ChoiceField[] {
  const connection = buildConnection(facts, options, { password: null, now: input.now });
  const used = writer.uses(connection);
  const unused: ChoiceField[] = VARYING.filter((option) => !used.includes(option));
  if ((cardById(targetId)?.variants.length ?? 0) < 2) unused.push('variant');
  if (!callsOut(connection)) unused.push('auth', 'callerId');
  if (!usesCredential(connection) || userNames(input).length < 2) unused.push('userName');
  return unused;
}

function userNames({ snapshot }: ViewInput): string[] {
  return (snapshot.sections.credentials.value ?? []).map((credential) => credential.userName);
}

/** Only what is mapped to the trunk can be shown. */
function callerIds({ numbers }: ConnectionFacts): string[] {
  return (numbers.value ?? []).map((one) => one.number);
}

export async function trunkView(input: ViewInput): Promise<TrunkView> {
  const { account, snapshot, strings } = input;
  const { trunk } = snapshot;
  const plan = await planOf(input);
  const edge = resolveEdge(input.edges, plan.choices.edgeId, account.accountSid);
  return {
    state: 'trunk',
    title: trunkTitle(trunk),
    subtitle: account.label,
    badges: [
      ...(trunk.status === null ? [] : [strings.status(trunk.status)]),
      ...(account.sandbox ? [strings.sandbox()] : []),
      ...(account.readOnly ? [strings.readOnly()] : []),
    ],
    busy: [...snapshot.busy.values()][0] ?? null,
    refresh: fixOf(COMMANDS.trunk.refresh.id, strings.refresh(), account, strings),
    facts: connectionFacts(input, plan.facts, edge),
    credentials: credentialViews(input),
    lists: [credentialList(input), ...sectionLists(input)],
    useCases: useCaseViews(input, plan.facts),
    generator: await generatorView(input, plan),
  };
}

/** A trunk made elsewhere may have no name; then its SID stands for it. */
export function trunkTitle(trunk: { readonly name: string; readonly sid: string }): string {
  return trunk.name === '' ? trunk.sid : trunk.name;
}

async function generatorView(input: ViewInput, plan: Plan): Promise<GeneratorView> {
  const { strings, edges, account } = input;
  const { choices, errors, facts, unused, writer } = plan;
  const target = cardById(choices.targetId);
  const request = {
    targetId: choices.targetId,
    facts,
    options: plan.options,
    now: input.now,
    edges,
  };
  const connection = buildConnection(facts, plan.options, {
    password: null,
    now: input.now,
    edges,
  });
  const guide = writer.guide(connection);
  const rendered = await renderFor({ ...request, password: null });
  const wanted = rendered.files.some((file) => file.text.includes(PASSWORD_PLACEHOLDER));
  const cannotInclude = whyNotInclude(input, facts, wanted);
  const includePassword = input.includePassword && cannotInclude === null;
  const shown = includePassword
    ? await renderFor({ ...request, password: new Secret(STAND_IN) })
    : rendered;
  return {
    choices,
    changed: Object.keys(input.chosen).some((field) => field !== 'targetId'),
    turn: input.turn,
    lists: {
      targetId: targetOptions(strings),
      variant: (target?.variants ?? []).map(({ id, name }) => ({ value: id, label: name })),
      useCase: decidingOptions('useCase', target, plan.options, strings.useCase),
      transport: decidingOptions('transport', target, plan.options, strings.transport),
      auth: decidingOptions('auth', target, plan.options, strings.auth),
      edgeId: edges.map((edge) => {
        const { host } = resolveEdge(edges, edge.id, account.accountSid);
        return { value: edge.id, label: strings.edge(edge.name, host) };
      }),
      userName: userNames(input).map((name) => ({ value: name, label: name })),
      callerId: callerIdOptions(input, plan),
      codecs: CODEC_ORDERS.map((codecs) => ({
        value: codecsText(codecs),
        label: strings.codecs(codecs),
      })),
    },
    refusal: refusalOf(target, plan.options, strings),
    examples: {
      publicAddress: strings.example('203.0.113.7'),
      localNetworks: strings.example('192.168.0.0/16'),
      exotelAddresses: strings.example('198.51.100.0/24'),
      ...exampleOf(target?.insidePeer ?? '', strings),
    },
    errors,
    unused,
    includePassword,
    cannotInclude,
    output: outputView(input, plan, shown, connection),
    target: {
      versions: target?.versions ?? '',
      evidence: target === null ? '' : strings.evidence(target.evidence),
      files: rendered.files.some(({ folder }) => folder !== undefined)
        ? rendered.files.map(pathOf)
        : [],
      where: guide.where,
      load: guide.load,
      check: guide.check,
      mistakes: writer.mistakes,
    },
  };
}

function exampleOf(insidePeer: string, strings: ViewStrings): Partial<Choices> {
  return insidePeer === '' ? {} : { insidePeer: strings.example(insidePeer) };
}

function callerIdOptions({ strings }: ViewInput, { facts, options }: Plan): OptionView[] {
  const context = { password: null, now: new Date(0) };
  const { callerId } = buildConnection(facts, { ...options, callerId: null }, context);
  const automatic = callerId === null ? strings.noNumber() : strings.trunkCallerId(callerId);
  return [
    { value: '', label: automatic },
    ...callerIds(facts).map((number) => ({ value: number, label: number })),
  ];
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

function outputView(
  { strings }: ViewInput,
  { errors, writer }: Plan,
  { files, advice }: Generated,
  connection: TrunkConnection,
): OutputView {
  if (Object.keys(errors).length > 0) {
    return { state: 'blocked', reason: strings.fixErrors() };
  }
  if (files.length === 0) {
    const [refusal] = advice;
    return { state: 'blocked', reason: refusal === undefined ? '' : adviceText(refusal) };
  }
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
    path: pathOf(file),
    syntax: syntaxOf(file),
    text: file.text.replaceAll(STAND_IN, DOTS),
  };
}

function pathOf({ name, folder }: PbxFile): string {
  return folder === undefined || folder === '' ? name : `${folder}/${name}`;
}
