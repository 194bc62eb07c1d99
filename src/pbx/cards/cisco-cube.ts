/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * Cisco Unified Border Element.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

/** Before 17.8.1a the TLS profile and the port are the router's, later each tenant has its own. */
export const OLDER = 'ios-xe-16.9';

export const ciscoCube: PbxCard<'cisco-cube'> = {
  id: 'cisco-cube',
  name: 'Cisco CUBE',
  group: 'sbc',
  keywords: ['Unified Border Element', 'IOS XE', 'ISR', 'Catalyst 8000', 'CUCM', 'Call Manager'],
  get versions() {
    return l10n.t('IOS XE 16.9 and later');
  },
  variants: [
    {
      id: 'ios-xe-17.8',
      get name() {
        return l10n.t('IOS XE 17.8 and later');
      },
    },
    {
      id: OLDER,
      get name() {
        return l10n.t('IOS XE 16.9 to 17.7');
      },
    },
  ],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'Cisco: CUBE configuration guide (multi-tenants, SIP TLS, SIP profiles, SRTP-RTP interworking), voice command reference, CUBE hardening and toll fraud guides',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['*cube*.cfg', '*cube*.ios', '*.ios'],
  insidePeer: 'ipv4:192.0.2.10',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
