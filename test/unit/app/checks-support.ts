// What the tests of the first-call checks share: a network that answers as told and remembers what it was
// asked, a model of facts, and a place to remember things in.
import { trunkFactsOf } from '../../support/trunk-facts';
import type { PlainCheckFacts } from '../checks/support';
import type { CheckFacts, Probes } from '../../../src/checks/types';

/** As `vscode.Memento`. */
export function memento(start: Record<string, unknown> = {}) {
  const kept = new Map(Object.entries(start));
  return {
    kept,
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key) as never,
    update: (key: string, value: unknown) => {
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

export interface FakeNetwork extends Probes {
  /** E.g. `sip 127.0.0.9:5061 tls`. */
  readonly asked: string[];
  /** Every port is closed. */
  down: boolean;
  /** Nothing answers before the signal says so. */
  hanging: boolean;
}

const CERTIFICATE = {
  subject: 'edge.example.com',
  issuer: 'An authority',
  names: ['edge.example.com'],
  notBefore: new Date('2026-01-01'),
  notAfter: new Date('2027-12-31'),
  selfSigned: false,
};

export function fakeNetwork(): FakeNetwork {
  const asked: string[] = [];
  const stopped = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const network: FakeNetwork = {
    asked,
    down: false,
    hanging: false,
    async resolve(host, signal) {
      asked.push(`dns ${host}`);
      if (network.hanging) await stopped(signal);
      return { kind: 'resolved', addresses: ['127.0.0.9'], cname: null };
    },
    async connect(host, port, signal) {
      asked.push(`tcp ${host}:${port}`);
      if (network.hanging) await stopped(signal);
      return network.down ? { kind: 'refused' } : { kind: 'open', address: '127.0.0.9', ms: 1 };
    },
    async handshake(host, port, _name, signal) {
      asked.push(`tls ${host}:${port}`);
      if (network.hanging) await stopped(signal);
      if (network.down) return { kind: 'noTcp', result: { kind: 'refused' } };
      return {
        kind: 'handshake',
        version: 'TLSv1.3',
        cipher: 'any',
        chain: [CERTIFICATE],
        trust: null,
        nameMatches: true,
        ms: 1,
      };
    },
    async options(host, port, transport, signal) {
      asked.push(`sip ${host}:${port} ${transport}`);
      if (network.hanging) await stopped(signal);
      if (network.down) return { kind: 'noTcp', result: { kind: 'refused' } };
      return { kind: 'answered', status: 200, reason: 'OK', program: null, ms: 1 };
    },
  };
  return network;
}

export const NOW = new Date('2026-11-23T10:00:00Z');

/** A trunk for outbound calls with nothing wrong. */
export function goodFacts(changed: Partial<PlainCheckFacts> = {}): CheckFacts {
  return trunkFactsOf<PlainCheckFacts>({
    accountSid: 'acme',
    trunkSid: 'trmum1',
    trunkName: 'office',
    status: 'active',
    sipDomain: 'acme.pstn.exotel.com',
    numbers: [{ number: '+918030000001', mode: 'pstn' }],
    whitelistedIps: [{ ip: '13.200.45.77', mask: 32 }],
    destinations: [],
    credentials: [],
    callerId: null,
    edge: {
      name: 'Edge',
      host: 'edge.example.com',
      tcpPort: 5070,
      tlsPort: 443,
      source: 'a test',
      checked: '2026-11-23',
    },
    transport: 'tls',
    ticked: new Set(),
    now: NOW,
    ...changed,
  });
}
