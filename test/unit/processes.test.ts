// A program is given up when nothing is heard of it, not when it takes long.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../support/processes';

const node = (script: string, options: Parameters<typeof run>[2]) =>
  run(process.execPath, ['-e', script], options);

/** Longer than a busy computer leaves a program waiting, in ms. */
const SILENCE = 4000;

describe('A program that is run', () => {
  let dir: string;

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'exotel-run-'));
  });

  after(() => rmSync(dir, { recursive: true, force: true }));

  it('is stopped when it falls silent', async () => {
    const { ok, fellSilent, output } = await node(
      `console.log('begun'); setInterval(() => undefined, 1000);`,
      { silenceMs: SILENCE },
    );
    assert.deepEqual([ok, fellSilent, output.trim()], [false, true, 'begun']);
  });

  it('may take twice as long while it says something', async () => {
    const { ok, fellSilent } = await node(
      `const beat = setInterval(() => console.log('.'), 100);
       setTimeout(() => clearInterval(beat), ${2 * SILENCE});`,
      { silenceMs: SILENCE },
    );
    assert.deepEqual([ok, fellSilent], [true, false]);
  });

  it('may take twice as long while it touches its file', async () => {
    const heartbeat = join(dir, 'alive');
    const { ok, fellSilent, output } = await node(
      `const { writeFileSync } = require('node:fs');
       const beat = setInterval(() => writeFileSync(${JSON.stringify(heartbeat)}, ''), 100);
       setTimeout(() => clearInterval(beat), ${2 * SILENCE});`,
      { silenceMs: SILENCE, heartbeat },
    );
    assert.deepEqual([ok, fellSilent, output], [true, false, '']);
  });
});
