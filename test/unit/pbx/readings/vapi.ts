// Vapi's credential of a SIP trunk and the phone numbers on it, by the names of its API.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { at, jsonOf, jsonSeries, jsonShape, list, phoneNumbers, text } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'vapi',
  said(files) {
    const credential = jsonOf(files, 'vapi-credential.json');
    const gateways = list(credential, 'gateways');
    const outbound = gateways.find((one) => at(one, 'outboundEnabled') !== false);
    const senders = gateways.filter((one) => at(one, 'inboundEnabled') !== false);
    const numbers = jsonSeries(files, 'vapi-phone-number');
    const said: Partial<Record<keyof Said, unknown>> = {
      edgeHost: at(outbound, 'ip'),
      edgePort: at(outbound, 'port'),
      password: at(credential, 'outboundAuthenticationPlan', 'authPassword'),
      userName: at(credential, 'outboundAuthenticationPlan', 'authUsername'),
      callerId: at(numbers[0], 'number'),
      senders: senders.map((one) => `${String(at(one, 'ip'))}/${String(at(one, 'netmask'))}`),
      numbers: phoneNumbers(numbers.map((one) => at(one, 'number'))),
      peerName: text(credential, 'name')?.split(' ')[0],
    };
    return said as Said;
  },
  shape: jsonShape,
  carries: (connection) => [
    'peerName',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['edgeHost', 'edgePort'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : (['callerId'] as const)),
  ],
};

export const readings = [reading];
