/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * JavaScript. JSON is JavaScript since ES2019; before it U+2028 and U+2029 ended a string, and freeText()
 * refuses those anyway. A comment gets nothing but commentText(), so that no value can end one.
 */
import { freeText } from './plain';

/** A whole string literal with its quotes. */
export function javascriptString(field: string, value: string): string {
  return literal(freeText(field, value));
}

/** Text that was checked by pattern, or a list of it, as the formatter would write it. */
export function literal(value: string | readonly string[]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
}
