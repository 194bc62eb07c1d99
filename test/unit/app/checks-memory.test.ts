// What is remembered of the checks, and what they are told of a trunk.
import assert from 'node:assert/strict';
import { edges } from '../../../src/exotel/edges';
import { checkFactsOf } from '../../../src/app/checks/check-facts';
import { factsOf } from '../../../src/app/facts';
import { likelyUseCases } from '../../../src/setup/use-cases';
import { fromText } from '../../../src/app/checks/from';
import { CheckMemory } from '../../../src/app/checks/check-memory';
import { checkNodeId, isCheckNode } from '../../../src/app/checks/check-refs';
import { sharedProbes } from '../../../src/app/checks/shared-probes';
import { SEEDED, startAccount, type TestAccount } from '../../support/account';
import { fakeNetwork, memento, NOW } from './checks-support';

describe('The memory of the checks', () => {
  it('keeps ticks for each trunk', () => {
    const state = memento();
    const memory = new CheckMemory(state);
    memory.tick('a', 't1', 'manual.media', true);
    memory.tick('a', 't1', 'manual.pbx', true);
    memory.tick('a', 't1', 'manual.pbx', false);
    const again = new CheckMemory(state);
    assert.deepEqual([...again.ticked('a', 't1')], ['manual.media']);
    assert.deepEqual([...again.ticked('a', 't2')], []);
  });

  it('forgets with the account, and the oldest of very many', () => {
    const memory = new CheckMemory(memento());
    for (let index = 0; index < 250; index += 1) memory.tick('a', `t${index}`, 'manual.pbx', true);
    assert.equal(memory.ticked('a', 't0').size, 0);
    assert.equal(memory.ticked('a', 't249').size, 1);
    memory.tick('b', 't1', 'manual.pbx', true);
    memory.forgetAccount('a');
    assert.equal(memory.ticked('a', 't249').size, 0);
    assert.equal(memory.ticked('b', 't1').size, 1);
  });

  it('is empty when what was kept is broken, and drops single entries that are', () => {
    for (const broken of [null, 'x', {}, [1], [{ trunk: 'a/t' }], [{ trunk: 1, ticked: [] }]]) {
      const memory = new CheckMemory(memento({ 'checks.trunks': broken }));
      assert.equal(memory.ticked('a', 't').size, 0);
    }
    const good = { trunk: 'a/t', ticked: ['manual.pbx'] };
    const memory = new CheckMemory(memento({ 'checks.trunks': [7, good] }));
    assert.equal(memory.ticked('a', 't').size, 1);
  });
});

describe('The facts of the checks', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
    await account.model.ensureTrunks();
    for (const sid of Object.values(SEEDED)) await account.model.ensureSections(sid);
  });

  after(() => account.close());

  const snapshotOf = (sid: string) => account.model.trunk(sid) ?? assert.fail('is there');
  const factsFor = (sid: string, chosen: Parameters<typeof checkFactsOf>[0]['chosen'] = null) =>
    checkFactsOf({
      accountSid: 'acme',
      snapshot: snapshotOf(sid),
      password: (credential) => account.model.password(sid, credential),
      edges,
      chosen,
      ticked: new Set(),
      now: NOW,
    });

  it('say which passwords are known, and never the password', async () => {
    assert.deepEqual((await factsFor(SEEDED.outbound)).credentials.value, [
      { userName: 'outbound_pbx', kind: 'own', passwordKnown: false },
    ]);
    const facts = await factsFor(SEEDED.streamkit);
    assert.deepEqual(facts.credentials.value, [
      { userName: SEEDED.streamkit, kind: 'issued', passwordKnown: true },
    ]);
    const snapshot = snapshotOf(SEEDED.streamkit);
    const pair = snapshot.sections.credentials.value?.find(({ kind }) => kind === 'issued');
    const secret = pair?.kind === 'issued' ? pair.password.reveal() : '';
    assert.ok(secret !== '' && !JSON.stringify(facts).includes(secret));
  });

  it('name the edge with its source, the usual one until another is chosen', async () => {
    const usual = await factsFor(SEEDED.outbound);
    assert.equal(usual.edge.host, 'acme.pstn.exotel.com');
    assert.equal(usual.transport, 'tls');
    assert.notEqual(usual.edge.source, '');
    const chosen = await factsFor(SEEDED.outbound, { edgeId: 'singapore', transport: 'tcp' });
    assert.equal(chosen.edge.host, 'pstn.sgp1.exotel.com');
    assert.equal(chosen.transport, 'tcp');
    assert.match(chosen.edge.checked, /^\d{4}-\d{2}-\d{2}$/);
    const gone = await factsFor(SEEDED.outbound, { edgeId: 'no-more', transport: 'tls' });
    assert.equal(gone.edge.host, 'acme.pstn.exotel.com');
  });

  it('do not rest on a section that could not be read, although the tree still shows it', async () => {
    const snapshot = snapshotOf(SEEDED.outbound);
    const { numbers } = snapshot.sections;
    const facts = await checkFactsOf({
      accountSid: 'acme',
      snapshot: {
        ...snapshot,
        sections: {
          ...snapshot.sections,
          numbers: {
            state: 'failed',
            value: numbers.value,
            problem: {
              ...{ kind: 'server', operation: 'list', requestId: null, httpStatus: 500 },
              ...{ code: null, description: null, what: 'No.', doNext: 'Again.' },
            },
          },
        },
      },
      password: () => Promise.resolve(null),
      edges,
      chosen: null,
      ticked: new Set(),
      now: NOW,
    });
    assert.equal(facts.numbers.state, 'stale');
    assert.equal(facts.whitelistedIps.state, 'known');
  });

  it('suggest the use case by what is set up', () => {
    assert.deepEqual(likelyUseCases(factsOf('acme', snapshotOf(SEEDED.outbound))), ['outbound']);
    assert.deepEqual(likelyUseCases(factsOf('acme', snapshotOf(SEEDED.streamkit))), ['streamkit']);
    assert.deepEqual(likelyUseCases(factsOf('acme', snapshotOf(SEEDED.inbound))), [
      'outbound',
      'inbound',
    ]);
  });
});

describe('Around the checks', () => {
  it('the place they are run from is named', () => {
    const hostName = 'web-1';
    const from = (remoteName: string | undefined, besideWindow = false) =>
      fromText({ remoteName, besideWindow, hostName });
    assert.equal(from(undefined), 'this computer');
    assert.equal(from('ssh-remote', true), 'this computer');
    assert.equal(from('ssh-remote'), 'the SSH host web-1');
    assert.equal(from('dev-container'), 'the container web-1');
    assert.equal(from('wsl'), 'WSL on web-1');
    assert.equal(from('something-new'), 'the remote computer web-1');
  });

  it('many trunks ask the same place once', async () => {
    const network = fakeNetwork();
    const shared = sharedProbes(network);
    const { signal } = new AbortController();
    await Promise.all([
      shared.connect('a', 1, signal),
      shared.connect('a', 1, signal),
      shared.connect('a', 2, signal),
      shared.options('a', 1, 'tcp', signal),
      shared.options('a', 1, 'tls', signal),
      shared.options('a', 1, 'tls', signal),
      shared.resolve('a', signal),
      shared.resolve('a', signal),
      shared.handshake('a', 1, 'a', signal),
    ]);
    assert.deepEqual(network.asked.sort(), [
      ...['dns a', 'sip a:1 tcp', 'sip a:1 tls', 'tcp a:1', 'tcp a:2', 'tls a:1'],
    ]);
  });

  it('arguments of anybody are told from rows', () => {
    const trunk = { accountId: 'a', trunkSid: 't' };
    const rows = [
      { kind: 'checks', ...trunk },
      { kind: 'checkGroup', ...trunk, group: 'network' },
      { kind: 'check', ...trunk, group: 'exotel', key: 'outbound/x' },
    ] as const;
    for (const row of rows) assert.ok(isCheckNode(row));
    assert.equal(new Set(rows.map(checkNodeId)).size, rows.length);
    for (const junk of [
      null,
      1,
      'x',
      {},
      [],
      { kind: 'check' },
      { kind: 'checkGroup', ...trunk, group: 'x' },
      { kind: 'trunk', ...trunk },
    ]) {
      assert.ok(!isCheckNode(junk));
    }
  });
});
