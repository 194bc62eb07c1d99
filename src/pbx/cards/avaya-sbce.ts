/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Avaya Session Border Controller for Enterprise between an Avaya system and Exotel.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const avayaSbce: PbxCard<'avaya-sbce'> = {
  id: 'avaya-sbce',
  name: 'Avaya SBCE',
  group: 'sbc',
  get keywords() {
    return [
      'Avaya',
      'Aura',
      'Session Border Controller for Enterprise',
      'ASBCE',
      l10n.t('web form'),
    ];
  },
  get versions() {
    return l10n.t('SBCE 8 and 10; older releases have other menu names');
  },
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'Avaya DevConnect application notes for SIP service providers; Vonage guide for Avaya SBCE (pages only; field names in part); Avaya: TLS client profile screen field descriptions',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['exotel-avaya-sbce.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
