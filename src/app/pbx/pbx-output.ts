/**
 * app/: the application, without `vscode`.
 *
 * From what the model knows of a trunk to configuration text. The panel and the palette's commands both
 * come through here, so the same trunk gives the same text in both.
 */
import { ALIAS_SETTING, type Credential } from '../../exotel/model';
import type { Secret } from '../../exotel/secret';
import { buildConnection, type TrunkFacts } from '../../pbx/connection';
import { generate } from '../../pbx/generate';
import type { ConnectionOptions, Generated, TrunkConnection } from '../../pbx/types';
import type { Edge } from '../../exotel/edges';
import { loadWriter } from '../../pbx/writers';
import type { TrunkSnapshot } from '../../trunks/snapshot';
import type { Owner } from './merge';

/** The credential a configuration uses: the asked-for one, else one's own, else the issued pair. */
export function credentialOf(
  credentials: readonly Credential[],
  userName: string | null = null,
): Credential | null {
  return (
    credentials.find((credential) => credential.userName === userName) ??
    credentials.find((credential) => credential.kind === 'own') ??
    credentials[0] ??
    null
  );
}

/**
 * What the generator needs to know of a trunk. A section that was never read is null, not empty.
 * `userName` picks one of several credentials.
 */
export function factsOf(
  accountSid: string,
  snapshot: TrunkSnapshot,
  userName: string | null = null,
): TrunkFacts {
  const { trunk, sections } = snapshot;
  const credentials = sections.credentials.value;
  const alias = sections.settings.value?.find((setting) => setting.name === ALIAS_SETTING);
  return {
    accountSid,
    trunkSid: trunk.sid,
    trunkName: trunk.name,
    sipDomain: trunk.domain,
    numbers: sections.numbers.value,
    whitelistedIps: sections.ips.value,
    destinations: sections.destinations.value?.map((row) => row.destination) ?? null,
    alias: alias?.value ?? null,
    userName: credentialOf(credentials ?? [], userName)?.userName ?? null,
    credentialKind: credentialOf(credentials ?? [])?.kind ?? null,
    userNameUnknown: credentials === null,
  };
}

export interface RenderRequest {
  readonly targetId: string;
  readonly facts: TrunkFacts;
  readonly options: ConnectionOptions;
  /** Null writes PASSWORD_PLACEHOLDER. */
  readonly password: Secret | null;
  readonly now: Date;
  readonly edges?: readonly Edge[];
}

/** Never throws for what a person chose: without files, an advice of level `problem` says why. */
export function renderFor(request: RenderRequest): Promise<Generated> {
  return generate(request.targetId, connectionFor(request));
}

/** Whose block the text becomes when it is put among other text. */
export async function ownerOf(request: RenderRequest): Promise<Owner> {
  const { targetId, facts, options } = request;
  const writer = await loadWriter(targetId);
  const named = writer.uses(connectionFor(request)).includes('peerName');
  return { trunkSid: facts.trunkSid, targetId, peerName: named ? options.peerName : null };
}

function connectionFor({ facts, options, password, now, edges }: RenderRequest): TrunkConnection {
  const context = edges === undefined ? { password, now } : { password, now, edges };
  return buildConnection(facts, options, context);
}
