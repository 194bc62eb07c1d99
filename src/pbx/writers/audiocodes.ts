/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * AudioCodes Mediant: an incremental ini file. Tables stand in the order in which they refer to each other
 * and name only the columns that matter. Who may call in is decided by the Classification table, by
 * address; the Proxy Set never classifies, because its name resolves to whatever DNS says.
 */
import * as l10n from '@vscode/l10n';
import {
  checkedPatterns,
  iniTable,
  iniWord,
  ipGroupName,
  type ColumnStyle,
  type IniRow,
} from '../quoting/audiocodes-ini';
import { peerName } from '../quoting/plain';
import { OLDER, audiocodes } from '../cards/audiocodes';
import type { Codec } from '../options';
import type { PbxWriter, Placeholder, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  listenPort,
  password,
  userName,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';
import { numberFor, toE164, type NumberRule } from './shared/sbc';

const NETWORK_INTERFACE = 'WAN';
const MEDIA_REALM = 'DefaultRealm';
const TLS_CONTEXT = 'default';
const SRD = 'DefaultSRD';
const ROUTING_POLICY = 'Default_SBCRoutingPolicy';

/** AudioCodes' own numbers: which coder, at 20 ms, with which rate. */
const CODERS: Readonly<Record<Codec, { readonly name: number; readonly rate: number }>> = {
  PCMA: { name: 1, rate: 90 },
  PCMU: { name: 2, rate: 90 },
  G729: { name: 3, rate: 19 },
};
const TRANSPORT_TYPE = { tcp: 1, tls: 2 } as const;
const ADD = 0;
const REMOVE = 1;
const MODIFY = 2;

interface Names {
  readonly peer: string;
  /** Row in every table with one row of ours. Rows of the others begin at ten times that. */
  readonly row: number;
  readonly inside: string;
  readonly sipInterface: string;
  readonly coders: string;
  /** Manipulation sets: out is `row`, in is `row + 10`; the device has 0 to 19. */
  readonly setOut: number;
  readonly setIn: number;
}

function namesOf(connection: TrunkConnection): Names {
  const peer = peerName('Name inside the PBX', connection.peerName);
  const row = numberFor(connection, 2, 8);
  const inside = connection.insidePeer === '' ? audiocodes.insidePeer : connection.insidePeer;
  return {
    peer,
    row,
    inside: ipGroupName('Inside peer', inside),
    sipInterface: `${peer}-sip`,
    coders: `AudioCodersGroups_${row}`,
    setOut: row,
    setIn: row + 10,
  };
}

interface Table {
  readonly name: string;
  readonly rows: ReadonlyMap<number, IniRow>;
  readonly comments?: readonly string[];
}

function oneRow(
  name: string,
  row: number,
  fields: IniRow,
  comments: readonly string[] = [],
): Table {
  return { name, rows: new Map([[row, fields]]), comments };
}

function manyRows(
  name: string,
  row: number,
  fields: readonly IniRow[],
  comments: readonly string[] = [],
): Table {
  return { name, rows: new Map(fields.map((one, index) => [row * 10 + index, one])), comments };
}

function globals(connection: TrunkConnection): string[] {
  const lines = [
    '; For the whole device: a call that no rule knows is rejected.',
    'AllowUnclassifiedCalls = 0',
  ];
  if (connection.transport === 'tls') {
    lines.push(
      "; For the whole device: SRTP, and the other side's certificate and its name are checked.",
      'EnableMediaSecurity = 1',
      'VerifyServerCertificate = 1',
      'PeerHostNameVerificationMode = 1',
    );
  }
  return lines;
}

function coderTables(connection: TrunkConnection, { peer, row, coders }: Names): Table[] {
  const allowed = `${peer}-coders`;
  return [
    oneRow('AudioCodersGroups', row, { Name: coders }),
    manyRows(
      'AudioCoders',
      row,
      connection.codecs.map((codec, index) => ({
        AudioCodersGroupId: coders,
        AudioCodersIndex: index,
        Name: CODERS[codec].name,
        pTime: 2,
        rate: CODERS[codec].rate,
      })),
    ),
    oneRow('AllowedAudioCodersGroups', row, { Name: allowed }),
    manyRows(
      'AllowedAudioCoders',
      row,
      connection.codecs.map((codec, index) => ({
        AllowedAudioCodersGroupName: allowed,
        AllowedAudioCodersIndex: index,
        CoderID: CODERS[codec].name,
      })),
    ),
  ];
}

function profileTable(connection: TrunkConnection, { peer, row, coders }: Names): Table {
  const tls = connection.transport === 'tls';
  return oneRow(
    'IpProfile',
    row,
    {
      ProfileName: `${peer}-profile`,
      CodersGroupName: coders,
      SBCExtensionCodersGroupName: coders,
      SBCAllowedAudioCodersGroupName: `${peer}-coders`,
      SBCAllowedCodersMode: 2,
      SBCMediaSecurityBehaviour: tls ? 1 : 2,
      SBCMediaSecurityMethod: 0,
      SBCRFC2833Behavior: 1,
    },
    [
      tls
        ? '; SBCMediaSecurityBehaviour 1: SRTP only, with SDES; Exotel takes AES_CM_128_HMAC_SHA1_80. 2833 behaviour 1: RFC 4733 DTMF.'
        : '; SBCMediaSecurityBehaviour 2: plain RTP, as Exotel wants with TCP. 2833 behaviour 1: RFC 4733 DTMF.',
    ],
  );
}

function entityTables(connection: TrunkConnection, values: CheckedValues, names: Names): Table[] {
  const { peer, row, sipInterface } = names;
  const { transport } = connection;
  const port = listenPort(connection, audiocodes);
  const tables: Table[] = [];
  if (values.publicAddress !== null) {
    tables.push(
      oneRow(
        'NATTranslation',
        row,
        { SrcIPInterfaceName: NETWORK_INTERFACE, TargetIPAddress: values.publicAddress },
        ['; Behind NAT: what Exotel is told instead of the local address.'],
      ),
    );
  }
  tables.push(
    oneRow(
      'SIPInterface',
      row,
      {
        InterfaceName: sipInterface,
        NetworkInterface: NETWORK_INTERFACE,
        ApplicationType: 2,
        UDPPort: 0,
        TCPPort: transport === 'tcp' ? port : 0,
        TLSPort: transport === 'tls' ? port : 0,
        SRDName: SRD,
        TLSContext: TLS_CONTEXT,
        MediaRealm: MEDIA_REALM,
        ClassificationFailureResponseType: 0,
      },
      ['; A port of 0 is closed. Strangers get no answer (ClassificationFailureResponseType 0).'],
    ),
  );
  if (callsOut(connection)) {
    tables.push(
      oneRow(
        'ProxySet',
        row,
        {
          ProxyName: `${peer}-edge`,
          EnableProxyKeepAlive: 1,
          ProxyKeepAliveTime: 60,
          SRDName: SRD,
          TLSContextName: TLS_CONTEXT,
          SBCIPv4SIPInterfaceName: sipInterface,
        },
        ['; EnableProxyKeepAlive 1: OPTIONS.'],
      ),
      manyRows('ProxyIp', row, [
        {
          ProxySetId: String(row),
          ProxyIpIndex: 0,
          IpAddress: `${values.edgeHost}:${values.edgePort}`,
          TransportType: TRANSPORT_TYPE[transport],
        },
      ]),
    );
  } else {
    // A Server IP Group has a Proxy Set even when nothing is ever sent to it first.
    tables.push(
      oneRow('ProxySet', row, {
        ProxyName: `${peer}-edge`,
        EnableProxyKeepAlive: 0,
        SRDName: SRD,
        TLSContextName: TLS_CONTEXT,
        SBCIPv4SIPInterfaceName: sipInterface,
      }),
    );
  }
  const group: IniRow = {
    Type: 0,
    Name: peer,
    ProxySetName: `${peer}-edge`,
    SIPGroupName: values.edgeHost,
    SRDName: SRD,
    MediaRealm: MEDIA_REALM,
    ClassifyByProxySet: 0,
    ProfileName: `${peer}-profile`,
    InboundManSet: callsIn(connection) ? names.setIn : -1,
    OutboundManSet: callsOut(connection) ? names.setOut : -1,
  };
  tables.push(
    oneRow('IPGroup', row, group, [
      '; ClassifyByProxySet 0: who may call in stands in the Classification table, by address.',
    ]),
  );
  if (usesCredential(connection)) {
    tables.push(
      oneRow(
        'Account',
        row,
        {
          ServedTrunkGroup: -1,
          ServedIPGroupName: names.inside,
          ServingIPGroupName: peer,
          Username: iniWord('SIP user name', userName(connection)),
          Password: iniWord('SIP password', password(connection)),
          Register: 0,
          ApplicationType: 2,
        },
        ["; Register 0: answers Exotel's challenge to a call and never registers."],
      ),
    );
  }
  return tables;
}

function regexCondition({ before, first, digits }: NumberRule): string {
  const rest = digits === 'any' ? '[0-9]+' : `[0-9]{${digits - 1}}`;
  return `Header.Request-URI.URL.User regex '^${before}([${first}]${rest})$'`;
}

interface Manipulation {
  readonly name: string;
  readonly message: 'Any.Request' | 'Invite.Request';
  readonly condition?: string;
  readonly subject: string;
  readonly type: number;
  readonly value?: string;
}

function outManipulations(connection: TrunkConnection, values: CheckedValues): Manipulation[] {
  const user = 'Header.Request-URI.URL.User';
  const list: Manipulation[] = [
    {
      name: 'From number',
      message: 'Any.Request',
      subject: 'Header.From.URL.User',
      type: MODIFY,
      value: `'${values.callerId}'`,
    },
    {
      name: 'From domain',
      message: 'Any.Request',
      subject: 'Header.From.URL.Host',
      type: MODIFY,
      value: `'${values.sipDomain}'`,
    },
    {
      name: 'PAI of the PBX',
      message: 'Invite.Request',
      subject: 'Header.P-Asserted-Identity',
      type: REMOVE,
    },
    {
      name: 'PAI',
      message: 'Invite.Request',
      subject: 'Header.P-Asserted-Identity',
      type: ADD,
      value: `'<sip:${values.callerId}@${values.sipDomain}>'`,
    },
  ];
  if (connection.useCase === 'streamkit') {
    list.push(
      {
        name: 'Exophone',
        message: 'Invite.Request',
        subject: user,
        type: MODIFY,
        value: `'${values.flowNumber}'`,
      },
      {
        name: 'Account',
        message: 'Invite.Request',
        subject: 'Header.X-Exotel-AccountSid',
        type: ADD,
        value: `'${values.accountSid}'`,
      },
    );
  } else {
    list.push(
      ...toE164(values).map((rule, index): Manipulation => ({
        name: `E.164 ${index + 1}`,
        message: 'Invite.Request',
        condition: regexCondition(rule),
        subject: user,
        type: MODIFY,
        value: `'${rule.prefix}'+$1`,
      })),
    );
  }
  return list;
}

function manipulationTable(
  connection: TrunkConnection,
  values: CheckedValues,
  { peer, row, setOut, setIn }: Names,
): Table[] {
  const rows: IniRow[] = [];
  const add = (set: number, list: readonly Manipulation[]): void => {
    for (const { name, message, condition = '', subject, type, value = '' } of list) {
      rows.push({
        ManipulationName: `${peer} ${name}`,
        ManSetID: set,
        MessageType: message,
        Condition: condition,
        ActionSubject: subject,
        ActionType: type,
        ActionValue: value,
        RowRole: 0,
      });
    }
  };
  if (callsOut(connection)) add(setOut, outManipulations(connection, values));
  if (callsIn(connection)) {
    add(setIn, [
      {
        name: 'Plus',
        message: 'Invite.Request',
        condition: "Header.Request-URI.URL.User regex '^([1-9][0-9]+)$'",
        subject: 'Header.Request-URI.URL.User',
        type: MODIFY,
        value: "'+'+$1",
      },
    ]);
  }
  if (rows.length === 0) return [];
  return [
    manyRows('MessageManipulations', row, rows, [
      '; To Exotel: a number of the trunk at the account domain in From, E.164 with plus in the request.',
      ...(connection.useCase === 'streamkit'
        ? ['; Without X-Exotel-AccountSid Exotel cannot route the call to the flow.']
        : []),
    ]),
  ];
}

/** How a row of Classification names its network; a slash is not allowed there. */
function networkName(cidr: string, index: number): string {
  return `From ${cidr.replace('/', ' - ')} no ${index + 1}`;
}

function classificationTable(
  connection: TrunkConnection,
  values: CheckedValues,
  { peer, row, sipInterface }: Names,
): Table {
  const rows = Array.from(checkedPatterns("Exotel's addresses", values.exotelNetworks)).flatMap(
    ([cidr, patterns]) =>
      patterns.map((pattern, index): IniRow => ({
        ClassificationName: networkName(cidr, index),
        SRDName: SRD,
        SrcSIPInterfaceName: sipInterface,
        SrcAddress: pattern,
        SrcTransportType: TRANSPORT_TYPE[connection.transport],
        ActionType: 1,
        SrcIPGroupName: peer,
      })),
  );
  return manyRows('Classification', row, rows, ['; Exotel, the only one that may call in.']);
}

function routingTable(connection: TrunkConnection, { peer, row, inside }: Names): Table[] {
  const route = (name: string, from: string, to: string): IniRow => ({
    RouteName: `${peer} ${name}`,
    RoutingPolicyName: ROUTING_POLICY,
    SrcIPGroupName: from,
    DestType: 0,
    DestIPGroupName: to,
  });
  const rows: IniRow[] = [];
  if (callsOut(connection)) rows.push(route('out', inside, peer));
  if (callsIn(connection)) rows.push(route('in', peer, inside));
  return rows.length === 0 ? [] : [manyRows('IP2IPRouting', row, rows)];
}

function iniFile(connection: TrunkConnection, values: CheckedValues): string {
  const names = namesOf(connection);
  const style: ColumnStyle = connection.variant === OLDER ? 'long' : 'short';
  const tables = [
    ...coderTables(connection, names),
    profileTable(connection, names),
    ...entityTables(connection, values, names),
    ...routingTable(connection, names),
    ...(callsIn(connection) ? [classificationTable(connection, values, names)] : []),
    ...manipulationTable(connection, values, names),
  ];
  const blocks = [
    [
      `; Rows ${names.row}, and from ${names.row * 10} on, of every table below have to be free; they are made from the name ${names.peer}.`,
    ],
    globals(connection),
    ...tables.map(({ name, rows, comments = [] }) => [...comments, ...iniTable(name, rows, style)]),
  ];
  if (wantsInbound(connection) && !callsIn(connection)) blocks.push([`; ${INBOUND_LEFT_OUT}`]);
  return paragraphs(blocks);
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  const found: Placeholder[] = [];
  if (connection.insidePeer === '' && (callsOut(connection) || callsIn(connection))) {
    found.push({
      text: `"${audiocodes.insidePeer}"`,
      meaning: 'the IP Group of the PBX behind this device',
      doNext: l10n.t(
        '{0} is an example: put the IP Group of the PBX behind this device there.',
        `"${audiocodes.insidePeer}"`,
      ),
      level: 'problem',
    });
  }
  found.push(
    {
      text: `"${NETWORK_INTERFACE}"`,
      meaning: 'the IP interface towards Exotel',
      doNext: l10n.t(
        '{0} is an example: put the IP interface towards Exotel there.',
        `"${NETWORK_INTERFACE}"`,
      ),
      level: 'info',
    },
    {
      text: `"${MEDIA_REALM}"`,
      meaning: 'the media realm of that interface',
      doNext: l10n.t(
        '{0} is an example: put the media realm of that interface there.',
        `"${MEDIA_REALM}"`,
      ),
      level: 'info',
    },
  );
  if (connection.transport === 'tls') {
    found.push({
      text: `"${TLS_CONTEXT}"`,
      meaning: "the TLS context that trusts the CA of Exotel's edge",
      doNext: l10n.t(
        "{0} is an example: put the TLS context that trusts the CA of Exotel's edge there.",
        `"${TLS_CONTEXT}"`,
      ),
      level: 'info',
    });
  }
  return found;
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    'publicAddress',
    'insidePeer',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders,
  render(connection) {
    const values = checkedValues(connection);
    return [
      headedFile(
        connection,
        writer,
        { name: 'exotel_audiocodes.ini', languageId: 'ini', comment: ';', extent: 'part' },
        iniFile(connection, values),
        [
          'INCREMENTAL: load it as "INI file (incremental)". As a full configuration file it would reset everything else.',
        ],
      ),
    ];
  },
  guide: ({ transport }) => ({
    where: l10n.t(
      'Save a configuration package first. Then Setup → Administration → Maintenance → Auxiliary Files → INI file (incremental). Not "Configuration File": that resets whatever is missing.',
    ),
    load:
      transport === 'tls'
        ? l10n.t(
            'Load the file, compare the tables with what was there, then Save. Import the CA certificate of the edge into the TLS context (IP Network → Security → TLS Contexts → Trusted Root Certificates).',
          )
        : l10n.t('Load the file, compare the tables with what was there, then Save.'),
    check: l10n.t(
      'Monitor → VoIP Status → Proxy Sets Status (online means OPTIONS are answered); the syslog or SIP ladder of a test call each way.',
    ),
  }),
  get mistakes() {
    return [
      l10n.t(
        'Loaded as a full ini file: everything that is not in it goes back to the factory default.',
      ),
      l10n.t('Unclassified Calls set to Allow: calls from anyone.'),
      l10n.t(
        'Classify by Proxy Set: the addresses behind the name of the edge may call in, whatever the list says.',
      ),
      l10n.t(
        'A TLS context without the CA of the edge: the handshake fails as soon as certificates are checked.',
      ),
      l10n.t('Media security "As is": Exotel takes SRTP only with TLS, plain RTP only with TCP.'),
      l10n.t(
        'Accounts that are there already: AudioCodes writes that a table with passwords replaces the one on the device. Add their rows to [ Account ] first.',
      ),
      l10n.t('Another IP-to-IP rule above these that takes the calls of the same IP Group.'),
      l10n.t(
        'The Proxy Set offline although calls would work: Exotel does not promise to answer OPTIONS. Set Proxy Keep-Alive to Disable.',
      ),
      l10n.t(
        'To be confirmed on your release: whether an incremental file leaves the other rows of a table as they are (keep the package saved before), and that RFC 2833 Mode of the IP Profile shows Extend.',
      ),
    ];
  },
};
