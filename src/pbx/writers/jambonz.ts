/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * jambonz: a carrier, POST /v1/Accounts/{sid}/VoipCarriers, its gateways, POST /v1/SipGateways, and the
 * verb that calls through it. Columns and checks: jambonz-api-server dd755f8; what a call out carries:
 * sbc-outbound fec25d5; who may call in: sbc-inbound 6608286; verbs: jambonz/verb-specifications.
 */
import * as l10n from '@vscode/l10n';
import { UnsafeValueError } from '../quoting/plain';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import {
  NUMBER_TO_CALL,
  credential,
  curl,
  curlEach,
  jsonFile,
  madeFor,
  numberToCall,
  ownName,
  steps,
} from '../writing/json';
import {
  callsIn,
  callsOut,
  checkedValues,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CARRIER_SID = 'REPLACE_WITH_VOIP_CARRIER_SID';
const CARRIER_FILE = 'jambonz-carrier.json';
const OUTBOUND_FILE = 'jambonz-outbound-gateway.json';
const INBOUND_FILE = 'jambonz-inbound-gateway';
const DIAL_FILE = 'jambonz-dial.json';

const key = 'Authorization: Bearer $JAMBONZ_API_KEY';
/** Width of the columns for user name and password. */
const LONGEST_CREDENTIAL = 64;

function login(
  connection: TrunkConnection,
): { readonly register_username: string; readonly register_password: string } | null {
  const values = credential(connection);
  if (values === null) return null;
  if (/\s/u.test(values.userName)) {
    throw new UnsafeValueError('SIP user name', l10n.t('must not hold a blank for jambonz'));
  }
  for (const [field, text] of [
    ['SIP user name', values.userName],
    ['SIP password', values.password],
  ] as const) {
    if (Array.from(text).length > LONGEST_CREDENTIAL) {
      throw new UnsafeValueError(
        field,
        l10n.t('must not be longer than {0} characters for jambonz', LONGEST_CREDENTIAL),
      );
    }
  }
  return { register_username: values.userName, register_password: values.password };
}

function carrier(connection: TrunkConnection, values: CheckedValues): object {
  return {
    name: ownName(connection),
    description: madeFor(connection),
    is_active: true,
    // Calls in are known by their address. "auth" would challenge Exotel, "reg" would register.
    trunk_type: 'static_ip',
    requires_register: false,
    e164_leading_plus: true,
    dtmf_type: 'rfc2833',
    ...(callsOut(connection)
      ? {
          // In spite of their names they answer the challenge to an INVITE.
          ...login(connection),
          register_from_domain: values.sipDomain,
        }
      : {}),
  };
}

function outboundGateway(connection: TrunkConnection, values: CheckedValues): object {
  return {
    voip_carrier_sid: CARRIER_SID,
    ipv4: values.edgeHost,
    port: values.edgePort,
    netmask: 32,
    inbound: false,
    outbound: true,
    is_active: true,
    protocol: connection.transport === 'tls' ? 'tls/srtp' : 'tcp',
  };
}

/** One per network: calls in are known by their address, which has to be a numeric one. */
function inboundGateways(networks: readonly string[]): PbxFile[] {
  return networks.map((network, index) => {
    const [ipv4 = '', bits = ''] = network.split('/');
    return jsonFile(
      networks.length === 1 ? `${INBOUND_FILE}.json` : `${INBOUND_FILE}-${index + 1}.json`,
      {
        voip_carrier_sid: CARRIER_SID,
        ipv4,
        netmask: Number(bits),
        inbound: true,
        outbound: false,
        is_active: true,
      },
    );
  });
}

/** The verb of an application that calls through the carrier. */
function dial(connection: TrunkConnection, values: CheckedValues): object {
  const streamkit = connection.useCase === 'streamkit';
  return {
    verb: 'dial',
    callerId: values.callerId,
    answerOnBridge: true,
    target: [
      {
        type: 'phone',
        number: streamkit ? values.flowNumber : NUMBER_TO_CALL,
        trunk: ownName(connection),
      },
    ],
    ...(streamkit ? { headers: { 'X-Exotel-AccountSid': values.accountSid } } : {}),
  };
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  if (!callsOut(connection) && !callsIn(connection)) return [];
  const list: Placeholder[] = [
    {
      text: CARRIER_SID,
      meaning: `the sid that posting ${CARRIER_FILE} gave`,
      doNext: l10n.t(
        '{0} is an example: put the sid that posting {1} gave there.',
        CARRIER_SID,
        CARRIER_FILE,
      ),
      level: 'problem',
    },
  ];
  if (callsOut(connection) && connection.useCase !== 'streamkit') list.push(numberToCall);
  return list;
}

function where(connection: TrunkConnection): string {
  const port = connection.transport === 'tls' ? 5061 : 5060;
  return steps(
    l10n.t(
      'The REST API of your jambonz (JAMBONZ_URL, e.g. https://api.jambonz.cloud or https://<your server>/api); Carriers in the portal shows the result. A service provider posts the carrier to /v1/ServiceProviders/<sid>/VoipCarriers.',
    ),
    wantsInbound(connection)
      ? l10n.t(
          'At Exotel add the destination URI <address of your SBC>:{0};transport={1}. For TLS it is the name in the certificate of the SBC.',
          port,
          connection.transport,
        )
      : null,
    callsOut(connection) && connection.auth !== 'credential'
      ? l10n.t(
          'At Exotel whitelist the public address of your SBC (GET /v1/Sbcs). On a jambonz that others use too, a credential as well keeps them off your trunk.',
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
      jsonFile(CARRIER_FILE, carrier(connection, values)),
      ...(callsOut(connection)
        ? [
            jsonFile(OUTBOUND_FILE, outboundGateway(connection, values)),
            jsonFile(DIAL_FILE, dial(connection, values)),
          ]
        : []),
      ...(callsIn(connection) ? inboundGateways(values.exotelNetworks) : []),
    ];
  },
  guide: (connection) => {
    const gateways = { url: '$JAMBONZ_URL/v1/SipGateways', key };
    return {
      where: where(connection),
      load: steps(
        'export JAMBONZ_URL=… JAMBONZ_API_KEY=… ACCOUNT_SID=…',
        curl({ url: '$JAMBONZ_URL/v1/Accounts/$ACCOUNT_SID/VoipCarriers', key }, CARRIER_FILE),
        l10n.t('Put the sid it gives in place of {0} and go on:', CARRIER_SID),
        callsOut(connection) ? curl(gateways, OUTBOUND_FILE) : null,
        callsIn(connection)
          ? curlEach(gateways, INBOUND_FILE, connection.exotelAddresses.length)
          : null,
        callsIn(connection)
          ? l10n.t(
              'In the portal add the numbers of the trunk to this carrier, each with its application.',
            )
          : null,
        callsOut(connection)
          ? l10n.t(
              '{0} is the verb that calls through this carrier: return it from your application.',
              DIAL_FILE,
            )
          : null,
      ),
      check: steps(
        l10n.t(
          '{0} lists the gateways.',
          `curl "${gateways.url}?voip_carrier_sid=<sid>" -H "${key}"`,
        ),
        callsOut(connection)
          ? l10n.t('Place a call: Recent Calls has its SIP answer and, with Homer, its messages.')
          : null,
        wantsInbound(connection)
          ? l10n.t('Call a number of the trunk: the application answers.')
          : null,
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t('requires_register on: Exotel takes no registration.'),
      l10n.t(
        'trunk_type "auth", or inbound_auth_username: Exotel is challenged and the call fails.',
      ),
      l10n.t(
        'protocol "tls" instead of "tls/srtp": Exotel takes SRTP only with TLS. Left out, it is UDP, which Exotel does not speak.',
      ),
      l10n.t('e164_leading_plus off: jambonz takes the plus off every number.'),
      l10n.t('A host name, or inbound off, on the gateway for calls in: they are refused.'),
      l10n.t("Exotel's media addresses as gateways: gateways are for signalling."),
      l10n.t(
        'The SIP domain of the account as gateway address: it is for From; calls go to the edge.',
      ),
      l10n.t('callerId left out of dial: From then has a number that is not of the trunk.'),
      l10n.t(
        'The ";transport=…" that jambonz appends to the address in From: with 403 Forbidden ask Exotel support about it.',
      ),
    ];
  },
};
