// Living with the tree: several accounts, refresh, filter, several rows at once, drag and drop, what
// cannot be loaded, what is read-only, and all of it without a mouse.
import assert from 'node:assert/strict';
import { startSandbox, type Sandbox, type TrunkState } from '../../src/sandbox/index';
import { addAccount, trunkWith, stopAtFirstFailure } from '../support/stories';
import { until } from '../support/wait';
import { type Row, Workbench } from '../support/workbench';

const NORTH = trunkWith(1, 'north', ['+918030000001', '+918030000002', '+918030000003']);
const SOUTH = trunkWith(2, 'south', ['+914430000001']);
const IP = '13.200.45.77';
const WEST: TrunkState = {
  ...trunkWith(3, 'west', ['+912230000001']),
  whitelistedIps: [
    {
      id: '31',
      ip: IP,
      mask: 32,
      friendlyName: null,
      dateCreated: '2026-01-23T09:24:59Z',
      dateUpdated: '2026-01-23T09:24:59Z',
    },
  ],
};
const [FIRST = '', SECOND = '', THIRD = ''] = NORTH.phoneNumbers.map((row) => row.phoneNumber);

/** Every title of a command that changes something at Exotel. */
const CHANGES =
  /^(Create|Rename|Delete|Map|Switch|Move|Unmap|Whitelist IPs|Change|Remove|Add Destination|Rotate|Set|Clear)/;

describe('the tree', function () {
  // One long story: after a step that failed the next ones would only say so again.
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox({ accountSid: 'acme', trunks: [NORTH, SOUTH, WEST] });
    bench = await Workbench.start();
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  const stateOf = ({ trunkSid }: TrunkState): TrunkState | undefined =>
    sandbox.state().trunks.find((trunk) => trunk.trunkSid === trunkSid);

  const numbersOf = (trunk: TrunkState): string[] =>
    (stateOf(trunk)?.phoneNumbers ?? []).map(({ phoneNumber }) => phoneNumber);

  const paths = (): string[] => sandbox.requests.map(({ path }) => path);

  /** Somebody else, or the same person in another place, uses the API. */
  async function elsewhere(method: string, path: string, body: unknown): Promise<void> {
    const pair = Buffer.from(`${sandbox.apiKey}:${sandbox.apiToken}`).toString('base64');
    const response = await fetch(`${sandbox.url}/v2/accounts/acme/trunks/${path}`, {
      method,
      headers: { Authorization: `Basic ${pair}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.text());
  }

  /** What a right click offers; a row without a menu gives nothing. */
  async function menuOf(label: string): Promise<string[]> {
    await bench.tree.focus('Production');
    const row = bench.page.locator('.part.sidebar .monaco-list-row', { hasText: label }).first();
    await row.click({ button: 'right' });
    // A menu opens before the next picture is drawn, or not at all.
    await bench.ask(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    const open = (await bench.page.locator('.monaco-menu').count()) > 0;
    if (!open) return [];
    await bench.press('Escape');
    return bench.tree.contextMenuItems(label);
  }

  it('has a sandbox account after one click', async () => {
    await bench.openView();
    await bench.waitForViewText(/Connect your Exotel account/);
    await bench.pressWelcome(/^Try it with a sandbox account/i);
    const trunks = await bench.tree.children('Sandbox');
    assert.equal(trunks.length, 3);
  });

  it('shows a second account beside the first, which stays as it was', async () => {
    await addAccount(bench, sandbox, 'Production');
    const rows = await bench.tree.rows();
    const accounts = rows.filter(({ level }) => level === 1).map(({ text }) => text);
    assert.deepEqual(accounts.sort(), ['Production', 'Sandbox']);
    assert.equal(rows.find(({ text }) => text === 'Sandbox')?.expanded, true);
    await bench.tree.collapse('Sandbox');
  });

  it('loads what is opened and nothing else', async () => {
    sandbox.clearRequests();
    const trunks = await bench.tree.children('Production');
    assert.deepEqual(
      trunks.map(({ text }) => text),
      ['north', 'south', 'west'],
    );
    assert.ok(paths().length > 0);
    assert.deepEqual(
      paths().filter((path) => !/\/trunks(\?|$)/.test(path)),
      [],
      'only the list of trunks is asked for',
    );
    sandbox.clearRequests();
    await bench.tree.children('north');
    await bench.tree.children('Phone Numbers');
    await bench.tree.waitFor('all five sections', (rows) =>
      rows.every(({ description }) => description !== 'loading…'),
    );
    assert.equal(paths().length, 5);
    assert.ok(paths().every((path) => path.includes(NORTH.trunkSid)));
  });

  it('stays open and selected over a refresh, which changes the one row that changed', async () => {
    await bench.tree.click(SECOND);
    const before = await bench.tree.waitFor('the selection', (rows) =>
      rows.some(({ text, selected }) => text === SECOND && selected),
    );
    const id = NORTH.phoneNumbers[0]?.id ?? '';
    await elsewhere('PUT', `${NORTH.trunkSid}/phone-numbers/${id}`, {
      phone_number: FIRST,
      mode: 'flow',
    });
    await bench.viewAction('Refresh All Accounts');
    const after = await bench.tree.waitFor('the change', (rows) =>
      rows.some(({ text, description }) => text === FIRST && description === 'flow'),
    );
    const others = (rows: readonly Row[]): Row[] => rows.filter(({ text }) => text !== FIRST);
    assert.deepEqual(others(after), others(before));
    assert.deepEqual(
      after.filter(({ selected }) => selected).map(({ text }) => text),
      [SECOND],
    );
  });

  it('says in a tooltip what the row has no room for', async () => {
    const trunk = await bench.tree.tooltip('north');
    assert.match(trunk, new RegExp(NORTH.trunkSid));
    assert.match(trunk, /acme\.pstn\.exotel\.com/);
    const number = await bench.tree.tooltip(FIRST);
    assert.match(number, /flow/);
    assert.match(number, new RegExp(`Mapping id: ${NORTH.phoneNumbers[0]?.id}`));
  });

  it('filters by a piece of a number', async () => {
    await bench.viewAction('Filter Trunks and Numbers…');
    await bench.quickInput.waitFor({ title: 'Filter Trunks and Numbers' });
    await bench.quickInput.typeAndAccept('80 3000-0002');
    const message = await bench.waitForViewText(/1 numbers?\b(?!.*searched)/);
    assert.match(message, /80 3000-0002.*1 trunk/);
    const rows = await bench.tree.waitFor('only that number', (shown) => {
      const numbers = shown.filter(({ text }) => text.startsWith('+'));
      return numbers.length === 1 && numbers[0]?.text === SECOND;
    });
    assert.deepEqual(
      rows.filter(({ level }) => level === 2).map(({ text }) => text),
      ['north'],
    );
  });

  it('says when nothing matches, and how to see everything again', async () => {
    await bench.runCommand('Exotel SIP: Filter Trunks and Numbers…');
    await bench.quickInput.waitFor({ title: 'Filter Trunks and Numbers', value: '80 3000-0002' });
    await bench.quickInput.typeAndAccept('no such trunk');
    await bench.waitForViewText(/No trunk name, trunk SID or phone number matches/);
    await bench.pressWelcome('Clear Filter');
    // An empty view forgets what was open.
    for (const label of ['Production', 'north', 'Phone Numbers']) await bench.tree.expand(label);
    await bench.tree.row(THIRD);
    assert.equal(await bench.viewText(), '');
  });

  it('unmaps two numbers at once, both of them named', async () => {
    await bench.tree.click(FIRST);
    await bench.tree.select(SECOND);
    await bench.tree.contextMenu(SECOND, 'Unmap Phone Number…');
    const dialog = await bench.dialog.read(/Unmap 2 phone numbers/);
    assert.ok(dialog.detail.includes(FIRST) && dialog.detail.includes(SECOND), dialog.detail);
    await bench.dialog.press('Unmap');
    await bench.tree.waitForNoRow(FIRST);
    await bench.tree.waitForNoRow(SECOND);
    await until('Exotel to have one left', () => Promise.resolve(numbersOf(NORTH).length === 1));
    assert.deepEqual(numbersOf(NORTH), [THIRD]);
  });

  it('moves a number that is dragged onto another trunk', async () => {
    const row = (label: string) =>
      bench.page.locator('.part.sidebar .monaco-list-row', { hasText: label }).first();
    const centre = async (label: string) => {
      const box = await row(label).boundingBox();
      assert.ok(box !== null);
      return { x: box.x + 60, y: box.y + box.height / 2 };
    };
    const { mouse } = bench.page;
    const from = await centre(THIRD);
    const to = await centre('south');
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 10, from.y + 5, { steps: 3 });
    await until('the target to light up', async () => {
      await mouse.move(to.x, to.y, { steps: 4 });
      return (await bench.page.locator('.monaco-list-row.drop-target').count()) > 0;
    });
    await mouse.up();
    const dialog = await bench.dialog.read(/Move/);
    assert.match(dialog.message, /Move \+918030000003 to trunk south\?/);
    assert.match(dialog.detail, /unmapped.*mapped again/);
    assert.deepEqual(numbersOf(NORTH), [THIRD], 'nothing happens before the answer');
    await bench.dialog.press('Move');
    await until('Exotel to have it there', () =>
      Promise.resolve(numbersOf(SOUTH).includes(THIRD) && !numbersOf(NORTH).includes(THIRD)),
    );
    await bench.tree.waitFor('an empty north', (rows) =>
      rows.some(({ text, description }) => text === 'Phone Numbers' && description === 'none'),
    );
    await bench.tree.collapse('north');
    await bench.tree.expand('south');
    const numbers = await bench.tree.children('Phone Numbers');
    assert.deepEqual(
      numbers.map(({ text }) => text),
      [...SOUTH.phoneNumbers.map(({ phoneNumber }) => phoneNumber), THIRD],
    );
    await bench.tree.collapse('south');
  });

  it('says in its place what could not be loaded, and tries again on a click', async () => {
    sandbox.fail({
      match: { method: 'GET', path: new RegExp(`${WEST.trunkSid}/whitelisted-ips`) },
      times: 1,
      then: { kind: 'answer', status: 403, body: {} },
    });
    await bench.tree.expand('west');
    await bench.tree.waitFor('the failed section', (rows) =>
      rows.some(
        ({ text, description }) =>
          text === 'Whitelisted IPs' && description === 'could not be loaded',
      ),
    );
    const [error] = await bench.tree.children('Whitelisted IPs');
    assert.ok(error !== undefined);
    assert.match(error.text, /Exotel does not allow this/);
    assert.match(error.description, /Check that the trunk belongs to this account/);
    assert.equal(error.icon, 'error');
    await bench.screenshot('tree-failed');
    await bench.tree.click(error.text);
    await bench.tree.row(IP);
    await bench.tree.waitForNoRow(/Exotel does not allow this/);
  });

  it('offers no change on a read-only account, and all of them once that is allowed', async () => {
    const number = WEST.phoneNumbers[0]?.phoneNumber ?? '';
    await bench.tree.contextMenu('Production', 'Make Read-Only');
    await bench.tree.waitFor('the lock', (rows) =>
      rows.some(({ text, icon }) => text === 'Production' && icon === 'lock'),
    );
    await bench.tree.expand('Phone Numbers');
    for (const label of ['west', 'Phone Numbers', 'Credentials', number, IP]) {
      const offered = [...(await menuOf(label)), ...(await bench.tree.actions(label))];
      assert.deepEqual(
        offered.filter((item) => CHANGES.test(item)),
        [],
        `${label} offers no change`,
      );
    }
    assert.ok((await menuOf('west')).includes('Open Trunk Panel'));
    await bench.tree.contextMenu('Production', 'Allow Changes');
    await bench.tree.waitFor('no lock', (rows) =>
      rows.some(({ text, icon }) => text === 'Production' && icon === 'account'),
    );
    const trunk = await menuOf('west');
    assert.ok(trunk.includes('Rename Trunk…') && trunk.includes('Delete Trunk…'), String(trunk));
    assert.ok((await menuOf(number)).includes('Unmap Phone Number…'));
    assert.ok((await bench.tree.actions('Phone Numbers')).includes('Map Phone Numbers…'));
  });

  it('can be used without a mouse', async () => {
    await bench.runCommand('Exotel SIP Trunks: Focus on Exotel SIP Trunks View');
    const focused = async (): Promise<string> => {
      const row = bench.page.locator('.part.sidebar .monaco-list-row.focused .label-name');
      return (await row.allInnerTexts()).join().trim();
    };
    // From the top down to the trunk, whichever account comes first.
    await bench.press('Home');
    await until('the focus on north', async () => {
      if ((await focused()) === 'north') return true;
      await bench.press('ArrowDown');
      return undefined;
    });
    await bench.press('ArrowRight');
    await bench.tree.waitFor('north to open', (rows) =>
      rows.some(({ text, expanded }) => text === 'north' && expanded === true),
    );
    await bench.press('Shift+F10');
    const item = bench.page.locator('.monaco-menu .action-item.focused');
    await bench.page.locator('.monaco-menu').first().waitFor();
    await until('the item "Copy Trunk SID"', async () => {
      if ((await item.count()) > 0 && (await item.first().innerText()).includes('Copy Trunk SID')) {
        return true;
      }
      await bench.press('ArrowDown');
      return undefined;
    });
    await bench.press('Enter');
    await until('the SID on the clipboard', async () => {
      return (await bench.clipboard()) === NORTH.trunkSid;
    });
    await bench.press('ArrowLeft');
    await bench.tree.waitFor('north to close', (rows) =>
      rows.some(({ text, expanded }) => text === 'north' && expanded === false),
    );
  });

  it('showed no error on the way', async () => {
    const errors = (await bench.notifications.all()).filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
  });
});
