/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * drachtio.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { PROXY_PEER, SIP_PORTS, refusing } from './shared';

export const drachtio: PbxCard<'drachtio'> = {
  id: 'drachtio',
  name: 'drachtio (Node.js)',
  group: 'proxy',
  keywords: ['drachtio-srf', 'JavaScript', 'Node', 'B2BUA'],
  versions: 'drachtio-srf 5, drachtio-server 0.9',
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'the public sources of drachtio-srf 5.0.23 (9501e97) and drachtio-server (9c2dd4c)',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['drachtio*.js', 'drachtio*.xml'],
  insidePeer: PROXY_PEER,
  listenPorts: SIP_PORTS,
  cannot: refusing({
    useCase: ['both'],
    transport: ['tls'],
    why: () =>
      l10n.t(
        'drachtio-server checks the certificates of both sides or of none, and Exotel is not known to show one when it calls: make one text for outbound and one for inbound calls, each for a drachtio-server of its own, or choose TCP.',
      ),
  }),
};
