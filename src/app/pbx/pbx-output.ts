/**
 * app/: the application, without `vscode`.
 *
 * From the facts of a trunk to configuration text. The panel and the palette's commands both
 * come through here, so the same trunk gives the same text in both.
 */
import type { Secret } from '../../exotel/secret';
import { buildConnection, type ConnectionFacts } from '../../pbx/connection';
import { generate } from '../../pbx/generate';
import type { ConnectionOptions, Generated, TrunkConnection } from '../../pbx/types';
import type { Edge } from '../../exotel/edges';
import { loadWriter } from '../../pbx/writers';
import type { Owner } from './merge';

export interface RenderRequest {
  readonly targetId: string;
  readonly facts: ConnectionFacts;
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
