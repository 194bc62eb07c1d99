// `npm start` on a machine without a desktop VS Code: one command, and the sandbox's trunks are there.
import assert from 'node:assert/strict';
import { runNode } from '../support/processes';

describe('npm start', () => {
  it('shows the three trunks of the sandbox account', async function () {
    this.timeout(5 * 60_000);
    const args = ['test/support/run.mjs', 'start', '--smoke', '--port', '0'];
    const { ok, output } = await runNode(args, { silenceMs: 4 * 60_000 });
    assert.ok(ok, output);
    assert.match(output, /^smoke: 3 trunks$/m);
    assert.match(output, /http:\/\/127\.0\.0\.1:\d+\//);
  });
});
