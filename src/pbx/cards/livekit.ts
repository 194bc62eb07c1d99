/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * LiveKit SIP.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const OWN_SERVER = 'own-server';

export const livekit: PbxCard<'livekit'> = {
  id: 'livekit',
  name: 'LiveKit SIP',
  group: 'voice-ai',
  get keywords() {
    return [
      'LiveKit Cloud',
      'LiveKit Agents',
      'lk',
      'JSON',
      l10n.t('voice AI'),
      l10n.t('voice bot'),
    ];
  },
  get versions() {
    return l10n.t('LiveKit Cloud; livekit/sip with mediaEncryption');
  },
  variants: [
    {
      id: 'cloud',
      get name() {
        return l10n.t('LiveKit Cloud');
      },
    },
    {
      id: OWN_SERVER,
      get name() {
        return l10n.t('LiveKit SIP on a server of your own');
      },
    },
  ],
  evidence: {
    level: 'schema',
    basis: '@livekit/protocol 2.0.0; docs.livekit.io/telephony',
    checked: '2026-11-23',
  },
  fileNames: ['livekit*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
