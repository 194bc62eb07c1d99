/** The way to Exotel and back: what breaks on it, what must not leave it, and how it is stopped. */
import assert from 'node:assert/strict';
import type http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import type { AddressInfo } from 'node:net';
import { createTransport, TransportFault } from '../../../src/exotel/transport';
import { ExotelClient } from '../../../src/exotel/client';
import { RateLimiter } from '../../../src/exotel/limiter';
import { Secret } from '../../../src/exotel/secret';
import { resolveNextPage } from '../../../src/exotel/paging';
import { classifyFault } from '../../../src/exotel/transport';
import {
  ACCOUNT,
  bench,
  closeAll,
  hangsUp,
  keepsSilent,
  kindOf,
  okList,
  problemOf,
  says,
  ScriptedServer,
  TRUNK,
} from './support';

async function causeOf(call: Promise<unknown>): Promise<string> {
  const problem = await problemOf(call);
  return problem.kind === 'network' ? problem.cause : problem.kind;
}

/** A server below HTTP; `use` gets its port. */
async function withSocketServer(
  server: net.Server,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const address = (baseUrl: string) => ({
  address: { region: 'custom', baseUrl, accountSid: ACCOUNT } as const,
});

describe('A network that fails', () => {
  afterEach(closeAll);

  it('is named: nobody listens', async () => {
    const closed = await ScriptedServer.start();
    await closed.close();
    const { client } = await bench(address(closed.url));
    const problem = await problemOf(client.listTrunks());
    assert.ok(problem.kind === 'network' && problem.cause === 'refused');
    assert.match(problem.what, /^127\.0\.0\.1:\d+ refused the connection\.$/);
  });

  it('is named: the connection breaks', async () => {
    const { server, client } = await bench();
    server.will(hangsUp, hangsUp, hangsUp);
    assert.equal(await causeOf(client.listTrunks()), 'reset');
  });

  it('is named: the answer is cut off, with a length and without', async () => {
    const { server, client } = await bench();
    const cutOff =
      (headers: http.OutgoingHttpHeaders) => (_request: unknown, response: http.ServerResponse) => {
        response.writeHead(200, headers).write('{"response": [');
        setTimeout(() => response.socket?.destroy(), 20);
      };
    const byLength = cutOff({ 'Content-Length': '5000' });
    server.will(byLength, byLength, byLength);
    assert.equal(await causeOf(client.listTrunks()), 'reset');
    const inChunks = cutOff({});
    server.will(inChunks, inChunks, inChunks);
    assert.equal(await causeOf(client.listTrunks()), 'reset');
  });

  it('is named: no answer in time, before or within the body', async () => {
    const { server, client } = await bench({ timeoutMs: 250 });
    server.will(keepsSilent, keepsSilent, (_request, response) => response.write('{"resp'));
    assert.equal(await causeOf(client.listTrunks()), 'timeout');
    assert.equal(server.received.length, 3);
  });

  it('is named: no TLS on the other side, or none that fits', async () => {
    for (const server of [net.createServer((socket) => socket.end('hello')), tls.createServer()]) {
      await withSocketServer(server, async (port) => {
        const { client } = await bench(address(`https://127.0.0.1:${port}`));
        assert.equal(await causeOf(client.listTrunks()), 'tls');
      });
    }
  });

  it('is named: something answers that is no HTTP', async () => {
    const server = net.createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await withSocketServer(server, async (port) => {
      const { client } = await bench(address(`http://127.0.0.1:${port}`));
      assert.equal(await causeOf(client.listTrunks()), 'badResponse');
    });
  });

  it('is named: a proxy wants a password', async () => {
    const { server, client } = await bench();
    server.will(says(407, ''));
    assert.equal(await causeOf(client.listTrunks()), 'proxy');
  });

  it('does not fill the memory with an endless answer', async () => {
    const { server, client } = await bench({ transport: createTransport({ maxBytes: 1000 }) });
    server.will(says(200, ' '.repeat(1001)));
    const problem = await problemOf(client.listTrunks());
    assert.equal(problem.kind, 'badResponse');
    assert.match(problem.what, /too large/);
  });

  const system = (code: string, syscall?: string, message = code) =>
    Object.assign(new Error(message), { code, erroredSysCall: syscall, type: 'system' });
  const faults: readonly (readonly [Error, string, boolean])[] = [
    [system('ENOTFOUND', 'getaddrinfo'), 'dns', true],
    [system('EAI_AGAIN', 'getaddrinfo'), 'dns', true],
    [system('ECONNREFUSED', 'connect'), 'refused', true],
    [system('ECONNRESET', 'read'), 'reset', false],
    [system('EPIPE', 'write'), 'reset', false],
    [system('ETIMEDOUT', 'connect'), 'timeout', true],
    [system('ETIMEDOUT', 'read'), 'timeout', false],
    [system('EHOSTUNREACH', 'connect'), 'unreachable', true],
    [system('ENETUNREACH', 'connect'), 'unreachable', true],
    [system('EHOSTUNREACH', 'read'), 'unreachable', false],
    [system('CERT_HAS_EXPIRED'), 'tls', true],
    [system('SELF_SIGNED_CERT_IN_CHAIN'), 'tls', true],
    [system('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls', true],
    [system('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', true],
    [system('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'tls', true],
    [system('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', true],
    [system('EPROTO', 'write', 'wrong version number'), 'tls', true],
    [system('ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC'), 'tls', false],
    [
      system(
        'ECONNRESET',
        undefined,
        'Client network socket disconnected before secure TLS connection was established',
      ),
      'reset',
      true,
    ],
    [
      new Error(
        'request to https://proxy.acme.in/ failed, reason: tunneling socket could not be established, statusCode=407',
      ),
      'proxy',
      true,
    ],
    [
      system(
        'ECONNRESET',
        'read',
        'request to https://proxy.acme.in/ failed, reason: read ECONNRESET',
      ),
      'reset',
      false,
    ],
    [new Error('something else'), 'other', false],
  ];
  it('knows for each fault what it is and whether the request certainly stayed here', () => {
    for (const [error, cause, neverSent] of faults) {
      const { fault, neverSent: said } = classifyFault(error);
      assert.equal(fault.kind === 'network' ? fault.cause : fault.kind, cause, error.message);
      assert.equal(said, neverSent, error.message);
    }
    assert.equal(classifyFault('no error at all').neverSent, false);
  });

  it('has nothing of the request in its errors', async () => {
    const closed = await ScriptedServer.start();
    await closed.close();
    const transport = createTransport();
    const request = {
      method: 'POST',
      url: `${closed.url}/?planted=query`,
      headers: { Authorization: 'Basic planted' },
      body: '{"password":"planted"}',
      signal: new AbortController().signal,
    } as const;
    await assert.rejects(transport(request), (error: unknown) => {
      assert.ok(error instanceof TransportFault);
      assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /planted/);
      return true;
    });
  });

  it('names even what an injected transport throws', async () => {
    const { client } = await bench({ transport: () => Promise.reject(new Error('planted')) });
    assert.equal(await causeOf(client.createTrunk({ name: 'a' })), 'other');
  });
});

describe('The key', () => {
  afterEach(closeAll);

  it('does not follow a redirect to another host', async () => {
    const elsewhere = await bench();
    for (const status of [301, 302, 303, 307, 308]) {
      const { server, client } = await bench();
      server.will(says(status, '', { Location: `${elsewhere.server.url}/v2` }));
      const problem = await problemOf(client.listTrunks());
      assert.equal(problem.kind, 'badResponse');
      assert.match(problem.what, /was not followed/);
    }
    assert.equal(elsewhere.server.received.length, 0);
  });

  it('does not follow a next page out of the account', async () => {
    const elsewhere = await bench();
    const uris = [
      `${elsewhere.server.url}/v2/accounts/${ACCOUNT}/trunks`,
      `//${new URL(elsewhere.server.url).host}/v2/accounts/${ACCOUNT}/trunks`,
      `/v2/accounts/other/trunks`,
      `/v2/accounts/${ACCOUNT}/../other/trunks`,
    ];
    for (const uri of uris) {
      const { server, client } = await bench();
      server.will(says(200, okList([], uri)));
      assert.equal(await kindOf(client.listTrunks()), 'badResponse', uri);
      assert.equal(server.received.length, 1);
    }
    assert.equal(elsewhere.server.received.length, 0);
  });

  it('is not sent in the clear, and not to a host with a path or a key in it', () => {
    const make = (baseUrl: string) => () =>
      new ExotelClient({
        ...address(baseUrl),
        apiKey: new Secret('k'),
        apiToken: new Secret('t'),
        transport: createTransport(),
        limiter: new RateLimiter(),
      });
    for (const baseUrl of [
      'http://api.in.exotel.com',
      'http://127.0.0.1.evil.example',
      'https://api.in.exotel.com/v2',
      'https://planted:key@api.in.exotel.com',
      'ftp://api.in.exotel.com',
      '',
    ]) {
      assert.throws(make(baseUrl), (error: unknown) => {
        assert.ok(error instanceof TypeError);
        return !error.message.includes('planted');
      });
    }
    for (const baseUrl of ['https://api.in.exotel.com', 'http://localhost:1', 'http://[::1]:1']) {
      make(baseUrl)();
    }
  });
});

describe('A list of several pages', () => {
  afterEach(closeAll);
  const page = (offset: number) => `/v2/accounts/${ACCOUNT}/trunks?offset=${offset}&page_size=2`;
  const row = (sid: string) => ({ trunk_sid: sid, trunk_name: sid });

  it('is read to its end, each row once', async () => {
    const { server, client } = await bench();
    server.will(
      says(200, okList([row('a'), row('b')], page(2))),
      says(200, okList([row('b'), row('c')], page(4))),
      says(200, okList([row('d')], '')),
    );
    const trunks = await client.listTrunks();
    assert.deepEqual(
      trunks.map(({ sid }) => sid),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual(
      server.received.map(({ url }) => url),
      [`/v2/accounts/${ACCOUNT}/trunks?page_size=100`, page(2), page(4)],
    );
  });

  it('does not go round in circles', async () => {
    const { server, client } = await bench();
    server.will(says(200, okList([], page(2))), says(200, okList([], page(2))));
    assert.equal(await kindOf(client.listTrunks()), 'badResponse');
    assert.equal(server.received.length, 2);
  });

  it('does not go on for ever', async () => {
    let pages = 0;
    const { client } = await bench({
      limiter: new RateLimiter({ limit: 5000 }),
      transport: () => {
        pages += 1;
        const text = JSON.stringify(okList([], page(pages)));
        return Promise.resolve({ status: 200, headers: { get: () => null }, text });
      },
    });
    assert.equal(await kindOf(client.listTrunks()), 'badResponse');
    assert.equal(pages, 1000);
  });

  it('has its next page at a path or a query, nowhere else', () => {
    const current = new URL('https://api.in.exotel.com/v2/accounts/a/trunks');
    const next = (uri: string) => resolveNextPage(uri, current, '/v2/accounts/a')?.href ?? null;
    assert.equal(next('/v2/accounts/a/trunks?offset=50'), `${current.href}?offset=50`);
    assert.equal(next('?offset=50'), `${current.href}?offset=50`);
    for (const uri of [
      '',
      'trunks',
      'https://api.in.exotel.com/v2/accounts/a/trunks',
      '//evil.example/v2/accounts/a/trunks',
      '/\\evil.example/v2/accounts/a/trunks',
      '/v2/accounts/ab/trunks',
      '/v2/accounts/a',
      '/v2/accounts/a/../b/trunks',
      '/v2/accounts/a/%2e%2e/b/trunks',
      '/v2/accounts/a/..%2fb/trunks',
      'javascript:alert(1)',
    ]) {
      assert.equal(next(uri), null, uri);
    }
  });
});

describe('A call that is cancelled', () => {
  afterEach(closeAll);

  it('before it begins, sends nothing', async () => {
    const { server, client } = await bench();
    const problem = await problemOf(
      client.createTrunk({ name: 'a' }, { signal: AbortSignal.abort() }),
    );
    assert.equal(problem.kind, 'aborted');
    assert.match(problem.doNext, /Nothing was sent/);
    assert.equal(server.received.length, 0);
  });

  it('in the queue, sends nothing and takes nobody’s turn', async () => {
    const limiter = new RateLimiter({ concurrency: 1 });
    const { server, client } = await bench({ limiter });
    const cancel = new AbortController();
    const stop = new AbortController();
    server.will(keepsSilent, says(200, okList([])));
    const first = client.listTrunks({ signal: stop.signal });
    const queued = client.listTrunks({ signal: cancel.signal });
    const last = client.listTrunks();
    cancel.abort();
    assert.equal(await kindOf(queued), 'aborted');
    assert.equal(limiter.waiting, 1);
    while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    assert.equal(await kindOf(first), 'aborted');
    assert.deepEqual(await last, []);
    assert.equal(server.received.length, 2);
  });

  it('on the wire, ends at once and says that it may have been done', async () => {
    const { server, client } = await bench();
    const cancel = new AbortController();
    server.will(() => {
      cancel.abort();
    });
    const problem = await problemOf(client.createTrunk({ name: 'a' }, { signal: cancel.signal }));
    assert.equal(problem.kind, 'aborted');
    assert.match(problem.doNext, /Refresh to see/);
  });

  it('while it waits for its next attempt, ends at once', async () => {
    const cancel = new AbortController();
    const { server, client } = await bench({
      clock: {
        now: () => 0,
        sleep: async (_ms, signal) => {
          cancel.abort();
          return Promise.resolve().then(() => signal?.throwIfAborted());
        },
      },
    });
    server.will(says(503, ''));
    assert.equal(await kindOf(client.listTrunks({ signal: cancel.signal })), 'aborted');
    assert.equal(server.received.length, 1);
  });

  it('with its account, ends whatever it was doing', async () => {
    const { server, client, limiter } = await bench();
    server.will(keepsSilent);
    const call = client.listIps(TRUNK);
    while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    limiter.dispose();
    assert.equal(await kindOf(call), 'aborted');
    assert.equal(await kindOf(client.listIps(TRUNK)), 'aborted');
  });
});
