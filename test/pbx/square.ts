// What a target says it can do: transports × authentication × use cases.
import type { AuthMode, Transport } from '../../src/terms/use';
import type { ConnectionUse } from '../../src/pbx/types';
import { targetById } from '../../src/pbx/generate';
import type { Bench } from './benches/bench';
import type { Combination } from './subject';

const transports: readonly Transport[] = ['tls', 'tcp'];
const authModes: readonly AuthMode[] = ['credential', 'ip', 'both'];
const useCases: readonly ConnectionUse[] = ['outbound', 'inbound', 'both', 'streamkit'];

export function combinationsOf(bench: Bench): Combination[] {
  const target = targetById(bench.targetId);
  if (target === null) return [];
  return transports.flatMap((transport) =>
    authModes.flatMap((auth) =>
      useCases
        .filter((useCase) => target.cannot(useCase, auth, transport) === null)
        .map((useCase) => ({ bench, transport, auth, useCase })),
    ),
  );
}
