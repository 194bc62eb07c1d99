/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * FusionPBX: FreeSWITCH with everything in a database. Its Lua handlers make the XML of profiles, gateways
 * and lists from there, so files in sip_profiles/ and autoload_configs/ are not read; the forms are. A
 * dialplan entry is XML in the database, and its editor takes XML. Facts: fusionpbx/fusionpbx,
 * app/switch/resources/scripts/app/xml_handler, app/gateways, app/sip_profiles, app/dialplans, 5.x.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError } from '../quoting/plain';
import { fusionpbx } from '../cards/fusionpbx';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import { headedFile } from '../writing/file';
import { code, sheet, typed, type Page, type Row } from '../writing/sheet';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  certificatePlaceholders,
  checkedValues,
  natOptions,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';
import {
  SRTP,
  action,
  callSettings,
  callersList,
  extension,
  extensionsOut,
  gatewaySettings,
  localList,
  natSettings,
  tlsFiles,
  tlsFolder,
  transportSettings,
  trunkName,
  type Setting,
} from './shared/freeswitch-parts';

/** FreeSWITCH knows a gateway of FusionPBX by its UUID, which it gets when it is saved. */
const GATEWAY_UUID = 'GATEWAY_UUID';

/** Its XML handler leaves `$` out and does not escape `&`. */
function savedText(field: string, value: string): string {
  if (/[$&]/.test(value)) {
    throw new UnsafeValueError(
      field,
      l10n.t('must not hold $ or &, which FusionPBX does not hand on'),
    );
  }
  return typed(field, value);
}

function outFile(connection: TrunkConnection): string {
  return `${trunkName(connection)}-outbound.xml`;
}

function inFile(connection: TrunkConnection): string {
  return `${trunkName(connection)}-inbound.xml`;
}

function listPage(name: string, networks: readonly string[]): Page {
  return {
    heading: `Advanced → Access Controls → Add: ${code(name)}`,
    rows: [
      ['Name', code(name)],
      ['Default', code('deny')],
      ['Nodes: Type', code('allow')],
      ['Nodes: CIDR', networks.map(code).join(', ')],
    ],
    notes: ['One node for each address.'],
  };
}

function profilePage(connection: TrunkConnection, values: CheckedValues): Page {
  const name = trunkName(connection);
  const settings: readonly Setting[] = [
    { name: 'context', value: 'public' },
    { name: 'dialplan', value: 'XML' },
    ...natSettings(connection, values),
    ...transportSettings(connection),
    ...callSettings(connection),
    { name: 'apply-inbound-acl', value: callersList(connection) },
  ];
  const unused = connection.transport === 'tls' ? ['sip-port'] : ['tls', 'tls-sip-port'];
  return {
    heading: `Advanced → SIP Profiles → external → Copy: ${code(name)}`,
    rows: settings.map((one): Row => [one.name, typed(one.name, String(one.value))]),
    notes: [
      'The rows are settings of the new profile, Name and Value; change the ones it has, add the others, and let Enabled be True in each.',
      `Set Enabled to False for ${unused.map(code).join(' and ')}. Leave ${code('sip-ip')} and ${code('rtp-ip')} as they are${values.publicAddress === null ? `, and ${code('ext-sip-ip')} and ${code('ext-rtp-ip')} too` : ''}.`,
      callsIn(connection)
        ? `${code('apply-inbound-acl')} lets in the list above and answers 403 to everyone else.`
        : `${code('apply-inbound-acl')} lets in nobody but this computer.`,
    ],
  };
}

function certificatePage(connection: TrunkConnection): Page {
  const { certificate, privateKey, ca } = tlsFiles(connection);
  return {
    heading: `Certificates, in ${code(tlsFolder(connection))}`,
    rows: [
      ['agent.pem: certificate', code(certificate)],
      ['agent.pem: private key behind it', code(privateKey)],
      ['cafile.pem', code(ca)],
    ],
    notes: [`Both files must be readable for the user FreeSWITCH runs as (${code('www-data')}).`],
  };
}

function gatewayPage(connection: TrunkConnection, values: CheckedValues): Page {
  const name = trunkName(connection);
  const found = new Map(gatewaySettings(connection, values).map((one) => [one.name, one.value]));
  const shown = (key: string) => code(found.get(key) ?? '');
  const rows: Row[] = [['Gateway', code(name)]];
  if (usesCredential(connection)) {
    rows.push(
      ['Username', savedText('SIP user name', userName(connection))],
      ['Password', savedText('SIP password', password(connection))],
    );
  }
  rows.push(
    ['From User', shown('from-user')],
    ['From Domain', shown('from-domain')],
    ['Proxy', shown('proxy')],
    ['Realm', 'Leave empty'],
    ['Expire Seconds', code(800)],
    ['Register', 'False: Exotel takes no registration'],
    ['Retry Seconds', code(30)],
    ['Register Transport (under Advanced)', shown('register-transport')],
    ['Contact Params (under Advanced)', 'Leave empty'],
    ['Caller ID In From (under Advanced)', 'False'],
    ['Sip CID Type (under Advanced)', code('pid')],
    ['Ping (under Advanced)', shown('ping')],
    ['Context', code('public')],
    ['Profile', code(name)],
    ['Enabled', 'True'],
  );
  const notes = usesCredential(connection)
    ? []
    : ['Username and Password stay empty: Exotel knows the PBX by its whitelisted IP.'];
  return { heading: 'Accounts → Gateways → Add', rows, notes };
}

function dialplanPage(name: string, rows: readonly Row[], fileName: string): Page {
  return {
    heading: `Dialplan → Dialplan Manager → Add: ${code(name)}`,
    rows: [['Name', code(name)], ...rows, ['Enabled', 'True']],
    notes: [
      `Condition 1 and Action 1 may be anything. Save, open the entry, press XML, put the text of ${code(fileName)} in place of what is there and save again. Saving the entry in its form later would undo that.`,
    ],
  };
}

function outPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const name = `${trunkName(connection)}-outbound`;
  const page = dialplanPage(
    name,
    [
      ['Context', "Your domain's name, as offered"],
      ['Order', code(100)],
    ],
    outFile(connection),
  );
  const uuid = `${code(GATEWAY_UUID)} in it stands for the gateway's UUID: open the gateway and copy what follows ${code('id=')} in the address bar.`;
  return [gatewayPage(connection, values), { ...page, notes: [...(page.notes ?? []), uuid] }];
}

function inPages(connection: TrunkConnection, values: CheckedValues): Page[] {
  const pages: Page[] = [];
  if (connection.transport === 'tls') {
    pages.push(
      dialplanPage(
        `${trunkName(connection)}-inbound`,
        [
          ['Context', code('public')],
          ['Order', code(10)],
          ['Continue', 'True'],
          ['Domain', 'Global'],
        ],
        inFile(connection),
      ),
    );
  }
  const numbers = values.numbers.map(code).join(', ');
  pages.push({
    heading: 'Dialplan → Destinations → Add',
    rows: [
      ['Type', 'Inbound'],
      ['Country Code', 'Leave empty'],
      ['Destination', numbers === '' ? 'The number with the plus' : numbers],
      ['Context', code('public')],
      ['Actions', 'The extension, ring group or IVR that gets the calls'],
      ['Enabled', 'True'],
    ],
    notes: ['One destination for each number, with the plus: that is how Exotel sends it.'],
  });
  return pages;
}

/** Ahead of all destinations: calls on this profile are answered with SRTP or not at all. */
function inboundExtension(connection: TrunkConnection): string[] {
  const name = trunkName(connection);
  const actions = [
    action('set', `rtp_secure_media=${SRTP}`),
    action('log', 'NOTICE Exotel call ${sip_h_X-Exotel-CallSid} to ${destination_number}'),
  ];
  return extension(`${name}-inbound`, `^${name}$`, actions, {
    field: '${sofia_profile_name}',
    goOn: true,
  });
}

function xmlFile(connection: TrunkConnection, name: string, lines: readonly string[]): PbxFile {
  const kind = { name, languageId: 'xml', comment: '<!--', extent: 'part' } as const;
  return headedFile(connection, writer, kind, lines.join('\n'));
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
    ...(connection.transport === 'tls'
      ? (['certificateFile', 'privateKeyFile', 'caFile'] as const)
      : []),
  ],
  placeholders: (connection): readonly Placeholder[] => [
    ...(callsOut(connection)
      ? [
          {
            text: GATEWAY_UUID,
            meaning: 'the UUID the gateway got when it was saved',
            doNext: l10n.t(
              '{0} is an example: put the UUID the gateway got when it was saved there.',
              GATEWAY_UUID,
            ),
            level: 'problem',
          } as const,
        ]
      : []),
    ...(connection.transport === 'tls' ? certificatePlaceholders(connection) : []),
  ],
  render(connection) {
    const values = checkedValues(connection);
    const name = trunkName(connection);
    const pages: Page[] = [];
    if (callsIn(connection)) pages.push(listPage(name, values.exotelNetworks));
    if (values.localNetworks.length > 0) {
      pages.push(listPage(localList(connection), values.localNetworks));
    }
    if (connection.transport === 'tls') pages.push(certificatePage(connection));
    pages.push(profilePage(connection, values));
    const files: PbxFile[] = [];
    if (callsOut(connection)) {
      pages.push(...outPages(connection, values));
      files.push(
        xmlFile(connection, outFile(connection), extensionsOut(connection, values, GATEWAY_UUID)),
      );
    }
    if (callsIn(connection)) {
      pages.push(...inPages(connection, values));
      if (connection.transport === 'tls') {
        files.push(xmlFile(connection, inFile(connection), inboundExtension(connection)));
      }
    } else if (wantsInbound(connection)) {
      pages.push({ heading: 'Calls from Exotel', rows: INBOUND_LEFT_OUT });
    }
    return [
      sheet(
        connection,
        writer,
        { title: fusionpbx.name, name: 'fusionpbx-exotel.md' },
        values,
        pages,
      ),
      ...files,
    ];
  },
  guide: ({ peerName: name }) => ({
    where: l10n.t(
      'The web administration, in the order of the sheet. The XML goes into the XML editor of the dialplan entries it names; files in sip_profiles/ or autoload_configs/ are not read by FusionPBX.',
    ),
    load: l10n.t(
      'Status → SIP Status: Flush Cache, Reload ACL, Reload XML, then Start of the profile {0} (later: Restart). Open its port in the firewall for the addresses of Exotel.',
      name,
    ),
    check: l10n.t(
      "Status → SIP Status shows the profile {0} and its gateway as NOREG and UP; fs_cli -x 'acl 203.0.113.7 {0}' says who may call in; 'sofia global siptrace on' shows the SIP messages",
      name,
    ),
  }),
  get mistakes() {
    return [
      l10n.t('Register left at True: Exotel takes no registration.'),
      l10n.t(
        'Register Transport left empty: FusionPBX then writes udp, which Exotel does not speak.',
      ),
      l10n.t(
        'The gateway in the profile external: its tls-verify-policy is none, the certificate of the edge is not checked.',
      ),
      l10n.t('A password with $ or &: FusionPBX does not hand them on to FreeSWITCH.'),
      l10n.t(
        'sofia/gateway/ with the name of the gateway in a dialplan: FreeSWITCH knows it by its UUID only.',
      ),
      l10n.t(
        'A port that another profile uses already (5060, 5061, 5080, 5081): the profile does not start. A second Exotel trunk needs another name and another port.',
      ),
      l10n.t('Gateway DOWN: clear Ping; Exotel does not promise to answer OPTIONS.'),
    ];
  },
};
