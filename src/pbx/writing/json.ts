/**
 * pbx/writing: the forms that several targets are written in.
 *
 * JSON for an API. It has no comments: which trunk it is for stands in a name or description of its own,
 * made by madeFor(), and what is left to fill in is told beside the text. Values need no care but
 * JSON.stringify; control characters are refused as everywhere (freeText).
 */
import { commentText } from '../quoting/plain';
import type { PbxFile, TrunkConnection } from '../types';

export function jsonFile(name: string, value: object): PbxFile {
  return {
    name,
    languageId: 'json',
    comment: null,
    extent: 'whole',
    text: `${JSON.stringify(value, null, 2)}\n`,
  };
}

/** `Exotel trunk NAME (SID), made 2026-11-23T09:30:00.000Z`, for a description field. */
export function madeFor(connection: TrunkConnection): string {
  const name = commentText(connection.trunkName) || 'without a name';
  return `Exotel trunk ${name} (${commentText(connection.trunkSid)}), made ${connection.generatedAt.toISOString()}`;
}
