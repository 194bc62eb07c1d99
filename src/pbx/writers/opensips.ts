/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * OpenSIPS as the proxy between a PBX and Exotel: opensips.cfg. It carries signalling only; audio goes
 * from the PBX to Exotel. Facts: cfg.y, modules tls_mgm, uac, uac_auth, dialog and sipmsgops, 3.6.
 */
import * as l10n from '@vscode/l10n';
import { opensipsPassword, opensipsString } from '../quoting/opensips-cfg';
import { filePath, peerName } from '../quoting/plain';
import type { PbxWriter, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  password,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';
import {
  OWN_ADDRESS,
  digestUser,
  hasTls,
  innerSide,
  mediaNames,
  numberRewrites,
  numbersCalled,
  outerSide,
  peerOf,
  proxyOptions,
  proxyPlaceholders,
  type ProxySide,
} from './shared/proxy';

function socketOf(side: ProxySide): string {
  return `${side.transport}:${OWN_ADDRESS}:${side.port}`;
}

function coreSection(connection: TrunkConnection, values: CheckedValues): string[] {
  const outer = outerSide(connection);
  const advertised =
    values.publicAddress === null ? '' : ` as ${values.publicAddress}:${outer.port}`;
  return [
    'log_level = 3',
    'stderror_enabled = no',
    'syslog_enabled = yes',
    'tcp_workers = 4',
    '# Left on, names that resolve to this computer would count as "myself".',
    'auto_aliases = no',
    'tcp_connection_lifetime = 3605',
    '# The side of Exotel.',
    `socket = ${socketOf(outer)}${advertised}`,
    '# The side of the PBX.',
    `socket = ${socketOf(innerSide(connection))}`,
  ];
}

function tlsSection(connection: TrunkConnection): string[] {
  const name = peerName('Name inside the PBX', connection.peerName);
  const param = (key: string, domain: string, value: string) =>
    `modparam("tls_mgm", "${key}", "[${domain}]${value}")`;
  const files = (domain: string) => [
    param('certificate', domain, filePath('Certificate file', connection.certificateFile)),
    param('private_key', domain, filePath('Private key file', connection.privateKeyFile)),
    param('ca_list', domain, filePath('CA file', connection.caFile)),
  ];
  const called = `${name}-in`;
  return [
    '# Calling: the certificate of the other side is checked against the CAs of ca_list.',
    `modparam("tls_mgm", "client_domain", "${name}")`,
    param('match_ip_address', name, '*'),
    param('match_sip_domain', name, '*'),
    param('tls_method', name, 'TLSv1_2-'),
    param('verify_cert', name, '1'),
    param('require_cert', name, '1'),
    ...files(name),
    '# Called: whoever calls shows no certificate and is known by its address.',
    `modparam("tls_mgm", "server_domain", "${called}")`,
    param('match_ip_address', called, '*'),
    param('match_sip_domain', called, '*'),
    param('tls_method', called, 'TLSv1_2-'),
    param('verify_cert', called, '0'),
    param('require_cert', called, '0'),
    ...files(called),
  ];
}

function moduleSection(connection: TrunkConnection): string[] {
  const inner = innerSide(connection).transport;
  const names = [
    'signaling',
    'sl',
    'tm',
    'rr',
    'dialog',
    'maxfwd',
    'textops',
    'sipmsgops',
    ...(usesCredential(connection) ? ['uac_auth'] : []),
    'uac',
    ...(connection.transport === 'tcp' || inner === 'tcp' ? ['proto_tcp'] : []),
    ...(hasTls(connection) ? ['tls_openssl', 'tls_mgm', 'proto_tls'] : []),
  ];
  const lines = [
    '# As packages install them; from source it is /usr/local/lib64/opensips/modules/.',
    `mpath = "${MODULES}"`,
    ...names.map((name) => `loadmodule "${name}.so"`),
    'modparam("rr", "enable_double_rr", 1)',
    'modparam("rr", "append_fromtag", 1)',
    '# The PBX keeps seeing the From it sent.',
    'modparam("uac", "restore_mode", "auto")',
  ];
  if (usesCredential(connection)) {
    lines.push(
      'modparam("uac_auth", "auth_realm_avp", "$avp(exotel_realm)")',
      'modparam("uac_auth", "auth_username_avp", "$avp(exotel_user)")',
      'modparam("uac_auth", "auth_password_avp", "$avp(exotel_password)")',
    );
  }
  return lines;
}

function fromOneOf(networks: readonly string[]): string {
  return networks.map((network) => `$si == ${network}`).join('\n        || ');
}

function requestRoute(connection: TrunkConnection, values: CheckedValues): string[] {
  const lines = [
    'route {',
    '    if (!mf_process_maxfwd_header(10)) {',
    '        sl_send_reply(483, "Too Many Hops");',
    '        exit;',
    '    }',
    '    if (is_method("CANCEL")) {',
    '        if (t_check_trans()) t_relay();',
    '        exit;',
    '    }',
    '    # Requests inside a call follow the route it was set up on. A call that was not set up here is none:',
    '    # a forged To tag must not turn the proxy into a way to Exotel.',
    '    if (has_totag()) {',
    '        if (loose_route() && $DLG_status != NULL) {',
    '            t_relay();',
    '        } else if (is_method("ACK")) {',
    '            if (t_check_trans()) t_relay();',
    '        } else {',
    '            sl_send_reply(481, "Call Does Not Exist");',
    '        }',
    '        exit;',
    '    }',
    '    if (is_method("OPTIONS")) {',
    '        sl_send_reply(200, "OK");',
    '        exit;',
    '    }',
    '    if (!is_method("INVITE")) {',
    '        sl_send_reply(405, "Method Not Allowed");',
    '        exit;',
    '    }',
    '    if (t_check_trans()) exit;',
    '    # Who may call whom is decided by the address a call comes from, and by nothing in it.',
  ];
  if (callsOut(connection)) {
    lines.push(
      '    # The PBX, the only one that may call out.',
      `    if (${fromOneOf([`${peerOf(connection).host}/32`])}) {`,
      '        route(TO_EXOTEL);',
      '        exit;',
      '    }',
    );
  }
  if (callsIn(connection)) {
    lines.push(
      '    # Exotel, the only one that may call in.',
      `    if (${fromOneOf(values.exotelNetworks)}) {`,
      '        route(TO_PBX);',
      '        exit;',
      '    }',
    );
  }
  lines.push('    sl_send_reply(403, "Forbidden");', '    exit;', '}');
  return lines;
}

/** Applied in both directions; SDP-less INVITEs offer in the 200 OK, which Exotel judges itself. */
function mediaRules(connection: TrunkConnection): string[] {
  const lines = ['    if (has_body("application/sdp")) {'];
  if (connection.transport === 'tls') {
    lines.push(
      '        # With TLS Exotel takes SRTP only: the PBX has to offer SDES itself, or rtpengine for it.',
      '        if (!search_body("m=audio [0-9]+ RTP/SAVP")) {',
      '            sl_send_reply(488, "SRTP Required");',
      '            exit;',
      '        }',
    );
  }
  lines.push(`        codec_delete_except_re("^(${mediaNames(connection).join('|')})$");`, '    }');
  return lines;
}

function toExotel(connection: TrunkConnection, values: CheckedValues): string[] {
  const from = `sip:${values.callerId}@${values.sipDomain}`;
  const lines = [
    'route[TO_EXOTEL] {',
    ...mediaRules(connection),
    ...numberRewrites(connection, values),
  ];
  if (connection.useCase !== 'streamkit') {
    lines.push(
      '    if (!($rU =~ "^[+][1-9][0-9]{7,14}$")) {',
      '        sl_send_reply(484, "Address Incomplete");',
      '        exit;',
      '    }',
    );
  }
  lines.push(
    '    remove_hf("P-Asserted-Identity");',
    '    remove_hf("Route");',
    '    # These are for Exotel to send: they come back when the PBX forwards a call of Exotel.',
    '    remove_hf_re("^X-Exotel-");',
    `    append_hf("P-Asserted-Identity: <${from}>\\r\\n");`,
  );
  if (connection.useCase === 'streamkit') {
    lines.push(
      '    # Without this header Exotel cannot route the call to the flow.',
      `    append_hf("X-Exotel-AccountSid: ${values.accountSid}\\r\\n");`,
    );
  }
  lines.push(
    '    # The transport stands in the request URI: after a challenge OpenSIPS knows no other way.',
    `    $ru = "sip:" + $rU + "@${values.edgeHost}:${values.edgePort};transport=${connection.transport}";`,
    `    $socket_out = "${socketOf(outerSide(connection))}";`,
    '    create_dialog();',
    '    record_route();',
    '    # The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
    `    uac_replace_from("", "${from}");`,
  );
  if (usesCredential(connection)) lines.push('    t_on_failure("EXOTEL_CHALLENGE");');
  lines.push('    if (!t_relay()) sl_reply_error();', '    exit;', '}');
  return lines;
}

function challengeRoute(connection: TrunkConnection): string[] {
  return [
    'failure_route[EXOTEL_CHALLENGE] {',
    '    if (t_was_cancelled()) exit;',
    '    # The realm is the one Exotel asks with, whichever that is.',
    '    if (t_check_status("401")) {',
    '        $avp(exotel_realm) = $(<reply>hdr(WWW-Authenticate){re.subst,/^.*realm="([^"]*)".*$/\\1/});',
    '    } else if (t_check_status("407")) {',
    '        $avp(exotel_realm) = $(<reply>hdr(Proxy-Authenticate){re.subst,/^.*realm="([^"]*)".*$/\\1/});',
    '    } else {',
    '        exit;',
    '    }',
    `    $avp(exotel_user) = ${opensipsString('SIP user name', digestUser(connection))};`,
    `    $avp(exotel_password) = ${opensipsPassword('SIP password', password(connection))};`,
    `    $socket_out = "${socketOf(outerSide(connection))}";`,
    '    if (uac_auth()) t_relay();',
    '    exit;',
    '}',
  ];
}

function toPbx(connection: TrunkConnection, values: CheckedValues): string[] {
  const peer = peerOf(connection);
  return [
    'route[TO_PBX] {',
    ...mediaRules(connection),
    '    # With the plus, as everything behind this proxy knows the number.',
    '    if ($rU =~ "^[1-9]") $rU = "+" + $rU;',
    `    if (!($rU =~ "${numbersCalled(values)}")) {`,
    '        sl_send_reply(404, "Not Found");',
    '        exit;',
    '    }',
    '    xlog("L_NOTICE", "Exotel call $hdr(X-Exotel-CallSid) to $rU\\n");',
    `    $ru = "sip:" + $rU + "@${peer.host}:${peer.port};transport=${peer.transport}";`,
    `    $socket_out = "${socketOf(innerSide(connection))}";`,
    '    create_dialog();',
    '    record_route();',
    '    if (!t_relay()) sl_reply_error();',
    '    exit;',
    '}',
  ];
}

function opensipsCfg(connection: TrunkConnection, values: CheckedValues): string {
  const blocks = [coreSection(connection, values), moduleSection(connection)];
  if (hasTls(connection)) blocks.push(tlsSection(connection));
  blocks.push(requestRoute(connection, values));
  if (callsOut(connection)) {
    blocks.push(toExotel(connection, values));
    if (usesCredential(connection)) blocks.push(challengeRoute(connection));
  }
  if (callsIn(connection)) {
    blocks.push(toPbx(connection, values));
  } else if (wantsInbound(connection)) {
    blocks.push([`# ${INBOUND_LEFT_OUT}`]);
  }
  return paragraphs(blocks);
}

const MODULES = '/usr/lib/x86_64-linux-gnu/opensips/modules/';

export const writer: PbxWriter = {
  uses: (connection) => [
    ...(hasTls(connection) ? (['peerName'] as const) : []),
    ...proxyOptions(connection),
  ],
  placeholders: (connection) => [
    ...proxyPlaceholders(connection),
    {
      text: MODULES,
      meaning: 'the folder of the modules of this computer',
      doNext: l10n.t(
        '{0} is an example: put the folder of the modules of this computer there.',
        MODULES,
      ),
      level: 'info',
    },
  ],
  render(connection) {
    const values = checkedValues(connection);
    const kind = {
      name: 'opensips.cfg',
      languageId: 'properties',
      comment: '#',
      extent: 'whole',
    } as const;
    return [headedFile(connection, writer, kind, opensipsCfg(connection, values))];
  },
  guide: () => ({
    where: l10n.t(
      '/etc/opensips/opensips.cfg, in place of what is there. A second Exotel trunk needs another proxy.',
    ),
    load: l10n.t('opensips -C -f /etc/opensips/opensips.cfg, then systemctl restart opensips'),
    check: l10n.t(
      'opensips-cli -x mi list_tcp_conns, tls_list and dlg_list; sngrep shows the SIP messages',
    ),
  }),
  get mistakes() {
    return [
      l10n.t(
        'socket on 0.0.0.0: it is written into Record-Route and requests inside the call go nowhere.',
      ),
      l10n.t(
        'transport=tls in $du only: the INVITE that answers the challenge goes out over UDP to port 443.',
      ),
      l10n.t('uac without the dialog module: From is not restored in requests inside the call.'),
      l10n.t(
        'A credential modparam with a blank in the password, or one that names another realm than Exotel asks with: no answer to the challenge.',
      ),
      l10n.t('Relaying INVITEs by what they say instead of where they come from: an open relay.'),
      l10n.t(
        'ca_list with every public CA: OpenSIPS checks who signed the certificate of the edge, not whose name is in it. A list with the CA of the edge alone is stricter.',
      ),
      l10n.t('Plain RTP from the PBX with TLS to Exotel: offer SDES on the PBX or add rtpengine.'),
      l10n.t(
        'The PBX behind NAT: the proxy leaves the addresses of the audio as they are. The PBX has to name its public address, or add rtpengine.',
      ),
    ];
  },
};
