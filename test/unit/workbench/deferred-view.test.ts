// A view that VS Code knows of before its tree is there.
import { world } from './fake-vscode';
import assert from 'node:assert/strict';
import { TreeItem } from 'vscode';
import { Emitter } from '../../../src/trunks/event';
import { DeferredView, type Tree } from '../../../src/workbench/tree/deferred-view';

describe('A view whose tree is built when it is looked at', () => {
  let loads: number;
  let changes: Emitter<string | undefined>;
  let view: DeferredView<string>;

  const rows = (): Tree<string> => ({
    onDidChangeTreeData: changes.event,
    getChildren: (row) => (row === undefined ? ['a', 'b'] : [`${row}1`]),
    getTreeItem: (row) => new TreeItem(row),
    getParent: (row) => row.slice(0, -1) || null,
  });

  beforeEach(() => {
    loads = 0;
    world.views.length = 0;
    changes = new Emitter();
    view = new DeferredView<string>({ id: 'exotelSip.test', showCollapseAll: true }, () => {
      loads += 1;
      view.connect(rows());
      return Promise.resolve();
    });
  });

  it('is told to VS Code at once, and builds nothing before it is asked', () => {
    const [told] = world.views;
    assert.equal(told?.id, 'exotelSip.test');
    assert.equal(told.options['showCollapseAll'], true);
    assert.equal(told.options['treeDataProvider'], view);
    assert.equal(loads, 0);
  });

  it('builds the tree once, however much is asked meanwhile', async () => {
    const [first, second, parent] = await Promise.all([
      view.getChildren(),
      view.getChildren('a'),
      view.getParent('a1'),
    ]);
    assert.deepEqual([first, second, parent], [['a', 'b'], ['a1'], 'a']);
    assert.equal(loads, 1);
  });

  it('answers at once from then on, as the tree does', async () => {
    await view.getChildren();
    assert.deepEqual(view.getChildren('b'), ['b1']);
    assert.deepEqual(view.getTreeItem('b'), new TreeItem('b'));
    assert.equal(view.getParent('b'), null);
  });

  it('passes on what changed, and nothing once it is gone', async () => {
    const changed: (string | undefined)[] = [];
    view.onDidChangeTreeData((row) => changed.push(row));
    await view.getChildren();
    changes.fire('b');
    changes.fire(undefined);
    view.dispose();
    changes.fire('a');
    assert.deepEqual(changed, ['b', undefined]);
    assert.equal(world.views[0]?.closed, true);
  });

  it('says so when the tree cannot be built', async () => {
    const failing = new DeferredView<string>({ id: 'exotelSip.test' }, () =>
      Promise.reject(new Error('no such file')),
    );
    await assert.rejects(async () => failing.getChildren(), /no such file/);
    const forgetful = new DeferredView<string>({ id: 'exotelSip.test' }, () => Promise.resolve());
    await assert.rejects(async () => forgetful.getChildren(), /No tree was connected/);
  });
});
