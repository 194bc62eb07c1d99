/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Grandstream UCM: what to type into its web portal, page by page. A peer trunk has no user name and
 * password; a register trunk has, and its "Need Registration" can be switched off, so that the UCM
 * answers a challenge to its INVITE and never registers. Facts: UCM630X and UCM6200 user manuals (VoIP
 * trunks, call routes, SIP settings, Fail2Ban) and the UCM's HTTPS API (addSIPTrunk).
 */
import * as l10n from '@vscode/l10n';
import { peerName } from '../quoting/plain';
import { grandstreamUcm } from '../cards/grandstream-ucm';
import type { Codec } from '../options';
import type { PbxWriter, TrunkConnection } from '../types';
import { code, codes, sheet, typed, unconfirmed, type Page, type Row } from '../writing/sheet';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  codecNames,
  dialsFromIndia,
  listenPort,
  natOptions,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = { PCMA: 'PCMA', PCMU: 'PCMU', G729: 'G.729' };

function basicPage(connection: TrunkConnection, values: CheckedValues, name: string): Page {
  const digest = usesCredential(connection);
  const rows: Row[] = [
    ['Type', code(digest ? 'Register SIP Trunk' : 'Peer SIP Trunk')],
    ['Provider Name', code(name)],
    ['Host Name', code(`${values.edgeHost}:${values.edgePort}`)],
    ['Transport', code(connection.transport === 'tls' ? 'TLS' : 'TCP')],
    ['NAT', values.publicAddress === null ? 'Off' : 'On'],
    ['Keep Original CID', 'Off'],
  ];
  if (callsOut(connection)) rows.push(['Keep Trunk CID', 'On']);
  if (digest) {
    rows.push(
      ['Need Registration', 'Off: Exotel takes no registration'],
      ['Allow outgoing calls if registration fails', 'On'],
      ['Username', typed('SIP user name', userName(connection))],
      ['AuthID', typed('SIP user name', userName(connection))],
      ['Password', typed('SIP password', password(connection))],
      ['Auth Trunk', 'Off: with it the UCM challenges Exotel'],
      ['From User', code(values.callerId)],
      ['From Domain', code(values.sipDomain)],
    );
  } else if (callsOut(connection)) {
    rows.push(
      ['Caller ID', code(values.callerId)],
      [unconfirmed('From Domain'), code(values.sipDomain)],
    );
  }
  const notes = digest
    ? [
        'The type is called "Register SIP Trunk" because only that type has a user name and a password. With "Need Registration" off the UCM does not register and uses them when a call is challenged: confirm it with a first test call.',
      ]
    : [];
  return { heading: 'Extension/Trunk → VoIP Trunks → Add SIP Trunk → Basic Settings', rows, notes };
}

function advancedPage(connection: TrunkConnection): Page {
  const rows: Row[] = [
    ['Codec Preference, in this order', codes(codecNames(connection, CODEC_NAMES))],
    ['Send PPI Header', 'Off'],
    ['Send PAI Header', 'On'],
    ['DID Mode', code('Request-line')],
    ['DTMF Mode', `${code('RFC4733')}; older firmware calls it ${code('RFC2833')}`],
    ['Enable Heartbeat Detection', `On, every ${code(60)} seconds: OPTIONS, no registration`],
    ['Outbound Proxy Support', 'Off'],
  ];
  if (connection.transport === 'tls') {
    rows.push(
      ['SRTP', code('Enabled and forced')],
      ['SRTP Crypto Suite', code('AES_CM_128_HMAC_SHA1_80')],
    );
  } else {
    rows.push(['SRTP', `${code('Disabled')}: Exotel takes plain RTP over TCP`]);
  }
  return { heading: 'Trunk → Advanced Settings', rows };
}

function outboundPages(values: CheckedValues, name: string): Page[] {
  const rule = (pattern: string, strip: number, prepend: string): Row[] => [
    ['Pattern', code(pattern)],
    ['Main Trunk', code(name)],
    ['Strip', code(strip)],
    ['Prepend', prepend],
  ];
  const pages: Page[] = [
    {
      heading: 'Extension/Trunk → Outbound Routes → Add, for E.164 numbers',
      rows: [['Calling Rule Name', code(name)], ...rule('_+X.', 0, 'Empty')],
      notes: ['Privilege Level: the level of the extensions that may call out, not "Internal".'],
    },
  ];
  pages.push({
    heading: 'Extension/Trunk → Outbound Routes → Add, for numbers with 00',
    rows: [['Calling Rule Name', code(`${name}_00`)], ...rule('_00Z.', 2, code('+'))],
  });
  if (dialsFromIndia(values)) {
    pages.push(
      {
        heading: 'Extension/Trunk → Outbound Routes → Add, for national numbers',
        rows: [
          ['Calling Rule Name', code(`${name}_national`)],
          ...rule('_0ZXXXXXXXXX', 1, code('+91')),
        ],
      },
      {
        heading: 'Extension/Trunk → Outbound Routes → Add, for ten digits',
        rows: [['Calling Rule Name', code(`${name}_ten`)], ...rule('_ZXXXXXXXXX', 0, code('+91'))],
      },
    );
  }
  return pages;
}

function inboundPages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  if (!callsIn(connection)) return [{ heading: 'Calls from Exotel', rows: INBOUND_LEFT_OUT }];
  const patterns =
    values.numbers.length > 0 ? values.numbers.map((number) => `_${number}`) : ['_+X.'];
  return [
    {
      heading: 'Extension/Trunk → Inbound Routes → Add',
      rows: [
        ['Trunks', code(name)],
        ['Pattern', codes(patterns)],
        ['Default Destination', 'The extension, ring group or queue that rings'],
      ],
      notes: ['The plus belongs to the pattern: Exotel sends the number as +91….'],
    },
    {
      heading: 'System Settings → Security Settings → Static Defense, and Fail2Ban',
      rows: [
        [
          `Accept TCP port ${code(listenPort(connection, grandstreamUcm))} from`,
          codes(values.exotelNetworks),
        ],
        ['All other addresses on that port', 'Reject, but for your own phones'],
        ['Fail2Ban Whitelist', codes(values.exotelNetworks)],
      ],
    },
  ];
}

function sipSettingsPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const listen = listenPort(connection, grandstreamUcm);
  const pages: Page[] = [
    {
      heading: 'PBX Settings → SIP Settings → General',
      rows: [
        ['Reject Non-Matching INVITE', 'Yes (the default is No)'],
        ['Allow Guest Calls', 'No'],
        ['Allow External Domains', 'No (the default is Yes)'],
      ],
    },
    connection.transport === 'tls'
      ? {
          heading: 'PBX Settings → SIP Settings → TCP/TLS',
          rows: [
            ['TLS Enable', 'Yes'],
            ['TLS Bind Address', code(`0.0.0.0:${listen}`)],
            ['TLS Cert, TLS Private Key', 'Those of the host name that Exotel calls'],
            ['TLS CA Cert', "The root of the edge's certificate"],
            ['Server Certificate Verification', 'On'],
          ],
          notes: [
            'Older firmware has "TLS Do Not Verify" in place of "Server Certificate Verification": set it to No. "Reset" the certificate before a new upload, else the old one stays.',
          ],
        }
      : {
          heading: 'PBX Settings → SIP Settings → TCP/TLS',
          rows: [
            ['TCP Enable', 'Yes'],
            ['TCP Bind Address', code(`0.0.0.0:${listen}`)],
          ],
        },
  ];
  if (values.publicAddress !== null) {
    const rows: Row[] = [
      ['External Host', code(values.publicAddress)],
      ['Use IP address in SDP', 'On'],
      [`External ${connection.transport === 'tls' ? 'TLS' : 'TCP'} Port`, code(listen)],
    ];
    if (values.localNetworks.length > 0) {
      rows.push(['Local Network Address', codes(values.localNetworks)]);
    }
    pages.push({ heading: 'PBX Settings → SIP Settings → NAT', rows });
  }
  return pages;
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders: () => [],
  render(connection) {
    const values = checkedValues(connection);
    const name = peerName('Name inside the PBX', connection.peerName);
    const pages = [basicPage(connection, values, name), advancedPage(connection)];
    if (callsOut(connection)) pages.push(...outboundPages(values, name));
    if (wantsInbound(connection)) pages.push(...inboundPages(connection, values, name));
    pages.push(...sipSettingsPages(connection, values));
    return [
      sheet(
        connection,
        writer,
        { title: grandstreamUcm.name, name: 'exotel-grandstream-ucm.md' },
        values,
        pages,
      ),
    ];
  },
  guide: () => ({
    where: l10n.t('The web portal of the UCM, page by page as the sheet has it.'),
    load: l10n.t(
      'Save each page, then Apply Changes at the top right. A new TLS or TCP port wants a restart.',
    ),
    check: l10n.t(
      'System Status → Dashboard shows the trunk as reachable; then a test call out and one in. Maintenance → Network Troubleshooting captures the SIP messages.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Need Registration on: the UCM then registers, which Exotel does not take.'),
      l10n.t("Auth Trunk on: the UCM answers Exotel's INVITE with 401 and the call fails."),
      l10n.t('SRTP "Enabled but not forced" with TLS, or any SRTP with TCP.'),
      l10n.t("No port behind the Host Name: the UCM takes its default, not the edge's."),
      l10n.t(
        "Exotel's or the PBX's public address among the local networks: the SDP carries a private address and there is no audio.",
      ),
      l10n.t('An inbound pattern without the plus: Exotel sends the number as +91….'),
    ];
  },
};
