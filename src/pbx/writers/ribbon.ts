/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Ribbon SBC Edge (1000, 2000, SWe Edge): no text import is published, so a sheet for its WebUI, page by
 * page in the order in which the pages refer to each other.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError, peerName } from '../quoting/plain';
import { ribbon } from '../cards/ribbon';
import type { Codec } from '../options';
import type { PbxWriter, TrunkConnection } from '../types';
import { code, sheet, typed, type Page, type Row } from '../writing/sheet';
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
import { toE164, type NumberRule } from './shared/sbc';

const CODEC_NAMES: Readonly<Record<Codec, string>> = {
  PCMA: 'G.711 A-Law',
  PCMU: 'G.711 μ-Law',
  G729: 'G.729',
};
/** Longest Authentication ID and password that the WebUI takes. */
const MAX_CREDENTIAL = 64;

interface Names {
  readonly peer: string;
  /** Finished Markdown. */
  readonly inside: string;
}

function namesOf(connection: TrunkConnection): Names {
  const inside = connection.insidePeer === '' ? ribbon.insidePeer : connection.insidePeer;
  return {
    peer: peerName('Name inside the PBX', connection.peerName),
    inside: typed('Inside peer', inside),
  };
}

function credential(field: string, value: string): string {
  if (value.length > MAX_CREDENTIAL) {
    throw new UnsafeValueError(
      field,
      l10n.t(
        'must not be longer than {0} characters, because SBC Edge takes no more',
        MAX_CREDENTIAL,
      ),
    );
  }
  return typed(field, value);
}

function securityPages({ peer }: Names): Page[] {
  return [
    {
      heading: 'Settings → Security → SBC Certificates → Trusted CA Certificates',
      rows: "Import the CA certificate of Exotel's edge.",
    },
    {
      heading: 'Settings → Security → TLS Profiles → Create TLS Profile',
      rows: [
        ['TLS profile description', code(`${peer}-tls`)],
        ['TLS Protocol', 'TLS 1.2 Only, or TLS 1.2-1.3'],
        ['Mutual Authentication', 'Disabled'],
        ['Verify Peer Server Certificate', 'Enabled'],
        ['Validate Server FQDN', 'Enabled'],
      ],
    },
    {
      heading: 'Settings → Media → SDES-SRTP Profiles → Create SDES-SRTP Profile',
      rows: [
        ['SDES-SRTP profile description', code(`${peer}-srtp`)],
        ['Operation Option', 'Required'],
        ['Crypto Suite', code('AES_CM_128_HMAC_SHA1_80')],
      ],
    },
  ];
}

function mediaPage(connection: TrunkConnection, { peer }: Names): Page {
  const tls = connection.transport === 'tls';
  return {
    heading: 'Settings → Media → Media List → Create Media List',
    rows: [
      ['Media list description', code(`${peer}-media`)],
      [
        'Media Profiles List, in this order',
        codecNames(connection, CODEC_NAMES).map(code).join(', '),
      ],
      ['SDES-SRTP Profile', tls ? code(`${peer}-srtp`) : 'None: with TCP Exotel takes plain RTP'],
      ['DTLS-SRTP Profile', 'None'],
      ['Digit (DTMF) Relay Type', 'RFC 2833'],
    ],
  };
}

function sipProfilePage(connection: TrunkConnection, values: CheckedValues, names: Names): Page {
  const rows: Row[] = [['SIP profile description', code(`${names.peer}-sip`)]];
  if (callsOut(connection)) {
    rows.push(
      ['FQDN in From Header', 'Static'],
      ['Static Host', code(values.sipDomain)],
      ['Send Assert Header', 'Always'],
    );
  }
  rows.push(['Session Timer', 'Enable']);
  return { heading: 'Settings → SIP → SIP Profiles → Create SIP Profile', rows };
}

function headerPage(values: CheckedValues, { peer }: Names): Page {
  return {
    heading: 'Settings → SIP → Message Manipulation → Message Rule Table',
    rows: [
      ['Message rule table description', code(`${peer}-flow`)],
      ['Applicable Messages', 'Selected Messages: Invite'],
      ['Rule', 'Header Rule'],
      ['Header Action', 'Add'],
      ['Header Name', code('X-Exotel-AccountSid')],
      ['Header Value', code(values.accountSid)],
    ],
    notes: ['Without this header Exotel cannot route the call to the flow.'],
  };
}

function authorizationPage(connection: TrunkConnection, { peer }: Names): Page {
  return {
    heading: 'Settings → SIP → Remote Authorization Tables → Entry',
    rows: [
      ['Remote authorization table description', code(`${peer}-auth`)],
      ['Realm', code('pstn.exotel.com')],
      ['Authentication ID', credential('SIP user name', userName(connection))],
      ['Enter Password', credential('SIP password', password(connection))],
      ['From URI User Match', 'Regex'],
      ['Match Regex', code('.*')],
    ],
    notes: [
      "The realm has to be the one in Exotel's challenge. If calls fail with 401 or 407, read it off a trace of the call.",
      'From URI User Match must not stay on Authentication ID: the From carries a phone number.',
    ],
  };
}

function serverPage(connection: TrunkConnection, values: CheckedValues, { peer }: Names): Page {
  const tls = connection.transport === 'tls';
  const rows: Row[] = [
    ['SIP server table description', code(`${peer}-edge`)],
    ['Server Lookup', 'IP/FQDN'],
    ['Host FQDN/IP', code(values.edgeHost)],
    ['Port', code(values.edgePort)],
    ['Protocol', tls ? 'TLS' : 'TCP'],
  ];
  if (tls) rows.push(['TLS Profile of the server', code(`${peer}-tls`)]);
  rows.push(
    ['Monitor', 'SIP Options'],
    ['Keep Alive Frequency', `${code(60)} seconds`],
    [
      'Remote Authorization Table',
      usesCredential(connection) ? code(`${peer}-auth`) : 'None: Exotel knows the SBC by its IP',
    ],
    ['Contact Registrant Table', 'None: Exotel takes no registration'],
  );
  return { heading: 'Settings → SIP → SIP Server Tables → Create SIP Server → IP/FQDN', rows };
}

/** SBC Edge: a whole number has to match, groups are `\1`. */
function input({ before, first, digits }: NumberRule): string {
  return `${before}([${first}]${digits === 'any' ? '\\d*' : `\\d{${digits - 1}}`})`;
}

function entry(side: 'Called' | 'Calling', from: string, to: string): Row {
  return [`${side} Address/Number ${code(from)} becomes`, code(to)];
}

function outTransformationPage(
  connection: TrunkConnection,
  values: CheckedValues,
  { peer }: Names,
): Page {
  const rows: Row[] = [['Transformation table out, description', code(`${peer}-out`)]];
  if (connection.useCase === 'streamkit') {
    rows.push(entry('Called', '(.*)', values.flowNumber));
  } else {
    rows.push(
      entry('Called', '(\\+.*)', '\\1'),
      ...toE164(values).map((rule) => entry('Called', input(rule), `${rule.prefix}\\1`)),
    );
  }
  rows.push(entry('Calling', '(.*)', values.callerId));
  return {
    heading: 'Settings → Transformation → to Exotel',
    rows,
    notes: [
      'Match Type: Match One for the entries of the called number, Must Match for the calling number. Exotel rejects a From that is no number of the trunk.',
    ],
  };
}

function routePages(connection: TrunkConnection, names: Names): Page[] {
  const { peer, inside } = names;
  const pages: Page[] = [];
  if (callsOut(connection)) {
    pages.push({
      heading: 'Settings → Call Routing Table → the one of the PBX',
      rows: [
        ['Transformation table of the route out', code(`${peer}-out`)],
        ['Destination signaling group of the route out', code(peer)],
      ],
      notes: [`This is the call routing table of ${inside}.`],
    });
  }
  if (callsIn(connection)) {
    pages.push(
      {
        heading: 'Settings → Transformation → from Exotel',
        rows: [
          ['Transformation table in, description', code(`${peer}-in`)],
          entry('Called', '\\+?(.*)', '+\\1'),
        ],
      },
      {
        heading: `Settings → Call Routing Table → Create ${code(`${peer}-routes`)}`,
        rows: [
          ['Transformation table of the route in', code(`${peer}-in`)],
          ['Destination signaling group of the route in', inside],
        ],
      },
    );
  } else {
    pages.push({
      heading: `Settings → Call Routing Table → Create ${code(`${peer}-routes`)}`,
      rows: 'Leave it without entries: a call from that side goes nowhere.',
    });
  }
  return pages;
}

function groupPage(connection: TrunkConnection, values: CheckedValues, { peer }: Names): Page {
  const tls = connection.transport === 'tls';
  const rows: Row[] = [
    ['Signaling group description', code(peer)],
    ['Call Routing Table', code(`${peer}-routes`)],
    ['SIP Profile', code(`${peer}-sip`)],
    ['SIP Mode', 'Basic Call'],
    ['Agent Type', 'Back-to-Back User Agent'],
    [
      'SIP Server Table',
      callsOut(connection) ? code(`${peer}-edge`) : 'None, or one with the address of Exotel',
    ],
    ['Media List ID', code(`${peer}-media`)],
    ['Challenge Request', 'Disable: Exotel must not be challenged'],
    ['Listen Port', code(listenPort(connection, ribbon))],
    ['Listen Protocol', tls ? 'TLS' : 'TCP'],
  ];
  if (tls) rows.push(['TLS Profile of the listen port', code(`${peer}-tls`)]);
  rows.push([
    'Federated IP/FQDN, each with its netmask',
    callsIn(connection) ? values.exotelNetworks.map(code).join(', ') : 'None',
  ]);
  if (values.publicAddress !== null) {
    rows.push(
      ['Outbound NAT Traversal', 'Static NAT'],
      ['NAT Public IP (Signaling/Media)', code(values.publicAddress)],
    );
  }
  if (connection.useCase === 'streamkit') {
    rows.push(
      ['Message Manipulation', 'Enabled'],
      ['Outbound Message Manipulation, Table List', code(`${peer}-flow`)],
    );
  }
  const notes = [
    'The SBC takes SIP from the Federated IPs and from the hosts of the SIP Server Table, from nobody else.',
  ];
  if (wantsInbound(connection) && !callsIn(connection)) notes.push(INBOUND_LEFT_OUT);
  return { heading: 'Settings → Signaling Groups → Add SIP SG', rows, notes };
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    'publicAddress',
    'insidePeer',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders: (connection) =>
    connection.insidePeer === '' && (callsOut(connection) || callsIn(connection))
      ? [
          {
            text: ribbon.insidePeer,
            meaning: 'the signaling group of the PBX, as it is called on the SBC',
            doNext: l10n.t(
              '{0} is an example: put the signaling group of the PBX, as it is called on the SBC, there.',
              ribbon.insidePeer,
            ),
            level: 'problem',
          },
        ]
      : [],
  render(connection) {
    const values = checkedValues(connection);
    const names = namesOf(connection);
    const pages: Page[] = [
      ...(connection.transport === 'tls' ? securityPages(names) : []),
      mediaPage(connection, names),
      sipProfilePage(connection, values, names),
      ...(connection.useCase === 'streamkit' ? [headerPage(values, names)] : []),
      ...(usesCredential(connection) ? [authorizationPage(connection, names)] : []),
      ...(callsOut(connection)
        ? [serverPage(connection, values, names), outTransformationPage(connection, values, names)]
        : []),
      ...routePages(connection, names),
      groupPage(connection, values, names),
    ];
    return [
      sheet(
        connection,
        writer,
        { title: ribbon.name, name: 'exotel-ribbon-sbc-edge.md' },
        values,
        pages,
      ),
    ];
  },
  guide: () => ({
    where: l10n.t(
      'The WebUI of the SBC, tab Settings. The pages stand in the order in which one refers to the other.',
    ),
    load: l10n.t('Apply every page. Back up the configuration under Tasks before.'),
    check: l10n.t(
      'Monitor: the signaling group is green when the edge answers OPTIONS. Diagnostics → Logging: trace of a call each way.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Two protocols or two names in one SIP Server Table: it takes one of each.'),
      l10n.t(
        'From URI User Match left on Authentication ID: the challenge is never answered, because the From is a number.',
      ),
      l10n.t(
        'A Contact Registrant Table on the server: the SBC registers, and Exotel takes no registration.',
      ),
      l10n.t(
        'SDES-SRTP Supported instead of Required with TLS: a call may fall back to plain RTP.',
      ),
      l10n.t('The media list with a DTLS-SRTP profile, as Teams may use: Exotel takes SDES.'),
      l10n.t(
        'The signaling group is down although calls would work: Exotel does not promise to answer OPTIONS. Set Monitor to None.',
      ),
      l10n.t(
        'To be confirmed on your release: the names of Send Assert Header and of the NAT fields; they changed between versions.',
      ),
    ];
  },
};
