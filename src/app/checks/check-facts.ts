/**
 * app/: the application, without `vscode`.
 *
 * From what the model knows of a trunk to what the checks judge.
 */
import type { CheckFacts } from '../../checks/types';
import type { Problem } from '../../exotel/errors';
import type { Credential } from '../../exotel/model';
import type { Secret } from '../../exotel/secret';
import { type KnownEdge, resolveEdge } from '../../exotel/edges';
import { type Section, SECTIONS, type TrunkSnapshot } from '../../trunks/snapshot';
import type { ChosenEdge } from '../choices';
import { trunkFacts } from '../facts';

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

export async function checkFactsOf(input: FactsInput): Promise<CheckFacts> {
  const { accountSid, snapshot, password, edges, chosen, ticked, now } = input;
  const { sections } = snapshot;
  const { edgeId, transport } = chosen ?? USUAL;
  const { id, name, host, tcpPort, tlsPort } = resolveEdge(edges, edgeId, accountSid);
  const listed = edges.find((edge) => edge.id === id);
  const known = new Set(
    await Promise.all(
      (sections.credentials.value ?? []).map(async (credential) =>
        (await password(credential)) === null ? null : credential,
      ),
    ),
  );
  return {
    ...trunkFacts(accountSid, snapshot, (credential) => known.has(credential)),
    edge: {
      name,
      host,
      tcpPort,
      tlsPort,
      source: listed?.source ?? '',
      checked: listed?.checked ?? '',
    },
    transport,
    ticked,
    now,
  };
}

/** The sections a row of the group `exotel` is judged by; none: the trunk itself. */
export function sectionsOf(checkId: string): readonly Section[] {
  switch (checkId) {
    case 'number.mapped':
      return ['numbers'];
    case 'ip.whitelisted':
    case 'credential.known':
      return ['ips', 'credentials'];
    case 'callerId.mapped':
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
