/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * Whether an address lies in a whitelisted network.
 */
import type { Network } from './facts';

/** Both are dotted quads. */
export function covers({ ip, mask }: Network, address: string): boolean {
  const size = 2 ** (32 - mask);
  return Math.floor(toNumber(ip) / size) === Math.floor(toNumber(address) / size);
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
