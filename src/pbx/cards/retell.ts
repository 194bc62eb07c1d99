/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Retell AI.
 */
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const retell: PbxCard<'retell'> = {
  id: 'retell',
  name: 'Retell AI',
  group: 'voice-ai',
  keywords: ['RetellAI', 'custom telephony', 'JSON', 'voice AI', 'voice bot'],
  versions: '',
  variants: [],
  evidence: {
    level: 'schema',
    basis: 'retell-sdk 5.66.1; docs.retellai.com/deploy/custom-telephony and /deploy/avaya',
    checked: '2026-11-23',
  },
  fileNames: ['retell*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing({
    useCase: CALLS_OUT,
    auth: ['ip'],
    why: () =>
      'Retell calls from address ranges that all its customers share: make a SIP credential and choose Credential.',
  }),
};
