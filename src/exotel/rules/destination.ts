/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The one reading of a destination URI: where Exotel sends inbound calls. What the API holds is read
 * leniently (trunks made in the console have other forms than the API takes). What people paste is read
 * strictly: what is meant clearly is put right, what is not is refused with what to write.
 */
import * as l10n from '@vscode/l10n';
import { isExotelHost } from '../edges';
import { looksNumeric, whyNoIpv4, whyNotPublicIpv4 } from './addresses';
import { accept, type Checked, ofCharacter, refuse, shorten } from './checked';

const DEFAULT_PORT = { tls: 5061, tcp: 5060, udp: 5060 } as const;
type SipTransport = keyof typeof DEFAULT_PORT;

/** Top-level names that exist on a private network only. */
const LOCAL_NAMES = /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;

/** A user part that a template left behind: nobody at Exotel fills it in. */
const TEMPLATE = /[%$]?\{|\}/;

export interface Destination {
  /** What stands before the `@`; null for the API's own form, which has none. */
  readonly user: string | null;
  /** In lower case, without a dot at its end. */
  readonly host: string;
  /** The usual one of the transport where none was written. */
  readonly port: number;
  /** UDP where none was written, as SIP has it. */
  readonly transport: SipTransport;
}

/** A destination and how it was written. */
export interface DestinationReading extends Destination {
  readonly isSips: boolean;
  /** Null: none was written. */
  readonly portWritten: number | null;
  /** Null: none was written; '': `;transport=` without one. */
  readonly transportWritten: SipTransport | '' | null;
  /** Other parameters than `transport`, e.g. `lr`. */
  readonly parameters: readonly string[];
  /** A `/32` behind the address. */
  readonly maskWritten: boolean;
  /** Blanks inside, which the API's form has none of. */
  readonly blanks: boolean;
}

/** Why the text names no place. Thrown inside this module only, so that each step reads straight on. */
class Unfit extends Error {}

function attempt<T>(work: () => T, refused: (message: string) => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unfit) return refused(error.message);
    throw error;
  }
}

/** What the text says; null where it names no place, e.g. IPv6 or a placeholder. Private places are places. */
export function parseDestination(text: string): Destination | null {
  const reading = readDestination(text);
  if (typeof reading === 'string') return null;
  const { user, host, port, transport } = reading;
  return { user, host, port, transport };
}

/** As parseDestination, with how it was written; a sentence that says why where it names no place. */
export function readDestination(text: string): DestinationReading | string {
  return attempt<DestinationReading | string>(
    () => read(text.trim()),
    (message) => message,
  );
}

/** Normalised to `host:port;transport=tls|tcp`, with the `user@` that was given; what is doubtful with a word. */
export function checkDestination(text: string): Checked<string> {
  return attempt<Checked<string>>(
    () => {
      const typed = text.trim().replace(/^<(.*)>$/, '$1');
      const reading = read(typed);
      requireEnterable(reading);
      const { user, host, port, transport } = reading;
      const address = `${host}:${port};transport=${transport}`;
      return accept(user === null ? address : `${user}@${address}`, ...doubts(reading));
    },
    (message) => refuse('destination', message),
  );
}

/** True for a name that only one's own network knows, e.g. `pbx.example.lan`. */
export function isLocalName(host: string): boolean {
  return LOCAL_NAMES.test(host);
}

/** True for a user part with a variable of a template in it. */
export function isTemplate(user: string): boolean {
  return TEMPLATE.test(user);
}

// What both readings share.

function read(text: string): DestinationReading {
  if (text === '') {
    throw new Unfit(
      l10n.t('A destination is needed, e.g. {0}.', '44.248.146.11:5061;transport=tls'),
    );
  }
  const scheme = /^(sips?):(?:\/\/)?/i.exec(text);
  const rest = scheme === null ? text : text.slice(scheme[0].length);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) {
    throw new Unfit(
      l10n.t('“{0}” is a web address. Write host:port;transport=tls.', shorten(text)),
    );
  }
  const { user, behind } = splitUser(rest.trim());
  if (behind.includes('?')) throw new Unfit(l10n.t('Leave out “?” and what follows it.'));
  const [address = '', ...written] = behind.split(';').map((part) => part.trim());
  const { host, portWritten, maskWritten } = readAddress(address);
  const isSips = scheme?.[1]?.toLowerCase() === 'sips';
  const { transportWritten, parameters } = readParameters(written);
  const told = transportWritten === '' ? null : transportWritten;
  const transport = isSips ? 'tls' : (told ?? 'udp');
  return {
    user,
    host,
    port: portWritten ?? DEFAULT_PORT[transport],
    transport,
    isSips,
    portWritten,
    transportWritten,
    parameters,
    maskWritten,
    blanks: /\s/.test(text),
  };
}

/** Everything before the last `@` is the user, parameters too (RFC 3261). */
function splitUser(text: string): { readonly user: string | null; readonly behind: string } {
  const at = text.lastIndexOf('@');
  if (at < 0) return { user: null, behind: text };
  const user = text.slice(0, at).trim();
  if (/[<>]/.test(user)) {
    throw new Unfit(l10n.t('“{0}” still holds the placeholder of a guide.', shorten(text)));
  }
  if (user === '') throw new Unfit(l10n.t('There is nothing before “@”. Leave the “@” out.'));
  const wrong = Array.from(user).find((character) => /[\s@\p{Cc}\p{Cf}]/u.test(character));
  if (wrong !== undefined) {
    throw new Unfit(
      ofCharacter(wrong, {
        space: () => l10n.t('A space is not allowed before the “@” of a destination.'),
        invisible: (code) =>
          l10n.t(
            'The invisible character {0} is not allowed before the “@” of a destination.',
            code,
          ),
        shown: (character) =>
          l10n.t('“{0}” is not allowed before the “@” of a destination.', character),
      }),
    );
  }
  return { user, behind: text.slice(at + 1) };
}

interface Address {
  readonly host: string;
  readonly portWritten: number | null;
  readonly maskWritten: boolean;
}

function readAddress(text: string): Address {
  if (text.startsWith('[') || text.split(':').length > 2) {
    throw new Unfit(
      l10n.t('IPv6 is not supported by Exotel. Give an IPv4 address or a host name.'),
    );
  }
  const found = /^([^:/]*)(?:\/(\d*))?(?::(.*))?$/.exec(text);
  if (found === null) {
    throw new Unfit(l10n.t('“{0}” is not of the form host:port.', shorten(text)));
  }
  const [, hostText = '', mask, portText] = found;
  const host = readHost(hostText.trim());
  if (mask !== undefined && !(mask === '32' && looksNumeric(host))) {
    throw new Unfit(l10n.t('A destination is one host. Leave out “/{0}”.', mask));
  }
  return {
    host,
    portWritten: portText === undefined ? null : readPort(portText.trim()),
    maskWritten: mask !== undefined,
  };
}

function readPort(text: string): number {
  if (text === '') throw new Unfit(l10n.t('The port is missing after “:”.'));
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new Unfit(
      l10n.t('“{0}” is no port. Use a number from 1 to 65535, e.g. 5061.', shorten(text)),
    );
  }
  return port;
}

function readHost(text: string): string {
  if (text === '') throw new Unfit(l10n.t('The host is missing in front of the port.'));
  if (looksNumeric(text)) {
    const reason = whyNoIpv4(text);
    if (reason !== null) throw new Unfit(reason);
    return text;
  }
  const name = text.toLowerCase().replace(/\.$/, '');
  const reason = whyNoHostName(name);
  if (reason !== null) throw new Unfit(reason);
  return name;
}

function whyNoHostName(name: string): string | null {
  const wrong = Array.from(name).find((character) => !/^[a-z0-9.-]$/.test(character));
  if (wrong !== undefined) {
    return ofCharacter(wrong, {
      space: () => l10n.t('A space is not allowed in a host name.'),
      invisible: (code) =>
        l10n.t('The invisible character {0} is not allowed in a host name.', code),
      shown: (character) => l10n.t('“{0}” is not allowed in a host name.', character),
    });
  }
  if (name.length > 253) return l10n.t('A host name has at most 253 characters.');
  const labels = name.split('.');
  if (labels.includes('')) {
    return l10n.t('“{0}” has an empty part between its dots.', shorten(name));
  }
  if (labels.length < 2) {
    return l10n.t(
      '“{0}” is a name of your own network. Give the full public name, e.g. {1}.',
      shorten(name),
      'sip.example.com',
    );
  }
  const unfit = labels.find((label) => label.length > 63 || /^-|-$/.test(label));
  if (unfit !== undefined) {
    return l10n.t(
      '“{0}” cannot be a part of a host name: at most 63 characters, no hyphen at its ends.',
      shorten(unfit),
    );
  }
  return /^\d+$/.test(labels.at(-1) ?? '')
    ? l10n.t('“{0}” is neither an IPv4 address nor a host name.', shorten(name))
    : null;
}

function readParameters(
  written: readonly string[],
): Pick<DestinationReading, 'transportWritten' | 'parameters'> {
  const transports: (SipTransport | '')[] = [];
  const parameters: string[] = [];
  for (const parameter of written.filter((part) => part !== '')) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().toLowerCase());
    if (name === 'transport') transports.push(readTransport(value));
    else parameters.push(parameter);
  }
  const [transportWritten = null, another] = transports;
  if (another !== undefined) throw new Unfit(l10n.t('The transport is given twice.'));
  return { transportWritten, parameters };
}

function readTransport(value: string): SipTransport | '' {
  if (value === '' || value === 'tls' || value === 'tcp' || value === 'udp') return value;
  throw new Unfit(l10n.t('“{0}” is no transport Exotel takes. Use tls or tcp.', shorten(value)));
}

// What is asked of a destination that is entered.

function requireEnterable(reading: DestinationReading): void {
  const { user, host, isSips, portWritten, transportWritten, parameters } = reading;
  if (user !== null && (/[;:]/.test(user) || isTemplate(user))) {
    throw new Unfit(
      l10n.t('“{0}” is no user of a SIP address. Leave it and “@” out.', shorten(user)),
    );
  }
  const reason = looksNumeric(host) ? whyNotPublicIpv4(host) : null;
  if (reason !== null) throw new Unfit(reason);
  const [parameter] = parameters;
  if (parameter !== undefined) {
    throw new Unfit(
      l10n.t('Leave out “{0}”: only ;transport= is understood here.', shorten(`;${parameter}`)),
    );
  }
  if (transportWritten === '') {
    throw new Unfit(l10n.t('The transport is empty. Use tls or tcp.'));
  }
  if (isSips && (transportWritten ?? 'tls') !== 'tls') {
    throw new Unfit(
      l10n.t('sips: means TLS, but another transport is given. Leave out sips: or use tls.'),
    );
  }
  if (!isSips && transportWritten === null) {
    const port = portWritten ?? DEFAULT_PORT.tls;
    const suggestion = `${host}:${port};transport=${port === DEFAULT_PORT.tcp ? 'tcp' : 'tls'}`;
    throw new Unfit(l10n.t('The transport is missing. Write {0}, for example.', suggestion));
  }
}

function doubts(reading: DestinationReading): string[] {
  const { user, host, port, transport, portWritten, maskWritten } = reading;
  const said: string[] = [];
  if (user !== null) {
    said.push(
      l10n.t(
        'Destinations with a user in front of the host come from Exotel’s console; its API was seen to refuse “@”.',
      ),
    );
  }
  if (isLocalName(host)) {
    said.push(
      l10n.t(
        '{0} looks like a name that only your own network knows; Exotel has to find it in public DNS.',
        host,
      ),
    );
  }
  if (isExotelHost(host)) {
    said.push(
      l10n.t('{0} is a host of Exotel’s: calls would go back to it and not to your server.', host),
    );
  }
  if (maskWritten) {
    said.push(l10n.t('The mask /32 was left out: a destination is the host {0} alone.', host));
  }
  if (portWritten === null) {
    said.push(l10n.t('No port was given; {0} is used, the usual one for {1}.', port, transport));
  }
  if (transport === 'udp') {
    said.push(
      l10n.t(
        'Exotel takes udp here, but its call documents say UDP is not supported. Prefer tls or tcp.',
      ),
    );
  }
  return said;
}
