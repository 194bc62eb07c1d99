/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * What to know beside the text: what is missing at Exotel or in the choices for the calls to work, and
 * what a careful reader would ask about.
 */
import { fittingNumbers, neededMode } from './connection';
import { edges } from '../exotel/edges';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from './quoting/plain';
import {
  callsIn,
  callsOut,
  parseDestination,
  usesCredential,
  wantsInbound,
} from './writing/common';
import type { Advice, PbxCard, PbxWriter, TrunkConnection } from './types';

const problem = (text: string): Advice => ({ level: 'problem', what: text });
const warning = (text: string): Advice => ({ level: 'warning', what: text });
const info = (text: string): Advice => ({ level: 'info', what: text });

function aboutNumbers(connection: TrunkConnection): Advice[] {
  if (connection.notLoaded.includes('numbers')) {
    return [
      warning("The trunk's phone numbers could not be read: check which one is to be shown."),
    ];
  }
  const { useCase, callerId } = connection;
  const fitting = fittingNumbers(connection.numbers, useCase);
  const advice: Advice[] = [];
  if (fitting.length === 0) {
    const mode = neededMode(useCase);
    const others = connection.numbers.length > 0;
    if (mode === null) {
      advice.push(problem('No phone number is mapped to the trunk: map the one people dial.'));
    } else if (others) {
      advice.push(
        problem(
          `No phone number of the trunk is in ${mode} mode: switch one to ${mode} or map another.`,
        ),
      );
    } else {
      advice.push(problem(`No phone number is mapped to the trunk: map one in ${mode} mode.`));
    }
  }
  if (!callsOut(connection)) return advice;
  if (callerId === null) {
    advice.push(
      problem(`No caller ID: put a number mapped to the trunk in place of ${NUMBER_PLACEHOLDER}.`),
    );
    return advice;
  }
  const listed = connection.numbers.some((one) => one.number === callerId);
  if (!listed && connection.numbers.length > 0) {
    advice.push(
      warning(
        `${callerId} is not among the trunk's numbers: Exotel rejects a call whose From is not mapped to the trunk.`,
      ),
    );
  }
  if (fitting.length > 1) {
    const what = useCase === 'streamkit' ? 'numbers lead to a flow' : 'numbers can be shown';
    advice.push(info(`${fitting.length} ${what}; the text uses ${callerId}.`));
  }
  return advice;
}

function aboutRecognition(connection: TrunkConnection): Advice[] {
  if (!callsOut(connection)) return [];
  const { auth, whitelistedIps, notLoaded, edge, transport } = connection;
  const advice: Advice[] = [];
  if (auth !== 'credential') {
    if (notLoaded.includes('whitelistedIps')) {
      advice.push(warning("The trunk's whitelisted IPs could not be read."));
    } else if (whitelistedIps.length === 0) {
      advice.push(
        problem('No IP is whitelisted: whitelist the public address this PBX calls from.'),
      );
    } else if (
      connection.publicAddress !== null &&
      !whitelistedIps.some((one) => covers(one, connection.publicAddress ?? ''))
    ) {
      advice.push(
        problem(`The public address ${connection.publicAddress} is not whitelisted on the trunk.`),
      );
    }
  }
  if (whitelistedIps.some((one) => one.mask < 32)) {
    advice.push(
      warning(
        'A whitelisted network is wider than /32: every address in it may call on your bill.',
      ),
    );
  }
  if (auth === 'both') {
    advice.push(
      warning(
        'Credential and whitelisted IP together: Exotel advises against mixing them unless its support confirms, because the IP alone may decide.',
      ),
    );
  }
  if (usesCredential(connection)) {
    if (connection.userName === null) {
      advice.push(
        notLoaded.includes('credential')
          ? warning("The trunk's credentials could not be read: the text has its SID as user name.")
          : problem('The trunk has no credential: create one. The text has its SID as user name.'),
      );
    }
    if (connection.password === null) {
      advice.push(
        info(`The password is not in the text: put it in place of ${PASSWORD_PLACEHOLDER}.`),
      );
    }
  }
  const documented = edge.auth ?? edges.find((one) => one.id === edge.id)?.auth;
  if (documented !== undefined && !documented.includes(auth)) {
    advice.push(
      warning(`The edge ${edge.host} is documented for another way of being recognised.`),
    );
  }
  const port = transport === 'tls' ? edge.tlsPort : edge.tcpPort;
  advice.push(
    info(
      `Calls go to ${edge.host}:${port}. Exotel's documents name several hosts and ports: if nothing answers there, try another edge or ask Exotel support.`,
    ),
  );
  return advice;
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function covers(network: { readonly ip: string; readonly mask: number }, ip: string): boolean {
  const size = 2 ** (32 - network.mask);
  return Math.floor(toNumber(network.ip) / size) === Math.floor(toNumber(ip) / size);
}

function aboutInbound(connection: TrunkConnection, card: PbxCard, writer: PbxWriter): Advice[] {
  if (!wantsInbound(connection)) return [];
  const { destinations, transport } = connection;
  const advice: Advice[] = [];
  // A platform without a list of senders has its text all the same, and says so itself.
  const hasList = writer.uses(connection).includes('exotelAddresses');
  if (hasList && !callsIn(connection)) {
    advice.push(
      problem(
        "The inbound part is left out: the addresses Exotel calls from are not known, and without them the PBX would take calls from anyone. Ask Exotel support for its signalling IPs and fill in Exotel's addresses.",
      ),
    );
  }
  if (!hasList) {
    advice.push(
      warning(
        `${card.name} has no list of who may call in: whoever knows the address may call. Keep it to yourself, or put a proxy in front.`,
      ),
    );
  }
  if (connection.notLoaded.includes('destinations')) {
    advice.push(warning("The trunk's destination URIs could not be read."));
  } else if (destinations.length === 0) {
    advice.push(
      problem('The trunk has no destination URI: add the public address and port of this PBX.'),
    );
  } else {
    const transports = destinations.map((one) => parseDestination(one)?.transport ?? 'udp');
    if (!transports.includes(transport)) {
      advice.push(
        problem(
          `No destination URI of the trunk has transport=${transport}: Exotel would call over another transport than the PBX listens on.`,
        ),
      );
    }
  }
  advice.push(
    info(
      'Inbound calls also need an App Bazaar flow at Exotel whose Connect applet dials ' +
        `sip:${connection.trunkSid}.`,
    ),
  );
  return advice;
}

function aboutMedia(connection: TrunkConnection, card: PbxCard, writer: PbxWriter): Advice[] {
  const advice: Advice[] = [];
  advice.push(
    connection.transport === 'tls'
      ? info('TLS comes with mandatory SRTP (SDES): a leg without it is refused by Exotel.')
      : warning('TCP sends signalling and audio unencrypted; with TLS both are encrypted.'),
  );
  if (connection.codecs.length === 0) {
    advice.push(problem('No codec is chosen: choose PCMA, then PCMU.'));
  } else if (connection.codecs[0] !== 'PCMA') {
    advice.push(info('Exotel prefers PCMA before PCMU.'));
  }
  if (connection.codecs.includes('G729')) {
    advice.push(
      warning("G.729 is named in one of Exotel's documents only, and the PBX needs it installed."),
    );
  }
  const asked = writer.uses(connection).includes('localNetworks');
  if (asked && connection.publicAddress !== null && connection.localNetworks.length === 0) {
    advice.push(
      warning(
        'Behind NAT without local networks: calls inside your network are told the public address too.',
      ),
    );
  }
  if (card.group === 'voice-ai') return advice;
  advice.push(
    info(
      "Firewall: let UDP 10000-40000 (Exotel's older guide says 10000-20000) through to and from Exotel for the audio, and switch SIP ALG off.",
    ),
  );
  return advice;
}

function aboutStreamKit(connection: TrunkConnection): Advice[] {
  if (connection.useCase !== 'streamkit') return [];
  return [
    info(
      'Begin the flow with a short greeting: without one there are about 20 seconds of silence.',
    ),
  ];
}

/** Problems first, then warnings, then what is good to know. */
export function advise(connection: TrunkConnection, card: PbxCard, writer: PbxWriter): Advice[] {
  const all = [
    ...aboutNumbers(connection),
    ...aboutRecognition(connection),
    ...aboutInbound(connection, card, writer),
    ...aboutStreamKit(connection),
    ...aboutMedia(connection, card, writer),
    info('Exotel calls vSIP trunking Alpha: there is no SLA.'),
  ];
  for (const { doNext, level } of writer.placeholders(connection)) {
    all.push({ level, what: doNext });
  }
  const rank = { problem: 0, warning: 1, info: 2 } as const;
  return all.sort((a, b) => rank[a.level] - rank[b.level]);
}
