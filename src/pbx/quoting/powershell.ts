/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * PowerShell. In single quotes nothing is special but the quote itself, which is doubled. PowerShell
 * takes the typographic quotes for it too, so they are doubled as well. Source: about_Quoting_Rules.
 */
import { freeText } from './plain';

/** A whole string with its quotes. */
export function powershellString(field: string, value: string): string {
  return `'${freeText(field, value).replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
