/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * What the API accepts in each field, and the exact words with which it refuses the rest.
 *
 * Marked "no published text" where Exotel's sources name the rule but not the words: ours follow
 * the pattern of their neighbours.
 */
import type { NumberMode } from './model';
import { invalid, mandatory, notFound } from './refusal';

const WORD = /^[A-Za-z0-9_]+$/;

/** @returns the value, or throws 1001 when it is absent. */
export function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw mandatory(field);
  return value;
}

/** An empty name passes: it did on the live API, and leaves the caller with a nameless trunk. */
export function trunkName(name: string): string {
  if (name.length > 16) throw invalid('Maximum allowed length for TrunkName is 16');
  if (name !== '' && !WORD.test(name)) {
    throw invalid('Allowed characters for TrunkName is alphanumeric and _');
  }
  return name;
}

export function nsoCode(code: string): string {
  if (code !== 'ANY-ANY') throw invalid('Nso code is invalid');
  return code;
}

export function domainName(name: string): string {
  if (!name.endsWith('.pstn.exotel.com')) {
    throw invalid('Domain name should end with .pstn.exotel.com');
  }
  return name;
}

/** No published text; `IP-WHITELIST` is the only value ever shown. */
export function authType(type: string): string {
  if (type !== 'IP-WHITELIST') throw invalid('Auth type is invalid');
  return type;
}

/** An empty or absurdly long number is "not found", everything else that is not E.164 is invalid. */
export function phoneNumber(number: string): string {
  const digits = number.replace(/\D/g, '').length;
  if (number === '' || digits >= 30) throw notFound();
  if (!isE164(number)) throw invalid('Invalid PhoneNumber');
  return number;
}

/** No published text. */
export function mode(value: string): NonNullable<NumberMode> {
  if (value !== 'pstn' && value !== 'flow') throw invalid('Invalid Mode');
  return value;
}

/** Private addresses pass, as they did on the live API. */
export function ipv4(ip: string): string {
  if (!isIpv4(ip)) throw invalid('Invalid ip');
  return ip;
}

export function mask(bits: number): number {
  if (bits < 16 || bits > 32) throw invalid('mask should be in-between 16 and 32');
  return bits;
}

export interface DestinationHost {
  readonly host: string;
  readonly isIp: boolean;
}

/**
 * `<ip or fqdn>:<port>` with an optional `;transport=`. UDP and no transport pass: the live API took
 * both. A `sip:` in front or a `user@` does not.
 */
export function destination(text: string): DestinationHost {
  const parts = /^([^:;@\s]+):(\d{1,5})(?:;transport=(?:tls|tcp|udp))?$/.exec(text);
  const host = parts?.[1] ?? '';
  const port = Number(parts?.[2]);
  const isIp = isIpv4(host);
  if (!(port >= 1 && port <= 65535) || !(isIp || isFqdn(host))) {
    throw invalid('Destination is not a valid Ip or Fqdn');
  }
  return { host, isIp };
}

/** No published text. @param field as the API spells it: `Priority`, `Weight`. */
export function rank(value: number, field: string): number {
  if (value < 0 || value > 65535) throw invalid(`Invalid ${field}`);
  return value;
}

/** No published text; the charset is the one seen live on passwords. */
export function userName(name: string): string {
  return word(name, 'UserName');
}

/** No published text, but the rule was measured live: random passwords with a `-` are refused. */
export function password(secret: string): string {
  return word(secret, 'Password');
}

/** @returns `null` for an empty name. */
export function friendlyName(name: string): string | null {
  if (name === '') return null;
  if (name.length > 32) throw invalid('Maximum allowed length for FriendlyName is 32');
  return word(name, 'FriendlyName');
}

/** No published text; `trunk_external_alias` is the only setting there is. */
export function setting(name: string, value: string): void {
  if (name !== 'trunk_external_alias') throw invalid('Setting name is invalid');
  if (!isE164(value)) throw invalid('Setting value is invalid');
}

/** Whether `ip` lies in the network `network/bits`. All are valid already. */
export function covers(network: string, bits: number, ip: string): boolean {
  const shift = 32 - bits;
  return toNumber(network) >>> shift === toNumber(ip) >>> shift;
}

/** "alphanumberic" is how the API spells it. */
function word(text: string, field: string): string {
  if (!WORD.test(text)) throw invalid(`Allowed characters for ${field} is alphanumberic and _`);
  return text;
}

function isE164(number: string): boolean {
  return /^\+[1-9]\d{7,14}$/.test(number);
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** Dotted labels whose last one is not all digits, so that a broken IP is not taken for a name. */
function isFqdn(text: string): boolean {
  const label = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;
  const labels = text.split('.');
  return (
    text.length <= 253 &&
    labels.length > 1 &&
    labels.every((part) => label.test(part)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
