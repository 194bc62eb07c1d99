/**
 * pbx/: TrunkConnection -> configuration text, one file per PBX under pbx/targets/.
 *
 * Where SIP is sent to. Exotel's documents disagree on host and ports, so edges are data with a source
 * and a date, and a person may add their own.
 */
import type { AuthMode, Edge } from './types';

export interface KnownEdge extends Edge {
  /** The ways of being recognised this edge is documented for. */
  readonly auth: readonly AuthMode[];
  readonly source: string;
  /** Day the source was read, `YYYY-MM-DD`. */
  readonly checked: string;
}

export const DEFAULT_EDGE_ID = 'account-domain';

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
];

/** The edge of that id with its host filled in; the account domain when there is no such edge. */
export function resolveEdge(known: readonly Edge[], id: string, accountSid: string): Edge {
  const edge = known.find((candidate) => candidate.id === id) ?? ACCOUNT_DOMAIN;
  return {
    id: edge.id,
    name: edge.name,
    host: edge.host.replaceAll('{accountSid}', accountSid),
    tcpPort: edge.tcpPort,
    tlsPort: edge.tlsPort,
  };
}
