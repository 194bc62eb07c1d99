/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * AudioCodes Mediant.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

/** Until 7.4 the columns of an exported file carried the table's name. */
export const OLDER = '7.2';

export const audiocodes: PbxCard<'audiocodes'> = {
  id: 'audiocodes',
  name: 'AudioCodes Mediant SBC',
  group: 'sbc',
  keywords: ['Mediant', 'VE SBC', 'ini', 'Teams SBC'],
  get versions() {
    return l10n.t('7.2 and later');
  },
  variants: [
    {
      id: '7.4',
      get name() {
        return l10n.t('Version 7.4 and later');
      },
    },
    {
      id: OLDER,
      get name() {
        return l10n.t('Version 7.2');
      },
    },
  ],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        "AudioCodes: Mediant SBC user's manuals 7.2 and 7.4 (techdocs.audiocodes.com: ini file rules, IP Groups, Proxy Sets, Accounts, Classification, Message Manipulation, NAT Translation); exported ini files of both versions",
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['*audiocodes*.ini', '*mediant*.ini'],
  insidePeer: 'PBX',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
