/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The rule for a destination URI: where Exotel sends inbound calls. What people paste differs from what
 * the API takes; what is meant clearly is put right, what is not is refused with what to write.
 */
import * as l10n from '@vscode/l10n';
import { looksNumeric, whyNotPublicIpv4 } from './addresses';
import { accept, type Checked, ofCharacter, refuse, shorten } from './checked';

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
    throw new Unfit(l10n.t('A destination is needed, e.g. 44.248.146.11:5061;transport=tls.'));
  const scheme = /^(sips?):(?:\/\/)?/i.exec(text);
  const rest = scheme === null ? text : text.slice(scheme[0].length);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) {
    throw new Unfit(
      l10n.t('“{0}” is a web address. Write host:port;transport=tls.', shorten(text)),
    );
  }
  if (rest.includes('@')) {
    throw new Unfit(
      l10n.t('Leave out the user and “@”: Exotel puts the called number there itself.'),
    );
  }
  if (rest.includes('?')) throw new Unfit(l10n.t('Leave out “?” and what follows it.'));
  const [address = '', ...parameters] = rest.split(';').map((part) => part.trim());
  const { host, port, warnings } = readAddress(address);
  const transport = readTransport(parameters, scheme?.[1]?.toLowerCase() === 'sips', host, port);
  const usedPort = port ?? DEFAULT_PORT[transport];
  return {
    value: `${host}:${usedPort};transport=${transport}`,
    warnings: [
      ...warnings,
      ...(port === null
        ? [l10n.t('No port was given; {0} is used, the usual one for {1}.', usedPort, transport)]
        : []),
      ...(transport === 'udp'
        ? [
            l10n.t(
              'Exotel takes udp here, but its call documents say UDP is not supported. Prefer tls or tcp.',
            ),
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
    throw new Unfit(
      l10n.t('IPv6 is not supported by Exotel. Give an IPv4 address or a host name.'),
    );
  }
  const found = /^([^:/]*)(?:\/(\d*))?(?::(.*))?$/.exec(text);
  if (found === null) throw new Unfit(l10n.t('“{0}” is not of the form host:port.', shorten(text)));
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
    return [l10n.t('The mask /32 was left out: a destination is the host {0} alone.', host)];
  }
  throw new Unfit(l10n.t('A destination is one host. Leave out “/{0}”.', mask));
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

function readHost(text: string): Part<string> {
  if (text === '') throw new Unfit(l10n.t('The host is missing in front of the port.'));
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
          l10n.t(
            '{0} looks like a name that only your own network knows; Exotel has to find it in public DNS.',
            name,
          ),
        ]
      : [],
  };
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
  if (labels.includes(''))
    return l10n.t('“{0}” has an empty part between its dots.', shorten(name));
  if (labels.length < 2) {
    return l10n.t(
      '“{0}” is a name of your own network. Give the full public name, e.g. sip.example.com.',
      shorten(name),
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
      throw new Unfit(
        l10n.t('Leave out “{0}”: only ;transport= is understood here.', shorten(`;${parameter}`)),
      );
    }
    if (value === '') throw new Unfit(l10n.t('The transport is empty. Use tls or tcp.'));
    if (value !== 'tls' && value !== 'tcp' && value !== 'udp') {
      throw new Unfit(
        l10n.t('“{0}” is no transport Exotel takes. Use tls or tcp.', shorten(value)),
      );
    }
    found.push(value);
  }
  const [transport, another] = found;
  if (another !== undefined) throw new Unfit(l10n.t('The transport is given twice.'));
  if (transport === undefined) {
    if (isSips) return 'tls';
    const suggestion = `${host}:${port ?? DEFAULT_PORT.tls};transport=${port === DEFAULT_PORT.tcp ? 'tcp' : 'tls'}`;
    throw new Unfit(l10n.t('The transport is missing. Write {0}, for example.', suggestion));
  }
  if (isSips && transport !== 'tls') {
    throw new Unfit(
      l10n.t('sips: means TLS, but the transport is {0}. Leave out sips: or use tls.', transport),
    );
  }
  return transport;
}
