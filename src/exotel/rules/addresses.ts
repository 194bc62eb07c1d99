/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Rules for IP addresses. The live API takes a private address without a word and then no call ever
 * matches it, so addresses that cannot be seen from the internet are refused here, with the reason.
 */
import * as l10n from '@vscode/l10n';
import ipaddr from 'ipaddr.js';
import { accept, type Checked, refuse, shorten } from './checked';

export interface IpAndMask {
  /** Dotted quad. */
  readonly ip: string;
  /** 16–32. */
  readonly mask: number;
}

const MIN_MASK = 16;
const MAX_MASK = 32;

const block = (...ranges: readonly string[]) => ranges.map((range) => ipaddr.IPv4.parseCIDR(range));

/** From the IANA registry of special-purpose IPv4 addresses. */
const SPECIAL = {
  unspecified: block('0.0.0.0/8'),
  private: block('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'),
  shared: block('100.64.0.0/10'),
  loopback: block('127.0.0.0/8'),
  linkLocal: block('169.254.0.0/16'),
  protocol: block('192.0.0.0/24', '192.88.99.0/24'),
  documentation: block('192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'),
  benchmarking: block('198.18.0.0/15'),
  multicast: block('224.0.0.0/4'),
  broadcast: block('255.255.255.255/32'),
  reserved: block('240.0.0.0/4'),
};

/** Why an address of such a block is of no use to Exotel, and which one is. */
function reasonOf(set: string, ip: string): string | null {
  switch (set) {
    case 'unspecified':
      return l10n.t(
        '{0} stands for no address at all. Give the public address of your server.',
        ip,
      );
    case 'private':
      return l10n.t(
        '{0} is a private address. Exotel only sees your public one: your router or provider shows it.',
        ip,
      );
    case 'shared':
      return l10n.t(
        '{0} is an address inside a provider’s network (carrier-grade NAT). Exotel only sees your public one: your router or provider shows it.',
        ip,
      );
    case 'loopback':
      return l10n.t(
        '{0} is this computer itself. Exotel only sees your public one: your router or provider shows it.',
        ip,
      );
    case 'linkLocal':
      return l10n.t(
        '{0} is valid on one network cable only (link-local). Exotel only sees your public one: your router or provider shows it.',
        ip,
      );
    case 'protocol':
      return l10n.t(
        '{0} is reserved for internet protocols. Give the public address of your server.',
        ip,
      );
    case 'documentation':
      return l10n.t(
        '{0} is an example address from documents. Give the public address of your server.',
        ip,
      );
    case 'benchmarking':
      return l10n.t('{0} is reserved for benchmarks. Give the public address of your server.', ip);
    case 'multicast':
      return l10n.t('{0} is a multicast address. Give the public address of one server.', ip);
    case 'broadcast':
      return l10n.t('{0} is the broadcast address. Give the public address of one server.', ip);
    case 'reserved':
      return l10n.t(
        '{0} is reserved and used by nobody. Give the public address of your server.',
        ip,
      );
    default:
      return null;
  }
}

/** What could only be meant as an IPv4 address, in whatever notation. */
export function looksNumeric(host: string): boolean {
  return /^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+))*\.?$/i.test(host);
}

/** Why this text is no IPv4 address, as a sentence; null when it is one, public or not. */
export function whyNoIpv4(text: string): string | null {
  const parts = text.split('.');
  if (text.includes(':')) {
    return /^[\d.]+:\d*$/.test(text)
      ? l10n.t('Leave the port out: this is about the address only.')
      : l10n.t('IPv6 is not supported by Exotel. Give the public IPv4 address.');
  }
  if (/0x/i.test(text)) {
    return l10n.t('Hexadecimal is not accepted. Write four decimal numbers, e.g. 44.248.146.11.');
  }
  if (!/^[\d.]+$/.test(text)) {
    return l10n.t(
      '“{0}” is no IPv4 address. Write four numbers from 0 to 255 separated by dots.',
      shorten(text),
    );
  }
  if (parts.length !== 4 || parts.includes('')) {
    return l10n.t(
      'An IPv4 address has four numbers separated by dots; “{0}” has not.',
      shorten(text),
    );
  }
  const octal = parts.find((part) => /^0\d/.test(part));
  if (octal !== undefined) {
    return l10n.t(
      '“{0}” begins with 0, which some systems read as octal. Leave the zero out.',
      shorten(octal),
    );
  }
  const tooBig = parts.find((part) => part.length > 3 || Number(part) > 255);
  return tooBig === undefined
    ? null
    : l10n.t('“{0}” is more than 255, the most a part of an IPv4 address can be.', shorten(tooBig));
}

/** Why this text is no public IPv4 address, as a sentence; null when it is one. */
export function whyNotPublicIpv4(text: string): string | null {
  const reason = whyNoIpv4(text);
  if (reason !== null) return reason;
  // With its list form subnetMatch takes the first set that holds the address, so `broadcast` goes
  // before the `reserved` block around it.
  return reasonOf(ipaddr.subnetMatch(ipaddr.IPv4.parse(text), SPECIAL, 'public'), text);
}

/** `a.b.c.d` or `a.b.c.d/24`; without a mask it is 32. */
export function checkIp(text: string): Checked<IpAndMask> {
  const [address = '', maskText, ...rest] = text.trim().split('/');
  const ip = address.trim();
  if (ip === '')
    return refuse('ip', l10n.t('An IP address is needed: the public IPv4 of your server.'));
  if (/[a-z]/i.test(ip) && !looksNumeric(ip) && !ip.includes(':')) {
    return refuse(
      'ip',
      l10n.t('“{0}” is a name. The whitelist takes IPv4 addresses only.', shorten(ip)),
    );
  }
  if (rest.length > 0)
    return refuse('ip', l10n.t('“{0}” has more than one mask.', shorten(text.trim())));
  const reason = whyNotPublicIpv4(ip);
  if (reason !== null) return refuse('ip', reason);
  const mask = checkMask(maskText ?? MAX_MASK);
  if (!mask.ok) return mask;
  return accept({ ip, mask: mask.value }, ...warnOfWidth(ip, mask.value));
}

/** 16–32, also as `/24` or `255.255.255.0`. */
export function checkMask(input: string | number): Checked<number> {
  const text = String(input).trim().replace(/^\//, '');
  if (text === '') return refuse('mask', l10n.t('A mask is needed: 32 for a single address.'));
  const mask = ipaddr.IPv4.isValidFourPartDecimal(text)
    ? ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask()
    : /^\d{1,3}$/.test(text)
      ? Number(text)
      : null;
  if (mask === null || mask < MIN_MASK || mask > MAX_MASK) {
    return refuse(
      'mask',
      l10n.t(
        '“{0}” is no mask Exotel takes. Use a whole number from {1} to {2}; 32 is a single address.',
        shorten(text),
        MIN_MASK,
        MAX_MASK,
      ),
    );
  }
  return accept(mask);
}

function warnOfWidth(ip: string, mask: number): string[] {
  if (mask === MAX_MASK) return [];
  const cidr = `${ip}/${mask}`;
  const first = ipaddr.IPv4.networkAddressFromCIDR(cidr).toString();
  const last = ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString();
  // Any mask that is not /32 covers two addresses or more.
  const addresses = (2 ** (MAX_MASK - mask)).toLocaleString('en');
  return [
    l10n.t(
      'This lets {0} addresses use the trunk, {1} to {2}. Use /32 for one server.',
      addresses,
      first,
      last,
    ),
  ];
}
