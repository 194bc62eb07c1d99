// When the API is not to be had: it is down, it refuses the key, or this computer has no key. The view
// says which it is and what to do, and doing it helps.
import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/index';
import { addAccount, stopAtFirstFailure } from '../support/stories';
import { Workbench } from '../support/workbench';

const REPLACE = /Replace (the )?API key and token/i;

describe('an account that cannot be reached', function () {
  // One long story: after a step that failed the next ones would only say so again.
  stopAtFirstFailure(this);
  let bench: Workbench;
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox({ accountSid: 'acme' });
    bench = await Workbench.start();
  });

  after(async () => {
    await sandbox.close();
    await bench.stop();
  });

  /** The same API at the same address, with these keys. */
  async function apiComesBack(keys: { apiKey: string; apiToken: string }): Promise<void> {
    const port = Number(new URL(sandbox.url).port);
    await sandbox.close();
    sandbox = await startSandbox({ port, accountSid: sandbox.accountSid, ...keys });
  }

  async function showsTrunks(): Promise<void> {
    const trunks = await bench.tree.children('Production');
    assert.deepEqual(
      trunks.map(({ text }) => text),
      ['outbound_trunk', 'inbound_trunk', 'streamkit_trunk'],
    );
    assert.equal(await bench.viewText(), '');
  }

  it('is an account like any other first', async () => {
    await bench.openView();
    await addAccount(bench, sandbox, 'Production');
    await showsTrunks();
  });

  it('is still there after a reload of the window, with its key', async () => {
    sandbox.clearRequests();
    await bench.reload();
    await bench.openView();
    await showsTrunks();
    assert.ok(sandbox.requests.every(({ status }) => status === 200));
  });

  it('says that the API is not reachable, and offers to try again', async () => {
    await sandbox.close();
    await bench.reload();
    await bench.openView();
    const text = await bench.waitForViewText(/Try Again/);
    assert.match(text, /could not be reached|cannot be reached|refused the connection/);
    assert.match(text, /edit (it|the account)/i);
    await bench.screenshot('unreachable');
  });

  it('shows the trunks once the API is back', async () => {
    await apiComesBack(sandbox);
    await bench.pressWelcome('Try Again');
    await showsTrunks();
  });

  it('says that the key is refused, and how to mend that', async () => {
    await apiComesBack({ apiKey: 'another_key', apiToken: 'another_token' });
    await bench.reload();
    await bench.openView();
    const text = await bench.waitForViewText(/Exotel (did|does) not accept/);
    assert.match(text, /Edit (the )?account/i);
    assert.match(text, REPLACE);
    assert.match(text, /remove (it|the account)/);
    await bench.screenshot('refused');
  });

  it('takes a new key, but not one that is wrong, too', async () => {
    const { quickInput } = bench;
    const title = 'Replace API Key and Token of Production';
    await bench.pressWelcome(REPLACE);
    await quickInput.waitFor({ title, step: '1/2' });
    await quickInput.typeAndAccept('a_wrong_key');
    await quickInput.waitFor({ title, step: '2/2' });
    await quickInput.typeAndAccept('a_wrong_token');
    const dialog = await bench.dialog.read(/does not accept this key/);
    assert.match(dialog.detail, /another region/);
    await bench.dialog.press('Go Back and Correct…');
    await quickInput.waitFor({ title, step: '1/2' });
    await quickInput.typeAndAccept(sandbox.apiKey);
    await quickInput.waitFor({ title, step: '2/2' });
    await quickInput.typeAndAccept(sandbox.apiToken);
    await showsTrunks();
  });

  it('says that there is no key on this computer when the keyring lost it', async () => {
    // Where VS Code in a browser keeps its keyring; encrypted, with half of its key at the server.
    await bench.ask('localStorage.removeItem("secrets.provider")');
    await bench.reload();
    await bench.openView();
    const text = await bench.waitForViewText(/this computer (has no|does not have)/i);
    assert.match(text, REPLACE);
  });

  it('works again once the key is entered', async () => {
    const { quickInput } = bench;
    await bench.pressWelcome(REPLACE);
    await quickInput.waitFor({ step: '1/2' });
    await quickInput.typeAndAccept(sandbox.apiKey);
    await quickInput.waitFor({ step: '2/2' });
    await quickInput.typeAndAccept(sandbox.apiToken);
    await showsTrunks();
  });

  it('takes nothing of the account into another profile', async () => {
    await bench.openInNewProfile();
    await bench.openView();
    await bench.waitForViewText(/Connect your Exotel account/);
  });
});
