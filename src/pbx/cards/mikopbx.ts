/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * MikoPBX.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const ATTRIBUTES = 'additional-pjsip-attributes.conf';

export const mikopbx: PbxCard<'mikopbx'> = {
  id: 'mikopbx',
  name: 'MikoPBX',
  group: 'pbx',
  get keywords() {
    return ['Miko', 'Asterisk', 'PJSIP', l10n.t('telephony provider')];
  },
  get versions() {
    return l10n.t('MikoPBX 2024.2 and later');
  },
  variants: [],
  evidence: {
    level: 'calls',
    get basis() {
      return l10n.t('Asterisk 22 with the files that mikopbx/Core e26e6b9 writes from the fields');
    },
    checked: '2026-11-23',
  },
  fileNames: ['*mikopbx*.md', ATTRIBUTES],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
