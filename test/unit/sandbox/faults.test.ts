import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { OUTBOUND, sandboxPerTest, trunkBody } from './support';

describe('sandbox: faults on demand', () => {
  const api = sandboxPerTest();
  const trunks = () => api().sandbox.state().trunks.length;
  const create = () => api().post('/trunks', trunkBody('made', api().sandbox));

  it('meet the next so many requests, and no more', async () => {
    api().sandbox.fail({ times: 2, then: { kind: 'answer', status: 503 } });
    assert.equal(api().sandbox.faultsLeft(), 2);
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await api().get('/trunks')).status);
    assert.deepEqual(statuses, [503, 503, 200]);
    assert.equal(api().sandbox.faultsLeft(), 0);
  });

  it('meet only the requests they match', async () => {
    const { sandbox } = api();
    const status = 500;
    sandbox.fail({
      match: { method: 'post', path: /phone-numbers/g },
      times: 2,
      then: { kind: 'answer', status },
    });
    assert.equal((await api().get(`/trunks/${OUTBOUND}/phone-numbers`)).status, 200);
    assert.equal((await create()).status, 200);
    for (let n = 0; n < 2; n++) {
      assert.equal((await api().post(`/trunks/${OUTBOUND}/phone-numbers`, {})).status, status);
    }
  });

  it('match on the query, too', async () => {
    api().sandbox.fail({
      match: { path: /offset=2/ },
      times: 1,
      then: { kind: 'answer', status: 500 },
    });
    assert.equal((await api().get('/trunks?page_size=2')).status, 200);
    assert.equal((await api().get('/trunks?page_size=2&offset=2')).status, 500);
  });

  it('take turns, the oldest first', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'answer', status: 500 } });
    api().sandbox.fail({ times: 1, then: { kind: 'html' } });
    assert.equal((await api().get('/trunks')).status, 500);
    assert.equal((await api().get('/trunks')).status, 502);
  });

  it('are called off', async () => {
    api().sandbox.fail({ times: 9, then: { kind: 'reset' } });
    api().sandbox.clearFaults();
    assert.equal((await api().get('/trunks')).status, 200);
  });

  it('answer with any status, header and body', async () => {
    api().sandbox.fail({
      times: 1,
      then: { kind: 'answer', status: 418, body: { tea: true }, headers: { 'X-Pot': 'short' } },
    });
    const reply = await api().get('/trunks');
    assert.deepEqual(
      [reply.status, reply.text, reply.headers.get('x-pot'), reply.headers.get('content-type')],
      [418, '{"tea":true}', 'short', 'application/json'],
    );
    api().sandbox.fail({
      times: 1,
      then: { kind: 'answer', status: 200, body: 'no JSON', headers: { 'content-type': 'a/b' } },
    });
    const text = await api().get('/trunks');
    assert.deepEqual([text.text, text.headers.get('content-type')], ['no JSON', 'a/b']);
  });

  it('answer like a proxy', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'html', status: 504 } });
    const reply = await create();
    assert.deepEqual([reply.status, reply.headers.get('content-type')], [504, 'text/html']);
    assert.match(reply.text, /<h1>504 Gateway Timeout<\/h1>/);
    assert.equal(trunks(), 3);
  });

  it('answer 429 in either shape, with and without Retry-After', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'rateLimit', retryAfter: 7 } });
    const enveloped = await api().get('/trunks');
    assert.deepEqual(enveloped.refusal, [429, 429, 1030, 'Too many requests']);
    assert.equal(enveloped.headers.get('retry-after'), '7');

    const retryAfter = 'Sun, 22 Nov 2026 10:00:00 GMT';
    api().sandbox.fail({
      times: 1,
      then: { kind: 'rateLimit', retryAfter, shape: 'restException' },
    });
    const rest = await api().get('/trunks');
    assert.equal(rest.headers.get('retry-after'), retryAfter);
    assert.deepEqual(JSON.parse(rest.text), {
      RestException: { Status: 429, Message: 'Rate limit exceeded', Code: 'RATE_LIMIT_EXCEEDED' },
    });

    api().sandbox.fail({ times: 1, then: { kind: 'rateLimit' } });
    assert.equal((await api().get('/trunks')).headers.get('retry-after'), null);
  });

  it('reset the connection before anything is done', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'reset' } });
    await assert.rejects(create());
    assert.equal(trunks(), 3);
    assert.equal(api().sandbox.requests[0]?.status, 0, 'no answer went out');
  });

  it('reset the connection after the work is done', async () => {
    const { sandbox } = api();
    sandbox.fail({ match: { method: 'POST' }, times: 1, then: { kind: 'reset', after: true } });
    await assert.rejects(create());
    assert.equal(trunks(), 4);
    sandbox.fail({ match: { method: 'DELETE' }, times: 1, then: { kind: 'reset', after: true } });
    await assert.rejects(api().delete(`/trunks?trunk_sid=${OUTBOUND}`));
    assert.equal(trunks(), 3);
    assert.equal((await api().get('/trunks')).rows.length, 3, 'the next call is fine');
  });

  it('lose the answer to a page of a proxy after the work is done', async () => {
    api().sandbox.fail({ times: 2, then: { kind: 'html', after: true } });
    assert.equal((await create()).status, 502);
    assert.equal(trunks(), 4);
    api().sandbox.clearFaults();
    api().sandbox.fail({ times: 1, then: { kind: 'answer', status: 504, after: true } });
    assert.equal((await api().delete(`/trunks?trunk_sid=${OUTBOUND}`)).status, 504);
    assert.equal(trunks(), 3);
  });

  it('cut the answer in half', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'truncate' } });
    const { url, accountSid, apiKey, apiToken } = api().sandbox;
    const response = await fetch(`${url}/v2/accounts/${accountSid}/trunks`, {
      headers: {
        Authorization: `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`,
      },
    });
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
  });

  it('keep the caller waiting, then answer normally', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'delay', delayMs: 60 } });
    api().sandbox.fail({ times: 1, then: { kind: 'answer', status: 500, delayMs: 60 } });
    for (const status of [200, 500]) {
      const started = performance.now();
      assert.equal((await api().get('/trunks')).status, status);
      assert.ok(performance.now() - started >= 55);
    }
  });

  it('hold back a request, which is lost when the caller gives up', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'delay', delayMs: 60 } });
    await createUntil(() => api().sandbox.requests.length === 1);
    await sleep(120);
    assert.equal(trunks(), 3);
    assert.equal(api().sandbox.requests[0]?.status, 0);
  });

  it('hold back an answer, whose work is done although the caller gave up', async () => {
    api().sandbox.fail({ times: 1, then: { kind: 'delay', delayMs: 60_000, after: true } });
    await createUntil(() => trunks() === 4);
  });

  /** Sends a POST and gives up as soon as `seen`, before any answer. */
  async function createUntil(seen: () => boolean): Promise<void> {
    const caller = new AbortController();
    const rejected = assert.rejects(
      api().raw('/v2/accounts/sandbox1/trunks', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(trunkBody('made', api().sandbox)),
        signal: caller.signal,
      }),
    );
    while (!seen()) await sleep(2);
    caller.abort();
    await rejected;
  }
});
