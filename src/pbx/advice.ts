/**
 * pbx/: TrunkConnection -> configuration text, a card and a writer for each PBX.
 *
 * What to know beside the text: what the judge says of the trunk, what of the choices keeps calls from
 * working, and what a careful reader would ask about.
 */
import * as l10n from '@vscode/l10n';
import { edges } from '../exotel/edges';
import { parseDestination } from '../exotel/rules/destination';
import { byLevel, type SetupKind } from '../setup/finding';
import { covers } from '../setup/networks';
import { fittingNumbers } from '../setup/use-cases';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from './quoting/plain';
import { callsIn, callsOut, usesCredential, wantsInbound } from './writing/common';
import type { Level } from '../terms/finding';
import type { Advice, PbxCard, PbxWriter, TextKind, TrunkConnection } from './types';

type Say = (kind: TextKind, what: string, doNext?: string) => Advice;

const saying =
  (level: Advice['level']): Say =>
  (kind, what, doNext) => ({ kind, level, what, doNext: doNext ?? null });
const problem = saying('problem');
const warning = saying('warning');
const info = saying('info');

/** What the judge found; `ok` where it looked and found nothing wrong, or did not look. */
function levelOf({ findings }: TrunkConnection, kind: SetupKind): Level {
  return findings.find((one) => one.kind === kind)?.level ?? 'ok';
}

/** What the judge says, less what is in order. */
function aboutTrunk({ findings }: TrunkConnection): Advice[] {
  // What could not be read is one thing to know, however many verdicts wait for it.
  const told = findings.filter(
    ({ what }, index) => findings.findIndex((one) => one.what === what) === index,
  );
  return told.flatMap((finding) => {
    const { level } = finding;
    return level === 'ok' || level === 'manual' ? [] : [{ ...finding, level }];
  });
}

function aboutCallerId(connection: TrunkConnection): Advice[] {
  if (!callsOut(connection)) return [];
  const { useCase, callerId, numbers } = connection;
  if (callerId === null) {
    // Where the numbers could not be read, that is what there is to say.
    return levelOf(connection, 'number.mapped') === 'unknown'
      ? []
      : [
          problem(
            'callerId.none',
            l10n.t('No number of the trunk can be shown as caller ID.'),
            l10n.t('Put a number mapped to the trunk in place of {0}.', NUMBER_PLACEHOLDER),
          ),
        ];
  }
  const fitting = fittingNumbers(numbers, useCase === 'streamkit' ? 'streamkit' : 'outbound');
  if (fitting.length < 2) return [];
  return [
    info(
      'callerId.chosen',
      useCase === 'streamkit'
        ? l10n.t('{0} numbers lead to a flow; the text uses {1}.', fitting.length, callerId)
        : l10n.t('{0} numbers can be shown; the text uses {1}.', fitting.length, callerId),
    ),
  ];
}

/** What the chosen way of being recognised needs, as far as the judge has not said it already. */
function aboutRecognition(connection: TrunkConnection): Advice[] {
  if (!callsOut(connection)) return [];
  const { auth, whitelistedIps, publicAddress, edge } = connection;
  const advice: Advice[] = [];
  const whitelist = levelOf(connection, 'ip.whitelisted');
  if (auth !== 'credential' && whitelist !== 'unknown') {
    if (whitelistedIps.length === 0 && whitelist === 'ok') {
      advice.push(
        problem(
          'ip.needed',
          l10n.t('The text relies on a whitelisted IP, and no IP is whitelisted.'),
          l10n.t('Whitelist the public address this PBX calls from, or use the credential.'),
        ),
      );
    } else if (
      whitelistedIps.length > 0 &&
      publicAddress !== null &&
      !whitelistedIps.some((one) => covers(one, publicAddress))
    ) {
      advice.push(
        problem(
          'ip.notCovered',
          l10n.t('The public address {0} is not whitelisted on the trunk.', publicAddress),
          l10n.t('Whitelist {0}.', publicAddress),
        ),
      );
    }
  }
  if (auth === 'both') {
    advice.push(
      warning(
        'auth.both',
        l10n.t(
          'Credential and whitelisted IP together: Exotel advises against mixing them unless its support confirms, because the IP alone may decide.',
        ),
      ),
    );
  }
  advice.push(...aboutCredential(connection));
  const documented = edge.auth ?? edges.find((one) => one.id === edge.id)?.auth;
  if (documented !== undefined && !documented.includes(auth)) {
    advice.push(
      warning(
        'edge.auth',
        l10n.t('The edge {0} is documented for another way of being recognised.', edge.host),
      ),
    );
  }
  advice.push(aboutEdge(connection));
  return advice;
}

function aboutCredential(connection: TrunkConnection): Advice[] {
  if (!usesCredential(connection)) return [];
  const judged = levelOf(connection, 'credential.known');
  const advice: Advice[] = [];
  if (connection.userName === null && judged !== 'problem' && judged !== 'unknown') {
    advice.push(
      problem(
        'credential.needed',
        l10n.t(
          'The text relies on a credential, and the trunk has none: its SID stands in as user name.',
        ),
        l10n.t('Create a credential, or use the whitelisted IP.'),
      ),
    );
  }
  if (connection.password === null) {
    advice.push(
      info(
        'password.placeholder',
        l10n.t('The password is not in the text: put it in place of {0}.', PASSWORD_PLACEHOLDER),
      ),
    );
  }
  return advice;
}

function aboutEdge({ edge, transport }: TrunkConnection): Advice {
  const port = transport === 'tls' ? edge.tlsPort : edge.tcpPort;
  return info(
    'edge.address',
    l10n.t(
      'Calls go to {0}. Exotel’s documents name several hosts and ports: if nothing answers there, try another edge or ask Exotel support.',
      `${edge.host}:${port}`,
    ),
  );
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
        'inbound.leftOut',
        l10n.t(
          'The inbound part is left out: the addresses Exotel calls from are not known, and without them the PBX would take calls from anyone.',
        ),
        l10n.t('Ask Exotel support for its signalling IPs and fill in Exotel’s addresses.'),
      ),
    );
  }
  if (!hasList) {
    advice.push(
      warning(
        'inbound.open',
        l10n.t(
          '{0} has no list of who may call in: whoever knows the address may call.',
          card.name,
        ),
        l10n.t('Keep the address to yourself, or put a proxy in front.'),
      ),
    );
  }
  const places = destinations.flatMap((one) => parseDestination(one) ?? []);
  // Made in the console, its transport stands in a field that the API does not show.
  const untold = places.some((one) => one.user !== null && one.transport === 'udp');
  const read = levelOf(connection, 'destination.set') !== 'unknown';
  const fits = untold || places.some((one) => one.transport === transport);
  if (read && places.length > 0 && !fits) {
    advice.push(
      problem(
        'inbound.transport',
        l10n.t(
          'No destination URI of the trunk has transport={0}: Exotel would call over another transport than the PBX listens on.',
          transport,
        ),
        l10n.t('Change the destination, or choose its transport here.'),
      ),
    );
  }
  advice.push(
    info(
      'inbound.flow',
      l10n.t(
        'Inbound calls also need an App Bazaar flow at Exotel whose Connect applet dials sip:{0}.',
        connection.trunkSid,
      ),
    ),
  );
  return advice;
}

function aboutMedia(connection: TrunkConnection, card: PbxCard, writer: PbxWriter): Advice[] {
  const { transport, codecs, publicAddress, localNetworks } = connection;
  const advice: Advice[] = [
    transport === 'tls'
      ? info(
          'media.encrypted',
          l10n.t('TLS comes with mandatory SRTP (SDES): a leg without it is refused by Exotel.'),
        )
      : warning(
          'media.plain',
          l10n.t('TCP sends signalling and audio unencrypted; with TLS both are encrypted.'),
        ),
  ];
  if (codecs.length === 0) {
    advice.push(
      problem('codec.none', l10n.t('No codec is chosen.'), l10n.t('Choose PCMA, then PCMU.')),
    );
  } else if (codecs[0] !== 'PCMA') {
    advice.push(info('codec.order', l10n.t('Exotel prefers PCMA before PCMU.')));
  }
  if (codecs.includes('G729')) {
    advice.push(
      warning(
        'codec.g729',
        l10n.t('G.729 is named in one of Exotel’s documents only, and the PBX needs it installed.'),
      ),
    );
  }
  const asked = writer.uses(connection).includes('localNetworks');
  if (asked && publicAddress !== null && localNetworks.length === 0) {
    advice.push(
      warning(
        'nat.localNetworks',
        l10n.t(
          'Behind NAT without local networks: calls inside your network are told the public address too.',
        ),
      ),
    );
  }
  if (card.group === 'voice-ai') return advice;
  advice.push(
    info(
      'firewall.media',
      l10n.t(
        'Firewall: let UDP 10000-40000 (Exotel’s older guide says 10000-20000) through to and from Exotel for the audio, and switch SIP ALG off.',
      ),
    ),
  );
  return advice;
}

function aboutStreamKit({ useCase }: TrunkConnection): Advice[] {
  if (useCase !== 'streamkit') return [];
  return [
    info(
      'streamkit.greeting',
      l10n.t(
        'Begin the flow with a short greeting: without one there are about 20 seconds of silence.',
      ),
    ),
  ];
}

/** Problems first, then warnings, then what is not known, then what is good to know. */
export function advise(
  connection: TrunkConnection,
  card: PbxCard,
  writer: PbxWriter,
): readonly Advice[] {
  const examples = writer.placeholders(connection).map(({ doNext, level }): Advice => ({
    kind: 'text.example',
    level,
    what: doNext,
    doNext: null,
  }));
  return [
    ...aboutTrunk(connection),
    ...aboutCallerId(connection),
    ...aboutRecognition(connection),
    ...aboutInbound(connection, card, writer),
    ...aboutStreamKit(connection),
    ...aboutMedia(connection, card, writer),
    info('service.alpha', l10n.t('Exotel calls vSIP trunking Alpha: there is no SLA.')),
    ...examples,
  ].toSorted(byLevel);
}
