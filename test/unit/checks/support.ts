// What the tests of the checks share: facts of a trunk that is in order, servers that are not, and
// certificates made for the run. Everything listens on 127.0.0.0/8.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Dns } from '../../../src/checks/probes/dns';
import { planChecks } from '../../../src/checks/plan';
import { readStream } from '../../../src/sip/stream';
import type { CheckFacts, CheckResult, PlannedCheck, Probes } from '../../../src/checks/types';
import type { TrunkFacts } from '../../../src/setup/facts';
import type { UseCase } from '../../../src/terms/use';
import { type PlainFacts, trunkFactsOf } from '../../support/trunk-facts';

export const NOW = new Date();

/** What the checks know, as tests write it. */
export type PlainCheckFacts = PlainFacts & Omit<CheckFacts, keyof TrunkFacts>;

/** A trunk on which every row of what is set up at Exotel passes. */
const PLAIN: PlainCheckFacts = {
  accountSid: 'acc1',
  trunkSid: 'trmum1abc',
  trunkName: 'support',
  status: 'active',
  sipDomain: 'acc1.pstn.exotel.com',
  numbers: [
    { number: '+912248900000', mode: 'pstn' },
    { number: '+912248900001', mode: 'flow' },
  ],
  whitelistedIps: [{ ip: '44.248.146.11', mask: 32 }],
  destinations: [
    { destination: '44.248.146.11:5061;transport=tls', priority: 1, weight: 10 },
    { destination: 'sip.example.com:5060;transport=tcp', priority: 2, weight: 10 },
  ],
  credentials: [{ userName: 'desk', kind: 'own', passwordKnown: true }],
  callerId: '+912248900000',
  edge: {
    name: 'India, by password',
    host: 'in.voip.exotel.com',
    tcpPort: 5070,
    tlsPort: 443,
    source: 'https://docs.exotel.com',
    checked: '2026-11-01',
  },
  transport: 'tls',
  ticked: new Set(),
  now: NOW,
};

/** A trunk that is in order, but for what is given. */
export function checkFacts(changed: Partial<PlainCheckFacts> = {}): CheckFacts {
  return trunkFactsOf({ ...PLAIN, ...changed });
}

export const GOOD: CheckFacts = checkFacts();

/** Rows that look at no network must not. */
export const NO_NETWORK: Probes = {
  resolve: () => Promise.reject(new Error('the network was asked')),
  connect: () => Promise.reject(new Error('the network was asked')),
  handshake: () => Promise.reject(new Error('the network was asked')),
  options: () => Promise.reject(new Error('the network was asked')),
};

export function rowOf(facts: Partial<PlainCheckFacts>, useCase: UseCase, id: string): PlannedCheck {
  const plan = planChecks(checkFacts(facts), useCase);
  const row = plan.find((one) => one.id === id || one.id.startsWith(`${id}:`));
  assert.ok(row !== undefined, `${id} is not among ${plan.map((one) => one.id).join(', ')}`);
  return row;
}

export async function verdictOf(
  facts: Partial<PlainCheckFacts>,
  useCase: UseCase,
  id: string,
  probes: Probes = NO_NETWORK,
): Promise<CheckResult> {
  const result = await rowOf(facts, useCase, id).run(probes, new AbortController().signal);
  assertReadable(result);
  return result;
}

/** What a person reads: a sentence each, and for all that is not well what to do. */
export function assertReadable(result: CheckResult): void {
  const { level: verdict, what: why, doNext, id } = result;
  const sentence = /^[^\s].*[.!?]$/s;
  assert.match(why, sentence, `${id}: ${why}`);
  assert.doesNotMatch(why, /undefined|null|NaN|\[object/, id);
  if (doNext !== null) assert.match(doNext, sentence, `${id}: ${doNext}`);
  if (verdict !== 'ok') assert.ok(doNext !== null, `${id} says nothing to do: ${why}`);
  else assert.equal(doNext, null, `${id} passes and still says: ${String(doNext)}`);
}

// Names.

export function fakeDns(
  names: Readonly<Record<string, readonly string[]>>,
  aliases: Readonly<Record<string, string>> = {},
): Dns {
  return {
    lookup: (host) => {
      const found = names[host];
      return found === undefined
        ? Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
        : Promise.resolve(found);
    },
    alias: (host) => Promise.resolve(aliases[host] ?? null),
  };
}

export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

// Servers.

export interface Listening {
  readonly port: number;
  /** Connections open now. */
  readonly open: ReadonlySet<Socket>;
  close(): Promise<void>;
}

export type Behaviour = (socket: Socket) => void;

export async function listen(
  host: string,
  behave: Behaviour,
  tls: TlsOptions | null = null,
): Promise<Listening> {
  const open = new Set<Socket>();
  const watched: Behaviour = (socket) => {
    socket.on('error', () => undefined);
    behave(socket);
    // What nobody reads is read away, or the end of the connection would not be seen.
    socket.resume();
  };
  const server: Server = tls === null ? createServer(watched) : createTlsServer(tls, watched);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    open,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Reads one request, checks that it is a right OPTIONS, and says what it is given. */
export function answering(...answers: readonly string[]): Behaviour {
  return (socket) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const read = readStream(received);
      if (read.kind === 'more') return;
      assert.ok(read.kind === 'message' && read.message.kind === 'request');
      assert.equal(read.message.method, 'OPTIONS');
      for (const answer of answers) socket.write(answer);
    });
  };
}

export function response(status: number, reason: string, ...headers: readonly string[]): string {
  const lines = [`SIP/2.0 ${status} ${reason}`, 'CSeq: 1 OPTIONS', ...headers];
  return `${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
}

/** A port nobody listens on: one that was just given back. */
export async function closedPort(host: string): Promise<number> {
  const server = await listen(host, () => undefined);
  await server.close();
  return server.port;
}

/**
 * A port that does not answer: its listener takes no connection off a queue that is full, so the kernel
 * drops what comes. A thread that sleeps is such a listener.
 */
export async function filteredPort(
  host: string,
): Promise<{ port: number; close(): Promise<void> }> {
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ host: workerData, port: 0, backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true, workerData: host, execArgv: [] },
  );
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const sockets: Socket[] = [];
  // As long as one gets in there is room; the first that waits longer than the others shows there is none.
  for (let waiting = false; !waiting;) {
    const socket = connect(port, host);
    socket.on('error', () => undefined);
    sockets.push(socket);
    waiting = await new Promise<boolean>((resolve) => {
      // After the timer the loop looks at its sockets once more: a busy computer is no full queue.
      const timer = setTimeout(() => setImmediate(() => setImmediate(() => resolve(true))), 300);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
    assert.ok(sockets.length < 600, 'the queue of the listener does not fill');
  }
  return {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await worker.terminate();
    },
  };
}

// Certificates.

const run = promisify(execFile);

export interface Identity {
  readonly key: string;
  /** As the server sends it: its own first. */
  readonly cert: string;
}

export interface Certificates {
  readonly root: string;
  readonly valid: Identity;
  readonly endingSoon: Identity;
  readonly expired: Identity;
  readonly notYet: Identity;
  readonly wrongName: Identity;
  readonly selfSigned: Identity;
  /** Without the intermediate certificate. */
  readonly incomplete: Identity;
  /** Its intermediate certificate has expired. */
  readonly expiredAbove: Identity;
}

const DAY = 86_400_000;

/** `YYYYMMDDHHMMSSZ`, so many days from now. */
function when(days: number): string {
  const date = new Date(NOW.getTime() + days * DAY);
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

/** For `name` and for the address, unless said otherwise. Made with the openssl program. */
export async function makeCertificates(name: string, address: string): Promise<Certificates> {
  const dir = mkdtempSync(join(tmpdir(), 'checks-certificates-'));
  const at = (file: string) => join(dir, file);
  const openssl = async (...args: readonly string[]): Promise<void> => {
    try {
      await run('openssl', args, { cwd: dir });
    } catch (error) {
      const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
      throw new Error(
        code === 'ENOENT'
          ? 'The program openssl is missing: install it (Debian: apt-get install openssl).'
          : `openssl ${args.join(' ')}: ${stderr}`,
        { cause: error },
      );
    }
  };
  try {
    writeFileSync(at('index.txt'), '');
    writeFileSync(
      at('ca.cnf'),
      [
        '[ca]\ndefault_ca = d\n[d]\ndatabase = index.txt\nnew_certs_dir = .\nrand_serial = yes',
        'default_md = sha256\npolicy = p\nunique_subject = no\nemail_in_dn = no',
        '[p]\ncommonName = supplied\n[req]\ndistinguished_name = n\n[n]\n',
        '[authority]\nbasicConstraints = critical,CA:TRUE\nkeyUsage = keyCertSign',
        `[server]\nbasicConstraints = CA:FALSE\nsubjectAltName = DNS:${name},IP:${address}`,
        '[other]\nbasicConstraints = CA:FALSE\nsubjectAltName = DNS:other.example.net',
        '',
      ].join('\n'),
    );
    const request = async (file: string, subject: string): Promise<void> => {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
      const out = ['-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', `/CN=${subject}`];
      await openssl('req', '-config', 'ca.cnf', '-new', ...key, ...out);
    };
    /** `by`: file of the authority; its own for a self-signed one. */
    const sign = (file: string, by: string, section: string, from = -1, until = 365) =>
      openssl(
        ...['ca', '-config', 'ca.cnf', '-batch', '-notext', '-in', `${file}.csr`],
        ...['-out', `${file}.pem`, '-keyfile', `${by}.key`, '-extensions', section],
        ...['-startdate', when(from), '-enddate', when(until)],
        ...(by === file ? ['-selfsign'] : ['-cert', `${by}.pem`]),
      );
    await request('root', 'Test Root');
    await sign('root', 'root', 'authority', -100, 3650);
    for (const [file, from, until] of [
      ['middle', -100, 1000],
      ['oldMiddle', -100, -2],
    ] as const) {
      await request(file, `Test ${file}`);
      await sign(file, 'root', 'authority', from, until);
    }
    await request('leaf', name);
    const key = readFileSync(at('leaf.key'), 'utf8');
    const made = async (by: string, section: string, from?: number, until?: number) => {
      await sign('leaf', by, section, from, until);
      return readFileSync(at('leaf.pem'), 'utf8');
    };
    const chained = async (section: string, from?: number, until?: number): Promise<Identity> => ({
      key,
      cert: (await made('middle', section, from, until)) + readFileSync(at('middle.pem'), 'utf8'),
    });
    return {
      root: readFileSync(at('root.pem'), 'utf8'),
      valid: await chained('server'),
      endingSoon: await chained('server', -80, 10.5),
      expired: await chained('server', -80, -3),
      notYet: await chained('server', 5, 80),
      wrongName: await chained('other'),
      selfSigned: { key, cert: await made('leaf', 'server') },
      incomplete: { key, cert: await made('middle', 'server') },
      expiredAbove: {
        key,
        cert: (await made('oldMiddle', 'server')) + readFileSync(at('oldMiddle.pem'), 'utf8'),
      },
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
