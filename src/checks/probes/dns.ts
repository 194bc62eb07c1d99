/**
 * checks/probes: the network as this computer sees it. Each probe ends by itself, and none rejects.
 *
 * A name to addresses, through the resolver of the operating system as a PBX here would ask it.
 */
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { DnsResult } from '../types';
import { within } from './within';

export interface Dns {
  /** IPv4 addresses; rejects with Node's codes. */
  lookup(host: string): Promise<readonly string[]>;
  /** What the name is an alias of, if anything. Not worth waiting long for. */
  alias(host: string, signal: AbortSignal): Promise<string | null>;
}

/** A name server that does not tell aliases must not hold up the address. */
const ALIAS_MS = 2000;

export const systemDns: Dns = {
  lookup: async (host) => {
    const found = await lookup(host, { all: true, family: 4 });
    return found.map(({ address }) => address);
  },
  alias: async (host, signal) => {
    const resolver = new Resolver({ timeout: ALIAS_MS, tries: 1 });
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const [first] = await resolver.resolveCname(host).catch((): string[] => []);
    signal.removeEventListener('abort', cancel);
    return first ?? null;
  },
};

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'UNKNOWN';
}

const NOT_FOUND = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);

export async function resolveHost(
  dns: Dns,
  host: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<DnsResult> {
  if (isIP(host) !== 0) return { kind: 'resolved', addresses: [host], cname: null };
  try {
    const alias = within(dns.alias(host, signal), Math.min(ALIAS_MS, timeoutMs), signal);
    alias.catch(() => undefined);
    const addresses = await within(dns.lookup(host), timeoutMs, signal);
    if (addresses === null) {
      return { kind: 'failed', reason: 'timedOut' };
    }
    if (addresses.length === 0) return { kind: 'notFound' };
    return { kind: 'resolved', addresses, cname: await alias.catch(() => null) };
  } catch (error) {
    const code = codeOf(error);
    return NOT_FOUND.has(code) ? { kind: 'notFound' } : { kind: 'failed', reason: code };
  }
}
