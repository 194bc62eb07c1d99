/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * 3CX.
 */
import * as l10n from '@vscode/l10n';
import type { PbxCard } from '../types';
import { CALLS_OUT, DIGEST, SIP_PORTS, refusing } from './shared';

export const threecx: PbxCard<'threecx'> = {
  id: 'threecx',
  name: '3CX',
  group: 'pbx',
  get keywords() {
    return ['3CX', l10n.t('generic SIP trunk'), l10n.t('web form')];
  },
  versions: '3CX v20',
  variants: [],
  evidence: {
    level: 'documents',
    get basis() {
      return l10n.t(
        '3CX documents: VoIP Provider Checker (v20), SIP trunk options, Trunk TLS and SRTP, Outbound calls',
      );
    },
    checked: '2026-11-23',
  },
  fileNames: ['exotel-3cx.md'],
  insidePeer: '',
  listenPorts: SIP_PORTS,
  cannot: refusing(
    {
      useCase: ['streamkit'],
      why: () =>
        l10n.t(
          '3CX cannot add the header X-Exotel-AccountSid that StreamKit needs: put a proxy between 3CX and Exotel that adds it, e.g. Kamailio, and generate the text for that.',
        ),
    },
    {
      useCase: CALLS_OUT,
      auth: DIGEST,
      why: () =>
        l10n.t(
          '3CX cannot do digest without REGISTER: whitelist its IP and choose Whitelisted IP.',
        ),
    },
    {
      transport: ['tls'],
      why: () =>
        l10n.t(
          '3CX has TLS only on trunks that register: choose TCP, or put a proxy between 3CX and Exotel that speaks TLS, e.g. Kamailio.',
        ),
    },
  ),
};
