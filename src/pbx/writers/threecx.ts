/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * 3CX: what to type into its admin console, page by page. A trunk that does not register is IP based in
 * 3CX, which then has neither digest nor TLS, and the INVITE has no place for a header of one's own.
 * Facts: 3CX documents "VoIP Provider Checker" (v20), "SIP trunk options", "Trunk TLS and SRTP", "Outbound
 * calls".
 */
import * as l10n from '@vscode/l10n';
import { peerName } from '../quoting/plain';
import { threecx } from '../cards/threecx';
import type { Codec } from '../options';
import type { PbxWriter, TrunkConnection } from '../types';
import { code, codes, sheet, unconfirmed, type Page, type Row } from '../writing/sheet';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  codecNames,
  dialsFromIndia,
  listenPort,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'G.711 A-law',
  PCMU: 'G.711 U-law',
  G729: 'G.729',
};

function trunkPage(connection: TrunkConnection, values: CheckedValues, name: string): Page {
  const rows: Row[] = [
    ['Country, Provider', `${code('Generic')}, ${code('Generic SIP Trunk')}: the IP based one`],
    ['Name', code(name)],
    ['Default route', 'Whoever answers a call that no inbound rule takes'],
    ['Create an outbound rule', 'Off: the rules below are made by hand'],
  ];
  if (callsOut(connection)) rows.push(['Main Trunk Number', code(values.callerId)]);
  else if (values.numbers[0] !== undefined) {
    rows.push(['Main Trunk Number', code(values.numbers[0])]);
  }
  rows.push(
    ['Type of authentication', code('Do not require - IP based')],
    ['Authentication ID, Authentication Password', 'Empty'],
    ['3-way authentication', 'Off'],
    ['Registrar/Server', code(values.edgeHost)],
    ['Port', code(values.edgePort)],
    ['Auto-discovery', 'Off'],
    ['Outbound Proxy', 'Empty'],
  );
  return { heading: 'Admin → Voice & Chat → Add Trunk', rows };
}

function optionsPage(connection: TrunkConnection): Page {
  return {
    heading: 'Trunk → Options',
    rows: [
      ['Allow inbound calls', callsIn(connection) ? 'On' : 'Off'],
      ['Allow outbound calls', callsOut(connection) ? 'On' : 'Off'],
      ['Transport protocol', code('TCP')],
      ['SRTP', 'Off: Exotel takes plain RTP over TCP'],
      ['Codecs, in this order', codes(codecNames(connection, CODEC_NAMES))],
      ['PBX Delivers Audio', 'On'],
      ['Supports Re-Invite', 'Off'],
      ['Supports Replaces', 'Off'],
    ],
    notes: [
      'DTMF: 3CX uses RFC 2833 (RFC 4733) with providers; there is nothing to set.',
      '"PBX Delivers Audio", "Supports Re-Invite" and "Supports Replaces" show only when the trunk template is edited by hand: export the trunk, look at them there, and import it again if they differ.',
    ],
  };
}

function outboundPages(values: CheckedValues, name: string): Page[] {
  const parameters: Row[] = [
    ['Request Line URI : User Part', `${code('CalledNum')}: the number with its plus`],
    ['To : User Part', code('CalledNum')],
    ['From : User Part', `Custom Field ${code(values.callerId)}`],
    ['From : Host Part', `Custom Field ${code(values.sipDomain)}`],
    ['P-Asserted Identity : User Part', `Custom Field ${code(values.callerId)}`],
    ['P-Asserted Identity : Host Part', `Custom Field ${code(values.sipDomain)}`],
  ];
  const rule: Row[] = [
    ['Calls to numbers starting with prefix', code('+')],
    ['Route 1', code(name)],
    ['Strip digits', code(0)],
    ['Prepend', 'Empty'],
  ];
  const pages: Page[] = [
    { heading: 'Trunk → Outbound Parameters', rows: parameters },
    { heading: 'Outbound rule for E.164 numbers', rows: rule },
    {
      heading: 'Outbound rule for numbers with 00, above the other ones',
      rows: [
        ['Calls to numbers starting with prefix', code('00')],
        ['Route 1', code(name)],
        ['Strip digits', code(2)],
        ['Prepend', code('+')],
      ],
    },
  ];
  if (dialsFromIndia(values)) {
    pages.push(
      {
        heading: 'Outbound rule for national numbers',
        rows: [
          ['Calls to numbers starting with prefix', code(0)],
          ['Calls to numbers with a length of', code(11)],
          ['Route 1', code(name)],
          ['Strip digits', code(1)],
          ['Prepend', code('+91')],
        ],
      },
      {
        heading: 'Outbound rule for ten digits',
        rows: [
          ['Calls to numbers starting with prefix', 'Empty'],
          ['Calls to numbers with a length of', code(10)],
          ['Route 1', code(name)],
          ['Strip digits', code(0)],
          ['Prepend', code('+91')],
        ],
      },
    );
  }
  return pages;
}

function inboundPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  if (!callsIn(connection)) return [{ heading: 'Calls from Exotel', rows: INBOUND_LEFT_OUT }];
  const numbers = values.numbers.length > 0 ? codes(values.numbers) : code('+91*');
  return [
    {
      heading: 'Trunk → DIDs and Inbound Parameters',
      rows: [
        ['DID numbers', `${numbers}, with the plus`],
        [unconfirmed('CalledNum'), code('Request Line URI : User Part')],
        [unconfirmed('CallerNum'), code('From : User Part')],
        ['Reformat incoming or outgoing caller ID', 'No rule: keep the plus'],
      ],
      notes: [
        'Then an inbound rule for each DID: where it rings.',
        'Two trunks with one address: 3CX cannot tell them apart without "Call Source Identification" on the DID.',
      ],
    },
    {
      heading: 'Security → IP Blacklist, and the firewall in front of 3CX',
      rows: [
        ['Allow in the IP Blacklist', codes(values.exotelNetworks)],
        [
          `TCP port ${code(listenPort(connection, threecx))} is open to`,
          codes(values.exotelNetworks),
        ],
        ['All other addresses on that port', 'Blocked, but for your own phones'],
      ],
      notes: [
        'An entry in the IP Blacklist with the action "Allow" only keeps 3CX from blocking Exotel. Who may call is decided by the firewall: 3CX itself takes a call that it can match to the trunk.',
      ],
    },
  ];
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    'publicAddress',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders: () => [],
  render(connection) {
    const values = checkedValues(connection);
    const name = peerName('Name inside the PBX', connection.peerName);
    const pages = [trunkPage(connection, values, name), optionsPage(connection)];
    if (callsOut(connection)) pages.push(...outboundPages(values, name));
    if (wantsInbound(connection)) pages.push(...inboundPages(connection, values));
    if (values.publicAddress !== null) {
      pages.push({
        heading: 'Network → Public IP',
        rows: [[unconfirmed('Static public IP address'), code(values.publicAddress)]],
      });
    }
    return [
      sheet(connection, writer, { title: threecx.name, name: 'exotel-3cx.md' }, values, pages),
    ];
  },
  guide: () => ({
    where: l10n.t('The 3CX admin console, page by page as the sheet has it.'),
    load: l10n.t('Save each page; the trunk works at once.'),
    check: l10n.t(
      'Voice & Chat → Check SIP Trunk, then a test call of more than 32 seconds out and one in. The Firewall Checker shows whether ports and SIP ALG are right.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t(
        'Type of authentication "Register/Account based": 3CX then registers, which Exotel does not take.',
      ),
      l10n.t('Transport TLS on an IP based trunk: 3CX does not support it.'),
      l10n.t('An IP other than the whitelisted one: 3CX must call from a static public address.'),
      l10n.t(
        "From : Host Part left at its default: Exotel answers 403 to a From domain that is not the account's.",
      ),
      l10n.t('A DID or an inbound rule without the plus: Exotel sends the number as +91….'),
      l10n.t(
        'E164 processing that takes the plus off dialled numbers: the outbound rule for + then takes none of them. To be confirmed for v20: try a number with plus.',
      ),
      l10n.t(
        'Several trunks with one address and no source identification: all calls land on the first.',
      ),
    ];
  },
};
