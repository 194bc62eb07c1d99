/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * OpenSIPS as the proxy between a PBX and Exotel.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { PROXY_PEER, SIP_PORTS } from './shared';

export const opensips: PbxCard<'opensips'> = {
  id: 'opensips',
  name: 'OpenSIPS',
  group: 'proxy',
  get keywords() {
    return ['OpenSER', l10n.t('SIP proxy')];
  },
  versions: 'OpenSIPS 3.6',
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'its module documents; by hand opensips -C on every combination and calls on OpenSIPS 3.6.8',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['opensips*.cfg'],
  insidePeer: PROXY_PEER,
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
