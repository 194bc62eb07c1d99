/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Kamailio as the proxy between a PBX and Exotel: kamailio.cfg and tls.cfg. It carries signalling only;
 * audio goes from the PBX to Exotel. Facts: core/cfg.lex, modules uac, tls and rr, 5.6.
 */
import * as l10n from '@vscode/l10n';
import { kamailioString } from '../quoting/kamailio-cfg';
import { UnsafeValueError, filePath, peerName } from '../quoting/plain';
import type { PbxFile, PbxWriter, TrunkConnection } from '../types';
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
} from './shared/proxy';

/** What the socket of the PBX side is called. */
const INSIDE = 'inside';

/** What the socket of Exotel's side is called. */
function outsideName(connection: TrunkConnection): string {
  const name = peerName('Name inside the PBX', connection.peerName);
  if (name === INSIDE)
    throw new UnsafeValueError('Name inside the PBX', l10n.t('must not be {0}', INSIDE));
  return name;
}

function coreSection(connection: TrunkConnection, values: CheckedValues): string[] {
  const outer = outerSide(connection);
  const inner = innerSide(connection);
  const outside = `${outer.transport}:${OWN_ADDRESS}:${outer.port}`;
  const advertise =
    values.publicAddress === null ? '' : ` advertise ${values.publicAddress}:${outer.port}`;
  return [
    'debug = 2',
    'log_stderror = no',
    'children = 4',
    'tcp_children = 4',
    '# Left on, names that resolve to this computer would count as "myself".',
    'auto_aliases = no',
    ...(hasTls(connection) ? ['enable_tls = yes'] : []),
    'tcp_connection_lifetime = 3605',
    '# The side of Exotel.',
    `listen = ${outside}${advertise} name "${outsideName(connection)}"`,
    '# The side of the PBX.',
    `listen = ${inner.transport}:${OWN_ADDRESS}:${inner.port} name "${INSIDE}"`,
  ];
}

function moduleSection(connection: TrunkConnection): string[] {
  const tls = hasTls(connection);
  const names = [
    'tm',
    'sl',
    'rr',
    'dialog',
    'pv',
    'maxfwd',
    'textops',
    'siputils',
    'sanity',
    'sdpops',
    'xlog',
    'uac',
  ];
  if (tls) names.unshift('tls');
  const lines = names.map((name) => `loadmodule "${name}.so"`);
  if (tls) lines.push('modparam("tls", "config", "/etc/kamailio/tls.cfg")');
  lines.push(
    'modparam("rr", "enable_double_rr", 1)',
    'modparam("rr", "append_fromtag", 1)',
    '# Which calls are going on, and a higher CSeq for the INVITE that answers a challenge.',
    'modparam("dialog", "track_cseq_updates", 1)',
    '# The PBX keeps seeing the From it sent.',
    'modparam("uac", "restore_mode", "auto")',
  );
  if (usesCredential(connection)) {
    lines.push(
      'modparam("uac", "auth_realm_avp", "$avp(exotel_realm)")',
      'modparam("uac", "auth_username_avp", "$avp(exotel_user)")',
      'modparam("uac", "auth_password_avp", "$avp(exotel_password)")',
    );
  }
  return lines;
}

function requestRoute(connection: TrunkConnection): string[] {
  const lines = [
    'request_route {',
    '    if (!mf_process_maxfwd_header("10")) {',
    '        sl_send_reply("483", "Too Many Hops");',
    '        exit;',
    '    }',
    '    if (!sanity_check()) exit;',
    '    if (is_method("CANCEL")) {',
    '        if (t_check_trans()) t_relay();',
    '        exit;',
    '    }',
    '    # Requests inside a call follow the route it was set up on. A call that was not set up here is none:',
    '    # a forged To tag must not turn the proxy into a way to Exotel.',
    '    if (has_totag()) {',
    '        if (is_known_dlg() && loose_route()) {',
    '            t_relay();',
    '        } else if (is_method("ACK")) {',
    '            if (t_check_trans()) t_relay();',
    '        } else {',
    '            sl_send_reply("481", "Call Does Not Exist");',
    '        }',
    '        exit;',
    '    }',
    '    if (is_method("OPTIONS")) {',
    '        sl_send_reply("200", "OK");',
    '        exit;',
    '    }',
    '    if (!is_method("INVITE")) {',
    '        sl_send_reply("405", "Method Not Allowed");',
    '        exit;',
    '    }',
    '    if (t_check_trans()) exit;',
    '    # Who may call whom is decided by the address a call comes from, and by nothing in it.',
  ];
  if (callsOut(connection)) lines.push('    if (route(FROM_PBX)) route(TO_EXOTEL);');
  if (callsIn(connection)) lines.push('    if (route(FROM_EXOTEL)) route(TO_PBX);');
  lines.push('    sl_send_reply("403", "Forbidden");', '    exit;', '}');
  return lines;
}

function sourceRoute(name: string, networks: readonly string[]): string[] {
  const tests = networks.map((network) => `src_ip == ${network}`).join('\n        || ');
  return [`route[${name}] {`, `    if (${tests}) return 1;`, '    return -1;', '}'];
}

/** Applied in both directions; SDP-less INVITEs offer in the 200 OK, which Exotel judges itself. */
function mediaRules(connection: TrunkConnection): string[] {
  const lines = ['    if (has_body("application/sdp")) {'];
  if (connection.transport === 'tls') {
    lines.push(
      '        # With TLS Exotel takes SRTP only: the PBX has to offer SDES itself, or rtpengine for it.',
      '        if (!search_body("m=audio [0-9]+ RTP/SAVP")) {',
      '            sl_send_reply("488", "SRTP Required");',
      '            exit;',
      '        }',
    );
  }
  lines.push(`        sdp_keep_codecs_by_name("${mediaNames(connection).join(',')}");`, '    }');
  return lines;
}

function numberRules(connection: TrunkConnection, values: CheckedValues): string[] {
  const lines = numberRewrites(connection, values);
  if (connection.useCase === 'streamkit') return lines;
  return [
    ...lines,
    '    if (!($rU =~ "^[+][1-9][0-9]{7,14}$")) {',
    '        sl_send_reply("484", "Address Incomplete");',
    '        exit;',
    '    }',
  ];
}

function toExotel(connection: TrunkConnection, values: CheckedValues): string[] {
  const edge = `${values.edgeHost}:${values.edgePort};transport=${connection.transport}`;
  const from = `sip:${values.callerId}@${values.sipDomain}`;
  const lines = [
    'route[TO_EXOTEL] {',
    ...mediaRules(connection),
    ...numberRules(connection, values),
    '    # The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
    `    uac_replace_from("", "${from}");`,
    '    remove_hf("P-Asserted-Identity");',
    '    remove_hf("Route");',
    '    # These are for Exotel to send: they come back when the PBX forwards a call of Exotel.',
    '    remove_hf_re("^X-Exotel-");',
    `    append_hf("P-Asserted-Identity: <${from}>\\r\\n");`,
  ];
  if (connection.useCase === 'streamkit') {
    lines.push(
      '    # Without this header Exotel cannot route the call to the flow.',
      `    append_hf("X-Exotel-AccountSid: ${values.accountSid}\\r\\n");`,
    );
  }
  lines.push(
    `    $ru = "sip:" + $rU + "@${edge}";`,
    `    $du = "sip:${edge}";`,
    `    $fsn = "${outsideName(connection)}";`,
    '    dlg_manage();',
    '    record_route();',
  );
  if (usesCredential(connection)) lines.push('    t_on_failure("EXOTEL_CHALLENGE");');
  lines.push('    if (!t_relay()) sl_reply_error();', '    exit;', '}');
  return lines;
}

function challengeRoute(connection: TrunkConnection): string[] {
  return [
    'failure_route[EXOTEL_CHALLENGE] {',
    '    if (t_is_canceled()) exit;',
    '    if (!t_check_status("401|407")) exit;',
    '    # An empty realm answers whichever realm Exotel asks with.',
    '    $avp(exotel_realm) = "";',
    `    $avp(exotel_user) = ${kamailioString('SIP user name', digestUser(connection))};`,
    `    $avp(exotel_password) = ${kamailioString('SIP password', password(connection))};`,
    '    if (uac_auth()) t_relay();',
    '    exit;',
    '}',
  ];
}

function toPbx(connection: TrunkConnection, values: CheckedValues): string[] {
  const peer = peerOf(connection);
  const address = `${peer.host}:${peer.port};transport=${peer.transport}`;
  return [
    'route[TO_PBX] {',
    ...mediaRules(connection),
    '    # With the plus, as everything behind this proxy knows the number.',
    '    if ($rU =~ "^[1-9]") $rU = "+" + $rU;',
    `    if (!($rU =~ "${numbersCalled(values)}")) {`,
    '        sl_send_reply("404", "Not Found");',
    '        exit;',
    '    }',
    '    xlog("L_NOTICE", "Exotel call $hdr(X-Exotel-CallSid) to $rU\\n");',
    `    $ru = "sip:" + $rU + "@${address}";`,
    `    $du = "sip:${address}";`,
    `    $fsn = "${INSIDE}";`,
    '    dlg_manage();',
    '    record_route();',
    '    if (!t_relay()) sl_reply_error();',
    '    exit;',
    '}',
  ];
}

function kamailioCfg(connection: TrunkConnection, values: CheckedValues): string {
  const blocks = [
    ['#!KAMAILIO'],
    coreSection(connection, values),
    moduleSection(connection),
    requestRoute(connection),
  ];
  if (callsOut(connection)) {
    blocks.push(
      [
        '# The PBX, the only one that may call out.',
        ...sourceRoute('FROM_PBX', [`${peerOf(connection).host}/32`]),
      ],
      toExotel(connection, values),
    );
    if (usesCredential(connection)) blocks.push(challengeRoute(connection));
  }
  if (callsIn(connection)) {
    blocks.push(
      [
        '# Exotel, the only one that may call in.',
        ...sourceRoute('FROM_EXOTEL', values.exotelNetworks),
      ],
      toPbx(connection, values),
    );
  } else if (wantsInbound(connection)) {
    blocks.push([`# ${INBOUND_LEFT_OUT}`]);
  }
  return paragraphs(blocks);
}

function tlsCfg(connection: TrunkConnection, values: CheckedValues): string {
  const files = [
    `private_key = ${filePath('Private key file', connection.privateKeyFile)}`,
    `certificate = ${filePath('Certificate file', connection.certificateFile)}`,
  ];
  const ca = `ca_list = ${filePath('CA file', connection.caFile)}`;
  return [
    '[server:default]',
    'method = TLSv1.2+',
    'verify_certificate = no',
    'require_certificate = no',
    ...files,
    '',
    "# Kamailio does not check the other side's certificate unless told to.",
    '[client:default]',
    'method = TLSv1.2+',
    'verify_certificate = yes',
    'require_certificate = yes',
    'verify_depth = 4',
    ca,
    `server_name = ${values.edgeHost}`,
  ].join('\n');
}

export const writer: PbxWriter = {
  uses: (connection) => ['peerName', ...proxyOptions(connection)],
  placeholders: proxyPlaceholders,
  render(connection) {
    const values = checkedValues(connection);
    const file = (name: string, languageId: string, body: string): PbxFile =>
      headedFile(connection, writer, { name, languageId, comment: '#', extent: 'whole' }, body);
    const files = [file('kamailio.cfg', 'properties', kamailioCfg(connection, values))];
    if (hasTls(connection)) {
      files.push(file('tls.cfg', 'ini', tlsCfg(connection, values)));
    }
    return files;
  },
  guide: () => ({
    where: l10n.t(
      '/etc/kamailio/kamailio.cfg and /etc/kamailio/tls.cfg, in place of what is there. A second Exotel trunk needs another proxy.',
    ),
    load: l10n.t('kamailio -c -f /etc/kamailio/kamailio.cfg, then systemctl restart kamailio'),
    check: l10n.t('kamcmd core.sockets_list, kamcmd tls.list; sngrep shows the SIP messages'),
  }),
  get mistakes() {
    return [
      l10n.t(
        'listen on 0.0.0.0: it is written into Record-Route and requests inside the call go nowhere.',
      ),
      l10n.t('Relaying INVITEs by what they say instead of where they come from: an open relay.'),
      l10n.t('No loose_route() for requests inside a call: the call drops after 30 seconds.'),
      l10n.t('tls.cfg without verify_certificate and ca_list: the edge could be anyone.'),
      l10n.t(
        'ca_list with every public CA: Kamailio checks who signed the certificate of the edge, not whose name is in it. A list with the CA of the edge alone is stricter.',
      ),
      l10n.t('From rewritten without restore_mode: the PBX does not recognise the replies.'),
      l10n.t('auto_aliases left on: other domains that resolve to this computer count as its own.'),
      l10n.t('Plain RTP from the PBX with TLS to Exotel: offer SDES on the PBX or add rtpengine.'),
      l10n.t(
        'The PBX behind NAT: the proxy leaves the addresses of the audio as they are. The PBX has to name its public address, or add rtpengine.',
      ),
    ];
  },
};
