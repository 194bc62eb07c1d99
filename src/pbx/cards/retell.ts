/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Retell AI.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { CALLS_OUT, SIP_PORTS, refusing } from './shared';

export const retell: PbxCard<'retell'> = {
  id: 'retell',
  name: 'Retell AI',
  group: 'voice-ai',
  get keywords() {
    return [
      'RetellAI',
      l10n.t('custom telephony'),
      'JSON',
      l10n.t('voice AI'),
      l10n.t('voice bot'),
    ];
  },
  versions: '',
  variants: [],
  evidence: {
    level: 'schema',
    get basis() {
      return l10n.t(
        'retell-sdk 5.66.1; docs.retellai.com/deploy/custom-telephony and /deploy/avaya',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['retell*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing({
    useCase: CALLS_OUT,
    auth: ['ip'],
    why: () =>
      l10n.t(
        'Retell calls from address ranges that all its customers share: make a SIP credential and choose Credential.',
      ),
  }),
};
