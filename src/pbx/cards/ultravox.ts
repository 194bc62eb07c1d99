/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Ultravox.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const ultravox: PbxCard<'ultravox'> = {
  id: 'ultravox',
  name: 'Ultravox',
  group: 'voice-ai',
  get keywords() {
    return ['Fixie', 'Ultravox Realtime', 'JSON', l10n.t('voice AI'), l10n.t('voice bot')];
  },
  versions: '',
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t('docs.ultravox.ai, SIP guide and API reference');
    },
    checked: '2026-11-23',
  },
  fileNames: ['ultravox*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        l10n.t(
          'Ultravox documents no way to add the header X-Exotel-AccountSid to a call, and without it Exotel finds no flow: choose another platform for StreamKit.',
        ),
    },
    {
      transport: ['tls'],
      why: () => l10n.t('Ultravox documents no SRTP, which Exotel demands with TLS: choose TCP.'),
    },
    {
      useCase: CALLS_OUT,
      auth: ['ip'],
      why: () =>
        l10n.t(
          'Ultravox publishes no addresses that its calls come from: make a SIP credential and choose Credential.',
        ),
    },
  ),
};
