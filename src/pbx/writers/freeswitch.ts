/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * FreeSWITCH: a Sofia profile of its own with the gateway in it, the list of who may call in, and the
 * dialplan. Its own profile, because the two of the standard configuration verify no certificate and
 * let calls in from anywhere.
 */
import * as l10n from '@vscode/l10n';
import { freeswitchDialString, xmlPlain } from '../quoting/freeswitch-xml';
import { PASSWORD_PLACEHOLDER } from '../quoting/plain';
import { freeswitch } from '../cards/freeswitch';
import type { PbxFile, PbxWriter, TrunkConnection } from '../types';
import { headedFile } from '../writing/file';
import {
  INBOUND_LEFT_OUT,
  callsIn,
  callsOut,
  certificatePlaceholders,
  checkedValues,
  inboundContextName,
  inboundOptions,
  natOptions,
  peerPlaceholder,
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
  indent,
  localList,
  natSettings,
  param,
  params,
  secretParam,
  tlsFiles,
  transportSettings,
  trunkName,
} from './shared/freeswitch-parts';

function gateway(connection: TrunkConnection, values: CheckedValues): string[] {
  const lines: string[] = [];
  if (usesCredential(connection)) {
    const given = connection.password;
    lines.push(
      '<!-- Every character of a password that is not a letter or digit stands as a number: &#36; is the dollar sign. -->',
      secretParam('username', 'SIP user name', userName(connection)),
      given === null
        ? param({ name: 'password', value: PASSWORD_PLACEHOLDER })
        : secretParam('password', 'SIP password', given.reveal()),
    );
  }
  lines.push(...params(gatewaySettings(connection, values)));
  return [`<gateway name="${trunkName(connection)}">`, ...indent(lines, 1), '</gateway>'];
}

function settings(connection: TrunkConnection, values: CheckedValues): string[] {
  const name = trunkName(connection);
  const lines = params([
    { name: 'context', value: inboundContext(connection) },
    { name: 'dialplan', value: 'XML' },
    { name: 'sip-ip', value: 'auto' },
    { name: 'rtp-ip', value: 'auto' },
    ...natSettings(connection, values),
  ]);
  if (connection.transport === 'tls') {
    const { certificate, privateKey, ca } = tlsFiles(connection);
    lines.push(
      '<!-- In tls-cert-dir, agent.pem is the certificate followed by its key, cafile.pem the CAs to trust: -->',
      `<!-- ${certificate} and ${privateKey} make agent.pem -->`,
      `<!-- ${ca} is cafile.pem -->`,
    );
  }
  lines.push(
    ...params(transportSettings(connection)),
    ...params(callSettings(connection)),
    callsIn(connection)
      ? `<!-- Calls in: only from the list in ${name}-acl.xml, all others get 403. -->`
      : '<!-- Calls in: nobody but this computer itself. -->',
    param({ name: 'apply-inbound-acl', value: callersList(connection) }),
  );
  return ['<settings>', ...indent(lines, 1), '</settings>'];
}

function inboundContext(connection: TrunkConnection): string {
  const closed = `${trunkName(connection)}-closed`;
  if (!callsIn(connection)) return closed;
  // "default" is where the phones are and calls go out; a second context "public" would not be found.
  const context = inboundContextName(connection, ['default', 'public', closed]);
  return xmlPlain('Inbound context', context);
}

function profile(connection: TrunkConnection, values: CheckedValues): PbxFile {
  const name = trunkName(connection);
  const lines: string[] = [];
  if (callsOut(connection)) {
    lines.push('<gateways>', ...indent(gateway(connection, values), 1), '</gateways>');
  }
  lines.push(...settings(connection, values));
  if (wantsInbound(connection) && !callsIn(connection)) lines.push(`<!-- ${INBOUND_LEFT_OUT} -->`);
  return file(connection, `${name}.xml`, 'sip_profiles', [
    `<profile name="${name}">`,
    ...indent(lines, 1),
    '</profile>',
  ]);
}

function accessList(name: string, networks: readonly string[]): string[] {
  return [
    `<list name="${name}" default="deny">`,
    ...networks.map((network) => `  <node type="allow" cidr="${network}"/>`),
    '</list>',
  ];
}

function dialplanIn(connection: TrunkConnection, values: CheckedValues): PbxFile {
  const name = trunkName(connection);
  const peer = connection.insidePeer === '' ? freeswitch.insidePeer : connection.insidePeer;
  const digits = values.numbers.map((number) => number.slice(1)).join('|');
  const actions = [
    action('log', 'NOTICE Exotel call ${sip_h_X-Exotel-CallSid} to ${destination_number}'),
    action('set', 'hangup_after_bridge=true'),
  ];
  if (connection.transport === 'tls') {
    actions.push(action('set', `rtp_secure_media=${SRTP}`));
  }
  actions.push(action('bridge', freeswitchDialString('Inside peer', peer)));
  const context = [
    `<context name="${inboundContext(connection)}">`,
    ...indent(
      extension(`${name}-in`, `^\\+?(${digits === '' ? '[1-9]\\d{7,14}' : digits})$`, actions),
      1,
    ),
    '</context>',
  ];
  return file(connection, `${name}-dialplan-in.xml`, 'dialplan', included(context));
}

function included(lines: readonly string[]): string[] {
  return ['<include>', ...indent(lines, 1), '</include>'];
}

function file(
  connection: TrunkConnection,
  name: string,
  folder: string,
  lines: readonly string[],
): PbxFile {
  const kind = { name, folder, languageId: 'xml', comment: '<!--', extent: 'whole' } as const;
  return headedFile(connection, writer, kind, lines.join('\n'));
}

/** Where each of the files goes that render() makes. */
function placesOf(connection: TrunkConnection): string[] {
  const name = connection.peerName;
  const behindNat = connection.publicAddress !== null && connection.localNetworks.length > 0;
  return [
    l10n.t('{0} in {1}', `${name}.xml`, 'sip_profiles/'),
    ...(callsIn(connection) || behindNat
      ? [
          l10n.t(
            'the lists of {0} inside network-lists of autoload_configs/acl.conf.xml',
            `${name}-acl.xml`,
          ),
        ]
      : []),
    ...(callsOut(connection)
      ? [l10n.t('{0} in {1}', `${name}-dialplan-out.xml`, 'dialplan/default/')]
      : []),
    ...(callsIn(connection) ? [l10n.t('{0} in {1}', `${name}-dialplan-in.xml`, 'dialplan/')] : []),
  ];
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...natOptions(connection),
    ...inboundOptions(connection),
    ...(connection.transport === 'tls'
      ? (['certificateFile', 'privateKeyFile', 'caFile'] as const)
      : []),
  ],
  placeholders: (connection) => [
    ...peerPlaceholder(connection, freeswitch.insidePeer),
    ...(connection.transport === 'tls' ? certificatePlaceholders(connection) : []),
  ],
  render(connection) {
    const values = checkedValues(connection);
    const name = trunkName(connection);
    const files = [profile(connection, values)];
    const lists = [
      ...(callsIn(connection) ? accessList(name, values.exotelNetworks) : []),
      ...(values.localNetworks.length > 0
        ? accessList(localList(connection), values.localNetworks)
        : []),
    ];
    if (lists.length > 0) {
      files.push(file(connection, `${name}-acl.xml`, 'autoload_configs', included(lists)));
    }
    if (callsOut(connection)) {
      const lines = included(extensionsOut(connection, values, name));
      files.push(file(connection, `${name}-dialplan-out.xml`, 'dialplan/default', lines));
    }
    if (callsIn(connection)) {
      files.push(dialplanIn(connection, values));
    }
    return files;
  },
  guide: (connection) => {
    const name = connection.peerName;
    return {
      where: placesOf(connection).join('; '),
      load: l10n.t(
        "fs_cli -x 'reloadxml', 'reloadacl', then 'sofia profile {0} start' (later: 'sofia profile {0} restart')",
        name,
      ),
      check: l10n.t(
        "fs_cli -x 'sofia status gateway {0}' (NOREG and UP), 'sofia status profile {0}', 'acl 203.0.113.7 {0}'; 'sofia global siptrace on' shows the SIP messages",
        name,
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t('register left out: the default is true and Exotel takes no registration.'),
      l10n.t(
        'contact-params with a transport: the Contact then carries two. register-transport is right.',
      ),
      l10n.t('auth-calls true without a list: Exotel is challenged and its calls fail.'),
      l10n.t('The gateway in a profile without apply-inbound-acl: anyone may call in.'),
      l10n.t('rtp_secure_media optional: the call goes out unencrypted and Exotel refuses it.'),
      l10n.t(
        'A port that another profile uses already (5060, 5061, 5080, 5081): the profile does not start. A second Exotel trunk needs another name and another port.',
      ),
      l10n.t(
        'Two trunks with a text for calls out: the file in dialplan/default/ that comes first by name takes every call. Narrow its expressions.',
      ),
      l10n.t('Gateway DOWN: remove ping; Exotel does not promise to answer OPTIONS.'),
    ];
  },
};
