/**
 * pbx/writing: the forms that several texts are written in.
 *
 * The options a marked block was made with, in its first lines: `Options: transport=tcp edgeId=india-ip`.
 * Only what differs from the defaults stands there, so that the same text can be made of the same trunk on
 * another computer. Values are text that a person typed: what could end a comment is written as `%2D`.
 */
import { commentLine } from './file';
import { isOptionId, type OptionId, type OptionTexts } from '../options';
import type { CommentSign } from '../types';

export type NamedOptions = Partial<OptionTexts>;

const START = 'Options: ';
/** Longer lines are broken, so that a head can be read. */
const WIDTH = 96;

/** Two hyphens end a comment in XML. */
function encoded(value: string): string {
  return value
    .replace(/[^A-Za-z0-9._,/:+-]/gu, encodeURIComponent)
    .replaceAll('--', '-%2D')
    .replace(/^-|-$/g, '%2D');
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** `option=value`, one a word, in the order given. */
export function optionWords(options: NamedOptions): string[] {
  return Object.entries(options).map(([id, value]) => `${id}=${encoded(value)}`);
}

/** Comment lines with their line ends; '' when no option is named or the format has no comments. */
export function optionLines(sign: CommentSign, options: NamedOptions): string {
  if (sign === null) return '';
  const lines: string[] = [];
  for (const word of optionWords(options)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(START + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${commentLine(sign, line)}\n`).join('');
}

const LINE = /^(?:;+|#+|\/\/+|!+|<!--)[ \t]*Options: (\S+(?: \S+)*?)(?:[ \t]*-->)?$/;

/** What the lines at the beginning of a block's text name. What is no option any more is left out. */
export function optionsNamed(text: string): NamedOptions {
  const found: Partial<Record<OptionId, string>> = {};
  for (const line of text.split('\n')) {
    const words = LINE.exec(line.trim())?.[1]?.split(' ');
    if (words === undefined) break;
    for (const word of words) {
      const [id = '', ...rest] = word.split('=');
      const value = decoded(rest.join('='));
      if (isOptionId(id) && rest.length > 0 && value !== null) found[id] = value;
    }
  }
  return found;
}
