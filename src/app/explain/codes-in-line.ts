/**
 * app/: the application, without `vscode`.
 *
 * The code a line of a log tells at a place of it. Pure; looks at a bounded part of the line only.
 */
export interface CodeAt {
  /** Of the entry, e.g. `sip:488`. */
  readonly id: string;
  /** Characters of the line it stands in. */
  readonly from: number;
  readonly to: number;
}

/** To either side of the place: longer than a status line, shorter than a log without line ends. */
const REACH = 300;

const PATTERNS: readonly (readonly [kind: 'sip' | 'exotel', pattern: RegExp])[] = [
  ['sip', /\bSIP\/2\.0 +([1-6][0-9]{2})\b(?: [A-Za-z][A-Za-z /-]{0,60}[A-Za-z])?/g],
  ['exotel', /\bX-Exotel-ErrorCode["']? {0,3}[:=] {0,3}["']?([0-9]{1,6})\b/gi],
];

export function codeAt(line: string, character: number): CodeAt | null {
  const begin = Math.max(0, character - REACH);
  const part = line.slice(begin, character + REACH);
  for (const [kind, pattern] of PATTERNS) {
    for (const match of part.matchAll(pattern)) {
      const from = begin + match.index;
      const to = from + match[0].length;
      if (from <= character && character <= to)
        return { id: `${kind}:${match[1] ?? ''}`, from, to };
    }
  }
  return null;
}
