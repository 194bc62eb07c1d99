// The main job, as a person does it on the packaged extension: an account through the inputs, a trunk with
// everything on it, its panel, a configuration in a file, and all of it taken away again. After each step
// the tree and Exotel (the sandbox) are looked at.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startSandbox, type Sandbox, type TrunkState } from '../../src/sandbox/index';
import { stopAtFirstFailure } from '../support/stories';
import { until } from '../support/wait';
import { Workbench } from '../support/workbench';

const TRUNK = 'e2e_trunk';
const NUMBER = '+918045671234';
const IP = '13.200.45.77';
const DESTINATION = 'pbx.example.com:5061;transport=tls';

/** Chooses from one of the panel's lists, by its label. */
async function choose(panel: Frame, label: string, option: string): Promise<void> {
  await panel.getByRole('combobox', { name: label, exact: true }).click();
  await panel.getByRole('option', { name: option, exact: true }).click();
}

describe('the main job', function () {
  // One long story: after a step that failed the next ones would only say so again.
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
    bench = await Workbench.start({ files: { 'pjsip.conf': '; our own PBX\n\n' } });
  });

  after(async () => {
    await bench.stop();
    await sandbox.close();
  });

  const trunk = (): TrunkState | undefined =>
    sandbox.state().trunks.find(({ trunkName }) => trunkName === TRUNK);

  /** Waits until Exotel has it; a change needs its round trip. */
  const exotel = (what: string, holds: (state: TrunkState) => boolean) =>
    until(`Exotel to have ${what}`, () => {
      const state = trunk();
      return Promise.resolve(state !== undefined && holds(state));
    });

  /** Waits until the row says so beside its name; first it says "creating…". */
  const row = async (label: string, beside: RegExp): Promise<void> => {
    await bench.tree.waitFor(`${label} ${String(beside)}`, (rows) =>
      rows.some(({ text, description }) => text === label && beside.test(description)),
    );
  };

  it('starts with a greeting that says how to begin', async () => {
    await bench.openView();
    await bench.waitForViewText(/Connect your Exotel account/);
    await bench.screenshot('welcome');
  });

  it('adds an account through the inputs, with a way back', async () => {
    const { quickInput } = bench;
    await bench.pressWelcome('Add Account…');
    await quickInput.waitFor({ title: 'Add Account', step: '1/6', pick: 'India (Mumbai)' });
    await bench.screenshot('add-account-region');
    await quickInput.pick('Custom host');
    await quickInput.waitFor({ step: '2/7' });
    await quickInput.typeAndAccept(sandbox.url);
    await quickInput.waitFor({ step: '3/7' });
    await quickInput.back();
    await quickInput.waitFor({ step: '2/7', value: sandbox.url });
    await quickInput.accept();
    await quickInput.waitFor({ step: '3/7' });
    await quickInput.type('not a sid');
    await quickInput.waitFor({ message: /not allowed/ });
    await bench.screenshot('add-account-invalid');
    await quickInput.typeAndAccept(sandbox.accountSid);
    assert.equal((await quickInput.waitFor({ step: '4/7' })).password, true);
    await quickInput.typeAndAccept(sandbox.apiKey);
    assert.equal((await quickInput.waitFor({ step: '5/7' })).password, true);
    await quickInput.typeAndAccept(sandbox.apiToken);
    await quickInput.waitFor({ step: '6/7', value: sandbox.accountSid });
    await quickInput.typeAndAccept('Production');
    await quickInput.waitFor({ step: '7/7' });
    await quickInput.pick('Read and change');
    const trunks = await bench.tree.children('Production');
    assert.deepEqual(
      trunks.map(({ text }) => text),
      ['outbound_trunk', 'inbound_trunk', 'streamkit_trunk'],
    );
  });

  it('shows a trunk with its numbers, IPs, destinations, credentials and caller ID', async () => {
    const sections = await bench.tree.children('outbound_trunk');
    await row('Phone Numbers', /^2$/);
    assert.deepEqual(
      sections.map(({ text }) => text),
      ['Phone Numbers', 'Whitelisted IPs', 'Destination URIs', 'Credentials', 'Caller ID'],
    );
    const numbers = await bench.tree.children('Phone Numbers');
    assert.deepEqual(
      numbers.map(({ text, description: mode }) => `${text} ${mode}`),
      ['+918040123456 pstn', '+919876543210 pstn'],
    );
    await row('Caller ID', /^\+918040123456$/);
    await bench.screenshot('tree');
    await bench.tree.collapse('outbound_trunk');
  });

  it('creates a trunk', async () => {
    await bench.tree.action('Production', 'Create Trunk…');
    await bench.quickInput.waitFor({ title: 'Create Trunk', step: '1/2' });
    await bench.quickInput.type('much_too_long_a_name');
    await bench.quickInput.waitFor({ message: /16/ });
    await bench.quickInput.typeAndAccept(TRUNK);
    await bench.quickInput.waitFor({ step: '2/2', value: `${sandbox.accountSid}.pstn.exotel.com` });
    await bench.quickInput.accept();
    await bench.tree.waitFor('the new trunk', (rows) =>
      rows.some(({ text, expanded }) => text === TRUNK && expanded !== undefined),
    );
    assert.equal(trunk()?.nsoCode, 'ANY-ANY');
    await bench.tree.expand(TRUNK);
    await row('Phone Numbers', /^none$/);
  });

  it('maps a number', async () => {
    await bench.tree.action('Phone Numbers', 'Map Phone Numbers…');
    await bench.quickInput.waitFor({ title: 'Map Phone Numbers' });
    await bench.quickInput.typeAndAccept(NUMBER);
    await bench.quickInput.pick('pstn');
    await exotel('the number', ({ phoneNumbers }) => phoneNumbers[0]?.phoneNumber === NUMBER);
    await row(NUMBER, /^pstn$/);
  });

  it('whitelists an IP', async () => {
    await bench.tree.action('Whitelisted IPs', 'Whitelist IPs…');
    await bench.quickInput.waitFor({ title: 'Whitelist IPs' });
    await bench.quickInput.type('10.0.0.1');
    await bench.quickInput.waitFor({ message: /private/ });
    await bench.quickInput.typeAndAccept(IP);
    await exotel('the IP', ({ whitelistedIps }) => whitelistedIps[0]?.ip === IP);
    await row(IP, /^\/32$/);
  });

  it('adds a destination', async () => {
    await bench.tree.action('Destination URIs', 'Add Destination URIs…');
    await bench.quickInput.waitFor({ title: 'Add Destination URIs' });
    await bench.quickInput.typeAndAccept(`sip:${DESTINATION}`);
    await exotel('the destination', ({ destinations }) => destinations.length === 1);
    await row(DESTINATION, /^priority 0/);
  });

  it('creates a credential, whose password is shown once', async () => {
    await bench.tree.action('Credentials', 'Create Credential…');
    await bench.quickInput.waitFor({ title: 'Create Credential', value: `${TRUNK}_pbx` });
    await bench.quickInput.accept();
    await bench.quickInput.waitFor({ message: /tell it apart/ });
    await bench.quickInput.accept();
    await bench.quickInput.pick('Generate a strong password');
    const dialog = await bench.dialog.read(/SIP password/);
    const password = sandbox.passwordOf(trunk()?.trunkSid ?? '', `${TRUNK}_pbx`) ?? '';
    assert.match(password, /^[A-Za-z0-9]{24}$/);
    assert.ok(dialog.detail.includes(password));
    await bench.dialog.press('Copy Password');
    await until(
      'the password on the clipboard',
      async () => (await bench.clipboard()) === password,
    );
    await bench.tree.row(`${TRUNK}_pbx`);
  });

  it('shows the panel and switches the PBX', async () => {
    await bench.tree.action(TRUNK, 'Open Trunk Panel');
    const panel = await bench.webview(TRUNK);
    await until('the generated text', async () =>
      (await panel.locator('pre').first().innerText()).includes('type = endpoint'),
    );
    const text = await panel.locator('body').innerText();
    assert.ok(text.includes(`${sandbox.accountSid}.pstn.exotel.com`));
    assert.ok(text.includes(NUMBER));
    const password = sandbox.passwordOf(trunk()?.trunkSid ?? '', `${TRUNK}_pbx`) ?? '';
    assert.ok(!(await panel.content()).includes(password), 'the password is not on the page');
    await bench.screenshot('panel');
    await choose(panel, 'PBX', 'FreeSWITCH');
    await until('the FreeSWITCH text', async () =>
      (await panel.locator('pre').first().innerText()).includes('<gateway'),
    );
    await choose(panel, 'PBX', 'Asterisk (PJSIP)');
  });

  it('inserts the Asterisk configuration into the open pjsip.conf', async () => {
    await bench.editor.open('pjsip.conf');
    await bench.editor.goTo(2);
    await bench.runCommand('Exotel SIP: Insert PBX Configuration at Cursor…');
    await bench.quickInput.waitFor({ placeholder: /Which trunk/, pick: TRUNK });
    await bench.quickInput.pick(TRUNK);
    // Everything else was chosen in the panel, or follows the trunk.
    await bench.quickInput.waitFor({ step: '1/2' });
    await bench.quickInput.typeAndAccept('198.51.100.0/24');
    await bench.quickInput.pick('Placeholder');
    await bench.waitForStatus(/Inserted pjsip.conf into pjsip.conf/);
    const text = await bench.editor.waitForText(/type\s*=\s*endpoint/);
    assert.match(text, /; our own PBX/);
    assert.match(text, /REPLACE_WITH_SIP_PASSWORD/);
    assert.match(text, new RegExp(`from_user\\s*=\\s*\\${NUMBER}`));
    await bench.screenshot('inserted');
    await bench.press('Escape');
    const saved = await bench.editor.save('pjsip.conf');
    assert.match(saved, /type\s*=\s*endpoint/);
  });

  it('switches the number to flow', async () => {
    await bench.tree.contextMenu(NUMBER, 'Switch Phone Number Mode…');
    await bench.quickInput.pick('flow');
    await exotel('mode flow', ({ phoneNumbers }) => phoneNumbers[0]?.mode === 'flow');
    await row(NUMBER, /^flow$/);
  });

  it('changes its mind with Esc and nothing is sent', async () => {
    sandbox.clearRequests();
    await bench.tree.contextMenu(NUMBER, 'Unmap Phone Number…');
    await bench.dialog.read(/Unmap/);
    await bench.press('Escape');
    await bench.tree.contextMenu(TRUNK, 'Rename Trunk…');
    await bench.quickInput.waitFor({ title: 'Rename Trunk' });
    await bench.quickInput.escape();
    assert.equal(sandbox.mutations(), 0);
  });

  it('removes each item', async () => {
    await bench.tree.contextMenu(NUMBER, 'Unmap Phone Number…');
    await bench.dialog.read(/Unmap/);
    await bench.dialog.press('Unmap');
    await bench.tree.waitForNoRow(NUMBER);
    await bench.tree.contextMenu(IP, 'Remove Whitelisted IP…');
    await bench.dialog.read(/Remove/);
    await bench.dialog.press('Remove');
    await bench.tree.waitForNoRow(IP);
    await bench.tree.contextMenu(DESTINATION, 'Remove Destination URI…');
    await bench.dialog.read(/Remove/);
    await bench.dialog.press('Remove');
    await bench.tree.waitForNoRow(DESTINATION);
    await bench.tree.contextMenu(`${TRUNK}_pbx`, 'Delete Credential…');
    await bench.dialog.read(/Delete/);
    await bench.dialog.press('Delete');
    await bench.tree.waitForNoRow(`${TRUNK}_pbx`);
    const left = trunk();
    assert.deepEqual(
      [left?.phoneNumbers, left?.whitelistedIps, left?.destinations, left?.credentials],
      [[], [], [], []],
    );
  });

  it('deletes the trunk once its name is typed', async () => {
    await bench.tree.contextMenu(TRUNK, 'Delete Trunk…');
    const dialog = await bench.dialog.read(/Delete trunk/);
    assert.match(dialog.detail, /Phone Numbers: none/);
    await bench.screenshot('delete-trunk');
    await bench.dialog.press('Delete Trunk…');
    await bench.quickInput.typeAndAccept('e2e');
    await bench.quickInput.waitFor({ message: /exactly/ });
    await bench.quickInput.typeAndAccept(TRUNK);
    await bench.tree.waitForNoRow(TRUNK);
    assert.equal(trunk(), undefined);
  });

  it('showed no error on the way', async () => {
    const errors = (await bench.notifications.all()).filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
  });
});
