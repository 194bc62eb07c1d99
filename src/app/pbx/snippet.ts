/**
 * app/: the application, without `vscode`.
 *
 * Configuration text as a snippet: every character stands for itself, and what a person still has to
 * fill in is a tab stop.
 */
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../pbx/quoting/plain';

const BLANKS: readonly string[] = [PASSWORD_PLACEHOLDER, NUMBER_PLACEHOLDER];

/** Text in which `$`, `}` and `\` mean themselves, inside and outside a placeholder. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/**
 * What is in a comment is not filled in: a password typed at a tab stop must not end up there as well.
 * Kamailio's `#!` lines are directives.
 */
const COMMENT = /<!--[\s\S]*?-->|^[ \t]*(?:;|!|#(?!!)|\/\/).*$/gm;

/**
 * Every place of the same blank is one tab stop, so it is typed once. The final tab stop is the end of
 * the text.
 */
export function toSnippet(text: string, blanks: readonly string[] = BLANKS): string {
  const stops = new Map<string, number>();
  let snippet = '';
  let from = 0;
  for (const { index, 0: comment } of text.matchAll(COMMENT)) {
    snippet += withStops(text.slice(from, index), blanks, stops) + escapeSnippet(comment);
    from = index + comment.length;
  }
  return `${snippet}${withStops(text.slice(from), blanks, stops)}$0`;
}

function withStops(text: string, blanks: readonly string[], stops: Map<string, number>): string {
  let snippet = '';
  let rest = text;
  for (;;) {
    const next = firstOf(rest, blanks);
    if (next === null) return snippet + escapeSnippet(rest);
    const stop = stops.get(next.blank) ?? stops.size + 1;
    snippet += escapeSnippet(rest.slice(0, next.at));
    snippet += stops.has(next.blank) ? `\${${stop}}` : `\${${stop}:${escapeSnippet(next.blank)}}`;
    stops.set(next.blank, stop);
    rest = rest.slice(next.at + next.blank.length);
  }
}

interface Found {
  readonly blank: string;
  readonly at: number;
}

/** The blank that begins first; of two at the same place, the longer one. */
function firstOf(text: string, blanks: readonly string[]): Found | null {
  const found = blanks
    .filter((blank) => blank !== '')
    .map((blank): Found => ({ blank, at: text.indexOf(blank) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at || b.blank.length - a.blank.length);
  return found[0] ?? null;
}
