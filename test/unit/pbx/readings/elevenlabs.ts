// ElevenLabs' phone numbers with their trunk, by the names of its API.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { address, at, jsonOf, jsonSeries, jsonShape, phoneNumbers, text } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'elevenlabs',
  said(files) {
    const numbers = jsonSeries(files, 'elevenlabs-phone-number');
    const outbound = at(numbers[0], 'outbound_trunk_config');
    const said: Partial<Record<keyof Said, unknown>> = {
      ...address(text(outbound, 'address')),
      password: at(outbound, 'credentials', 'password'),
      userName: at(outbound, 'credentials', 'username'),
      callerId: at(numbers[0], 'phone_number'),
      accountSid: at(outbound, 'headers', 'X-Exotel-AccountSid'),
      flowNumber: at(jsonOf(files, 'elevenlabs-call.json'), 'to_number'),
      senders: at(numbers[0], 'inbound_trunk_config', 'allowed_addresses'),
      numbers: phoneNumbers(numbers.map((one) => at(one, 'phone_number'))),
      peerName: /^([^:]+): Exotel trunk /.exec(text(numbers[0], 'label') ?? '')?.[1],
    };
    return said as Said;
  },
  shape: jsonShape,
  carries: (connection) => [
    'peerName',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : (['callerId'] as const)),
  ],
};

export const readings = [reading];
