/**
 * pbx/writers/shared: what the texts of several PBXs have in common.
 *
 * What the proxies between a PBX and Exotel (Kamailio, OpenSIPS) have in common: two sides, each with a
 * port of its own, a PBX behind it known by its address, and numbers that are made E.164 on their way out.
 * Both scripts write these lines alike.
 */
import * as l10n from '@vscode/l10n';
import { sipPeer, type SipPeer } from '../../quoting/kamailio-cfg';
import { UnsafeValueError } from '../../quoting/plain';
import { PROXY_PEER, SIP_PORTS } from '../../cards/shared';
import type { VaryingOption, Codec } from '../../options';
import type { Placeholder, TrunkConnection } from '../../types';
import {
  certificatePlaceholders,
  dialsFromIndia,
  listenPort,
  userName,
  wantsInbound,
  type CheckedValues,
} from '../../writing/common';

/** 0.0.0.0 would end up in Record-Route, where neither side can answer to it. */
export const OWN_ADDRESS = '192.0.2.20';
/** The PBX side has a port of its own, so that the advertised address is told to Exotel only. */
const INSIDE_PORT = 5062;
const CODEC_NAMES: Readonly<Record<Codec, string>> = { PCMA: 'PCMA', PCMU: 'PCMU', G729: 'G729' };

export interface ProxySide {
  readonly transport: 'tcp' | 'tls';
  readonly port: number;
}

export function peerOf(connection: TrunkConnection): SipPeer {
  return sipPeer('Inside peer', connection.insidePeer === '' ? PROXY_PEER : connection.insidePeer);
}

/** Either side. Does not throw: what rings may be anything yet. */
export function hasTls(connection: TrunkConnection): boolean {
  return connection.transport === 'tls' || /;transport=tls$/i.test(connection.insidePeer);
}

/** Where the proxy listens for Exotel. */
export function outerSide(connection: TrunkConnection): ProxySide {
  return {
    transport: connection.transport,
    port: listenPort(connection, { listenPorts: SIP_PORTS }),
  };
}

/** Where the proxy listens for the PBX. */
export function innerSide(connection: TrunkConnection): ProxySide {
  const taken = outerSide(connection).port === INSIDE_PORT;
  return { transport: peerOf(connection).transport, port: taken ? INSIDE_PORT + 1 : INSIDE_PORT };
}

/** `PCMA`, `PCMU` and, because DTMF travels as one, `telephone-event`. */
export function mediaNames(connection: TrunkConnection): string[] {
  return [...connection.codecs.map((codec) => CODEC_NAMES[codec]), 'telephone-event'];
}

/** Both proxies put the user name into the Authorization header as it is, between quotes. */
export function digestUser(connection: TrunkConnection): string {
  const name = userName(connection);
  if (/["\\]/.test(name)) {
    throw new UnsafeValueError('SIP user name', l10n.t('must not hold " or \\ in a digest header'));
  }
  return name;
}

/** What makes E.164 of what phones dial, or the Exophone of a flow of anything. */
export function numberRewrites(connection: TrunkConnection, values: CheckedValues): string[] {
  if (connection.useCase === 'streamkit') {
    return [
      '    # The flow is reached by its Exophone, whatever was dialled.',
      `    $rU = "${values.flowNumber}";`,
    ];
  }
  const lines = [
    '    # E.164 with plus.',
    '    if ($rU =~ "^00[1-9][0-9]+$") $rU = "+" + $(rU{s.substr,2,0});',
  ];
  if (dialsFromIndia(values)) {
    lines.push(
      '    if ($rU =~ "^0[1-9][0-9]{9}$") $rU = "+91" + $(rU{s.substr,1,0});',
      '    if ($rU =~ "^[1-9][0-9]{9}$") $rU = "+91" + $rU;',
      '    if ($rU =~ "^91[1-9][0-9]{9}$") $rU = "+" + $rU;',
    );
  }
  return lines;
}

/** The trunk's numbers as an expression; any number while none is known. */
export function numbersCalled(values: CheckedValues): string {
  const digits = values.numbers.map((number) => number.slice(1)).join('|');
  return `^[+](${digits === '' ? '[1-9][0-9]{7,14}' : digits})$`;
}

export function proxyOptions(connection: TrunkConnection): VaryingOption[] {
  return [
    'publicAddress',
    'insidePeer',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
    ...(hasTls(connection) ? (['certificateFile', 'privateKeyFile', 'caFile'] as const) : []),
  ];
}

export function proxyPlaceholders(connection: TrunkConnection): Placeholder[] {
  return [
    {
      text: OWN_ADDRESS,
      meaning: 'the address of this proxy, the local one behind NAT',
      doNext: l10n.t(
        '{0} is an example: put the address of this proxy, the local one behind NAT, there.',
        OWN_ADDRESS,
      ),
      level: 'problem',
    },
    ...(connection.insidePeer === ''
      ? [
          {
            text: '192.0.2.10',
            meaning: 'the address of the PBX behind this proxy',
            doNext: l10n.t(
              '{0} is an example: put the address of the PBX behind this proxy there.',
              '192.0.2.10',
            ),
            level: 'problem',
          } as const,
        ]
      : []),
    ...(hasTls(connection) ? certificatePlaceholders(connection) : []),
  ];
}
