// jambonz' carrier, gateways and dial verb, by the columns of its database and the names of its verbs.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { at, jsonOf, jsonSeries, jsonShape } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'jambonz',
  said(files) {
    const carrier = jsonOf(files, 'jambonz-carrier.json');
    const gateway = jsonOf(files, 'jambonz-outbound-gateway.json');
    const dial = jsonOf(files, 'jambonz-dial.json');
    const said: Partial<Record<keyof Said, unknown>> = {
      edgeHost: at(gateway, 'ipv4'),
      edgePort: at(gateway, 'port'),
      password: at(carrier, 'register_password'),
      userName: at(carrier, 'register_username'),
      sipDomain: at(carrier, 'register_from_domain'),
      callerId: at(dial, 'callerId'),
      accountSid: at(dial, 'headers', 'X-Exotel-AccountSid'),
      flowNumber: at(dial, 'target', 0, 'number'),
      senders: jsonSeries(files, 'jambonz-inbound-gateway').map(
        (one) => `${String(at(one, 'ipv4'))}/${String(at(one, 'netmask'))}`,
      ),
      peerName: at(carrier, 'name'),
    };
    return said as Said;
  },
  shape: jsonShape,
  carries: (connection) => [
    'peerName',
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'sipDomain', 'edgeHost', 'edgePort'] as const) : []),
    ...(connection.useCase === 'streamkit' ? (['accountSid', 'flowNumber'] as const) : []),
    ...(callsIn(connection) ? (['senders'] as const) : []),
  ],
};

export const readings = [reading];
