/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * FreeSWITCH's XML. Before it is parsed as XML, every line is searched for `$${name}`, which is expanded,
 * and for `X-PRE-PROCESS` in any case, which makes a directive of the line or drops it. XML escaping
 * leaves both intact, therefore everything but letters, digits and `. _ ~` is written as a numeric
 * character reference. Source: switch_xml.c, v1.10.12.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError, freeText } from './plain';

/** Free text inside a double-quoted attribute. */
export function xmlAttribute(field: string, value: string): string {
  return Array.from(freeText(field, value), (character) =>
    /[A-Za-z0-9._~]/.test(character) ? character : `&#${character.codePointAt(0) ?? 0};`,
  ).join('');
}

/** A value that was checked by pattern and stands as it is, in an attribute or a comment. */
export function xmlPlain(field: string, value: string): string {
  if (/[<>&"'$]|--|x-pre-process/i.test(value)) {
    throw new UnsafeValueError(field, l10n.t('must not hold < > & " \' $ or -- or X-PRE-PROCESS'));
  }
  return value;
}

/**
 * What rings, as bridge takes it: `user/1000` or `sofia/internal/1000@192.0.2.10`. A comma or bar would
 * begin another destination, braces set variables, `$` expands: a pattern and no escape.
 */
export function freeswitchDialString(field: string, value: string): string {
  if (!/^[a-z]{2,16}\/[A-Za-z0-9_.@+:/-]{1,100}$/.test(value)) {
    throw new UnsafeValueError(field, l10n.t('must be what bridge calls, e.g. user/1000'));
  }
  return xmlPlain(field, value);
}
