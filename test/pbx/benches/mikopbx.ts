// MikoPBX: what its core (e26e6b9, SIPConf.php) writes from a provider of type "none", with the box of
// additional attributes merged over it section by section, and the text appended to its system files.
import type { PbxFile, TrunkConnection } from '../../../src/pbx/types';
import { PBX } from '../addresses';
import { Asterisk, asteriskFiles, commonModules, pjsipModules, placed } from './asterisk';
import type { Bench, Laid } from './bench';
import { type Sheet, readSheet } from './sheet';

/** The ID MikoPBX would make up; the example that stands for it in the text. */
const providerId = 'SIP-TRUNK-XXXXXXXX';

/** The box: `[endpoint]`, then `key = value`. */
function attributes(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split('\n')) {
    const name = /^\[([a-z-]+)\]$/.exec(line.trim())?.[1];
    const [, key, value] = /^([a-z0-9_]+) *= *(.*)$/.exec(line.trim()) ?? [];
    if (name !== undefined) {
      current = sections.get(name) ?? new Map<string, string>();
      sections.set(name, current);
    } else if (key !== undefined && value !== undefined) current.set(key, value);
  }
  return sections;
}

function merged(
  type: string,
  options: readonly (readonly [string, string])[],
  box: Map<string, Map<string, string>>,
): string {
  const lines = new Map([['type', type], ...options, ...(box.get(type) ?? [])]);
  const set = [...lines].filter(([, value]) => value !== '');
  return [`[${providerId}]`, ...set.map(([key, value]) => `${key} = ${value}`), ''].join('\n');
}

function transportSections(connection: TrunkConnection, sheet: Sheet): string {
  const tls = connection.transport === 'tls' ? sheet.one('TLS port') : '5061';
  return [
    ...['[transport-udp]', 'type = transport', 'protocol = udp', `bind = ${PBX}:5060`, ''],
    ...['[transport-tcp]', 'type = transport', 'protocol = tcp', 'bind = 0.0.0.0:5060', ''],
    ...['[transport-tls]', 'type = transport', 'protocol = tls', `bind = 0.0.0.0:${tls}`],
    ...[`cert_file = ${connection.certificateFile}`],
    ...[`priv_key_file = ${connection.privateKeyFile}`, 'method = tlsv1_2', ''],
  ].join('\n');
}

function pjsipConf(sheet: Sheet, box: string, connection: TrunkConnection): string {
  const extra = attributes(box);
  const host = sheet.one('Provider server address');
  const port = sheet.one('SIP connection port');
  const transport = sheet.one('Transport protocol');
  const hosts = [host, ...sheet.typed('Additional provider addresses')];
  return [
    transportSections(connection, sheet),
    merged(
      'identify',
      [
        ['endpoint', providerId],
        ['match', hosts.join(',')],
      ],
      extra,
    ),
    merged(
      'aor',
      [
        ['max_contacts', '1'],
        ['contact', `sip:${host}:${port}`],
        ['qualify_frequency', '60'],
        ['qualify_timeout', '3.0'],
      ],
      extra,
    ),
    merged(
      'endpoint',
      [
        ['100rel', 'no'],
        ['context', `${providerId}-incoming`],
        ['dtmf_mode', sheet.one('DTMF mode')],
        ['disallow', 'all'],
        ['allow', 'alaw,ulaw,opus'],
        ['rtp_symmetric', 'yes'],
        ['force_rport', 'yes'],
        ['rewrite_contact', 'yes'],
        ['ice_support', 'no'],
        ['direct_media', 'no'],
        ['from_user', sheet.one('User')],
        ['from_domain', sheet.one('Domain') || host],
        ['contact_user', sheet.one('User')],
        ['sdp_session', 'mikopbx'],
        ['language', 'en-en'],
        ['aors', providerId],
        ['timers', 'no'],
        ['transport', `transport-${transport}`],
        ['media_encryption', transport === 'tls' ? 'sdes' : ''],
      ],
      extra,
    ),
  ].join('\n');
}

/** The routes: E.164 goes to the provider, each DID to the phone. */
function dialplan(sheet: Sheet): string {
  const dids = sheet.typed('Additional number (DID)').filter((did) => did.startsWith('+'));
  return [
    '[outgoing]',
    `exten => _+X.,1,Dial(PJSIP/\${EXTEN}@${providerId},60)`,
    ' same => n,Hangup()',
    `[${providerId}-incoming]`,
    ...dids.map((did) => `exten => ${did},1,Goto(phones,6001,1)`),
    '',
  ].join('\n');
}

function lay(files: readonly PbxFile[], connection: TrunkConnection): Laid[] {
  const textOf = (end: string): string => files.find(({ name }) => name.endsWith(end))?.text ?? '';
  const sheet = readSheet(textOf('.md'));
  const box = 'additional-pjsip-attributes.conf';
  const own = files.filter(({ name }) => name.endsWith('.conf') && name !== box);
  return asteriskFiles(
    [...commonModules, ...pjsipModules],
    [
      { path: 'etc/asterisk/pjsip.conf', text: pjsipConf(sheet, textOf(box), connection) },
      { path: 'etc/asterisk/extensions.conf', text: dialplan(sheet), behind: true },
      ...own.map((file) => placed(file, connection, 'mikopbx')),
    ],
  );
}

export const mikopbxBenches: readonly Bench[] = [
  {
    targetId: 'mikopbx',
    variant: '',
    program: 'Asterisk 22',
    tree: 'asterisk-22',
    folder: 'etc/asterisk',
    options: () => ({}),
    lay,
    async start(box, connection) {
      const asterisk = await Asterisk.start(box, 'asterisk-22');
      return {
        complaints: () => Promise.resolve(asterisk.complaints()),
        said: () => asterisk.said(),
        callOut: (number) =>
          connection.useCase === 'streamkit'
            ? asterisk.callOut('s', `${connection.peerName}-streamkit`)
            : asterisk.callOut(number, 'outgoing'),
      };
    },
  },
];
