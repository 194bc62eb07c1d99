/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Ultravox.
 */
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const ultravox: PbxCard<'ultravox'> = {
  id: 'ultravox',
  name: 'Ultravox',
  group: 'voice-ai',
  keywords: ['Fixie', 'Ultravox Realtime', 'JSON', 'voice AI', 'voice bot'],
  versions: '',
  variants: [],
  evidence: {
    level: 'documents',
    basis: 'docs.ultravox.ai, SIP guide and API reference',
    checked: '2026-11-23',
  },
  fileNames: ['ultravox*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        'Ultravox documents no way to add the header X-Exotel-AccountSid to a call, and without it Exotel finds no flow: choose another platform for StreamKit.',
    },
    {
      transport: ['tls'],
      why: () => 'Ultravox documents no SRTP, which Exotel demands with TLS: choose TCP.',
    },
    {
      useCase: CALLS_OUT,
      auth: ['ip'],
      why: () =>
        'Ultravox publishes no addresses that its calls come from: make a SIP credential and choose Credential.',
    },
  ),
};
