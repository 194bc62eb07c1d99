// `npm run bench`: how large, how fast, how many calls. One JSON line per figure on stdout:
// {"name","value","unit"}. Figures of time depend on the computer, sizes and counts do not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { generateWith } from '../../src/pbx/generate';
import { cards } from '../../src/pbx/cards';
import { loadWriter } from '../../src/pbx/writers';
import type { TrunkState } from '../../src/sandbox/index';
import { trunkMatcher } from '../../src/trunks/filter';
import type { TrunkSnapshot } from '../../src/trunks/snapshot';
import { TrunkStore } from '../../src/trunks/store';
import { startAccount, type TestAccount } from '../support/account';
import { stopProgramsOnExit } from '../support/processes';
import { type ReleaseCopy, releaseCopy } from '../support/release-copy';
import { connectionOf } from '../unit/pbx/fixtures';
import { median, startCosts } from './start';
import { measureTrunks } from './trunks';

const TRUNKS = 500;
const NUMBERS = 20;
const CREATED = '2026-01-23T09:24:59Z';

function figure(name: string, value: number, unit: string): void {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3));
  console.log(JSON.stringify({ name, value: rounded, unit }));
}

/** Milliseconds. */
async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Microseconds for one of many, warmed up; the median of five rounds. */
function each(times: number, work: (index: number) => void): number {
  const round = () => {
    const begun = performance.now();
    for (let index = 0; index < times; index += 1) work(index);
    return ((performance.now() - begun) / times) * 1000;
  };
  round();
  return median([1, 2, 3, 4, 5].map(round));
}

// The bundles, and a start.

/** What begins something: an entry of esbuild's, or the parts of a window. The rest is loaded by one of these. */
const BEGINS = /^dist\/(webview\/)?([a-z]+(-[a-z]+)*|part-parts-\w+)\.js$/;

function sizes({ dir, closures }: ReleaseCopy): void {
  const weigh = (what: string, names: readonly string[]) => {
    const files = names.map((name) => readFileSync(join(dir, name)));
    const sum = (lengths: readonly number[]) => lengths.reduce((all, one) => all + one, 0);
    figure(`${what}, minified`, sum(files.map(({ length }) => length)), 'bytes');
    figure(`${what}, gzip`, sum(files.map((file) => gzipSync(file).length)), 'bytes');
    figure(what, names.length, 'files');
  };
  for (const [name, loaded] of closures) {
    if (!BEGINS.test(name)) continue;
    weigh(`${name.replace(/-[A-Z0-9]{8}\.js$/, '.js')} with what it loads at once`, loaded);
  }
  const all = [...closures.keys()].filter((name) => name.endsWith('.js'));
  weigh('all that can be loaded', all);
}

/** Needs the VS Code server and a browser. */
async function start({ dir }: ReleaseCopy): Promise<void> {
  const { own, trivial, opened } = await startCosts(dir);
  figure('load and activate', own, 'ms');
  figure('load and activate of an extension that does nothing', trivial, 'ms');
  figure('load and activate, against an extension that does nothing', own / trivial, 'times');
  figure('opened until 2 s after a start in an empty window', opened.size, 'files');
  for (const [name, bytes] of opened) {
    const file = name.replace(/-[A-Z0-9]{8}\.js$/, '.js');
    figure(`opened until 2 s after a start in an empty window: ${file}`, bytes, 'bytes');
  }
}

// A large account.

function largeAccount(): TrunkState[] {
  const dates = { dateCreated: CREATED, dateUpdated: CREATED };
  return Array.from({ length: TRUNKS }, (_, index) => ({
    ...dates,
    trunkSid: `trmum1${index.toString(16).padStart(18, '0')}1a1n`,
    trunkName: `trunk_${index}`,
    nsoCode: 'ANY-ANY',
    domainName: 'sandbox1.pstn.exotel.com',
    authType: 'IP-WHITELIST',
    phoneNumbers: Array.from({ length: NUMBERS }, (_number, row) => ({
      ...dates,
      id: String(50_000 + index * NUMBERS + row),
      phoneNumber: `+9180${String(40_000_000 + index * NUMBERS + row)}`,
      mode: row % 5 === 0 ? ('flow' as const) : ('pstn' as const),
    })),
    whitelistedIps: [],
    destinations: [],
    credentials: [],
    settings: [],
  }));
}

async function counted(name: string, account: TestAccount, work: () => unknown): Promise<void> {
  account.sandbox.clearRequests();
  account.changes.length = 0;
  figure(name, await timed(work), 'ms');
  figure(`${name}: calls`, account.sandbox.requests.length, 'calls');
  figure(`${name}: changes told to the views`, account.changes.length, 'events');
}

function sidsOf({ model }: TestAccount): string[] {
  return (model.trunks.value ?? []).map(({ trunk }) => trunk.sid);
}

/** A store of its own, with what the account's model has loaded. */
function storeOf({ model }: TestAccount): TrunkStore {
  const store = new TrunkStore();
  const snapshots = model.trunks.value ?? [];
  store.listReady(snapshots.map(({ trunk }) => trunk));
  for (const { trunk, sections } of snapshots) {
    store.sectionReady(trunk.sid, 'numbers', sections.numbers.value ?? []);
  }
  return store;
}

function oneChange(account: TestAccount): void {
  const store = storeOf(account);
  const sids = sidsOf(account);
  let events = 0;
  store.onDidChange(() => (events += 1));
  const change = (index: number) => {
    const row = store.rows(sids[index % TRUNKS] ?? '', 'numbers')?.[index % NUMBERS];
    if (row === undefined) throw new RangeError('The model lacks a number');
    store.putRow(row.trunkSid, 'numbers', { ...row, mode: row.mode === 'pstn' ? 'flow' : 'pstn' });
  };
  change(0);
  figure(`one changed row in a model of ${TRUNKS} trunks: events`, events, 'events');
  figure(`one changed row in a model of ${TRUNKS} trunks`, each(5000, change), 'µs');
}

function filtering(account: TestAccount): void {
  const snapshots: readonly TrunkSnapshot[] = account.model.trunks.value ?? [];
  for (const [what, text] of [
    ['a name', 'trunk_499'],
    ['digits', '40009999'],
    ['nothing there', 'nowhere'],
  ] as const) {
    const us = each(20, () => {
      snapshots.map(trunkMatcher(text));
    });
    figure(`filter ${TRUNKS} trunks with ${TRUNKS * NUMBERS} numbers by ${what}`, us / 1000, 'ms');
  }
}

async function account(): Promise<void> {
  const large = await startAccount({ trunks: largeAccount() });
  try {
    const { model } = large;
    await counted(`first list of ${TRUNKS} trunks`, large, () => model.ensureTrunks());
    const [first = '', second = ''] = sidsOf(large);
    await counted('first open of one trunk', large, () => model.ensureSections(first));
    await counted(`numbers of all ${TRUNKS} trunks, as a filter needs them`, large, () =>
      Promise.all(sidsOf(large).map((sid) => model.ensureSections(sid, ['numbers']))),
    );
    const id = model.trunk(second)?.sections.numbers.value?.[1]?.id ?? '';
    await counted('switch the mode of one number', large, () =>
      model.changeModes(second, [id], 'flow'),
    );
    oneChange(large);
    filtering(large);
  } finally {
    await large.close();
  }
}

// The rest.

async function generating(): Promise<void> {
  for (const card of cards) {
    const { id } = card;
    const writer = await loadWriter(id);
    // The largest text it can write.
    const connection = (['both', 'outbound', 'inbound'] as const)
      .flatMap((useCase) =>
        (['tls', 'tcp'] as const).flatMap((transport) =>
          (['credential', 'ip'] as const).map((auth) => ({
            useCase,
            transport,
            auth,
          })),
        ),
      )
      .filter(({ useCase, auth, transport }) => card.cannot(useCase, auth, transport) === null)
      .map((options) => connectionOf({ password: 'S3cretPassword', options }))
      .find((one) => generateWith(card, writer, one).files.length > 0);
    if (connection === undefined) throw new Error(`${id} writes nothing`);
    figure(
      `generate ${id}`,
      each(200, () => void generateWith(card, writer, connection)),
      'µs',
    );
  }
}

async function requests(): Promise<void> {
  const own = await startAccount();
  const { sandbox } = own;
  const { accountSid, apiKey, apiToken } = sandbox;
  const [trunk] = sandbox.state().trunks;
  const url = `${sandbox.url}/v2/accounts/${accountSid}/trunks/${trunk?.trunkSid ?? ''}/phone-numbers`;
  const Authorization = `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`;
  try {
    const ask = async (forMs: number) => {
      let count = 0;
      for (const end = performance.now() + forMs; performance.now() < end; count += 1) {
        await (await fetch(url, { headers: { Authorization } })).text();
      }
      return count;
    };
    await ask(200);
    figure('sandbox, one client after its own answer', await ask(1000), 'requests/s');
  } finally {
    await own.close();
  }
}

async function main(): Promise<void> {
  stopProgramsOnExit();
  const release = await releaseCopy();
  sizes(release);
  await account();
  await measureTrunks(({ name, value, unit }) => figure(name, value, unit));
  await generating();
  await requests();
  await start(release);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
