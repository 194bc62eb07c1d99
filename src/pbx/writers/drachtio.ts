/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * drachtio: a Node.js script that stands between a PBX and Exotel as a back-to-back user agent, and the
 * configuration of the drachtio-server it drives. It carries signalling only. Facts: drachtio-srf 5.0
 * (lib/srf.js, digest-client.js), drachtio-server (src/drachtio-config.cpp, controller.cpp, sip-transports.cpp).
 */
import * as l10n from '@vscode/l10n';
import { javascriptString, literal } from '../quoting/javascript';
import { filePath, peerName } from '../quoting/plain';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import { headedFile, paragraphs } from '../writing/file';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  checkedValues,
  dialsFromIndia,
  password,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';
import {
  OWN_ADDRESS,
  digestUser,
  hasTls,
  innerSide,
  mediaNames,
  numbersCalled,
  outerSide,
  peerOf,
  proxyOptions,
  proxyPlaceholders,
} from './shared/proxy';

const SECRET = 'REPLACE_WITH_DRACHTIO_SECRET';

function constants(connection: TrunkConnection, values: CheckedValues): string[] {
  const peer = peerOf(connection);
  const lines = [
    `const TRUNK = ${literal(peerName('Name inside the PBX', connection.peerName))};`,
    '// The PBX behind this script.',
    `const PBX = ${literal(`${peer.host}:${peer.port};transport=${peer.transport}`)};`,
    '// In order of preference; DTMF travels as the last one.',
    `const CODECS = ${literal(mediaNames(connection))};`,
  ];
  if (callsOut(connection)) {
    lines.push(
      `const EDGE = ${literal(`${values.edgeHost}:${values.edgePort};transport=${connection.transport}`)};`,
      '// The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
      `const FROM = ${literal(`<sip:${values.callerId}@${values.sipDomain}>`)};`,
    );
    if (connection.useCase === 'streamkit') {
      lines.push(
        '// The Exophone of the flow, whatever was dialled.',
        `const FLOW_NUMBER = ${literal(values.flowNumber)};`,
      );
    }
  }
  if (usesCredential(connection)) {
    lines.push(
      '// The environment first: a password in a file is read by everyone who reads the file.',
      'const AUTH = {',
      `  username: ${javascriptString('SIP user name', digestUser(connection))},`,
      '  password:',
      '    process.env.EXOTEL_SIP_PASSWORD ??',
      `    ${javascriptString('SIP password', password(connection))},`,
      '};',
    );
  }
  return lines;
}

function listConstants(connection: TrunkConnection, values: CheckedValues): string[] {
  if (!callsIn(connection)) return [];
  return [
    '// Exotel, the only one that may call in.',
    'const EXOTEL = new BlockList();',
    ...values.exotelNetworks.map((network) => {
      const [address = '', bits = '32'] = network.split('/');
      return `EXOTEL.addSubnet(${literal(address)}, ${bits}, "ipv4");`;
    }),
    '// The numbers of the trunk.',
    `const NUMBERS = /${numbersCalled(values).replaceAll('/', '\\/')}/;`,
  ];
}

function mediaFunction(connection: TrunkConnection): string[] {
  const lines = [
    '/** The offer with nothing but our codecs, the preferred one first. Empty: it is not one for Exotel. */',
    'function offer(sdp) {',
    '  const names = new Map([["0", "PCMU"], ["8", "PCMA"], ["18", "G729"]]);',
    '  for (const [, type, name] of sdp.matchAll(/^a=rtpmap:(\\d+) ([^/\\r\\n]+)/gm)) names.set(type, name);',
    '  const rank = (type) => CODECS.indexOf(names.get(type));',
    '  const dropped = new Set();',
    '  const lines = sdp.split(/\\r?\\n/).map((line) => {',
    '    const media = /^(m=audio \\d+ (\\S+)) (.+)$/.exec(line);',
    '    if (!media) return line;',
    '    const types = media[3].split(" ");',
    '    for (const type of types) if (rank(type) === -1) dropped.add(type);',
    '    const kept = types.filter((type) => rank(type) !== -1).sort((a, b) => rank(a) - rank(b));',
    '    return [media[1], ...kept].join(" ");',
    '  });',
  ];
  if (connection.transport === 'tls') {
    lines.push(
      '  // With TLS Exotel takes SRTP only: the PBX has to offer SDES itself, or rtpengine or FreeSWITCH for it.',
      '  if (!lines.some((line) => /^m=audio \\d+ RTP\\/SAVP /.test(line))) return "";',
    );
  }
  lines.push(
    '  return lines',
    '    .filter((line) => !dropped.has(/^a=(?:rtpmap|fmtp):(\\d+) /.exec(line)?.[1]))',
    '    .join("\\r\\n");',
    '}',
  );
  return lines;
}

function numberFunction(values: CheckedValues): string[] {
  const lines = [
    '/** E.164 with plus; empty when it is no such number. */',
    'function e164(dialled) {',
    '  let number = dialled.replace(/^00(?=[1-9])/, "+");',
  ];
  if (dialsFromIndia(values)) {
    lines.push("  number = number.replace(/^(?:0|91)?(?=[1-9]\\d{9}$)/, '+91');");
  }
  lines.push('  return /^\\+[1-9]\\d{7,14}$/.test(number) ? number : "";', '}');
  return lines;
}

const CONNECT = [
  '/** Sets the second leg up and keeps both in step. */',
  'async function connect(req, res, uri, opts) {',
  '  const localSdpB = req.body && offer(req.body);',
  '  if (req.body && !localSdpB) return res.send(488, "SRTP Required");',
  '  try {',
  '    const { uas, uac } = await srf.createB2BUA(req, res, uri, { ...opts, localSdpB });',
  '    for (const [leg, other] of [[uas, uac], [uac, uas]]) {',
  '      leg.on("destroy", () => other.destroy().catch(() => {}));',
  '      leg.on("modify", async (reinvite, answer) => {',
  '        try {',
  '          answer.send(200, { body: await other.modify(reinvite.body) });',
  '        } catch (error) {',
  '          answer.send(error.status ?? 488);',
  '        }',
  '      });',
  '    }',
  '  } catch (error) {',
  '    // The answer of the far side was handed on already.',
  '    console.error(`${TRUNK}: call failed: ${error.status ?? error.message}`);',
  '  }',
  '}',
];

function toExotel(connection: TrunkConnection, values: CheckedValues): string[] {
  const headers = ['    From: FROM,', '    "P-Asserted-Identity": FROM,'];
  if (connection.useCase === 'streamkit') {
    headers.push(
      '    // Without this header Exotel cannot route the call to the flow.',
      `    "X-Exotel-AccountSid": ${literal(values.accountSid)},`,
    );
  }
  const number =
    connection.useCase === 'streamkit'
      ? ['  const number = FLOW_NUMBER;']
      : [
          '  const number = e164(req.calledNumber);',
          '  if (!number) return res.send(484, "Address Incomplete");',
        ];
  return [
    'function toExotel(req, res) {',
    ...number,
    '  const headers = {',
    ...headers,
    '  };',
    `  return connect(req, res, \`sip:\${number}@\${EDGE}\`, { headers${usesCredential(connection) ? ', auth: AUTH' : ''} });`,
    '}',
  ];
}

function toPbx(values: CheckedValues): string[] {
  return [
    'function toPbx(req, res) {',
    '  // With the plus, as everything behind this script knows the number.',
    '  const number = req.calledNumber.replace(/^(?=[1-9])/, "+");',
    '  if (!NUMBERS.test(number)) return res.send(404, "Not Found");',
    '  console.log(`${TRUNK}: call ${req.get("X-Exotel-CallSid") ?? ""} to ${number}`);',
    '  const caller = /^\\+?\\d{3,15}$/.test(req.callingNumber) ? req.callingNumber : "anonymous";',
    `  const headers = { From: \`<sip:\${caller}@${values.sipDomain}>\` };`,
    '  return connect(req, res, `sip:${number}@${PBX}`, { headers });',
    '}',
  ];
}

function routes(connection: TrunkConnection): string[] {
  const lines = [
    '// Who may call whom is decided by the address a call comes from, and by nothing in it.',
    'srf.invite((req, res) => {',
  ];
  if (callsOut(connection)) {
    lines.push(
      '  // The PBX, the only one that may call out.',
      `  if (req.source_address === ${literal(peerOf(connection).host)}) return toExotel(req, res);`,
    );
  }
  if (callsIn(connection)) {
    lines.push('  if (EXOTEL.check(req.source_address)) return toPbx(req, res);');
  }
  lines.push(
    '  return res.send(403, "Forbidden");',
    '});',
    'srf.options((req, res) => res.send(200));',
    'srf.on("error", (error) => console.error(`${TRUNK}: ${error.message}`));',
    `srf.connect({ host: "127.0.0.1", port: 9022, secret: process.env.DRACHTIO_SECRET ?? ${literal(SECRET)} });`,
  );
  return lines;
}

function script(connection: TrunkConnection, values: CheckedValues): string {
  const blocks = [
    [
      '"use strict";',
      ...(callsIn(connection) ? ['const { BlockList } = require("node:net");'] : []),
      'const Srf = require("drachtio-srf");',
    ],
    constants(connection, values),
    ...(callsIn(connection) ? [listConstants(connection, values)] : []),
    ['const srf = new Srf();'],
    mediaFunction(connection),
    CONNECT,
  ];
  if (callsOut(connection)) {
    if (connection.useCase !== 'streamkit') blocks.push(numberFunction(values));
    blocks.push(toExotel(connection, values));
  }
  if (callsIn(connection)) blocks.push(toPbx(values));
  else if (wantsInbound(connection)) blocks.push([`// ${INBOUND_LEFT_OUT}`]);
  blocks.push(routes(connection));
  return paragraphs(blocks);
}

/** Both sides may share a contact, unless Exotel has to be told another address than the PBX. */
function contacts(connection: TrunkConnection, values: CheckedValues): string[] {
  const outer = outerSide(connection);
  const inner = innerSide(connection);
  const contact = (attributes: string, { transport, port }: typeof outer) =>
    `<contact${attributes}>${transport === 'tls' ? 'sips' : 'sip'}:${OWN_ADDRESS}:${port};transport=${transport}</contact>`;
  const told = values.publicAddress === null ? '' : ` external-ip="${values.publicAddress}"`;
  const lines = ['<!-- The side of Exotel. -->', contact(told, outer)];
  if (told === '' && inner.transport === outer.transport) return lines;
  return [
    ...lines,
    '<!-- The side of the PBX. -->',
    contact(` local-net="${peerOf(connection).host}/32"`, inner),
  ];
}

function serverConf(connection: TrunkConnection, values: CheckedValues): string {
  const lines = [
    '<drachtio>',
    `  <admin port="9022" secret="${SECRET}">127.0.0.1</admin>`,
    '  <sip>',
    '    <contacts>',
    ...contacts(connection, values).map((line) => `      ${line}`),
    '    </contacts>',
  ];
  if (hasTls(connection)) {
    lines.push(
      '    <tls>',
      `      <key-file>${filePath('Private key file', connection.privateKeyFile)}</key-file>`,
      `      <cert-file>${filePath('Certificate file', connection.certificateFile)}</cert-file>`,
      `      <chain-file>${filePath('CA file', connection.caFile)}</chain-file>`,
      '      <min-tls-version>1.2</min-tls-version>',
      '    </tls>',
    );
  }
  lines.push(
    '  </sip>',
    '  <logging>',
    '    <console/>',
    '    <loglevel>info</loglevel>',
    '  </logging>',
    '</drachtio>',
  );
  return lines.join('\n');
}

export const writer: PbxWriter = {
  uses: (connection) => ['peerName', ...proxyOptions(connection)],
  placeholders: (connection): readonly Placeholder[] => [
    ...proxyPlaceholders(connection),
    {
      text: SECRET,
      meaning: 'a password of your own between drachtio-server and the script',
      doNext: l10n.t(
        '{0} is an example: put a password of your own between drachtio-server and the script there.',
        SECRET,
      ),
      level: 'problem',
    },
  ],
  render(connection) {
    const values = checkedValues(connection);
    const peer = peerName('Name inside the PBX', connection.peerName);
    const verify =
      connection.transport === 'tls' && callsOut(connection)
        ? [
            'drachtio-server checks no certificate unless DRACHTIO_TLS_VERIFY_CLIENT_CERT=1 stands in its environment: set it',
          ]
        : [];
    const file = (kind: Omit<PbxFile, 'text' | 'extent'>, body: string, notes: string[] = []) =>
      headedFile(connection, writer, { ...kind, extent: 'whole' }, body, notes);
    return [
      file(
        { name: `drachtio-${peer}.js`, languageId: 'javascript', comment: '//' },
        script(connection, values),
      ),
      file(
        { name: 'drachtio.conf.xml', languageId: 'xml', comment: '<!--' },
        serverConf(connection, values),
        verify,
      ),
    ];
  },
  guide: ({ peerName: name }) => ({
    where: l10n.t(
      'drachtio-{0}.js in a folder of its own with "npm install drachtio-srf"; drachtio.conf.xml in /etc/. Audio goes from the PBX to Exotel; where the PBX is behind NAT or speaks no SRTP, put rtpengine or FreeSWITCH in between.',
      name,
    ),
    load: l10n.t(
      'Start drachtio-server with DRACHTIO_TLS_VERIFY_CLIENT_CERT=1 in its environment for calls out over TLS (without it for calls in), then: EXOTEL_SIP_PASSWORD=… DRACHTIO_SECRET=… node drachtio-{0}.js',
      name,
    ),
    check: l10n.t(
      'The log of drachtio-server names its contacts; DEBUG=drachtio:* node drachtio-{0}.js shows what the script does; sngrep shows SIP over TCP',
      name,
    ),
  }),
  get mistakes() {
    return [
      l10n.t(
        'drachtio-server checks no certificate unless DRACHTIO_TLS_VERIFY_CLIENT_CERT=1 stands in its environment; which CAs it then trusts (chain-file is meant for them) is to be confirmed with your build: try it with a wrong chain-file first, the call must fail.',
      ),
      l10n.t(
        'DRACHTIO_TLS_VERIFY_CLIENT_CERT=1 on a server that Exotel calls over TLS: whoever calls must then show a certificate too.',
      ),
      l10n.t('An INVITE handler that does not look at req.source_address: an open relay.'),
      l10n.t(
        'callingNumber instead of a From header: drachtio-srf then writes the domain localhost and Exotel rejects the call.',
      ),
      l10n.t(
        'Headers of the PBX handed on (proxyRequestHeaders: all): X-Exotel-CallSid and the like are not yours to send.',
      ),
      l10n.t(
        'Plain RTP from the PBX with TLS to Exotel: offer SDES on the PBX or add rtpengine or FreeSWITCH.',
      ),
      l10n.t(
        'The port of <admin> open to the network: whoever reaches it with the secret places calls.',
      ),
    ];
  },
};
