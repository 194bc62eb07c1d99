// What a target says it can do: transports × authentication × use cases.
import { type AuthMode, type Transport, type UseCase, targetById } from '../../src/pbx';
import type { Bench } from './benches/bench';
import type { Combination } from './subject';

const transports: readonly Transport[] = ['tls', 'tcp'];
const authModes: readonly AuthMode[] = ['credential', 'ip', 'both'];
const useCases: readonly UseCase[] = ['outbound', 'inbound', 'both', 'streamkit'];

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
