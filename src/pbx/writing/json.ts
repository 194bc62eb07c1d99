/**
 * pbx/writing: the forms that several texts are written in.
 *
 * JSON for an API. It has no comments: which trunk it is for stands in a name or description of its own,
 * made by madeFor(), and what is left to fill in is told beside the text. Values need no care but
 * JSON.stringify; control characters are refused as everywhere (freeText).
 */
import * as l10n from '@vscode/l10n';
import {
  NUMBER_PLACEHOLDER,
  UnsafeValueError,
  commentText,
  freeText,
  peerName,
} from '../quoting/plain';
import { callsOut, password, userName, usesCredential } from './common';
import type { Codec } from '../options';
import type { PbxFile, Placeholder, TrunkConnection } from '../types';

/** Stands where the number of a call out goes, in requests that start a call. */
export const NUMBER_TO_CALL = '+91YYYYYYYYYY';

export const numberToCall: Placeholder = {
  text: NUMBER_TO_CALL,
  meaning: 'the number to call, E.164 with plus',
  get doNext() {
    return l10n.t(
      '{0} is an example: put the number to call, E.164 with plus, there.',
      NUMBER_TO_CALL,
    );
  },
  level: 'problem',
};

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

/** What the trunk is called on the platform. */
export function ownName(connection: TrunkConnection): string {
  return peerName('Name inside the PBX', connection.peerName);
}

/** For APIs that have one field for name and description. */
export function ownLabel(connection: TrunkConnection): string {
  return `${ownName(connection)}: ${madeFor(connection)}`;
}

/** Any text that JSON can carry. Null: Exotel does not know the platform by a password. */
export function credential(
  connection: TrunkConnection,
): { readonly userName: string; readonly password: string } | null {
  if (!usesCredential(connection)) return null;
  return {
    userName: freeText('SIP user name', userName(connection)),
    password: freeText('SIP password', password(connection)),
  };
}

/** Codecs for platforms that speak G.711 only; G.729 is left out. */
export function g711(
  connection: TrunkConnection,
  names: Readonly<Record<Exclude<Codec, 'G729'>, string>>,
): string[] {
  const chosen = connection.codecs.filter((codec) => codec !== 'G729');
  if (chosen.length === 0) throw new UnsafeValueError('Codecs', l10n.t('must hold PCMA or PCMU'));
  return chosen.map((codec) => names[codec]);
}

/**
 * The numbers a platform has to know: the one shown on calls out and, with `inbound`, all that people
 * dial. In the trunk's order, each once, never none.
 */
export function ownNumbers(
  connection: TrunkConnection,
  numbers: readonly string[],
  inbound: boolean,
): readonly [string, ...string[]] {
  const shown = callsOut(connection) ? [connection.callerId ?? NUMBER_PLACEHOLDER] : [];
  const dialled = inbound ? numbers : [];
  const missing = shown.filter((number) => !dialled.includes(number));
  const [first = NUMBER_PLACEHOLDER, ...rest] = new Set([...missing, ...dialled]);
  return [first, ...rest];
}

/** One request per number: `base.json`, or `base-918040001234.json` and so on when there are several. */
export function perNumber(
  base: string,
  numbers: readonly string[],
  make: (number: string) => object,
): PbxFile[] {
  return numbers.map((number) =>
    jsonFile(
      numbers.length === 1 ? `${base}.json` : `${base}-${number.replace('+', '')}.json`,
      make(number),
    ),
  );
}

/** An API request as a person sends it: the key comes from the environment, the body from the file. */
export interface Request {
  readonly method?: 'POST' | 'PATCH';
  readonly url: string;
  /** E.g. `Authorization: Bearer $VAPI_API_KEY`. */
  readonly key: string;
}

export function curl({ method = 'POST', url, key }: Request, file: string): string {
  return `curl -X ${method} "${url}" -H "${key}" -H "Content-Type: application/json" --data-binary "@${file}"`;
}

/** The same request for each of the files that perNumber() or a list of networks made. */
export function curlEach(request: Request, base: string, count: number): string {
  return count === 1
    ? curl(request, `${base}.json`)
    : `for f in ${base}-*.json; do ${curl(request, '$f')}; done`;
}

/** Steps in order, one per line. */
export function steps(...lines: readonly (string | null)[]): string {
  return lines.filter((line) => line !== null).join('\n');
}
