/**
 * pbx/writers/shared: what the texts of several PBXs have in common.
 *
 * What FreeSWITCH is told in its own files and in FusionPBX's forms alike: the settings of a Sofia profile
 * and of the gateway in it, and the steps of a dialplan. Names: mod_sofia/sofia.c, v1.10.12.
 */
import * as l10n from '@vscode/l10n';
import { xmlAttribute, xmlPlain } from '../../quoting/freeswitch-xml';
import { UnsafeValueError, filePath, peerName } from '../../quoting/plain';
import { FREESWITCH_PORTS } from '../../cards/shared';
import type { Codec } from '../../options';
import type { TrunkConnection } from '../../types';
import {
  callsIn,
  codecNames,
  dialsFromIndia,
  listenPort,
  type CheckedValues,
} from '../../writing/common';

const CODEC_NAMES: Readonly<Record<Codec, string>> = { PCMA: 'PCMA', PCMU: 'PCMU', G729: 'G729' };
export const SRTP = 'mandatory:AES_CM_128_HMAC_SHA1_80';
/** Profiles of the standard configuration, which have another purpose. */
const STANDARD_PROFILES = ['internal', 'external', 'internal-ipv6', 'external-ipv6'];

export interface Setting {
  readonly name: string;
  readonly value: string | number;
  /** Said before it. */
  readonly why?: string;
}

/** Profile, gateway and list of callers all have the one name; what belongs to them begins with it. */
export function trunkName(connection: TrunkConnection): string {
  const name = peerName('Name inside the PBX', connection.peerName);
  if (STANDARD_PROFILES.includes(name)) {
    throw new UnsafeValueError(
      'Name inside the PBX',
      l10n.t('must not be {0}, a standard profile', name),
    );
  }
  return xmlPlain('Name inside the PBX', name);
}

export function tlsFolder(connection: TrunkConnection): string {
  return `/etc/freeswitch/tls/${trunkName(connection)}`;
}

/** The files that stand in tlsFolder() under FreeSWITCH's own names. */
export function tlsFiles(connection: TrunkConnection): {
  readonly certificate: string;
  readonly privateKey: string;
  readonly ca: string;
} {
  const path = (field: string, value: string) => xmlPlain(field, filePath(field, value));
  return {
    certificate: path('Certificate file', connection.certificateFile),
    privateKey: path('Private key file', connection.privateKeyFile),
    ca: path('CA file', connection.caFile),
  };
}

export function codecs(connection: TrunkConnection): string {
  return codecNames(connection, CODEC_NAMES).join(',');
}

/** The gateway but for user name and password. */
export function gatewaySettings(connection: TrunkConnection, values: CheckedValues): Setting[] {
  const edge = `${xmlPlain('Edge host', values.edgeHost)}:${values.edgePort}`;
  return [
    { name: 'proxy', value: `${edge};transport=${connection.transport}` },
    {
      name: 'register',
      value: 'false',
      why: 'Exotel takes no registration; left out, FreeSWITCH would try.',
    },
    { name: 'register-transport', value: connection.transport },
    {
      name: 'from-user',
      value: values.callerId,
      why: 'The From of every call: a number of the trunk at the account domain, else Exotel rejects it.',
    },
    { name: 'from-domain', value: xmlPlain('SIP domain', values.sipDomain) },
    { name: 'caller-id-in-from', value: 'false' },
    { name: 'ping', value: 60 },
  ];
}

export function natSettings(connection: TrunkConnection, values: CheckedValues): Setting[] {
  if (values.publicAddress === null) return [];
  const local = values.localNetworks.length > 0 ? localList(connection) : 'localnet.auto';
  return [
    {
      name: 'ext-sip-ip',
      value: values.publicAddress,
      why: 'Behind NAT: what Exotel is told instead of the local address.',
    },
    { name: 'ext-rtp-ip', value: values.publicAddress },
    { name: 'local-network-acl', value: local },
  ];
}

export function localList(connection: TrunkConnection): string {
  return `${trunkName(connection)}-local`;
}

/** The name of the list that apply-inbound-acl asks: nobody but this computer until senders are known. */
export function callersList(connection: TrunkConnection): string {
  return callsIn(connection) ? trunkName(connection) : 'loopback.auto';
}

export function transportSettings(connection: TrunkConnection): Setting[] {
  const listen = listenPort(connection, { listenPorts: FREESWITCH_PORTS });
  if (connection.transport === 'tcp') {
    return [
      { name: 'sip-port', value: listen },
      { name: 'bind-params', value: 'transport=tcp' },
    ];
  }
  return [
    { name: 'tls', value: 'true' },
    { name: 'tls-only', value: 'true' },
    { name: 'tls-sip-port', value: listen },
    { name: 'tls-version', value: 'tlsv1.2' },
    { name: 'tls-cert-dir', value: tlsFolder(connection) },
    {
      name: 'tls-verify-policy',
      value: 'out|subjects_out',
      why: 'Check the certificate of the edge and that it is in its name. The default checks nothing.',
    },
    { name: 'tls-verify-date', value: 'true' },
    { name: 'tls-verify-depth', value: 4 },
  ];
}

export function callSettings(connection: TrunkConnection): Setting[] {
  return [
    { name: 'inbound-codec-prefs', value: codecs(connection) },
    { name: 'outbound-codec-prefs', value: codecs(connection) },
    {
      name: 'inbound-late-negotiation',
      value: 'true',
      why: 'The dialplan runs before the codec is agreed on, so that it can demand SRTP.',
    },
    { name: 'dtmf-type', value: 'rfc2833' },
    { name: 'manage-presence', value: 'false' },
    { name: 'auth-calls', value: 'false' },
  ];
}

export function param({ name, value }: Setting): string {
  return `<param name="${name}" value="${value}"/>`;
}

export function params(settings: readonly Setting[]): string[] {
  return settings.flatMap((one) =>
    one.why === undefined ? [param(one)] : [`<!-- ${one.why} -->`, param(one)],
  );
}

export function secretParam(name: string, field: string, value: string): string {
  return param({ name, value: xmlAttribute(field, value) });
}

export function action(application: string, data: string): string {
  return `<action application="${application}" data="${data}"/>`;
}

export function indent(lines: readonly string[], depth: number): string[] {
  return lines.map((line) => `${'  '.repeat(depth)}${line}`);
}

export function extension(
  name: string,
  expression: string,
  actions: readonly string[],
  { field = 'destination_number', goOn = false } = {},
): string[] {
  return [
    `<extension name="${name}"${goOn ? ' continue="true"' : ''}>`,
    `  <condition field="${field}" expression="${expression}">`,
    ...indent(actions, 2),
    '  </condition>',
    '</extension>',
  ];
}

/** What a call out needs on its own leg, without touching the leg of the phone. */
function legVariables(connection: TrunkConnection): string[] {
  const lines = [
    action('set', 'hangup_after_bridge=true'),
    // X-Exotel-… headers of a call in are not for us to send when it is forwarded; exported ones still go out.
    action('set', 'sip_copy_custom_headers=false'),
    action('export', `nolocal:absolute_codec_string=${codecs(connection)}`),
    action('export', 'nolocal:sip_cid_type=pid'),
  ];
  if (connection.transport === 'tls') {
    lines.push(action('export', `nolocal:rtp_secure_media=${SRTP}`));
  }
  return lines;
}

/** The extensions of calls out; `gateway` is what the gateway is called on the line of bridge. */
export function extensionsOut(
  connection: TrunkConnection,
  values: CheckedValues,
  gateway: string,
): string[] {
  const name = trunkName(connection);
  const shown = action('set', `effective_caller_id_number=${values.callerId}`);
  if (connection.useCase === 'streamkit') {
    return [
      '<!-- A call to this number goes to the voice bot. Without the header Exotel cannot route it. -->',
      ...extension(`${name}-streamkit`, `^\\${values.flowNumber}$`, [
        shown,
        ...legVariables(connection),
        action(
          'export',
          `nolocal:sip_h_X-Exotel-AccountSid=${xmlPlain('Account SID', values.accountSid)}`,
        ),
        action('bridge', `sofia/gateway/${gateway}/${values.flowNumber}`),
      ]),
    ];
  }
  return [
    ...(dialsFromIndia(values)
      ? extension(`${name}-india`, '^(?:0|91)?([1-9]\\d{9})$', [action('transfer', '+91$1')])
      : []),
    ...extension(`${name}-out`, '^(?:\\+|00)([1-9]\\d{7,14})$', [
      shown,
      ...legVariables(connection),
      action('bridge', `sofia/gateway/${gateway}/+$1`),
    ]),
  ];
}
