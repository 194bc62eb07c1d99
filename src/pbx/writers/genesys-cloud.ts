/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Genesys Cloud with a BYOC Cloud trunk: what to type into Admin → Telephony, page by page. Facts: Genesys
 * Cloud Resource Center "External trunk settings", "Configure SIP routing for a BYOC Cloud trunk",
 * "Configure SIP Access Control", "Configure custom SIP headers", "Carrier requirements for BYOC Cloud".
 */
import * as l10n from '@vscode/l10n';
import { peerName } from '../quoting/plain';
import { genesysCloud } from '../cards/genesys-cloud';
import type { Codec } from '../options';
import type { PbxWriter, TrunkConnection } from '../types';
import { code, codes, sheet, typed, unconfirmed, type Page, type Row } from '../writing/sheet';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  codecNames,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'audio/PCMA',
  PCMU: 'audio/PCMU',
  G729: 'audio/G729',
};

function trunkPages(connection: TrunkConnection, name: string): Page[] {
  return [
    {
      heading: 'Admin → Telephony → Trunks → External Trunks → Create New',
      rows: [
        ['External Trunk Name', code(name)],
        ['Type', `${code('BYOC Carrier')}, then ${code('Generic BYOC Carrier')}`],
        ['Trunk State', 'In-Service'],
        ['Protocol', code(connection.transport === 'tls' ? 'TLS' : 'TCP')],
      ],
      notes: [
        'The Resource Center recommends another protocol "in most cases": Exotel does not speak it.',
      ],
    },
    {
      heading: 'Inbound / Termination',
      rows: [
        ['Inbound SIP Termination Identifier', code(name)],
        ['Inbound SIP Termination Header', 'Empty'],
        ['DNIS Replacement Routing', 'Off'],
      ],
      notes: [
        'The form demands the identifier for calls out too. It must be the only one of that name in your region.',
      ],
    },
  ];
}

function outboundPage(connection: TrunkConnection, values: CheckedValues): Page {
  const rows: Row[] = [
    ['Outbound SIP Termination FQDN', code(values.sipDomain)],
    ['Outbound SIP boxes for TGRP and DNIS', 'Empty'],
    ['SIP Servers or Proxies: Hostname or IP Address', code(values.edgeHost)],
    ['SIP Servers or Proxies: Port', code(values.edgePort)],
  ];
  if (usesCredential(connection)) {
    rows.push(
      ['Digest Authentication', 'On'],
      ['Realm', code('pstn.exotel.com')],
      ['User Name', typed('SIP user name', userName(connection))],
      ['Password', typed('SIP password', password(connection))],
    );
  } else {
    rows.push(['Digest Authentication', 'Off: Exotel knows Genesys Cloud by its whitelisted IPs']);
  }
  rows.push(
    ['Calling: Caller ID', code(values.callerId)],
    [
      'Calling: Address Override Method',
      `${code('Always')}; newer forms: the trunk first in the priority of caller IDs`,
    ],
  );
  const notes = [
    'From domain: no setting was found that decides it alone. If Exotel answers 403, ask Genesys which domain the trunk sends, and Exotel to take it.',
  ];
  if (usesCredential(connection)) {
    notes.push(
      'Realm: one document of Exotel names this one. If the challenge of Exotel shows another, enter that.',
    );
  }
  if (connection.auth !== 'credential') {
    notes.push(
      'Genesys Cloud calls from any of the public SIP addresses of its region: whitelist each of them as /32 at Exotel ("BYOC Cloud public SIP IP addresses" in the Resource Center), or choose the credential.',
    );
  }
  return { heading: 'Outbound', rows, notes };
}

function accessPage(connection: TrunkConnection, values: CheckedValues): Page {
  const heading = 'SIP Access Control';
  if (wantsInbound(connection) && !callsIn(connection)) {
    return { heading, rows: INBOUND_LEFT_OUT };
  }
  const rows: Row[] = [
    [
      'Allow the Following Addresses',
      callsIn(connection) ? codes(values.exotelNetworks) : 'Add none',
    ],
    ['Allow All, where the form has it', 'Off'],
  ];
  return {
    heading,
    rows,
    notes: [
      'IP addresses entered under "SIP Servers or Proxies" are put on this list by themselves.',
    ],
  };
}

function configurationPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const tls = connection.transport === 'tls';
  const media: Row[] = [
    ['Preferred Codec List, in this order', codes(codecNames(connection, CODEC_NAMES))],
    [unconfirmed('DTMF Method'), `${code('RTP Events')} (RFC 4733)`],
  ];
  if (tls) {
    media.push(
      [unconfirmed('SRTP Cipher Suite List'), code('AES_CM_128_HMAC_SHA1_80')],
      [unconfirmed('RTP without encryption'), 'Not allowed: with TLS Exotel takes SRTP only'],
      [
        unconfirmed('Certificate of the edge'),
        'Verified by Genesys Cloud, which trusts public authorities only',
      ],
    );
  } else {
    media.push(['SRTP', 'Off: Exotel takes plain RTP over TCP']);
  }
  const pages: Page[] = [
    {
      heading: 'External Trunk Configuration → Identity',
      rows: [
        ['Calling: Address Omit + Prefix', 'Disabled: the plus stays'],
        ['Called: Address Omit + Prefix', 'Disabled: the plus stays'],
      ],
    },
    { heading: 'External Trunk Configuration → Media', rows: media },
  ];
  if (connection.useCase === 'streamkit') {
    pages.push({
      heading: 'External Trunk Configuration → Protocol → Outbound → Custom SIP headers',
      rows: [
        ['Header name', code('X-Exotel-AccountSid')],
        ['Header value', code(values.accountSid)],
      ],
      notes: [
        'The header goes out with every call of this trunk: give StreamKit a trunk of its own.',
      ],
    });
  }
  pages.push({
    heading: 'External Trunk Configuration → Protocol',
    rows: [
      ['Take Back and Transfer', 'Off'],
      ['Release Link Transfer', 'Off'],
    ],
  });
  return pages;
}

function routePages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  const pages: Page[] = [];
  if (connection.useCase === 'streamkit') {
    pages.push({
      heading: 'Admin → Telephony → Sites → your site → Number Plans',
      rows: [
        ['Number Plan Name', code(name)],
        ['Match Type', code('E.164 Number List')],
        ['Numbers', code(values.flowNumber)],
        ['Classification', code(name)],
      ],
      notes: ['Put it at the top of the list: plans are tried from top to bottom.'],
    });
  }
  if (callsOut(connection)) {
    pages.push({
      heading: 'Admin → Telephony → Sites → your site → Outbound Routes',
      rows: [
        ['Outbound Route Name', code(name)],
        ['External Trunks', code(name)],
        [
          'Classifications',
          connection.useCase === 'streamkit'
            ? code(name)
            : `${code('National')}, ${code('International')}: numbers that the plans turn into E.164`,
        ],
      ],
    });
  }
  if (callsIn(connection)) {
    const rows: Row[] = [
      [
        'DID numbers',
        values.numbers.length > 0 ? codes(values.numbers) : 'The numbers mapped to the trunk',
      ],
      ['Architect → Call Routing', 'Those numbers, with the plus, to an inbound call flow'],
    ];
    pages.push({ heading: 'Admin → Telephony → DID Numbers, and Routing → Call Routing', rows });
    pages.push({
      heading: 'At Exotel: destination URI of the trunk',
      rows: [
        ['Host', 'What the panel "Inbound Request-URI Reference" shows behind the @'],
        [
          'Port and transport',
          `${code(genesysCloud.listenPorts[connection.transport])} ${code(`transport=${connection.transport}`)}`,
        ],
      ],
    });
  }
  return pages;
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders: () => [],
  render(connection) {
    const values = checkedValues(connection);
    const name = peerName('Name inside the PBX', connection.peerName);
    const pages = trunkPages(connection, name);
    if (callsOut(connection)) pages.push(outboundPage(connection, values));
    else {
      pages.push({
        heading: 'Outbound',
        rows: [
          ['SIP Servers or Proxies: Hostname or IP Address', code(values.edgeHost)],
          ['SIP Servers or Proxies: Port', code(values.edgePort)],
          ['Digest Authentication', 'Off'],
        ],
      });
    }
    pages.push(
      accessPage(connection, values),
      ...configurationPages(connection, values),
      ...routePages(connection, values, name),
    );
    return [
      sheet(
        connection,
        writer,
        { title: genesysCloud.name, name: 'exotel-genesys-cloud.md' },
        values,
        pages,
      ),
    ];
  },
  guide: () => ({
    where: l10n.t('Genesys Cloud, Admin → Telephony, page by page as the sheet has it.'),
    load: l10n.t('Save External Trunk; then add the trunk to the site and its outbound route.'),
    check: l10n.t(
      'Admin → Telephony → Trunks: the trunk is In-Service. Then a test call out and one in; Trunks → PCAP has the SIP messages.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Protocol left at what the form starts with: choose TLS or TCP.'),
      l10n.t(
        "Only one of the region's addresses whitelisted: some calls go out from another one and get 403.",
      ),
      l10n.t("Realm other than the one in Exotel's challenge: the trunk does not answer it."),
      l10n.t('Address Omit + Prefix enabled: Exotel wants E.164 with the plus.'),
      l10n.t(
        'Custom header names that begin with x-inin, x-genesys, x-pcv or x-gcv: Genesys Cloud uses them itself.',
      ),
      l10n.t(
        "A destination URI at Exotel with an IP address: without the trunk's own host name Genesys Cloud does not know whose call it is.",
      ),
    ];
  },
};
