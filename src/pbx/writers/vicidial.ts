/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * VICIdial: a carrier (Admin → Carriers) with its Account Entry and Dialplan Entry, and what goes into
 * Asterisk's own files. Labels, and what the form does to a text: VICIdial's admin.php,
 * ADMIN_keepalive_ALL.pl and docs/PJSIP_SUPPORT.txt. It takes every `;` out of the Account Entry, which
 * therefore has no comments and no `;transport=`, and `\` and `'` out of the Dialplan Entry.
 */
import * as l10n from '@vscode/l10n';
import { asteriskPlainValue } from '../quoting/asterisk-conf';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER, commentText } from '../quoting/plain';
import { ACCOUNT, DIALPLAN, PJSIP, vicidial } from '../cards/vicidial';
import type { PbxFile, PbxWriter, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import { madeFor } from '../writing/json';
import { code, sheet, type Page, type Row } from '../writing/sheet';
import { namesOf, type Names } from './shared/asterisk/dialplan';
import {
  aorSection,
  authSection,
  endpointSection,
  identifySection,
  showsCertificate,
  transportSection,
} from './shared/asterisk/pjsip-sections';
import { generalSection, peerSections } from './shared/asterisk/sip-sections';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  certificatePlaceholders,
  checkedValues,
  listenPort,
  natOptions,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

/** VICIdial's context for calls in, where its DIDs are looked up. */
const TRUNK_INBOUND = 'trunkinbound';
/** The campaign's Dial Prefix that chooses this carrier. */
const DIAL_PREFIX = '9';

function isPjsip(connection: TrunkConnection): boolean {
  return connection.variant === PJSIP;
}

/** chan_sip has no TLS without a certificate, also for calls out alone. */
function needsCertificate(connection: TrunkConnection): boolean {
  return isPjsip(connection) ? showsCertificate(connection) : connection.transport === 'tls';
}

function context(connection: TrunkConnection, names: Names): string {
  return callsIn(connection) ? TRUNK_INBOUND : names.closed;
}

/** No `;` survives the form: neither comments nor anything that needs an escape. */
function withoutComments(blocks: readonly (readonly string[])[]): string[][] {
  return blocks.map((lines) => lines.filter((line) => !line.startsWith(';')));
}

function accountEntry(connection: TrunkConnection, values: CheckedValues): string {
  if (usesCredential(connection)) {
    asteriskPlainValue('SIP user name', userName(connection));
    asteriskPlainValue('SIP password', password(connection));
  }
  const names = namesOf(connection);
  const where = context(connection, names);
  if (!isPjsip(connection)) {
    return paragraphs(withoutComments(peerSections(connection, values, names, where)));
  }
  const older = { ...connection, variant: 'older' };
  const blocks = [
    transportSection(connection, values, names, listenPort(connection, vicidial)),
    endpointSection(connection, values, names, where),
  ];
  if (callsOut(connection)) blocks.push(aorSection(connection, values, names, false));
  if (usesCredential(connection)) blocks.push(authSection(older, names));
  if (callsIn(connection)) blocks.push(identifySection(values, names));
  return paragraphs(withoutComments(blocks));
}

/** The header needs a place of its own with PJSIP; it is an extension of the same context. */
function dialplanEntry(connection: TrunkConnection, values: CheckedValues): string {
  const { peer } = namesOf(connection);
  const flow = connection.useCase === 'streamkit';
  const number = flow ? values.flowNumber : '+${FILTER(0-9,${EXTEN:1})}';
  const header = `X-Exotel-AccountSid`;
  const pjsip = isPjsip(connection);
  const lines = [
    flow
      ? `; Every number behind the prefix ${DIAL_PREFIX} goes to the flow.`
      : `; ${DIAL_PREFIX}, then the number with its country code, e.g. ${DIAL_PREFIX}919876543210.`,
    `exten => _${DIAL_PREFIX}ZX.,1,AGI(agi://127.0.0.1:4577/call_log)`,
    ` same => n,Set(CALLERID(num)=${values.callerId})`,
  ];
  if (flow) lines.push('; Without this header Exotel cannot route the call to the flow.');
  if (flow && !pjsip) lines.push(` same => n,SIPAddHeader(${header}: ${values.accountSid})`);
  lines.push(
    pjsip
      ? ` same => n,Dial(PJSIP/${number}@${peer},\${CAMPDTO},To${flow ? `b(${peer}-header^1)` : ''})`
      : ` same => n,Dial(SIP/${peer}/${number},\${CAMPDTO},To)`,
    ' same => n,Hangup()',
  );
  if (flow && pjsip) {
    lines.push(
      `exten => ${peer}-header,1,Set(PJSIP_HEADER(add,${header})=${values.accountSid})`,
      ' same => n,Return()',
    );
  }
  return lines.join('\n');
}

function extensionsConf(connection: TrunkConnection, values: CheckedValues): string {
  const names = namesOf(connection);
  if (!callsIn(connection)) {
    const lines = [`[${names.closed}]`];
    if (wantsInbound(connection)) lines.push(`; ${INBOUND_LEFT_OUT}`);
    lines.push('; No call comes in on this trunk.', 'exten => _[+0-9].,1,Hangup(21)');
    return lines.join('\n');
  }
  const lines = [
    `[${TRUNK_INBOUND}]`,
    '; Exotel sends the number with plus, VICIdial looks its DIDs up without.',
  ];
  if (values.numbers.length === 0) {
    lines.push(`exten => _+X.,1,Goto(${TRUNK_INBOUND},\${FILTER(0-9,\${EXTEN})},1)`);
  }
  for (const number of values.numbers) {
    lines.push(`exten => ${number},1,Goto(${TRUNK_INBOUND},${number.slice(1)},1)`);
  }
  return lines.join('\n');
}

/** Fifty characters fit, whole ones. */
function carrierName(connection: TrunkConnection): string {
  const name = Array.from(`Exotel ${commentText(connection.trunkName)}`);
  return name.slice(0, 50).join('').trim();
}

function carrierPage(connection: TrunkConnection, account: string): Page {
  const examples = [
    PASSWORD_PLACEHOLDER,
    NUMBER_PLACEHOLDER,
    ...writer.placeholders(connection).map(({ text }) => text),
  ].filter((example) => account.includes(example));
  const { peer } = namesOf(connection);
  const rows: Row[] = [
    ['Carrier ID', code(peer.slice(0, 15))],
    ['Carrier Name', code(carrierName(connection))],
    ['Carrier Description', code(madeFor(connection))],
    ['Registration String', 'Empty'],
    ['Template ID', '--NONE--'],
    ['Account Entry', `The text of ${code(ACCOUNT)}`],
    ['Protocol', code(isPjsip(connection) ? 'PJSIP' : 'SIP')],
    ['Globals String', 'Empty'],
    ['Dialplan Entry', callsOut(connection) ? `The text of ${code(DIALPLAN)}` : 'Empty'],
    ['Server IP', 'The server this trunk is for'],
    ['Active', code('Y')],
  ];
  return {
    heading: 'Admin → Carriers → Add A New Carrier',
    rows,
    notes: [
      ...examples.map((example) => `In the Account Entry, fill in ${code(example)}.`),
      'A new carrier is inactive: open it again and set Active.',
      ...(isPjsip(connection)
        ? [
            'PJSIP has to be allowed first: Admin → System Settings → Allowed SIP Stacks, and the ports in `sip.conf` and `pjsip.conf` as VICIdial’s PJSIP_SUPPORT.txt says.',
          ]
        : []),
    ],
  };
}

function otherPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const pages: Page[] = [];
  if (callsOut(connection)) {
    pages.push({
      heading: 'Admin → Campaigns → Detail',
      rows: [
        ['Dial Prefix', code(DIAL_PREFIX)],
        ['Campaign CallerID', code(values.callerId.slice(1))],
      ],
      notes: [
        `The leads' phone code has to be the country code, e.g. ${code('91')}. A second carrier needs another prefix.`,
      ],
    });
  }
  if (wantsInbound(connection)) {
    pages.push({
      heading: 'Inbound → DIDs → Add A New DID',
      rows: callsIn(connection)
        ? [
            [
              'DID Extension',
              values.numbers.length > 0
                ? values.numbers.map((number) => code(number.slice(1))).join(', ')
                : 'The number without plus',
            ],
            ['DID Route', 'The in-group, call menu or phone that rings'],
          ]
        : INBOUND_LEFT_OUT,
    });
  }
  return pages;
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
    ...(connection.transport === 'tls' ? (['caFile'] as const) : []),
    ...(needsCertificate(connection) ? (['certificateFile', 'privateKeyFile'] as const) : []),
  ],
  placeholders: (connection) =>
    needsCertificate(connection) ? certificatePlaceholders(connection) : [],
  render(connection) {
    const values = checkedValues(connection);
    const conf = { languageId: 'ini', comment: ';', extent: 'part' } as const;
    const file = (name: string, body: string): PbxFile =>
      headedFile(connection, writer, { name, ...conf }, body);
    const account = accountEntry(connection, values);
    const files: PbxFile[] = [
      sheet(connection, writer, { title: vicidial.name, name: 'vicidial-carrier.md' }, values, [
        carrierPage(connection, account),
        ...otherPages(connection, values),
      ]),
      {
        name: ACCOUNT,
        languageId: 'ini',
        comment: null,
        extent: 'whole',
        text: `${account}\n`,
      },
    ];
    if (callsOut(connection)) files.push(file(DIALPLAN, dialplanEntry(connection, values)));
    if (!isPjsip(connection)) {
      const general = generalSection(connection, values, listenPort(connection, vicidial));
      files.push(file('sip.conf', general.join('\n')));
    }
    files.push(file('extensions.conf', extensionsConf(connection, values)));
    return files;
  },
  guide: (connection) => ({
    where: isPjsip(connection)
      ? l10n.t(
          'Admin → Carriers: {0} into Account Entry, {1} into Dialplan Entry; extensions.conf at the end of the file of that name in /etc/asterisk.',
          ACCOUNT,
          DIALPLAN,
        )
      : l10n.t(
          'Admin → Carriers: {0} into Account Entry, {1} into Dialplan Entry; sip.conf and extensions.conf at the end of the files of that name in /etc/asterisk.',
          ACCOUNT,
          DIALPLAN,
        ),
    load: l10n.t(
      "VICIdial writes and reloads within a minute when the server's Rebuild conf files is Y; new listening ports need asterisk -rx 'core restart when convenient'",
    ),
    check: l10n.t(
      '{0}, then a manual call from a campaign',
      `asterisk -rx '${isPjsip(connection) ? 'pjsip show endpoint' : 'sip show peer'} ${connection.peerName}'`,
    ),
  }),
  get mistakes() {
    return [
      l10n.t('A Registration String: Exotel takes no registration.'),
      l10n.t(
        'A semicolon in the Account Entry: VICIdial takes it away, also the one of ";transport=tls" and of comments.',
      ),
      l10n.t(
        'A password with other characters than letters and digits: make one without them in Exotel.',
      ),
      l10n.t(
        'A second [general] in place of [general](+) in sip.conf: Asterisk ignores it without a word.',
      ),
      l10n.t(
        'A dial pattern of another carrier that matches too: give each carrier its own Dial Prefix.',
      ),
      l10n.t('The number without plus or without country code: Exotel wants E.164.'),
      l10n.t('allowguest = yes in sip.conf: anyone may call in.'),
      l10n.t(
        'Another Campaign CallerID for each campaign: the Dialplan Entry shows the one number of the trunk on every call.',
      ),
    ];
  },
};
