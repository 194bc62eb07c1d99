/**
 * sandbox/: `page_size` and `offset`, and the metadata that leads from page to page.
 */
import { invalid } from './refusal';

const DEFAULT_SIZE = 50;

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly size: number;
  /** Counted from 1. */
  readonly number: number;
  readonly total: number;
  readonly metadata: {
    readonly page_size: number;
    readonly first_page_uri: string;
    readonly prev_page_uri: string | null;
    readonly next_page_uri: string | null;
  };
}

/**
 * @param path of the collection, relative as in the API's answers
 * @param limit more than this nobody gets at once, whatever they ask for: "enforced by server"
 */
export function page<Row>(
  all: readonly Row[],
  query: URLSearchParams,
  path: string,
  limit: number,
): Page<Row> {
  const size = Math.min(whole(query, 'page_size', 1) ?? DEFAULT_SIZE, limit);
  const offset = whole(query, 'offset', 0) ?? 0;
  const filters = [...query].filter(([name]) => name !== 'page_size' && name !== 'offset');
  const uri = (from: number): string => {
    const search = new URLSearchParams([
      ['offset', String(from)],
      ['page_size', String(size)],
      ...filters,
    ]);
    return `${path}?${search.toString()}`;
  };
  return {
    rows: all.slice(offset, offset + size),
    size,
    number: Math.floor(offset / size) + 1,
    total: all.length,
    metadata: {
      page_size: size,
      first_page_uri: uri(0),
      prev_page_uri: offset > 0 ? uri(Math.max(0, offset - size)) : null,
      next_page_uri: offset + size < all.length ? uri(offset + size) : null,
    },
  };
}

function whole(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < least) throw invalid(`Invalid ${name}`);
  return value;
}
