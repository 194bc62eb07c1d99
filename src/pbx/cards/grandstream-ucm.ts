/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Grandstream UCM.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS, refusing } from './shared';

export const grandstreamUcm: PbxCard<'grandstream-ucm'> = {
  id: 'grandstream-ucm',
  name: 'Grandstream UCM',
  group: 'pbx',
  get keywords() {
    return ['UCM6300', 'UCM630X', 'UCM6200', l10n.t('web form')];
  },
  get versions() {
    return l10n.t('UCM6200, UCM6300 and UCM6300A series');
  },
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t('UCM630X and UCM6200 user manuals; UCM HTTPS API, addSIPTrunk');
    },
    checked: '2026-11-23',
  },
  fileNames: ['exotel-grandstream-ucm.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing({
    useCase: ['streamkit'],
    why: () =>
      l10n.t(
        'The UCM documents no way to add the header X-Exotel-AccountSid that StreamKit needs: put a proxy between the UCM and Exotel that adds it, e.g. Kamailio, and generate the text for that.',
      ),
  }),
};
