/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Kamailio as the proxy between a PBX and Exotel.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { PROXY_PEER, SIP_PORTS } from './shared';

export const kamailio: PbxCard<'kamailio'> = {
  id: 'kamailio',
  name: 'Kamailio',
  group: 'proxy',
  get keywords() {
    return ['OpenSER', l10n.t('SIP proxy')];
  },
  get versions() {
    return l10n.t('Kamailio 5.6 and later');
  },
  variants: [],
  evidence: {
    level: 'calls',
    basis: 'Kamailio 5.6',
    checked: '2026-11-23',
  },
  fileNames: ['kamailio*.cfg', 'tls.cfg'],
  insidePeer: PROXY_PEER,
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
