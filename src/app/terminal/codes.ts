/**
 * app/: the application, without `vscode`.
 *
 * `code` of the terminal: what a number means, in every table that has it.
 */
import * as l10n from '@vscode/l10n';
import { type Entry, entries, entryOf } from '../explain/entries';
import { type Answer, NotDone, WrongUse } from './answer';
import { type DocumentOf, SCHEMA_VERSION } from './documents';

const NUMBERED: ReadonlySet<Entry['kind']> = new Set(['sip', 'exotel', 'http', 'api']);

/**
 * Throws WrongUse for what is no code, NotDone for one that no table has. A SIP status of no table is
 * explained by its class.
 */
export function codeAnswer(code: string): Answer<DocumentOf<'code'>> {
  const wanted = code.trim();
  if (!/^[\w-]{1,20}$/.test(wanted)) {
    throw new WrongUse(l10n.t('That is no code.'), l10n.t('Give one number, e.g. 403.'));
  }
  const known = entries().filter(
    ({ id, kind }) => NUMBERED.has(kind) && id.toLowerCase() === `${kind}:${wanted}`.toLowerCase(),
  );
  const byClass = known.some(({ kind }) => kind === 'sip') ? null : entryOf(`sip:${wanted}`);
  const found = byClass === null ? known : [byClass, ...known];
  if (found.length === 0) {
    throw new NotDone(
      'code.unknown',
      l10n.t('No table has the code {0}.', wanted),
      l10n.t('Look at the text beside it in the log, or ask support@exotel.com.'),
    );
  }
  return {
    document: {
      schemaVersion: SCHEMA_VERSION,
      entries: found.map(({ title, cause, solution }) => ({
        code: wanted,
        meaning: title,
        cause,
        solution,
      })),
    },
    words: found.flatMap(({ title, cause, solution }, at) => [
      ...(at === 0 ? [] : ['']),
      title,
      `  ${cause}`,
      `  ${solution}`,
    ]),
    exit: 0,
  };
}
