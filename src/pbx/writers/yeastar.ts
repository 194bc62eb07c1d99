/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Yeastar P-Series: what to type into its web portal, page by page. A trunk that does not register is a
 * peer trunk, which has no user name and password. Facts: help.yeastar.com, P-Series administrator
 * guide ("SIP trunk settings", "Trunk parameters", "Advanced trunk settings").
 */
import * as l10n from '@vscode/l10n';
import { peerName } from '../quoting/plain';
import { yeastar } from '../cards/yeastar';
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
  natOptions,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'a-law',
  PCMU: 'u-law',
  G729: 'G.729A',
};

function trunkPages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  const tls = connection.transport === 'tls';
  return [
    {
      heading: 'Extension and Trunk → Trunk → Add → Basic',
      rows: [
        ['Name', code(name)],
        ['Trunk Status', 'Enabled'],
        ['Select ITSP Template', code('General')],
        ['Trunk Type', code('Peer Trunk')],
        ['Transport', code(tls ? 'TLS' : 'TCP')],
        ['Hostname/IP', code(values.edgeHost)],
        ['Port', code(values.edgePort)],
        ['Domain', code(values.sipDomain)],
      ],
      notes: [
        'The Cloud Edition has two peer trunks: take "Peer Trunk (DID Based)". "Domain" is the domain in From and To.',
      ],
    },
    {
      heading: 'Trunk → Advanced',
      rows: [
        ['Codec Settings, in this order', codes(codecNames(connection, CODEC_NAMES))],
        ['DTMF Mode', code('RFC4733 (RFC2833)')],
        ['Enable SRTP', tls ? 'On' : 'Off: Exotel takes plain RTP over TCP'],
        ['Qualify', 'On: OPTIONS, no registration'],
        ['T.38 Support', 'Off'],
      ],
    },
  ];
}

function outboundPages(values: CheckedValues, name: string): Page[] {
  const patterns: Row[] = [
    ['Dial Pattern: Pattern, Strip, Prepend', `${code('+.')}, ${code(0)}, empty`],
    ['Dial Pattern for 00: Pattern, Strip, Prepend', `${code('00Z.')}, ${code(2)}, ${code('+')}`],
  ];
  if (dialsFromIndia(values)) {
    patterns.push(
      [
        'Second Dial Pattern: Pattern, Strip, Prepend',
        `${code('0ZXXXXXXXXX')}, ${code(1)}, ${code('+91')}`,
      ],
      [
        'Third Dial Pattern: Pattern, Strip, Prepend',
        `${code('ZXXXXXXXXX')}, ${code(0)}, ${code('+91')}`,
      ],
    );
  }
  return [
    {
      heading: 'Trunk → Outbound Caller ID',
      rows: [['Default Outbound Caller ID', code(values.callerId)]],
      notes: [
        'The tab "SIP Headers" of the trunk decides what stands in From and P-Asserted-Identity: leave both at the outbound caller ID and the domain of the trunk.',
      ],
    },
    {
      heading: 'Call Control → Outbound Route → Add',
      rows: [['Name', code(name)], ...patterns, ['Trunk', code(name)]],
    },
  ];
}

function inboundPages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  if (!callsIn(connection)) return [{ heading: 'Calls from Exotel', rows: INBOUND_LEFT_OUT }];
  const numbers = values.numbers.length > 0 ? codes(values.numbers) : code('+X.');
  return [
    {
      heading: 'Trunk → DIDs/DDIs',
      rows: [['DID/DDI Number', `${numbers}, with the plus`]],
    },
    {
      heading: 'Call Control → Inbound Route → Add',
      rows: [
        ['Name', code(name)],
        ['DID Pattern', `${numbers}, with the plus`],
        ['Caller ID Pattern', 'Empty'],
        ['Trunk', code(name)],
        ['Default Destination', 'The extension or queue that rings'],
        [unconfirmed('Get DID From'), code('INVITE')],
      ],
    },
    {
      heading: unconfirmed('Security → Security Rules → Static Defense'),
      rows: [
        ['Accept', codes(values.exotelNetworks)],
        [
          'Port and protocol',
          `${code(listenPort(connection, yeastar))} ${code('TCP')}${connection.transport === 'tls' ? ' (TLS runs over TCP)' : ''}`,
        ],
        ['All other addresses on that port', 'Drop, but for your own phones'],
        [unconfirmed('Allow Guest Calls'), 'Off'],
      ],
    },
  ];
}

function systemPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const listen = listenPort(connection, yeastar);
  const tls = connection.transport === 'tls';
  const pages: Page[] = [
    tls
      ? {
          heading: 'PBX Settings → SIP Settings → TLS',
          rows: [
            [unconfirmed('SIP TLS Port'), `Enabled, port ${code(listen)}`],
            [unconfirmed('TLS Verify Server'), 'On'],
            ['Trusted certificate', "The root of the edge's certificate, uploaded as trusted"],
            [
              'PBX certificate',
              'One that names the host Exotel calls, uploaded as PBX certificate',
            ],
          ],
        }
      : {
          heading: 'PBX Settings → SIP Settings → General',
          rows: [['SIP TCP Port', `Enabled, ${code(listen)}`]],
        },
  ];
  if (values.publicAddress !== null) {
    const rows: Row[] = [[unconfirmed('Public IP Address'), code(values.publicAddress)]];
    if (values.localNetworks.length > 0) {
      rows.push([unconfirmed('Local Network Identification'), codes(values.localNetworks)]);
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
    const pages = trunkPages(connection, values, name);
    if (callsOut(connection)) pages.push(...outboundPages(values, name));
    if (wantsInbound(connection)) pages.push(...inboundPages(connection, values, name));
    pages.push(...systemPages(connection, values));
    return [
      sheet(connection, writer, { title: yeastar.name, name: 'exotel-yeastar.md' }, values, pages),
    ];
  },
  guide: () => ({
    where: l10n.t('The web portal of the PBX, page by page as the sheet has it.'),
    load: l10n.t('Save, then Apply at the top of the page.'),
    check: l10n.t(
      'The trunk shows a check mark under Extension and Trunk → Trunk; then a test call out and one in.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Trunk Type "Register Trunk": the PBX then registers, which Exotel does not take.'),
      l10n.t('Transport left at its default, which Exotel does not speak.'),
      l10n.t('Enable SRTP off with TLS, or on with TCP: the call fails with 488.'),
      l10n.t(
        "Domain set to the edge's host: Exotel answers 403 to a From domain that is not the account's.",
      ),
      l10n.t('A DID Pattern without the plus: Exotel sends the number as +91….'),
      l10n.t('SIP TCP or TLS not enabled in the SIP settings: the trunk stays unreachable.'),
    ];
  },
};
