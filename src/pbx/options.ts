/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * What can be chosen, as one table: what a choice is, what it is before anybody chose, what text means it,
 * how it is called, and who uses it. The type of the choices, the fields of the page, what is kept, what a
 * block names and what the terminal takes are derived from it: a new option is an entry here and the
 * writers that write it.
 */
import * as l10n from '@vscode/l10n';
import { DEFAULT_EDGE_ID } from '../exotel/edges';
import type { AuthMode, ConnectionUse, Transport } from '../terms/use';
import {
  UnsafeValueError,
  cidr,
  filePath,
  freeText,
  ipv4,
  peerName,
  sectionName,
} from './quoting/plain';

export type Codec = 'PCMA' | 'PCMU' | 'G729';

/**
 * `choice`, `codecs`: from a list that stands here. `variant`, `edge`, `credential`, `number`: from what the
 * PBX, the edges and the trunk have. The others are typed.
 */
export type OptionKind =
  | 'choice'
  | 'codecs'
  | 'variant'
  | 'edge'
  | 'credential'
  | 'number'
  | 'address'
  | 'networks'
  | 'name'
  | 'path'
  | 'text';

/** What the trunk itself suggests. */
export interface Suggested {
  readonly useCase: ConnectionUse;
  readonly auth: AuthMode;
  /** Null: the trunk has no credential. */
  readonly userName: string | null;
}

/** What decides whether an option changes anything, where the writer has no say in it. */
export interface Situation {
  readonly callsOut: boolean;
  readonly usesCredential: boolean;
  /** How many there are to choose from. */
  readonly variants: number;
  readonly credentials: number;
}

interface Value {
  readonly value: string;
  label(): string;
}

/** Methods, not properties: the table holds options of values of every kind. */
interface Option<T> {
  readonly kind: OptionKind;
  label(): string;
  /** What to enter, for a person who entered something else. Lists have none: they name their values. */
  rule?(): string;
  /** A value of the right form. */
  readonly example?: string;
  /** The list, where it is always the same. */
  readonly values?: readonly Value[];
  default(suggested: Suggested): T;
  /** Blanks around are gone already. Throws UnsafeValueError for a text that means no value. */
  read(text: string, field: string): T;
  /** The text that read() takes back, in one word for lists of several things. */
  write(value: T): string;
  /** `writer`: the writer says whether its text has a place for it (PbxWriter.uses). */
  readonly used: 'writer' | ((situation: Situation) => boolean);
  /** Seldom needed: shown when asked for. */
  readonly folded?: true;
}

/** As narrow as Exotel's whitelist at its widest. */
export const WIDEST_SENDER_NETWORK = 16;
export const WIDEST_LOCAL_NETWORK = 8;

const always = (): boolean => true;

function oneOf<V extends string>(labels: Readonly<Record<V, () => string>>) {
  const isValue = (text: string): text is V => Object.hasOwn(labels, text);
  const values = Object.keys(labels).filter(isValue);
  return {
    kind: 'choice',
    values: values.map((value) => ({ value, label: labels[value] })),
    read: (text: string, field: string): V => {
      if (!isValue(text)) throw new UnsafeValueError(field, `must be one of ${values.join(', ')}`);
      return text;
    },
    write: (value: V): string => value,
  } as const;
}

/** From a list that somebody else has: any text may be in it, '' stands for what is usual. */
function offered<Kind extends OptionKind>(kind: Kind) {
  return { kind, read: (text: string): string => text, write: (value: string): string => value };
}

function orUsual<Kind extends OptionKind>(kind: Kind) {
  return {
    kind,
    read: (text: string): string | null => (text === '' ? null : text),
    write: (value: string | null): string => value ?? '',
  };
}

function networks(widest: number) {
  return {
    kind: 'networks',
    read: (text: string, field: string): readonly string[] =>
      text
        .split(/[\s,;]+/)
        .filter((entry) => entry !== '')
        .map((entry) => cidr(field, entry, widest)),
    write: (value: readonly string[]): string => value.join(','),
  } as const;
}

function typed<Kind extends OptionKind>(
  kind: Kind,
  check: (field: string, text: string) => string,
) {
  return {
    kind,
    read: (text: string, field: string): string => check(field, text),
    write: (value: string): string => value,
  };
}

/** Exotel's own order first; G.729 only where asked for. */
const CODEC_ORDERS: readonly (readonly Codec[])[] = [
  ['PCMA', 'PCMU'],
  ['PCMU', 'PCMA'],
  ['PCMA'],
  ['PCMU'],
  ['PCMA', 'PCMU', 'G729'],
];

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'PCMA',
  PCMU: 'PCMU',
  G729: 'G.729',
};

const codecsText = (codecs: readonly Codec[]): string => codecs.join(',');

const NAME_RULE = (): string => l10n.t('Begin with a letter; letters, digits, _ and - only.');
const PATH_RULE = (): string => l10n.t('Enter an absolute path of letters, digits and . _ / -');

/** Where the files of the PBX might be: examples, until somebody says so. */
export const EXAMPLE_FILES = {
  certificateFile: '/etc/ssl/certs/pbx.pem',
  privateKeyFile: '/etc/ssl/private/pbx.key',
} as const;

/** In the order they are shown. */
const OPTIONS = {
  // One of the card's variants; anything else means its first.
  variant: {
    ...offered('variant'),
    label: () => l10n.t('Written for'),
    default: () => '',
    used: ({ variants }) => variants > 1,
  },
  useCase: {
    ...oneOf<ConnectionUse>({
      outbound: () => l10n.t('Outbound (termination)'),
      inbound: () => l10n.t('Inbound (origination)'),
      both: () => l10n.t('Outbound and inbound'),
      streamkit: () => l10n.t('StreamKit (voice bot)'),
    }),
    label: () => l10n.t('Use case'),
    default: ({ useCase }) => useCase,
    used: always,
  },
  transport: {
    ...oneOf<Transport>({
      tls: () => l10n.t('TLS (with SRTP)'),
      tcp: () => l10n.t('TCP'),
    }),
    label: () => l10n.t('Transport'),
    default: (): Transport => 'tls',
    used: always,
  },
  auth: {
    ...oneOf<AuthMode>({
      credential: () => l10n.t('Credential (SIP digest)'),
      ip: () => l10n.t('Whitelisted IP'),
      both: () => l10n.t('Credential and IP'),
    }),
    label: () => l10n.t('Authentication'),
    default: ({ auth }) => auth,
    used: ({ callsOut }) => callsOut,
  },
  // Null: the one the trunk suggests.
  userName: {
    ...orUsual('credential'),
    label: () => l10n.t('Credential'),
    default: ({ userName }) => userName,
    used: ({ usesCredential, credentials }) => usesCredential && credentials > 1,
  },
  // Null: the trunk's alias, else its first number that fits the use case.
  callerId: {
    ...orUsual('number'),
    label: () => l10n.t('Caller ID'),
    default: () => null,
    used: ({ callsOut }) => callsOut,
  },
  edgeId: {
    ...offered('edge'),
    label: () => l10n.t('Exotel edge'),
    default: () => DEFAULT_EDGE_ID,
    used: always,
  },
  // In order of preference.
  codecs: {
    kind: 'codecs',
    values: CODEC_ORDERS.map((codecs) => ({
      value: codecsText(codecs),
      label: () => codecs.map((codec) => CODEC_NAMES[codec]).join(', '),
    })),
    label: () => l10n.t('Codecs'),
    default: (): readonly Codec[] => ['PCMA', 'PCMU'],
    read: (text, field): readonly Codec[] => {
      const order = CODEC_ORDERS.find((codecs) => codecsText(codecs) === text);
      if (order !== undefined) return order;
      const orders = CODEC_ORDERS.map(codecsText).join(' or ');
      throw new UnsafeValueError(field, `must be ${orders}`);
    },
    write: codecsText,
    used: always,
  },
  // Empty: the ones known of the edge. Text that would take calls in from anyone is not made.
  exotelAddresses: {
    ...networks(WIDEST_SENDER_NETWORK),
    label: () => l10n.t('Addresses Exotel calls from'),
    rule: () => l10n.t('Enter IPv4 addresses or networks of /16 or narrower, separated by commas.'),
    example: '198.51.100.0/24',
    default: (): readonly string[] => [],
    used: 'writer',
  },
  // Null: the PBX has a public address itself.
  publicAddress: {
    kind: 'address',
    label: () => l10n.t('Public address (behind NAT)'),
    rule: () => l10n.t('Enter an IPv4 address, e.g. 203.0.113.7, or leave it empty.'),
    example: '203.0.113.7',
    default: (): string | null => null,
    read: (text, field): string | null => (text === '' ? null : ipv4(field, text)),
    write: (value: string | null) => value ?? '',
    used: 'writer',
  },
  // Only used with a public address.
  localNetworks: {
    ...networks(WIDEST_LOCAL_NETWORK),
    label: () => l10n.t('Local networks'),
    rule: () => l10n.t('Enter networks like 192.168.0.0/16, separated by commas.'),
    example: '192.168.0.0/16',
    default: (): readonly string[] => [],
    used: 'writer',
    folded: true,
  },
  // Dialplan context that gets calls in.
  inboundContext: {
    ...typed('name', sectionName),
    label: () => l10n.t('Inbound context'),
    rule: NAME_RULE,
    default: () => 'from-exotel',
    used: 'writer',
    folded: true,
  },
  // In the target's own dial syntax, e.g. `PJSIP/6001`. '': the card's example.
  insidePeer: {
    ...typed('text', (field, text) => (text === '' ? '' : freeText(field, text))),
    label: () => l10n.t('What rings on an inbound call'),
    rule: () => l10n.t('Enter one short line of text, or leave it empty.'),
    default: () => '',
    used: 'writer',
    folded: true,
  },
  // Section, gateway or peer. Two trunks on one PBX need two.
  peerName: {
    ...typed('name', peerName),
    label: () => l10n.t('Name inside the PBX'),
    rule: () => l10n.t('Begin with a letter; at most 24 letters, digits, _ and - in all.'),
    default: () => 'exotel',
    used: 'writer',
    folded: true,
  },
  certificateFile: {
    ...typed('path', filePath),
    label: () => l10n.t('Certificate file'),
    rule: PATH_RULE,
    default: () => EXAMPLE_FILES.certificateFile,
    used: 'writer',
    folded: true,
  },
  privateKeyFile: {
    ...typed('path', filePath),
    label: () => l10n.t('Private key file'),
    rule: PATH_RULE,
    default: () => EXAMPLE_FILES.privateKeyFile,
    used: 'writer',
    folded: true,
  },
  caFile: {
    ...typed('path', filePath),
    label: () => l10n.t('CA certificates file'),
    rule: PATH_RULE,
    default: () => '/etc/ssl/certs/ca-certificates.crt',
    used: 'writer',
    folded: true,
  },
} as const satisfies Readonly<Record<string, Option<unknown>>>;

export type OptionId = keyof typeof OPTIONS;

/** What a person may change in the generator; everything has a default. */
export type ConnectionOptions = {
  readonly [Id in OptionId]: ReturnType<(typeof OPTIONS)[Id]['read']>;
};

type UsedBy<Who> = {
  [Id in OptionId]: (typeof OPTIONS)[Id]['used'] extends Who ? Id : never;
}[OptionId];

/** The options that some texts have a place for and others have not. */
export type VaryingOption = UsedBy<'writer'>;

/** The options chosen from a list. */
export type ListOption = {
  [Id in OptionId]: (typeof OPTIONS)[Id]['kind'] extends TypedKind ? never : Id;
}[OptionId];

type TypedKind = 'address' | 'networks' | 'name' | 'path' | 'text';

/** Each option as the text of a field, also while it is wrong. */
export type OptionTexts = Readonly<Record<OptionId, string>>;

// The same table, held to its own types: a default of another type than read() gives is an error here.
const TABLE: { readonly [Id in OptionId]: Option<ConnectionOptions[Id]> } = OPTIONS;

export function isOptionId(text: string): text is OptionId {
  return Object.hasOwn(TABLE, text);
}

export const optionIds: readonly OptionId[] = Object.keys(OPTIONS).filter(isOptionId);

const TYPED: ReadonlySet<OptionKind> = new Set<TypedKind>([
  'address',
  'networks',
  'name',
  'path',
  'text',
]);

export function isList(id: OptionId): id is ListOption {
  return !TYPED.has(TABLE[id].kind);
}

const listOptions: readonly ListOption[] = optionIds.filter(isList);

/** The values of the three options that decide whether a PBX can do it at all. */
export const DECIDING = {
  useCase: OPTIONS.useCase.values.map(({ value }) => value),
  auth: OPTIONS.auth.values.map(({ value }) => value),
  transport: OPTIONS.transport.values.map(({ value }) => value),
} as const;

/** One thing of each list. */
export function eachList<T>(make: (id: ListOption) => T): Readonly<Record<ListOption, T>> {
  const entries = listOptions.map((id) => [id, make(id)]);
  return Object.fromEntries(entries) as Readonly<Record<ListOption, T>>;
}

/** One thing of each option. */
export function eachOption<T>(make: (id: OptionId) => T): Readonly<Record<OptionId, T>> {
  const entries = optionIds.map((id) => [id, make(id)]);
  // fromEntries() forgets the keys; they are all of them.
  return Object.fromEntries(entries) as Readonly<Record<OptionId, T>>;
}

/** One value of each option, each of its own type. */
function eachValue(
  make: <Id extends OptionId>(id: Id) => ConnectionOptions[Id],
): ConnectionOptions {
  const values: Readonly<Record<OptionId, unknown>> = eachOption(make);
  return values as ConnectionOptions;
}

/** What the generator starts with; nothing is invented that only a person can know. */
export function optionDefaults(suggested: Suggested): ConnectionOptions {
  return eachValue((id) => TABLE[id].default(suggested));
}

export function textOf<Id extends OptionId>(id: Id, options: ConnectionOptions): string {
  return TABLE[id].write(options[id]);
}

export function textsOf(options: ConnectionOptions): OptionTexts {
  return eachOption((id) => textOf(id, options));
}

export interface ReadOptions {
  readonly options: ConnectionOptions;
  /** What to enter instead, by the fields that are wrong. */
  readonly errors: Partial<OptionTexts>;
}

/** Wrong texts are left at `otherwise` in `options` and named in `errors`. */
export function readOptions(texts: OptionTexts, otherwise: ConnectionOptions): ReadOptions {
  const errors: Partial<Record<OptionId, string>> = {};
  const options = eachValue((id) => {
    try {
      return TABLE[id].read(texts[id].trim(), id);
    } catch (error) {
      if (!(error instanceof UnsafeValueError)) throw error;
      errors[id] = ruleOf(id);
      return otherwise[id];
    }
  });
  return { options, errors };
}

/** Null when the text means a value of the option; else what to enter instead. */
export function problemWith(id: OptionId, text: string): string | null {
  try {
    TABLE[id].read(text.trim(), id);
    return null;
  } catch (error) {
    if (error instanceof UnsafeValueError) return ruleOf(id);
    throw error;
  }
}

function ruleOf(id: OptionId): string {
  const rule = TABLE[id].rule?.();
  if (rule !== undefined) return rule;
  const values = valuesOf(id) ?? [];
  return l10n.t('Choose one of these: {0}.', values.map(({ value }) => value).join('; '));
}

export function labelOf(id: OptionId): string {
  return TABLE[id].label();
}

/** '' where there is nothing to show. */
export function exampleOf(id: OptionId): string {
  return TABLE[id].example ?? '';
}

export function isFolded(id: OptionId): boolean {
  return TABLE[id].folded ?? false;
}

/** The values of a list that is always the same; null for the others. */
export function valuesOf(id: OptionId): readonly { value: string; label: string }[] | null {
  const { values } = TABLE[id];
  return values?.map((one) => ({ value: one.value, label: one.label() })) ?? null;
}

/** A value as a person reads it. Values of lists that are not always the same stand for themselves. */
export function valueLabel(id: OptionId, value: string): string {
  return TABLE[id].values?.find((one) => one.value === value)?.label() ?? value;
}

/** `byWriter`: what the writer has a place for. */
export function isUsed(
  id: OptionId,
  situation: Situation,
  byWriter: readonly VaryingOption[],
): boolean {
  const { used } = TABLE[id];
  return used === 'writer' ? byWriter.some((one) => one === id) : used(situation);
}
