/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * FreeSWITCH.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { FREESWITCH_PORTS } from './shared';

export const freeswitch: PbxCard<'freeswitch'> = {
  id: 'freeswitch',
  name: 'FreeSWITCH',
  group: 'pbx',
  keywords: ['Sofia', 'SignalWire', 'mod_sofia'],
  versions: 'FreeSWITCH 1.10',
  variants: [],
  evidence: {
    level: 'parser',
    get basis() {
      return l10n.t('libxml2; calls by hand on FreeSWITCH 1.10.12');
    },
    checked: '2026-11-23',
  },
  fileNames: ['exotel*.xml', 'acl.conf.xml', 'external.xml', 'public.xml', 'default.xml'],
  insidePeer: 'user/1000',
  listenPorts: FREESWITCH_PORTS,
  cannot: () => null,
};
