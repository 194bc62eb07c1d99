/** The probes: each ends when it is told to, at once, and leaves nothing open. */
import assert from 'node:assert/strict';
import { createProbes } from '../../../src/checks/probes';
import { findEdges, type EdgeCandidate } from '../../../src/checks/find-edge';
import type { Probes, SipResult } from '../../../src/checks/types';
import {
  answering,
  closedPort,
  fakeDns,
  filteredPort,
  listen,
  makeCertificates,
  never,
  response,
  type Certificates,
  type Listening,
} from './support';

const NAME = 'sip.example.com';
const HOST = '127.0.0.22';
/** Longer than the test may take: only the signal can end it. */
const ENDLESS = 3_600_000;

/** Timers and connections of this process, those of standard input and output left out. */
function handles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => /TCP|TLS|Timeout|DNS|GetAddrInfo|Query/i.test(name) && !/TTY|Pipe/.test(name))
    .sort();
}

/** Waits until what was closed is gone. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The server of the test is in this process too, and sees the end of a connection some turns later. */
async function restored(before: readonly string[]): Promise<void> {
  for (let turn = 0; turn < 100 && handles().join() !== before.join(); turn += 1) await turns();
  assert.deepEqual(handles(), before);
}

/** What the probe gives when it is stopped in the middle; nothing may be left of it. */
async function stopped<T>(
  probe: (signal: AbortSignal) => Promise<T>,
  reached: () => Promise<void> = turns,
): Promise<T> {
  await turns();
  const before = handles();
  const controller = new AbortController();
  const result = probe(controller.signal);
  await reached();
  controller.abort();
  const found = await result;
  await restored(before);
  return found;
}

describe('A probe', function () {
  this.timeout(240_000);

  let certificates: Certificates;
  const dns = fakeDns({ [NAME]: [HOST] });
  const probes: Probes = createProbes({ timeoutMs: ENDLESS, dns });

  before(async () => {
    certificates = await makeCertificates(NAME, HOST);
  });

  const arrived = (server: Listening) => async () => {
    while (server.open.size === 0) await new Promise((resolve) => setImmediate(resolve));
    await turns();
  };

  it('for a name stops at once', async () => {
    const slow = createProbes({
      timeoutMs: ENDLESS,
      dns: { lookup: () => never(), alias: () => never() },
    });
    const one = await stopped((signal) => slow.resolve(NAME, signal));
    assert.equal(one.kind, 'failed');
    for (const result of [await stopped((signal) => slow.connect(NAME, 1, signal))])
      assert.equal(result.kind, 'aborted');
    const shaken = await stopped((signal) => slow.handshake(NAME, 1, NAME, signal));
    assert.deepEqual(shaken, { kind: 'noTcp', result: { kind: 'aborted' } });
    const asked = await stopped((signal) => slow.options(NAME, 1, 'tcp', signal));
    assert.deepEqual(asked, { kind: 'noTcp', result: { kind: 'aborted' } });
  });

  it('for a connection stops at once', async () => {
    const filtered = await filteredPort(HOST);
    try {
      const { port } = filtered;
      const result = await stopped((signal) => probes.connect(NAME, port, signal));
      assert.equal(result.kind, 'aborted');
      for (const transport of ['tcp', 'tls'] as const) {
        const asked = await stopped((signal) => probes.options(NAME, port, transport, signal));
        assert.deepEqual(asked, { kind: 'noTcp', result: { kind: 'aborted' } });
      }
    } finally {
      await filtered.close();
    }
  });

  it('for a handshake stops at once, and so does OPTIONS over TLS', async () => {
    const server = await listen(HOST, () => undefined);
    try {
      const { port } = server;
      const result = await stopped(
        (signal) => probes.handshake(NAME, port, NAME, signal),
        arrived(server),
      );
      assert.deepEqual(result, { kind: 'broken', reason: 'stopped' });
      await emptied(server);
      const asked = await stopped(
        (signal) => probes.options(NAME, port, 'tls', signal),
        arrived(server),
      );
      assert.deepEqual(asked, { kind: 'noTls', result: { kind: 'broken', reason: 'stopped' } });
      await emptied(server);
    } finally {
      await server.close();
    }
  });

  it('for an answer stops at once', async () => {
    for (const tls of [null, { ...certificates.valid }]) {
      let asked: () => void = () => undefined;
      const waited = new Promise<void>((resolve) => (asked = resolve));
      const server = await listen(HOST, (socket) => socket.once('data', () => asked()), tls);
      try {
        const result = await stopped(
          (signal) => probes.options(NAME, server.port, tls === null ? 'tcp' : 'tls', signal),
          () => waited,
        );
        assert.deepEqual(result, { kind: 'noTcp', result: { kind: 'aborted' } });
        await emptied(server);
      } finally {
        await server.close();
      }
    }
  });

  /** The other end saw the connection go, too. */
  async function emptied(server: Listening): Promise<void> {
    while (server.open.size > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  it('that was stopped before it began asks nobody', async () => {
    const silent = createProbes({
      timeoutMs: ENDLESS,
      dns: { lookup: () => Promise.resolve([HOST]), alias: () => Promise.resolve(null) },
    });
    const server = await listen(HOST, () => assert.fail('connected'));
    const signal = AbortSignal.abort();
    try {
      assert.equal((await silent.connect(NAME, server.port, signal)).kind, 'aborted');
      assert.equal((await silent.handshake(NAME, server.port, NAME, signal)).kind, 'noTcp');
      assert.equal((await silent.options(NAME, server.port, 'tls', signal)).kind, 'noTcp');
      await turns();
    } finally {
      await server.close();
    }
  });

  it('that came to its end leaves nothing open', async () => {
    const plain = await listen(HOST, answering(response(200, 'OK')));
    const secure = await listen(HOST, answering(response(200, 'OK')), { ...certificates.valid });
    const closed = await closedPort(HOST);
    const { signal } = new AbortController();
    await turns();
    try {
      const before = handles();
      assert.equal((await probes.connect(NAME, plain.port, signal)).kind, 'open');
      assert.equal((await probes.connect(NAME, closed, signal)).kind, 'refused');
      assert.equal((await probes.handshake(NAME, secure.port, NAME, signal)).kind, 'handshake');
      assert.equal((await probes.options(NAME, plain.port, 'tcp', signal)).kind, 'answered');
      assert.equal((await probes.options(NAME, secure.port, 'tls', signal)).kind, 'answered');
      await restored(before);
    } finally {
      await Promise.all([plain.close(), secure.close()]);
    }
  });

  it('never rejects, whatever it is given', async () => {
    const short = createProbes({ timeoutMs: 300, dns });
    const bad = createProbes({ timeoutMs: 300, dns, extraRoots: ['no certificate'] });
    const throwing = createProbes({
      timeoutMs: 300,
      dns: {
        lookup: () => {
          throw new Error('thrown at once');
        },
        alias: () => {
          throw new Error('thrown at once');
        },
      },
    });
    const { signal } = new AbortController();
    const server = await listen(HOST, () => undefined, { ...certificates.valid });
    try {
      for (const one of [short, bad, throwing]) {
        for (const host of [
          NAME,
          HOST,
          '',
          ' ',
          'a'.repeat(5000),
          '\u0000',
          '::1',
          '127.0.0.256',
        ]) {
          for (const port of [server.port, 0, -1, 65_536, Number.NaN]) {
            await one.resolve(host, signal);
            await one.connect(host, port, signal);
            await one.handshake(host, port, '\u0000..', signal);
            await one.options(host, port, 'tls', signal);
          }
        }
      }
    } finally {
      await server.close();
    }
  });
});

describe('Find a reachable edge', () => {
  const edge = (id: string): EdgeCandidate => ({
    id,
    name: id,
    host: `${id}.example.com`,
    tcpPort: 5070,
    tlsPort: 443,
  });
  const edges = ['dead', 'silent', 'good', 'closed', 'plain', 'garbage'].map(edge);
  const results: Readonly<Record<string, (transport: 'tcp' | 'tls') => SipResult>> = {
    dead: () => ({ kind: 'noTcp', result: { kind: 'filtered' } }),
    silent: () => ({ kind: 'silent' }),
    good: () => ({ kind: 'answered', status: 403, reason: 'Forbidden', program: null, ms: 1 }),
    closed: () => ({ kind: 'closed' }),
    plain: (transport) =>
      transport === 'tls'
        ? { kind: 'noTls', result: { kind: 'broken', reason: 'x' } }
        : { kind: 'answered', status: 200, reason: 'OK', program: null, ms: 1 },
    garbage: () => ({ kind: 'garbage', begin: 'x' }),
  };
  const probes = (ask: Probes['options']): Pick<Probes, 'options'> => ({ options: ask });
  const known = probes((host, _port, transport) => {
    const result = results[host.split('.')[0] ?? ''];
    return result === undefined ? never() : Promise.resolve(result(transport));
  });
  const { signal } = new AbortController();

  it('puts those first that spoke SIP, then those that were connected, in the order they are known', async () => {
    const answers = await findEdges(edges, known, signal);
    assert.deepEqual(
      answers.map(({ id, transport, rank }) => `${rank} ${id} ${transport}`),
      [
        '0 good tls',
        '0 good tcp',
        '0 plain tcp',
        '1 silent tls',
        '1 silent tcp',
        '1 closed tls',
        '1 closed tcp',
        '2 dead tls',
        '2 dead tcp',
        '2 plain tls',
        '2 garbage tls',
        '2 garbage tcp',
      ],
    );
  });

  it('asks each edge once per transport at its own port, side by side, and tells answers as they come', async () => {
    const asked: string[] = [];
    const told: string[] = [];
    const waiting: (() => void)[] = [];
    const found = findEdges(
      edges.slice(0, 2),
      probes((host, port, transport) => {
        asked.push(`${transport}:${host}:${port}`);
        return new Promise((resolve) => {
          waiting.push(() => resolve({ kind: 'silent' }));
        });
      }),
      signal,
      ({ id, transport }) => told.push(`${id} ${transport}`),
    );
    assert.deepEqual(asked, [
      'tls:dead.example.com:443',
      'tcp:dead.example.com:5070',
      'tls:silent.example.com:443',
      'tcp:silent.example.com:5070',
    ]);
    for (const answer of waiting.toReversed()) {
      answer();
      await Promise.resolve();
    }
    assert.equal((await found).length, 4);
    assert.equal(told[0], 'silent tcp');
    assert.deepEqual(await findEdges([], known, signal), []);
  });
});
