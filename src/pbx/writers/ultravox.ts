/**
 * pbx/writers: the text of each PBX, loaded when it is made.
 *
 * Ultravox: calls out are started one by one, POST /api/agents/{agent}/calls with the medium sip; calls
 * in are let in by the account's SIP configuration, PATCH /api/sip. Fields: docs.ultravox.ai, SIP guide
 * and API reference.
 */
import * as l10n from '@vscode/l10n';
import { NUMBER_PLACEHOLDER } from '../quoting/plain';
import type { PbxFile, PbxWriter, Placeholder, TrunkConnection } from '../types';
import {
  NUMBER_TO_CALL,
  credential,
  curl,
  jsonFile,
  madeFor,
  numberToCall,
  ownNumbers,
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
const CALL_FILE = 'ultravox-call.json';
const SIP_FILE = 'ultravox-sip.json';

const API = 'https://api.ultravox.ai/api';
const key = 'X-API-Key: $ULTRAVOX_API_KEY';

function call(connection: TrunkConnection, values: CheckedValues): object {
  const login = credential(connection);
  return {
    medium: {
      sip: {
        outgoing: {
          to: `sip:${NUMBER_TO_CALL}@${values.edgeHost}:${values.edgePort};transport=${connection.transport}`,
          from: values.callerId,
          ...(login === null ? {} : { username: login.userName, password: login.password }),
        },
      },
    },
    firstSpeakerSettings: { user: {} },
    metadata: { trunk: madeFor(connection) },
  };
}

/** NUMBER_PLACEHOLDER as it stands in the pattern. */
const DIGITS_PLACEHOLDER = NUMBER_PLACEHOLDER.replace('+', '');

/** Exotel puts the number into the request URI, with the plus; the agent is found by it. */
function userPattern(numbers: readonly string[]): string {
  return `^\\+?(${numbers.map((number) => number.replace('+', '')).join('|')})$`;
}

function sipConfiguration(connection: TrunkConnection, values: CheckedValues): object {
  const numbers = ownNumbers({ ...connection, useCase: 'inbound' }, values.numbers, true);
  return {
    allowedCidrRanges: values.exotelNetworks,
    allowAllAgents: false,
    allowedAgents: [{ agentId: AGENT_ID, toUserPattern: userPattern(numbers) }],
  };
}

function placeholders(connection: TrunkConnection): Placeholder[] {
  const list: Placeholder[] = [];
  if (callsOut(connection)) list.push(numberToCall);
  if (callsIn(connection)) {
    list.push({
      text: AGENT_ID,
      meaning: 'the id of the agent that answers',
      doNext: l10n.t('{0} is an example: put the id of the agent that answers there.', AGENT_ID),
      level: 'problem',
    });
    if (connection.numbers.length === 0) {
      list.push({
        text: DIGITS_PLACEHOLDER,
        meaning: 'the number people dial, without the plus',
        doNext: l10n.t(
          '{0} is an example: put the number people dial, without the plus, there.',
          DIGITS_PLACEHOLDER,
        ),
        level: 'problem',
      });
    }
  }
  return list;
}

export const writer: PbxWriter = {
  uses: (connection) => (wantsInbound(connection) ? ['exotelAddresses'] : []),
  placeholders,
  render(connection) {
    const values = checkedValues(connection);
    const files: PbxFile[] = [];
    if (callsOut(connection)) files.push(jsonFile(CALL_FILE, call(connection, values)));
    if (callsIn(connection)) {
      files.push(jsonFile(SIP_FILE, sipConfiguration(connection, values)));
    }
    return files;
  },
  guide: (connection) => ({
    where: steps(
      l10n.t('The Ultravox account of your agents.'),
      wantsInbound(connection)
        ? l10n.t(
            'At Exotel add the destination URI <domain>:5060;transport=tcp, where <domain> is the one that GET /api/sip shows. The port is to be confirmed with Ultravox.',
          )
        : null,
      callsOut(connection) && connection.auth === 'both'
        ? l10n.t(
            'Ultravox publishes no addresses to whitelist at Exotel: only the credential counts.',
          )
        : null,
    ),
    load: steps(
      'export ULTRAVOX_API_KEY=… AGENT_ID=…',
      callsIn(connection)
        ? l10n.t(
            '{0} (its lists replace the ones that are there: add what you have)',
            curl({ method: 'PATCH', url: `${API}/sip`, key }, SIP_FILE),
          )
        : null,
      callsOut(connection)
        ? l10n.t(
            'Every call is {0}',
            curl({ url: `${API}/agents/$AGENT_ID/calls`, key }, CALL_FILE),
          )
        : null,
    ),
    check: steps(
      l10n.t('{0} shows the domain and who may call in.', `curl "${API}/sip" -H "${key}"`),
      callsOut(connection)
        ? l10n.t(
            'Place a call to your own phone; the call has sipDetails with a terminationReason.',
          )
        : null,
      wantsInbound(connection) ? l10n.t('Call a number of the trunk: the agent answers.') : null,
    ),
  }),
  get mistakes() {
    return [
      l10n.t(
        'to without ";transport=tcp": the call may go out over UDP, which Exotel does not speak.',
      ),
      l10n.t('to or from without the plus: Exotel wants E.164.'),
      l10n.t('0.0.0.0/0 in allowedCidrRanges: anyone can call your agents, at your cost.'),
      l10n.t(
        'allowAllAgents: calls are then sought for agent_<id>@…, while Exotel calls the number.',
      ),
      l10n.t('A SIP registration of Ultravox with Exotel: Exotel takes none.'),
      l10n.t('The medium "exotel" is Voice Streaming, not SIP: it needs no trunk.'),
      l10n.t(
        'Ultravox documents no field for the From domain and for codecs; with 403 Forbidden ask Exotel support about the domain.',
      ),
    ];
  },
};
