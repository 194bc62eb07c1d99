/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Vapi.
 */
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const vapi: PbxCard<'vapi'> = {
  id: 'vapi',
  name: 'Vapi',
  group: 'voice-ai',
  keywords: ['byo-sip-trunk', 'Vapi AI', 'JSON', 'voice AI', 'voice bot'],
  versions: '',
  variants: [
    { id: 'us', name: 'api.vapi.ai (US)' },
    { id: 'eu', name: 'api.eu.vapi.ai (EU)' },
  ],
  evidence: {
    level: 'schema',
    basis: '@vapi-ai/server-sdk 2.0.1; docs.vapi.ai/advanced/sip',
    checked: '2026-11-23',
  },
  fileNames: ['vapi*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        'Vapi cannot add the header X-Exotel-AccountSid to the calls of a SIP trunk, and without it Exotel finds no flow: choose another platform for StreamKit.',
    },
    {
      useCase: CALLS_OUT,
      auth: ['ip'],
      why: () =>
        'Vapi calls from addresses that all its customers share and advises against IP authentication: make a SIP credential and choose Credential.',
    },
  ),
};
