// The tree as VS Code asks it: what it shows in each state, and which rows a change redraws.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Secret } from '../../src/exotel/secret';
import { nodeId, type NodeRef, type SectionRef, type TrunkRef } from '../../src/app/refs';
import { stage, until, type Stage } from './extension';

const OUTBOUND = 'trmum1f708622631150902801a1n';

describe('The tree', () => {
  let on: Stage;
  let drawn: string[];
  let subscription: vscode.Disposable;

  beforeEach(async () => {
    on = await stage();
    drawn = [];
    subscription = on.services.tree.onDidChangeTreeData((ref) => {
      drawn.push(ref === undefined ? 'everything' : nodeId(ref).replace(on.account.id, 'A'));
    });
  });

  afterEach(async () => {
    subscription.dispose();
    await on.close();
  });

  const account = (): NodeRef => ({ kind: 'account', accountId: on.account.id });
  const trunk = (): TrunkRef => ({
    kind: 'trunk',
    accountId: on.account.id,
    trunkSid: OUTBOUND,
  });
  const section = (name: SectionRef['section']): SectionRef => ({
    ...trunk(),
    kind: 'section',
    section: name,
  });
  const labels = (ref?: NodeRef): string[] =>
    on.services.tree.getChildren(ref).map((child) => {
      const { label } = on.services.tree.getTreeItem(child);
      return typeof label === 'string' ? label : '';
    });

  async function opened(): Promise<void> {
    const model = await on.services.models.open(on.account.id);
    await model.ensureTrunks();
    on.services.tree.getChildren();
    on.services.tree.getChildren(account());
    await model.ensureSections(OUTBOUND);
    drawn.length = 0;
    on.sandbox.clearRequests();
  }

  it('answers at once and loads behind', async () => {
    assert.deepEqual(labels(), ['Test account']);
    assert.deepEqual(labels(account()), ['Loading…']);
    await until('the trunks are there', () => labels(account()).length === 3);
    assert.equal(on.sandbox.requests.length, 1, 'nothing beneath the trunks was asked for');
  });

  it('draws a new account again once, when its trunks are there', async () => {
    labels();
    assert.deepEqual(labels(account()), ['Loading…']);
    const listed = () => on.services.models.peek(on.account.id)?.trunks.state === 'ready';
    await until('the trunks are there', listed);
    assert.deepEqual(drawn, ['account/A']);
    assert.equal(labels(account()).length, 3);
  });

  it('redraws the row that changed and no other', async () => {
    await opened();
    const numbers = { ...section('numbers'), kind: 'row', rowId: '41512' } as const;
    await on.run('exotelSip.number.switchMode', ['flow'], numbers);
    assert.deepEqual([...new Set(drawn)], [`account/A/trunk/${OUTBOUND}/numbers/41512`]);

    drawn.length = 0;
    await on.run('exotelSip.ip.whitelist', ['13.200.45.99'], section('ips'));
    assert.deepEqual([...new Set(drawn)], [`account/A/trunk/${OUTBOUND}/ips`]);

    drawn.length = 0;
    await on.run('exotelSip.trunk.rename', ['renamed'], trunk());
    assert.deepEqual([...new Set(drawn)], [`account/A/trunk/${OUTBOUND}`]);

    drawn.length = 0;
    await on.run(
      'exotelSip.trunk.create',
      ['one_more', `${on.account.accountSid}.pstn.exotel.com`],
      account(),
    );
    assert.deepEqual([...new Set(drawn)], ['account/A']);
  });

  it('redraws nothing when a refresh brings nothing new', async () => {
    await opened();
    const model = await on.services.models.open(on.account.id);
    await model.reloadAll();
    assert.deepEqual(drawn, []);
  });

  it('greets by state: no account, no trunk, unreachable, refused, no match', async () => {
    const { tree, registry } = on.services;
    assert.equal(tree.viewState, 'list');
    await opened();

    tree.setFilter('nothing like it');
    const model = await on.services.models.open(on.account.id);
    await until('all is searched', () => tree.matches?.unsearched === 0);
    assert.equal(tree.viewState, 'noMatch');
    assert.deepEqual(labels(), []);
    tree.setFilter(null);
    assert.equal(tree.viewState, 'list');

    for (const each of on.sandbox.state().trunks) await model.deleteTrunk(each.trunkSid);
    assert.equal(tree.viewState, 'noTrunk');
    assert.deepEqual(labels(), []);

    const wrong = { apiKey: new Secret('wrong'), apiToken: new Secret('wrong') };
    await registry.replaceKeys(on.account.id, wrong);
    // VS Code asks again after each redraw while the view is open; here the test does.
    const becomes = (state: string) =>
      until(`it is ${state}`, () => {
        labels(account());
        return tree.viewState === state;
      });
    await becomes('refused');

    await registry.update(on.account.id, { baseUrl: 'http://127.0.0.1:9' });
    await becomes('unreachable');

    await registry.remove(on.account.id);
    assert.equal(tree.viewState, 'noAccount');
  });

  it('with a filter and a list that fails asks once, not for ever', async () => {
    const { tree } = on.services;
    on.sandbox.fail({ times: 1000, then: { kind: 'answer', status: 403 } });
    tree.setFilter('80401');
    labels();
    const model = await on.services.models.open(on.account.id);
    await until('the list has failed', () => model.trunks.state === 'failed');
    // Long enough for a loop to show: each turn takes a few milliseconds.
    const end = Date.now() + 500;
    await until('half a second is over', () => Date.now() > end);
    assert.ok(on.sandbox.requests.length < 5, `${on.sandbox.requests.length} calls`);
  });

  it('shows a failed section with a row that tries again, the caller ID too', async () => {
    await opened();
    for (const name of ['numbers', 'settings'] as const) {
      const path = name === 'numbers' ? /phone-numbers/ : /settings/;
      on.sandbox.fail({ match: { path }, times: 1, then: { kind: 'answer', status: 403 } });
      const model = await on.services.models.open(on.account.id);
      await model.reloadSections(OUTBOUND, [name]);
      const item = on.services.tree.getTreeItem(on.services.tree.intern(section(name)));
      assert.notEqual(item.collapsibleState, vscode.TreeItemCollapsibleState.None, name);
      const [failed] = on.services.tree.getChildren(section(name));
      assert.ok(failed);
      const note = on.services.tree.getTreeItem(failed);
      assert.match(note.contextValue ?? '', /failed/);
      await on.run('exotelSip.view.retry', [], failed);
      assert.equal(model.trunk(OUTBOUND)?.sections[name].state, 'ready');
    }
  });

  it('finds a number among all trunks and shows only it', async () => {
    const { tree } = on.services;
    await opened();
    tree.setFilter('+91 98765');
    await until('all is searched', () => tree.matches?.unsearched === 0);
    assert.deepEqual(tree.matches, { trunks: 1, numbers: 1, searched: 3, unsearched: 0 });
    assert.deepEqual(labels(account()), ['outbound_trunk']);
    assert.deepEqual(labels(section('numbers')), ['+919876543210']);
    assert.equal(tree.firstNumberFound?.rowId, '41513');
  });

  it('is the same row for VS Code every time it is asked', async () => {
    await opened();
    const [first] = on.services.tree.getChildren(account());
    const [again] = on.services.tree.getChildren(account());
    assert.ok(first !== undefined && first === again);
    assert.equal(on.services.tree.getTreeItem(first).id, nodeId(first));
  });

  it('speaks what it shows', async () => {
    await opened();
    for (const ref of [
      account(),
      trunk(),
      section('numbers'),
      ...on.services.tree.getChildren(section('ips')),
    ]) {
      const item = on.services.tree.getTreeItem(on.services.tree.intern(ref));
      assert.ok((item.accessibilityInformation?.label ?? '').length > 3, nodeId(ref));
      assert.ok(item.iconPath instanceof vscode.ThemeIcon, nodeId(ref));
    }
  });
});
