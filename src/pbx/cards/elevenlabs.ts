/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * ElevenLabs Agents.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const elevenlabs: PbxCard<'elevenlabs'> = {
  id: 'elevenlabs',
  name: 'ElevenLabs Agents',
  group: 'voice-ai',
  get keywords() {
    return [
      'Eleven Labs',
      '11labs',
      'ElevenAgents',
      'JSON',
      l10n.t('voice AI'),
      l10n.t('voice bot'),
    ];
  },
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
      l10n.t(
        'ElevenLabs calls from addresses that its customers share, and only Enterprise accounts have fixed ones: make a SIP credential and choose Credential.',
      ),
  }),
};
