/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Avaya Session Border Controller for Enterprise between an Avaya system and Exotel: what to type into
 * its web administration (EMS), page by page. Facts: Avaya DevConnect application notes for SIP service
 * providers and Vonage's guide for the SBCE name the pages; the names inside the forms could be read only
 * in part, and those that were not are marked.
 */
import * as l10n from '@vscode/l10n';
import { peerName } from '../quoting/plain';
import { avayaSbce } from '../cards/avaya-sbce';
import type { Codec } from '../options';
import type { PbxWriter, TrunkConnection } from '../types';
import { code, codes, sheet, typed, unconfirmed, type Page, type Row } from '../writing/sheet';
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

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'PCMA (8)',
  PCMU: 'PCMU (0)',
  G729: 'G729 (18)',
};

function tlsPages(connection: TrunkConnection, edgeHost: string, name: string): Page[] {
  if (connection.transport !== 'tls') return [];
  const pages: Page[] = [
    {
      heading: 'TLS Management → Client Profiles',
      rows: [
        ['Profile Name', code(name)],
        ['Certificate', 'The identity certificate of this SBC'],
        ['Peer Verification', 'Required'],
        ['Peer Certificate Authorities', "The root of the edge's certificate"],
        ['Extended Hostname Verification', `On: the certificate has to name ${code(edgeHost)}`],
        ['TLS Version', 'TLS 1.2 or newer'],
      ],
    },
  ];
  if (callsIn(connection)) {
    pages.push({
      heading: 'TLS Management → Server Profiles',
      rows: [
        ['Profile Name', code(`${name}-in`)],
        ['Certificate', 'The identity certificate of this SBC; it names the host Exotel calls'],
        [
          'Peer Verification',
          'None: Exotel is not known to show a certificate; its addresses decide',
        ],
        ['TLS Version', 'TLS 1.2 or newer'],
      ],
    });
  }
  return pages;
}

function serverPages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  const pages: Page[] = [
    {
      heading: 'Configuration Profiles → Server Interworking',
      rows: [
        ['Profile Name', code(name)],
        [unconfirmed('Hold Support'), 'None'],
        [unconfirmed('Refer Handling'), 'On: the SBC answers REFER itself'],
        [unconfirmed('DTMF Support'), 'None: RFC 4733 is passed through'],
        [unconfirmed('Session timer'), 'Accepted, not demanded'],
      ],
    },
    {
      heading: 'Services → SIP Servers → General',
      rows: [
        ['Profile Name', code(name)],
        ['Server Type', code('Trunk Server')],
        ['IP Address / FQDN', code(values.edgeHost)],
        ['Port', code(values.edgePort)],
        ['Transport', code(connection.transport === 'tls' ? 'TLS' : 'TCP')],
        ...(connection.transport === 'tls' ? [['TLS Client Profile', code(name)] as const] : []),
      ],
      notes: ['Older releases call this page Global Profiles → Server Configuration.'],
    },
  ];
  if (usesCredential(connection)) {
    pages.push({
      heading: 'Services → SIP Servers → Authentication',
      rows: [
        [unconfirmed('Enable Authentication'), 'On'],
        ['User Name', typed('SIP user name', userName(connection))],
        [
          'Realm',
          `Empty: taken from the challenge; where one is demanded ${code('pstn.exotel.com')}`,
        ],
        ['Password', typed('SIP password', password(connection))],
        [unconfirmed('Confirm Password'), 'The same'],
      ],
    });
  } else {
    pages.push({
      heading: 'Services → SIP Servers → Authentication',
      rows: [[unconfirmed('Enable Authentication'), 'Off']],
    });
  }
  pages.push(
    {
      heading: 'Services → SIP Servers → Heartbeat, Registration and Advanced',
      rows: [
        [unconfirmed('Enable Heartbeat'), 'On'],
        [unconfirmed('Method'), code('OPTIONS')],
        [unconfirmed('Frequency'), `${code(60)} seconds`],
        [unconfirmed('Register with All Servers'), 'Off: Exotel takes no registration'],
        [unconfirmed('Interworking Profile'), code(name)],
      ],
    },
    {
      heading: 'Configuration Profiles → Routing',
      rows: [
        ['Profile Name', code(name)],
        ['SIP Server Profile', code(name)],
        [unconfirmed('Next Hop Address'), code(`${values.edgeHost}:${values.edgePort}`)],
        ['Transport', code(connection.transport === 'tls' ? 'TLS' : 'TCP')],
      ],
    },
  );
  return pages;
}

function identityPages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  if (!callsOut(connection)) return [];
  const pages: Page[] = [
    {
      heading: 'Configuration Profiles → Topology Hiding',
      rows: [
        ['Profile Name', code(name)],
        [
          unconfirmed('From: Replace Action, Overwrite Value'),
          `${code('Overwrite')}, ${code(values.sipDomain)}`,
        ],
        [
          unconfirmed('To: Replace Action, Overwrite Value'),
          `${code('Overwrite')}, ${code(values.sipDomain)}`,
        ],
        [
          unconfirmed('Request-Line: Replace Action, Overwrite Value'),
          `${code('Overwrite')}, ${code(values.edgeHost)}`,
        ],
        ['Via, Record-Route, SDP', code('Auto')],
      ],
    },
  ];
  const manipulation: Row[] = [
    ['From user', code(values.callerId)],
    ['P-Asserted-Identity user', code(values.callerId)],
  ];
  if (connection.useCase === 'streamkit') {
    manipulation.push(
      ['Request user (the Exophone of the flow)', code(values.flowNumber)],
      ['Header to add to INVITE', code(`X-Exotel-AccountSid: ${values.accountSid}`)],
    );
  } else {
    manipulation.push(['Request user', 'E.164 with plus: add the plus where it is missing']);
  }
  pages.push({
    heading: 'Configuration Profiles → Signaling Manipulation',
    rows: manipulation,
    notes: [
      "What the script of the Exotel side has to do to an INVITE on its way out. Numbers can be set in Session Manager (Adaptations) as well; the header only here. The script's language is described in Avaya's administration guide.",
    ],
  });
  return pages;
}

function mediaPages(connection: TrunkConnection, name: string): Page[] {
  const tls = connection.transport === 'tls';
  return [
    {
      heading: 'Domain Policies → Media Rules',
      rows: [
        ['Rule Name', code(name)],
        ...(tls
          ? ([
              [unconfirmed('Audio: Preferred Format #1'), code('SRTP_AES_CM_128_HMAC_SHA1_80')],
              [unconfirmed('Audio: Preferred Format #2, #3'), code('NONE')],
              [unconfirmed('Encrypted RTCP'), 'Off'],
              [unconfirmed('Interworking'), 'On: the inside may stay without SRTP'],
            ] as const)
          : ([[unconfirmed('Audio: Preferred Format #1'), code('RTP')]] as const)),
        [
          unconfirmed('Codec Prioritization, in this order'),
          codes(codecNames(connection, CODEC_NAMES)),
        ],
        ['DTMF', 'telephone-event (RFC 4733) stays in the list'],
      ],
      notes: ['This rule goes into an End Point Policy Group of the same name.'],
    },
  ];
}

function flowPages(connection: TrunkConnection, values: CheckedValues, name: string): Page[] {
  const pages: Page[] = [
    {
      heading: 'Network & Flows → Media Interface and Signaling Interface',
      rows: [
        ['Name', code(`${name}-outside`)],
        [
          unconfirmed('Public IP'),
          values.publicAddress === null
            ? 'The public address of the outside interface'
            : code(values.publicAddress),
        ],
        [
          connection.transport === 'tls' ? 'TLS Port' : 'TCP Port',
          code(listenPort(connection, avayaSbce)),
        ],
        ...(connection.transport === 'tls' && callsIn(connection)
          ? [['TLS Profile', code(`${name}-in`)] as const]
          : []),
      ],
    },
    {
      heading: 'Network & Flows → End Point Flows → Server Flows',
      rows: [
        ['Flow Name', code(name)],
        ['Server Configuration', code(name)],
        ['Signaling Interface, Media Interface', code(`${name}-outside`)],
        ['End Point Policy Group', code(name)],
        ['Routing Profile', 'The one to the Avaya system inside'],
        ...(callsOut(connection) ? [['Topology Hiding Profile', code(name)] as const] : []),
      ],
      notes: [
        `A second server flow belongs to the Avaya system inside; its Routing Profile is ${code(name)}.`,
      ],
    },
  ];
  if (wantsInbound(connection) && !callsIn(connection)) {
    pages.push({ heading: 'Calls from Exotel', rows: INBOUND_LEFT_OUT });
  } else if (callsIn(connection)) {
    pages.push({
      heading: 'Calls from Exotel: URI Group, Remote Subnet and the firewall',
      rows: [
        [unconfirmed('Remote Subnet of the server flow'), codes(values.exotelNetworks)],
        [
          `TCP port ${code(listenPort(connection, avayaSbce))} is open to`,
          codes(values.exotelNetworks),
        ],
        ['All other addresses on that port', 'Blocked'],
        ['Authentication', 'None: Exotel must not be challenged'],
        [
          'Number called',
          `E.164 with plus${values.numbers.length > 0 ? `: ${codes(values.numbers)}` : ''}`,
        ],
      ],
      notes: [
        'One server flow takes one subnet: repeat it for each, or let the firewall in front decide.',
      ],
    });
  }
  return pages;
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
    const pages = [
      ...tlsPages(connection, values.edgeHost, name),
      ...serverPages(connection, values, name),
      ...identityPages(connection, values, name),
      ...mediaPages(connection, name),
      ...flowPages(connection, values, name),
    ];
    return [
      sheet(
        connection,
        writer,
        { title: avayaSbce.name, name: 'exotel-avaya-sbce.md' },
        values,
        pages,
      ),
    ];
  },
  guide: () => ({
    where: l10n.t('The web administration of the SBC (EMS), page by page as the sheet has it.'),
    load: l10n.t(
      'Save each page. A new certificate or interface wants a restart of the application under Device Management.',
    ),
    check: l10n.t(
      'Status → Server Status shows the SIP server as up; traceSBC on the command line shows the SIP messages of a test call.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Registration on the SIP server profile: Exotel takes none.'),
      l10n.t(
        'Extended Hostname Verification off in the client profile: whoever has a certificate of the same authority could answer in the name of the edge.',
      ),
      l10n.t('RTP as a second format beside SRTP with TLS: Exotel refuses a call without SRTP.'),
      l10n.t(
        "No Topology Hiding for From: Exotel answers 403 to a From domain that is not the account's.",
      ),
      l10n.t(
        'Headers of the inside, e.g. P-Location, sent on to Exotel: remove them with a Signaling Rule.',
      ),
      l10n.t('A server flow with Remote Subnet "*" and an open firewall: strangers can call in.'),
    ];
  },
};
