/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Bolna.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS, refusing } from './shared';

export const bolna: PbxCard<'bolna'> = {
  id: 'bolna',
  name: 'Bolna',
  group: 'voice-ai',
  get keywords() {
    return ['Bolna AI', 'BYOT', 'JSON', l10n.t('voice AI'), l10n.t('voice bot')];
  },
  get versions() {
    return l10n.t('SIP trunks (the /trunk API), not legacy SIP trunks');
  },
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t('www.bolna.ai/docs, SIP trunks and their API reference');
    },
    checked: '2026-11-23',
  },
  fileNames: ['bolna*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        l10n.t(
          'Bolna cannot add the header X-Exotel-AccountSid to a call, and without it Exotel finds no flow: choose another platform for StreamKit.',
        ),
    },
    {
      transport: ['tls'],
      why: () => l10n.t("Bolna's SIP trunks speak UDP and TCP, without SRTP: choose TCP."),
    },
  ),
};
