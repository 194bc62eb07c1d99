/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * ElevenLabs Agents: a phone number with its SIP trunk, POST /v1/convai/phone-numbers. Fields: the
 * serialization of @elevenlabs/elevenlabs-js 2.73.0; elevenlabs.io/docs, SIP trunking.
 */
import * as l10n from '@vscode/l10n';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import {
  credential,
  curl,
  curlEach,
  g711,
  jsonFile,
  ownLabel,
  ownNumbers,
  perNumber,
  steps,
  type Request,
} from '../writing/json';
import {
  callsIn,
  callsOut,
  checkedValues,
  wantsInbound,
  type CheckedValues,
} from '../writing/common';

const CODEC_NAMES = { PCMA: 'PCMA/8000', PCMU: 'PCMU/8000' } as const;
const AGENT_ID = 'agent_REPLACE_WITH_AGENT_ID';
const PHONE_NUMBER_ID = 'phnum_REPLACE_WITH_PHONE_NUMBER_ID';
const NUMBER_FILE = 'elevenlabs-phone-number';
const CALL_FILE = 'elevenlabs-call.json';

const key = 'xi-api-key: $ELEVENLABS_API_KEY';
const numbersRequest: Request = { url: 'https://api.elevenlabs.io/v1/convai/phone-numbers', key };
const callRequest: Request = {
  url: 'https://api.elevenlabs.io/v1/convai/sip-trunk/outbound-call',
  key,
};

/** Exotel takes SRTP with TLS and nothing else, and plain RTP with TCP. */
function mediaEncryption(connection: TrunkConnection): string {
  return connection.transport === 'tls' ? 'required' : 'disabled';
}

function outboundTrunk(connection: TrunkConnection, values: CheckedValues): object {
  const login = credential(connection);
  return {
    address: `${values.edgeHost}:${values.edgePort}`,
    transport: connection.transport,
    media_encryption: mediaEncryption(connection),
    ...(login === null
      ? {}
      : { credentials: { username: login.userName, password: login.password } }),
    ...(connection.useCase === 'streamkit'
      ? { headers: { 'X-Exotel-AccountSid': values.accountSid } }
      : {}),
    enabled_codecs: g711(connection, CODEC_NAMES),
  };
}

function phoneNumber(connection: TrunkConnection, values: CheckedValues, number: string): object {
  return {
    provider: 'sip_trunk',
    phone_number: number,
    label: ownLabel(connection),
    ...(callsIn(connection)
      ? {
          agent_id: AGENT_ID,
          inbound_trunk_config: {
            allowed_addresses: values.exotelNetworks,
            media_encryption: mediaEncryption(connection),
          },
        }
      : {}),
    ...(callsOut(connection) ? { outbound_trunk_config: outboundTrunk(connection, values) } : {}),
  };
}

function call(values: CheckedValues): object {
  return {
    agent_id: AGENT_ID,
    agent_phone_number_id: PHONE_NUMBER_ID,
    to_number: values.flowNumber,
  };
}

function numbersOf(connection: TrunkConnection, numbers: readonly string[]): readonly string[] {
  return ownNumbers(connection, numbers, callsIn(connection));
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  const list: Placeholder[] = [];
  if (callsIn(connection) || connection.useCase === 'streamkit') {
    list.push({
      text: AGENT_ID,
      meaning: 'the id of your agent',
      doNext: l10n.t('{0} is an example: put the id of your agent there.', AGENT_ID),
      level: 'problem',
    });
  }
  if (connection.useCase === 'streamkit') {
    list.push({
      text: PHONE_NUMBER_ID,
      meaning: `the phone_number_id that posting ${NUMBER_FILE}.json gave`,
      doNext: l10n.t(
        '{0} is an example: put the phone_number_id that posting {1}.json gave there.',
        PHONE_NUMBER_ID,
        NUMBER_FILE,
      ),
      level: 'problem',
    });
  }
  return list;
}

function where(connection: TrunkConnection): string {
  const port = connection.transport === 'tls' ? 5061 : 5060;
  return steps(
    l10n.t(
      'The workspace of your agents at ElevenLabs (Agents > Phone Numbers shows the result). With data residency the API and SIP hosts are those of your region.',
    ),
    wantsInbound(connection)
      ? l10n.t(
          'At Exotel add the destination URI sip.rtc.elevenlabs.io:{0};transport={1}; with data residency in India sip.rtc.in.residency.elevenlabs.io.',
          port,
          connection.transport,
        )
      : null,
    callsOut(connection) && connection.auth === 'both'
      ? l10n.t(
          'Only Enterprise accounts with static IP servers have addresses to whitelist at Exotel; the credential is what protects the trunk.',
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
        'export ELEVENLABS_API_KEY=…',
        curlEach(numbersRequest, NUMBER_FILE, numbers.length),
        connection.useCase === 'streamkit'
          ? l10n.t(
              'Put the ids into {0}; every call is {1}',
              CALL_FILE,
              curl(callRequest, CALL_FILE),
            )
          : null,
      ),
      check: steps(
        l10n.t('{0} lists the number with its trunk.', `curl "${numbersRequest.url}" -H "${key}"`),
        callsOut(connection) && connection.useCase !== 'streamkit'
          ? l10n.t(
              'Place an outbound call from the Phone Numbers page; the answer has a sip_call_id.',
            )
          : null,
        wantsInbound(connection) ? l10n.t('Call a number of the trunk: the agent answers.') : null,
        l10n.t('The SIP messages of a call stand in its conversation log.'),
      ),
    };
  },
  get mistakes() {
    return [
      l10n.t('transport "auto": it may begin with UDP, which Exotel does not speak.'),
      l10n.t(
        'media_encryption "allowed" with TLS, or "required" with TCP: Exotel takes SRTP with TLS only, and only then.',
      ),
      l10n.t('address with "sip:" before it: it is host and port only.'),
      l10n.t(
        'No allowed_addresses on the inbound trunk: anyone can call your agent, at your cost.',
      ),
      l10n.t('credentials on the inbound trunk: Exotel is challenged and the call fails.'),
      l10n.t('The number without the plus, at ElevenLabs or in the flow: the call finds no agent.'),
      l10n.t(
        'ElevenLabs writes its own domain into From; with 403 Forbidden ask Exotel support about it.',
      ),
      l10n.t(
        'Native integration "Exotel" of ElevenLabs beside the trunk: it is another way to connect, for the same number use one.',
      ),
    ];
  },
};
