/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Bolna: a SIP trunk, POST /trunk/trunks, and what hangs on it: a gateway for calls out, Exotel's
 * addresses for calls in, numbers. Fields: www.bolna.ai/docs/api-reference/trunks. Not the older
 * /sip-trunks API, which keeps working for trunks that are there.
 */
import * as l10n from '@vscode/l10n';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import {
  credential,
  curl,
  curlEach,
  g711,
  jsonFile,
  madeFor,
  ownName,
  ownNumbers,
  perNumber,
  steps,
} from '../writing/json';
import {
  callsIn,
  callsOut,
  checkedValues,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const AGENT_ID = 'REPLACE_WITH_AGENT_ID';
const TRUNK_FILE = 'bolna-trunk.json';
const GATEWAY_FILE = 'bolna-gateway.json';
const SENDER_FILE = 'bolna-carrier-ip';
const NUMBER_FILE = 'bolna-number';

const CODEC_NAMES = { PCMA: 'PCMA', PCMU: 'PCMU' } as const;
const API = 'https://api.bolna.ai/trunk/trunks';
const key = 'Authorization: Bearer $BOLNA_API_KEY';

function trunk(connection: TrunkConnection): object {
  const login = credential(connection);
  return {
    name: ownName(connection),
    description: madeFor(connection),
    preset: 'exotel',
    inbound_enabled: callsIn(connection),
    outbound_enabled: callsOut(connection),
    transport: 'tcp',
    codecs: g711(connection, CODEC_NAMES).join(','),
    outbound_leading_plus_enabled: true,
    ...(login === null ? {} : { auth_username: login.userName, auth_password: login.password }),
  };
}

function gateway(values: CheckedValues): object {
  return { host: values.edgeHost, port: values.edgePort, priority: 1 };
}

/** One request per address that calls may come from. */
function senders(networks: readonly string[]): PbxFile[] {
  return networks.map((cidr, index) =>
    jsonFile(networks.length === 1 ? `${SENDER_FILE}.json` : `${SENDER_FILE}-${index + 1}.json`, {
      cidr,
    }),
  );
}

function phoneNumber(connection: TrunkConnection, number: string): object {
  return {
    e164: number,
    // As Exotel puts it into the request URI, which Bolna wants without the plus.
    destination_key: number.replace('+', ''),
    ...(callsIn(connection) ? { agent_id: AGENT_ID } : {}),
  };
}

function numbersOf(connection: TrunkConnection, numbers: readonly string[]): readonly string[] {
  return ownNumbers(connection, numbers, callsIn(connection));
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  return callsIn(connection)
    ? [
        {
          text: AGENT_ID,
          meaning: 'the id of the agent that answers',
          doNext: l10n.t(
            '{0} is an example: put the id of the agent that answers there.',
            AGENT_ID,
          ),
          level: 'problem',
        },
      ]
    : [];
}

function where(connection: TrunkConnection): string {
  return steps(
    l10n.t('The Bolna account of your agents (Deploy > SIP Trunks shows the result).'),
    wantsInbound(connection)
      ? l10n.t('At Exotel add the destination URI trunk.bolna.ai:5060;transport=tcp.')
      : null,
    callsOut(connection) && connection.auth !== 'credential'
      ? l10n.t(
          'At Exotel whitelist 15.252.21.46 and 13.206.230.198, each as /32 (GET /trunk/pop has the list of the day). All customers of Bolna call from there: a credential as well keeps others off your trunk.',
        )
      : null,
  );
}

export const writer: PbxWriter = {
  uses: (connection) => [
    'peerName',
    ...(wantsInbound(connection) ? (['exotelAddresses'] as const) : []),
  ],
  placeholders,
  render(connection) {
    const values = checkedValues(connection);
    if (!callsOut(connection) && !callsIn(connection)) return [];
    return [
      jsonFile(TRUNK_FILE, trunk(connection)),
      ...(callsOut(connection) ? [jsonFile(GATEWAY_FILE, gateway(values))] : []),
      ...(callsIn(connection) ? senders(values.exotelNetworks) : []),
      ...perNumber(NUMBER_FILE, numbersOf(connection, values.numbers), (number) =>
        phoneNumber(connection, number),
      ),
    ];
  },
  guide: (connection) => {
    const numbers = numbersOf(
      connection,
      connection.numbers.map(({ number }) => number),
    );
    const part = (name: string) => ({ url: `${API}/$TRUNK_ID/${name}`, key });
    return {
      where: where(connection),
      load: steps(
        'export BOLNA_API_KEY=…',
        curl({ url: API, key }, TRUNK_FILE),
        l10n.t('export TRUNK_ID=… (the id it gives)'),
        callsOut(connection) ? curl(part('gateways'), GATEWAY_FILE) : null,
        callsIn(connection)
          ? curlEach(part('ip-acls'), SENDER_FILE, connection.exotelAddresses.length)
          : null,
        curlEach(part('numbers'), NUMBER_FILE, numbers.length),
        callsOut(connection)
          ? l10n.t(
              'Set the telephony provider of the agent to "trunk"; a call names the number as from_phone_number.',
            )
          : null,
      ),
      check: steps(
        l10n.t('{0} shows the trunk with its parts.', `curl "${API}/$TRUNK_ID" -H "${key}"`),
        callsOut(connection) ? l10n.t('Place a call with POST https://api.bolna.ai/call.') : null,
        wantsInbound(connection)
          ? l10n.t(
              'Call a number of the trunk: the agent answers. 403 means an address of Exotel is missing, 404 a number or its agent.',
            )
          : null,
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t('transport left out: it may be UDP, which Exotel does not speak.'),
      l10n.t('TLS at Exotel towards Bolna: Exotel then wants SRTP.'),
      l10n.t('The destination sip.bolna.ai or 13.200.45.61: that is the older kind of trunk.'),
      l10n.t(
        "Not all of Exotel's signalling addresses on the trunk: calls from the others get 403.",
      ),
      l10n.t(
        'The telephony provider "sip-trunk" on the agent: that is the older kind, the newer is "trunk".',
      ),
      l10n.t("Audio: UDP 30000-40000 from 15.252.21.46; Exotel's firewall has to let it in."),
      l10n.t(
        'Bolna has no field for the From domain; with 403 Forbidden ask Exotel support about it.',
      ),
    ];
  },
};
