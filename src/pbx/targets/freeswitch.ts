/**
 * pbx/targets: one file per PBX.
 *
 * FreeSWITCH: a Sofia profile of its own with the gateway in it, the list of who may call in, and the
 * dialplan. Its own profile, because the two of the standard configuration verify no certificate and
 * let calls in from anywhere. Parameter names: mod_sofia/sofia.c, v1.10.12.
 */
import { freeswitchDialString, xmlAttribute, xmlPlain } from '../quoting/freeswitch-xml';
import { PASSWORD_PLACEHOLDER, filePath } from '../quoting/plain';
import type { Codec, PbxFile, PbxTarget, TrunkConnection } from '../types';
import { headedFile } from '../writing/file';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  certificatePlaceholders,
  checkedValues,
  codecNames,
  dialsFromIndia,
  inboundContextName,
  inboundOptions,
  listenPort,
  natOptions,
  peerPlaceholder,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from './common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = { PCMA: 'PCMA', PCMU: 'PCMU', G729: 'G729' };
const SRTP = 'mandatory:AES_CM_128_HMAC_SHA1_80';
const TLS_DIR = '/etc/freeswitch/tls/exotel';
const CLOSED_CONTEXT = 'exotel-closed';

function param(name: string, value: string | number): string {
  return `<param name="${name}" value="${value}"/>`;
}

function action(application: string, data: string): string {
  return `<action application="${application}" data="${data}"/>`;
}

function indent(lines: readonly string[], depth: number): string[] {
  return lines.map((line) => `${'  '.repeat(depth)}${line}`);
}

function codecs(connection: TrunkConnection): string {
  return codecNames(connection, CODEC_NAMES).join(',');
}

function gateway(connection: TrunkConnection, values: CheckedValues): string[] {
  const edge = `${xmlPlain('Edge host', values.edgeHost)}:${values.edgePort}`;
  const lines: string[] = [];
  if (usesCredential(connection)) {
    const given = connection.password;
    const secret =
      given === null ? PASSWORD_PLACEHOLDER : xmlAttribute('SIP password', given.reveal());
    lines.push(
      '<!-- Every character of a password that is not a letter or digit stands as a number: &#36; is the dollar sign. -->',
      param('username', xmlAttribute('SIP user name', userName(connection))),
      param('password', secret),
    );
  }
  lines.push(
    param('proxy', `${edge};transport=${connection.transport}`),
    '<!-- Exotel takes no registration; left out, FreeSWITCH would try. -->',
    param('register', 'false'),
    param('register-transport', connection.transport),
    '<!-- The From of every call: a number of the trunk at the account domain, else Exotel rejects it. -->',
    param('from-user', values.callerId),
    param('from-domain', xmlPlain('SIP domain', values.sipDomain)),
    param('caller-id-in-from', 'false'),
    param('ping', 60),
  );
  return ['<gateway name="exotel">', ...indent(lines, 1), '</gateway>'];
}

function settings(connection: TrunkConnection, values: CheckedValues): string[] {
  const listen = listenPort(connection, freeswitch);
  const lines = [
    param('context', inboundContext(connection)),
    param('dialplan', 'XML'),
    param('sip-ip', 'auto'),
    param('rtp-ip', 'auto'),
  ];
  if (values.publicAddress !== null) {
    lines.push(
      '<!-- Behind NAT: what Exotel is told instead of the local address. -->',
      param('ext-sip-ip', values.publicAddress),
      param('ext-rtp-ip', values.publicAddress),
      param(
        'local-network-acl',
        values.localNetworks.length > 0 ? 'exotel-local' : 'localnet.auto',
      ),
    );
  }
  if (connection.transport === 'tls') {
    lines.push(
      param('tls', 'true'),
      param('tls-only', 'true'),
      param('tls-sip-port', listen),
      param('tls-version', 'tlsv1.2'),
      '<!-- agent.pem is the certificate followed by its key, cafile.pem the CAs to trust: -->',
      `<!-- ${xmlPlain('Certificate file', filePath('Certificate file', connection.certificateFile))} and ${xmlPlain('Private key file', filePath('Private key file', connection.privateKeyFile))} make agent.pem -->`,
      `<!-- ${xmlPlain('CA file', filePath('CA file', connection.caFile))} is cafile.pem -->`,
      param('tls-cert-dir', TLS_DIR),
      '<!-- Check the certificate of the edge and that it is in its name. The default checks nothing. -->',
      param('tls-verify-policy', 'out|subjects_out'),
      param('tls-verify-date', 'true'),
      param('tls-verify-depth', 4),
    );
  } else {
    lines.push(param('sip-port', listen), param('bind-params', 'transport=tcp'));
  }
  lines.push(
    param('inbound-codec-prefs', codecs(connection)),
    param('outbound-codec-prefs', codecs(connection)),
    '<!-- The dialplan runs before the codec is agreed on, so that it can demand SRTP. -->',
    param('inbound-late-negotiation', 'true'),
    param('dtmf-type', 'rfc2833'),
    param('manage-presence', 'false'),
    param('auth-calls', 'false'),
  );
  lines.push(
    callsIn(connection)
      ? '<!-- Calls in: only from the list in exotel-acl.xml, all others get 403. -->'
      : '<!-- Calls in: nobody but this computer itself. -->',
    param('apply-inbound-acl', callsIn(connection) ? 'exotel' : 'loopback.auto'),
  );
  return ['<settings>', ...indent(lines, 1), '</settings>'];
}

function inboundContext(connection: TrunkConnection): string {
  if (!callsIn(connection)) return CLOSED_CONTEXT;
  // "default" is where the phones are and calls go out.
  const context = inboundContextName(connection, ['default', CLOSED_CONTEXT]);
  return xmlPlain('Inbound context', context);
}

function profile(connection: TrunkConnection, values: CheckedValues): PbxFile {
  const lines: string[] = [];
  if (callsOut(connection)) {
    lines.push('<gateways>', ...indent(gateway(connection, values), 1), '</gateways>');
  }
  lines.push(...settings(connection, values));
  if (wantsInbound(connection) && !callsIn(connection)) lines.push(`<!-- ${INBOUND_LEFT_OUT} -->`);
  return file(connection, 'exotel.xml', 'sip_profiles', [
    '<profile name="exotel">',
    ...indent(lines, 1),
    '</profile>',
  ]);
}

function accessList(name: string, networks: readonly string[]): string[] {
  return [
    `<list name="${name}" default="deny">`,
    ...networks.map((network) => `  <node type="allow" cidr="${network}"/>`),
    '</list>',
  ];
}

/** What a call out needs on its own leg, without touching the leg of the phone. */
function legVariables(connection: TrunkConnection): string[] {
  const lines = [
    action('set', 'hangup_after_bridge=true'),
    action('export', `nolocal:absolute_codec_string=${codecs(connection)}`),
    action('export', 'nolocal:sip_cid_type=pid'),
  ];
  if (connection.transport === 'tls') {
    lines.push(action('export', `nolocal:rtp_secure_media=${SRTP}`));
  }
  return lines;
}

function extension(name: string, expression: string, actions: readonly string[]): string[] {
  return [
    `<extension name="${name}">`,
    `  <condition field="destination_number" expression="${expression}">`,
    ...indent(actions, 2),
    '  </condition>',
    '</extension>',
  ];
}

function dialplanOut(connection: TrunkConnection, values: CheckedValues): PbxFile {
  const shown = action('set', `effective_caller_id_number=${values.callerId}`);
  const lines: string[] = [];
  if (connection.useCase === 'streamkit') {
    lines.push(
      '<!-- A call to this number goes to the voice bot. Without the header Exotel cannot route it. -->',
      ...extension('exotel-streamkit', `^\\${values.flowNumber}$`, [
        shown,
        ...legVariables(connection),
        action(
          'export',
          `nolocal:sip_h_X-Exotel-AccountSid=${xmlPlain('Account SID', values.accountSid)}`,
        ),
        action('bridge', `sofia/gateway/exotel/${values.flowNumber}`),
      ]),
    );
  } else {
    if (dialsFromIndia(values)) {
      lines.push(
        ...extension('exotel-india', '^(?:0|91)?([2-9]\\d{9})$', [action('transfer', '+91$1')]),
      );
    }
    lines.push(
      ...extension('exotel-out', '^(?:\\+|00)([1-9]\\d{7,14})$', [
        shown,
        ...legVariables(connection),
        action('bridge', 'sofia/gateway/exotel/+$1'),
      ]),
    );
  }
  return file(connection, 'exotel-dialplan-out.xml', 'dialplan/default', [
    '<include>',
    ...indent(lines, 1),
    '</include>',
  ]);
}

function dialplanIn(connection: TrunkConnection, values: CheckedValues): PbxFile {
  const peer = connection.insidePeer === '' ? freeswitch.insidePeer : connection.insidePeer;
  const digits = values.numbers.map((number) => number.slice(1)).join('|');
  const actions = [
    action('log', 'NOTICE Exotel call ${sip_h_X-Exotel-CallSid} to ${destination_number}'),
    action('set', 'hangup_after_bridge=true'),
  ];
  if (connection.transport === 'tls') {
    actions.push(action('set', `rtp_secure_media=${SRTP}`));
  }
  actions.push(action('bridge', freeswitchDialString('Inside peer', peer)));
  const context = [
    `<context name="${inboundContext(connection)}">`,
    ...indent(
      extension('exotel-in', `^\\+?(${digits === '' ? '[1-9]\\d{7,14}' : digits})$`, actions),
      1,
    ),
    '</context>',
  ];
  return file(connection, 'exotel-dialplan-in.xml', 'dialplan', [
    '<include>',
    ...indent(context, 1),
    '</include>',
  ]);
}

function file(
  connection: TrunkConnection,
  name: string,
  folder: string,
  lines: readonly string[],
): PbxFile {
  const kind = { name, folder, languageId: 'xml', comment: '<!--', extent: 'whole' } as const;
  return headedFile(connection, freeswitch, kind, lines.join('\n'));
}

export const freeswitch: PbxTarget = {
  id: 'freeswitch',
  name: 'FreeSWITCH',
  group: 'pbx',
  keywords: ['Sofia', 'SignalWire', 'mod_sofia'],
  versions: 'FreeSWITCH 1.10',
  variants: [],
  evidence: { level: 'parser', basis: 'libxml2', checked: '2026-11-23' },
  fileNames: ['exotel*.xml', 'acl.conf.xml', 'external.xml', 'public.xml', 'default.xml'],
  insidePeer: 'user/1000',
  listenPorts: { tls: 5091, tcp: 5090 },
  uses: (connection) => [
    ...natOptions(connection),
    ...inboundOptions(connection),
    ...(connection.transport === 'tls'
      ? (['certificateFile', 'privateKeyFile', 'caFile'] as const)
      : []),
  ],
  placeholders: (connection) => [
    ...peerPlaceholder(connection, 'user/1000'),
    ...(connection.transport === 'tls' ? certificatePlaceholders(connection) : []),
  ],
  cannot: () => null,
  render(connection) {
    const values = checkedValues(connection);
    const files = [profile(connection, values)];
    const lists = [
      ...(callsIn(connection) ? accessList('exotel', values.exotelNetworks) : []),
      ...(values.localNetworks.length > 0 ? accessList('exotel-local', values.localNetworks) : []),
    ];
    if (lists.length > 0) {
      const lines = ['<include>', ...indent(lists, 1), '</include>'];
      files.push(file(connection, 'exotel-acl.xml', 'autoload_configs', lines));
    }
    if (callsOut(connection)) {
      files.push(dialplanOut(connection, values));
    }
    if (callsIn(connection)) {
      files.push(dialplanIn(connection, values));
    }
    return files;
  },
  guide: () => ({
    where:
      'exotel.xml in sip_profiles/; the lists of exotel-acl.xml inside network-lists of autoload_configs/acl.conf.xml; exotel-dialplan-out.xml in dialplan/default/; exotel-dialplan-in.xml in dialplan/',
    load: "fs_cli -x 'reloadxml', 'reloadacl', then 'sofia profile exotel start' (later: 'sofia profile exotel restart')",
    check:
      "fs_cli -x 'sofia status gateway exotel' (NOREG and UP), 'sofia status profile exotel', 'acl 203.0.113.7 exotel'; 'sofia global siptrace on' shows the SIP messages",
  }),
  mistakes: [
    'register left out: the default is true and Exotel takes no registration.',
    'contact-params with a transport: the Contact then carries two. register-transport is right.',
    'auth-calls true without a list: Exotel is challenged and its calls fail.',
    'The gateway in a profile without apply-inbound-acl: anyone may call in.',
    'rtp_secure_media optional: the call goes out unencrypted and Exotel refuses it.',
    'A port that another profile uses already (5060, 5061, 5080, 5081): the profile does not start.',
    'Gateway DOWN: remove ping; Exotel does not promise to answer OPTIONS.',
  ],
};
