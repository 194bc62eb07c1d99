// The packaged extension in a real window, on the sandbox account it starts by itself.
import assert from 'node:assert/strict';
import { Workbench } from '../support/workbench';

describe('the sandbox account', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.start({ env: { EXOTEL_SIP_DEMO: '1' } });
  });

  after(() => bench.stop());

  it('shows its three trunks in the side bar', async () => {
    await bench.openView();
    const account = await bench.tree.row(/sandbox/i);
    const trunks = await bench.tree.children(account.text);
    assert.equal(trunks.length, 3);
  });
});
