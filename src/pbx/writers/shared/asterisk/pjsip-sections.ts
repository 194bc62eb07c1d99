/**
 * pbx/writers/shared: what the texts of several PBXs have in common.
 *
 * pjsip.conf, section by section. Directive names: pjsip_config.xml, branch 22; every one of them is in
 * 16.28 too unless it is said here.
 */
import { asteriskValue, escapeSemicolons } from '../../../quoting/asterisk-conf';
import { filePath } from '../../../quoting/plain';
import { OLDER } from '../../../cards/asterisk-pjsip';
import type { TrunkConnection } from '../../../types';
import {
  callsOut,
  codecNames,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../../../writing/common';
import { ASTERISK_CODECS, type Names } from './dialplan';

export function isOlder(connection: TrunkConnection): boolean {
  return connection.variant === OLDER;
}

/** Only who is called shows a certificate: Asterisk 22 calls out over TLS without one (tried). */
export function showsCertificate(connection: TrunkConnection): boolean {
  return connection.transport === 'tls' && wantsInbound(connection);
}

export function transportSection(
  connection: TrunkConnection,
  values: CheckedValues,
  names: Names,
  port: number,
): string[] {
  const lines = [
    `[${names.peer}-transport]`,
    'type = transport',
    `protocol = ${connection.transport}`,
    `bind = 0.0.0.0:${port}`,
  ];
  if (connection.transport === 'tls') {
    lines.push('method = tlsv1_2');
    if (showsCertificate(connection)) {
      lines.push(
        `cert_file = ${filePath('Certificate file', connection.certificateFile)}`,
        `priv_key_file = ${filePath('Private key file', connection.privateKeyFile)}`,
      );
    }
    lines.push(
      `ca_list_file = ${filePath('CA file', connection.caFile)}`,
      "; Asterisk does not check the other side's certificate unless told to.",
      'verify_server = yes',
    );
  }
  if (values.publicAddress !== null) {
    lines.push(
      '; Behind NAT: what Exotel is told instead of the local address.',
      `external_signaling_address = ${values.publicAddress}`,
      `external_media_address = ${values.publicAddress}`,
      ...values.localNetworks.map((network) => `local_net = ${network}`),
    );
  }
  return lines;
}

/** `context`: where calls in go. */
export function endpointSection(
  connection: TrunkConnection,
  values: CheckedValues,
  names: Names,
  context: string,
): string[] {
  const lines = [
    `[${names.peer}]`,
    'type = endpoint',
    `transport = ${names.peer}-transport`,
    `context = ${context}`,
    'disallow = all',
    `allow = ${codecNames(connection, ASTERISK_CODECS).join(',')}`,
  ];
  if (callsOut(connection)) {
    lines.push(`aors = ${names.peer}`);
    if (usesCredential(connection)) {
      lines.push(
        '; Only for calls out. auth = here would challenge Exotel on calls in.',
        `outbound_auth = ${names.peer}-auth`,
      );
    }
    lines.push(
      '; The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
      `from_user = ${values.callerId}`,
      `from_domain = ${values.sipDomain}`,
    );
  }
  lines.push('dtmf_mode = rfc4733');
  if (connection.transport === 'tls') {
    lines.push('; With TLS Exotel takes SRTP only.', 'media_encryption = sdes');
  } else {
    lines.push('media_encryption = no');
  }
  lines.push(
    'rtp_symmetric = yes',
    'force_rport = yes',
    // Rewritten, requests of this PBX inside a call in go to a port that closes with the connection (tried).
    'rewrite_contact = no',
    'direct_media = no',
    'send_pai = yes',
    'trust_id_inbound = yes',
    'timers = yes',
    'allow_transfer = no',
    'allow_subscribe = no',
    '; By address and nothing else: a header or a user name can be sent by anyone.',
    'identify_by = ip',
  );
  return lines;
}

/** With `;transport=` where a semicolon survives; without it the endpoint's transport decides (tried). */
export function aorSection(
  connection: TrunkConnection,
  values: CheckedValues,
  names: Names,
  withTransport = true,
): string[] {
  const uri = `sip:${values.edgeHost}:${values.edgePort}`;
  return [
    `[${names.peer}]`,
    'type = aor',
    `contact = ${escapeSemicolons(withTransport ? `${uri};transport=${connection.transport}` : uri)}`,
    'qualify_frequency = 60',
  ];
}

export function authSection(connection: TrunkConnection, names: Names): string[] {
  return [
    `[${names.peer}-auth]`,
    'type = auth',
    ...(isOlder(connection)
      ? ['; From Asterisk 20.12, 21.7 and 22.2 on: auth_type = digest', 'auth_type = userpass']
      : ['; Before Asterisk 20.12, 21.7 and 22.2: auth_type = userpass', 'auth_type = digest']),
    `username = ${asteriskValue('SIP user name', userName(connection))}`,
    `password = ${asteriskValue('SIP password', password(connection))}`,
  ];
}

export function identifySection(values: CheckedValues, names: Names): string[] {
  return [
    `[${names.peer}-identify]`,
    'type = identify',
    `endpoint = ${names.peer}`,
    '; Never add match_header: it is "or", and anyone who sends the header gets in.',
    ...values.exotelNetworks.map((network) => `match = ${network}`),
  ];
}
