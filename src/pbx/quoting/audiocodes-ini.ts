/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * AudioCodes' ini file. A table is its title, a FORMAT line with the names of the columns, rows with
 * exactly as many fields in that order, each ending in `;`, and an end mark. FORMAT may name fewer columns
 * than the device has: the others get their defaults. No way is published to write `"` or `;` inside a
 * string, and a password that begins with `$1$` is read as a coded one, so free values are plain words.
 * Source: Mediant user's manuals, "Configuring ini File Table Parameters" and "General ini File
 * Formatting Rules".
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError } from './plain';

/** A user name or password. The device takes 50 characters. */
export function iniWord(field: string, value: string): string {
  if (!/^[A-Za-z0-9._-]{1,50}$/.test(value)) {
    throw new UnsafeValueError(
      field,
      l10n.t(
        'must be at most 50 letters, digits and . _ -, because an AudioCodes ini file can quote nothing else',
      ),
    );
  }
  return value;
}

/** The name of an IP Group that is there already, e.g. `PBX`. */
export function ipGroupName(field: string, value: string): string {
  if (!/^[A-Za-z](?:[A-Za-z0-9 ._-]{0,38}[A-Za-z0-9._-])?$/.test(value)) {
    throw new UnsafeValueError(
      field,
      l10n.t(
        'must be the name of an IP Group: a letter first, then letters, digits, blanks and . _ -, at most 40',
      ),
    );
  }
  return value;
}

/** Numbers stand as they are, everything else in double quotes. */
export type IniField = string | number;
export type IniRow = Readonly<Record<string, IniField>>;

/** `long`: columns carry the table's name, as up to version 7.2; else they are bare, as from 7.4 on. */
export type ColumnStyle = 'long' | 'short';

function field(value: IniField): string {
  if (typeof value === 'number') return String(value);
  if (/["\p{Cc}]/u.test(value)) throw new Error('a string that an ini file cannot hold');
  return `"${value}"`;
}

/** The lines of one table. All rows have the columns of the first. */
export function iniTable(
  name: string,
  rows: ReadonlyMap<number, IniRow>,
  style: ColumnStyle,
): string[] {
  const [first] = rows.values();
  const columns = Object.keys(first ?? {});
  const prefix = style === 'long' ? `${name}_` : '';
  return [
    `[ ${name} ]`,
    `FORMAT ${prefix}Index = ${columns.map((column) => `${prefix}${column}`).join(', ')};`,
    ...Array.from(
      rows,
      ([index, row]) =>
        `${name} ${index} = ${columns.map((column) => field(row[column] ?? '')).join(', ')};`,
    ),
    `[ \\${name} ]`,
  ];
}

const ROW_LIMIT = 50;

/**
 * Networks as the Classification table has them: an address whose last octets may be `*`. Networks that
 * do not end on a whole octet become several. Exact: no address more, none less.
 */
export function addressPatterns(cidr: string): string[] {
  const [address = '', width = '32'] = cidr.split('/');
  const bits = Number(width);
  const octets = address.split('.').map(Number);
  const whole = Math.ceil(bits / 8);
  const free = whole * 8 - bits;
  const split = whole - 1;
  const base = (octets[split] ?? 0) & (256 - 2 ** free);
  const wild = Array<string>(4 - whole).fill('*');
  return Array.from({ length: 2 ** free }, (_, step) =>
    [...octets.slice(0, split), base + step, ...wild].join('.'),
  );
}

/** Refuses lists that would fill the device's table. */
export function checkedPatterns(name: string, cidrs: readonly string[]): Map<string, string[]> {
  const patterns = new Map(cidrs.map((cidr) => [cidr, addressPatterns(cidr)]));
  const rows = Array.from(patterns.values()).reduce((sum, list) => sum + list.length, 0);
  if (rows > ROW_LIMIT) {
    throw new UnsafeValueError(
      name,
      l10n.t(
        "must fit into {0} rows of AudioCodes' Classification table: list single addresses, /24 or /16 networks",
        ROW_LIMIT,
      ),
    );
  }
  return patterns;
}
