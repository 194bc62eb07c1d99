/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * jambonz.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const jambonz: PbxCard<'jambonz'> = {
  id: 'jambonz',
  name: 'jambonz',
  group: 'voice-ai',
  get keywords() {
    return [
      'jambones',
      'CPaaS',
      'VoipCarriers',
      'SipGateways',
      'JSON',
      l10n.t('voice AI'),
      l10n.t('voice bot'),
    ];
  },
  get versions() {
    return l10n.t('jambonz with tls/srtp gateways and trunk types');
  },
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        'source of jambonz-api-server (dd755f8), sbc-outbound (fec25d5), sbc-inbound (6608286), verb-specifications',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['jambonz*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
