/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * VICIdial.
 */
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const PJSIP = 'pjsip';
export const ACCOUNT = 'account-entry.conf';
export const DIALPLAN = 'dialplan-entry.conf';

export const vicidial: PbxCard<'vicidial'> = {
  id: 'vicidial',
  name: 'VICIdial',
  group: 'pbx',
  keywords: ['ViciBox', 'GoAutodial', 'dialer', 'carrier', 'Asterisk'],
  versions: 'VICIdial 2.14; PJSIP from svn revision 3511',
  variants: [
    { id: 'chan-sip', name: 'Protocol SIP (Asterisk 13 to 18)' },
    { id: PJSIP, name: 'Protocol PJSIP (Asterisk 16 or newer)' },
  ],
  evidence: {
    level: 'calls',
    basis: 'Asterisk 16 and 22 with the files that VICIdial 2.14 writes from the carrier',
    checked: '2026-11-23',
  },
  fileNames: [ACCOUNT, DIALPLAN, '*vicidial*.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
