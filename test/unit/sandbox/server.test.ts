import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { startSandbox } from '../../../src/sandbox';
import { basic, Caller, OUTBOUND, sandboxPerTest, trunkBody } from './support';

describe('sandbox: who may ask', () => {
  const api = sandboxPerTest();
  const path = '/v2/accounts/sandbox1/trunks';

  it('needs the key and the token', async () => {
    const { sandbox } = api();
    const headers = [
      '',
      'Basic',
      'Basic ????',
      basic({ ...sandbox, apiToken: 'wrong' }),
      basic({ ...sandbox, apiKey: 'wrong' }),
      basic({ apiKey: sandbox.apiToken, apiToken: sandbox.apiKey }),
      `Bearer ${sandbox.apiToken}`,
    ];
    for (const Authorization of headers) {
      const reply = await api().raw(path, { headers: { Authorization } });
      assert.deepEqual(reply.refusal, [401, 401, 1010, 'Authorization failed'], Authorization);
      assert.equal(reply.item.error_data?.message, 'Authorization failed');
    }
  });

  it('asks before it tells which paths there are', async () => {
    const reply = await api().raw('/nowhere', { headers: { Authorization: 'Basic eDp5' } });
    assert.equal(reply.status, 401);
  });

  it('refuses the key in another account', async () => {
    const reply = await api().raw('/v2/accounts/other1/trunks');
    assert.deepEqual(reply.refusal, [403, 403, 1003, 'Authorization failed']);
  });

  it('takes the account, key and token it was given', async () => {
    const given = { accountSid: 'ameyo5m', apiKey: 'key_1', apiToken: 'to:ken' };
    const sandbox = await startSandbox(given);
    try {
      const caller = new Caller(sandbox);
      const { rows } = await caller.get('/trunks');
      assert.equal(rows[0]?.['domain_name'], 'ameyo5m.pstn.exotel.com');
    } finally {
      await sandbox.close();
    }
  });

  it('starts with the trunks it was given, and counts on from their ids', async () => {
    const trunks = api()
      .sandbox.state()
      .trunks.slice(0, 1)
      .map((trunk) => ({ ...trunk, trunkName: 'given_trunk' }));
    const sandbox = await startSandbox({ trunks });
    try {
      assert.deepEqual(sandbox.state().trunks, trunks);
      const made = await new Caller(sandbox).post(`/trunks/${OUTBOUND}/phone-numbers`, {
        phone_number: '+918045671234',
      });
      assert.equal(made.data['id'], '41514');
    } finally {
      await sandbox.close();
    }
  });

  it('makes a new key and token each time', async () => {
    const other = await startSandbox();
    await other.close();
    assert.notEqual(other.apiKey, api().sandbox.apiKey);
    assert.notEqual(other.apiToken, api().sandbox.apiToken);
  });

  it('answers to the names of this computer only, so that no web page can rebind to it', async () => {
    const port = new URL(api().sandbox.url).port;
    for (const [host, status] of [
      [`127.0.0.1:${port}`, 200],
      [`localhost:${port}`, 200],
      ['localhost', 200],
      ['evil.example', 421],
      [`127.0.0.1.evil.example:${port}`, 421],
      ['localhost@evil.example', 421],
    ] as const) {
      assert.equal(await statusFor(path, { Host: host }), status, host);
    }
  });

  it('sends no CORS header', async () => {
    const reply = await api().raw(path, { headers: { Origin: 'https://evil.example' } });
    assert.deepEqual(
      [...reply.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  });

  /** `fetch` does not let a caller choose the Host header. */
  function statusFor(target: string, headers: Record<string, string>): Promise<number | undefined> {
    const { sandbox } = api();
    return new Promise((resolve, reject) => {
      request(
        sandbox.url + target,
        { headers: { Authorization: basic(sandbox), ...headers }, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
  }
});

describe('sandbox: the rate limit', () => {
  let now = new Date('2026-11-22T10:00:00Z');
  const pass = (ms: number) => (now = new Date(now.getTime() + ms));
  const api = sandboxPerTest({ callsPerMinute: 3, now: () => now });

  it('answers 429 to the call too many, and says when to come back', async () => {
    await api().get('/trunks');
    pass(10_000);
    await api().get('/trunks');
    await api().get('/trunks');
    pass(500);
    const reply = await create();
    assert.deepEqual(reply.refusal, [429, 429, 1030, 'Too many requests']);
    assert.equal(reply.headers.get('retry-after'), '50');
    assert.equal(api().sandbox.state().trunks.length, 3);

    pass(50_000);
    assert.equal((await create()).status, 200, 'the window slides');
    assert.equal((await api().get('/trunks')).status, 429, 'call by call');
    pass(9_500);
    assert.equal((await api().get('/trunks')).status, 200);
  });

  it('does not count who has no business here', async () => {
    for (let n = 0; n < 5; n++) {
      const headers = { Authorization: 'Basic eDp5' };
      assert.equal((await api().raw('/v2/accounts/sandbox1/trunks', { headers })).status, 401);
    }
    assert.equal((await api().get('/trunks')).status, 200);
  });

  const create = () => api().post('/trunks', trunkBody('made', api().sandbox));
});

describe('sandbox: an API from before the list of trunks', () => {
  for (const withoutTrunkList of [404, 405] as const) {
    describe(`that answers ${withoutTrunkList}`, () => {
      const api = sandboxPerTest({ withoutTrunkList });

      it('does so to GET /trunks, and serves everything else', async () => {
        const reply = await api().get('/trunks');
        assert.equal(reply.status, withoutTrunkList);
        if (withoutTrunkList === 404) assert.equal(reply.refusal[2], 1000);
        else assert.equal(reply.headers.get('allow'), 'POST, DELETE');
        assert.equal((await api().get(`/trunks/${OUTBOUND}/phone-numbers`)).status, 200);
        assert.match(await api().newTrunk(), /^trmum1/);
      });
    });
  }
});

describe('sandbox: requests that make no sense', () => {
  const api = sandboxPerTest();

  it('with a method that is not of the API are answered 405', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'PATCH']) {
      const reply = await api().send(method, '/trunks');
      assert.deepEqual([reply.status, reply.headers.get('allow')], [405, 'GET, POST, PUT, DELETE']);
    }
  });

  it('with a path that cannot be decoded are answered 400', async () => {
    for (const path of ['/v2/accounts/sandbox1/trunks/%zz/settings', '/%E0%A4%A']) {
      assert.equal((await api().raw(path)).status, 400, path);
    }
  });

  it('with a body beyond a megabyte are answered 413, and the next one is fine', async () => {
    const over = { trunk_name: 'x'.repeat(1024 * 1024) };
    assert.equal((await api().post('/trunks', over)).status, 413);
    const much = { trunk_name: 'x'.repeat(1024 * 1024 - 20) };
    assert.equal((await api().post('/trunks', much)).refusal[2], 1001, 'just under is read');
  });

  it('whatever their bytes, leave the sandbox standing', async () => {
    const auth = `Host: localhost\r\nAuthorization: ${basic(api().sandbox)}`;
    const json = 'Content-Type: application/json';
    const at = '/v2/accounts/sandbox1/trunks';
    const oddities = [
      'nonsense\r\n\r\n',
      '\0\0\0\0\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      `GET // HTTP/1.1\r\n${auth}\r\n\r\n`,
      `GET * HTTP/1.1\r\n${auth}\r\n\r\n`,
      `OPTIONS * HTTP/1.1\r\n${auth}\r\n\r\n`,
      `CONNECT a:1 HTTP/1.1\r\n${auth}\r\n\r\n`,
      `GET http://[ HTTP/1.1\r\n${auth}\r\n\r\n`,
      `GET ${at}?offset=%zz&offset=1&__proto__=1 HTTP/1.1\r\n${auth}\r\n\r\n`,
      `GET ${at}/__proto__/settings HTTP/1.1\r\n${auth}\r\n\r\n`,
      `GET ${at} HTTP/1.1\r\n${auth}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      `POST ${at} HTTP/1.1\r\n${auth}\r\n${json}\r\nContent-Length: 99\r\n\r\n{"trunk`,
      `POST ${at} HTTP/1.1\r\n${auth}\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      ...[
        'null',
        '0',
        '{"__proto__":{"trunk_name":"x"}}',
        '[[[[',
        '{"trunk_name":"\\ud800"}',
        '\0',
      ].map(
        (body) =>
          `POST ${at} HTTP/1.1\r\n${auth}\r\n${json}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
      `POST ${at} HTTP/1.1\r\n${auth}\r\n${json}\r\nContent-Length: 3\r\n\r\n\xff\xfe\xfd`,
      `GET ${at} HTTP/1.1\r\n${auth}\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`,
    ];
    const answers = await Promise.all(oddities.map((bytes) => sendBytes(bytes)));
    for (const answer of answers) assert.match(answer, /^(?:HTTP\/1.1 [234]\d\d |$)/);
    assert.equal((await api().get('/trunks')).rows.length, 3);
  });

  /** What comes back before the server, or our patience, ends the connection. */
  function sendBytes(bytes: string): Promise<string> {
    return new Promise((resolve) => {
      let answer = '';
      const socket = connect(Number(new URL(api().sandbox.url).port), '127.0.0.1', () => {
        socket.end(bytes, 'latin1');
      });
      socket.setTimeout(300, () => socket.destroy());
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
    });
  }
});

describe('sandbox: the record of requests', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const api = sandboxPerTest({ now: () => now });

  it('has method, path, status and time, and nothing secret', async () => {
    const { sandbox } = api();
    await api().get('/trunks?page_size=1');
    await api().post('/trunks', {});
    await api().post(`/trunks/${OUTBOUND}/credentials`, { user_name: 'a', password: 'Hush_123' });
    const at = now.getTime();
    const base = '/v2/accounts/sandbox1/trunks';
    assert.deepEqual(sandbox.requests, [
      { method: 'GET', path: `${base}?page_size=1`, status: 200, at },
      { method: 'POST', path: base, status: 400, at },
      { method: 'POST', path: `${base}/${OUTBOUND}/credentials`, status: 200, at },
    ]);
    assert.equal(sandbox.mutations(), 2);
    sandbox.clearRequests();
    assert.deepEqual([sandbox.requests, sandbox.mutations()], [[], 0]);
  });

  it('keeps no more than the beginning of a very long path', async () => {
    const { sandbox } = api();
    await api().get(`/trunks?${'x'.repeat(10_000)}`);
    const [recorded] = sandbox.requests;
    assert.ok(recorded?.path.startsWith('/v2/accounts/sandbox1/trunks?xxx'));
    assert.equal(recorded?.path.length, 1001);
  });
});

describe('sandbox: starting and closing', () => {
  it('listens on 127.0.0.1 only', async () => {
    const sandbox = await startSandbox();
    try {
      const { port } = new URL(sandbox.url);
      assert.equal(sandbox.url, `http://127.0.0.1:${port}`);
      const signal = AbortSignal.timeout(500);
      await assert.rejects(fetch(`http://127.0.0.2:${port}`, { signal }));
    } finally {
      await sandbox.close();
    }
  });

  it('ends idle connections and delayed answers, and may be closed twice', async () => {
    const sandbox = await startSandbox();
    const caller = new Caller(sandbox);
    await caller.get('/trunks');
    sandbox.fail({ times: 1, then: { kind: 'delay', delayMs: 60_000 } });
    const waiting = assert.rejects(caller.get('/trunks'));
    while (sandbox.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([sandbox.close(), sandbox.close()]);
    await waiting;
    await assert.rejects(caller.get('/trunks'));
  });

  it('refuses a port that is taken', async () => {
    const first = await startSandbox();
    try {
      const port = Number(new URL(first.url).port);
      await assert.rejects(startSandbox({ port }), { code: 'EADDRINUSE' });
    } finally {
      await first.close();
    }
  });

  it('refuses options that cannot work', async () => {
    for (const options of [
      { port: -1 },
      { port: 65536 },
      { accountSid: 'a/b' },
      { accountSid: '' },
      { apiKey: 'a:b' },
      { apiToken: '' },
      { callsPerMinute: -1 },
      { pageSizeLimit: 0 },
    ]) {
      await assert.rejects(startSandbox(options), RangeError, JSON.stringify(options));
    }
  });
});
