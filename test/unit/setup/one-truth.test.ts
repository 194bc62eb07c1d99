// One truth of a trunk: the panel, the checks, the generator's advice and the trunk's row say the same, and
// no text holds a number that is not mapped.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { factsOf } from '../../../src/app/facts';
import { checkFactsOf } from '../../../src/app/checks/check-facts';
import { exotelRows } from '../../../src/checks/rows/exotel-rows';
import { edges } from '../../../src/exotel/edges';
import type { Problem } from '../../../src/exotel/errors';
import { ALIAS_SETTING, type Credential } from '../../../src/exotel/model';
import { Secret } from '../../../src/exotel/secret';
import { useCaseViews } from '../../../src/pages/panel/facts-view';
import { buildConnection, defaultOptions } from '../../../src/pbx/connection';
import { generate } from '../../../src/pbx/generate';
import { cards } from '../../../src/pbx/cards';

import { judge, overall, trunkState } from '../../../src/setup/judge';
import { likelyUseCases, USE_CASES } from '../../../src/setup/use-cases';
import type { Level } from '../../../src/terms/finding';
import type { UseCase, ConnectionUse } from '../../../src/terms/use';
import type { Loadable, TrunkSnapshot } from '../../../src/trunks/snapshot';
import { SEEDED, startAccount } from '../../support/account';
import { NO_NETWORK } from '../checks/support';
import { PRODUCTION, WORDS } from '../pages/fixtures';

const SID = 'trmum1f708622631150902801a1n';
const NUMBERS = [1, 2, 3, 4].map((last) => `+91804777000${last}`);
const NOW = new Date('2026-11-28T12:00:00Z');
const NO_NEWS = { trunkSid: SID, created: null, updated: null };
const PROBLEM: Problem = {
  ...{ kind: 'server', operation: 'list', requestId: null, httpStatus: 500 },
  ...{ code: null, description: null, what: 'No.', doNext: 'Again.' },
};

function loadable<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Loadable<T>> {
  return fc.oneof(
    { weight: 8, arbitrary: value.map((one) => ({ state: 'ready', value: one }) as const) },
    fc.constant({ state: 'failed', value: null, problem: PROBLEM } as const),
    value.map((one) => ({ state: 'failed', value: one, problem: PROBLEM }) as const),
    value.map((one) => ({ state: 'loading', value: one }) as const),
  );
}

const numbers = fc.uniqueArray(fc.constantFrom(...NUMBERS), { maxLength: 3 }).chain((chosen) =>
  fc.tuple(
    ...chosen.map((number) =>
      fc.constantFrom('pstn' as const, 'flow' as const).map((mode) => ({
        ...NO_NEWS,
        id: number,
        number,
        mode,
      })),
    ),
  ),
);
const ips = fc.uniqueArray(
  fc.record({
    ip: fc.constantFrom('44.248.146.11', '44.248.0.0', '192.168.1.5', '203.0.113.9', '100.64.0.1'),
    mask: fc.constantFrom(32, 32, 24, 16),
  }),
  { maxLength: 3, selector: ({ ip, mask }) => `${ip}/${mask}` },
);
const destinations = fc.uniqueArray(
  fc.constantFrom(
    'pbx.example.com:5061;transport=tls',
    'pbx.example.com:5060;transport=tcp',
    'pbx.example.com:5060',
    'sip:agent@sip.example.com',
    '44.248.146.11:5061;transport=tls',
    '44.248.200.1:5061;transport=tls',
    '10.0.0.5:5061;transport=tls',
    'edge.in.exotel.com:443;transport=tls',
    'nothing to call',
  ),
  { maxLength: 3 },
);
const credentials = fc.uniqueArray(
  fc.constantFrom<Credential>(
    { kind: 'own', id: '1', userName: 'desk', friendlyName: null, ...NO_NEWS },
    { kind: 'own', id: '2', userName: 'gate', friendlyName: null, ...NO_NEWS },
    { kind: 'issued', userName: SID, password: new Secret('Issued0Password'), trunkSid: SID },
  ),
  { maxLength: 3, selector: ({ userName }) => userName },
);
/** Mapped, not mapped, without its plus, not set. */
const callerId = fc.constantFrom(null, ...NUMBERS, '918047770001', '+918047779999');

const ranks = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 });

const snapshots: fc.Arbitrary<TrunkSnapshot> = fc
  .record({
    status: fc.constantFrom('active' as const, 'active' as const, 'inactive' as const, null),
    name: fc.constantFrom('office', 'Office Mumbai 2', ''),
    numbers: loadable(numbers),
    ips: loadable(
      ips.map((all) => all.map((one) => ({ ...one, ...NO_NEWS, id: one.ip, friendlyName: null }))),
    ),
    destinations: loadable(
      fc.tuple(destinations, ranks).map(([all, priorities]) =>
        all.map((destination, index) => ({
          ...{ ...NO_NEWS, id: destination, destination, type: null, weight: 1 },
          priority: priorities[index] ?? 0,
        })),
      ),
    ),
    credentials: loadable(credentials),
    settings: loadable(
      callerId.map((value) => (value === null ? [] : [{ ...NO_NEWS, name: ALIAS_SETTING, value }])),
    ),
  })
  .map(({ status, name, ...sections }): TrunkSnapshot => ({
    trunk: {
      ...{ sid: SID, name, domain: null, status, authType: null, nsoCode: null },
      ...{ secureTrunking: null, registration: null, edgePreference: null },
      ...{ created: null, updated: null },
    },
    sections,
    pending: { numbers: [], ips: [], destinations: [], credentials: [], settings: [] },
    busy: new Map(),
  }));

/** What the checks come to, asked of their rows as a run asks them. */
async function checked(
  snapshot: TrunkSnapshot,
  knownPasswords: ReadonlySet<string>,
  useCase: UseCase,
) {
  const facts = await checkFactsOf({
    accountSid: PRODUCTION.accountSid,
    snapshot,
    password: ({ kind, userName }) =>
      Promise.resolve(
        kind === 'issued' || knownPasswords.has(userName) ? new Secret('Known0Password') : null,
      ),
    edges,
    chosen: null,
    ticked: new Set(),
    now: NOW,
  });
  const signal = new AbortController().signal;
  return Promise.all(exotelRows(facts, useCase).map((row) => row.run(NO_NETWORK, signal)));
}

const PANEL_LEVELS: Readonly<Record<string, readonly Level[]>> = {
  missing: ['problem'],
  unused: ['problem'],
  warning: ['warning'],
  failed: ['unknown'],
  ready: ['ok', 'info'],
};

async function assertOneTruth(
  snapshot: TrunkSnapshot,
  knownPasswords: ReadonlySet<string>,
): Promise<void> {
  const facts = factsOf(PRODUCTION.accountSid, snapshot, null, knownPasswords);
  const input = { account: PRODUCTION, snapshot, knownPasswords, strings: WORDS };
  const views = useCaseViews(input, facts);
  const worst: Level[] = [];
  for (const useCase of USE_CASES) {
    const rows = await checked(snapshot, knownPasswords, useCase);
    const { level } = overall(rows);
    const view = views.find(({ id }) => id === useCase) ?? assert.fail(useCase);
    // The panel against the checks: the whole, and step by step.
    assert.ok(PANEL_LEVELS[view.state]?.includes(level), `${view.state}, and checks ${level}`);
    assert.deepEqual(
      view.steps.slice(0, -1).map((step) => [step.level, step.detail]),
      rows.map((row) => [row.level, [row.what, row.doNext ?? ''].join(' ').trim()]),
    );
    // The advice against the checks: whatever is not in order is said, and as bad as there.
    const options = { ...defaultOptions(facts), useCase };
    const connection = buildConnection(facts, options, { password: null, now: NOW });
    const { advice } = await generate('settings-table', connection);
    const said = new Set(advice.map((one) => `${one.level} ${one.what}`));
    for (const row of rows.filter((one) => one.level !== 'ok')) {
      assert.ok(said.has(`${row.level} ${row.what}`), `${row.id}: ${row.what}`);
    }
    if (view.likely) worst.push(level);
  }
  // The row against the panel, for what the trunk is likely for.
  const state = trunkState(facts);
  const unread = Object.values(snapshot.sections).some(({ value }) => value === null);
  assert.equal(state === null, unread);
  if (state !== null) {
    assert.equal(state.level, overall(worst.map((level) => ({ level }))).level);
  }
}

describe('One truth of a trunk', function () {
  this.timeout(120_000);

  it('is said by the panel, the checks, the advice and the row, of any trunk and use case', async () => {
    const passwords = fc.constantFrom(new Set<string>(), new Set(['desk']));
    await fc.assert(fc.asyncProperty(snapshots, passwords, assertOneTruth), { numRuns: 2000 });
  });

  it('is said of the trunks of the sandbox, and of one that was just made', async () => {
    const account = await startAccount();
    try {
      await account.model.ensureTrunks();
      const fresh = await account.model.createTrunk({ name: 'my_new_trunk' });
      await account.model.mapNumbers(fresh.sid, ['+918047112233'], 'pstn');
      for (const sid of [...Object.values(SEEDED), fresh.sid]) {
        await account.model.ensureSections(sid);
        await assertOneTruth(account.model.trunk(sid) ?? assert.fail(sid), new Set());
      }
      const snapshot = account.model.trunk(fresh.sid) ?? assert.fail('it was made');
      const facts = factsOf('acme', snapshot, null, new Set());
      assert.deepEqual(likelyUseCases(facts), ['outbound']);
      const whitelist = judge(facts, 'outbound').find(({ kind }) => kind === 'ip.whitelisted');
      assert.equal(whitelist?.level, 'problem', 'a number alone is not ready');
    } finally {
      await account.close();
    }
  });
});

describe('A generated text', function () {
  this.timeout(120_000);

  const uses = fc.constantFrom<ConnectionUse>('outbound', 'inbound', 'both', 'streamkit');

  for (const { id } of cards) {
    it(`of ${id} holds no number that is not mapped, whatever was chosen`, async () => {
      const property = fc.asyncProperty(
        snapshots,
        uses,
        callerId,
        async (snapshot, useCase, asked) => {
          const facts = factsOf(PRODUCTION.accountSid, snapshot);
          const options = { ...defaultOptions(facts), useCase, callerId: asked };
          const senders = { ...options, exotelAddresses: ['35.154.174.161'], insidePeer: 'inside' };
          const connection = buildConnection(facts, senders, { password: null, now: NOW });
          const { files } = await generate(id, connection);
          const text = files.map((file) => file.text).join('\n');
          const mapped = new Set((facts.numbers.value ?? []).map(({ number }) => number));
          for (const number of [...NUMBERS, '+918047779999']) {
            if (!mapped.has(number)) assert.ok(!text.includes(number.slice(3)), number);
          }
          // Where another number was taken than the one wanted, that is said.
          const wanted = asked ?? facts.callerId.value;
          const falls =
            useCase !== 'inbound' && wanted !== null && !mapped.has(`+${wanted.replace('+', '')}`);
          const told = connection.findings.some(({ kind }) => kind === 'callerId.fallback');
          assert.equal(told, falls);
        },
      );
      await fc.assert(property, { numRuns: 100 });
    });
  }
});
