/**
 * pbx/: TrunkConnection -> configuration text, one file per PBX under pbx/targets/.
 *
 * Where SIP is sent to. Exotel's documents disagree on host and ports, so edges are data with a source
 * and a date, and a person may put a list of their own in the place of this one.
 */
import * as v from 'valibot';
import { cidr, host, UnsafeValueError } from './quoting/plain';
import type { AuthMode, Edge } from './types';

export interface KnownEdge extends Edge {
  readonly auth: readonly AuthMode[];
  readonly source: string;
  /** Day the source was read, `YYYY-MM-DD`; '' when nobody said. */
  readonly checked: string;
}

export const DEFAULT_EDGE_ID = 'account-domain';
/** Stands for the account's SID in a host name. */
const ACCOUNT_SID = '{accountSid}';

const ACCOUNT_DOMAIN: KnownEdge = {
  id: DEFAULT_EDGE_ID,
  name: 'Account domain',
  host: '{accountSid}.pstn.exotel.com',
  tcpPort: 5060,
  tlsPort: 5061,
  auth: ['credential', 'ip', 'both'],
  source: 'Exotel vSIP Trunk Configuration API, "Configure Your PBX"',
  checked: '2026-11-22',
};

/** The edges that Exotel's developer portal names by place. It knows whitelisted IPs only. */
function regional(id: string, name: string, hostName: string): KnownEdge {
  return {
    id,
    name,
    host: hostName,
    tcpPort: 5070,
    tlsPort: 443,
    auth: ['ip'],
    source: 'Exotel developer portal, vSIP TCP and TLS integration',
    checked: '2026-11-23',
  };
}

export const edges: readonly KnownEdge[] = [
  ACCOUNT_DOMAIN,
  {
    id: 'india-credential',
    name: 'India, credentials',
    host: 'in.voip.exotel.com',
    tcpPort: 5070,
    tlsPort: 443,
    auth: ['credential', 'both'],
    source: 'Exotel AgentStream, trunk API snippets: the host for SIP authentication',
    checked: '2026-11-22',
  },
  {
    id: 'india-ip',
    name: 'India, whitelisted IP',
    host: 'edge.in.exotel.com',
    tcpPort: 5070,
    tlsPort: 443,
    auth: ['ip'],
    source: 'Exotel network and firewall configuration: the host for IP-whitelisted trunks',
    checked: '2026-11-22',
  },
  regional('india-karnataka', 'India, Karnataka', 'pstn.in1.exotel.com'),
  regional('india-mumbai', 'India, Mumbai data centre', 'pstn.in2.exotel.com'),
  regional('india-mumbai-cloud', 'India, Mumbai cloud', 'pstn.in4.exotel.com'),
  regional('singapore', 'Singapore', 'pstn.sgp1.exotel.com'),
];

/** The edge of that id with its host filled in; the account domain when there is no such edge. */
export function resolveEdge(known: readonly Edge[], id: string, accountSid: string): Edge {
  const edge =
    known.find((candidate) => candidate.id === id) ??
    known.find((candidate) => candidate.id === DEFAULT_EDGE_ID) ??
    ACCOUNT_DOMAIN;
  return {
    id: edge.id,
    name: edge.name,
    host: edge.host.replaceAll(ACCOUNT_SID, accountSid),
    tcpPort: edge.tcpPort,
    tlsPort: edge.tlsPort,
    ...(edge.auth === undefined ? {} : { auth: edge.auth }),
    ...(edge.addresses === undefined ? {} : { addresses: edge.addresses }),
  };
}

// A list of one's own.

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
