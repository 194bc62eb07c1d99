/**
 * pbx/writing: the forms that several texts are written in.
 *
 * What every writer reads off a connection in the same way: checked values, which parts to write, which
 * port to listen on, and the first comment lines of a file.
 */
import * as l10n from '@vscode/l10n';
import { parseDestination } from '../../exotel/rules/destination';
import { fittingNumbers } from '../../setup/use-cases';
import {
  EXAMPLE_FILES,
  WIDEST_LOCAL_NETWORK,
  WIDEST_SENDER_NETWORK,
  type VaryingOption,
  type Codec,
} from '../options';
import {
  NUMBER_PLACEHOLDER,
  PASSWORD_PLACEHOLDER,
  accountSid,
  cidr,
  commentText,
  e164,
  host,
  ipv4,
  UnsafeValueError,
  port,
  sectionName,
  trunkSid,
} from '../quoting/plain';
import type { ConnectionUse } from '../../terms/use';
import type { PbxCard, PbxWriter, Placeholder, TrunkConnection } from '../types';

export function callsOut(connection: TrunkConnection): boolean {
  return connection.useCase !== 'inbound';
}

export function wantsInbound(connection: TrunkConnection): boolean {
  return connection.useCase === 'inbound' || connection.useCase === 'both';
}

/** Inbound calls are let in only from addresses that somebody listed. */
export function callsIn(connection: TrunkConnection): boolean {
  return wantsInbound(connection) && connection.exotelAddresses.length > 0;
}

export function usesCredential(connection: TrunkConnection): boolean {
  return callsOut(connection) && connection.auth !== 'ip';
}

/** The seeds' pair has the trunk SID as user name; a credential made through the API has its own. */
export function userName(connection: TrunkConnection): string {
  return connection.userName ?? trunkSid('Trunk SID', connection.trunkSid);
}

export function password(connection: TrunkConnection): string {
  return connection.password?.reveal() ?? PASSWORD_PLACEHOLDER;
}

/** The context of inbound calls, which must not be one from which calls can go out. */
export function inboundContextName(connection: TrunkConnection, taken: readonly string[]): string {
  const name = sectionName('Inbound context', connection.inboundContext);
  if (taken.includes(name)) {
    throw new UnsafeValueError(
      'Inbound context',
      l10n.t('must not be one of {0}', taken.join(', ')),
    );
  }
  return name;
}

export interface CheckedValues {
  readonly accountSid: string;
  readonly trunkSid: string;
  readonly sipDomain: string;
  readonly edgeHost: string;
  readonly edgePort: number;
  /** E.164 or NUMBER_PLACEHOLDER. */
  readonly callerId: string;
  /** The Exophone a StreamKit call goes to: E.164 or NUMBER_PLACEHOLDER. */
  readonly flowNumber: string;
  /** Every number of the trunk, E.164. */
  readonly numbers: readonly string[];
  /** CIDR. */
  readonly exotelNetworks: readonly string[];
  readonly publicAddress: string | null;
  /** CIDR; empty without a public address. */
  readonly localNetworks: readonly string[];
}

/** Throws UnsafeValueError for the first value that is not what it has to be. */
export function checkedValues(connection: TrunkConnection): CheckedValues {
  const edgePort =
    connection.transport === 'tls' ? connection.edge.tlsPort : connection.edge.tcpPort;
  const callerId =
    connection.callerId === null ? NUMBER_PLACEHOLDER : e164('Caller ID', connection.callerId);
  const numbers = connection.numbers.map((one) => e164('Phone number', one.number));
  const flowNumbers = fittingNumbers(connection.numbers, 'streamkit');
  const publicAddress =
    connection.publicAddress === null ? null : ipv4('Public address', connection.publicAddress);
  return {
    accountSid: accountSid('Account SID', connection.accountSid),
    trunkSid: trunkSid('Trunk SID', connection.trunkSid),
    sipDomain: host('SIP domain', connection.sipDomain),
    edgeHost: host('Edge host', connection.edge.host),
    edgePort: port('Edge port', edgePort),
    callerId,
    flowNumber: flowNumbers.includes(callerId) ? callerId : (flowNumbers[0] ?? NUMBER_PLACEHOLDER),
    numbers,
    exotelNetworks: connection.exotelAddresses.map((one) =>
      cidr("Exotel's addresses", one, WIDEST_SENDER_NETWORK),
    ),
    publicAddress,
    localNetworks:
      publicAddress === null
        ? []
        : connection.localNetworks.map((one) => cidr('Local networks', one, WIDEST_LOCAL_NETWORK)),
  };
}

/** The port Exotel was told to call, so that both sides agree; else the card's. */
export function listenPort(
  connection: TrunkConnection,
  card: Pick<PbxCard, 'listenPorts'>,
): number {
  const told = wantsInbound(connection)
    ? connection.destinations
        .map(parseDestination)
        .find((one) => one?.transport === connection.transport)
    : undefined;
  return port('Destination port', told?.port ?? card.listenPorts[connection.transport]);
}

/** India's national formats are known: ten digits, with or without a leading 0 or 91. */
export function dialsFromIndia(values: CheckedValues): boolean {
  return values.callerId.startsWith('+91');
}

export function codecNames(
  connection: TrunkConnection,
  names: Readonly<Record<Codec, string>>,
): string[] {
  return connection.codecs.map((codec) => names[codec]);
}

const USE_CASE_WORDS: Readonly<Record<ConnectionUse, string>> = {
  outbound: 'outbound calls',
  inbound: 'inbound calls',
  both: 'outbound and inbound calls',
  streamkit: 'StreamKit calls to a voice bot',
};

export function useCaseWords(useCase: ConnectionUse): string {
  return USE_CASE_WORDS[useCase];
}

/**
 * The first comment lines of a file, without comment signs: which trunk and when, then what is still to be
 * filled in, of the places in `text`.
 */
export function headLines(
  connection: TrunkConnection,
  text: string,
  writer: Pick<PbxWriter, 'placeholders'>,
): string[] {
  const name = commentText(connection.trunkName) || 'without a name';
  const lines = [
    `Exotel trunk ${name} (${commentText(connection.trunkSid)}), ` +
      `${useCaseWords(connection.useCase)}, made ${connection.generatedAt.toISOString()}`,
  ];
  if (text.includes(PASSWORD_PLACEHOLDER)) {
    lines.push(`Fill in ${PASSWORD_PLACEHOLDER}: the password of the trunk's SIP credential`);
  }
  if (text.includes(NUMBER_PLACEHOLDER)) {
    lines.push(`Fill in ${NUMBER_PLACEHOLDER}: a phone number mapped to the trunk`);
  }
  for (const { text: example, meaning } of writer.placeholders(connection)) {
    if (text.includes(example)) lines.push(`Fill in ${example}: ${meaning}`);
  }
  return lines;
}

/** The example of what rings, as long as nobody chose and calls may come in. */
export function peerPlaceholder(connection: TrunkConnection, example: string): Placeholder[] {
  return callsIn(connection) && connection.insidePeer === ''
    ? [
        {
          text: example,
          meaning: 'the phone or queue that rings on an inbound call',
          doNext: l10n.t(
            '{0} is an example: put the phone or queue that rings on an inbound call there.',
            example,
          ),
          level: 'problem',
        },
      ]
    : [];
}

/** The example paths that nobody has changed, for texts that name the PBX's own certificate. */
export function certificatePlaceholders(connection: TrunkConnection): Placeholder[] {
  const { certificateFile, privateKeyFile } = EXAMPLE_FILES;
  const found: Placeholder[] = [];
  if (connection.certificateFile === certificateFile) {
    found.push({
      text: certificateFile,
      meaning: 'the certificate of this PBX',
      doNext: l10n.t('{0} is an example: put the certificate of this PBX there.', certificateFile),
      level: 'info',
    });
  }
  if (connection.privateKeyFile === privateKeyFile) {
    found.push({
      text: privateKeyFile,
      meaning: 'the private key of this PBX',
      doNext: l10n.t('{0} is an example: put the private key of this PBX there.', privateKeyFile),
      level: 'info',
    });
  }
  return found;
}

/** What a PBX behind NAT has to be told. */
export function natOptions(connection: TrunkConnection): VaryingOption[] {
  return connection.publicAddress === null ? ['publicAddress'] : ['publicAddress', 'localNetworks'];
}

/** What a PBX with a dialplan of its own has to know of calls in. */
export function inboundOptions(connection: TrunkConnection): VaryingOption[] {
  return wantsInbound(connection) ? ['exotelAddresses', 'inboundContext', 'insidePeer'] : [];
}

/** What stands where the inbound part would be. */
export const INBOUND_LEFT_OUT =
  'Inbound calls: left out, because the addresses Exotel calls from are not known. Without them this PBX would take calls from anyone. Ask Exotel support for its signalling IPs and list them in the generator.';
