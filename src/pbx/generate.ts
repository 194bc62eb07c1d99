/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * The one way in: card and connection to files and advice. Never throws for what a person typed.
 */
import * as l10n from '@vscode/l10n';
import { advise } from './advice';
import { cardById } from './cards';
import { UnsafeValueError } from './quoting/plain';
import type { Advice, Generated, PbxCard, PbxWriter, TrunkConnection } from './types';
import { loadWriter } from './writers';

function refused(what: string, advice: readonly Advice[] = []): Generated {
  const refusal: Advice = { kind: 'text.refused', level: 'problem', what, doNext: null };
  return { files: [], advice: [refusal, ...advice] };
}

/** Without files there is at least one advice of level `problem` that says why. */
export async function generate(
  cardOrId: PbxCard | string,
  connection: TrunkConnection,
): Promise<Generated> {
  const card = typeof cardOrId === 'string' ? cardById(cardOrId) : cardOrId;
  if (card === null) return refused(l10n.t('There is no such PBX in the list.'));
  return generateWith(card, await loadWriter(card.id), connection);
}

/** The same for who has loaded the card's writer already. */
export function generateWith(
  card: PbxCard,
  writer: PbxWriter,
  connection: TrunkConnection,
): Generated {
  const reason = card.cannot(connection.useCase, connection.auth, connection.transport);
  if (reason !== null) return refused(reason);
  const advice = advise(connection, card, writer);
  if (connection.codecs.length === 0) return { files: [], advice };
  try {
    return { files: writer.render(connection), advice };
  } catch (error) {
    if (error instanceof UnsafeValueError) {
      return refused(l10n.t('Nothing was written. {0}', error.message), advice);
    }
    throw error;
  }
}
