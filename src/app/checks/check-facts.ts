/**
 * app/: the application, without `vscode`.
 *
 * From what the model knows of a trunk to what the checks judge.
 */
import type { CheckFacts } from '../../checks/types';
import type { UseCase } from '../../terms/use';
import type { Problem } from '../../exotel/errors';
import { ALIAS_SETTING, type Credential } from '../../exotel/model';
import type { Secret } from '../../exotel/secret';
import { type KnownEdge, resolveEdge } from '../../exotel/edges';
import { likelyUseCase } from '../../pbx/connection';
import { type Loadable, type Section, SECTIONS, type TrunkSnapshot } from '../../trunks/snapshot';
import type { ChosenEdge } from '../choices';
import { factsOf } from '../pbx/pbx-output';

export const USE_CASES: readonly UseCase[] = ['outbound', 'inbound', 'streamkit'];

export interface FactsInput {
  readonly accountSid: string;
  readonly snapshot: TrunkSnapshot;
  /** Null where this computer does not know it. The password itself goes no further than here. */
  readonly password: (credential: Credential) => Promise<Secret | null>;
  readonly edges: readonly KnownEdge[];
  readonly chosen: ChosenEdge | null;
  readonly ticked: ReadonlySet<string>;
  readonly now: Date;
}

/** What is used where nothing was chosen: the same as the generator's. */
const USUAL: ChosenEdge = { edgeId: '', transport: 'tls' };

/** The tree goes on showing what was there before a failed reload; a verdict must not rest on it. */
function current<T>(loadable: Loadable<T>): T | null {
  return loadable.state === 'failed' ? null : loadable.value;
}

export async function checkFactsOf(input: FactsInput): Promise<CheckFacts> {
  const { accountSid, snapshot, password, edges, chosen, ticked, now } = input;
  const { trunk, sections } = snapshot;
  const { edgeId, transport } = chosen ?? USUAL;
  const { id, name, host, tcpPort, tlsPort } = resolveEdge(edges, edgeId, accountSid);
  const known = edges.find((edge) => edge.id === id);
  const credentials = current(sections.credentials);
  const alias = current(sections.settings)?.find((setting) => setting.name === ALIAS_SETTING);
  return {
    accountSid,
    trunkSid: trunk.sid,
    trunkName: trunk.name,
    status: trunk.status,
    sipDomain: trunk.domain,
    numbers: current(sections.numbers),
    whitelistedIps: current(sections.ips),
    destinations: current(sections.destinations),
    credentials:
      credentials === null
        ? null
        : await Promise.all(
            credentials.map(async (credential) => ({
              userName: credential.userName,
              kind: credential.kind,
              passwordKnown: (await password(credential)) !== null,
            })),
          ),
    alias: alias?.value ?? null,
    edge: {
      name,
      host,
      tcpPort,
      tlsPort,
      source: known?.source ?? '',
      checked: known?.checked ?? '',
    },
    transport,
    ticked,
    now,
  };
}

/** What the trunk is for, by what is set up on it. Never empty. */
export function likelyUseCases(accountSid: string, snapshot: TrunkSnapshot): UseCase[] {
  const likely = likelyUseCase(factsOf(accountSid, snapshot));
  return likely === 'both' ? ['outbound', 'inbound'] : [likely];
}

/** The sections a row of the group `exotel` is judged by; none: the trunk itself. */
export function sectionsOf(checkId: string): readonly Section[] {
  switch (checkId) {
    case 'number.mapped':
      return ['numbers'];
    case 'ip.whitelisted':
    case 'credential.known':
      return ['ips', 'credentials'];
    case 'alias.mapped':
      return ['settings', 'numbers'];
    case 'destination.whitelisted':
      return ['destinations', 'ips'];
    default:
      return checkId.startsWith('destination.') ? ['destinations'] : [];
  }
}

/** What could not be read, section by section. */
export function problemsOf(snapshot: TrunkSnapshot): ReadonlyMap<Section, Problem> {
  return new Map(
    SECTIONS.flatMap((section) => {
      const state = snapshot.sections[section];
      return state.state === 'failed' ? [[section, state.problem] as const] : [];
    }),
  );
}
