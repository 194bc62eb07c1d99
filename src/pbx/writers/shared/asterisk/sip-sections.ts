/**
 * pbx/writers/shared: what the texts of several PBXs have in common.
 *
 * sip.conf of chan_sip, section by section. Option names: configs/samples/sip.conf.sample, branch 16.
 * chan_sip knows who calls in by the single address of a peer: it has no networks.
 */
import * as l10n from '@vscode/l10n';
import { asteriskValue } from '../../../quoting/asterisk-conf';
import { UnsafeValueError, filePath } from '../../../quoting/plain';
import type { TrunkConnection } from '../../../types';
import {
  callsIn,
  callsOut,
  codecNames,
  password,
  userName,
  usesCredential,
  type CheckedValues,
} from '../../../writing/common';
import { ASTERISK_CODECS, type Names } from './dialplan';

/** Two networks of /24. */
const MOST_CALLERS = 512;

/** Sections of sip.conf that are no peer. */
const TAKEN = ['general', 'authentication'];

/**
 * `[general](+)` adds to the [general] above it. A second `[general]` would be ignored without a word, and
 * the (+) without a first one stops the whole file from loading (both tried).
 */
export function generalSection(
  connection: TrunkConnection,
  values: CheckedValues,
  port: number,
): string[] {
  const lines = [
    '; Adds to the [general] that stands above in sip.conf, which has to be there.',
    '[general](+)',
    '; No call from anyone who is not listed below, and no hint at which names exist.',
    'allowguest = no',
    'alwaysauthreject = yes',
  ];
  if (connection.transport === 'tls') {
    lines.push('tlsenable = yes', `tlsbindaddr = 0.0.0.0:${port}`);
    lines.push(
      // Also for calls out alone: without them chan_sip has no TLS at all (tried).
      `tlscertfile = ${filePath('Certificate file', connection.certificateFile)}`,
      `tlsprivatekey = ${filePath('Private key file', connection.privateKeyFile)}`,
      `tlscafile = ${filePath('CA file', connection.caFile)}`,
      "; Check the other side's certificate.",
      'tlsdontverifyserver = no',
    );
  } else {
    lines.push('tcpenable = yes', `tcpbindaddr = 0.0.0.0:${port}`);
  }
  lines.push(
    '; Here and not in the peer: a peer whose nat differs from [general] can be told from the others.',
    'nat = force_rport,comedia',
  );
  if (values.publicAddress !== null) {
    lines.push(
      '; Behind NAT: what Exotel is told instead of the local address.',
      `externaddr = ${values.publicAddress}`,
      `${connection.transport === 'tls' ? 'externtlsport' : 'externtcpport'} = ${port}`,
      ...values.localNetworks.map((network) => `localnet = ${network}`),
    );
  }
  lines.push('session-timers = accept');
  return lines;
}

/** What the peer for calls out and the peers for calls in have in common. */
function mediaLines(connection: TrunkConnection, context: string): string[] {
  return [
    `transport = ${connection.transport}`,
    `context = ${context}`,
    'disallow = all',
    `allow = ${codecNames(connection, ASTERISK_CODECS).join(',')}`,
    'dtmfmode = rfc2833',
    ...(connection.transport === 'tls'
      ? ['; With TLS Exotel takes SRTP only.', 'encryption = yes']
      : ['encryption = no']),
    'directmedia = no',
    '; By address alone: Exotel is not challenged, and calls from whichever port.',
    'insecure = port,invite',
    'trustrpid = yes',
    'allowtransfer = no',
    'allowsubscribe = no',
  ];
}

function outboundPeer(
  connection: TrunkConnection,
  values: CheckedValues,
  names: Names,
  context: string,
): string[] {
  const lines = [
    `[${names.peer}]`,
    'type = peer',
    `host = ${values.edgeHost}`,
    `port = ${values.edgePort}`,
  ];
  if (usesCredential(connection)) {
    lines.push(
      `defaultuser = ${asteriskValue('SIP user name', userName(connection))}`,
      '; remotesecret and not secret, which would challenge Exotel on calls in.',
      `remotesecret = ${asteriskValue('SIP password', password(connection))}`,
    );
  }
  lines.push(
    '; The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
    `fromuser = ${values.callerId}`,
    `fromdomain = ${values.sipDomain}`,
    ...mediaLines(connection, context),
    'sendrpid = pai',
    'qualify = yes',
    'qualifyfreq = 60',
  );
  return lines;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** Every single address of Exotel's, once, in the order of the list. */
function senderAddresses(values: CheckedValues): string[] {
  const ranges = values.exotelNetworks.map((network) => {
    const [address = '', bits = '32'] = network.split('/');
    const size = 2 ** (32 - Number(bits));
    return { first: Math.floor(toNumber(address) / size) * size, size };
  });
  if (ranges.reduce((sum, { size }) => sum + size, 0) > MOST_CALLERS) {
    throw new UnsafeValueError(
      "Exotel's addresses",
      l10n.t(
        'must not be more than {0} addresses, because chan_sip needs a peer for each: list single addresses, or use PJSIP',
        MOST_CALLERS,
      ),
    );
  }
  const all = ranges.flatMap(({ first, size }) =>
    Array.from({ length: size }, (_, index) => toAddress(first + index)),
  );
  return [...new Set(all)];
}

/** The peer for calls out, and one for every address Exotel calls from. `context`: where calls in go. */
export function peerSections(
  connection: TrunkConnection,
  values: CheckedValues,
  names: Names,
  context: string,
): string[][] {
  if (TAKEN.includes(names.peer.toLowerCase())) {
    throw new UnsafeValueError(
      'Name inside the PBX',
      l10n.t('must not be one of {0}', TAKEN.join(', ')),
    );
  }
  const sections: string[][] = [];
  if (callsOut(connection)) sections.push(outboundPeer(connection, values, names, context));
  if (callsIn(connection)) {
    const template = `${names.peer}-in`;
    sections.push([
      `[${template}](!)`,
      'type = peer',
      'qualify = no',
      ...mediaLines(connection, context),
    ]);
    sections.push(
      senderAddresses(values).flatMap((address, index) => [
        `[${template}-${index + 1}](${template})`,
        `host = ${address}`,
      ]),
    );
  }
  return sections;
}
