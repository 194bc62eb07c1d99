/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * jambonz.
 */
import type { PbxCard } from '../types';
import { SIP_PORTS } from './shared';

export const jambonz: PbxCard<'jambonz'> = {
  id: 'jambonz',
  name: 'jambonz',
  group: 'voice-ai',
  keywords: ['jambones', 'CPaaS', 'VoipCarriers', 'SipGateways', 'JSON', 'voice AI', 'voice bot'],
  versions: 'jambonz with tls/srtp gateways and trunk types',
  variants: [],
  evidence: {
    level: 'documents',
    basis:
      'source of jambonz-api-server (dd755f8), sbc-outbound (fec25d5), sbc-inbound (6608286), verb-specifications',
    checked: '2026-11-23',
  },
  fileNames: ['jambonz*.json'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: () => null,
};
