/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Genesys Cloud with a BYOC Cloud trunk.
 */
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const genesysCloud: PbxCard<'genesys-cloud'> = {
  id: 'genesys-cloud',
  name: 'Genesys Cloud (BYOC Cloud)',
  group: 'pbx',
  keywords: ['Genesys', 'PureCloud', 'BYOC', 'contact centre', 'web form'],
  versions: 'BYOC Cloud, BYOC Carrier trunk',
  variants: [],
  evidence: {
    level: 'documents',
    basis:
      'Genesys Cloud Resource Center: External trunk settings, SIP routing, SIP Access Control, custom SIP headers, carrier requirements',
    checked: '2026-11-23',
  },
  fileNames: ['exotel-genesys-cloud.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
