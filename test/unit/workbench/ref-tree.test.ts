// What every tree owes VS Code: the same object for the same row, and no memory of rows that are gone.
import assert from 'node:assert/strict';
import './fake-vscode';
import { TreeItem } from 'vscode';
import { RefTree } from '../../../src/workbench/tree/ref-tree';

interface Ref {
  readonly path: string;
}

/** Rows are paths; `paths` are those that exist. A fresh object for each, as the real trees make them. */
function treeOf(paths: Set<string>) {
  class Paths extends RefTree<Ref> {
    protected override idOf({ path }: Ref): string {
      return path;
    }
    protected override parentOf({ path }: Ref): Ref | null {
      const cut = path.lastIndexOf('/');
      return cut < 0 ? null : { path: path.slice(0, cut) };
    }
    protected override childrenOf(ref: Ref | undefined): readonly Ref[] {
      const isChild = (path: string): boolean =>
        ref === undefined
          ? !path.includes('/')
          : path.startsWith(`${ref.path}/`) && !path.slice(ref.path.length + 1).includes('/');
      return [...paths].filter(isChild).map((path) => ({ path }));
    }
    protected override itemOf({ path }: Ref): TreeItem {
      return new TreeItem(path);
    }
    draw(path: string): void {
      this.redraw({ path });
    }
  }
  return new Paths();
}

describe('A tree of references', () => {
  it('gives the same object for the same row, also as a parent and in its events', () => {
    const tree = treeOf(new Set(['a', 'a/b']));
    const [a] = tree.getChildren();
    assert.ok(a);
    const [b] = tree.getChildren(a);
    assert.ok(b);
    assert.equal(tree.getChildren()[0], a);
    assert.equal(tree.getChildren({ path: 'a' })[0], b);
    assert.equal(tree.getParent({ path: 'a/b' }), a);
    assert.equal(tree.getTreeItem(b).id, 'a/b');
    const drawn: (Ref | undefined)[] = [];
    tree.onDidChangeTreeData((ref) => drawn.push(ref));
    tree.draw('a/b');
    assert.equal(drawn[0], b);
    tree.dispose();
  });

  it('forgets a row that is gone, with everything beneath it', () => {
    const paths = new Set(['a', 'a/b', 'a/b/c', 'z']);
    const tree = treeOf(paths);
    const [a, z] = tree.getChildren();
    assert.ok(a && z);
    const [b] = tree.getChildren(a);
    assert.ok(b);
    const [c] = tree.getChildren(b);
    assert.ok(c);
    paths.delete('a');
    assert.deepEqual(tree.getChildren(), [z]);
    paths.add('a');
    // They came back: new rows to VS Code, which has dropped the old ones.
    assert.notEqual(tree.intern({ path: 'a' }), a);
    assert.notEqual(tree.intern({ path: 'a/b' }), b);
    assert.notEqual(tree.intern({ path: 'a/b/c' }), c);
    assert.equal(tree.intern({ path: 'z' }), z);
    tree.dispose();
  });

  it('remembers nothing for a row that was never asked for', () => {
    const tree = treeOf(new Set(['a']));
    const drawn: (Ref | undefined)[] = [];
    tree.onDidChangeTreeData((ref) => drawn.push(ref));
    tree.draw('a');
    assert.deepEqual(drawn, [{ path: 'a' }]);
    assert.notEqual(tree.getChildren()[0], drawn[0]);
    tree.dispose();
  });
});
