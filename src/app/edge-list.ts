/**
 * app/: the application, without `vscode`.
 *
 * A person's own list of edges, and of the addresses Exotel calls from, in the place of the shipped ones.
 */
import * as v from 'valibot';
import {
  ACCOUNT_DOMAIN,
  ACCOUNT_SID,
  DEFAULT_EDGE_ID,
  edges,
  type KnownEdge,
} from '../exotel/edges';
import { cidr, host, UnsafeValueError } from '../pbx/quoting/plain';
import type { AuthMode } from '../terms/use';

const MOST_EDGES = 100;
/** As narrow as Exotel's whitelist at its widest. */
const WIDEST_NETWORK = 16;

export const EDGE_ID_PATTERN = '^[a-z0-9][a-z0-9-]{0,39}$';
export const AUTH_MODES: readonly AuthMode[] = ['credential', 'ip', 'both'];

/** What a name or a source may be: one line that a list can show. */
const LINE = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.maxLength(120, 'must not be longer than 120 characters'),
  v.check((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), 'must be on one line'),
);

/** A check that throws UnsafeValueError, as valibot's. */
function holds(check: (value: string) => unknown): (value: string) => boolean {
  return (value) => {
    try {
      check(value);
      return true;
    } catch (error) {
      if (error instanceof UnsafeValueError) return false;
      throw error;
    }
  };
}

const port = v.pipe(
  v.number('must be a number'),
  v.integer('must be a port number, 1 to 65535'),
  v.minValue(1, 'must be a port number, 1 to 65535'),
  v.maxValue(65535, 'must be a port number, 1 to 65535'),
);

const network = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.check(
    holds((text) => cidr('', text, WIDEST_NETWORK)),
    'must be an IPv4 address or a network up to /16, e.g. 203.0.113.0/24',
  ),
  v.transform((text) => cidr('', text, WIDEST_NETWORK)),
);

const edgeSchema = v.object({
  id: v.pipe(
    v.string('must be text'),
    v.regex(new RegExp(EDGE_ID_PATTERN), 'must be small letters, digits and -, at most 40 of them'),
  ),
  name: v.pipe(LINE, v.nonEmpty('must not be empty')),
  host: v.pipe(
    v.string('must be text'),
    v.trim(),
    v.check(
      holds((text) => host('', text.replaceAll(ACCOUNT_SID, 'sid'))),
      `must be a host name or an IPv4 address; ${ACCOUNT_SID} stands for the account SID`,
    ),
  ),
  tcpPort: v.optional(port, 5070),
  tlsPort: v.optional(port, 443),
  auth: v.optional(
    v.pipe(
      v.array(v.picklist(AUTH_MODES, 'must be credential, ip or both'), 'must be a list'),
      v.nonEmpty('must not be empty'),
    ),
    [...AUTH_MODES],
  ),
  addresses: v.optional(v.array(network, 'must be a list')),
  source: v.optional(LINE, ''),
  checked: v.optional(
    v.pipe(v.string('must be text'), v.regex(/^(?:\d{4}-\d{2}-\d{2})?$/, 'must be YYYY-MM-DD')),
    '',
  ),
});

export interface ReadEdges {
  /** The account domain is always among them. */
  readonly edges: readonly KnownEdge[];
  /** One sentence for each entry that was left out, for a person. */
  readonly problems: readonly string[];
}

/** A person's list in place of the shipped one. An entry that is wrong is left out, the others count. */
export function readEdges(value: unknown): ReadEdges {
  if (!Array.isArray(value)) {
    return { edges, problems: ['The list of edges is not a list: the shipped one is used.'] };
  }
  const read: KnownEdge[] = [];
  const problems: string[] = [];
  for (const [index, entry] of value.slice(0, MOST_EDGES).entries()) {
    const result = v.safeParse(edgeSchema, entry);
    if (!result.success) {
      problems.push(`${entryName(entry, index)}: ${issueText(result.issues[0])}.`);
    } else if (read.some(({ id }) => id === result.output.id)) {
      problems.push(`${entryName(entry, index)}: another one before it has the same id.`);
    } else {
      const { addresses, ...edge } = result.output;
      read.push(addresses === undefined ? edge : { ...edge, addresses });
    }
  }
  if (value.length > MOST_EDGES) problems.push(`Only the first ${MOST_EDGES} edges count.`);
  const hasDefault = read.some(({ id }) => id === DEFAULT_EDGE_ID);
  return { edges: hasDefault ? read : [ACCOUNT_DOMAIN, ...read], problems };
}

export interface ReadAddresses {
  readonly addresses: readonly string[];
  readonly problems: readonly string[];
}

/** The addresses Exotel calls from, for every edge that has no list of its own. */
export function readAddresses(value: unknown): ReadAddresses {
  if (!Array.isArray(value)) {
    return { addresses: [], problems: ['The list of addresses Exotel calls from is not a list.'] };
  }
  const addresses: string[] = [];
  const problems: string[] = [];
  for (const [index, entry] of value.entries()) {
    const result = v.safeParse(network, entry);
    if (result.success) addresses.push(result.output);
    else problems.push(`Address ${index + 1}: ${result.issues[0].message}.`);
  }
  return { addresses, problems };
}

/** The edges with the general list where they have none of their own. */
export function withAddresses(
  known: readonly KnownEdge[],
  addresses: readonly string[],
): readonly KnownEdge[] {
  if (addresses.length === 0) return known;
  return known.map((edge) => (edge.addresses === undefined ? { ...edge, addresses } : edge));
}

/** `Edge 3 (my-edge)`. An id that is none is not repeated. */
function entryName(entry: unknown, index: number): string {
  const id = v.safeParse(v.object({ id: edgeSchema.entries.id }), entry);
  return id.success ? `Edge ${index + 1} (${id.output.id})` : `Edge ${index + 1}`;
}

function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  if (path === null) return 'must be an object';
  return issue.kind === 'schema' && issue.received === 'undefined'
    ? `${path} is missing`
    : `${path} ${issue.message}`;
}
