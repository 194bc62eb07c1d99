/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * `page_size` and `offset`, and the metadata that leads from page to page.
 */
import { invalid } from './refusal';

const DEFAULT_SIZE = 50;

/** What a server does with `page_size`: Exotel names no maximum, nor what becomes of more. */
export interface PageSizes {
  /** More than this nobody gets at once, whatever they ask for: "enforced by server". */
  readonly limit: number;
  /** Taken, cut to the limit; not looked at; or an invalid parameter. */
  readonly asked: 'taken' | 'ignored' | 'refused';
}

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

/** @param path of the collection, relative as in the API's answers */
export function page<Row>(
  all: readonly Row[],
  query: URLSearchParams,
  path: string,
  { limit, asked }: PageSizes,
): Page<Row> {
  if (asked === 'refused' && query.has('page_size')) throw invalid('Invalid page_size');
  const wanted = asked === 'taken' ? whole(query, 'page_size', 1) : undefined;
  const size = Math.min(wanted ?? DEFAULT_SIZE, limit);
  const offset = whole(query, 'offset', 0) ?? 0;
  const filters = [...query].filter(([name]) => name !== 'page_size' && name !== 'offset');
  const uri = (from: number): string => {
    const search = new URLSearchParams([
      ['offset', String(from)],
      ...(asked === 'refused' ? [] : [['page_size', String(size)]]),
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
