// LiveKit's requests, by the names of livekit_sip.proto.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { address, at, jsonOf, jsonShape, text } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'livekit',
  said(files) {
    const outbound = at(jsonOf(files, 'livekit-outbound-trunk.json'), 'trunk');
    const inbound = at(jsonOf(files, 'livekit-inbound-trunk.json'), 'trunk');
    const call = jsonOf(files, 'livekit-call.json');
    const said: Partial<Record<keyof Said, unknown>> = {
      ...address(text(outbound, 'address')),
      password: at(outbound, 'authPassword'),
      userName: at(outbound, 'authUsername'),
      callerId: at(outbound, 'numbers', 0),
      accountSid: at(outbound, 'headers', 'X-Exotel-AccountSid'),
      flowNumber: at(call, 'sipCallTo'),
      senders: at(inbound, 'allowedAddresses'),
      numbers: at(inbound, 'numbers'),
      peerName: text(outbound, 'name') ?? text(inbound, 'name')?.replace(/-inbound$/, ''),
    };
    return said as Said;
  },
  shape: jsonShape,
  carries: (connection) => [
    'peerName',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
  ],
};

export const readings = [reading];
