/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * From what the API says about a trunk and what a person chose to the one value that text is made from.
 */
import type { Secret } from '../exotel/secret';
import { edges as knownEdges, resolveEdge, type Edge } from '../exotel/edges';
import { fittingCallerId } from '../setup/caller-id';
import type { TrunkFacts } from '../setup/facts';
import { judgeAll } from '../setup/judge';
import { likelyUseCases } from '../setup/use-cases';
import type { AuthMode, ConnectionUse } from '../terms/use';
import { optionDefaults, type ConnectionOptions } from './options';
import type { TrunkConnection } from './types';

/** What is known of a trunk, and which of its credentials the text is for. */
export interface ConnectionFacts extends TrunkFacts {
  /** Null when the trunk has no credential, or none is known of. */
  readonly userName: string | null;
}

export interface BuildContext {
  /** Null renders PASSWORD_PLACEHOLDER. */
  readonly password: Secret | null;
  readonly now: Date;
  /** The edges to choose from; the known ones when left out. */
  readonly edges?: readonly Edge[];
}

/** `both` where the trunk is for calls out and for calls in. */
function likelyUse(facts: TrunkFacts): ConnectionUse {
  const [first = 'outbound', ...more] = likelyUseCases(facts);
  return more.length > 0 ? 'both' : first;
}

/**
 * Never `both`, which Exotel advises against. The issued pair is on every trunk and says nothing; a
 * credential that somebody made, or a whitelisted IP, does.
 */
function likelyAuth(facts: TrunkFacts): AuthMode {
  if (facts.credentials.value?.some(({ kind }) => kind === 'own') === true) return 'credential';
  return (facts.whitelistedIps.value ?? []).length > 0 ? 'ip' : 'credential';
}

/** What the generator starts with: read off what is set up at Exotel. */
export function defaultOptions(facts: ConnectionFacts): ConnectionOptions {
  return optionDefaults({
    useCase: likelyUse(facts),
    auth: likelyAuth(facts),
    userName: facts.userName,
  });
}

/**
 * `options.callerId` null: the trunk's own, else the first number that fits the use case; never one that is
 * not mapped. `options.exotelAddresses` empty: the ones that are known of the edge.
 */
export function buildConnection(
  facts: ConnectionFacts,
  options: ConnectionOptions,
  context: BuildContext,
): TrunkConnection {
  const { edgeId, callerId, ...chosen } = options;
  const { useCase } = chosen;
  const edge = resolveEdge(context.edges ?? knownEdges, edgeId, facts.accountSid);
  const uses = useCase === 'both' ? (['outbound', 'inbound'] as const) : ([useCase] as const);
  // A trunk for both directions shows a number on its calls out.
  const shown = fittingCallerId(facts, uses[0], callerId);
  const showsOne = useCase !== 'inbound' && shown.finding !== null;
  return {
    ...chosen,
    accountSid: facts.accountSid,
    trunkSid: facts.trunkSid,
    trunkName: facts.trunkName,
    sipDomain: facts.sipDomain ?? `${facts.accountSid}.pstn.exotel.com`,
    numbers: facts.numbers.value ?? [],
    whitelistedIps: facts.whitelistedIps.value ?? [],
    destinations: facts.destinations.value?.map(({ destination }) => destination) ?? [],
    userName: facts.userName,
    callerId: shown.number,
    exotelAddresses:
      options.exotelAddresses.length > 0 ? options.exotelAddresses : (edge.addresses ?? []),
    edge,
    password: context.password,
    findings: [...judgeAll(facts, uses), ...(showsOne ? [shown.finding] : [])],
    generatedAt: context.now,
  };
}
