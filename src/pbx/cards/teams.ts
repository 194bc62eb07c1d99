/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Microsoft Teams Direct Routing.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { audiocodes } from './audiocodes';
import { ciscoCube } from './cisco-cube';
import { ribbon } from './ribbon';
import { SIP_PORTS } from './shared';

/** Those that may stand between Teams and Exotel; the first when none is chosen. */
export const SBCS = [audiocodes, ribbon, ciscoCube] as const;

export const teams: PbxCard<'teams'> = {
  id: 'teams',
  name: 'Microsoft Teams Direct Routing',
  group: 'sbc',
  keywords: ['Teams Phone', 'Phone System', 'Office 365', 'PowerShell', 'Direct Routing'],
  get versions() {
    return l10n.t('MicrosoftTeams PowerShell module; the SBC in its newest version here');
  },
  variants: SBCS.map(({ id, name }) => ({
    id,
    get name() {
      return l10n.t('Through {0}', name);
    },
  })),
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'Microsoft Learn: New-CsOnlinePSTNGateway, Set-CsOnlinePstnUsage, New-CsOnlineVoiceRoute, New- and Grant-CsOnlineVoiceRoutingPolicy, about_Quoting_Rules; and the documents of the SBC',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['*teams*.ps1'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: (useCase, auth, transport) =>
    SBCS.map((sbc) => sbc.cannot(useCase, auth, transport)).find((reason) => reason !== null) ??
    null,
};
