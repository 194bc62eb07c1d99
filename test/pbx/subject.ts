// The trunk of the proof: what the generator is given, and how Exotel's side of it is set up.
import { Secret } from '../../src/exotel/secret';
import type { AuthMode, Transport, ConnectionUse } from '../../src/terms/use';
import type { ConnectionOptions } from '../../src/pbx/options';
import type { TrunkConnection } from '../../src/pbx/types';
import { buildConnection, type ConnectionFacts, defaultOptions } from '../../src/pbx/connection';
import { trunkFactsOf } from '../support/trunk-facts';
import { edges } from '../../src/exotel/edges';
import { cardById } from '../../src/pbx/cards';
import { EDGE, PBX } from './addresses';
import type { Bench } from './benches/bench';
import type { EdgeSetup } from './edge';

/** One line of the proof. */
export interface Combination {
  readonly bench: Bench;
  readonly transport: Transport;
  readonly auth: AuthMode;
  readonly useCase: ConnectionUse;
  /** What the edge challenges with: 401 unless said. */
  readonly challenge?: 401 | 407;
  readonly userName?: string;
  readonly password?: string;
  /** What must keep the PBX from calling Exotel at all. */
  readonly without?: 'certificate' | 'SRTP';
}

export const DIALLED = '+919812345678';
export const CALLING = '+919900000001';
export const DID = '+918040001234';
export const EXOPHONE = '+918040005678';
const accountSid = 'exotest1';

/** Each way to be known has the edge that Exotel's documents give for it. */
const edgeOf: Readonly<Record<AuthMode, string>> = {
  credential: 'india-credential',
  ip: 'india-ip',
  both: 'account-domain',
};

function factsFor(bench: Bench, userName: string): ConnectionFacts {
  const card = cardById(bench.targetId);
  if (card === null) throw new Error(`There is no card ${bench.targetId}.`);
  const { tls, tcp } = card.listenPorts;
  return {
    ...trunkFactsOf({
      accountSid,
      trunkSid: 'trmum1f708622631150902801a1n',
      trunkName: 'Proof',
      status: 'active',
      sipDomain: null,
      numbers: [
        { number: DID, mode: 'pstn' },
        { number: EXOPHONE, mode: 'flow' },
      ],
      whitelistedIps: [{ ip: PBX, mask: 32 }],
      destinations: [`${PBX}:${tls};transport=tls`, `${PBX}:${tcp};transport=tcp`].map(
        (destination, priority) => ({ destination, priority, weight: 1 }),
      ),
      credentials: [{ userName, kind: 'own', passwordKnown: true }],
      callerId: null,
    }),
    userName,
  };
}

export const PASSWORD = 'vK7pQ2mX9sT4bN6cW3zR8yHd';

export function connectionFor(combination: Combination): TrunkConnection {
  const { bench, transport, auth, useCase } = combination;
  const facts = factsFor(bench, combination.userName ?? 'pbx_user');
  const options: ConnectionOptions = {
    ...defaultOptions(facts),
    ...{ transport, auth, useCase, edgeId: edgeOf[auth], variant: bench.variant },
    exotelAddresses: [EDGE],
    ...bench.options({ transport, useCase }),
  };
  return buildConnection(facts, options, {
    password: new Secret(combination.password ?? PASSWORD),
    now: new Date('2026-11-23T09:30:00.000Z'),
    edges,
  });
}

export function edgeFor(combination: Combination, connection: TrunkConnection): EdgeSetup {
  const { edge, sipDomain, userName } = connection;
  return {
    transport: connection.transport,
    tcpPort: edge.tcpPort,
    tlsPort: edge.tlsPort,
    auth: connection.auth,
    challenge: combination.challenge ?? 401,
    users: new Map([[userName ?? connection.trunkSid, combination.password ?? PASSWORD]]),
    certificate: combination.without === 'certificate' ? 'foreign' : 'edge',
    newestTls: combination.bench.newestTls ?? '1.3',
    reuse: connection.useCase === 'outbound' || connection.useCase === 'streamkit',
    names: [...new Set([edge.host, sipDomain])],
  };
}

/** Every name under which an edge of the proof is looked for. */
export function edgeNames(): string[] {
  const hosts = Object.values(edgeOf).map(
    (id) => edges.find((edge) => edge.id === id)?.host.replace('{accountSid}', accountSid) ?? '',
  );
  return [...new Set([...hosts, `${accountSid}.pstn.exotel.com`])];
}

/** Where Exotel calls the PBX: the destination URI of the trunk. */
export function destination(connection: TrunkConnection): string {
  const found = connection.destinations.find((one) =>
    one.endsWith(`transport=${connection.transport}`),
  );
  return found ?? '';
}

export const lackText: Readonly<Record<'certificate' | 'SRTP', string>> = {
  certificate: 'edge with an unknown certificate',
  SRTP: 'phone without SRTP',
};

/** `Asterisk 22, asterisk-pjsip (older), tls, credential, outbound` */
export function nameOf({
  bench,
  transport,
  auth,
  useCase,
  challenge,
  without,
}: Combination): string {
  const target = bench.variant === '' ? bench.targetId : `${bench.targetId} (${bench.variant})`;
  const asked = challenge === undefined ? '' : ` (${challenge})`;
  const lacking = without === undefined ? '' : `, ${lackText[without]}`;
  return `${bench.program}, ${target}, ${transport}, ${auth}${asked}, ${useCase}${lacking}`;
}
