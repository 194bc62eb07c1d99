// What the filter asks Exotel for: nothing for a name, one call for a whole number, trunk by trunk only for
// a piece of one.
import assert from 'node:assert/strict';
import { until } from '../../../support/wait';
import { manyStates, numberOf, sidOf } from '../../../support/many-trunks';
import { ACCOUNT_ID, treeStage, type TreeStage } from './stage';

const TRUNKS = 250;

const becomes = (what: string, probe: () => boolean | undefined) =>
  until(what, () => Promise.resolve(probe()));

describe('The filter of the tree', () => {
  let on: TreeStage;

  beforeEach(async () => {
    on = await treeStage({ trunks: manyStates(TRUNKS) });
  });

  afterEach(async () => {
    await on.close();
    assert.deepEqual(on.logged, []);
  });

  const lines = (): string[] =>
    on.account.sandbox.requests.map(({ path }) => path.replace(/.*\/accounts\/\w+/, ''));
  const firstFound = () => on.search.firstNumber?.trunkSid;
  const searched = () => becomes('all is searched', () => on.search.matches?.unsearched === 0);

  it('finds a name without a call', async () => {
    on.search.set('trunk_17');
    await searched();
    assert.deepEqual(on.search.matches, { trunks: 11, numbers: 0, searched: 250, unsearched: 0 });
    assert.deepEqual(lines(), []);
  });

  for (const written of [
    numberOf(249),
    '80 4000-0249',
    '(+91) 80.40000249',
    '0091 8040000249',
    '080 40000249',
  ]) {
    it(`finds the whole number ${written} with one call, and reads the one trunk that has it`, async () => {
      on.search.set(written);
      assert.equal(on.search.isInVain, false, 'it is not known yet');
      await searched();
      assert.deepEqual(lines(), [
        `/trunk-maps?exophone=${encodeURIComponent(numberOf(249))}`,
        `/trunks/${sidOf(249)}/phone-numbers?page_size=100`,
      ]);
      assert.equal(on.search.firstNumber?.trunkSid, sidOf(249));
      assert.deepEqual(
        on.search.trunks(ACCOUNT_ID)?.map(({ trunk }) => trunk.sid),
        [sidOf(249)],
      );
    });
  }

  it('says at once that nobody has a whole number', async () => {
    on.search.set('+914466667777');
    await becomes('it is in vain', () => on.search.isInVain);
    assert.deepEqual(lines(), ['/trunk-maps?exophone=%2B914466667777']);
  });

  it('does not say that nobody has it when Exotel could not be asked', async () => {
    on.account.sandbox.fail({
      match: { path: /trunk-maps/ },
      times: 1,
      then: { kind: 'answer', status: 403, body: {} },
    });
    on.search.set(numberOf(7));
    await searched();
    assert.equal(on.search.problem?.kind, 'forbidden');
    assert.equal(on.search.isInVain, false);
    on.search.set(numberOf(8));
    await becomes('the next one is found', () => on.search.firstNumber !== null);
    assert.equal(on.search.problem, null);
  });

  it('finds a trunk that was made since the list was read', async () => {
    const path = `${on.account.sandbox.url}/v2/accounts/sandbox1/trunks`;
    const { apiKey, apiToken } = on.account.sandbox;
    const Authorization = `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`;
    const post = async (at: string, body: unknown): Promise<unknown> => {
      const headers = { Authorization, 'Content-Type': 'application/json' };
      const answer = await fetch(at, { method: 'POST', headers, body: JSON.stringify(body) });
      return answer.json();
    };
    await post(path, {
      trunk_name: 'late',
      nso_code: 'ANY-ANY',
      domain_name: 'sandbox1.pstn.exotel.com',
    });
    const late = on.account.sandbox.state().trunks.at(-1)?.trunkSid ?? '';
    await post(`${path}/${late}/phone-numbers`, { phone_number: '+914466667777' });
    on.search.set('+914466667777');
    await becomes('it is found', () => on.search.firstNumber?.trunkSid === late);
  });

  it('reads the numbers of every trunk once for a piece of a number, a few at a time', async () => {
    on.search.set('0000249');
    await searched();
    assert.equal(lines().length, TRUNKS);
    assert.equal(firstFound(), sidOf(249));
    on.search.set('0000248');
    assert.equal(firstFound(), sidOf(248));
    assert.equal(lines().length, TRUNKS);
  });

  it('stops reading for a text that is no longer there', async () => {
    on.search.set('0000249');
    await becomes('some were read', () => lines().length > 10);
    on.search.set(null);
    const read = lines().length;
    await becomes('what was under way is over', () =>
      (on.account.model.trunks.value ?? []).every(
        ({ sections }) => sections.numbers.state !== 'loading',
      ),
    );
    assert.ok(lines().length <= read + 8, `${lines().length - read} more calls`);
    assert.ok(lines().length < TRUNKS);
  });
});
