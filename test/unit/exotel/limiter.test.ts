/** An account's calls: never more than Exotel allows in any minute, whoever makes them and however often. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { LimiterClosed, Limiters, RateLimiter } from '../../../src/exotel/limiter';

const MINUTE = 60_000;

/** Lets what is due run, and the promises behind it. */
async function advance(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

/** The most starts that lie within any window of this length. */
function busiest(starts: readonly number[], window: number): number {
  const sorted = [...starts].sort((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + window).length),
  );
}

describe('The limit of calls per minute', () => {
  // Time stands still unless moved, so that minutes are exact and take no time.
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 }));
  afterEach(() => mock.timers.reset());

  it('lets 200 calls go at once and the 201st a minute later', async () => {
    const limiter = new RateLimiter({ concurrency: 1000 });
    const starts: number[] = [];
    const calls = Array.from({ length: 201 }, () =>
      limiter.run(() => Promise.resolve(starts.push(Date.now()))),
    );
    await advance(MINUTE);
    assert.equal(starts.length, 200);
    await advance(1000);
    assert.equal(starts.length, 201);
    await Promise.all(calls);
  });

  it('holds in every window, whenever calls come, end, fail or are cancelled', async () => {
    const call = fc.record({
      after: fc.integer({ min: 0, max: 90_000 }),
      lasts: fc.integer({ min: 0, max: 20_000 }),
      fails: fc.boolean(),
      cancelledAfter: fc.option(fc.integer({ min: 0, max: 70_000 })),
      priority: fc.integer({ min: 0, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(call, { minLength: 1, maxLength: 25 }),
        async (limit, calls) => {
          const limiter = new RateLimiter({ limit, concurrency: 3 });
          const starts: number[] = [];
          let ended = 0;
          for (const { after, lasts, fails, cancelledAfter, priority } of calls) {
            setTimeout(() => {
              const cancel = new AbortController();
              if (cancelledAfter !== null) {
                setTimeout(() => {
                  cancel.abort();
                }, cancelledAfter);
              }
              const work = () => {
                starts.push(Date.now());
                return new Promise<void>((resolve, reject) =>
                  setTimeout(() => {
                    if (fails) reject(new Error('failed'));
                    else resolve();
                  }, lasts),
                );
              };
              const end = () => (ended += 1);
              limiter.run(work, { signal: cancel.signal, priority }).then(end, end);
            }, after);
          }
          for (let minute = 0; minute < 40 && ended < calls.length; minute += 0.1) {
            await advance(MINUTE / 10);
          }
          assert.equal(ended, calls.length, 'every call ends');
          assert.ok(busiest(starts, MINUTE) <= limit);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is not used up by calls that were cancelled while they waited', async () => {
    const limiter = new RateLimiter({ limit: 2 });
    const cancel = new AbortController();
    const started: string[] = [];
    const run = (name: string, signal?: AbortSignal) =>
      limiter.run(() => Promise.resolve(started.push(name)), { signal });
    await Promise.all([run('a'), run('b')]);
    const cancelled = [run('x', cancel.signal), run('y', cancel.signal)];
    const kept = [run('c'), run('d')];
    cancel.abort(new Error('no longer wanted'));
    for (const call of cancelled) await assert.rejects(call, /no longer wanted/);
    assert.equal(limiter.waiting, 2);
    await advance(MINUTE + 1000);
    await Promise.all(kept);
    assert.deepEqual(started, ['a', 'b', 'c', 'd']);
  });

  it('lets the more urgent of those that wait go first', async () => {
    const limiter = new RateLimiter({ limit: 1 });
    const started: string[] = [];
    const run = (name: string, priority: number) =>
      limiter.run(() => Promise.resolve(started.push(name)), { priority });
    const calls = [run('first', 0), run('refresh', 0), run('change', 1), run('retry', 2)];
    for (let i = 0; i < 4; i += 1) await advance(MINUTE + 1000);
    await Promise.all(calls);
    assert.deepEqual(started, ['first', 'retry', 'change', 'refresh']);
  });
});

describe('A pause of an account', () => {
  it('lets nothing start until the longest one is over', async () => {
    const wakes: (() => void)[] = [];
    const clock = {
      now: () => 0,
      sleep: () => new Promise<void>((resolve) => wakes.push(resolve)),
    };
    const limiter = new RateLimiter({ clock });
    limiter.pause(1000);
    limiter.pause(2000);
    const started: string[] = [];
    const call = limiter.run(() => {
      started.push('call');
      return Promise.resolve();
    });
    wakes[1]?.();
    await new Promise(setImmediate);
    assert.deepEqual([started.length, limiter.isPaused], [0, true]);
    wakes[0]?.();
    await call;
    assert.deepEqual([started.length, limiter.isPaused], [1, false]);
  });

  it('ends with the account: nothing waits on and no timer stays', async () => {
    const limiter = new RateLimiter();
    limiter.pause(3_600_000);
    const waiting = limiter.run(() => Promise.resolve());
    limiter.dispose();
    await assert.rejects(waiting, LimiterClosed);
    await assert.rejects(
      limiter.run(() => Promise.resolve()),
      LimiterClosed,
    );
    limiter.pause(3_600_000);
  });
});

describe('The limiters of all accounts', () => {
  it('give one limiter to everybody who calls for the same account at the same host', () => {
    const limiters = new Limiters();
    const one = limiters.for({ baseUrl: 'https://api.in.exotel.com', accountSid: 'a' });
    assert.equal(limiters.for({ baseUrl: 'https://API.in.exotel.com/', accountSid: 'a' }), one);
    assert.notEqual(limiters.for({ baseUrl: 'https://api.exotel.com', accountSid: 'a' }), one);
    assert.notEqual(limiters.for({ baseUrl: 'https://api.in.exotel.com', accountSid: 'b' }), one);
    limiters.dispose();
    assert.notEqual(limiters.for({ baseUrl: 'https://api.in.exotel.com', accountSid: 'a' }), one);
  });

  it('share no signal warning however many calls one cancellation stands for', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const limiter = new RateLimiter();
    const { signal } = new AbortController();
    await Promise.all(
      Array.from({ length: 50 }, () => limiter.run(() => new Promise(setImmediate), { signal })),
    );
    process.off('warning', note);
    assert.deepEqual(
      warnings.filter(({ name }) => name === 'MaxListenersExceededWarning'),
      [],
    );
  });
});
