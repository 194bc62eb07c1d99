/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Retell AI: a number of one's own, POST /import-phone-number; StreamKit calls with POST
 * /v2/create-phone-call. Fields: retell-sdk 5.66.1; docs.retellai.com/deploy/custom-telephony.
 */
import * as l10n from '@vscode/l10n';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import {
  credential,
  curl,
  curlEach,
  jsonFile,
  ownLabel,
  ownNumbers,
  perNumber,
  steps,
  type Request,
} from '../writing/json';
import { callsOut, checkedValues, wantsInbound, type CheckedValues } from '../writing/common';

const AGENT_ID = 'agent_REPLACE_WITH_AGENT_ID';
const NUMBER_FILE = 'retell-phone-number';
const CALL_FILE = 'retell-call.json';

const key = 'Authorization: Bearer $RETELL_API_KEY';
const numberRequest: Request = { url: 'https://api.retellai.com/import-phone-number', key };
const callRequest: Request = { url: 'https://api.retellai.com/v2/create-phone-call', key };

const agents = [{ agent_id: AGENT_ID, weight: 1 }];

function phoneNumber(connection: TrunkConnection, values: CheckedValues, number: string): object {
  const login = credential(connection);
  return {
    phone_number: number,
    ignore_e164_validation: false,
    nickname: ownLabel(connection),
    termination_uri: `${values.edgeHost}:${values.edgePort}`,
    transport: connection.transport === 'tls' ? 'TLS' : 'TCP',
    ...(login === null
      ? {}
      : { sip_trunk_auth_username: login.userName, sip_trunk_auth_password: login.password }),
    ...(callsOut(connection) ? { outbound_agents: agents } : {}),
    ...(wantsInbound(connection) ? { inbound_agents: agents } : {}),
  };
}

function call(values: CheckedValues): object {
  return {
    from_number: values.callerId,
    to_number: values.flowNumber,
    custom_sip_headers: { 'X-Exotel-AccountSid': values.accountSid },
  };
}

function numbersOf(connection: TrunkConnection, numbers: readonly string[]): readonly string[] {
  return ownNumbers(connection, numbers, wantsInbound(connection));
}

const placeholders: readonly Placeholder[] = [
  {
    text: AGENT_ID,
    meaning: 'the id of your agent',
    get doNext() {
      return l10n.t('{0} is an example: put the id of your agent there.', AGENT_ID);
    },
    level: 'problem',
  },
];

function where(connection: TrunkConnection): string {
  const port = connection.transport === 'tls' ? 5061 : 5060;
  return steps(
    l10n.t('The workspace of your agents at Retell (Phone Numbers shows the result).'),
    wantsInbound(connection)
      ? l10n.t(
          "At Exotel add the destination URI sip.retellai.com:{0};transport={1}. The port is the one in Retell's guide for Avaya.",
          port,
          connection.transport,
        )
      : null,
    wantsInbound(connection)
      ? l10n.t(
          "Retell has no list of who may call in: whoever sends a call for your number to sip.retellai.com reaches the agent. Exotel's addresses therefore stand nowhere.",
        )
      : null,
    callsOut(connection) && connection.auth === 'both'
      ? l10n.t(
          'At Exotel whitelist 18.98.16.120 to 18.98.16.123, each as /32; some traffic of the United States comes from 143.223.88.0/21 and 161.115.160.0/19. All customers of Retell call from there; the credential is what protects the trunk.',
        )
      : null,
  );
}

export const writer: PbxWriter = {
  uses: () => ['peerName'],
  placeholders: () => placeholders,
  render(connection) {
    const values = checkedValues(connection);
    const files: PbxFile[] = perNumber(
      NUMBER_FILE,
      numbersOf(connection, values.numbers),
      (number) => phoneNumber(connection, values, number),
    );
    if (connection.useCase === 'streamkit') files.push(jsonFile(CALL_FILE, call(values)));
    return files;
  },
  guide: (connection) => {
    const numbers = numbersOf(
      connection,
      connection.numbers.map(({ number }) => number),
    );
    return {
      where: where(connection),
      load: steps(
        'export RETELL_API_KEY=…',
        curlEach(numberRequest, NUMBER_FILE, numbers.length),
        connection.useCase === 'streamkit'
          ? l10n.t('Every call is {0}', curl(callRequest, CALL_FILE))
          : null,
      ),
      check: steps(
        l10n.t('The number stands under Phone Numbers with its termination URI and transport.'),
        callsOut(connection) ? l10n.t('Place an outbound call from that page.') : null,
        wantsInbound(connection) ? l10n.t('Call a number of the trunk: the agent answers.') : null,
        connection.transport === 'tls'
          ? l10n.t(
              'No field asks for SRTP: Retell documents that it comes with TLS. Look for RTP/SAVP in the SIP messages of the first call.',
            )
          : null,
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t('transport UDP: Exotel does not speak it. Left out, it is TCP.'),
      l10n.t('termination_uri with "sip:" before it, or without the port of the edge.'),
      l10n.t('The number without the plus.'),
      l10n.t('inbound_agents left out: calls in are refused.'),
      l10n.t(
        'The old host 5t4n6j0wnrl.sip.livekit.cloud as destination: Retell retired it on 2026-09-30.',
      ),
      l10n.t(
        'A StreamKit call placed elsewhere than with custom_sip_headers: without the header Exotel finds no flow.',
      ),
      l10n.t(
        'Retell has no field for the From domain and for codecs; with 403 Forbidden ask Exotel support about the domain.',
      ),
    ];
  },
};
