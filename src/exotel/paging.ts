/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Where the next page of a list is. `next_page_uri` comes from the wire, and the key goes where it
 * points: it is followed only as a path inside the account's own part of the same host.
 */

/** More than this is a loop, not an account. */
export const MAX_PAGES = 1000;

/** Null when the URI leads anywhere but to this account's own resources. */
export function resolveNextPage(uri: string, current: URL, accountPath: string): URL | null {
  // "//host", "/\host" and "https:host" are all ways to leave; a path or a query is none.
  if (!/^(\/(?![/\\])|\?)/.test(uri)) return null;
  let next: URL;
  try {
    next = new URL(uri, current);
  } catch {
    return null;
  }
  const stays =
    next.origin === current.origin &&
    next.username === '' &&
    next.password === '' &&
    next.pathname.startsWith(`${accountPath}/`) &&
    // Encoded separators are a path again to some servers.
    !/%2f|%5c|%2e/i.test(next.pathname);
  return stays ? next : null;
}
