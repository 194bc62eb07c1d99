// A sheet of settings in Markdown, as GitHub's flavour reads it: comments, headings, two-column tables and
// paragraphs, with code spans and <code> in them. Anything else (a link, an image, other HTML) fails.
import assert from 'node:assert/strict';

export interface SheetRow {
  readonly setting: string;
  /** The cell with its values taken out: `{}` stands for each. */
  readonly words: string;
  /** What stands in code, decoded. */
  readonly values: readonly string[];
}

export interface SheetPage {
  readonly heading: string;
  readonly rows: readonly SheetRow[];
  /** Paragraphs, values taken out. */
  readonly text: readonly string[];
}

export interface Sheet {
  readonly comments: readonly string[];
  readonly title: string;
  readonly intro: readonly string[];
  readonly pages: readonly SheetPage[];
}

const CODE = /`([^`]+)`|<code>((?:[A-Za-z0-9]|&#[0-9]+;)+)<\/code>/g;

function taken(text: string): { words: string; values: string[] } {
  const values: string[] = [];
  const words = text.replace(CODE, (_, span: string | undefined, html: string | undefined) => {
    values.push(
      span ??
        (html ?? '').replace(/&#([0-9]+);/g, (__, point) => String.fromCodePoint(Number(point))),
    );
    return '{}';
  });
  assert.doesNotMatch(words, /[`<>\\]|&[A-Za-z#]|\]\(|!\[/, `not plain words: ${words}`);
  return { words, values };
}

/** Cells of a table line. Inside a table a pipe parts cells even in a code span. */
function cells(line: string): string[] {
  const parts = line.split('|');
  assert.equal(parts.length, 4, `not two cells: ${line}`);
  assert.equal(parts[0], '');
  assert.equal(parts[3], '');
  return parts.slice(1, 3).map((part) => part.trim());
}

export function readSheet(text: string): Sheet {
  assert.ok(text.endsWith('\n'));
  const comments: string[] = [];
  const intro: string[] = [];
  const pages: { heading: string; rows: SheetRow[]; text: string[] }[] = [];
  let title: string | undefined;
  let rule = false;
  for (const line of text.slice(0, -1).split('\n')) {
    assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}]/u);
    const page = pages.at(-1);
    if (line === '') {
      rule = false;
    } else if (line.startsWith('<!--')) {
      const comment = /^<!-- ((?:(?!--|[<>]).)+) -->$/u.exec(line)?.[1];
      assert.ok(comment !== undefined, `not a comment on its line: ${line}`);
      assert.equal(title, undefined, 'a comment below the title');
      comments.push(comment);
    } else if (line.startsWith('# ')) {
      assert.equal(title, undefined, 'two titles');
      title = taken(line.slice(2)).words;
    } else if (line.startsWith('## ')) {
      pages.push({ heading: taken(line.slice(3)).words, rows: [], text: [] });
    } else if (line.startsWith('|')) {
      assert.ok(page !== undefined, 'a table without a heading');
      const [setting = '', cell = ''] = cells(line);
      if (setting === 'Setting') assert.equal(cell, 'Value');
      else if (setting === '---') rule = true;
      else {
        assert.ok(rule, `a row outside a table: ${line}`);
        page.rows.push({ setting: taken(setting).words, ...taken(cell) });
      }
    } else {
      assert.doesNotMatch(line, /^(?:#|[-*+] |[0-9]+[.)] |>| {4}|\t|~~~)/, `unexpected: ${line}`);
      (page?.text ?? intro).push(taken(line).words);
    }
  }
  assert.ok(title !== undefined, 'no title');
  return { comments, title, intro, pages };
}

/** The only row of that name, in the only page that has it. */
export function rowOf(sheet: Sheet, setting: string, page?: string): SheetRow | undefined {
  const found = sheet.pages
    .filter(({ heading }) => page === undefined || heading.includes(page))
    .flatMap(({ rows }) => rows)
    .filter((row) => row.setting === setting);
  assert.ok(found.length < 2, `${setting} stands there ${found.length} times`);
  return found[0];
}

export function valueOf(sheet: Sheet, setting: string, page?: string): string | undefined {
  return rowOf(sheet, setting, page)?.values[0];
}

export function valuesOf(
  sheet: Sheet,
  setting: string,
  page?: string,
): readonly string[] | undefined {
  return rowOf(sheet, setting, page)?.values;
}

/** Everything but the values. */
export function shapeOf({ comments, title, intro, pages }: Sheet): unknown {
  return [
    comments.length,
    title,
    intro,
    pages.map(({ heading, rows, text }) => [
      heading,
      rows.map(({ setting, words, values }) => [setting, words, values.length]),
      text,
    ]),
  ];
}
