// Secrets that are easy to recognise, through everything that could spill them: refusals that echo them,
// broken connections, a wrong key, the panel, documents, a reload. Afterwards they are looked for in
// every file, on every page, in all that was said and in what the browser keeps.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsoleMessage } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../src/sandbox/index';
import {
  addAccount,
  browserStorage,
  panelText,
  trunkWith,
  stopAtFirstFailure,
} from '../support/stories';
import { until } from '../support/wait';
import { installedExtensions, Workbench } from '../support/workbench';

const LABEL = 'Planted account';
const TRUNK = trunkWith(1, 'planted', ['+918030000001']);
const USER = 'planted_pbx';
const API_KEY = 'K3Y_planted_4f9c2e';
const API_TOKEN = 'T0KEN_planted/81d7aa+x=';
const WRONG_KEY = 'K3Y_wrong_90bb17';
const WRONG_TOKEN = 'T0KEN_wrong/55e2c4+x=';
const SIP_PASSWORD = 'S1P_planted_77ac13';

/** Each value as it is, and as it travels. */
function formsOf(values: readonly string[]): string[] {
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  return [
    ...new Set(
      values.flatMap((value) => [
        value,
        encodeURIComponent(value),
        encodeURI(value),
        new URLSearchParams({ v: value }).toString().slice(2),
        encoded(value),
      ]),
    ),
  ];
}

/** The SIP password is not entered yet. */
const API_FORMS = formsOf([API_KEY, API_TOKEN, `${API_KEY}:${API_TOKEN}`]);
const RIGHT = [...API_FORMS, ...formsOf([SIP_PASSWORD])];
const WRONG = formsOf([WRONG_KEY, WRONG_TOKEN, `${WRONG_KEY}:${WRONG_TOKEN}`]);

/** All files below, with their contents byte by byte. */
function* filesBelow(dir: string): Iterable<{ readonly path: string; readonly text: string }> {
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const path = join(dir, name);
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts?.isFile() === true) yield { path, text: readFileSync(path, 'latin1') };
  }
}

describe('secrets', function () {
  // One long story: after a step that failed the next ones would only say so again.
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;
  const said: string[] = [];
  /** Where it was found, of all that was looked at. */
  const places = new Map<string, string>();

  before(async () => {
    sandbox = await startSandbox({
      accountSid: 'acme',
      apiKey: API_KEY,
      apiToken: API_TOKEN,
      trunks: [TRUNK],
    });
    bench = await Workbench.start({
      env: { LOG_LEVEL: 'trace' },
      files: { 'pjsip.conf': '; our own PBX\n' },
    });
    bench.page.on('console', (message: ConsoleMessage) => said.push(message.text()));
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  /** A refusal that says in its text whatever it was sent. */
  function refuseEchoing(
    match: { method: string; path: RegExp },
    status: number,
    forms: readonly string[],
  ): void {
    const description = `refused ${forms.join(' ')}`;
    const error_data = { code: 1002, message: `no: ${forms.join(' ')}`, description };
    const response = { code: status, status: 'failure', error_data, data: null };
    const body = { request_id: 'r1', method: match.method, http_code: status, response };
    sandbox.fail({ match, times: 1, then: { kind: 'answer', status, body } });
  }

  /** What the window shows just now, in all its frames. */
  async function lookAtPages(when: string): Promise<void> {
    for (const [index, frame] of bench.page.frames().entries()) {
      const html = await frame.content().catch(() => '');
      places.set(`page ${when}, frame ${index}`, html);
    }
    const notifications = await bench.notifications.all();
    places.set(`notifications ${when}`, JSON.stringify(notifications));
  }

  async function createCredential(): Promise<void> {
    const { quickInput } = bench;
    await bench.tree.contextMenu('planted', 'Create Credential…');
    await quickInput.waitFor({ title: 'Create Credential', value: USER });
    await quickInput.accept();
    await quickInput.waitFor({ message: /tell it apart/ });
    await quickInput.accept();
    await quickInput.pick('Enter a password');
    await quickInput.waitFor({ message: /letters, digits and underscores/ });
    await quickInput.typeAndAccept(SIP_PASSWORD);
  }

  it('are entered for an account', async () => {
    await bench.openView();
    await addAccount(bench, sandbox, LABEL);
    await bench.tree.children('planted');
  });

  it('are echoed by a refusal of the key', async () => {
    refuseEchoing({ method: 'GET', path: /trunks/ }, 401, API_FORMS);
    await bench.tree.contextMenu(LABEL, 'Verify Account');
    await bench.notifications.waitFor(/Exotel did not accept this API key/);
    await lookAtPages('with a refused key');
    await bench.notifications.clear();
  });

  it('are echoed by a conflict', async () => {
    refuseEchoing({ method: 'POST', path: /credentials/ }, 409, RIGHT);
    await createCredential();
    await until('the fault to be met', () => Promise.resolve(sandbox.faultsLeft() === 0));
    await until('what went wrong', async () => (await bench.notifications.all()).length > 0);
    await lookAtPages('with a conflict');
    await bench.notifications.clear();
  });

  it('are in a call whose connection breaks', async () => {
    sandbox.fail({
      match: { method: 'POST', path: /credentials/ },
      times: 1,
      then: { kind: 'reset' },
    });
    await createCredential();
    // Whoever is to keep it sees it, this once.
    const { detail } = await bench.dialog.read(/SIP password of planted_pbx/);
    assert.ok(detail.includes(SIP_PASSWORD));
    await bench.dialog.press('Close');
    await until('what went wrong', async () => (await bench.notifications.all()).length > 0);
    await lookAtPages('with a broken connection');
    await bench.notifications.clear();
  });

  it('are sent at last', async () => {
    await createCredential();
    await until('Exotel to have it', () =>
      Promise.resolve(sandbox.passwordOf(TRUNK.trunkSid, USER) === SIP_PASSWORD),
    );
  });

  it('are entered wrongly', async () => {
    const { quickInput } = bench;
    await bench.tree.contextMenu(LABEL, 'Replace API Key and Token…');
    await quickInput.waitFor({ step: '1/2' });
    await quickInput.typeAndAccept(WRONG_KEY);
    refuseEchoing({ method: 'GET', path: /trunks/ }, 401, WRONG);
    await quickInput.waitFor({ step: '2/2' });
    await quickInput.typeAndAccept(WRONG_TOKEN);
    await bench.dialog.read(/does not accept this key/);
    await lookAtPages('with a wrong key');
    await bench.dialog.press('Cancel');
  });

  it('are shown by the panel for a moment', async () => {
    await bench.tree.action('planted', 'Open Trunk Panel');
    const panel = await bench.webview('planted');
    await panelText(panel, /type\s*=\s*endpoint/);
    const show = panel.getByRole('button', { name: `Show the password of ${USER} for 30 seconds` });
    const field = panel.getByRole('textbox', { name: `Password of ${USER}` });
    await show.click();
    await field.waitFor();
    assert.equal(await field.inputValue(), SIP_PASSWORD);
    await bench.press('Escape');
    await field.waitFor({ state: 'detached' });
    await lookAtPages('with the panel');
  });

  it('are no part of a trunk as JSON', async () => {
    await bench.tree.contextMenu('planted', 'Show Trunk as JSON');
    const text = await bench.editor.waitForText(TRUNK.trunkSid);
    assert.match(text, new RegExp(USER));
    places.set('JSON document', text);
  });

  it('are a placeholder in a file', async () => {
    await bench.editor.open('pjsip.conf');
    await bench.editor.goTo(2);
    await bench.runCommand('Exotel SIP: Insert PBX Configuration at Cursor…');
    await bench.quickInput.waitFor({ placeholder: /Which trunk/ });
    await bench.quickInput.pick('planted');
    await bench.quickInput.waitFor({ placeholder: /Which kind of Asterisk/ });
    await bench.quickInput.accept();
    await bench.quickInput.pick('Outbound');
    await bench.quickInput.pick('Placeholder');
    await bench.editor.waitForText(/REPLACE_WITH_SIP_PASSWORD/);
    await bench.press('Escape');
    await bench.editor.save('pjsip.conf');
  });

  it('survive a reload of the window', async () => {
    await bench.reload();
    await bench.openView();
    await bench.tree.row('planted');
    await bench.runCommand('Notifications: Show Notifications');
    await lookAtPages('after a reload');
  });

  it('are in no file, no page, no log and no state', async () => {
    const extensions = await installedExtensions();
    const dirs = [bench.home, extensions];
    for (const { path, text } of dirs.flatMap((dir) => [...filesBelow(dir)]))
      places.set(path, text);
    places.set('console', [...said, ...bench.console].join('\n'));
    places.set('output of the server', bench.server.program.output);
    places.set('paths of requests', sandbox.requests.map(({ path }) => path).join('\n'));
    places.set('what the browser keeps', await browserStorage(bench));

    const found = [...places].flatMap(([place, text]) =>
      [...RIGHT, ...WRONG]
        .filter((form) => text.includes(form))
        .map((form) => `${form} in ${place}`),
    );
    assert.deepEqual(found, []);
  });

  it('would have been found', () => {
    const holding = (needle: string): string[] =>
      [...places].filter(([, text]) => text.includes(needle)).map(([place]) => place);
    assert.ok(holding(LABEL).includes('what the browser keeps'), 'the state is looked at');
    assert.ok(holding('REPLACE_WITH_SIP_PASSWORD').some((place) => place.endsWith('pjsip.conf')));
    assert.ok(holding(USER).some((place) => place.startsWith('page with the panel')));
    assert.ok(holding(TRUNK.trunkSid).includes('paths of requests'));
    const [log] = [...places].filter(([place]) => place.endsWith('Exotel SIP Trunks.log'));
    assert.ok(log !== undefined, 'the extension has a log');
    assert.match(log[1], /401/);
    assert.match(log[1], /\[(trace|debug)\]/);
  });
});
