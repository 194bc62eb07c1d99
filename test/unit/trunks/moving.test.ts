// Moving a number when calls fail half-way: the model says where the number is, and that is where
// Exotel has it.
import assert from 'node:assert/strict';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';

const NUMBER = '+918040123456';
const { outbound: SOURCE, inbound: TARGET } = SEEDED;

describe('A number that is moved', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
    await account.model.ensureTrunks();
    await account.model.ensureSections(SOURCE, ['numbers']);
    await account.model.ensureSections(TARGET, ['numbers']);
  });

  afterEach(() => account.close());

  const shown = (sid: string) =>
    (account.model.trunk(sid)?.sections.numbers.value ?? []).map((row) => row.number).sort();
  const atExotel = (sid: string) =>
    (account.sandbox.state().trunks.find((trunk) => trunk.trunkSid === sid)?.phoneNumbers ?? [])
      .map((row) => row.phoneNumber)
      .sort();
  const fails = (method: string, sid: string, times: number, status: number) => {
    account.sandbox.fail({
      match: { method, path: new RegExp(`${sid}/phone-numbers`) },
      times,
      then: { kind: 'answer', status },
    });
  };
  const losesAnswer = (method: string, sid: string) => {
    account.sandbox.fail({
      match: { method, path: new RegExp(sid) },
      times: 1,
      then: { kind: 'reset', after: true },
    });
  };
  const move = (signal?: AbortSignal) => {
    const rows = account.model.trunk(SOURCE)?.sections.numbers.value ?? [];
    const id = rows.find((row) => row.number === NUMBER)?.id ?? '';
    return account.model.moveNumber(SOURCE, id, TARGET, signal);
  };
  const assertShowsWhatIs = () => {
    for (const sid of [SOURCE, TARGET]) assert.deepEqual(shown(sid), atExotel(sid));
  };

  it('is moved when only the answer to the mapping got lost', async () => {
    losesAnswer('POST', TARGET);
    const outcome = await move();
    assert.ok('moved' in outcome && outcome.moved.trunkSid === TARGET);
    assert.ok(atExotel(TARGET).includes(NUMBER));
    assertShowsWhatIs();
  });

  it('is moved onto a trunk whose numbers were never loaded, the answer lost or not', async () => {
    const { id } = account.model.trunk(SOURCE)?.sections.numbers.value?.[0] ?? { id: '' };
    losesAnswer('POST', SEEDED.streamkit);
    const outcome = await account.model.moveNumber(SOURCE, id, SEEDED.streamkit);
    assert.ok('moved' in outcome && outcome.moved.number === NUMBER);
    assert.equal(account.model.trunk(SEEDED.streamkit)?.sections.numbers.state, 'idle');
    assertShowsWhatIs();
  });

  it('is put back when the unmapping failed after it was carried out', async () => {
    losesAnswer('DELETE', SOURCE);
    fails('DELETE', SOURCE, 3, 503);
    const outcome = await move();
    assert.ok('problem' in outcome && outcome.now === 'source');
    assert.ok(atExotel(SOURCE).includes(NUMBER));
    assertShowsWhatIs();
  });

  it('stays when the unmapping failed before it was carried out', async () => {
    fails('DELETE', SOURCE, 3, 503);
    const outcome = await move();
    assert.ok('problem' in outcome && outcome.now === 'source');
    assertShowsWhatIs();
  });

  it('is on its old trunk when only the answer to putting it back got lost', async () => {
    fails('POST', TARGET, 1, 400);
    losesAnswer('POST', SOURCE);
    const outcome = await move();
    assert.ok('problem' in outcome && outcome.now === 'source');
    assert.equal(outcome.problem.httpStatus, 400, 'the problem is that of the move');
    assertShowsWhatIs();
  });

  it('is on no trunk when it cannot be put back', async () => {
    fails('POST', TARGET, 1, 503);
    fails('POST', SOURCE, 1, 503);
    const outcome = await move();
    assert.ok('problem' in outcome && outcome.now === 'none');
    assert.ok(!atExotel(SOURCE).includes(NUMBER));
    assertShowsWhatIs();
  });

  it('is where nobody knows when Exotel does not say either', async () => {
    fails('POST', TARGET, 1, 503);
    account.sandbox.fail({
      match: { path: /trunk-maps/ },
      times: 3,
      then: { kind: 'answer', status: 503 },
    });
    const outcome = await move();
    assert.ok('problem' in outcome && outcome.now === 'unknown');
    assertShowsWhatIs();
  });

  it('that went away in another window is left where it is', async () => {
    const [row] = account.model.trunk(SOURCE)?.sections.numbers.value ?? [];
    await account.api.unmapNumber(SOURCE, row?.id ?? '');
    const outcome = await move();
    assert.ok('problem' in outcome && outcome.now === 'none');
    assert.equal(account.sandbox.requests.filter((it) => it.method === 'POST').length, 0);
    assertShowsWhatIs();

    const again = await account.model.moveNumber(SOURCE, 'nowhere', TARGET);
    assert.ok('problem' in again && again.problem.kind === 'notFound');
  });

  it('is not touched when it was cancelled before, and goes all the way when cancelled later', async () => {
    const before = await move(AbortSignal.abort());
    assert.ok('problem' in before && before.now === 'source');
    assert.equal(before.problem.kind, 'aborted');
    assert.equal(account.sandbox.mutations(), 0);

    account.sandbox.fail({
      match: { method: 'DELETE' },
      times: 1,
      then: { kind: 'delay', delayMs: 60, after: true },
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    assert.ok('moved' in (await move(controller.signal)));
    assertShowsWhatIs();
  });
});
