/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * MikoPBX: the provider's form, its box of additional PJSIP attributes, and what is added behind pjsip.conf
 * and extensions.conf. Labels and what becomes of them: mikopbx/Core e26e6b9, SIPConf.php. A provider without
 * registration gets no auth section there, therefore digest stands behind pjsip.conf.
 */
import * as l10n from '@vscode/l10n';
import { asteriskValue } from '../quoting/asterisk-conf';
import { filePath } from '../quoting/plain';
import { ATTRIBUTES, mikopbx } from '../cards/mikopbx';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import { code, sheet, type Page, type Row } from '../writing/sheet';
import { ASTERISK_CODECS, PJSIP, namesOf, streamkitContexts } from './shared/asterisk/dialplan';
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

/** MikoPBX names the endpoint itself, e.g. SIP-TRUNK-1A2B3C4D. */
const PROVIDER_ID = 'SIP-TRUNK-XXXXXXXX';
const PROVIDER = 'Telephony providers → Connect SIP';
const CUSTOMIZE = 'System file customization';

function networkPage(connection: TrunkConnection, values: CheckedValues): Page {
  const rows: Row[] = [
    [
      connection.transport === 'tls' ? 'TLS port' : 'SIP port',
      code(listenPort(connection, mikopbx)),
    ],
  ];
  if (values.publicAddress !== null) {
    rows.push(['External IP address (NAT)', code(values.publicAddress)]);
    if (values.localNetworks.length > 0) {
      rows.push(['Local networks (NAT)', values.localNetworks.map(code).join(', ')]);
    }
  }
  return {
    heading: 'General settings → SIP, and Network and Firewall',
    rows,
    notes: [
      'In the firewall, let SIP in from the addresses of Exotel only, and audio as Exotel says.',
      ...(connection.transport === 'tls'
        ? ['MikoPBX opens TLS only when it has a certificate: General settings → Web interface.']
        : []),
    ],
  };
}

function providerPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const { peer } = namesOf(connection);
  const out = callsOut(connection);
  const advanced: Row[] = [
    ['SIP connection port', code(values.edgePort)],
    ['Transport protocol', code(connection.transport)],
  ];
  if (callsIn(connection)) {
    advanced.unshift(['Additional provider addresses', values.exotelNetworks.map(code).join(', ')]);
  }
  if (out) advanced.push(['User', code(values.callerId)], ['Domain', code(values.sipDomain)]);
  advanced.push(
    ['DTMF mode', code('rfc4733')],
    ['Additional PJSIP attributes', `The text of ${code(ATTRIBUTES)}`],
  );
  return [
    {
      heading: PROVIDER,
      rows: [
        ['Provider name', code(peer)],
        ['Account type', 'No registration'],
        ['Provider server address', code(values.edgeHost)],
        ['Login', 'Empty'],
        ['Password', 'Empty'],
      ],
      notes: usesCredential(connection)
        ? [
            'Without registration MikoPBX uses neither Login nor Password: both stand in `pjsip.conf` of this sheet.',
          ]
        : [],
    },
    { heading: `${PROVIDER} → Advanced settings`, rows: advanced },
  ];
}

/**
 * MikoPBX takes a plus off before it looks for a route, tries each route that matches, in their order, and
 * wants 9 more digits unless told otherwise (OutgoingContext.php, OutgoingRoutingTable.php).
 */
function outgoingRoutes(values: CheckedValues, provider: string): Page[] {
  const route = (what: string, begins: string, rest: number, trim: number, add: string): Page => ({
    heading: `Outgoing routes → ${what}`,
    rows: [
      ['Number begins with', code(begins)],
      ['Rest of number consists of specified digit count', code(rest)],
      ['Before starting call, trim', `${code(trim)} digits from the beginning`],
      ['Then add at beginning', code(add)],
      ['Via provider', code(provider)],
    ],
  });
  const abroad = route('numbers with 00', '00[1-9]', -1, 2, '+');
  const notes = [
    'Exotel takes E.164 with plus only. MikoPBX takes the plus off a dialled number before it looks for a route: other countries are dialled with 00.',
  ];
  if (!dialsFromIndia(values)) return [{ ...abroad, notes }];
  return [
    { ...abroad, notes },
    route('national numbers', '0[1-9]', 9, 1, '+91'),
    route('numbers with 91, with or without plus', '91[1-9]', 9, 0, '+'),
    route('ten digits', '[1-9]', 9, 0, '+91'),
  ];
}

function routePages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const names = namesOf(connection);
  const pages: Page[] = [];
  if (connection.useCase === 'streamkit') {
    pages.push({
      heading: 'Dialplan applications',
      rows: [
        ['Number to call the application', 'A free number inside, which the phones then dial'],
        ['Type of code', 'Asterisk dialplan'],
        ['Program code', code(`1,Goto(${names.streamkit},s,1)`)],
      ],
      notes: [
        `It calls the flow number ${code(values.flowNumber)} with the header ${code(`X-Exotel-AccountSid: ${values.accountSid}`)}; both stand in ${code('extensions.conf')}.`,
      ],
    });
  } else if (callsOut(connection)) {
    pages.push(...outgoingRoutes(values, names.peer));
  }
  if (wantsInbound(connection)) {
    pages.push({
      heading: 'Incoming routes',
      rows: callsIn(connection)
        ? [
            ['Provider', code(names.peer)],
            [
              'Additional number (DID)',
              values.numbers.length > 0
                ? values.numbers.map(code).join(', ')
                : 'The number with plus, e.g. +91…',
            ],
            ['Forwarded to', 'The extension, queue or menu that rings'],
          ]
        : INBOUND_LEFT_OUT,
      notes: callsIn(connection)
        ? ['One route for each number, with the plus: Exotel sends the number as +91…']
        : [],
    });
  }
  return pages;
}

/** Every row with `=` counts there, so no comment may hold one; `]` is lost everywhere. */
function attributes(connection: TrunkConnection): string {
  const lines = [
    '[endpoint]',
    'disallow = all',
    `allow = ${codecNames(connection, ASTERISK_CODECS).join(',')}`,
    connection.transport === 'tls' ? 'media_encryption = sdes' : 'media_encryption = no',
    'trust_id_inbound = yes',
    'timers = yes',
    'allow_transfer = no',
    'allow_subscribe = no',
    'identify_by = ip',
  ];
  if (usesCredential(connection)) lines.push(`outbound_auth = ${namesOf(connection).peer}-auth`);
  if (callsOut(connection)) lines.push('', '[aor]', 'qualify_frequency = 60');
  return lines.join('\n');
}

function pjsipConf(connection: TrunkConnection): string[][] {
  const blocks: string[][] = [];
  if (connection.transport === 'tls') {
    blocks.push([
      "; Asterisk does not check the other side's certificate unless told to.",
      '[transport-tls](+)',
      `ca_list_file = ${filePath('CA file', connection.caFile)}`,
      'verify_server = yes',
    ]);
  }
  if (usesCredential(connection)) {
    blocks.push([
      '; Only for calls out: the attributes name it as outbound_auth.',
      `[${namesOf(connection).peer}-auth]`,
      'type = auth',
      `username = ${asteriskValue('SIP user name', userName(connection))}`,
      `password = ${asteriskValue('SIP password', password(connection))}`,
    ]);
  }
  return blocks;
}

function extraFiles(connection: TrunkConnection, values: CheckedValues): PbxFile[] {
  const conf = { languageId: 'ini', comment: ';' } as const;
  const file = (name: string, extent: PbxFile['extent'], body: string): PbxFile =>
    headedFile(connection, writer, { name, extent, ...conf }, body);
  const files = [file(ATTRIBUTES, 'whole', attributes(connection))];
  const pjsip = pjsipConf(connection);
  if (pjsip.length > 0) files.push(file('pjsip.conf', 'part', paragraphs(pjsip)));
  if (connection.useCase === 'streamkit') {
    const names = { ...namesOf(connection), peer: PROVIDER_ID };
    const contexts = streamkitContexts(PJSIP, names, values);
    files.push(file('extensions.conf', 'part', paragraphs(contexts)));
  }
  return files;
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  const found: Placeholder[] = [];
  if (connection.useCase === 'streamkit') {
    found.push({
      text: PROVIDER_ID,
      meaning: "the provider's ID, the last part of its address in the browser",
      doNext: l10n.t(
        "{0} is an example: put the provider's ID, the last part of its address in the browser, there.",
        PROVIDER_ID,
      ),
      level: 'problem',
    });
  }
  return found;
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
    ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
  ],
  placeholders,
  render(connection) {
    const values = checkedValues(connection);
    const files = extraFiles(connection, values);
    const appended = files.filter(({ extent }) => extent === 'part');
    const pages: Page[] = [
      networkPage(connection, values),
      ...providerPages(connection, values),
      ...(appended.length > 0
        ? [
            {
              heading: CUSTOMIZE,
              rows: appended.map(({ name }): Row => [
                `/etc/asterisk/${name}`,
                'Append to end of file',
              ]),
              notes: ['Choose the file, this mode, and paste the text of the same name.'],
            },
          ]
        : []),
      ...routePages(connection, values),
    ];
    return [
      sheet(
        connection,
        writer,
        { title: mikopbx.name, name: 'mikopbx-provider.md' },
        values,
        pages,
      ),
      ...files,
    ];
  },
  guide: () => ({
    where: l10n.t(
      "The sheet's pages in MikoPBX's web administration, top to bottom; {0} goes into the box of the provider, the other .conf files behind those of the same name in {1}.",
      ATTRIBUTES,
      CUSTOMIZE,
    ),
    load: l10n.t(
      'Save; after a change of transports restart the PBX (System → Power off or restart)',
    ),
    check: l10n.t(
      "The provider's state in Telephony providers; over SSH asterisk -rx 'pjsip show endpoints', 'pjsip show identifies'",
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Account type left at Outgoing registration: Exotel takes none.'),
      l10n.t(
        'Login and Password filled in the form: without registration MikoPBX does not use them.',
      ),
      l10n.t(
        'Transport protocol left at udp,tcp: MikoPBX then uses the first, which Exotel does not speak.',
      ),
      l10n.t(
        'A certificate of the edge that nobody checks: MikoPBX does so only with the lines behind pjsip.conf.',
      ),
      l10n.t(
        'An outgoing route with the digit count left at 9: it takes no other length. -1 means any.',
      ),
      l10n.t('A comment with = in the additional attributes: MikoPBX takes it for an option.'),
      l10n.t('An incoming route without the plus: Exotel sends the number as +91….'),
      l10n.t('A CA file that is not there: find the one of your MikoPBX before you restart it.'),
    ];
  },
};
