// Several reports share what was found out about a place; one that is stopped takes nothing from the others.
import assert from 'node:assert/strict';
import type { Probes } from '../../../src/checks/types';
import { sharedProbes } from '../../../src/app/checks/shared-probes';

const OPEN = { kind: 'open', address: '127.0.0.1', ms: 1 } as const;

function counting(): { readonly probes: Probes; readonly asked: () => number } {
  let asked = 0;
  const probes = {
    connect: async (_host: string, _port: number, signal: AbortSignal) => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return signal.aborted ? ({ kind: 'aborted' } as const) : OPEN;
    },
  } as Partial<Probes> as Probes;
  return { probes, asked: () => asked };
}

describe('shared probes', () => {
  it('ask each place once', async () => {
    const { probes, asked } = counting();
    const shared = sharedProbes(probes);
    const { signal } = new AbortController();
    const found = await Promise.all([1, 2, 3].map(() => shared.connect('127.0.0.1', 5060, signal)));
    assert.deepEqual(found, [OPEN, OPEN, OPEN]);
    assert.equal(asked(), 1);
  });

  it('ask again for the others when the one who asked was stopped', async () => {
    const { probes, asked } = counting();
    const shared = sharedProbes(probes);
    const stopped = new AbortController();
    const { signal } = new AbortController();
    const first = shared.connect('127.0.0.1', 5060, stopped.signal);
    const second = shared.connect('127.0.0.1', 5060, signal);
    stopped.abort();
    assert.deepEqual(await first, { kind: 'aborted' });
    assert.deepEqual(await second, OPEN);
    assert.equal(asked(), 2);
  });
});
