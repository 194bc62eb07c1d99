// Bolna's trunk with its gateway, carrier IPs and numbers, by the names of its API.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { at, jsonOf, jsonSeries, jsonShape, phoneNumbers } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'bolna',
  said(files) {
    const trunk = jsonOf(files, 'bolna-trunk.json');
    const gateway = jsonOf(files, 'bolna-gateway.json');
    const numbers = jsonSeries(files, 'bolna-number');
    const said: Partial<Record<keyof Said, unknown>> = {
      edgeHost: at(gateway, 'host'),
      edgePort: at(gateway, 'port'),
      password: at(trunk, 'auth_password'),
      userName: at(trunk, 'auth_username'),
      callerId: at(numbers[0], 'e164'),
      senders: jsonSeries(files, 'bolna-carrier-ip').map((one) => at(one, 'cidr')),
      numbers: phoneNumbers(numbers.map((one) => at(one, 'e164'))),
      peerName: at(trunk, 'name'),
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
