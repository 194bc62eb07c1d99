/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The rule for a destination URI: where Exotel sends inbound calls. What people paste differs from what
 * the API takes; what is meant clearly is put right, what is not is refused with what to write.
 */
import { looksNumeric, whyNotPublicIpv4 } from './addresses';
import { accept, type Checked, nameCharacter, quote, refuse } from './checked';

const DEFAULT_PORT = { tls: 5061, tcp: 5060, udp: 5060 } as const;
type SipTransport = keyof typeof DEFAULT_PORT;

/** Top-level names that exist on a private network only. */
const LOCAL_NAMES = /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;

interface Part<T> {
  readonly value: T;
  readonly warnings: readonly string[];
}

/** Why the text is refused. Thrown inside this module only, so that each step reads straight on. */
class Unfit extends Error {}

/** Normalised to `host:port;transport=tls|tcp`; `udp` is let through with a warning. */
export function checkDestination(text: string): Checked<string> {
  try {
    const { value, warnings } = readDestination(text.trim().replace(/^<(.*)>$/, '$1'));
    return accept(value, ...warnings);
  } catch (error) {
    if (error instanceof Unfit) return refuse('destination', error.message);
    throw error;
  }
}

function readDestination(text: string): Part<string> {
  if (text === '')
    throw new Unfit('A destination is needed, e.g. 44.248.146.11:5061;transport=tls.');
  const scheme = /^(sips?):(?:\/\/)?/i.exec(text);
  const rest = scheme === null ? text : text.slice(scheme[0].length);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) {
    throw new Unfit(`${quote(text)} is a web address. Write host:port;transport=tls.`);
  }
  if (rest.includes('@')) {
    throw new Unfit(`Leave out the user and “@”: Exotel puts the called number there itself.`);
  }
  if (rest.includes('?')) throw new Unfit('Leave out “?” and what follows it.');
  const [address = '', ...parameters] = rest.split(';').map((part) => part.trim());
  const { host, port, warnings } = readAddress(address);
  const transport = readTransport(parameters, scheme?.[1]?.toLowerCase() === 'sips', host, port);
  const usedPort = port ?? DEFAULT_PORT[transport];
  return {
    value: `${host}:${usedPort};transport=${transport}`,
    warnings: [
      ...warnings,
      ...(port === null
        ? [`No port was given; ${usedPort} is used, the usual one for ${transport}.`]
        : []),
      ...(transport === 'udp'
        ? [
            'Exotel takes udp here, but its call documents say UDP is not supported. Prefer tls or tcp.',
          ]
        : []),
    ],
  };
}

interface Address {
  readonly host: string;
  readonly port: number | null;
  readonly warnings: readonly string[];
}

function readAddress(text: string): Address {
  if (text.startsWith('[') || text.split(':').length > 2) {
    throw new Unfit('IPv6 is not supported by Exotel. Give an IPv4 address or a host name.');
  }
  const found = /^([^:/]*)(?:\/(\d*))?(?::(.*))?$/.exec(text);
  if (found === null) throw new Unfit(`${quote(text)} is not of the form host:port.`);
  const [, hostText = '', mask, portText] = found;
  const host = readHost(hostText.trim());
  const maskWarnings = readMask(mask, host.value);
  return {
    host: host.value,
    port: portText === undefined ? null : readPort(portText.trim()),
    warnings: [...host.warnings, ...maskWarnings],
  };
}

/** A whitelist entry pasted here: `/32` is one host, anything wider is not a destination. */
function readMask(mask: string | undefined, host: string): string[] {
  if (mask === undefined) return [];
  if (mask === '32' && looksNumeric(host)) {
    return [`The mask /32 was left out: a destination is the host ${host} alone.`];
  }
  throw new Unfit(`A destination is one host. Leave out “/${mask}”.`);
}

function readPort(text: string): number {
  if (text === '') throw new Unfit('The port is missing after “:”.');
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new Unfit(`${quote(text)} is no port. Use a number from 1 to 65535, e.g. 5061.`);
  }
  return port;
}

function readHost(text: string): Part<string> {
  if (text === '') throw new Unfit('The host is missing in front of the port.');
  if (looksNumeric(text)) {
    const reason = whyNotPublicIpv4(text);
    if (reason !== null) throw new Unfit(reason);
    return { value: text, warnings: [] };
  }
  const name = text.toLowerCase().replace(/\.$/, '');
  const reason = whyNoHostName(name);
  if (reason !== null) throw new Unfit(reason);
  return {
    value: name,
    warnings: LOCAL_NAMES.test(name)
      ? [
          `${name} looks like a name that only your own network knows; Exotel has to find it in public DNS.`,
        ]
      : [],
  };
}

function whyNoHostName(name: string): string | null {
  const wrong = Array.from(name).find((character) => !/^[a-z0-9.-]$/.test(character));
  if (wrong !== undefined) {
    return `${nameCharacter(wrong)} is not allowed in a host name.`;
  }
  if (name.length > 253) return 'A host name has at most 253 characters.';
  const labels = name.split('.');
  if (labels.includes('')) return `${quote(name)} has an empty part between its dots.`;
  if (labels.length < 2) {
    return `${quote(name)} is a name of your own network. Give the full public name, e.g. sip.example.com.`;
  }
  const unfit = labels.find((label) => label.length > 63 || /^-|-$/.test(label));
  if (unfit !== undefined) {
    return `${quote(unfit)} cannot be a part of a host name: at most 63 characters, no hyphen at its ends.`;
  }
  return /^\d+$/.test(labels.at(-1) ?? '')
    ? `${quote(name)} is neither an IPv4 address nor a host name.`
    : null;
}

function readTransport(
  parameters: readonly string[],
  isSips: boolean,
  host: string,
  port: number | null,
): SipTransport {
  const found: SipTransport[] = [];
  for (const parameter of parameters.filter((part) => part !== '')) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().toLowerCase());
    if (name !== 'transport') {
      throw new Unfit(`Leave out ${quote(`;${parameter}`)}: only ;transport= is understood here.`);
    }
    if (value === '') throw new Unfit('The transport is empty. Use tls or tcp.');
    if (value !== 'tls' && value !== 'tcp' && value !== 'udp') {
      throw new Unfit(`${quote(value)} is no transport Exotel takes. Use tls or tcp.`);
    }
    found.push(value);
  }
  const [transport, another] = found;
  if (another !== undefined) throw new Unfit('The transport is given twice.');
  if (transport === undefined) {
    if (isSips) return 'tls';
    const suggestion = `${host}:${port ?? DEFAULT_PORT.tls};transport=${port === DEFAULT_PORT.tcp ? 'tcp' : 'tls'}`;
    throw new Unfit(`The transport is missing. Write ${suggestion}, for example.`);
  }
  if (isSips && transport !== 'tls') {
    throw new Unfit(
      `sips: means TLS, but the transport is ${transport}. Leave out sips: or use tls.`,
    );
  }
  return transport;
}
