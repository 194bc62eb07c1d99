/**
 * pbx/cards: what a PBX is called, which ways to write for it there are and what cannot be made, as data.
 *
 * What several cards say alike: the examples and ports of the proxies and of the two on FreeSWITCH, and
 * how a card says what it cannot do.
 */
import type { AuthMode, Transport, ConnectionUse } from '../../terms/use';
import type { PbxCard } from '../types';

/** The PBX behind a proxy, as long as nobody said which. */
export const PROXY_PEER = 'sip:192.0.2.10:5060';
export const SIP_PORTS = { tls: 5061, tcp: 5060 } as const;
/** FreeSWITCH's own profiles have 5060, 5061, 5080 and 5081. */
export const FREESWITCH_PORTS = { tls: 5091, tcp: 5090 } as const;

/** The use cases in which the PBX calls Exotel, so that it has to be recognised. */
export const CALLS_OUT: readonly ConnectionUse[] = ['outbound', 'both', 'streamkit'];
/** The ways of being recognised that need digest. */
export const DIGEST: readonly AuthMode[] = ['credential', 'both'];

/** Combinations for which no text can be made: those that are in every list that is there. */
export interface Refusal {
  readonly useCase?: readonly ConnectionUse[];
  readonly auth?: readonly AuthMode[];
  readonly transport?: readonly Transport[];
  readonly why: () => string;
}

/** The first refusal that a combination falls under says why. */
export function refusing(...refusals: readonly Refusal[]): PbxCard['cannot'] {
  return (useCase, auth, transport) => {
    const refusal = refusals.find(
      (one) =>
        (one.useCase?.includes(useCase) ?? true) &&
        (one.auth?.includes(auth) ?? true) &&
        (one.transport?.includes(transport) ?? true),
    );
    return refusal?.why() ?? null;
  };
}
