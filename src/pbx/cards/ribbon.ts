/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Ribbon SBC Edge (1000.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const ribbon: PbxCard<'ribbon'> = {
  id: 'ribbon',
  name: 'Ribbon SBC Edge',
  group: 'sbc',
  keywords: ['Sonus', 'SBC 1000', 'SBC 2000', 'SWe Edge', 'SWe Lite'],
  get versions() {
    return l10n.t('SBC 1000, 2000 and SWe Edge, 9.0 and later');
  },
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'Ribbon: publicdoc.rbbn.com UXDOC 9.0 to 12.2 (SIP signaling groups, SIP server tables, remote authorization tables, TLS profiles, SDES-SRTP profiles, header rules, transformation) and UXAPIDOC (sipprofile, sipserver, sipremoteauthentry)',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: [],
  insidePeer: 'Signaling group of the PBX',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
