/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Asterisk with chan_sip.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const asteriskChanSip: PbxCard<'asterisk-chan-sip'> = {
  id: 'asterisk-chan-sip',
  name: 'Asterisk (chan_sip)',
  group: 'pbx',
  keywords: ['Elastix', 'Issabel 4', 'sip.conf', 'extensions.conf', 'GoAutodial'],
  get versions() {
    return l10n.t('Asterisk 13 to 20; chan_sip was removed in 21');
  },
  variants: [],
  evidence: { level: 'calls', basis: 'Asterisk 16', checked: '2026-11-23' },
  fileNames: ['sip.conf', 'sip_*.conf'],
  insidePeer: 'SIP/6001',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
