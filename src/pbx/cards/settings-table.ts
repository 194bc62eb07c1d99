/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Any other PBX.
 */
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const settingsTable: PbxCard<'settings-table'> = {
  id: 'settings-table',
  name: 'Any other PBX (table of settings)',
  group: 'table',
  keywords: ['web form', 'Markdown', 'other'],
  versions: '',
  variants: [],
  evidence: { level: 'documents', basis: "Exotel's vSIP guide", checked: '2026-11-22' },
  fileNames: ['*.md', '*.markdown'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
