import assert from 'node:assert/strict';
import { OUTBOUND, sandboxPerTest } from './support';

describe('sandbox: paging', () => {
  const api = sandboxPerTest({ pageSizeLimit: 3, empty: true });
  const path = '/v2/accounts/sandbox1/trunks';

  beforeEach(async () => {
    for (let n = 1; n <= 7; n++) await api().newTrunk(`trunk_${n}`);
  });

  it('leads from the first page to the last by next_page_uri', async () => {
    const names: unknown[] = [];
    let next: unknown = `${path}?page_size=2`;
    let pages = 0;
    while (typeof next === 'string') {
      const reply = await api().raw(next);
      names.push(...reply.rows.map((row) => row['trunk_name']));
      next = reply.envelope.metadata?.['next_page_uri'];
      pages += 1;
    }
    assert.equal(pages, 4);
    assert.deepEqual(
      names,
      [1, 2, 3, 4, 5, 6, 7].map((n) => `trunk_${n}`),
    );
  });

  it('says where first, previous and next are, relative to the host', async () => {
    const { envelope } = await api().get('/trunks?page_size=2&offset=3');
    assert.deepEqual(envelope.metadata, {
      page_size: 2,
      first_page_uri: `${path}?offset=0&page_size=2`,
      prev_page_uri: `${path}?offset=1&page_size=2`,
      next_page_uri: `${path}?offset=5&page_size=2`,
    });
  });

  it('gives no more at once than the server allows, and says so', async () => {
    const reply = await api().get('/trunks?page_size=500');
    assert.equal(reply.rows.length, 3);
    assert.equal(reply.envelope.metadata?.['page_size'], 3);
    assert.equal((await api().get('/trunks')).rows.length, 3, 'nor without being asked');
  });

  it('keeps the filter in its links', async () => {
    const trunkSid = api().sandbox.state().trunks[0]?.trunkSid ?? '';
    for (let n = 0; n < 4; n++) {
      await api().post(`/trunks/${trunkSid}/phone-numbers`, { phone_number: `+91804012345${n}` });
    }
    const { envelope } = await api().get(`/trunk-maps?trunk_sid=${trunkSid}`);
    const next = String(envelope.metadata?.['next_page_uri']);
    assert.equal(
      next,
      `/v2/accounts/sandbox1/trunk-maps?offset=3&page_size=3&trunk_sid=${trunkSid}`,
    );
    assert.deepEqual(
      (await api().raw(next)).rows.map((row) => row['exophone']),
      ['+918040123453'],
    );
  });

  it('is empty beyond the end', async () => {
    const reply = await api().get('/trunks?offset=70');
    assert.deepEqual(reply.rows, []);
    assert.equal(reply.envelope.metadata?.['next_page_uri'], null);
  });

  it('refuses what is not a page', async () => {
    for (const query of ['page_size=0', 'page_size=-1', 'page_size=ten', 'page_size=1.5']) {
      const refusal = (await api().get(`/trunks?${query}`)).refusal;
      assert.deepEqual(refusal, [400, 400, 1002, 'Invalid page_size']);
    }
    const refusal = (await api().get('/trunks?offset=-1')).refusal;
    assert.deepEqual(refusal, [400, 400, 1002, 'Invalid offset']);
  });
});

describe('sandbox: the page size', () => {
  const api = sandboxPerTest();

  it('is 50 unless asked otherwise', async () => {
    for (const name of ['phone-numbers', 'whitelisted-ips', 'destination-uris', 'settings']) {
      const { envelope } = await api().get(`/trunks/${OUTBOUND}/${name}`);
      assert.deepEqual(envelope.metadata, {
        page_size: 50,
        first_page_uri: `/v2/accounts/sandbox1/trunks/${OUTBOUND}/${name}?offset=0&page_size=50`,
        prev_page_uri: null,
        next_page_uri: null,
      });
    }
  });
});
