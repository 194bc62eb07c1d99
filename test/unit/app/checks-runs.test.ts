// All reports of a window, on a real model over a sandbox: what is shown, the badges, and who asks the
// network when.
import assert from 'node:assert/strict';
import type { KnownEdge } from '../../../src/exotel/edges';
import { Emitter } from '../../../src/trunks/event';
import type { Account } from '../../../src/app/accounts/account';
import type { AccountChange } from '../../../src/app/accounts/models';
import type { RegistryChange } from '../../../src/app/accounts/registry';
import { TrunkChoices } from '../../../src/app/choices';
import { CheckMemory } from '../../../src/app/checks/check-memory';
import { CheckRuns } from '../../../src/app/checks/runs';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { until } from '../../support/wait';
import { fakeNetwork, type FakeNetwork, memento } from './checks-support';

const EDGE: KnownEdge = {
  id: 'account-domain',
  name: 'Edge',
  host: 'edge.example.com',
  tcpPort: 5060,
  tlsPort: 5061,
  auth: ['credential', 'ip', 'both'],
  source: 'a test',
  checked: '2026-11-23',
};
const OTHER: KnownEdge = { ...EDGE, id: 'other', host: 'other.example.com' };

describe('The runs of checks', () => {
  let account: TestAccount;
  let known: Account;
  let network: FakeNetwork;
  let memory: CheckMemory;
  let runs: CheckRuns;
  let edges: readonly KnownEdge[];
  let accounts: Emitter<RegistryChange>;
  let edgeChanges: Emitter<void>;
  let rows: string[];
  let badges: string[];

  beforeEach(async () => {
    account = await startAccount();
    await account.model.ensureTrunks();
    known = {
      ...{ id: 'a', label: 'Production', region: 'custom' as const, baseUrl: account.sandbox.url },
      ...{ accountSid: account.sandbox.accountSid, readOnly: false, sandbox: false },
    };
    network = fakeNetwork();
    memory = new CheckMemory(memento());
    edges = [EDGE, OTHER];
    const changes = new Emitter<AccountChange>();
    account.model.onDidChange((change) => changes.fire({ accountId: 'a', change }));
    accounts = new Emitter();
    edgeChanges = new Emitter();
    runs = new CheckRuns({
      models: {
        peek: () => account.model,
        open: () => Promise.resolve(account.model),
        onDidChange: changes.event,
      },
      accounts: { get: (id) => (id === 'a' ? known : null), onDidChange: accounts.event },
      memory,
      choices: new TrunkChoices(memento()),
      edges: () => edges,
      onDidChangeEdges: (listener) => edgeChanges.event(listener),
      probes: () => network,
      from: 'this computer',
    });
    rows = [];
    badges = [];
    runs.onDidChange((change) => {
      if (change.kind === 'row') rows.push(change.key);
    });
    runs.onDidChangeBadge(({ trunkSid }) =>
      badges.push(`${trunkSid} ${runs.failing('a', trunkSid)}`),
    );
  });

  afterEach(async () => {
    runs.dispose();
    await account.close();
  });

  const OUTBOUND = { accountId: 'a', trunkSid: SEEDED.outbound };
  const INBOUND = { accountId: 'a', trunkSid: SEEDED.inbound };
  const resultOf = (ref: typeof OUTBOUND, id: string) =>
    runs.report(ref)?.rows.find((row) => row.id === id)?.result ?? null;

  it('show the trunk that was asked for, and run all of it', async () => {
    await runs.start(OUTBOUND, ['outbound']);
    assert.deepEqual(runs.shown, [OUTBOUND]);
    assert.equal(resultOf(OUTBOUND, 'number.mapped')?.level, 'ok');
    assert.equal(resultOf(OUTBOUND, 'edge.sip:edge.example.com:5061')?.level, 'ok');
    assert.equal(runs.running, false);
    await runs.start(INBOUND, ['inbound']);
    assert.deepEqual(runs.shown, [INBOUND]);
  });

  it('read everything from Exotel, each list once', async () => {
    account.sandbox.clearRequests();
    await runs.start(OUTBOUND, ['outbound']);
    const paths = account.sandbox.requests.map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length, paths.join('\n'));
    assert.equal(paths.length, 6);
  });

  it('follow the model: what is set up is judged again, the network is not asked', async () => {
    await runs.start(OUTBOUND, ['outbound']);
    network.asked.length = 0;
    rows.length = 0;
    const ids = (account.model.trunk(SEEDED.outbound)?.sections.numbers.value ?? []).map(
      ({ id }) => id,
    );
    await account.model.changeModes(SEEDED.outbound, ids, 'flow');
    await until('the verdict', () =>
      Promise.resolve(resultOf(OUTBOUND, 'number.mapped')?.level === 'problem'),
    );
    assert.deepEqual([...new Set(rows)], ['outbound/number.mapped']);
    assert.deepEqual(network.asked, []);
    assert.deepEqual(badges, [`${SEEDED.outbound} 1`]);
    await account.model.changeModes(SEEDED.outbound, ids, 'pstn');
    await until('no badge', () => Promise.resolve(runs.failing('a', SEEDED.outbound) === 0));
    assert.equal(badges.at(-1), `${SEEDED.outbound} 0`);
  });

  it('on all trunks: each for its use case, each place asked once, badges on those that fail', async () => {
    network.down = true;
    const progress: string[] = [];
    await runs.startAll('a', Object.values(SEEDED), new AbortController().signal, (done, total) =>
      progress.push(`${done}/${total}`),
    );
    assert.deepEqual(
      runs.shown.map(({ trunkSid }) => trunkSid),
      Object.values(SEEDED),
    );
    assert.deepEqual(progress, ['1/3', '2/3', '3/3']);
    assert.equal(new Set(network.asked).size, network.asked.length);
    assert.ok(network.asked.includes('tcp edge.example.com:5061'));
    for (const trunkSid of Object.values(SEEDED)) assert.ok(runs.failing('a', trunkSid) > 0);
    assert.deepEqual(runs.useCases(INBOUND), ['outbound', 'inbound']);
    assert.equal(runs.markdown()?.match(/^# Checks of trunk/gm)?.length, 4);
    assert.equal(runs.markdown([OUTBOUND])?.match(/^# Checks of trunk/gm)?.length, 1);
  });

  for (const how of ['cancelled', 'stopped'] as const) {
    it(`on all trunks: ${how}, none is begun that was not`, async () => {
      network.hanging = true;
      const controller = new AbortController();
      const running = runs.startAll('a', Object.values(SEEDED), controller.signal, () => undefined);
      await until('something is asked', () => Promise.resolve(network.asked.length > 0));
      if (how === 'cancelled') controller.abort();
      else runs.stop();
      await running;
      assert.equal(runs.running, false);
      assert.ok(runs.shown.length < 3);
    });
  }

  it('send calls where the person chose, and ask there at once', async () => {
    await runs.start(OUTBOUND, ['outbound']);
    network.asked.length = 0;
    await runs.chooseEdge(OUTBOUND, { edgeId: 'other', transport: 'tcp' });
    assert.deepEqual(network.asked.sort(), [
      ...['dns other.example.com', 'sip other.example.com:5060 tcp', 'tcp other.example.com:5060'],
    ]);
    assert.deepEqual(runs.edge(OUTBOUND), { edgeId: 'other', transport: 'tcp' });
    assert.equal(resultOf(OUTBOUND, 'edge.sip:other.example.com:5060')?.level, 'ok');
  });

  it('follow the settings of edges without asking the new ones', async () => {
    await runs.start(OUTBOUND, ['outbound']);
    network.asked.length = 0;
    edges = [{ ...EDGE, host: 'new.example.com' }];
    edgeChanges.fire();
    const row = () =>
      runs.report(OUTBOUND)?.rows.find(({ id }) => id === 'edge.tcp:new.example.com:5061');
    await until('the new rows', () => Promise.resolve(row() !== undefined));
    assert.equal(row()?.result, null);
    assert.deepEqual(network.asked, []);
  });

  it('remember ticks for the next time', async () => {
    await runs.start(OUTBOUND, ['outbound']);
    rows.length = 0;
    await runs.tick(OUTBOUND, 'manual.media', true);
    assert.deepEqual(rows, ['outbound/manual.media']);
    assert.equal(resultOf(OUTBOUND, 'manual.media')?.level, 'ok');
    assert.ok(memory.ticked('a', SEEDED.outbound).has('manual.media'));
    await runs.tick(OUTBOUND, 'manual.media', false);
    assert.equal(resultOf(OUTBOUND, 'manual.media')?.level, 'manual');
  });

  it('go with the trunk, and with the account', async () => {
    await runs.start(INBOUND, ['inbound']);
    await account.model.deleteTrunk(SEEDED.inbound);
    await until('nothing is shown', () => Promise.resolve(runs.shown.length === 0));
    assert.equal(runs.report(INBOUND), null);
    assert.equal(runs.failing('a', SEEDED.inbound), 0);
    await runs.start(OUTBOUND, ['outbound']);
    await runs.tick(OUTBOUND, 'manual.media', true);
    accounts.fire({ kind: 'removed', account: known });
    assert.deepEqual(runs.shown, []);
    assert.equal(memory.ticked('a', SEEDED.outbound).size, 0);
  });

  it('put no secret into the report', async () => {
    await runs.start({ accountId: 'a', trunkSid: SEEDED.streamkit }, ['streamkit']);
    const text = runs.markdown() ?? '';
    const { apiKey, apiToken } = account.sandbox;
    const pair = account.model.trunk(SEEDED.streamkit)?.sections.credentials.value?.[0];
    const password = pair?.kind === 'issued' ? pair.password.reveal() : '';
    assert.ok(password !== '');
    for (const secret of [apiKey, apiToken, password]) assert.ok(!text.includes(secret));
  });
});
