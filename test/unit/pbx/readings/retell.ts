// Retell's imported numbers and StreamKit calls, by the names of its API.
import { usesCredential } from '../../../../src/pbx/writing/common';
import { wantsInbound } from '../../../../src/pbx/writing/common';
import { address, at, jsonOf, jsonSeries, jsonShape, phoneNumbers, text } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'retell',
  said(files) {
    const numbers = jsonSeries(files, 'retell-phone-number');
    const [first] = numbers;
    const call = jsonOf(files, 'retell-call.json');
    const said: Partial<Record<keyof Said, unknown>> = {
      ...address(text(first, 'termination_uri')),
      password: at(first, 'sip_trunk_auth_password'),
      userName: at(first, 'sip_trunk_auth_username'),
      callerId: at(call, 'from_number') ?? at(first, 'phone_number'),
      accountSid: at(call, 'custom_sip_headers', 'X-Exotel-AccountSid'),
      flowNumber: at(call, 'to_number'),
      numbers: phoneNumbers(numbers.map((one) => at(one, 'phone_number'))),
      peerName: /^([^:]+): Exotel trunk /.exec(text(first, 'nickname') ?? '')?.[1],
    };
    return said as Said;
  },
  shape: jsonShape,
  carries: (connection) => [
    'peerName',
    'edgeHost',
    'edgePort',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(wantsInbound(connection) ? (['numbers'] as const) : (['callerId'] as const)),
  ],
};

export const readings = [reading];
