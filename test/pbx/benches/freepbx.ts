// FreePBX: what its core (release 17.0, PJSip.class.php) writes into /etc/asterisk from the fields of the
// sheet, raw and with `key=value`, together with the `_custom` files of the target.
import type { PbxFile, TrunkConnection } from '../../../src/pbx/types';
import { Asterisk, asteriskFiles, commonModules, pjsipModules, placed } from './asterisk';
import type { Bench, Laid } from './bench';
import { type Sheet, readSheet } from './sheet';

type Section = readonly (readonly [key: string, value: string])[];

function section(name: string, lines: Section): string {
  const set = lines.filter(([, value]) => value !== '');
  return [`[${name}]`, ...set.map(([key, value]) => `${key}=${value}`), ''].join('\n');
}

function transports(sheet: Sheet, connection: TrunkConnection): string {
  const { transport } = connection;
  const bind = `0.0.0.0:${sheet.one('Port to Listen On')}`;
  const lines: (readonly [string, string])[] = [
    ['type', 'transport'],
    ['protocol', transport],
    ['bind', bind],
  ];
  if (transport === 'tls') {
    lines.push(
      ['cert_file', connection.certificateFile],
      ['priv_key_file', connection.privateKeyFile],
      ['ca_list_file', connection.caFile],
      ['method', sheet.one('SSL Method')],
      ['verify_client', sheet.one('Verify Client').toLowerCase()],
      ['verify_server', sheet.one('Verify Server').toLowerCase()],
    );
  }
  lines.push(['allow_reload', 'no'], ['tos', 'cs3'], ['cos', '3']);
  return section(sheet.one('Transport'), lines);
}

const media: Readonly<Record<string, string>> = {
  None: '',
  'SRTP via in-SDP (recommended)': 'sdes',
};
const dtmf: Readonly<Record<string, string>> = { 'RFC 4733': 'rfc4733' };

function ticked(value: string): string {
  return value === 'Yes' ? 'yes' : '';
}

function pjsipFiles(sheet: Sheet, connection: TrunkConnection): Readonly<Record<string, string>> {
  const name = sheet.one('Trunk Name');
  const outbound = sheet.one('Authentication') === 'Outbound';
  const port = sheet.one('SIP Server Port');
  const server = `sip:${sheet.one('SIP Server')}${port === '' ? '' : `:${port}`}`;
  const match = sheet.typed('Match (Permit)');
  const listed = match.filter((one) => /^[0-9./]+$/.test(one));
  const user = sheet.one('Auth username') || sheet.one('Username') || name;
  return {
    transports: transports(sheet, connection),
    endpoint: section(name, [
      ['type', 'endpoint'],
      ['transport', sheet.one('Transport') || 'udp'],
      ['context', sheet.one('Context') || 'from-pstn'],
      ['disallow', 'all'],
      ['allow', sheet.typed('Checked, in this order').join(',') || 'ulaw'],
      ['aors', name],
      ['outbound_auth', outbound ? name : ''],
      ['from_domain', sheet.one('From Domain')],
      ['from_user', sheet.one('From User')],
      ['trust_id_inbound', ticked(sheet.one('Trust RPID/PAI'))],
      ['send_pai', sheet.one('Send RPID/PAI').includes('P-Asserted-Identity') ? 'yes' : ''],
      ['identify_by', sheet.one('Match Inbound Authentication').toLowerCase()],
      ['direct_media', sheet.one('Direct Media') === 'No' ? 'no' : ''],
      ['rewrite_contact', ticked(sheet.one('Rewrite Contact'))],
      ['media_encryption', media[sheet.one('Media Encryption')] ?? ''],
      ['rtp_symmetric', ticked(sheet.one('RTP Symmetric'))],
      ['force_rport', ticked(sheet.one('Force rport'))],
      ['dtmf_mode', dtmf[sheet.one('DTMF Mode')] ?? 'auto'],
    ]),
    aor: section(name, [
      ['type', 'aor'],
      ['qualify_frequency', sheet.one('Qualify Frequency')],
      ['contact', sheet.one('AOR Contact') || server],
    ]),
    auth: outbound
      ? section(name, [
          ['type', 'auth'],
          ['auth_type', 'userpass'],
          ['password', sheet.one('Secret')],
          ['username', user],
        ])
      : '',
    identify: section(name, [
      ['type', 'identify'],
      ['endpoint', name],
      ['match', listed.length > 0 ? listed.join(',') : sheet.one('SIP Server')],
    ]),
  };
}

/** The routes: E.164 goes to the trunk with its caller ID, each DID to the phone. */
function dialplan(sheet: Sheet): string {
  const dids = sheet.typed('DID Number').filter((did) => did.startsWith('+'));
  return [
    '[from-internal]',
    `exten => _+X.,1,Set(CALLERID(num)=${sheet.one('Outbound CallerID')})`,
    ` same => n,Dial(PJSIP/\${EXTEN}@${sheet.one('Trunk Name')},60)`,
    ' same => n,Hangup()',
    '[from-pstn]',
    ...dids.map((did) => `exten => ${did},1,Goto(phones,6001,1)`),
    '#include extensions_custom.conf',
    '',
  ].join('\n');
}

/** Each file has a `_custom` one before it and a `_custom_post` one behind, which are the person's own. */
function lay(files: readonly PbxFile[], connection: TrunkConnection): Laid[] {
  const text = files.find(({ name }) => name.endsWith('.md'))?.text ?? '';
  const sheet = readSheet(text);
  const written = pjsipFiles(sheet, connection);
  const path = (name: string): string => `etc/asterisk/${name}`;
  const names = Object.keys(written);
  const own = files.filter(({ name }) => name.endsWith('.conf'));
  const empty = [
    'extensions_custom.conf',
    ...names.flatMap((name) => [`pjsip.${name}_custom.conf`, `pjsip.${name}_custom_post.conf`]),
  ];
  const includes = names.flatMap((name) =>
    ['_custom', '', '_custom_post'].map((part) => `#include pjsip.${name}${part}.conf`),
  );
  return asteriskFiles(
    [...commonModules, ...pjsipModules],
    [
      { path: path('pjsip.conf'), text: `${includes.join('\n')}\n` },
      ...empty.map((name) => ({ path: path(name), text: '' })),
      ...Object.entries(written).map(([name, body]) => ({
        path: path(`pjsip.${name}.conf`),
        text: body,
      })),
      { path: path('extensions.conf'), text: dialplan(sheet), behind: true },
      ...own.map((file) => placed(file, connection, 'freepbx')),
    ],
  );
}

function bench(program: string, tree: 'asterisk-22' | 'asterisk-16'): Bench {
  return {
    targetId: 'freepbx',
    variant: '',
    program,
    tree,
    folder: 'etc/asterisk',
    options: () => ({}),
    lay,
    async start(box, connection) {
      const asterisk = await Asterisk.start(box, tree);
      return {
        complaints: () => Promise.resolve(asterisk.complaints()),
        said: () => asterisk.said(),
        callOut: (number) =>
          connection.useCase === 'streamkit'
            ? asterisk.callOut('s', `${connection.peerName}-streamkit`)
            : asterisk.callOut(number, 'from-internal'),
      };
    },
  };
}

export const freepbxBenches: readonly Bench[] = [
  bench('Asterisk 22', 'asterisk-22'),
  bench('Asterisk 16', 'asterisk-16'),
];
