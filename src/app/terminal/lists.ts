/**
 * app/: the application, without `vscode`.
 *
 * `read` of the terminal: what a pasted list says, entry by entry, by the same rules as the prompts.
 */
import * as l10n from '@vscode/l10n';
import { checkIp } from '../../exotel/rules/addresses';
import type { Checked } from '../../exotel/rules/checked';
import { checkDestination } from '../../exotel/rules/destination';
import { splitList } from '../../exotel/rules/list';
import { checkPhoneNumber } from '../../exotel/rules/numbers';
import { type Answer, oneLine } from './answer';
import { type DocumentOf, SCHEMA_VERSION } from './documents';

export const LISTS = ['numbers', 'ips', 'destinations'] as const;
export type ListKind = (typeof LISTS)[number];
export const LIST_REGIONS = ['in', 'sg'] as const;
export type ListRegion = (typeof LIST_REGIONS)[number];

/** The country of a number without a plus. */
const COUNTRIES: Readonly<Record<ListRegion, string>> = { in: 'IN', sg: 'SG' };

const RULES: Readonly<Record<ListKind, (text: string, region: ListRegion) => Checked<string>>> = {
  numbers: (text, region) => checkPhoneNumber(text, COUNTRIES[region]),
  ips: (text) => {
    const checked = checkIp(text);
    return checked.ok
      ? { ...checked, value: `${checked.value.ip}/${checked.value.mask}` }
      : checked;
  },
  destinations: (text) => checkDestination(text),
};

/** Exit code 1 when an entry cannot be read. */
export function readAnswer(
  kind: ListKind,
  text: string,
  region: ListRegion,
): Answer<DocumentOf<'read'>> {
  const entries = splitList(text).map((given) => {
    const checked = RULES[kind](given, region);
    return checked.ok
      ? {
          given,
          value: checked.value,
          warnings: checked.warnings.map(({ message }) => message),
          error: null,
        }
      : { given, value: null, warnings: [], error: checked.message };
  });
  return {
    document: { schemaVersion: SCHEMA_VERSION, entries, leftOut: [] },
    words:
      entries.length === 0
        ? [l10n.t('There is no entry in this text.')]
        : entries.flatMap(({ given, value, warnings, error }) => [
            `${oneLine(given)}  →  ${value ?? error}`,
            ...warnings.map((warning) => `    ${oneLine(warning)}`),
          ]),
    exit: entries.some(({ error }) => error !== null) ? 1 : 0,
  };
}
