/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * Asterisk's .conf files (pjsip.conf, extensions.conf, sip.conf). In a value only `;` is special: it
 * begins a comment unless a backslash stands before it, and that one backslash is taken away. All other
 * characters, backslashes too, are literal. Source: main/config.c, branch 22.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError, freeText } from './plain';

/** The right side of `key = value`. Write a blank after `=`, else a leading `>` is read as part of `=>`. */
export function asteriskValue(field: string, value: string): string {
  return escapeSemicolons(freeText(field, value));
}

/**
 * The same for a form that writes `key=` and then what was typed: without the blank, a leading `>` would be
 * taken for a part of `=>`, and no escape saves it.
 */
export function asteriskFormValue(field: string, value: string): string {
  if (value.startsWith('>')) throw new UnsafeValueError(field, l10n.t('must not begin with >'));
  return asteriskValue(field, value);
}

/** `;` in text that is already known to be plain, e.g. a SIP URI's `;transport=tls`. */
export function escapeSemicolons(text: string): string {
  return text.replaceAll(';', '\\;');
}

/**
 * A value for a form that takes `;` and quotes away, or hands them to its database unescaped. Nothing can
 * be escaped there, therefore a pattern.
 */
export function asteriskPlainValue(field: string, value: string): string {
  if (!/^[A-Za-z0-9._@+-]{1,128}$/.test(value)) {
    throw new UnsafeValueError(
      field,
      l10n.t('must be letters, digits and . _ @ + - only, because the form loses other characters'),
    );
  }
  return value;
}

/**
 * What rings, as Dial() takes it: `PJSIP/6001` or `PJSIP/6001&PJSIP/6002`. A comma would begin Dial's next
 * argument and `${` an expression, therefore a pattern and no escape.
 */
export function asteriskDialString(field: string, value: string): string {
  const one = '[A-Za-z][A-Za-z0-9]{1,15}/[A-Za-z0-9_.@+:/-]{1,80}';
  if (!new RegExp(`^${one}(?:&${one}){0,9}$`).test(value)) {
    throw new UnsafeValueError(field, l10n.t('must be what Dial() calls, e.g. PJSIP/6001'));
  }
  return value;
}
