/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * FreePBX.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const freepbx: PbxCard<'freepbx'> = {
  id: 'freepbx',
  name: 'FreePBX',
  group: 'pbx',
  keywords: ['PBXact', 'Sangoma', 'Asterisk', 'chan_pjsip', 'Issabel'],
  get versions() {
    return l10n.t('FreePBX 16 and 17 with chan_pjsip');
  },
  variants: [],
  evidence: {
    level: 'calls',
    get basis() {
      return l10n.t(
        'Asterisk 22 and 16 with the files that FreePBX core release/17.0 writes from the fields',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['pjsip.*.conf', '*freepbx*.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
