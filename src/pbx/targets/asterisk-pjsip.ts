/**
 * pbx/targets: one file per PBX.
 *
 * Asterisk with PJSIP: pjsip.conf and extensions.conf. Directive names: pjsip_config.xml, branch 22.
 */
import { asteriskDialString, asteriskValue, escapeSemicolons } from '../quoting/asterisk-conf';
import { filePath } from '../quoting/plain';
import type { Codec, PbxTarget, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
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
  password,
  peerPlaceholder,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from './common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = { PCMA: 'alaw', PCMU: 'ulaw', G729: 'g729' };
/** Where a call in would go when none may come in. */
const CLOSED_CONTEXT = 'exotel-closed';
/** Sections of extensions.conf that are something else than a context for calls in. */
const TAKEN_CONTEXTS = [
  'general',
  'globals',
  'exotel-outbound',
  'exotel-streamkit',
  'exotel-streamkit-header',
  CLOSED_CONTEXT,
];

function inboundContext(connection: TrunkConnection): string {
  return callsIn(connection) ? inboundContextName(connection, TAKEN_CONTEXTS) : CLOSED_CONTEXT;
}

/** Only who is called shows a certificate: Asterisk 22 calls out over TLS without one (tried). */
function showsCertificate(connection: TrunkConnection): boolean {
  return connection.transport === 'tls' && wantsInbound(connection);
}

function transportSection(connection: TrunkConnection, values: CheckedValues): string[] {
  const lines = [
    '[exotel-transport]',
    'type = transport',
    `protocol = ${connection.transport}`,
    `bind = 0.0.0.0:${listenPort(connection, asteriskPjsip)}`,
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

function endpointSection(connection: TrunkConnection, values: CheckedValues): string[] {
  const lines = [
    '[exotel]',
    'type = endpoint',
    'transport = exotel-transport',
    `context = ${inboundContext(connection)}`,
    'disallow = all',
    `allow = ${codecNames(connection, CODEC_NAMES).join(',')}`,
  ];
  if (callsOut(connection)) {
    lines.push('aors = exotel');
    if (usesCredential(connection)) {
      lines.push(
        '; Only for calls out. auth = here would challenge Exotel on calls in.',
        'outbound_auth = exotel-auth',
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
    'rewrite_contact = yes',
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

function pjsipConf(connection: TrunkConnection, values: CheckedValues): string {
  const blocks = [transportSection(connection, values), endpointSection(connection, values)];
  if (callsOut(connection)) {
    const uri = `sip:${values.edgeHost}:${values.edgePort};transport=${connection.transport}`;
    blocks.push([
      '[exotel]',
      'type = aor',
      `contact = ${escapeSemicolons(uri)}`,
      'qualify_frequency = 60',
    ]);
  }
  if (usesCredential(connection)) {
    blocks.push([
      '[exotel-auth]',
      'type = auth',
      '; Before Asterisk 20.12, 21.7 and 22.2: auth_type = userpass',
      'auth_type = digest',
      `username = ${asteriskValue('SIP user name', userName(connection))}`,
      `password = ${asteriskValue('SIP password', password(connection))}`,
    ]);
  }
  if (callsIn(connection)) {
    blocks.push([
      '[exotel-identify]',
      'type = identify',
      'endpoint = exotel',
      '; Never add match_header: it is "or", and anyone who sends the header gets in.',
      ...values.exotelNetworks.map((network) => `match = ${network}`),
    ]);
  } else if (wantsInbound(connection)) {
    blocks.push([`; ${INBOUND_LEFT_OUT}`]);
  }
  return paragraphs(blocks);
}

/** Setting the number also sets P-Asserted-Identity, which would show the inside extension else. */
function dial(values: CheckedValues, target: string, options: string): string[] {
  return [
    ` same => n,Set(CALLERID(num)=${values.callerId})`,
    ` same => n,Dial(PJSIP/${target}@exotel,60${options})`,
    ' same => n,Hangup()',
  ];
}

function outboundContext(values: CheckedValues): string[] {
  const lines = [
    '[exotel-outbound]',
    '; include => exotel-outbound in the context of your phones. FILTER keeps "&" and the like out of Dial.',
    'exten => _+X.,1,Set(E164=+${FILTER(0-9,${EXTEN:1})})',
    ...dial(values, '${E164}', ''),
    'exten => _00X.,1,Goto(exotel-outbound,+${EXTEN:2},1)',
  ];
  if (dialsFromIndia(values)) {
    lines.push(
      'exten => _0NXXXXXXXXX,1,Goto(exotel-outbound,+91${EXTEN:1},1)',
      'exten => _NXXXXXXXXX,1,Goto(exotel-outbound,+91${EXTEN},1)',
      'exten => _91NXXXXXXXXX,1,Goto(exotel-outbound,+${EXTEN},1)',
    );
  }
  return lines;
}

function streamkitContexts(values: CheckedValues): string[][] {
  return [
    [
      '[exotel-streamkit]',
      '; Send a call to the voice bot with Goto(exotel-streamkit,s,1).',
      'exten => s,1,NoOp(Exotel StreamKit)',
      ...dial(values, values.flowNumber, ',b(exotel-streamkit-header^s^1)'),
      `exten => ${values.flowNumber},1,Goto(exotel-streamkit,s,1)`,
    ],
    [
      '[exotel-streamkit-header]',
      '; Without this header Exotel cannot route the call to the flow.',
      `exten => s,1,Set(PJSIP_HEADER(add,X-Exotel-AccountSid)=${values.accountSid})`,
      ' same => n,Return()',
    ],
  ];
}

function inboundContexts(connection: TrunkConnection, values: CheckedValues): string[][] {
  if (!callsIn(connection)) {
    const closed = [`[${CLOSED_CONTEXT}]`];
    if (wantsInbound(connection)) closed.push(`; ${INBOUND_LEFT_OUT}`);
    closed.push('; No call comes in on this trunk.', 'exten => _[+0-9].,1,Hangup(21)');
    return [closed];
  }
  const peer = connection.insidePeer === '' ? asteriskPjsip.insidePeer : connection.insidePeer;
  const ring = [
    'Log(NOTICE,Exotel call ${PJSIP_HEADER(read,X-Exotel-CallSid)} to ${EXTEN})',
    `Dial(${asteriskDialString('Inside peer', peer)},30)`,
    'Hangup()',
  ];
  // Exotel puts the number that was dialled into the request URI, E.164 with plus. Taken without it too.
  const extensions =
    values.numbers.length === 0
      ? [{ withPlus: '_+X.', without: '_X.', goto: '+${FILTER(0-9,${EXTEN})}' }]
      : values.numbers.map((number) => ({
          withPlus: number,
          without: number.slice(1),
          goto: number,
        }));
  return [
    [
      `[${inboundContext(connection)}]`,
      ...extensions.flatMap(({ withPlus, without, goto }) => [
        ...ring.map((step, index) =>
          index === 0 ? `exten => ${withPlus},1,${step}` : ` same => n,${step}`,
        ),
        `exten => ${without},1,Goto(${goto},1)`,
      ]),
    ],
  ];
}

function extensionsConf(connection: TrunkConnection, values: CheckedValues): string {
  const blocks: string[][] = [];
  if (connection.useCase === 'streamkit') blocks.push(...streamkitContexts(values));
  else if (callsOut(connection)) blocks.push(outboundContext(values));
  blocks.push(...inboundContexts(connection, values));
  return paragraphs(blocks);
}

export const asteriskPjsip: PbxTarget = {
  id: 'asterisk-pjsip',
  name: 'Asterisk (PJSIP)',
  group: 'pbx',
  keywords: ['Issabel', 'res_pjsip', 'pjsip.conf', 'extensions.conf'],
  versions: 'Asterisk 18 and later; the text is for 20.12, 21.7, 22.2 and later',
  variants: [],
  evidence: { level: 'calls', basis: 'Asterisk 22 and 16', checked: '2026-11-23' },
  fileNames: ['pjsip.conf', 'pjsip_*.conf', 'pjsip.*.conf', 'extensions.conf', 'extensions_*.conf'],
  insidePeer: 'PJSIP/6001',
  listenPorts: { tls: 5061, tcp: 5060 },
  uses: (connection) => [
    ...natOptions(connection),
    ...inboundOptions(connection),
    ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
    ...(showsCertificate(connection) ? (['certificateFile', 'privateKeyFile'] as const) : []),
  ],
  placeholders: (connection) => [
    ...peerPlaceholder(connection, 'PJSIP/6001'),
    ...(showsCertificate(connection) ? certificatePlaceholders(connection) : []),
  ],
  cannot: () => null,
  render(connection) {
    const values = checkedValues(connection);
    const conf = { languageId: 'ini', comment: ';', extent: 'part' } as const;
    return [
      headedFile(
        connection,
        asteriskPjsip,
        { name: 'pjsip.conf', ...conf },
        pjsipConf(connection, values),
        ['Exotel takes no registration: none is configured.'],
      ),
      headedFile(
        connection,
        asteriskPjsip,
        { name: 'extensions.conf', ...conf },
        extensionsConf(connection, values),
      ),
    ];
  },
  guide: () => ({
    where:
      '/etc/asterisk/pjsip.conf and /etc/asterisk/extensions.conf, or files they #include. A second Exotel trunk needs other section names.',
    load: "asterisk -rx 'core reload' (a new transport needs 'core restart when convenient')",
    check:
      "asterisk -rx 'pjsip show endpoint exotel', 'pjsip qualify exotel', 'pjsip show identifies'; 'pjsip set logger on' shows the SIP messages",
  }),
  mistakes: [
    'A registration section: Exotel takes none.',
    'match_header beside match in the identify section: it is "or", and a stranger who sends the header gets in.',
    "auth on the endpoint: Exotel's INVITE is then challenged and the call fails.",
    '";transport=tls" without the backslash: the rest of the line is a comment.',
    'Dialling 0XXXXXXXXXX or 91XXXXXXXXXX: Exotel wants E.164 with the plus.',
    'No local_net behind NAT: the SDP carries a private address and there is no audio.',
    "Contact Unavail in 'pjsip show contacts': set qualify_frequency = 0; Exotel does not promise to answer OPTIONS.",
  ],
};
