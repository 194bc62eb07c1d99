/** Which calls are made again, and what never happens twice. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTransport, type Transport, TransportFault } from '../../../src/exotel/transport';
import { RateLimiter } from '../../../src/exotel/limiter';
import { parseRetryAfter } from '../../../src/exotel/retry';
import {
  bench,
  closeAll,
  failure,
  type Handler,
  hangsUp,
  InstantClock,
  kindOf,
  ok,
  okList,
  problemOf,
  says,
  TRUNK,
} from './support';

const down = says(503, failure(503, 2000, 'Unavailable', 'Unavailable'));
const fine = says(200, okList([]));
const tooMany = (headers: Readonly<Record<string, string>> = {}) =>
  says(429, failure(429, 1030, 'Too many requests', 'Rate limit exceeded'), headers);

/** Fails the first calls with these faults, then goes over the wire. */
function faulty(...faults: readonly TransportFault[]): Transport {
  const left = [...faults];
  const wire = createTransport();
  return (request) => {
    const fault = left.shift();
    return fault === undefined ? wire(request) : Promise.reject(fault);
  };
}
const refused = () => new TransportFault({ kind: 'network', cause: 'refused' }, true);
const reset = () => new TransportFault({ kind: 'network', cause: 'reset' }, false);

describe('A call that reads, changes or deletes', () => {
  afterEach(closeAll);

  it('is made again after a server error, with longer and longer waits', async () => {
    const { server, client, clock, log } = await bench();
    server.will(down, down, fine);
    assert.deepEqual(await client.listIps(TRUNK), []);
    assert.equal(server.received.length, 3);
    assert.deepEqual(clock.slept, [300, 600]);
    assert.ok(log.some((line) => line.endsWith('attempt 3')));
  });

  it('is given up after the third time', async () => {
    const { server, client } = await bench();
    server.will(down, down, down, fine);
    assert.equal(await kindOf(client.listIps(TRUNK)), 'server');
    assert.equal(server.received.length, 3);
  });

  it('is made again after a broken connection', async () => {
    const { server, client } = await bench();
    server.will(hangsUp, says(200, ok(null)), hangsUp, says(200, ok(null)));
    await client.removeIp(TRUNK, '1');
    const row = { ip: '44.1.1.1', mask: 32, trunkSid: TRUNK, id: '1' };
    const previous = { ...row, friendlyName: null, created: null, updated: null };
    await client.changeIp(previous, row);
    assert.deepEqual(
      server.received.map(({ method }) => method),
      ['DELETE', 'DELETE', 'PUT', 'PUT'],
    );
  });

  it('is not made again when the answer would be the same', async () => {
    const { server, client } = await bench();
    for (const status of [400, 401, 403, 404, 409]) {
      server.will(says(status, ''));
      await problemOf(client.getTrunk(TRUNK));
    }
    assert.equal(server.received.length, 5);
    for (const cause of ['tls', 'proxy'] as const) {
      const fault = new TransportFault({ kind: 'network', cause }, true);
      const again = await bench({ transport: faulty(fault) });
      assert.equal(await kindOf(again.client.listIps(TRUNK)), 'network');
      assert.equal(again.server.received.length, 0);
    }
  });

  it('has deleted when the first DELETE broke off and the second finds nothing', async () => {
    const { server, client } = await bench();
    server.will(
      hangsUp,
      says(404, failure(404, 1000, 'Not Found', 'Not Found')),
      down,
      says(403, failure(403, 1003, 'Authorization failed', 'Authorization failed')),
    );
    await client.removeIp(TRUNK, '1');
    await client.deleteTrunk(TRUNK);
    assert.equal(server.received.length, 4);
  });

  it('has not deleted when there was nothing the first time', async () => {
    const { server, client } = await bench({ transport: faulty(refused()) });
    server.will(says(404, ''), says(404, ''));
    assert.equal(await kindOf(client.removeIp(TRUNK, '1')), 'notFound');
    assert.equal(await kindOf(client.removeIp(TRUNK, '1')), 'notFound');
  });
});

describe('A call that creates', () => {
  afterEach(closeAll);

  it('is not made again when it may have arrived', async () => {
    for (const answer of [down, hangsUp, says(502, '<html>')]) {
      const { server, client } = await bench();
      server.will(answer, says(200, ok({ trunk_sid: TRUNK })));
      const problem = await problemOf(client.createTrunk({ name: 'a' }));
      assert.equal(server.received.length, 1);
      assert.match(problem.doNext, /may have carried it out all the same: refresh/);
    }
  });

  it('is made again when it certainly did not arrive', async () => {
    const { server, client } = await bench({ transport: faulty(refused(), refused()) });
    server.will(says(200, ok({ trunk_sid: TRUNK })));
    assert.equal((await client.createTrunk({ name: 'a' })).sid, TRUNK);
    assert.equal(server.received.length, 1);
  });

  it('is made again after a 429, which did nothing', async () => {
    const { server, client } = await bench();
    server.will(tooMany({ 'Retry-After': '7' }), says(200, ok({ trunk_sid: TRUNK })));
    assert.equal((await client.createTrunk({ name: 'a' })).sid, TRUNK);
    assert.equal(server.received.length, 2);
  });

  it('is sent at most once for each time the server got it and did not say “too many”', async () => {
    const fault = fc.constantFrom('refused', 'reset', 'down', 'tooMany', 'fine');
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 6 }), async (script) => {
        let reachedAndUnknown = 0;
        const left = [...script];
        const { client, limiter } = await bench({
          transport: () => {
            const next = left.shift() ?? 'fine';
            if (next === 'refused') return Promise.reject(refused());
            if (next !== 'tooMany') reachedAndUnknown += 1;
            if (next === 'reset') return Promise.reject(reset());
            const status = { down: 503, tooMany: 429, fine: 200 }[next];
            const text = next === 'fine' ? JSON.stringify(ok({ trunk_sid: TRUNK })) : '';
            return Promise.resolve({ status, headers: { get: () => null }, text });
          },
        });
        await client.createTrunk({ name: 'a' }).catch(() => undefined);
        limiter.dispose();
        await closeAll();
        assert.ok(reachedAndUnknown <= 1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('When there are too many calls', () => {
  afterEach(closeAll);

  it('waits as long as Exotel says, in seconds', async () => {
    const { server, client, clock } = await bench();
    server.will(tooMany({ 'Retry-After': '30' }), fine);
    await client.listIps(TRUNK);
    // Once for the account, once for the call: both at the same time.
    assert.deepEqual(clock.slept, [30_000, 30_000]);
  });

  it('waits until the date Exotel says, by Exotel’s own clock', async () => {
    const { server, client, clock } = await bench();
    const headers = {
      Date: 'Fri, 23 Jan 2026 10:00:00 GMT',
      'Retry-After': 'Fri, 23 Jan 2026 10:00:45 GMT',
    };
    server.will(tooMany(headers), fine);
    await client.listIps(TRUNK);
    assert.ok(clock.slept.every((ms) => ms === 45_000));
  });

  it('backs off by itself when Exotel does not say', async () => {
    const { server, client, clock } = await bench();
    server.will(tooMany(), tooMany(), tooMany(), tooMany(), tooMany(), fine);
    assert.equal(await kindOf(client.listIps(TRUNK)), 'rateLimited');
    assert.equal(server.received.length, 5);
    const waits = [...new Set(clock.slept)];
    assert.deepEqual(waits.slice(0, 4), [1000, 2000, 4000, 8000]);
  });

  it('tells a wait of more than two minutes instead of sitting it out', async () => {
    const { server, client } = await bench();
    server.will(tooMany({ 'Retry-After': '600' }));
    const problem = await problemOf(client.listIps(TRUNK));
    assert.ok(problem.kind === 'rateLimited' && problem.retryAfterMs === 600_000);
    assert.match(problem.doNext, /Try again in 600 seconds/);
    assert.equal(server.received.length, 1);
  });

  it('understands the other body Exotel documents for it', async () => {
    const { server, client } = await bench();
    const body = {
      RestException: { Status: 429, Message: 'Slow down', Code: 'RATE_LIMIT_EXCEEDED' },
    };
    server.will(says(429, body, { 'Retry-After': '500' }));
    const problem = await problemOf(client.listIps(TRUNK));
    assert.equal(problem.kind, 'rateLimited');
    assert.equal(problem.description, 'Slow down');
    assert.equal(problem.code, null);
  });

  it('holds the other calls of the account back too', async () => {
    const clock = new InstantClock();
    const limiter = new RateLimiter({ clock, concurrency: 1 });
    const { server, client } = await bench({ clock, limiter });
    const begun = clock.now();
    const arrivals: number[] = [];
    const arrives: Handler = (request, response) => {
      arrivals.push(clock.now() - begun);
      fine(request, response);
    };
    server.will(tooMany({ 'Retry-After': '3' }), arrives, arrives, arrives);
    await Promise.all([client.listIps(TRUNK), client.listNumbers(TRUNK), client.listTrunks()]);
    assert.equal(arrivals.length, 3);
    assert.ok(arrivals.every((at) => at >= 3000));
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 23);
  it('is seconds, a date, or nothing', () => {
    assert.equal(parseRetryAfter('0', null, now), 0);
    assert.equal(parseRetryAfter(' 30 ', null, now), 30_000);
    assert.equal(parseRetryAfter('1.5', null, now), 1500);
    assert.equal(parseRetryAfter('Fri, 23 Jan 2026 00:01:00 GMT', null, now), 60_000);
    assert.equal(parseRetryAfter('Thu, 22 Jan 2026 00:00:00 GMT', null, now), 0);
    assert.equal(parseRetryAfter('Fri, 23 Jan 2026 00:01:00 GMT', 'nonsense', now), 60_000);
    for (const nonsense of [null, '', 'soon', '-5', '2026', '1e3x']) {
      assert.equal(parseRetryAfter(nonsense, null, now), nonsense === '2026' ? 2_026_000 : null);
    }
  });

  it('is never a negative or endless wait, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (value, date) => {
        const wait = parseRetryAfter(value, date, now);
        assert.ok(wait === null || wait >= 0);
      }),
    );
  });
});
