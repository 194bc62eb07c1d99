// A field sheet as the person at the web form reads it: labels and what to type, out of its Markdown tables.

export interface Sheet {
  /** What is typed into the field of that label: its code spans, else the words of the cell. [] when there is none. */
  typed(label: string): readonly string[];
  /** The first of them, '' when there is none. */
  one(label: string): string;
}

function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function values(cell: string): string[] {
  const spans = [...cell.matchAll(/`([^`]*)`|<code>(.*?)<\/code>/g)];
  if (spans.length === 0) return [cell];
  return spans.map(([, plain, encoded]) => plain ?? decoded(encoded ?? ''));
}

export function readSheet(text: string): Sheet {
  const rows = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, label, cell] = /^\| (.+?) \| (.+) \|$/.exec(line) ?? [];
    if (label !== undefined && cell !== undefined && !rows.has(label))
      rows.set(label, values(cell));
  }
  const typed = (label: string): readonly string[] => rows.get(label) ?? [];
  return { typed, one: (label) => typed(label)[0] ?? '' };
}
