// Ultravox' call with the medium sip and its SIP configuration, by the names of its API.
import { callsOut, usesCredential } from '../../../../src/pbx/writing/common';
import { callsIn } from '../../../../src/pbx/writing/common';
import { at, jsonOf, jsonShape, text } from '../readers/json';
import type { Reading, Said } from './reading';

const reading: Reading = {
  targetId: 'ultravox',
  said(files) {
    const outgoing = at(jsonOf(files, 'ultravox-call.json'), 'medium', 'sip', 'outgoing');
    const sip = jsonOf(files, 'ultravox-sip.json');
    const to = /^sip:[^@]+@([^:]+):([0-9]+);transport=tcp$/.exec(text(outgoing, 'to') ?? '');
    const users = /^\^\\\+\?\(([0-9X|]+)\)\$$/.exec(
      text(sip, 'allowedAgents', 0, 'toUserPattern') ?? '',
    );
    const said: Partial<Record<keyof Said, unknown>> = {
      edgeHost: to?.[1],
      edgePort: Number(to?.[2]),
      password: at(outgoing, 'password'),
      userName: at(outgoing, 'username'),
      callerId: at(outgoing, 'from'),
      senders: at(sip, 'allowedCidrRanges'),
      numbers: users?.[1]?.split('|').map((digits) => `+${digits}`),
    };
    return said as Said;
  },
  shape: jsonShape,
  carries: (connection) => [
    ...(usesCredential(connection) ? (['password', 'userName'] as const) : []),
    ...(callsOut(connection) ? (['callerId', 'edgeHost', 'edgePort'] as const) : []),
    ...(callsIn(connection) ? (['senders', 'numbers'] as const) : []),
  ],
};

export const readings = [reading];
