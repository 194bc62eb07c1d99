import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decodeRoster,
  EMPTY_ROSTER,
  encodeRoster,
  type Entry,
  mergeRosters,
  type Roster,
  sameRoster,
  withEntry,
  withoutEntry,
  withPatch,
} from '../../../src/app/accounts/roster';
import { closeWindows, KEYS, openWindow, PRODUCTION } from './accounts';
import { FakeComputer } from './fake-computer';

const ENTRY: Entry = {
  id: 'a1',
  label: 'Production',
  region: 'in',
  baseUrl: 'https://api.in.exotel.com',
  accountSid: 'acme1',
  readOnly: false,
  added: 1,
  revision: 1,
};

const saved = (...accounts: unknown[]) => ({ version: 1, accounts, removed: [] });

describe('the saved list of accounts', () => {
  afterEach(closeWindows);

  const corrupt: readonly (readonly [string, unknown])[] = [
    ['no object', 'x'],
    ['null', null],
    ['an id that cannot be part of a secret key', { ...ENTRY, id: 'a.b' }],
    ['a region that does not exist', { ...ENTRY, region: 'mars' }],
    ['a host with a path', { ...ENTRY, baseUrl: 'https://api.exotel.com/v2' }],
    ['a host without TLS', { ...ENTRY, baseUrl: 'http://api.exotel.com' }],
    ['a host that is no URL', { ...ENTRY, baseUrl: 'api.exotel.com' }],
    ['a host that only begins like this computer', { ...ENTRY, baseUrl: 'http://127.0.0.1.evil' }],
    ['no account SID', { ...ENTRY, accountSid: '' }],
    ['a label that is no text', { ...ENTRY, label: 7 }],
    ['no read-only flag', { ...ENTRY, readOnly: undefined }],
  ];
  for (const [title, entry] of corrupt) {
    it(`loses only the entry that has ${title}`, () => {
      const other = { ...ENTRY, id: 'b2' };
      const roster = decodeRoster(saved(entry, other));
      assert.deepEqual(roster.entries, [other]);
      assert.deepEqual(encodeRoster(roster), saved(other, entry), 'kept for a version that can');
    });
  }

  it('takes this computer without TLS', () => {
    for (const baseUrl of ['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:1']) {
      const here = { ...ENTRY, region: 'custom', baseUrl };
      assert.equal(decodeRoster(saved(here)).entries.length, 1, baseUrl);
    }
  });

  it('does not take an entry whose key would go elsewhere than its region says', () => {
    const baseUrl = 'https://api.example.com';
    assert.equal(decodeRoster(saved({ ...ENTRY, region: 'in', baseUrl })).entries.length, 0);
    assert.equal(decodeRoster(saved({ ...ENTRY, region: 'custom', baseUrl })).entries.length, 1);
    assert.equal(decodeRoster(saved({ ...ENTRY, accountSid: '..' })).entries.length, 0);
  });

  it('is empty when it is no list at all', () => {
    for (const stored of [undefined, null, 'x', 42, [], {}, { version: 'x', accounts: [ENTRY] }]) {
      assert.deepEqual(decodeRoster(stored), EMPTY_ROSTER);
    }
    for (const accounts of [null, 'x', {}]) {
      assert.deepEqual(decodeRoster({ version: 1, accounts }), EMPTY_ROSTER);
    }
  });

  it('lets the registry start and add, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.jsonValue()), async (document, accounts) => {
        for (const stored of [document, { version: 1, accounts, removed: accounts }]) {
          const computer = new FakeComputer();
          computer.disk = { 'exotelSip.accounts': stored, 'exotelSip.secretNames': document };
          const { registry } = openWindow(computer);
          const { account } = await registry.add(PRODUCTION, KEYS);
          assert.deepEqual(openWindow(computer).registry.get(account.id), account);
        }
        closeWindows();
      }),
      { numRuns: 50 },
    );
  });

  it('comes from an older version through every migration in turn', () => {
    const migrations = {
      [-1]: (old: unknown) => ({ version: 0, list: (old as { all: unknown[] }).all }),
      0: (old: unknown) => saved(...(old as { list: unknown[] }).list),
    };
    assert.deepEqual(decodeRoster({ version: -1, all: [ENTRY] }, migrations).entries, [ENTRY]);
    assert.deepEqual(decodeRoster({ version: 0, list: [ENTRY] }, migrations).entries, [ENTRY]);
  });

  it('keeps what a newer version added to it', () => {
    const newer = { version: 2, accounts: [{ ...ENTRY, colour: 'red' }], removed: [] };
    const roster = withPatch(decodeRoster(newer), 'a1', { label: 'Live' });
    const expected = { ...ENTRY, colour: 'red', label: 'Live', revision: 2 };
    assert.deepEqual(encodeRoster(roster), { version: 2, accounts: [expected], removed: [] });
  });
});

describe('two rosters', () => {
  /** What two windows can do to what they both began with. */
  const edits = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('add' as const), id: fc.uuid() }),
      fc.record({ kind: fc.constant('rename' as const), nth: fc.nat(5), label: fc.string() }),
      fc.record({ kind: fc.constant('remove' as const), nth: fc.nat(5) }),
    ),
    { maxLength: 8 },
  );
  type Edit = ReturnType<typeof edits.generate>['value'][number];

  function edited(start: Roster, all: readonly Edit[]): Roster {
    return all.reduce((roster, edit) => {
      if (edit.kind === 'add') return withEntry(roster, { ...ENTRY, id: edit.id });
      const id = roster.entries[edit.nth]?.id ?? 'nobody';
      if (edit.kind === 'remove') return withoutEntry(roster, id);
      return withPatch(roster, id, { label: edit.label });
    }, start);
  }

  const threeRosters = fc
    .tuple(edits, edits, edits)
    .map(([before, here, there]): [Roster, Roster, Roster] => {
      const start = edited(EMPTY_ROSTER, before);
      return [start, edited(start, here), edited(start, there)];
    });

  it('merge without losing an addition or bringing back a removal', () => {
    fc.assert(
      fc.property(threeRosters, ([, here, there]) => {
        const merged = mergeRosters(here, there);
        const gone = new Set([...here.removed, ...there.removed]);
        const all = [...here.entries, ...there.entries].filter(({ id }) => !gone.has(id));
        assert.deepEqual(
          new Set(merged.entries.map(({ id }) => id)),
          new Set(all.map(({ id }) => id)),
        );
        for (const entry of merged.entries) {
          const known = all.filter(({ id }) => id === entry.id);
          assert.equal(entry.revision, Math.max(...known.map(({ revision }) => revision)));
        }
      }),
    );
  });

  it('stay as they are when merged with what they came from, or again', () => {
    fc.assert(
      fc.property(threeRosters, ([start, here, there]) => {
        assert.ok(sameRoster(mergeRosters(here, start), here));
        assert.ok(sameRoster(mergeRosters(start, here), here));
        const merged = mergeRosters(here, there);
        assert.ok(sameRoster(mergeRosters(here, merged), merged));
        assert.ok(sameRoster(mergeRosters(there, merged), merged));
        assert.ok(sameRoster(decodeRoster(encodeRoster(merged)), merged));
      }),
    );
  });
});
