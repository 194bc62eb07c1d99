/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Splits a pasted list into its entries.
 */

/**
 * Unique trimmed entries, in order. Lines, commas and tabs separate; a semicolon does unless a parameter
 * such as `;transport=tls` follows; a space does when every word between spaces can stand alone, which
 * the groups of `+91 98765 43210` cannot.
 */
export function splitList(text: string): string[] {
  const entries = text
    .replace(/;\s*(?=[a-z][\w-]*\s*=)/gi, PARAMETER)
    .split(/[\r\n,\t;]+/)
    .map((entry) => unquote(entry.trim().replaceAll(PARAMETER, ';')))
    .flatMap(splitWords)
    .filter((entry) => entry !== '');
  return [...new Set(entries)];
}

/** Stands in for a semicolon that belongs to its entry; no pasted text holds it. */
const PARAMETER = '\u0000';

function splitWords(entry: string): string[] {
  const words = entry.split(/\s+/);
  return words.every(standsAlone) ? words.map(unquote) : [entry];
}

/** A name, host, address, or a phone number long enough to be whole. */
function standsAlone(word: string): boolean {
  return (
    /\p{L}/u.test(word) || /^\d+(\.\d+){3}(\/\d+)?(:\d+)?$/.test(word) || /^\+?\d{8,}$/.test(word)
  );
}

function unquote(entry: string): string {
  return entry.replace(/^(["'])(.*)\1$/, '$2').trim();
}
