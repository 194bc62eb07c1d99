/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * LiveKit SIP: the requests CreateSIPOutboundTrunk, CreateSIPInboundTrunk, CreateSIPDispatchRule and
 * CreateSIPParticipant as `lk` reads them. Fields: livekit_sip_pb of @livekit/protocol 2.0.0;
 * docs.livekit.io/telephony.
 */
import * as l10n from '@vscode/l10n';
import { OWN_SERVER } from '../cards/livekit';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import { credential, jsonFile, madeFor, ownName, ownNumbers, steps } from '../writing/json';
import {
  callsIn,
  callsOut,
  checkedValues,
  dialsFromIndia,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const OUTBOUND_TRUNK_ID = 'ST_REPLACE_WITH_OUTBOUND_TRUNK_ID';
const INBOUND_TRUNK_ID = 'ST_REPLACE_WITH_INBOUND_TRUNK_ID';
const AGENT_NAME = 'REPLACE_WITH_AGENT_NAME';

const OUTBOUND_FILE = 'livekit-outbound-trunk.json';
const INBOUND_FILE = 'livekit-inbound-trunk.json';
const RULE_FILE = 'livekit-dispatch-rule.json';
const CALL_FILE = 'livekit-call.json';

function ownServer(connection: TrunkConnection): boolean {
  return connection.variant === OWN_SERVER;
}

/** Exotel takes SRTP with TLS and nothing else, and plain RTP with TCP. */
function mediaEncryption(connection: TrunkConnection): string {
  return connection.transport === 'tls' ? 'SIP_MEDIA_ENCRYPT_REQUIRE' : 'SIP_MEDIA_ENCRYPT_DISABLE';
}

function outboundTrunk(connection: TrunkConnection, values: CheckedValues): object {
  const login = credential(connection);
  return {
    trunk: {
      name: ownName(connection),
      metadata: madeFor(connection),
      address: `${values.edgeHost}:${values.edgePort}`,
      // Calls to India have to begin in India; LiveKit Cloud chooses its region by this.
      ...(dialsFromIndia(values) && !ownServer(connection) ? { destinationCountry: 'in' } : {}),
      transport: connection.transport === 'tls' ? 'SIP_TRANSPORT_TLS' : 'SIP_TRANSPORT_TCP',
      numbers: [values.callerId],
      ...(login === null ? {} : { authUsername: login.userName, authPassword: login.password }),
      ...(connection.useCase === 'streamkit'
        ? { headers: { 'X-Exotel-AccountSid': values.accountSid } }
        : {}),
      mediaEncryption: mediaEncryption(connection),
    },
  };
}

function inboundTrunk(connection: TrunkConnection, values: CheckedValues): object {
  return {
    trunk: {
      name: `${ownName(connection)}-inbound`,
      metadata: madeFor(connection),
      numbers: ownNumbers({ ...connection, useCase: 'inbound' }, values.numbers, true),
      // An empty list would mean everybody.
      allowedAddresses: values.exotelNetworks,
      headersToAttributes: { 'X-Exotel-CallSid': 'exotel.callSid' },
      mediaEncryption: mediaEncryption(connection),
    },
  };
}

function dispatchRule(connection: TrunkConnection): object {
  const name = ownName(connection);
  return {
    dispatchRule: {
      name,
      trunkIds: [INBOUND_TRUNK_ID],
      rule: { dispatchRuleIndividual: { roomPrefix: `${name}-` } },
      roomConfig: { agents: [{ agentName: AGENT_NAME }] },
    },
  };
}

function call(connection: TrunkConnection, values: CheckedValues): object {
  const name = ownName(connection);
  return {
    sipTrunkId: OUTBOUND_TRUNK_ID,
    sipCallTo: values.flowNumber,
    sipNumber: values.callerId,
    roomName: `${name}-streamkit`,
    participantIdentity: name,
    waitUntilAnswered: true,
  };
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  const list: Placeholder[] = [];
  if (connection.useCase === 'streamkit') {
    list.push({
      text: OUTBOUND_TRUNK_ID,
      meaning: `the id that creating ${OUTBOUND_FILE} gave`,
      doNext: l10n.t(
        '{0} is an example: put the id that creating {1} gave there.',
        OUTBOUND_TRUNK_ID,
        OUTBOUND_FILE,
      ),
      level: 'problem',
    });
  }
  if (callsIn(connection)) {
    list.push(
      {
        text: INBOUND_TRUNK_ID,
        meaning: `the id that creating ${INBOUND_FILE} gave`,
        doNext: l10n.t(
          '{0} is an example: put the id that creating {1} gave there.',
          INBOUND_TRUNK_ID,
          INBOUND_FILE,
        ),
        level: 'problem',
      },
      {
        text: AGENT_NAME,
        meaning:
          'the agent name your worker registers with, or leave roomConfig out when it has none',
        doNext: l10n.t(
          '{0} is an example: put the agent name your worker registers with there, or leave roomConfig out when it has none.',
          AGENT_NAME,
        ),
        level: 'problem',
      },
    );
  }
  return list;
}

function where(connection: TrunkConnection): string {
  const own = ownServer(connection);
  const uri = (host: string) =>
    `${host}:${connection.transport === 'tls' ? 5061 : 5060};transport=${connection.transport}`;
  const lines: (string | null)[] = [
    own
      ? l10n.t('The API of your LiveKit server.')
      : l10n.t(
          'The LiveKit Cloud project of your agents; the subdomain stands in its SIP URI (Settings > Project).',
        ),
  ];
  if (wantsInbound(connection)) {
    lines.push(
      own
        ? l10n.t(
            'At Exotel add the destination URI {0} with the name of your LiveKit SIP server.',
            uri('<name>'),
          )
        : l10n.t(
            'At Exotel add the destination URI {0}; {1} keeps calls in India.',
            uri('<subdomain>.sip.livekit.cloud'),
            '<subdomain>.india.sip.livekit.cloud',
          ),
    );
  }
  if (callsOut(connection) && connection.auth !== 'credential') {
    lines.push(
      own
        ? l10n.t('At Exotel whitelist the public address of your LiveKit SIP server.')
        : l10n.t(
            'LiveKit Cloud calls from address ranges that all its customers share: whitelisting them lets others call on your bill. Make a credential instead; whitelist only a LiveKit SIP server of your own.',
          ),
    );
  }
  return steps(...lines);
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders,
  render(connection) {
    const values = checkedValues(connection);
    const files: PbxFile[] = [];
    if (callsOut(connection)) {
      files.push(jsonFile(OUTBOUND_FILE, outboundTrunk(connection, values)));
    }
    if (connection.useCase === 'streamkit') {
      files.push(jsonFile(CALL_FILE, call(connection, values)));
    }
    if (callsIn(connection)) {
      files.push(
        jsonFile(INBOUND_FILE, inboundTrunk(connection, values)),
        jsonFile(RULE_FILE, dispatchRule(connection)),
      );
    }
    return files;
  },
  guide: (connection) => ({
    where: where(connection),
    load: steps(
      'export LIVEKIT_URL=… LIVEKIT_API_KEY=… LIVEKIT_API_SECRET=…',
      callsOut(connection) ? `lk sip outbound create ${OUTBOUND_FILE}` : null,
      callsIn(connection) ? `lk sip inbound create ${INBOUND_FILE}` : null,
      callsIn(connection)
        ? l10n.t('Put the id it prints into {0}, then lk sip dispatch create {0}', RULE_FILE)
        : null,
      connection.useCase === 'streamkit'
        ? l10n.t(
            'Put the id of the outbound trunk into {0}; every call is lk sip participant create {0}, with a roomName of its own: two calls in one room hear each other, and the second of one participantIdentity ends the first',
            CALL_FILE,
          )
        : null,
    ),
    check: steps(
      callsOut(connection)
        ? l10n.t(
            'lk sip outbound list; then start a call with CreateSIPParticipant: the attribute sip.callStatus goes from dialing to active.',
          )
        : null,
      wantsInbound(connection)
        ? l10n.t(
            "lk sip inbound list and lk sip dispatch list; then call a number of the trunk: a room with the rule's prefix appears and the agent joins it.",
          )
        : null,
    ),
  }),
  get mistakes() {
    return [
      l10n.t('No transport: SIP_TRANSPORT_AUTO may begin with UDP, which Exotel does not speak.'),
      l10n.t('mediaEncryption left out or ALLOW with TLS: Exotel takes SRTP only.'),
      l10n.t('address with "sip:" before it: it is host and port only.'),
      l10n.t(
        'Numbers in national format: Exotel wants E.164 with the plus, in numbers and in sipCallTo.',
      ),
      l10n.t(
        'An inbound trunk without allowedAddresses and without a password: anyone can call your agents, at your cost.',
      ),
      l10n.t(
        'A user name and password on the inbound trunk: Exotel is challenged and the call fails.',
      ),
      l10n.t('A dispatch rule without trunkIds: it answers for every trunk of the project.'),
      l10n.t('Silence after the answer: no agent has joined the room.'),
      l10n.t(
        'LiveKit writes its own domain into From. Calls to Exotel were seen to work so; with 403 Forbidden ask Exotel support about it.',
      ),
      l10n.t('Codecs have no field: LiveKit offers G.711 itself.'),
    ];
  },
};
