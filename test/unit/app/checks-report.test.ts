// The report of one trunk: what runs when, which rows change, and what it hands to support.
import assert from 'node:assert/strict';
import type { PlainCheckFacts } from '../checks/support';
import type { UseCase } from '../../../src/terms/use';
import type { Problem } from '../../../src/exotel/errors';
import type { Section } from '../../../src/trunks/snapshot';
import { type Gathered, TrunkReport } from '../../../src/app/checks/trunk-report';
import { fakeNetwork, type FakeNetwork, goodFacts, NOW } from './checks-support';

const PROBLEM: Problem = {
  kind: 'server',
  operation: 'list phone numbers',
  requestId: 'req-1',
  httpStatus: 500,
  code: null,
  description: null,
  what: 'Exotel has a problem.',
  doNext: 'Try again later.',
};

describe('A report of first-call checks', () => {
  let network: FakeNetwork;
  let gathered: Gathered | null;
  let reloaded: (readonly Section[] | null)[];
  let trunkProblem: Problem | null;
  let report: TrunkReport;
  let changes: string[];

  const facts = (changed: Partial<PlainCheckFacts> = {}): void => {
    gathered = { facts: goodFacts(changed), problems: new Map() };
  };

  function start(...useCases: UseCase[]): void {
    report = new TrunkReport(
      useCases,
      {
        gather: () => Promise.resolve(gathered),
        reload: (sections) => {
          reloaded.push(sections);
          return Promise.resolve(trunkProblem);
        },
      },
      () => NOW,
    );
    changes = [];
    report.onDidChange((change) => {
      if (change.kind !== 'summary')
        changes.push(change.kind === 'row' ? change.key : change.group);
    });
  }

  beforeEach(() => {
    network = fakeNetwork();
    reloaded = [];
    trunkProblem = null;
    facts();
    start('outbound');
  });

  afterEach(() => report.dispose());

  const verdict = (id: string) => report.rows.find((row) => row.id === id)?.result?.level ?? null;

  it('reads the trunk anew, then runs every row', async () => {
    await report.run(network);
    assert.deepEqual(reloaded, [null]);
    assert.equal(verdict('number.mapped'), 'ok');
    assert.equal(verdict('edge.sip:edge.example.com:443'), 'ok');
    assert.equal(verdict('manual.media'), 'manual');
    const { failed, warnings, open, judged, all, running } = report.summary;
    assert.deepEqual(
      { failed, warnings, open, running },
      { failed: 0, warnings: 0, open: 3, running: false },
    );
    assert.equal(judged, all);
  });

  it('says of each row that it runs and what came out, and nothing of groups that stay', async () => {
    await report.run(network);
    changes.length = 0;
    await report.run(network);
    assert.deepEqual([...new Set(changes)].sort(), report.rows.map(({ key }) => key).sort());
    assert.deepEqual(
      changes.filter((key) => key === 'outbound/trunk.created'),
      ['outbound/trunk.created', 'outbound/trunk.created'],
      'it began and it ended',
    );
  });

  it('has the rows two use cases share once', async () => {
    start('outbound', 'streamkit');
    await report.run(network);
    const ids = report.rows.map(({ id, title }) => `${id} ${title}`);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(report.rows.filter(({ id }) => id === 'number.mapped').length, 2);
    assert.equal(report.rows.filter(({ id }) => id === 'trunk.created').length, 1);
    assert.equal(network.asked.filter((one) => one.startsWith('sip')).length, 1);
  });

  it('judges again what is set up when that changes, without asking the network', async () => {
    facts({ whitelistedIps: [] });
    await report.run(network);
    assert.equal(verdict('ip.whitelisted'), 'problem');
    network.asked.length = 0;
    changes.length = 0;
    facts();
    await report.refresh();
    assert.equal(verdict('ip.whitelisted'), 'ok');
    // The IP, and that a credential is not needed any more.
    assert.deepEqual(changes, ['outbound/ip.whitelisted', 'outbound/credential.known']);
    assert.deepEqual(network.asked, []);
  });

  it('leaves a new place unasked until somebody mends or runs', async () => {
    start('inbound');
    await report.run(network);
    facts({
      destinations: [{ destination: 'pbx.example.com:5060;transport=tcp', priority: 0, weight: 1 }],
    });
    await report.refresh();
    assert.equal(verdict('destination.set'), 'ok');
    assert.equal(verdict('destination.tcp:pbx.example.com:5060'), null);
    assert.deepEqual(network.asked, []);
    assert.ok(changes.includes('network'), 'its rows came');
    await report.afterMend('inbound/destination.set', network);
    assert.equal(verdict('destination.tcp:pbx.example.com:5060'), 'ok');
  });

  it('runs one row again, reading what it is judged by', async () => {
    await report.run(network);
    reloaded.length = 0;
    network.asked.length = 0;
    facts({ numbers: [] });
    await report.runRows(['outbound/number.mapped'], network);
    assert.deepEqual(reloaded, [['numbers']]);
    assert.equal(verdict('number.mapped'), 'problem');
    await report.runRows(['outbound/edge.tcp:edge.example.com:443'], network);
    assert.deepEqual(network.asked, ['tcp edge.example.com:443']);
  });

  it('stops when told, and says so', async () => {
    network.hanging = true;
    const running = report.run(network);
    while (network.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(report.running, true);
    report.stop();
    await running;
    assert.equal(report.running, false);
    assert.equal(verdict('edge.sip:edge.example.com:443'), 'unknown');
    assert.ok(report.rows.every((row) => !row.running));
  });

  it('drops what an older run finds out', async () => {
    network.hanging = true;
    network.down = true;
    const older = report.run(network);
    while (network.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const other = fakeNetwork();
    await Promise.all([older, report.run(other)]);
    assert.equal(report.summary.failed, 0);
    assert.equal(verdict('edge.sip:edge.example.com:443'), 'ok');
  });

  it('says why something could not be read, with the request id', async () => {
    gathered = { facts: goodFacts({ numbers: null }), problems: new Map([['numbers', PROBLEM]]) };
    trunkProblem = PROBLEM;
    await report.run(network);
    const row = report.rows.find(({ id }) => id === 'number.mapped')?.result;
    assert.equal(row?.level, 'unknown');
    assert.deepEqual(row.evidence, ['Exotel has a problem.']);
    assert.equal(row.requestId, 'req-1');
    assert.equal(verdict('trunk.created'), 'unknown');
    assert.match(report.markdown('this computer') ?? '', /Exotel request req-1/);
  });

  it('is Markdown for support: one part for each use case, from where it was run', async () => {
    assert.equal(report.markdown('this computer'), null);
    start('outbound', 'inbound');
    await report.run(network);
    const text = report.markdown('the SSH host web-1') ?? '';
    assert.match(text, /^# Checks of trunk office for outbound calls$/m);
    assert.match(text, /^# Checks of trunk office for inbound calls$/m);
    assert.match(text, /from the SSH host web-1\. The PBX may be in another network\./);
    // A row that both use cases have is in both parts.
    assert.equal(text.match(/^\| Trunk created \| pass/gm)?.length, 2);
  });
});
