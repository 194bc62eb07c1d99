/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Genesys Cloud with a BYOC Cloud trunk.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const genesysCloud: PbxCard<'genesys-cloud'> = {
  id: 'genesys-cloud',
  name: 'Genesys Cloud (BYOC Cloud)',
  group: 'pbx',
  get keywords() {
    return ['Genesys', 'PureCloud', 'BYOC', l10n.t('contact centre'), l10n.t('web form')];
  },
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
