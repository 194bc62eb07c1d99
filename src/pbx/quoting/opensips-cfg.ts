/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * OpenSIPS' script. Strings are those of Kamailio: in a double-quoted one `\` and `"` are special, and on
 * the right side of an assignment nothing else is. A digest password that reads `0x` and a hash in hex
 * is taken for the hash itself, which no escape prevents. Source: cfg.lex and modules/uac_auth/auth.c, 3.6.
 */
import * as l10n from '@vscode/l10n';
import { kamailioString } from './kamailio-cfg';
import { UnsafeValueError } from './plain';

/** A whole string with its quotes. Only for the right side of an assignment. */
export const opensipsString = kamailioString;

/** The password of a digest answer, as a whole string with its quotes. */
export function opensipsPassword(field: string, value: string): string {
  if (/^0x(?:[0-9a-f]{32}|[0-9a-f]{64})$/.test(value)) {
    throw new UnsafeValueError(
      field,
      l10n.t('must not be 0x and a hash, which OpenSIPS would not hash again'),
    );
  }
  return opensipsString(field, value);
}
