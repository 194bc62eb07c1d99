// A trunk with everything, and the one way the tests of pbx/ build a connection and its text.
import assert from 'node:assert/strict';
import { Secret } from '../../../src/exotel/secret';
import { buildConnection, type ConnectionFacts, defaultOptions } from '../../../src/pbx/connection';
import { cardById, cards } from '../../../src/pbx/cards';
import { generateWith } from '../../../src/pbx/generate';
import { loadWriter } from '../../../src/pbx/writers';
import { type PlainFacts, trunkFactsOf } from '../../support/trunk-facts';
import type { AuthMode, Transport, ConnectionUse } from '../../../src/terms/use';
import type { ConnectionOptions } from '../../../src/pbx/options';
import type { Generated, PbxCard, PbxWriter, TrunkConnection } from '../../../src/pbx/types';
import type { Edge } from '../../../src/exotel/edges';

export const USE_CASES: readonly ConnectionUse[] = ['outbound', 'inbound', 'both', 'streamkit'];
export const AUTH_MODES: readonly AuthMode[] = ['credential', 'ip', 'both'];
export const TRANSPORTS: readonly Transport[] = ['tls', 'tcp'];
export const NOW = new Date('2026-11-23T09:30:00.000Z');

/** A trunk as these tests write it, with the one credential that matters to them. */
export interface GivenTrunk extends Omit<PlainFacts, 'destinations' | 'credentials'> {
  readonly destinations: readonly string[] | null;
  /** Null: the trunk has no credential. */
  readonly userName: string | null;
  readonly credentialKind: 'own' | 'issued' | null;
  /** The credentials could not be read. */
  readonly userNameUnknown?: boolean;
}

export function factsOf(given: GivenTrunk): ConnectionFacts {
  const { userName, credentialKind, userNameUnknown, destinations, ...plain } = given;
  const credentials =
    userName === null
      ? []
      : [{ userName, kind: credentialKind ?? 'own', passwordKnown: true } as const];
  return {
    ...trunkFactsOf({
      ...plain,
      destinations:
        destinations?.map((destination, index) => ({ destination, priority: index, weight: 1 })) ??
        null,
      credentials: userNameUnknown === true ? null : credentials,
    }),
    userName,
  };
}

export const facts: GivenTrunk = {
  accountSid: 'exotest1',
  trunkSid: 'trmum1f708622631150902801a1n',
  trunkName: 'outbound_trunk',
  status: 'active',
  sipDomain: 'exotest1.pstn.exotel.com',
  numbers: [
    { number: '+918040001234', mode: 'pstn' },
    { number: '+918040005678', mode: 'flow' },
  ],
  whitelistedIps: [{ ip: '44.248.146.11', mask: 32 }],
  destinations: ['44.248.146.11:5061;transport=tls', '44.248.146.11:5060;transport=tcp'],
  callerId: null,
  userName: 'pbx_user',
  credentialKind: 'own',
};

export const edge: Edge = {
  id: 'test',
  name: 'Test',
  host: 'in.voip.exotel.com',
  tcpPort: 5070,
  tlsPort: 443,
};

export interface Given {
  readonly facts?: Partial<GivenTrunk>;
  readonly options?: Partial<ConnectionOptions>;
  readonly password?: string | null;
  readonly edge?: Partial<Edge>;
}

export function connectionOf(given: Given = {}): TrunkConnection {
  const trunk = factsOf({ ...facts, ...given.facts });
  const options = { ...defaultOptions(trunk), edgeId: 'test', ...given.options };
  const password = given.password ?? null;
  return buildConnection(trunk, options, {
    password: password === null ? null : new Secret(password),
    now: NOW,
    edges: [{ ...edge, ...given.edge }],
  });
}

const writers = new Map<string, PbxWriter>();

/** For `before`: everywhere else a writer is loaded when used, here all of them once. */
export async function loadWriters(): Promise<void> {
  for (const { id } of cards) writers.set(id, await loadWriter(id));
}

export function cardOf(id: string): PbxCard {
  const card = cardById(id);
  assert.ok(card !== null, `no card ${id}`);
  return card;
}

export function writerOf(id: string): PbxWriter {
  const writer = writers.get(id);
  assert.ok(writer !== undefined, `no writer ${id}, or loadWriters() was not called`);
  return writer;
}

/** What generate() gives, by a writer that is loaded already. */
export function textFrom(id: string, connection: TrunkConnection): Generated {
  return generateWith(cardOf(id), writerOf(id), connection);
}

export function generated(id: string, given: Given = {}): Generated {
  return textFrom(id, connectionOf(given));
}

/** The text of one file, or of all of them one after the other. */
export function textOf(result: Generated, name?: string): string {
  const files = result.files.filter((file) => name === undefined || file.name === name);
  assert.ok(files.length > 0, `no file ${name ?? ''}`);
  return files.map((file) => file.text).join('\n');
}

export function problems(result: Generated): string {
  return result.advice
    .filter((one) => one.level === 'problem')
    .map(({ what, doNext }) => `${what} ${doNext ?? ''}`.trim())
    .join('\n');
}
