/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Vapi.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const vapi: PbxCard<'vapi'> = {
  id: 'vapi',
  name: 'Vapi',
  group: 'voice-ai',
  get keywords() {
    return ['byo-sip-trunk', 'Vapi AI', 'JSON', l10n.t('voice AI'), l10n.t('voice bot')];
  },
  versions: '',
  variants: [
    {
      id: 'us',
      get name() {
        return l10n.t('api.vapi.ai (US)');
      },
    },
    {
      id: 'eu',
      get name() {
        return l10n.t('api.eu.vapi.ai (EU)');
      },
    },
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
        l10n.t(
          'Vapi cannot add the header X-Exotel-AccountSid to the calls of a SIP trunk, and without it Exotel finds no flow: choose another platform for StreamKit.',
        ),
    },
    {
      useCase: CALLS_OUT,
      auth: ['ip'],
      why: () =>
        l10n.t(
          'Vapi calls from addresses that all its customers share and advises against IP authentication: make a SIP credential and choose Credential.',
        ),
    },
  ),
};
