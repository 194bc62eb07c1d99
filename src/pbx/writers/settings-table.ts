/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Any other PBX: the settings as a table in Markdown, to be typed into a web form.
 */
import * as l10n from '@vscode/l10n';
import { parseDestination } from '../../exotel/rules/destination';
import { settingsTable } from '../cards/settings-table';
import type { PbxWriter, TrunkConnection } from '../types';
import { code, sheet, typed, type Page, type Row } from '../writing/sheet';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  listenPort,
  natOptions,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

function outboundRows(connection: TrunkConnection, values: CheckedValues): Row[] {
  const rows: Row[] = [
    ['SIP server (edge)', code(values.edgeHost)],
    ['Port', code(values.edgePort)],
    [
      'Outbound proxy',
      code(`sip:${values.edgeHost}:${values.edgePort};transport=${connection.transport}`),
    ],
    ['Registration', 'Off: Exotel takes none'],
  ];
  if (usesCredential(connection)) {
    rows.push(
      ['Authentication', connection.auth === 'both' ? 'Digest, and the IP whitelisted' : 'Digest'],
      ['User name', typed('SIP user name', userName(connection))],
      ['Authentication user name', typed('SIP user name', userName(connection))],
      ['Password', typed('SIP password', password(connection))],
      ['Realm', `Empty or any; where one is demanded ${code('pstn.exotel.com')}`],
    );
  } else {
    rows.push(['Authentication', 'None: Exotel knows the PBX by its whitelisted IP']);
  }
  rows.push(
    ['From user, caller ID', code(values.callerId)],
    ['From domain', code(values.sipDomain)],
    ['P-Asserted-Identity', `Send it, ${code(values.callerId)}`],
  );
  if (connection.useCase === 'streamkit') {
    rows.push(
      ['Number to dial', code(values.flowNumber)],
      ['Extra SIP header', code(`X-Exotel-AccountSid: ${values.accountSid}`)],
    );
  } else {
    rows.push(['Number format', `E.164 with plus, e.g. ${code('+918040001234')}`]);
  }
  rows.push(['Keep-alive', `OPTIONS every ${code(60)} seconds`]);
  return rows;
}

function inboundRows(connection: TrunkConnection, values: CheckedValues): Row[] {
  const rows: Row[] = [
    ['Listen on port', code(listenPort(connection, settingsTable))],
    ['Allowed source addresses', values.exotelNetworks.map(code).join(', ')],
    ['All other addresses', 'Reject'],
    ['Authentication', 'None: Exotel must not be challenged'],
    [
      'Number called',
      `E.164 with plus, in the request URI${values.numbers.length > 0 ? `: ${values.numbers.map(code).join(', ')}` : ''}`,
    ],
  ];
  const hosts = connection.destinations
    .map(parseDestination)
    .filter((one) => one?.transport === connection.transport);
  if (hosts.length > 0) {
    rows.push([
      'Inbound host (destination URI)',
      hosts.map((one) => code(`${one?.host ?? ''}:${one?.port ?? ''}`)).join(', '),
    ]);
  }
  return rows;
}

function commonRows(connection: TrunkConnection, values: CheckedValues): Row[] {
  const rows: Row[] = [
    ['Transport', connection.transport === 'tls' ? 'TLS 1.2 or newer' : 'TCP'],
    [
      'Media encryption',
      connection.transport === 'tls'
        ? `SRTP, mandatory; SDES, ${code('AES_CM_128_HMAC_SHA1_80')}`
        : 'None (RTP)',
    ],
  ];
  if (connection.transport === 'tls') rows.push(['Certificate of the edge', 'Verify it']);
  rows.push(
    ['Codecs, in this order', connection.codecs.map(code).join(', ')],
    ['DTMF', 'RFC 4733 (RFC 2833)'],
    ['Direct media, re-INVITE', 'Off'],
    ['Symmetric RTP', 'On'],
    ['Session timers', 'Accept'],
  );
  if (values.publicAddress !== null) {
    rows.push(['Public address (NAT)', code(values.publicAddress)]);
    if (values.localNetworks.length > 0) {
      rows.push(['Local networks (NAT)', values.localNetworks.map(code).join(', ')]);
    }
  }
  return rows;
}

/** Stands in the file, which is English. */
const TITLE = 'Any other PBX (table of settings)';

export const writer: PbxWriter = {
  uses: (connection) => [
    ...natOptions(connection),
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders: () => [],
  render(connection) {
    const values = checkedValues(connection);
    const pages: Page[] = [
      { heading: 'Signalling and audio', rows: commonRows(connection, values) },
    ];
    if (callsOut(connection)) {
      pages.push({ heading: 'Calls to Exotel', rows: outboundRows(connection, values) });
    }
    if (wantsInbound(connection)) {
      const rows = callsIn(connection) ? inboundRows(connection, values) : INBOUND_LEFT_OUT;
      pages.push({ heading: 'Calls from Exotel', rows });
    }
    return [
      sheet(connection, writer, { title: TITLE, name: 'exotel-sip-trunk.md' }, values, pages),
    ];
  },
  guide: () => ({
    where: l10n.t("The trunk or carrier page of the PBX's web administration."),
    load: l10n.t('Save the page; many PBXs want an "apply" after it.'),
    check: l10n.t("The PBX's trunk status, then a test call out and one in."),
  }),
  get mistakes() {
    return [
      l10n.t('A trunk type that registers: choose peer, IP or "no registration".'),
      l10n.t('Transport "automatic": it may start with UDP, which Exotel does not speak.'),
      l10n.t('SRTP optional or off with TLS, or mandatory with TCP.'),
      l10n.t('An inbound route without the plus: Exotel sends the number as +91…'),
    ];
  },
};
