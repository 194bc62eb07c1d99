/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * VICIdial.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const PJSIP = 'pjsip';
export const ACCOUNT = 'account-entry.conf';
export const DIALPLAN = 'dialplan-entry.conf';

export const vicidial: PbxCard<'vicidial'> = {
  id: 'vicidial',
  name: 'VICIdial',
  group: 'pbx',
  get keywords() {
    return ['ViciBox', 'GoAutodial', l10n.t('dialer'), l10n.t('carrier'), 'Asterisk'];
  },
  get versions() {
    return l10n.t('VICIdial 2.14; PJSIP from svn revision 3511');
  },
  variants: [
    {
      id: 'chan-sip',
      get name() {
        return l10n.t('Protocol SIP (Asterisk 13 to 18)');
      },
    },
    {
      id: PJSIP,
      get name() {
        return l10n.t('Protocol PJSIP (Asterisk 16 or newer)');
      },
    },
  ],
  evidence: {
    level: 'calls',
    get basis() {
      return l10n.t('Asterisk 16 and 22 with the files that VICIdial 2.14 writes from the carrier');
    },
    checked: '2026-11-23',
  },
  fileNames: [ACCOUNT, DIALPLAN, '*vicidial*.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
