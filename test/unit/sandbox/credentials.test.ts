import assert from 'node:assert/strict';
import { OUTBOUND, STREAMKIT, sandboxPerTest } from './support';

describe('sandbox: credentials', () => {
  const api = sandboxPerTest();
  const issued = `/trunks/${STREAMKIT}/credentials`;
  const own = `/trunks/${OUTBOUND}/credentials`;

  it('of a trunk without its own are the SID and the issued password, as the old document says', async () => {
    const { envelope } = await api().get(issued);
    const password = api().sandbox.passwordOf(STREAMKIT, STREAMKIT);
    assert.match(password ?? '', /^[A-Za-z0-9_]{12,}$/);
    assert.deepEqual(
      { ...envelope, request_id: '' },
      {
        request_id: '',
        response: { status: 'success', data: { username: STREAMKIT, password } },
      },
    );
  });

  it('of its own are a list with total and page, and never a password', async () => {
    const reply = await api().get(own);
    assert.deepEqual(reply.envelope.metadata, {
      page_size: 50,
      first_page_uri: `/v2/accounts/sandbox1${own}?offset=0&page_size=50`,
      prev_page_uri: null,
      next_page_uri: null,
      total: 1,
      page: 1,
    });
    assert.deepEqual(reply.rows, [
      {
        id: '1234',
        trunk_sid: OUTBOUND,
        user_name: 'outbound_pbx',
        friendly_name: 'Head_office_PBX',
        date_created: '2026-01-23T09:30:45Z',
        date_updated: '2026-01-23T09:30:45Z',
      },
    ]);
    const password = api().sandbox.passwordOf(OUTBOUND, 'outbound_pbx');
    assert.ok(password && !reply.text.includes(password));
    assert.ok(!JSON.stringify(api().sandbox.state()).includes(password));
  });

  it('turn from the one shape to the other with the first, and back with the last', async () => {
    const created = await api().post(issued, { user_name: 'bot_1', password: 'S3cret_1' });
    assert.equal(created.data['friendly_name'], null);
    assert.ok(!created.text.includes('S3cret_1'));
    assert.deepEqual(
      (await api().get(issued)).rows.map((row) => row['user_name']),
      ['bot_1'],
    );
    const id = String(created.data['id']);
    assert.equal((await api().delete(`${issued}?id=${id}`)).data['user_name'], 'bot_1');
    assert.equal(api().sandbox.passwordOf(STREAMKIT, 'bot_1'), undefined);
    assert.ok((await api().get(issued)).text.includes('"username"'));
  });

  it('are narrowed to one by id', async () => {
    const second = await api().post(own, { user_name: 'second', password: 'a' });
    const id = String(second.data['id']);
    const { rows, envelope } = await api().get(`${own}?id=${id}`);
    assert.deepEqual(
      rows.map((row) => row['user_name']),
      ['second'],
    );
    assert.equal(envelope.metadata?.['total'], 1);
  });

  it('change in the fields that are sent, and in no other', async () => {
    const before = api().sandbox.passwordOf(OUTBOUND, 'outbound_pbx');
    const named = await api().put(`${own}/1234`, { friendly_name: 'Branch_PBX' });
    assert.equal(named.data['friendly_name'], 'Branch_PBX');
    assert.equal(api().sandbox.passwordOf(OUTBOUND, 'outbound_pbx'), before);
    const rotated = await api().put(`${own}/1234`, { password: 'rotated_1' });
    assert.equal(rotated.data['friendly_name'], 'Branch_PBX');
    assert.equal(api().sandbox.passwordOf(OUTBOUND, 'outbound_pbx'), 'rotated_1');
    const cleared = await api().put(`${own}/1234`, { friendly_name: '' });
    assert.equal(cleared.data['friendly_name'], null);
  });

  it('keep their password when a change is refused', async () => {
    await api().post(own, { user_name: 'second', password: 'a' });
    const before = api().sandbox.passwordOf(OUTBOUND, 'outbound_pbx');
    const reply = await api().put(`${own}/1234`, { user_name: 'second', password: 'b' });
    assert.equal(reply.item.code, 409);
    assert.equal(api().sandbox.passwordOf(OUTBOUND, 'outbound_pbx'), before);
  });
});

describe('sandbox: credentials without the issued ones', () => {
  const api = sandboxPerTest({ issuedCredentials: false });

  it('are an empty list on a trunk without its own', async () => {
    const { envelope } = await api().get(`/trunks/${STREAMKIT}/credentials`);
    assert.deepEqual(envelope.response, []);
    assert.equal(envelope.metadata?.['total'], 0);
  });
});
