/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Asterisk with PJSIP.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

/** `auth_type = digest` is a parse error in these; what they want is deprecated in newer ones. */
export const OLDER = 'older';

export const asteriskPjsip: PbxCard<'asterisk-pjsip'> = {
  id: 'asterisk-pjsip',
  name: 'Asterisk (PJSIP)',
  group: 'pbx',
  keywords: ['Issabel', 'res_pjsip', 'pjsip.conf', 'extensions.conf'],
  get versions() {
    return l10n.t('Asterisk 16 and later');
  },
  variants: [
    {
      id: 'current',
      get name() {
        return l10n.t('Asterisk 20.12, 21.7, 22.2 or newer');
      },
    },
    {
      id: OLDER,
      get name() {
        return l10n.t('Asterisk 16 to 20.11, 21.6 or 22.1');
      },
    },
  ],
  evidence: {
    level: 'calls',
    get basis() {
      return l10n.t('Asterisk 22 and 16');
    },
    checked: '2026-11-23',
  },
  fileNames: ['pjsip.conf', 'pjsip_*.conf', 'extensions.conf', 'extensions_*.conf'],
  insidePeer: 'PJSIP/6001',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
