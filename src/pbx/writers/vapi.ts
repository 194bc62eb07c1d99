/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Vapi: a credential of kind byo-sip-trunk, POST /credential, and a phone number on it, POST
 * /phone-number. Fields: @vapi-ai/server-sdk 2.0.1; docs.vapi.ai/advanced/sip.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError } from '../quoting/plain';
import type { PbxWriter, Placeholder, TrunkConnection } from '../types';
import {
  credential,
  curl,
  curlEach,
  jsonFile,
  ownName,
  ownNumbers,
  perNumber,
  steps,
} from '../writing/json';
import {
  callsIn,
  callsOut,
  checkedValues,
  usesCredential,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CREDENTIAL_ID = 'REPLACE_WITH_CREDENTIAL_ID';
const ASSISTANT_ID = 'REPLACE_WITH_ASSISTANT_ID';
const CREDENTIAL_FILE = 'vapi-credential.json';
const NUMBER_FILE = 'vapi-phone-number';
/** Names hold at most 40 characters. */
const LONGEST_NAME = 40;
/** The netmask of a gateway is 24 to 32. */
const WIDEST_GATEWAY = 24;

interface Region {
  readonly api: string;
  readonly sip: string;
  readonly addresses: string;
}

const US: Region = {
  api: 'https://api.vapi.ai',
  sip: 'sip.vapi.ai',
  addresses: '44.229.228.186 and 44.238.177.138',
};
const EU: Region = {
  api: 'https://api.eu.vapi.ai',
  sip: 'sip.eu.vapi.ai',
  addresses: '63.182.83.170',
};

function region(connection: TrunkConnection): Region {
  return connection.variant === 'eu' ? EU : US;
}

/** `exotel trmum1…`: there is no room for more. */
function name(connection: TrunkConnection): string {
  return `${ownName(connection)} ${connection.trunkSid}`.slice(0, LONGEST_NAME);
}

/** Calls in are known by their address, and only numeric ones are taken. */
function inboundGateway(network: string): object {
  const [ip = '', bits = ''] = network.split('/');
  const netmask = Number(bits);
  if (netmask < WIDEST_GATEWAY) {
    throw new UnsafeValueError(
      "Exotel's addresses",
      l10n.t('must not hold a network wider than /{0} for Vapi', WIDEST_GATEWAY),
    );
  }
  return { ip, netmask, inboundEnabled: true, outboundEnabled: false };
}

function trunkCredential(connection: TrunkConnection, values: CheckedValues): object {
  const login = credential(connection);
  const outbound = {
    ip: values.edgeHost,
    port: values.edgePort,
    netmask: 32,
    // A host name may not be an inbound gateway, and inbound is on unless said otherwise.
    inboundEnabled: false,
    outboundEnabled: true,
    outboundProtocol: connection.transport === 'tls' ? 'tls/srtp' : 'tcp',
    optionsPingEnabled: false,
  };
  return {
    provider: 'byo-sip-trunk',
    name: name(connection),
    gateways: [
      ...(callsOut(connection) ? [outbound] : []),
      ...(callsIn(connection) ? values.exotelNetworks.map(inboundGateway) : []),
    ],
    ...(login === null
      ? {}
      : {
          outboundAuthenticationPlan: {
            authUsername: login.userName,
            authPassword: login.password,
          },
        }),
    // Off unless said otherwise; Exotel takes E.164 with the plus only.
    outboundLeadingPlusEnabled: true,
  };
}

function phoneNumber(connection: TrunkConnection, number: string): object {
  return {
    provider: 'byo-phone-number',
    name: name(connection),
    number,
    numberE164CheckEnabled: true,
    credentialId: CREDENTIAL_ID,
    ...(callsIn(connection) ? { assistantId: ASSISTANT_ID } : {}),
  };
}

function numbersOf(connection: TrunkConnection, numbers: readonly string[]): readonly string[] {
  return ownNumbers(connection, numbers, callsIn(connection));
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  if (!callsOut(connection) && !callsIn(connection)) return [];
  const list: Placeholder[] = [
    {
      text: CREDENTIAL_ID,
      meaning: `the id that posting ${CREDENTIAL_FILE} gave`,
      doNext: l10n.t(
        '{0} is an example: put the id that posting {1} gave there.',
        CREDENTIAL_ID,
        CREDENTIAL_FILE,
      ),
      level: 'problem',
    },
  ];
  if (callsIn(connection)) {
    list.push({
      text: ASSISTANT_ID,
      meaning: 'the id of the assistant that answers',
      doNext: l10n.t(
        '{0} is an example: put the id of the assistant that answers there.',
        ASSISTANT_ID,
      ),
      level: 'problem',
    });
  }
  return list;
}

function where(connection: TrunkConnection): string {
  const { api, sip, addresses } = region(connection);
  const port = connection.transport === 'tls' ? 5061 : 5060;
  return steps(
    l10n.t('The API {0} of the organisation that has your assistants.', api),
    wantsInbound(connection)
      ? l10n.t(
          "At Exotel add the destination URI <credential id>.{0}:{1};transport={2}. Vapi's documents do not say whether its certificate and SRTP fit calls in over TLS: place a test call first.",
          sip,
          port,
          connection.transport,
        )
      : null,
    callsOut(connection) && connection.auth === 'both'
      ? l10n.t(
          'At Exotel whitelist {0}, each as /32. All customers of Vapi call from there; the credential is what protects the trunk.',
          addresses,
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
      jsonFile(CREDENTIAL_FILE, trunkCredential(connection, values)),
      ...perNumber(NUMBER_FILE, numbersOf(connection, values.numbers), (number) =>
        phoneNumber(connection, number),
      ),
    ];
  },
  guide: (connection) => {
    const key = 'Authorization: Bearer $VAPI_API_KEY';
    const { api } = region(connection);
    const numbers = numbersOf(
      connection,
      connection.numbers.map(({ number }) => number),
    );
    return {
      where: where(connection),
      load: steps(
        l10n.t('export VAPI_API_KEY=… (the private key)'),
        curl({ url: `${api}/credential`, key }, CREDENTIAL_FILE),
        l10n.t('Put the id it gives in place of {0} and go on:', CREDENTIAL_ID),
        curlEach({ url: `${api}/phone-number`, key }, NUMBER_FILE, numbers.length),
      ),
      check: steps(
        l10n.t('{0} lists the trunk.', `curl "${api}/credential" -H "${key}"`),
        usesCredential(connection)
          ? l10n.t(
              'Place an outbound call from the number in the dashboard; its log names the SIP answer.',
            )
          : null,
        wantsInbound(connection)
          ? l10n.t('Call a number of the trunk: the assistant answers.')
          : null,
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t(
        'outboundProtocol "tls" instead of "tls/srtp": Exotel takes SRTP only with TLS. Left out, it is UDP, which Exotel does not speak.',
      ),
      l10n.t(
        'inboundEnabled left out on the gateway with the host name: "SIP gateway creation failed".',
      ),
      l10n.t('outboundLeadingPlusEnabled left out: the number goes out without the plus.'),
      l10n.t(
        "Not all of Exotel's signalling addresses as inbound gateways: calls from the others get 401.",
      ),
      l10n.t('A sipRegisterPlan: Exotel takes no registration.'),
      l10n.t(
        'An API key of the other region: the trunk is then in another place than the SIP host.',
      ),
      l10n.t(
        'Vapi has no field for the From domain and for codecs; with 403 Forbidden ask Exotel support about the domain.',
      ),
    ];
  },
};
