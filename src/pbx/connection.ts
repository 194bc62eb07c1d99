/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * From what the API says about a trunk and what a person chose to the one value that text is made from.
 */
import type { NumberMode } from '../exotel/model';
import type { Secret } from '../exotel/secret';
import { edges as knownEdges, resolveEdge, type Edge } from '../exotel/edges';
import type { AuthMode } from '../terms/use';
import { optionDefaults, type ConnectionOptions } from './options';
import type { LoadableFact, TrunkConnection, ConnectionUse } from './types';

/** What is known of a trunk. A null list could not be read; an empty one is empty. */
export interface TrunkFacts {
  readonly accountSid: string;
  readonly trunkSid: string;
  readonly trunkName: string;
  /** Null: `<account sid>.pstn.exotel.com`. */
  readonly sipDomain: string | null;
  readonly numbers: readonly { readonly number: string; readonly mode: NumberMode }[] | null;
  readonly whitelistedIps: readonly { readonly ip: string; readonly mask: number }[] | null;
  /** `host:port;transport=tls|tcp`, with or without `sip:`. */
  readonly destinations: readonly string[] | null;
  /** The setting trunk_external_alias: the caller ID of the whole trunk. */
  readonly alias: string | null;
  /** User name of the trunk's credential; null when it has none. */
  readonly userName: string | null;
  /** `own`: the trunk has a credential somebody made; `issued`: only the pair Exotel made with it. */
  readonly credentialKind: 'own' | 'issued' | null;
  /** The credentials could not be read: `userName` null does not mean "none". */
  readonly userNameUnknown?: boolean;
}

export interface BuildContext {
  /** Null renders PASSWORD_PLACEHOLDER. */
  readonly password: Secret | null;
  readonly now: Date;
  /** The edges to choose from; the known ones when left out. */
  readonly edges?: readonly Edge[];
}

const E164 = /^\+[1-9][0-9]{7,14}$/;

/** The mode a number needs to carry a use case. Inbound calls reach a number of either mode. */
export function neededMode(useCase: ConnectionUse): NumberMode | null {
  if (useCase === 'inbound') return null;
  return useCase === 'streamkit' ? 'flow' : 'pstn';
}

/** The numbers that fit a use case, in the trunk's order. */
export function fittingNumbers(
  numbers: readonly { readonly number: string; readonly mode: NumberMode }[],
  useCase: ConnectionUse,
): string[] {
  const mode = neededMode(useCase);
  return numbers.filter((one) => mode === null || one.mode === mode).map((one) => one.number);
}

/** What the trunk is for, by what is set up on it. */
export function likelyUseCase(facts: TrunkFacts): ConnectionUse {
  const numbers = facts.numbers ?? [];
  if (numbers.length > 0 && numbers.every((one) => one.mode === 'flow')) return 'streamkit';
  if ((facts.destinations ?? []).length === 0) return 'outbound';
  const recognised = (facts.whitelistedIps ?? []).length > 0 || facts.userName !== null;
  return recognised ? 'both' : 'inbound';
}

/**
 * Never `both`, which Exotel advises against. The issued pair is on every trunk and says nothing; a
 * credential that somebody made, or a whitelisted IP, does.
 */
function likelyAuth(facts: TrunkFacts): AuthMode {
  if (facts.credentialKind === 'own') return 'credential';
  return (facts.whitelistedIps ?? []).length > 0 ? 'ip' : 'credential';
}

/** What the generator starts with: read off what is set up at Exotel. */
export function defaultOptions(facts: TrunkFacts): ConnectionOptions {
  return optionDefaults({
    useCase: likelyUseCase(facts),
    auth: likelyAuth(facts),
    userName: facts.userName,
  });
}

/**
 * `options.callerId` null: the trunk's alias, else the first number that fits the use case.
 * `options.exotelAddresses` empty: the ones that are known of the edge.
 */
export function buildConnection(
  facts: TrunkFacts,
  options: ConnectionOptions,
  context: BuildContext,
): TrunkConnection {
  const { edgeId, callerId, ...chosen } = options;
  const edge = resolveEdge(context.edges ?? knownEdges, edgeId, facts.accountSid);
  const numbers = facts.numbers ?? [];
  const alias = facts.alias !== null && E164.test(facts.alias) ? facts.alias : null;
  const notLoaded: LoadableFact[] = [];
  if (facts.numbers === null) notLoaded.push('numbers');
  if (facts.whitelistedIps === null) notLoaded.push('whitelistedIps');
  if (facts.destinations === null) notLoaded.push('destinations');
  if (facts.userNameUnknown === true) notLoaded.push('credential');
  return {
    ...chosen,
    accountSid: facts.accountSid,
    trunkSid: facts.trunkSid,
    trunkName: facts.trunkName,
    sipDomain: facts.sipDomain ?? `${facts.accountSid}.pstn.exotel.com`,
    numbers,
    whitelistedIps: facts.whitelistedIps ?? [],
    destinations: facts.destinations ?? [],
    userName: facts.userName,
    callerId: callerId ?? alias ?? fittingNumbers(numbers, options.useCase)[0] ?? null,
    exotelAddresses:
      options.exotelAddresses.length > 0 ? options.exotelAddresses : (edge.addresses ?? []),
    edge,
    password: context.password,
    notLoaded,
    generatedAt: context.now,
  };
}
