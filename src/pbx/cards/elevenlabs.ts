/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * ElevenLabs Agents.
 */
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const elevenlabs: PbxCard<'elevenlabs'> = {
  id: 'elevenlabs',
  name: 'ElevenLabs Agents',
  group: 'voice-ai',
  keywords: ['Eleven Labs', '11labs', 'ElevenAgents', 'JSON', 'voice AI', 'voice bot'],
  versions: '',
  variants: [],
  evidence: {
    level: 'schema',
    basis: '@elevenlabs/elevenlabs-js 2.73.0; elevenlabs.io/docs, SIP trunking',
    checked: '2026-11-23',
  },
  fileNames: ['elevenlabs*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing({
    useCase: CALLS_OUT,
    auth: ['ip'],
    why: () =>
      'ElevenLabs calls from addresses that its customers share, and only Enterprise accounts have fixed ones: make a SIP credential and choose Credential.',
  }),
};
