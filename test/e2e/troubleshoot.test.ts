// What a code, a trace or a failed call means, where the person meets it: in a log, in the palette, in
// the notice of what went wrong, in the tree.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../src/sandbox/index';
import { accessibilityFaults, addAccount, stopAtFirstFailure, trunkWith } from '../support/stories';
import { DIGEST, TRACE } from '../support/trace-sample';
import { until } from '../support/wait';
import { Workbench } from '../support/workbench';

const REQUEST_ID = '0123456789abcdef0123456789abcdef';
const FAULTY_LINE = TRACE.indexOf('SIP/2.0 488 Not Acceptable Here') + 1;

describe('troubleshooting', function () {
  // One long story: after a step that failed the next ones would only say so again.
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;
  let panel: Frame;

  before(async () => {
    sandbox = await startSandbox({
      accountSid: 'acme',
      trunks: [trunkWith(1, 'office', ['+918030000001'])],
    });
    bench = await Workbench.start({ files: { 'asterisk.log': `${TRACE.join('\n')}\n` } });
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  const button = (name: string) => panel.getByRole('button', { name, exact: true });

  async function clears(): Promise<void> {
    await bench.ask('navigator.clipboard.writeText("")');
  }

  const clipboardWith = (what: string, match: RegExp) =>
    until(what, async () => {
      const text = await bench.clipboard();
      return match.test(text) && text;
    });

  /** The next call that changes something is refused like this. */
  function refuse(): void {
    const error_data = {
      code: 1008,
      message: 'Duplicate resource',
      description: 'Unable to whitelist-ip',
    };
    sandbox.fail({
      match: { method: 'POST' },
      times: 1,
      then: {
        kind: 'answer',
        status: 200,
        body: {
          request_id: REQUEST_ID,
          http_code: 200,
          response: { code: 409, status: 'failure', error_data, data: null },
        },
      },
    });
  }

  it('explains an answer where the pointer rests on it in a log', async () => {
    // Opening a log starts nothing: the side bar was looked at in this window.
    await bench.openView();
    await bench.editor.open('asterisk.log');
    await bench.editor.goTo(FAULTY_LINE, 10);
    const text = await until('the explanation', async () => {
      const shown = await bench.editor.hover();
      if (shown.includes('No codec in common')) return shown;
      await bench.press('Escape');
      return undefined;
    });
    assert.match(text, /488 Not Acceptable Here/);
    assert.match(text, /Offer PCMA/);
    await bench.screenshot('hover');
  });

  it('leads from the hover to what mends it', async () => {
    await bench.page.locator('.monaco-hover a').getByText('More and what mends it').click();
    panel = await bench.webview(/488 Not Acceptable Here/);
    await panel.getByRole('heading', { name: 'What to do' }).waitFor();
    await panel.getByText(/Source:/).waitFor();
    assert.deepEqual(await accessibilityFaults(panel), []);
    await bench.runCommand('View: Close Editor');
  });

  it('finds a code by number and an issue by words', async () => {
    const { quickInput } = bench;
    await bench.runCommand('Exotel SIP: Look Up SIP or API Code…');
    await quickInput.waitFor({ title: 'Look Up SIP or API Code' });
    await quickInput.type('1008');
    await quickInput.waitFor({ pick: '1008 Duplicate resource' });
    await quickInput.type('blocks rtp');
    await bench.screenshot('look-up');
    await quickInput.pick('One-way audio');
    panel = await bench.webview('One-way audio');
    await panel.getByText(/10000-40000/).waitFor();
    await bench.runCommand('Exotel SIP: Look Up SIP or API Code…');
    await quickInput.type('reach your server');
    await quickInput.pick('No inbound calls');
    panel = await bench.webview('Is your server reachable?');
    await bench.screenshot('flow-chart');
    assert.deepEqual(await accessibilityFaults(panel), []);
    await bench.runCommand('View: Close Editor');
  });

  it('explains a trace: the verdict on top, the fault, the ladder', async () => {
    await bench.editor.open('asterisk.log');
    await bench.runCommand('Exotel SIP: Explain SIP Trace');
    panel = await bench.webview('A fault was found.');
    await panel.getByText('Nothing was sent anywhere.').waitFor();
    await panel.getByText(/No codec in common/).waitFor();
    await panel.getByText('Offered: G722').waitFor();
    await panel
      .getByRole('button', { name: /^Fault\s*, 488 Not Acceptable Here\s+from/ })
      .waitFor();
    await bench.waitForStatus('A fault was found.');
    assert.equal(sandbox.requests.length, 0);
  });

  it('marks the line in the log', async () => {
    await bench.editor.waitForProblem(/No codec in common/);
    await bench.runCommand('View: Toggle Problems');
  });

  it('goes from a message of the ladder to its line, with the keyboard', async () => {
    const rung = panel.getByRole('button', { name: /^Fault\s*, 488/ });
    await rung.focus();
    await bench.press('ArrowUp');
    await until('the message before', () =>
      panel.evaluate<boolean>('(document.activeElement?.textContent ?? "").startsWith("INVITE")'),
    );
    await bench.press('ArrowDown');
    await bench.press('Enter');
    await bench.waitForStatus(new RegExp(`Ln ${FAULTY_LINE}, Col`));
  });

  it('shows the other dialog, which was only busy', async () => {
    await panel
      .getByRole('button', { name: /486 Busy Here/ })
      .first()
      .click();
    await panel.getByRole('button', { name: /^Note\s*, 486 Busy Here\s+from/ }).waitFor();
    // A finding's line also shows its dialog.
    await button(`Line ${FAULTY_LINE}`).click();
    await panel.getByRole('button', { name: /^Fault\s*, 488/ }).waitFor();
  });

  it('copies findings and trace without the digest', async () => {
    await clears();
    await button('Copy Findings').click();
    assert.match(await clipboardWith('the findings', /No codec in common/), /Call-ID: refused@pbx/);
    await button('Copy Masked Trace').click();
    const trace = await clipboardWith('the trace', /SIP\/2\.0 488/);
    assert.ok(!trace.includes(DIGEST));
    assert.doesNotMatch(trace, /cHJpdmF0ZV9rZXk/);
    assert.match(trace, /username="office_pbx"/);
    await panel.getByText(/masked/).waitFor();
  });

  for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const) {
    it(`has no serious accessibility fault in ${theme}`, async () => {
      if (theme !== 'dark') await bench.setTheme(theme);
      panel = await bench.webview('A fault was found.');
      await panel.getByRole('button', { name: /^Fault\s*, 488/ }).waitFor();
      await bench.screenshot(`trace-${theme}`);
      await panel.getByRole('button', { name: /^Fault\s*, 488/ }).scrollIntoViewIfNeeded();
      await bench.screenshot(`ladder-${theme}`);
      assert.deepEqual(await accessibilityFaults(panel), []);
    });
  }

  it('stays readable in a narrow window: the ladder scrolls, the page does not', async () => {
    await bench.page.setViewportSize({ width: 900, height: 1000 });
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    await until('the page to fit', async () => !(await panel.evaluate<boolean>(wide)));
    await bench.screenshot('ladder-narrow');
    await bench.page.setViewportSize({ width: 1400, height: 1000 });
  });

  it('never met its content security policy', () => {
    const refused = bench.console.filter((line) => /Content.Security.Policy/i.test(line));
    assert.deepEqual(refused, []);
  });

  it('offers to explain a failed call, and copies it without the key', async () => {
    await bench.setTheme('dark');
    await bench.editor.closeAll();
    await bench.openView();
    await addAccount(bench, sandbox, 'Production');
    refuse();
    await bench.tree.contextMenu('office', 'Whitelist IPs…');
    await bench.quickInput.waitFor({ title: 'Whitelist IPs' });
    await bench.quickInput.typeAndAccept('44.248.146.11');
    const notice = await bench.notifications.waitFor(/already whitelisted/);
    assert.deepEqual(notice.buttons, ['Explain', 'Copy Request ID', 'Copy as cURL', 'Show Log']);
    await bench.screenshot('notice');
    await clears();
    await bench.notifications.press(/already whitelisted/, 'Copy as cURL');
    const curl = await clipboardWith('the request', /curl -X POST/);
    assert.match(curl, /whitelisted-ips/);
    assert.match(curl, /"ip":"44\.248\.146\.11"/);
    assert.match(curl, /\$EXOTEL_API_KEY:\$EXOTEL_API_TOKEN/);
    for (const secret of [sandbox.apiKey, sandbox.apiToken]) assert.ok(!curl.includes(secret));
  });

  it('explains it: what the status and the code mean, and what to do', async () => {
    refuse();
    await bench.tree.contextMenu('office', 'Whitelist IPs…');
    await bench.quickInput.waitFor({ title: 'Whitelist IPs' });
    await bench.quickInput.typeAndAccept('44.248.146.11');
    await bench.notifications.press(/already whitelisted/, 'Explain');
    panel = await bench.webview('1008 Duplicate resource');
    await panel.getByRole('heading', { name: 'This IP address is already whitelisted.' }).waitFor();
    await panel.getByText(REQUEST_ID).waitFor();
    await panel.getByText(/HTTP 200 and the status/).waitFor();
    await bench.screenshot('explained-failure');
    assert.deepEqual(await accessibilityFaults(panel), []);
    await clears();
    await button('Copy Request ID').click();
    await clipboardWith('the request id', new RegExp(`^${REQUEST_ID}$`));
  });

  it('explains the error row of a list that could not be loaded', async () => {
    sandbox.fail({
      match: { method: 'GET', path: /whitelisted-ips/ },
      times: 1,
      then: {
        kind: 'answer',
        status: 403,
        body: {
          request_id: REQUEST_ID,
          http_code: 403,
          response: {
            code: 403,
            status: 'failure',
            error_data: { code: 1003, message: 'Authorization failed', description: 'No' },
            data: null,
          },
        },
      },
    });
    await bench.tree.contextMenu('office', 'Refresh Trunk');
    await bench.tree.expand('office');
    await bench.tree.waitFor('the failed list', (rows) =>
      rows.some(
        ({ text, description }) =>
          text === 'Whitelisted IPs' && description === 'could not be loaded',
      ),
    );
    await bench.tree.expand('Whitelisted IPs');
    const row = /does not know this trunk/;
    await bench.tree.row(row);
    await bench.tree.contextMenu(row, 'Explain Error');
    panel = await bench.webview('1003 Authorization failed');
    await bench.tree.contextMenu(row, 'Copy as cURL');
    const curl = await clipboardWith('the request', /curl -X GET .*whitelisted-ips/);
    assert.ok(!curl.includes(sandbox.apiKey));
  });
});
