// Adding, verifying and removing accounts, with a keyring that is VS Code's own.
import * as vscode from 'vscode';
import assert from 'node:assert/strict';
import { BACK } from '../../src/app/input/prompter';
import { ESC } from '../support/scripted-prompter';
import { stage, type Stage } from './extension';

describe('An account', () => {
  let on: Stage;

  beforeEach(async () => {
    on = await stage();
    await on.services.registry.remove(on.account.id);
    on.sandbox.clearRequests();
  });

  afterEach(() => on.close());

  const accounts = () => on.services.registry.list();

  it('is added after a real call, with what was entered kept on the way back', async () => {
    const { sandbox } = on;
    const person = await on.run('exotelSip.account.add', [
      'Custom host',
      'http://api.example.com',
      sandbox.url,
      BACK,
      sandbox.url,
      'bad sid!',
      sandbox.accountSid,
      sandbox.apiKey,
      sandbox.apiToken,
      'Production',
      'Read and change',
    ]);
    assert.deepEqual(
      accounts().map(({ label, baseUrl, readOnly }) => [label, baseUrl, readOnly]),
      [['Production', sandbox.url, false]],
    );
    assert.ok(sandbox.requests.length > 0, 'it was verified');
    assert.equal(person.asked[3]?.value, sandbox.url, 'the host was still filled in');
    assert.ok(person.asked.filter(({ secret }) => secret).length === 2);
    const keys = await on.services.registry.keys(accounts()[0]?.id ?? '');
    assert.equal(keys?.apiToken.reveal(), sandbox.apiToken);
  });

  it('with a wrong key is not saved; the person may enter it again', async () => {
    const { sandbox } = on;
    const person = await on.run('exotelSip.account.add', [
      'Custom host',
      sandbox.url,
      sandbox.accountSid,
      'wrongkey',
      sandbox.apiToken,
      'Production',
      'Read and change',
      'Go Back and Correct…',
      sandbox.apiKey,
      '',
      'Production',
      'Read and change',
    ]);
    const failure = person.asked.find(({ choices }) => choices.includes('Go Back and Correct…'));
    assert.match(failure?.prompt ?? '', /key/i);
    assert.match(failure?.prompt ?? '', /region/i);
    assert.equal(accounts().length, 1);
  });

  it('with a wrong key is explained on request, and nothing that was entered is lost', async () => {
    const { sandbox } = on;
    const person = await on.run('exotelSip.account.add', [
      'Custom host',
      sandbox.url,
      sandbox.accountSid,
      'wrongkey',
      sandbox.apiToken,
      'Production',
      'Read and change',
      'Explain',
      sandbox.apiKey,
      '',
      'Production',
      'Read and change',
    ]);
    const failure = person.asked.find(({ choices }) => choices.includes('Explain'));
    assert.match(failure?.prompt ?? '', /key/i);
    assert.equal(accounts().length, 1);
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(
      open.some((label) => /key|401|accept/i.test(label)),
      open.join(', '),
    );
  });

  it('that cannot be reached may be saved unverified', async () => {
    await on.run('exotelSip.account.add', [
      'Custom host',
      'http://127.0.0.1:9',
      'somebody1',
      'key1234',
      'token1234',
      'Offline',
      'Read only',
      'Save without Verifying',
    ]);
    assert.deepEqual(
      accounts().map(({ label, readOnly }) => [label, readOnly]),
      [['Offline', true]],
    );
  });

  it('is not added when the person gives up on a wrong key', async () => {
    const { sandbox } = on;
    await on.run('exotelSip.account.add', [
      'Custom host',
      sandbox.url,
      sandbox.accountSid,
      'wrongkey',
      'wrongtoken',
      'Production',
      'Read and change',
      ESC,
    ]);
    assert.deepEqual(accounts(), []);
  });

  it('gets a new key and token, is edited and verified, and leaves nothing behind', async () => {
    const { sandbox } = on;
    const add = ['Custom host', sandbox.url, sandbox.accountSid, sandbox.apiKey, sandbox.apiToken];
    await on.run('exotelSip.account.add', [...add, 'Production', 'Read and change']);
    const [account] = accounts();
    const ref = { kind: 'account', accountId: account?.id ?? '' } as const;

    await on.run('exotelSip.account.replaceKeys', [sandbox.apiKey, sandbox.apiToken], ref);
    await on.run(
      'exotelSip.account.edit',
      ['Custom host', sandbox.url, sandbox.accountSid, 'Live', 'Read only'],
      ref,
    );
    assert.deepEqual(
      accounts().map(({ label, readOnly }) => [label, readOnly]),
      [['Live', true]],
    );
    await on.run('exotelSip.account.verify', [], ref);
    assert.match(on.ui.said.at(-1) ?? '', /accepts the key/);

    await on.run('exotelSip.account.remove', ['Remove Account'], ref);
    assert.deepEqual(accounts(), []);
    assert.equal(await on.services.registry.keys(ref.accountId), null);
  });

  it('of the same SID added again replaces the key instead of showing twice', async () => {
    const { sandbox } = on;
    const add = ['Custom host', sandbox.url, sandbox.accountSid, sandbox.apiKey, sandbox.apiToken];
    await on.run('exotelSip.account.add', [...add, 'First', 'Read and change']);
    await on.run('exotelSip.account.add', [...add, 'Second', 'Read and change']);
    assert.deepEqual(
      accounts().map(({ label }) => label),
      ['Second'],
    );
  });

  it('on the sandbox is one click, and is gone with it', async () => {
    await on.run('exotelSip.account.addSandbox', []);
    const [account] = accounts();
    assert.equal(account?.sandbox, true);
    const model = await on.services.models.open(account.id);
    await model.ensureTrunks();
    assert.equal(model.trunks.value?.length, 3);
    await on.run('exotelSip.account.remove', ['Remove Account'], {
      kind: 'account',
      accountId: account.id,
    });
    assert.deepEqual(accounts(), []);
  });
});
