import assert from 'node:assert/strict';
import type { Reply } from './support';
import { INBOUND, OUTBOUND, sandboxPerTest, STREAMKIT, trunkBody } from './support';

describe('sandbox: the shape of the older documents', () => {
  const api = sandboxPerTest({ shape: 'seeds', pageSizeLimit: 1 });

  /** The whole answer, with what is random or a date left out. */
  function body(reply: Reply): unknown {
    return JSON.parse(reply.text, (key, value: unknown) =>
      key === 'request_id' || key === 'trunk_sid' || key.startsWith('date_') ? '…' : value,
    );
  }

  it('wraps one thing in an object, and tells of a trunk what their sample shows', async () => {
    const reply = await api().post('/trunks', trunkBody('my_trunk', api().sandbox));
    assert.deepEqual(body(reply), {
      request_id: '…',
      method: 'POST',
      http_code: 200,
      response: {
        status: 'success',
        code: 200,
        data: {
          trunk_sid: '…',
          trunk_name: 'my_trunk',
          domain_name: 'sandbox1.pstn.exotel.com',
          nso_code: 'ANY-ANY',
          date_created: '…',
        },
      },
    });
  });

  it('gives the issued user name and password in exactly the published sample', async () => {
    const reply = await api().get(`/trunks/${STREAMKIT}/credentials`);
    const password = api().sandbox.passwordOf(STREAMKIT, STREAMKIT);
    assert.deepEqual(JSON.parse(reply.text), {
      response: { status: 'success', data: { username: STREAMKIT, password } },
    });
  });

  it('gives a list whole in one object, because nothing in it leads to a next page', async () => {
    const reply = await api().get('/trunks?page_size=1');
    const { response, ...rest } = reply.envelope as unknown as { response: { data: unknown[] } };
    assert.deepEqual(rest, {
      request_id: reply.envelope.request_id,
      method: 'GET',
      http_code: 200,
    });
    assert.deepEqual({ ...response, data: response.data.length }, { status: 'success', data: 3 });
    for (const name of ['phone-numbers', 'whitelisted-ips', 'destination-uris', 'credentials']) {
      const rows = await api().get(`/trunks/${OUTBOUND}/${name}`);
      assert.ok(Array.isArray(rows.item.data), name);
    }
  });

  it('gives what a batch made as one list, unless something of it failed', async () => {
    const destinations = [{ destination: 'a.example.com:5061;transport=tls' }];
    const path = `/trunks/${INBOUND}/destination-uris`;
    const made = await api().post(path, { destinations });
    assert.equal(made.item.code, 200);
    assert.deepEqual(
      (made.item.data as unknown as { destination: string }[]).map((row) => row.destination),
      ['sip:a.example.com:5061;transport=tls'],
    );
    const mixed = await api().post(path, {
      destinations: [...destinations, { destination: '9.9.9.9:5061' }],
    });
    assert.equal(mixed.status, 207);
    assert.deepEqual(
      mixed.items.map((item) => item.status),
      ['success', 'failure'],
    );
  });

  it('has no data for what was deleted, and deletes it', async () => {
    const reply = await api().delete(`/trunks?trunk_sid=${INBOUND}`);
    assert.deepEqual(body(reply), {
      request_id: '…',
      method: 'DELETE',
      http_code: 200,
      response: { status: 'success', code: 200, data: null },
    });
    assert.equal(api().sandbox.state().trunks.length, 2);
  });

  it('refuses in the words of today', async () => {
    const reply = await api().get('/trunks/nosuchtrunk/phone-numbers');
    assert.deepEqual(reply.refusal, [404, 404, 1000, 'Not Found']);
  });
});
