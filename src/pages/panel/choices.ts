/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * What is chosen in the generator, as text in fields, and what it means. A field that is wrong keeps its
 * text and says why; the text is never thrown away.
 */
import { defaultOptions, type ConnectionFacts } from '../../pbx/connection';
import {
  UnsafeValueError,
  cidr,
  filePath,
  freeText,
  ipv4,
  peerName,
  sectionName,
} from '../../pbx/quoting/plain';
import type { Codec, ConnectionOptions } from '../../pbx/types';
import {
  AUTH_MODES,
  type ChoiceField,
  type Choices,
  type ChosenFields,
  TRANSPORTS,
  USE_CASES,
} from './panel-protocol';
import type { ViewStrings } from './strings';

/** Exotel's own order first; G.729 only where asked for. */
export const CODEC_ORDERS: readonly (readonly Codec[])[] = [
  ['PCMA', 'PCMU'],
  ['PCMU', 'PCMA'],
  ['PCMA'],
  ['PCMU'],
  ['PCMA', 'PCMU', 'G729'],
];

/** As narrow as Exotel's whitelist at its widest. */
const WIDEST_SENDER_NETWORK = 16;
const WIDEST_LOCAL_NETWORK = 8;

export function codecsText(codecs: readonly Codec[]): string {
  return codecs.join(',');
}

/** What the trunk suggests. '' for the caller ID means: the trunk's own. */
export function suggestedChoices(facts: ConnectionFacts, targetId: string): Choices {
  const options = defaultOptions(facts);
  return {
    targetId,
    useCase: options.useCase,
    transport: options.transport,
    auth: options.auth,
    edgeId: options.edgeId,
    userName: facts.userName ?? '',
    callerId: options.callerId ?? '',
    codecs: codecsText(options.codecs),
    publicAddress: options.publicAddress ?? '',
    localNetworks: options.localNetworks.join(', '),
    exotelAddresses: options.exotelAddresses.join(', '),
    inboundContext: options.inboundContext,
    insidePeer: options.insidePeer,
    peerName: options.peerName,
    variant: options.variant,
    certificateFile: options.certificateFile,
    privateKeyFile: options.privateKeyFile,
    caFile: options.caFile,
  };
}

/** What is there to choose from, by value; a choice that is no longer there falls back to the suggestion. */
export interface Allowed {
  readonly targetId: readonly string[];
  readonly variant: readonly string[];
  readonly edgeId: readonly string[];
  readonly userName: readonly string[];
  readonly callerId: readonly string[];
}

/** The suggestion with what the person chose over it. */
export function effectiveChoices(
  suggested: Choices,
  chosen: ChosenFields,
  allowed: Allowed,
): Choices {
  const lists: Partial<Record<ChoiceField, readonly string[]>> = {
    ...allowed,
    useCase: USE_CASES,
    transport: TRANSPORTS,
    auth: AUTH_MODES,
    codecs: CODEC_ORDERS.map(codecsText),
  };
  const kept = Object.entries(chosen).filter(([field, value]) => {
    const list = lists[field as ChoiceField];
    return list === undefined || list.includes(value);
  });
  return { ...suggested, ...Object.fromEntries(kept) };
}

export interface ReadOptions {
  readonly options: ConnectionOptions;
  readonly errors: ChosenFields;
}

/** Wrong fields are left at their suggestion in `options` and named in `errors`. */
export function readChoices(
  choices: Choices,
  suggested: ConnectionOptions,
  strings: ViewStrings,
): ReadOptions {
  const errors: Partial<Record<ChoiceField, string>> = {};
  const read = <T>(field: ChoiceField, fallback: T, parse: (text: string) => T): T => {
    try {
      return parse(choices[field].trim());
    } catch (error) {
      if (!(error instanceof UnsafeValueError)) throw error;
      errors[field] = strings.fieldError(field, error.rule);
      return fallback;
    }
  };
  const networks = (field: ChoiceField, widest: number): readonly string[] =>
    read(field, [], (text) => splitList(text).map((entry) => cidr(field, entry, widest)));
  const required = (
    field: 'certificateFile' | 'privateKeyFile' | 'caFile' | 'inboundContext' | 'peerName',
    check: (name: string, text: string) => string,
  ): string => read(field, suggested[field], (text) => check(field, text));

  const options: ConnectionOptions = {
    useCase: USE_CASES.find((one) => one === choices.useCase) ?? suggested.useCase,
    transport: TRANSPORTS.find((one) => one === choices.transport) ?? suggested.transport,
    auth: AUTH_MODES.find((one) => one === choices.auth) ?? suggested.auth,
    edgeId: choices.edgeId,
    callerId: choices.callerId === '' ? null : choices.callerId,
    codecs:
      CODEC_ORDERS.find((codecs) => codecsText(codecs) === choices.codecs) ?? suggested.codecs,
    publicAddress: read('publicAddress', null, (text) =>
      text === '' ? null : ipv4('publicAddress', text),
    ),
    localNetworks: networks('localNetworks', WIDEST_LOCAL_NETWORK),
    exotelAddresses: networks('exotelAddresses', WIDEST_SENDER_NETWORK),
    inboundContext: required('inboundContext', sectionName),
    insidePeer: read('insidePeer', '', (text) => (text === '' ? '' : freeText('insidePeer', text))),
    peerName: required('peerName', peerName),
    variant: choices.variant,
    certificateFile: required('certificateFile', filePath),
    privateKeyFile: required('privateKeyFile', filePath),
    caFile: required('caFile', filePath),
  };
  return { options, errors };
}

/** The networks of a list of senders; null when text could not be made of it. */
export function readSenders(text: string): readonly string[] | null {
  try {
    return splitList(text).map((entry) => cidr('exotelAddresses', entry, WIDEST_SENDER_NETWORK));
  } catch {
    return null;
  }
}

function splitList(text: string): string[] {
  return text.split(/[\s,;]+/).filter((entry) => entry !== '');
}
