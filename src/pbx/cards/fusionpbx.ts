/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * FusionPBX.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { FREESWITCH_PORTS } from './shared';

export const fusionpbx: PbxCard<'fusionpbx'> = {
  id: 'fusionpbx',
  name: 'FusionPBX',
  group: 'pbx',
  get keywords() {
    return ['FreeSWITCH', l10n.t('multi-tenant'), 'Fusion PBX'];
  },
  versions: 'FusionPBX 5',
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'the public source of FusionPBX (fusionpbx/fusionpbx c7a00dc: forms and XML handlers)',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['fusionpbx*.md', 'fusionpbx*.xml'],
  insidePeer: '',
  listenPorts: FREESWITCH_PORTS,
  cannot: () => null,
};
