/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Cisco Unified Border Element: commands of IOS XE's running configuration, for pasting in configuration
 * mode. Everything of the trunk hangs on one tenant. Calls go by dial-peer group from side to side, so
 * that no number dialled from outside can find a way back out.
 */
import * as l10n from '@vscode/l10n';
import { iosNetwork, iosPeer, iosWord, type IosPeer } from '../quoting/cisco-ios';
import { isIpv4, peerName } from '../quoting/plain';
import { OLDER, ciscoCube } from '../cards/cisco-cube';
import type { Codec } from '../options';
import type { PbxWriter, Placeholder, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  codecNames,
  listenPort,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';
import { numberFor, toE164, type NumberRule } from './shared/sbc';

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'g711alaw',
  PCMU: 'g711ulaw',
  G729: 'g729r8',
};
/** The address that Exotel must not be told when the router is behind NAT. */
const OWN_ADDRESS = '192.0.2.20';
const OUTSIDE_INTERFACE = 'GigabitEthernet0/0/0';
const INSIDE_INTERFACE = 'GigabitEthernet0/0/1';
const IDENTITY = 'SBC-IDENTITY';
/** A destination pattern that nobody dials: the dial peer is reached through its group only. */
const UNDIALLED = 'BAD.BAD';

interface Names {
  readonly peer: string;
  /** The tag of every class, even; dial peers are this one and a digit. No class goes beyond 10000. */
  readonly tag: number;
  readonly inside: IosPeer;
}

function namesOf(connection: TrunkConnection): Names {
  const text = connection.insidePeer === '' ? ciscoCube.insidePeer : connection.insidePeer;
  return {
    peer: peerName('Name inside the PBX', connection.peerName),
    tag: 2 * numberFor(connection, 500, 4500),
    inside: iosPeer('Inside peer', text),
  };
}

function isOlder(connection: TrunkConnection): boolean {
  return connection.variant === OLDER;
}

function sessionTransport(connection: TrunkConnection): string {
  return connection.transport === 'tls' ? 'tcp tls' : 'tcp';
}

function serviceBlock(connection: TrunkConnection, values: CheckedValues, names: Names): string[] {
  const trusted: string[] = [];
  if (names.inside.kind === 'address') trusted.push(`  ipv4 ${names.inside.address}`);
  if (callsIn(connection)) {
    trusted.push(...values.exotelNetworks.map((network) => `  ipv4 ${iosNetwork(network)}`));
  }
  return [
    '! Calls are taken from this list and from addresses that dial peers point to, from nobody else.',
    '! Never "no ip address trusted authenticate": the router would then take calls from anyone.',
    'voice service voip',
    ' ip address trusted authenticate',
    ...(trusted.length === 0 ? [] : [' ip address trusted list', ...trusted]),
    ' mode border-element',
    ' allow-connections sip to sip',
  ];
}

function codecBlock(connection: TrunkConnection, { tag }: Names): string[] {
  return [
    `voice class codec ${tag}`,
    ...codecNames(connection, CODEC_NAMES).map(
      (codec, index) => ` codec preference ${index + 1} ${codec}`,
    ),
  ];
}

function tlsBlocks(connection: TrunkConnection, { peer, tag }: Names): string[][] {
  const blocks = [
    [
      `! The CA of Exotel's edge. After pasting: crypto pki authenticate ${peer}-ca`,
      `crypto pki trustpoint ${peer}-ca`,
      ' enrollment terminal',
      ' revocation-check crl none',
    ],
    [
      '! With TLS Exotel takes SRTP only.',
      `voice class srtp-crypto ${tag}`,
      ' crypto 1 AES_CM_128_HMAC_SHA1_80',
    ],
  ];
  if (isOlder(connection)) {
    blocks.push([
      '! For the whole router: its certificate, and the name in the certificate of the other side checked.',
      'sip-ua',
      ' transport tcp tls v1.2',
      ` crypto signaling default trustpoint ${IDENTITY} cn-san-validate server`,
    ]);
  } else {
    blocks.push(
      ['! For the whole router: no TLS older than 1.2.', 'sip-ua', ' transport tcp tls v1.2'],
      [
        '! The certificate of the edge has to hold the name that is called.',
        `voice class tls-profile ${tag}`,
        ` trustpoint ${IDENTITY}`,
        ' cn-san validate server',
      ],
    );
  }
  return blocks;
}

function profileBlock(
  connection: TrunkConnection,
  values: CheckedValues,
  { tag }: Names,
): string[] {
  const rules: string[] = [];
  const comments: string[] = [];
  if (callsOut(connection)) {
    const from = `<sip:${values.callerId}@${values.sipDomain}>`;
    comments.push(
      '! The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
    );
    rules.push(
      `request ANY sip-header From modify "<.*>" "${from}"`,
      `request ANY sip-header P-Asserted-Identity modify "<.*>" "${from}"`,
    );
  }
  if (connection.useCase === 'streamkit') {
    comments.push('! Without X-Exotel-AccountSid Exotel cannot route the call to the flow.');
    rules.push(
      `request INVITE sip-header X-Exotel-AccountSid add "X-Exotel-AccountSid: ${values.accountSid}"`,
    );
  }
  if (values.publicAddress !== null) {
    comments.push(
      `! Behind NAT: ${OWN_ADDRESS} stands for the address of ${OUTSIDE_INTERFACE}, as CUBE writes it.`,
    );
    for (const kind of ['request', 'response']) {
      rules.push(
        `${kind} ANY sip-header Contact modify "${OWN_ADDRESS}" "${values.publicAddress}"`,
        `${kind} ANY sdp-header Session-Owner modify "${OWN_ADDRESS}" "${values.publicAddress}"`,
        `${kind} ANY sdp-header Connection-Info modify "${OWN_ADDRESS}" "${values.publicAddress}"`,
        `${kind} ANY sdp-header Audio-Connection-Info modify "${OWN_ADDRESS}" "${values.publicAddress}"`,
        `${kind} ANY sdp-header Audio-Attribute modify "${OWN_ADDRESS}" "${values.publicAddress}"`,
      );
    }
  }
  return rules.length === 0
    ? []
    : [
        ...comments,
        `voice class sip-profiles ${tag}`,
        ...rules.map((rule, index) => ` rule ${index + 1} ${rule}`),
      ];
}

function tenantBlock(
  connection: TrunkConnection,
  values: CheckedValues,
  { tag }: Names,
  hasProfile: boolean,
): string[] {
  const lines = [
    '! No registrar and no credentials: they would make the router register, which Exotel does not take.',
    `voice class tenant ${tag}`,
  ];
  if (callsOut(connection)) {
    const kind = isIpv4(values.edgeHost) ? 'ipv4' : 'dns';
    lines.push(` sip-server ${kind}:${values.edgeHost}:${values.edgePort}`);
  }
  lines.push(` session transport ${sessionTransport(connection)}`);
  const port = listenPort(connection, ciscoCube);
  if (wantsInbound(connection) && port !== ciscoCube.listenPorts[connection.transport]) {
    if (isOlder(connection)) {
      lines.splice(
        0,
        0,
        `! Exotel was told port ${port}, but this release listens on ${ciscoCube.listenPorts[connection.transport]} for every trunk: change the destination URI of the trunk.`,
      );
    } else {
      lines.push(
        ` listen-port ${connection.transport === 'tls' ? 'secure' : 'non-secure'} ${port}`,
      );
    }
  }
  if (connection.transport === 'tls') {
    if (!isOlder(connection)) lines.push(` tls-profile ${tag}`);
    lines.push(` srtp-crypto ${tag}`);
  }
  if (usesCredential(connection)) {
    const user = iosWord('SIP user name', userName(connection));
    // No realm: whichever Exotel asks with is answered. 0: the word after it is the password as it is.
    lines.push(
      ` authentication username ${user} password 0 ${iosWord('SIP password', password(connection))}`,
    );
  }
  lines.push(' no remote-party-id', ' asserted-id pai', ' early-offer forced');
  if (hasProfile) lines.push(` sip-profiles ${tag}`);
  lines.push(
    ` bind control source-interface ${OUTSIDE_INTERFACE}`,
    ` bind media source-interface ${OUTSIDE_INTERFACE}`,
  );
  return lines;
}

/** IOS: groups are `\(`…`\)`, and one rule after the other until one matches. */
function iosRule({ before, first, digits, prefix }: NumberRule): string {
  const rest = digits === 'any' ? '.*' : '.'.repeat(digits - 1);
  return `/^${before}\\([${first}]${rest}\\)$/ /${prefix}\\1/`;
}

function translationBlocks(
  connection: TrunkConnection,
  values: CheckedValues,
  { peer, tag }: Names,
): string[][] {
  const blocks: string[][] = [];
  const add = (comment: string, number: number, name: string, rules: readonly string[]): void => {
    blocks.push(
      [
        `! ${comment}`,
        `voice translation-rule ${number}`,
        ...rules.map((rule, index) => ` rule ${index + 1} ${rule}`),
      ],
      [`voice translation-profile ${name}`, ` translate called ${number}`],
    );
  };
  if (connection.useCase === 'streamkit') {
    const rule = `/^.*$/ /${values.flowNumber}/`;
    add('The flow is reached by its Exophone, whatever was dialled.', tag * 10 + 1, `${peer}-out`, [
      rule,
    ]);
  } else if (callsOut(connection)) {
    add('E.164 with plus.', tag * 10 + 1, `${peer}-out`, toE164(values).map(iosRule));
  }
  if (callsIn(connection)) {
    add('Exotel sends +E.164; without the plus it is taken too.', tag * 10 + 2, `${peer}-in`, [
      '/^\\([1-9].*\\)$/ /+\\1/',
    ]);
  }
  return blocks;
}

/** The class only chooses the dial peer; who may call at all is in the trusted list. */
function uriHost(network: string): string {
  const [address = '', width = '32'] = network.split('/');
  if (width === '32') return ` host ipv4:${address}`;
  const octets = address.split('.').slice(0, Number(width) >= 24 ? 3 : Number(width) >= 16 ? 2 : 1);
  return ` host ^${octets.join('\\.')}\\.`;
}

function media(connection: TrunkConnection, tag: number): string[] {
  return [
    ` voice-class codec ${tag}`,
    ` voice-class sip tenant ${tag}`,
    ' dtmf-relay rtp-nte',
    ...(connection.transport === 'tls' ? [' srtp'] : []),
    ' no vad',
  ];
}

function insideMedia(tag: number): string[] {
  return [
    ` voice-class codec ${tag}`,
    ` voice-class sip bind control source-interface ${INSIDE_INTERFACE}`,
    ` voice-class sip bind media source-interface ${INSIDE_INTERFACE}`,
    ' dtmf-relay rtp-nte',
    ' no vad',
  ];
}

function outboundBlocks(connection: TrunkConnection, { peer, tag, inside }: Names): string[][] {
  const out = tag * 10 + 1;
  const blocks = [
    [`voice class sip-options-keepalive ${tag}`, ` transport ${sessionTransport(connection)}`],
    [
      `dial-peer voice ${out} voip`,
      ` description ${peer}: calls to Exotel`,
      ` translation-profile outgoing ${peer}-out`,
      ` destination-pattern ${UNDIALLED}`,
      ' session protocol sipv2',
      ' session target sip-server',
      ` session transport ${sessionTransport(connection)}`,
      ` voice-class sip options-keepalive profile ${tag}`,
      ...media(connection, tag),
    ],
    [`voice class dpg ${tag}`, ` dial-peer ${out}`],
  ];
  if (inside.kind === 'address') {
    blocks.push(
      [`voice class uri ${peer}-pbx sip`, ` host ipv4:${inside.address}`],
      [
        `dial-peer voice ${tag * 10 + 2} voip`,
        ` description ${peer}: calls from the PBX, all of them to Exotel`,
        ' session protocol sipv2',
        ` incoming uri via ${peer}-pbx`,
        ` destination dpg ${tag}`,
        ...insideMedia(tag),
      ],
    );
  } else {
    blocks.push([
      `! In the dial peer that takes the calls from inside, add: destination dpg ${tag}`,
    ]);
  }
  return blocks;
}

function inboundBlocks(
  connection: TrunkConnection,
  values: CheckedValues,
  { peer, tag, inside }: Names,
): string[][] {
  const toPbx = inside.kind === 'address' ? tag * 10 + 4 : inside.tag;
  const blocks: string[][] = [];
  if (inside.kind === 'address') {
    const target = `ipv4:${inside.address}${inside.port === null ? '' : `:${inside.port}`}`;
    blocks.push([
      `dial-peer voice ${toPbx} voip`,
      ` description ${peer}: calls to the PBX`,
      ` destination-pattern ${UNDIALLED}`,
      ' session protocol sipv2',
      ` session target ${target}`,
      ' session transport tcp',
      ...insideMedia(tag),
    ]);
  }
  blocks.push(
    [`voice class dpg ${tag + 1}`, ` dial-peer ${toPbx}`],
    [
      '! Which dial peer takes a call from Exotel. Who may call at all is in the trusted list above.',
      `voice class uri ${peer}-edge sip`,
      ...values.exotelNetworks.map(uriHost),
    ],
    [
      `dial-peer voice ${tag * 10 + 3} voip`,
      ` description ${peer}: calls from Exotel, all of them to the PBX`,
      ` translation-profile incoming ${peer}-in`,
      ' session protocol sipv2',
      ` session transport ${sessionTransport(connection)}`,
      ` incoming uri via ${peer}-edge`,
      ` destination dpg ${tag + 1}`,
      ...media(connection, tag),
    ],
  );
  return blocks;
}

function configuration(connection: TrunkConnection, values: CheckedValues): string {
  const names = namesOf(connection);
  const profile = profileBlock(connection, values, names);
  const blocks = [
    [
      `! Every tag of this text is ${names.tag}, ${names.tag + 1}, or ${names.tag} and a digit, made from the name ${names.peer}. Taken already? Use another name.`,
    ],
    serviceBlock(connection, values, names),
    codecBlock(connection, names),
    ...(connection.transport === 'tls' ? tlsBlocks(connection, names) : []),
    ...(profile.length === 0 ? [] : [profile]),
    tenantBlock(connection, values, names, profile.length > 0),
    ...translationBlocks(connection, values, names),
    ...(callsOut(connection) ? outboundBlocks(connection, names) : []),
  ];
  if (callsIn(connection)) blocks.push(...inboundBlocks(connection, values, names));
  else if (wantsInbound(connection)) blocks.push([`! ${INBOUND_LEFT_OUT}`]);
  return paragraphs(blocks);
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  const found: Placeholder[] = [];
  if (connection.insidePeer === '') {
    found.push({
      text: '192.0.2.10',
      meaning: 'the address of the PBX behind this router',
      doNext: l10n.t(
        '{0} is an example: put the address of the PBX behind this router there.',
        '192.0.2.10',
      ),
      level: 'problem',
    });
  }
  if (connection.publicAddress !== null) {
    found.push({
      text: OWN_ADDRESS,
      meaning: `the address of ${OUTSIDE_INTERFACE} itself, which NAT hides`,
      doNext: l10n.t(
        '{0} is an example: put the address of {1} itself, which NAT hides, there.',
        OWN_ADDRESS,
        OUTSIDE_INTERFACE,
      ),
      level: 'problem',
    });
  }
  if (connection.transport === 'tls') {
    found.push({
      text: IDENTITY,
      meaning: "the trustpoint with this router's own certificate",
      doNext: l10n.t(
        "{0} is an example: put the trustpoint with this router's own certificate there.",
        IDENTITY,
      ),
      level: 'info',
    });
  }
  found.push({
    text: OUTSIDE_INTERFACE,
    meaning: 'the interface towards Exotel',
    doNext: l10n.t('{0} is an example: put the interface towards Exotel there.', OUTSIDE_INTERFACE),
    level: 'info',
  });
  const hasInside = callsOut(connection) || callsIn(connection);
  if (hasInside && !connection.insidePeer.startsWith('dial-peer:')) {
    found.push({
      text: INSIDE_INTERFACE,
      meaning: 'the interface towards the PBX',
      doNext: l10n.t(
        '{0} is an example: put the interface towards the PBX there.',
        INSIDE_INTERFACE,
      ),
      level: 'info',
    });
  }
  return found;
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    'publicAddress',
    'insidePeer',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders,
  render(connection) {
    const values = checkedValues(connection);
    return [
      headedFile(
        connection,
        writer,
        { name: 'exotel-cube.cfg', languageId: 'cisco', comment: '!', extent: 'part' },
        configuration(connection, values),
        ['Exotel takes no registration: none is configured.'],
      ),
    ];
  },
  guide: (connection) => ({
    where: l10n.t(
      'The running configuration of the router: configure terminal, then paste. The lines are added to what is there.',
    ),
    load:
      connection.transport === 'tls'
        ? l10n.t(
            'crypto pki authenticate {0}-ca with the CA certificate of the edge; call both ways, then write memory',
            connection.peerName,
          )
        : l10n.t('Call both ways, then write memory'),
    check: l10n.t(
      'show sip-ua connections tcp tls detail; show dial-peer voice summary (busyout means no answer to OPTIONS); show ip address trusted list; debug ccsip messages',
    ),
  }),
  get mistakes() {
    return [
      l10n.t(
        '"no ip address trusted authenticate", or Exotel missing in the trusted list: toll fraud, or no calls in.',
      ),
      l10n.t(
        '"credentials" or "registrar" in the tenant: the router registers, and Exotel takes no registration.',
      ),
      l10n.t(
        'A port left out of sip-server: CUBE goes to 5061 or 5060, not to the port of the edge.',
      ),
      l10n.t(
        'A password with anything but letters, digits and . _ -: a blank ends it, and ? asks for help when pasted.',
      ),
      l10n.t(
        'A plus without the backslash in a translation rule of your own: write \\+; a plain + means "one or more".',
      ),
      l10n.t(
        'The dial peer to Exotel busied out: Exotel does not promise to answer OPTIONS. Take the options-keepalive line out.',
      ),
      l10n.t(
        'The PBX speaks plain RTP and Exotel SRTP: some platforms need DSPs or a licence for that.',
      ),
      l10n.t('TLS to an edge given as an IP address: the name in its certificate cannot match.'),
      l10n.t(
        'To be confirmed on your release: a pattern in "voice class uri … host" for a network. Single addresses are sure.',
      ),
    ];
  },
};
