/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Where SIP is sent to. Exotel's documents disagree on host and ports, so edges are data with a source
 * and a date, and a person may put a list of their own in the place of this one.
 */
import type { AuthMode } from '../terms/use';

/** Where SIP is sent to. Differs between Exotel's documents, therefore always data. */
export interface Edge {
  readonly id: string;
  readonly name: string;
  /** May hold `{accountSid}`. */
  readonly host: string;
  readonly tcpPort: number;
  readonly tlsPort: number;
  /** The ways of being recognised this edge is documented for; left out when nothing is known. */
  readonly auth?: readonly AuthMode[];
  /** CIDR: where calls that come from this edge come from, when nobody chose another list. */
  readonly addresses?: readonly string[];
}

export interface KnownEdge extends Edge {
  readonly auth: readonly AuthMode[];
  readonly source: string;
  /** Day the source was read, `YYYY-MM-DD`; '' when nobody said. */
  readonly checked: string;
}

export const DEFAULT_EDGE_ID = 'account-domain';
/** Stands for the account's SID in a host name. */
export const ACCOUNT_SID = '{accountSid}';

export const ACCOUNT_DOMAIN: KnownEdge = {
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

/** True for a host of Exotel's, whatever its case. */
export function isExotelHost(host: string): boolean {
  return /(?:^|\.)exotel\.(?:com|in)\.?$/i.test(host);
}
