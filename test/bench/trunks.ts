// An account of ten thousand trunks: how long what a person does keeps the window waiting, how that grows
// from a thousand, and what it costs in memory. `npm run bench` prints the figures.
import { performance } from 'node:perf_hooks';
import type { Account } from '../../src/app/accounts/account';
import { OpenAccounts } from '../../src/app/tree/open-accounts';
import { TrunkSearch } from '../../src/app/tree/search';
import { TreeRows } from '../../src/app/tree/tree-rows';
import type { AccountTrunks } from '../../src/trunks/account-trunks';
import { TrunkStore } from '../../src/trunks/store';
import { startAccount } from '../support/account';
import { manyStates, numberOf } from '../support/many-trunks';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

interface Times {
  readonly reload: number;
  readonly redraw: number;
  readonly keyPress: number;
  readonly read: number;
}

const ACCOUNT_ID = 'A';
const TURNS = 7;
const PASSES = 20;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds of computing for one, whatever else runs on the computer; the median of some turns. */
function timed(work: () => void): number {
  const turn = () => {
    const begun = process.cpuUsage();
    for (let pass = 0; pass < PASSES; pass += 1) work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000 / PASSES;
  };
  turn();
  return median(Array.from({ length: TURNS }, turn));
}

/** The longest time, in ms, in which nothing else came to its turn while `work` ran. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let [last, longest, isOver] = [performance.now(), 0, false];
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  return Math.max(longest, performance.now() - last);
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function measure(count: number, tell: (figure: Figure) => void): Promise<Times> {
  const account = await startAccount({ trunks: manyStates(count) });
  const { model, sandbox } = account;
  const registry = { list: (): readonly Account[] => [accountOf(sandbox.url)] };
  const accounts = new OpenAccounts(
    { peek: () => model, open: () => Promise.resolve(model) },
    { error: (what, error) => console.error(what, error) },
  );
  const search = new TrunkSearch(registry, accounts, { error: () => undefined });
  const rows = new TreeRows(registry, accounts, search);
  model.onDidChange(() => search.changed());
  try {
    const before = heapUsed();
    sandbox.clearRequests();
    const first = await longestBlock(() => model.ensureTrunks());
    tell({
      name: `first list of ${count} trunks: calls`,
      value: sandbox.requests.length,
      unit: 'calls',
    });
    tell({ name: `first list of ${count} trunks: longest block`, value: first, unit: 'ms' });
    const mb = (heapUsed() - before) / 2 ** 20;
    tell({ name: `model of ${count} trunks: heap`, value: mb, unit: 'MB' });
    // The sandbox answers in this process, too: its work is part of the longest block.
    const block = await longestBlock(() => model.reloadTrunks());
    tell({ name: `reload of ${count} known trunks: longest block`, value: block, unit: 'ms' });
    const reload = reloading(model);

    const draw = () => void rows.trunks({ kind: 'account', accountId: ACCOUNT_ID });
    const redraw = timed(draw);
    const keyPress = timed(() => {
      search.set('trunk_77');
      rows.filterChanged();
      draw();
    });
    search.set(null);
    const read = timed(() => {
      if (model.trunks.value === null) throw new RangeError('The list is not there');
    });
    sandbox.clearRequests();
    search.set(numberOf(count - 1));
    while (search.matches?.unsearched !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
    tell({
      name: `a whole number among ${count} trunks: calls`,
      value: sandbox.requests.length,
      unit: 'calls',
    });
    const known = { 'reload of a known list': reload, redraw, 'key press in the filter': keyPress };
    for (const [name, value] of Object.entries(known)) {
      tell({ name: `${name}, ${count} trunks`, value, unit: 'ms' });
    }
    return { reload, redraw, keyPress, read };
  } finally {
    search.dispose();
    await account.close();
  }
}

/** What the model does with a list that says nothing new. */
function reloading({ trunks }: AccountTrunks): number {
  const listed = (trunks.value ?? []).map(({ trunk }) => trunk);
  const again = listed.map((trunk) => ({ ...trunk }));
  const store = new TrunkStore();
  store.listReady(listed);
  return timed(() => {
    store.listLoading();
    store.listReady(again);
  });
}

function accountOf(baseUrl: string): Account {
  return {
    id: ACCOUNT_ID,
    label: 'Bench',
    region: 'custom',
    baseUrl,
    accountSid: 'sandbox1',
    readOnly: false,
    sandbox: false,
  };
}

/** The figures one by one as they are known. */
export async function measureTrunks(tell: (figure: Figure) => void): Promise<void> {
  const few = await measure(1000, tell);
  const many = await measure(10_000, tell);
  const growth = (name: string, of: (times: Times) => number) =>
    tell({
      name: `${name}: 10,000 trunks against 1,000`,
      value: of(many) / of(few),
      unit: 'times',
    });
  growth('reload of a known list', ({ reload }) => reload);
  growth('redraw', ({ redraw }) => redraw);
  growth('key press in the filter', ({ keyPress }) => keyPress);
  tell({ name: 'reading the list of 10,000 trunks', value: many.read * 1000, unit: 'µs' });
}
