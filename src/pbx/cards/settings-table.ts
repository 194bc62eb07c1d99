/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Any other PBX.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const settingsTable: PbxCard<'settings-table'> = {
  id: 'settings-table',
  get name() {
    return l10n.t('Any other PBX (table of settings)');
  },
  group: 'table',
  get keywords() {
    return [l10n.t('web form'), 'Markdown', l10n.t('other')];
  },
  versions: '',
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t("Exotel's vSIP guide");
    },
    checked: '2026-11-22',
  },
  fileNames: ['*.md', '*.markdown'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
