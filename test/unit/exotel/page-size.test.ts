// Lists ask for a hundred rows a page. What servers of the field make of that: they take it, cut it, do
// not look at it, or refuse it; none of that may cost a row or show in an error.
import assert from 'node:assert/strict';
import { startAccount, type TestAccount } from '../../support/account';
import { trunkWith } from '../../support/stories';
import { bench, closeAll, failure, kindOf, okList, problemOf, says, TRUNK } from './support';

const row = (id: number) => ({ id: String(id), ip: `44.1.1.${id}`, mask: 32 });
const invalid = says(400, failure(400, 1002, 'Invalid parameter', 'Invalid page_size'));
const few = says(200, okList([row(1)]));

describe('The page size of a list', () => {
  afterEach(closeAll);

  const queries = (urls: readonly { readonly url: string }[]) =>
    urls.map(({ url }) => url.split('?')[1] ?? '');

  for (const [how, refusal] of [
    ['400 and its name', invalid],
    ['422 and its name', says(422, failure(422, 1020, 'Unprocessable', 'page_size over 50'))],
    ['400 and no word of it', says(400, failure(400, 1000, 'Invalid request', 'Bad request'))],
    ['400 in a shape of its own', says(400, { error: { page_size: ['too large'] } })],
  ] as const) {
    it(`that is refused with ${how} is left out, then and from then on`, async () => {
      const { server, client } = await bench();
      server.will(refusal, few, few, few);
      assert.equal((await client.listIps(TRUNK)).length, 1);
      await client.listIps(TRUNK);
      await client.listNumbers(TRUNK).catch(() => []);
      assert.deepEqual(queries(server.received), ['page_size=100', '', '', '']);
    });
  }

  it('is asked again of another account', async () => {
    const first = await bench();
    first.server.will(invalid, few);
    await first.client.listIps(TRUNK);
    const second = await bench();
    second.server.will(few);
    await second.client.listIps(TRUNK);
    assert.deepEqual(queries(second.server.received), ['page_size=100']);
  });

  it('is not what was refused when the list without it is refused too: that is what is said', async () => {
    const { server, client } = await bench();
    const other = says(400, failure(400, 1002, 'Invalid parameter', 'Invalid trunk'));
    server.will(invalid, other, few);
    const problem = await problemOf(client.listIps(TRUNK));
    assert.equal(problem.description, 'Invalid trunk');
    await client.listIps(TRUNK);
    assert.deepEqual(queries(server.received), ['page_size=100', '', 'page_size=100']);
  });

  for (const status of [502, 429]) {
    it(`stays after ${status}, which says nothing about it`, async () => {
      const { server, client } = await bench();
      server.will(says(status, ''), few, few);
      await client.listIps(TRUNK);
      await client.listIps(TRUNK);
      assert.deepEqual(queries(server.received), Array<string>(3).fill('page_size=100'));
    });
  }

  for (const status of [401, 403, 404]) {
    it(`has nothing to do with ${status}`, async () => {
      const { server, client } = await bench();
      server.will(says(status, ''));
      assert.notEqual(await kindOf(client.listIps(TRUNK)), 'invalid');
      assert.equal(server.received.length, 1);
    });
  }
});

describe('A list of 54 rows', () => {
  const trunk = trunkWith(
    1,
    'north',
    Array.from({ length: 54 }, (_, index) => `+9180300000${String(index).padStart(2, '0')}`),
  );
  let account: TestAccount | null = null;

  afterEach(async () => {
    await account?.close();
    account = null;
  });

  for (const { server, options, calls } of [
    { server: 'takes the page size', options: {}, calls: 1 },
    { server: 'cuts it to 20', options: { pageSizeLimit: 20 }, calls: 3 },
    { server: 'does not look at it', options: { pageSize: 'ignored' }, calls: 2 },
    { server: 'refuses it', options: { pageSize: 'refused' }, calls: 3 },
  ] as const) {
    it(`is read whole from a server that ${server}, with ${calls} calls`, async () => {
      account = await startAccount({ ...options, trunks: [trunk] });
      const numbers = await account.api.listNumbers(trunk.trunkSid);
      assert.equal(new Set(numbers.map(({ number }) => number)).size, 54);
      assert.equal(account.sandbox.requests.length, calls);
    });
  }
});
