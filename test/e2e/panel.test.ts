// The panel of a trunk: passwords shown only when asked for, buttons that mend what is missing, the text
// that follows every choice, and a page that is fit for a keyboard, a screen reader and a reload.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../src/sandbox/index';
import {
  accessibilityFaults,
  addAccount,
  browserStorage,
  choose,
  lookAway,
  panelText,
  trunkWith,
  stopAtFirstFailure,
} from '../support/stories';
import { until } from '../support/wait';
import { Workbench } from '../support/workbench';

const TRUNK = trunkWith(1, 'office', []);
const NUMBER = '+918030000001';
const USER = 'office_pbx';
const PASSWORD = 'Sip_Password_shown_0nce';

describe('the panel of a trunk', function () {
  // One long story: after a step that failed the next ones would only say so again.
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;
  let panel: Frame;

  before(async () => {
    sandbox = await startSandbox({
      accountSid: 'acme',
      trunks: [TRUNK],
      issuedCredentials: false,
    });
    bench = await Workbench.start({ files: { 'pjsip.conf': '; our own PBX\n\n' } });
    // The workspace folder is a git work tree.
    mkdirSync(join(bench.folder, '.git'));
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  const button = (name: string | RegExp) => panel.getByRole('button', { name, exact: true });
  const useCase = (name: string) => panel.locator('details.case').filter({ hasText: name });

  /** The line of the page that says what was just done. */
  const result = (match: RegExp) =>
    until(`the panel to say ${String(match)}`, async () =>
      match.test(await panel.locator('.result-line').innerText({ timeout: 2000 })),
    );

  async function openPanel(): Promise<void> {
    await bench.tree.action('office', 'Open Trunk Panel');
    panel = await bench.webview('office');
    await panel.getByRole('heading', { level: 1, name: 'office' }).waitFor();
  }

  it('lists what each use case still lacks', async () => {
    await bench.openView();
    await addAccount(bench, sandbox, 'Production');
    await bench.tree.row('office');
    await openPanel();
    await useCase('Outbound').getByText('3 problems at Exotel').waitFor();
  });

  it('maps a number from the checklist, which then has one step less', async () => {
    await useCase('Outbound').getByRole('button', { name: 'Map Number…' }).click();
    await bench.quickInput.waitFor({ title: 'Map Phone Numbers' });
    await bench.quickInput.typeAndAccept(NUMBER);
    await bench.quickInput.pick('pstn');
    await useCase('Outbound').getByText('2 problems at Exotel').waitFor();
    await useCase('Outbound').getByText(NUMBER).first().waitFor();
  });

  it('creates a credential from the checklist, and outbound is ready', async () => {
    const { quickInput } = bench;
    await useCase('Outbound').getByRole('button', { name: 'Create Credential…' }).click();
    await quickInput.waitFor({ title: 'Create Credential', value: USER });
    await quickInput.accept();
    await quickInput.waitFor({ message: /tell it apart/ });
    await quickInput.accept();
    await quickInput.pick('Enter a password');
    await quickInput.waitFor({ message: /letters, digits and underscores/ });
    await quickInput.typeAndAccept(PASSWORD);
    await useCase('Outbound')
      .getByText(/^Ready( at Exotel)?$/)
      .waitFor();
    assert.equal(sandbox.passwordOf(TRUNK.trunkSid, USER), PASSWORD);
  });

  it('shows a password when asked to, and hides it again', async () => {
    const field = panel.getByRole('textbox', { name: `Password of ${USER}` });
    assert.ok(!(await panel.content()).includes(PASSWORD));
    await button(`Show the password of ${USER} for 30 seconds`).click();
    await field.waitFor();
    assert.equal(await field.inputValue(), PASSWORD);
    await button(`Show the password of ${USER} for 30 seconds`).click();
    await field.waitFor({ state: 'detached' });
    await button(`Show the password of ${USER} for 30 seconds`).click();
    await field.waitFor();
    await bench.press('Escape');
    await field.waitFor({ state: 'detached' });
    assert.ok(!(await panel.content()).includes(PASSWORD));
  });

  it('copies a password without showing it', async () => {
    await bench.ask('navigator.clipboard.writeText("")');
    await button(`Copy the password of ${USER} without showing it`).click();
    await result(/Password copied\. It was not shown\./);
    await until('the password on the clipboard', async () => {
      return (await bench.clipboard()) === PASSWORD;
    });
    assert.ok(!(await panel.content()).includes(PASSWORD));
  });

  it('follows a new name given in the tree', async () => {
    await bench.tree.contextMenu('office', 'Rename Trunk…');
    await bench.quickInput.waitFor({ title: 'Rename Trunk', value: 'office' });
    await bench.quickInput.typeAndAccept('head_office');
    await panel.getByRole('heading', { level: 1, name: 'head_office' }).waitFor();
    await bench.editor.waitForTab(/^head_office/);
  });

  it('changes the text with the transport, the use case and the PBX', async () => {
    await panelText(panel, /media_encryption\s*=\s*sdes/);
    await choose(panel, 'Transport', 'TCP');
    const tcp = await panelText(panel, /protocol\s*=\s*tcp/);
    assert.doesNotMatch(tcp, /media_encryption\s*=\s*sdes/);
    await choose(panel, 'Transport', 'TLS (with SRTP)');
    await panelText(panel, /protocol\s*=\s*tls/);
    await choose(panel, 'Use case', 'StreamKit (voice bot)');
    await panelText(panel, /X-Exotel-AccountSid/i);
    await choose(panel, 'Use case', 'Outbound (termination)');
    await choose(panel, 'PBX', 'FreeSWITCH');
    await panelText(panel, /<gateway/);
  });

  it('has a tab for each file', async () => {
    const tabs = panel.getByRole('tab');
    await until('several tabs', async () => (await tabs.count()) > 1);
    const shown = async (): Promise<string> => panel.locator('pre:visible').first().innerText();
    const first = await shown();
    await tabs.nth(1).click();
    await until('the other file', async () => (await shown()) !== first);
    await choose(panel, 'PBX', 'Kamailio');
    await panelText(panel, /#!KAMAILIO|loadmodule|request_route/);
    await choose(panel, 'PBX', 'Asterisk (PJSIP)');
    await panelText(panel, /type\s*=\s*endpoint/);
  });

  it('finds a PBX by typing, says what it cannot do, and mends it with one press', async () => {
    const search = panel.getByRole('combobox', { name: 'PBX', exact: true });
    const options = panel.locator('.popup [role="option"]');
    await search.click();
    const all = await options.count();
    assert.ok(all > 3);
    assert.equal(await search.getAttribute('aria-expanded'), 'true');
    await search.pressSequentially('no such pbx');
    await panel
      .getByText(/Nothing found for “no such pbx”/)
      .first()
      .waitFor();
    assert.equal(await search.getAttribute('aria-expanded'), 'false');
    await bench.press('Escape');
    assert.equal(await search.inputValue(), 'Asterisk (PJSIP)');

    await bench.press('ArrowDown');
    await until('the whole list', async () => (await options.count()) === all);
    await bench.press('End');
    const active = (): Promise<string | null> => search.getAttribute('aria-activedescendant');
    const last = await active();
    await bench.press('ArrowDown');
    assert.notEqual(await active(), last);
    await bench.press('Home');
    assert.equal(await active(), await options.first().getAttribute('id'));

    await search.fill('3cx');
    await until('one PBX', async () => (await options.count()) === 1);
    await bench.screenshot('panel-search');
    await bench.press('Enter');
    await until('3CX', async () => (await search.inputValue()) === '3CX');
    const refusal = panel.locator('.refusal');
    await refusal.getByText(/3CX cannot/).waitFor();
    await bench.screenshot('panel-refusal');
    await panel.locator('.preview').waitFor({ state: 'hidden' });
    assert.deepEqual(await accessibilityFaults(panel), []);
    await refusal.getByRole('button', { name: /^Use Whitelisted IP/ }).click();
    await refusal.waitFor({ state: 'hidden' });
    await until('a text', async () => (await panel.locator('.preview:not(.stale)').count()) === 1);
    await search.click();
    assert.deepEqual(await accessibilityFaults(panel), []);
    await bench.press('Escape');
    await choose(panel, 'PBX', 'Asterisk (PJSIP)');
    await button('Reset Options').click();
    await panelText(panel, /type\s*=\s*endpoint/);
  });

  it('colours the text without changing a character of it', async () => {
    await panel.locator('pre .is-comment').first().waitFor();
    await panel.locator('pre .is-section').first().waitFor();
    const marked = panel.locator('pre mark.problem').first();
    assert.equal(await marked.innerText(), 'REPLACE_WITH_SIP_PASSWORD');
    assert.match((await marked.getAttribute('title')) ?? '', /SIP password/);
    const shown = await panel.locator('pre').first().textContent();
    await button('Copy pjsip.conf').click();
    await result(/Copied pjsip\.conf/);
    // But for the comments, which say when it was made.
    const settings = (text: string) => text.replaceAll(/^;.*\n/gm, '');
    assert.equal(settings(await bench.clipboard()), settings(shown ?? ''));
    assert.ok(settings(shown ?? '').length > 200);
  });

  it('copies the command that makes the same text in a terminal', async () => {
    await button('Copy as Terminal Command').click();
    await result(/Copied the command/);
    assert.match(
      await bench.clipboard(),
      new RegExp(
        `^npx exotel-sip-trunks generate ${TRUNK.trunkSid} --target asterisk-pjsip(?: --set \\S+)*$`,
      ),
    );
  });

  it('says beside the field what is wrong with an address, and keeps it', async () => {
    const field = panel.getByRole('textbox', { name: 'Public address (behind NAT)' });
    await field.fill('not an address');
    const box = panel.locator('.field').filter({ has: panel.locator('.field-error:visible') });
    await box.getByText(/Enter an IPv4 address/).waitFor();
    assert.equal(await field.inputValue(), 'not an address');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await panel.getByText('Correct the marked options to make the text.').first().waitFor();
    await panel.locator('.preview.stale').waitFor();
    assert.deepEqual(await accessibilityFaults(panel), []);
    await field.fill('203.0.113.7');
    await box.waitFor({ state: 'detached' });
    await panelText(panel, /external_signaling_address\s*=\s*203\.0\.113\.7/);
  });

  it('can be reached and used with the keyboard alone', async () => {
    await bench.ask('navigator.clipboard.writeText("")');
    await panel.getByRole('heading', { level: 1 }).click();
    const focused = 'document.activeElement?.dataset?.key ?? ""';
    await until('the focus on Copy', async () => {
      if ((await panel.evaluate<string>(focused)) === 'copy') return true;
      await bench.press('Tab');
      return undefined;
    });
    await bench.press('Enter');
    await result(/Copied pjsip\.conf/);
    await until('the text on the clipboard', async () =>
      /type\s*=\s*endpoint/.test(await bench.clipboard()),
    );
  });

  it('asks before a password goes into a file that git may share', async () => {
    await bench.editor.open('pjsip.conf');
    await bench.editor.goTo(2);
    await bench.runCommand('View: Split Editor Right');
    await bench.tree.action('head_office', 'Open Trunk Panel');
    panel = await bench.webview('head_office');
    await panel.getByRole('checkbox', { name: 'Include the password' }).click();
    await button('Insert pjsip.conf at Cursor').click();
    const question = await bench.dialog.read(/Put the SIP password of/);
    assert.match(question.detail, /pjsip\.conf is inside a git work tree/);
    await bench.screenshot('password-consent');
    await bench.press('Escape');
    await until('no dialog', async () => !(await bench.dialog.visible()));
    await button('Insert pjsip.conf at Cursor').click();
    await bench.dialog.read(/Put the SIP password of/);
    await bench.dialog.press('Include Password');
    const text = await bench.editor.waitForText(new RegExp(`password\\s*=\\s*${PASSWORD}`));
    assert.match(text, /; our own PBX/);
    await bench.press('Control+Z');
    await until('the file as it was', async () => {
      return !(await bench.editor.read()).includes(PASSWORD);
    });
  });

  it('is there again after a reload, with what was chosen', async () => {
    await bench.editor.closeAll();
    await openAgain();
    await choose(panel, 'PBX', 'FreeSWITCH');
    await panelText(panel, /<gateway/);
    await lookAway(bench, /targetId[\\":]*freeswitch/);
    assert.ok(!(await browserStorage(bench)).includes(PASSWORD), 'no password in what is kept');
    await bench.reload();
    panel = await bench.webview('head_office');
    await panelText(panel, /<gateway/);
    assert.ok(!(await panel.content()).includes(PASSWORD));
  });

  for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const) {
    it(`has no serious accessibility fault in ${theme}`, async () => {
      if (theme !== 'dark') await bench.setTheme(theme);
      panel = await bench.webview('head_office');
      await panelText(panel, /<gateway/);
      assert.deepEqual(await accessibilityFaults(panel), []);
    });
  }

  it('never met its content security policy, which is there', async () => {
    const refused = (): string[] =>
      bench.console.filter((line) => /Content.Security.Policy/i.test(line));
    assert.deepEqual(refused(), []);
    await panel.evaluate('document.body.setAttribute("style", "color: red")');
    await until('a refusal', () => Promise.resolve(refused().length > 0));
  });

  async function openAgain(): Promise<void> {
    await bench.openView();
    await bench.tree.action('head_office', 'Open Trunk Panel');
    panel = await bench.webview('head_office');
    await panelText(panel, /type\s*=\s*endpoint|<gateway/);
  }
});
