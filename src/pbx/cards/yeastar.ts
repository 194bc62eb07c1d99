/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Yeastar P-Series.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { CALLS_OUT, DIGEST, SIP_PORTS, refusing } from './shared';

export const yeastar: PbxCard<'yeastar'> = {
  id: 'yeastar',
  name: 'Yeastar P-Series',
  group: 'pbx',
  get keywords() {
    return ['P550', 'P560', 'P570', 'Cloud Edition', 'Software Edition', l10n.t('web form')];
  },
  get versions() {
    return l10n.t('P-Series Appliance, Software and Cloud Edition');
  },
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'help.yeastar.com, P-Series administrator guide: SIP trunk settings, Advanced trunk settings, Trunk parameters',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['exotel-yeastar.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        l10n.t(
          'Yeastar documents no way to add the header X-Exotel-AccountSid that StreamKit needs: put a proxy between the PBX and Exotel that adds it, e.g. Kamailio, and generate the text for that.',
        ),
    },
    {
      useCase: CALLS_OUT,
      auth: DIGEST,
      why: () =>
        l10n.t(
          'Yeastar has user name and password only on trunks that register: whitelist its IP and choose Whitelisted IP.',
        ),
    },
  ),
};
