/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * FreePBX: what to type into its forms, and the custom files for what they have no field for. Labels and
 * what becomes of them: FreePBX core and sipsettings, release/16.0 and release/17.0.
 */
import * as l10n from '@vscode/l10n';
import { asteriskFormValue, escapeSemicolons } from '../quoting/asterisk-conf';
import { freepbx } from '../cards/freepbx';
import type { PbxFile, PbxWriter, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import { code, sheet, typed, type Page, type Row } from '../writing/sheet';
import {
  ASTERISK_CODECS,
  PJSIP,
  closedContext,
  namesOf,
  streamkitContexts,
  type Names,
} from './shared/asterisk/dialplan';
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

const SIP_SETTINGS = 'Settings → Asterisk SIP Settings';
const ADD_TRUNK = 'Connectivity → Trunks → Add Trunk → Add SIP (chan_pjsip) Trunk';
const PJSIP_TAB = `${ADD_TRUNK} → pjsip Settings`;

function sipSettings(connection: TrunkConnection, values: CheckedValues): Page[] {
  const general: Row[] = [
    ['Allow Anonymous Inbound SIP Calls', 'No'],
    ['Allow SIP Guests', 'No'],
  ];
  if (values.publicAddress !== null) {
    general.push(['External Address', code(values.publicAddress)]);
    if (values.localNetworks.length > 0) {
      general.push(['Local Networks', values.localNetworks.map(code).join(', ')]);
    }
  }
  const { transport } = connection;
  const pjsip: Row[] = [];
  if (transport === 'tls') {
    pjsip.push(
      ['Certificate Manager', 'The certificate of this PBX'],
      ['SSL Method', code('tlsv1_2')],
      ['Verify Client', 'No'],
      ['Verify Server', 'Yes'],
    );
  }
  pjsip.push(
    [`${transport} - 0.0.0.0 - All`, 'Yes'],
    ['Port to Listen On', code(listenPort(connection, freepbx))],
  );
  return [
    { heading: `${SIP_SETTINGS} → General SIP Settings`, rows: general },
    {
      heading: `${SIP_SETTINGS} → SIP Settings [chan_pjsip]`,
      rows: pjsip,
      notes: ['A change of transports needs a restart: `fwconsole restart`.'],
    },
  ];
}

function trunkPage(values: CheckedValues, names: Names, out: boolean): Page {
  const rows: Row[] = [['Trunk Name', code(names.peer)]];
  if (out) {
    rows.push(
      ['Hide CallerID', 'No'],
      ['Outbound CallerID', code(values.callerId)],
      ['CID Options', 'Force Trunk CID'],
    );
  }
  return { heading: `${ADD_TRUNK} → General`, rows };
}

function numberPage(values: CheckedValues): Page {
  const rows: Row[] = [
    ['Rule 1', `prepend ${code('+')}, prefix ${code('00')}, match pattern ${code('Z.')}`],
  ];
  if (dialsFromIndia(values)) {
    rows.push(
      [
        'Rule 2',
        `prepend ${code('+91')}, prefix ${code('0')}, match pattern ${code('ZXXXXXXXXX')}`,
      ],
      ['Rule 3', `prepend ${code('+91')}, prefix empty, match pattern ${code('ZXXXXXXXXX')}`],
      ['Rule 4', `prepend ${code('+')}, prefix empty, match pattern ${code('91ZXXXXXXXXX')}`],
    );
  }
  return {
    heading: `${ADD_TRUNK} → Dialed Number Manipulation Rules`,
    rows,
    notes: ['Exotel takes E.164 with plus only. A number that has it is sent as it is.'],
  };
}

function pjsipGeneral(connection: TrunkConnection, values: CheckedValues, names: Names): Page {
  const rows: Row[] = [];
  const notes: string[] = [];
  if (usesCredential(connection)) {
    const user = asteriskFormValue('SIP user name', userName(connection));
    const secret = asteriskFormValue('SIP password', password(connection));
    rows.push(
      ['Username', typed('SIP user name', user)],
      ['Auth username', typed('SIP user name', user)],
      ['Secret', typed('SIP password', secret)],
      ['Authentication', 'Outbound'],
    );
    notes.push(
      'FreePBX writes Username and Secret into `pjsip.auth.conf` as they are typed: a semicolon is typed as `\\;`, as above. A secret of letters and digits needs no care.',
    );
  } else {
    rows.push(['Authentication', 'None']);
  }
  rows.push(
    ['Registration', 'None'],
    ['SIP Server', code(values.edgeHost)],
    ['SIP Server Port', code(values.edgePort)],
    ['Context', code(callsIn(connection) ? 'from-pstn' : names.closed)],
    ['Transport', code(`0.0.0.0-${connection.transport}`)],
  );
  return { heading: `${PJSIP_TAB} → General`, rows, notes };
}

function pjsipAdvanced(connection: TrunkConnection, values: CheckedValues): Page {
  const { transport } = connection;
  const uri = `sip:${values.edgeHost}:${values.edgePort};transport=${transport}`;
  const rows: Row[] = [
    ['DTMF Mode', 'RFC 4733'],
    ['Qualify Frequency', code(60)],
    ...(callsOut(connection)
      ? ([
          ['From Domain', code(values.sipDomain)],
          ['From User', code(values.callerId)],
        ] as const)
      : []),
    ['AOR Contact', code(escapeSemicolons(uri))],
    [
      'Match (Permit)',
      callsIn(connection)
        ? code(values.exotelNetworks.join(','))
        : 'Empty: the SIP Server stands in',
    ],
    ['Trust RPID/PAI', 'Yes'],
    ['Send RPID/PAI', 'Send P-Asserted-Identity header'],
    ['Match Inbound Authentication', 'Ip'],
    ['Direct Media', 'No'],
    ['Rewrite Contact', 'No'],
    ['RTP Symmetric', 'Yes'],
    ['Media Encryption', transport === 'tls' ? 'SRTP via in-SDP (recommended)' : 'None'],
    ['Force rport', 'Yes'],
  ];
  return { heading: `${PJSIP_TAB} → Advanced`, rows };
}

function codecPage(connection: TrunkConnection): Page {
  return {
    heading: `${PJSIP_TAB} → Codecs`,
    rows: [
      ['Checked, in this order', codecNames(connection, ASTERISK_CODECS).map(code).join(', ')],
    ],
    notes: ['Drag them into this order and uncheck all others.'],
  };
}

function routePages(connection: TrunkConnection, values: CheckedValues, names: Names): Page[] {
  const pages: Page[] = [];
  if (connection.useCase === 'streamkit') {
    pages.push({
      heading: 'Admin → Custom Destinations → Add Destination',
      rows: [
        ['Target', code(`${names.streamkit},s,1`)],
        ['Description', code('Exotel StreamKit')],
        ['Return', 'No'],
      ],
      notes: [
        'Choose it wherever FreePBX asks for a destination: an IVR entry, a queue, an inbound route.',
        `It calls the flow number ${code(values.flowNumber)} with the header ${code(`X-Exotel-AccountSid: ${values.accountSid}`)}; both stand in ${code('extensions_custom.conf')}. No outbound route is needed.`,
      ],
    });
  } else if (callsOut(connection)) {
    pages.push({
      heading: 'Connectivity → Outbound Routes → Add Outbound Route',
      rows: [
        ['Route Name', code(names.outbound)],
        ['Trunk Sequence for Matched Routes', code(names.peer)],
        [
          'Dial Patterns, match pattern',
          [
            code('+Z.'),
            code('00Z.'),
            ...(dialsFromIndia(values)
              ? [code('0ZXXXXXXXXX'), code('ZXXXXXXXXX'), code('91ZXXXXXXXXX')]
              : []),
          ].join(', '),
        ],
      ],
    });
  }
  if (wantsInbound(connection)) {
    const numbers = values.numbers.length > 0 ? values.numbers.map(code).join(', ') : code('_+X.');
    pages.push({
      heading: 'Connectivity → Inbound Routes → Add Inbound Route',
      rows: callsIn(connection)
        ? [
            ['DID Number', numbers],
            ['Set Destination', 'The extension, ring group, queue or IVR that rings'],
          ]
        : INBOUND_LEFT_OUT,
      notes: callsIn(connection)
        ? ['One route for each number, with the plus: Exotel sends the number as +91…']
        : [],
    });
  }
  return pages;
}

/** What the forms have no field for. */
function customFiles(connection: TrunkConnection, values: CheckedValues): PbxFile[] {
  const names = namesOf(connection);
  const conf = { languageId: 'ini', comment: ';', extent: 'part' } as const;
  const files = [
    headedFile(
      connection,
      writer,
      { name: 'pjsip.endpoint_custom_post.conf', ...conf },
      [
        '; Adds to the endpoint that FreePBX writes for the trunk: save the trunk first.',
        `[${names.peer}](+)`,
        'allow_transfer = no',
        'allow_subscribe = no',
      ].join('\n'),
    ),
  ];
  const contexts: string[][] = [];
  if (connection.useCase === 'streamkit') {
    contexts.push(...streamkitContexts(PJSIP, names, values));
    contexts.push([
      '[from-internal-custom]',
      '; So that a phone can dial the flow number.',
      `exten => ${values.flowNumber},1,Goto(${names.streamkit},s,1)`,
    ]);
  }
  if (!callsIn(connection)) contexts.push(closedContext(connection, names));
  if (contexts.length > 0) {
    files.push(
      headedFile(
        connection,
        writer,
        { name: 'extensions_custom.conf', ...conf },
        paragraphs(contexts),
      ),
    );
  }
  return files;
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
    const names = namesOf(connection);
    const out = callsOut(connection);
    const pages: Page[] = [
      ...sipSettings(connection, values),
      trunkPage(values, names, out),
      ...(out && connection.useCase !== 'streamkit' ? [numberPage(values)] : []),
      pjsipGeneral(connection, values, names),
      pjsipAdvanced(connection, values),
      codecPage(connection),
      ...routePages(connection, values, names),
    ];
    return [
      sheet(connection, writer, { title: freepbx.name, name: 'freepbx-trunk.md' }, values, pages),
      ...customFiles(connection, values),
    ];
  },
  guide: ({ peerName }) => ({
    where: l10n.t(
      "The sheet's pages in FreePBX's web administration, top to bottom; the .conf files at the end of those of the same name in /etc/asterisk (Admin → Config Edit, or a shell).",
    ),
    load: l10n.t('Submit, then Apply Config; after a change of transports fwconsole restart'),
    check: l10n.t(
      "Reports → Asterisk Info → Pjsip Info; asterisk -rx 'pjsip show endpoint {0}', 'pjsip qualify {0}', 'pjsip show identifies'",
      peerName,
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Registration left at Send, which is the default: Exotel takes none.'),
      l10n.t(
        'Match (Permit) left empty when calls come in: only the addresses the SIP Server has at that moment may call.',
      ),
      l10n.t('AOR Contact left empty: FreePBX puts the user name into it and no transport.'),
      l10n.t(
        '";transport=tls" in AOR Contact without the backslash: the rest of the line is a comment.',
      ),
      l10n.t('Allow Anonymous Inbound SIP Calls or Allow SIP Guests at Yes: anyone may call in.'),
      l10n.t('An inbound route without the plus: Exotel sends the number as +91….'),
      l10n.t('Authentication Both or Inbound: Exotel is then challenged and the call fails.'),
      l10n.t('Verify Server at No: the edge could be anyone.'),
    ];
  },
};
