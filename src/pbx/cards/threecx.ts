/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * 3CX.
 */
import type { PbxCard } from '../types';
import { CALLS_OUT, DIGEST, SIP_PORTS, refusing } from './shared';

export const threecx: PbxCard<'threecx'> = {
  id: 'threecx',
  name: '3CX',
  group: 'pbx',
  keywords: ['3CX', 'generic SIP trunk', 'web form'],
  versions: '3CX v20',
  variants: [],
  evidence: {
    level: 'documents',
    basis:
      '3CX documents: VoIP Provider Checker (v20), SIP trunk options, Trunk TLS and SRTP, Outbound calls',
    checked: '2026-11-23',
  },
  fileNames: ['exotel-3cx.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        '3CX cannot add the header X-Exotel-AccountSid that StreamKit needs: put a proxy between 3CX and Exotel that adds it, e.g. Kamailio, and generate the text for that.',
    },
    {
      useCase: CALLS_OUT,
      auth: DIGEST,
      why: () =>
        '3CX cannot do digest without REGISTER: whitelist its IP and choose Whitelisted IP.',
    },
    {
      transport: ['tls'],
      why: () =>
        '3CX has TLS only on trunks that register: choose TCP, or put a proxy between 3CX and Exotel that speaks TLS, e.g. Kamailio.',
    },
  ),
};
