/**
 * pbx/writing: the forms that several texts are written in.
 *
 * A field sheet: what to type into a web form, as Markdown, page by page in the order of the form.
 */
import { commentText, markdownValue } from '../quoting/plain';
import { headLines, useCaseWords, type CheckedValues } from './common';
import type { PbxFile, PbxWriter, TrunkConnection } from '../types';

/** `setting` is the form's own label; `value` is finished Markdown: code(), typed() or plain words. */
export type Row = readonly [setting: string, value: string];

export interface Page {
  /** Where in the form, e.g. `Trunks → Add SIP trunk → General`. */
  readonly heading: string;
  /** Rows, or a sentence in their place. */
  readonly rows: readonly Row[] | string;
  /** Said under the rows, one paragraph each. */
  readonly notes?: readonly string[];
}

/** A value that was checked by pattern. */
export function code(text: string | number): string {
  return `\`${text}\``;
}

/** A value as a person or the API gave it; throws UnsafeValueError when no cell can show it. */
export function typed(field: string, value: string): string {
  return markdownValue(field, value);
}

/** Several checked values in one cell. */
export function codes(values: readonly (string | number)[]): string {
  return values.map(code).join(', ');
}

const UNCONFIRMED = ' (to be confirmed)';

/** A setting that no public document was found to name: said beside it, explained once by sheet(). */
export function unconfirmed(setting: string): string {
  return `${setting}${UNCONFIRMED}`;
}

function hasUnconfirmed({ heading, rows }: Page): boolean {
  return (
    heading.endsWith(UNCONFIRMED) ||
    (typeof rows !== 'string' && rows.some(([setting]) => setting.endsWith(UNCONFIRMED)))
  );
}

export function table(rows: readonly Row[]): string {
  return ['| Setting | Value |', '| --- | --- |', ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join(
    '\n',
  );
}

/** `title`: what the form is of; `name`: of the file. */
export function sheet(
  connection: TrunkConnection,
  writer: Pick<PbxWriter, 'placeholders'>,
  { title, name }: { readonly title: string; readonly name: string },
  values: CheckedValues,
  pages: readonly Page[],
): PbxFile {
  const parts = [
    `# Exotel SIP trunk ${code(commentText(connection.trunkName) || values.trunkSid)}`,
    `${title}, for ${useCaseWords(connection.useCase)}. Trunk SID ${code(values.trunkSid)}, account SID ${code(values.accountSid)}.`,
  ];
  if (pages.some(hasUnconfirmed)) {
    parts.push(
      'Names marked "to be confirmed" stand in no public document that was found: look for the setting under this or a like name, and set what the row says.',
    );
  }
  for (const { heading, rows, notes = [] } of pages) {
    parts.push(`## ${heading}`, typeof rows === 'string' ? rows : table(rows), ...notes);
  }
  const body = parts.join('\n\n');
  const head = headLines(connection, body, writer).map((line) => `<!-- ${line} -->`);
  return {
    name,
    languageId: 'markdown',
    comment: '<!--',
    extent: 'whole',
    text: `${head.join('\n')}\n\n${body}\n`,
  };
}
