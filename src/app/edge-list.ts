/**
 * app/: the application, without `vscode`.
 *
 * A person's own list of edges, and of the addresses Exotel calls from, in the place of the shipped ones.
 */
import * as l10n from '@vscode/l10n';
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

/** What the schema finds wrong. Its words are made only when somebody is told of it. */
const WRONG = {
  text: 'text',
  length: 'length',
  line: 'line',
  number: 'number',
  port: 'port',
  network: 'network',
  id: 'id',
  empty: 'empty',
  host: 'host',
  auth: 'auth',
  list: 'list',
  day: 'day',
} as const;

/** What a name or a source may be: one line that a list can show. */
const LINE = v.pipe(
  v.string(WRONG.text),
  v.trim(),
  v.maxLength(120, WRONG.length),
  v.check((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), WRONG.line),
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
  v.number(WRONG.number),
  v.integer(WRONG.port),
  v.minValue(1, WRONG.port),
  v.maxValue(65535, WRONG.port),
);

const network = v.pipe(
  v.string(WRONG.text),
  v.trim(),
  v.check(
    holds((text) => cidr('', text, WIDEST_NETWORK)),
    WRONG.network,
  ),
  v.transform((text) => cidr('', text, WIDEST_NETWORK)),
);

const edgeSchema = v.object({
  id: v.pipe(v.string(WRONG.text), v.regex(new RegExp(EDGE_ID_PATTERN), WRONG.id)),
  name: v.pipe(LINE, v.nonEmpty(WRONG.empty)),
  host: v.pipe(
    v.string(WRONG.text),
    v.trim(),
    v.check(
      holds((text) => host('', text.replaceAll(ACCOUNT_SID, 'sid'))),
      WRONG.host,
    ),
  ),
  tcpPort: v.optional(port, 5070),
  tlsPort: v.optional(port, 443),
  auth: v.optional(
    v.pipe(v.array(v.picklist(AUTH_MODES, WRONG.auth), WRONG.list), v.nonEmpty(WRONG.empty)),
    [...AUTH_MODES],
  ),
  addresses: v.optional(v.array(network, WRONG.list)),
  source: v.optional(LINE, ''),
  checked: v.optional(
    v.pipe(v.string(WRONG.text), v.regex(/^(?:\d{4}-\d{2}-\d{2})?$/, WRONG.day)),
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
    return {
      edges,
      problems: [l10n.t('The list of edges is not a list: the shipped one is used.')],
    };
  }
  const read: KnownEdge[] = [];
  const problems: string[] = [];
  for (const [index, entry] of value.slice(0, MOST_EDGES).entries()) {
    const result = v.safeParse(edgeSchema, entry);
    if (!result.success) {
      problems.push(edgeProblem(entryName(entry, index), result.issues[0]));
    } else if (read.some(({ id }) => id === result.output.id)) {
      problems.push(l10n.t('{0}: another one before it has the same id.', entryName(entry, index)));
    } else {
      const { addresses, ...edge } = result.output;
      read.push(addresses === undefined ? edge : { ...edge, addresses });
    }
  }
  if (value.length > MOST_EDGES)
    problems.push(l10n.t('Only the first {0} edges count.', MOST_EDGES));
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
    return {
      addresses: [],
      problems: [l10n.t('The list of addresses Exotel calls from is not a list.')],
    };
  }
  const addresses: string[] = [];
  const problems: string[] = [];
  for (const [index, entry] of value.entries()) {
    const result = v.safeParse(network, entry);
    if (result.success) addresses.push(result.output);
    else
      problems.push(
        result.issues[0].message === WRONG.text
          ? l10n.t('Address {0}: must be text.', index + 1)
          : l10n.t(
              'Address {0}: must be an IPv4 address or a network up to /16, e.g. 203.0.113.0/24.',
              index + 1,
            ),
      );
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
  return id.success
    ? l10n.t('Edge {0} ({1})', index + 1, id.output.id)
    : l10n.t('Edge {0}', index + 1);
}

/** One sentence. `edge`: which entry; the field is named as in the settings, e.g. `auth.0`. */
function edgeProblem(edge: string, issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue);
  if (field === null) return l10n.t('{0}: must be an object.', edge);
  if (issue.kind === 'schema' && issue.received === 'undefined') {
    return l10n.t('{0}: {1} is missing.', edge, field);
  }
  switch (issue.message) {
    case WRONG.length:
      return l10n.t('{0}: {1} must not be longer than 120 characters.', edge, field);
    case WRONG.line:
      return l10n.t('{0}: {1} must be on one line.', edge, field);
    case WRONG.number:
      return l10n.t('{0}: {1} must be a number.', edge, field);
    case WRONG.port:
      return l10n.t('{0}: {1} must be a port number, 1 to 65535.', edge, field);
    case WRONG.network:
      return l10n.t(
        '{0}: {1} must be an IPv4 address or a network up to /16, e.g. 203.0.113.0/24.',
        edge,
        field,
      );
    case WRONG.id:
      return l10n.t(
        '{0}: {1} must be small letters, digits and -, at most 40 of them.',
        edge,
        field,
      );
    case WRONG.empty:
      return l10n.t('{0}: {1} must not be empty.', edge, field);
    case WRONG.host:
      return l10n.t(
        '{0}: {1} must be a host name or an IPv4 address; {2} stands for the account SID.',
        edge,
        field,
        ACCOUNT_SID,
      );
    case WRONG.auth:
      return l10n.t('{0}: {1} must be credential, ip or both.', edge, field);
    case WRONG.list:
      return l10n.t('{0}: {1} must be a list.', edge, field);
    case WRONG.day:
      return l10n.t('{0}: {1} must be YYYY-MM-DD.', edge, field);
    default:
      return l10n.t('{0}: {1} must be text.', edge, field);
  }
}
