// What a target says it can do: transports × authentication × use cases.
import type { AuthMode, Transport, ConnectionUse } from '../../src/terms/use';

import { cardById } from '../../src/pbx/cards';
import type { Bench } from './benches/bench';
import type { Combination } from './subject';

const transports: readonly Transport[] = ['tls', 'tcp'];
const authModes: readonly AuthMode[] = ['credential', 'ip', 'both'];
const useCases: readonly ConnectionUse[] = ['outbound', 'inbound', 'both', 'streamkit'];

export function combinationsOf(bench: Bench): Combination[] {
  const card = cardById(bench.targetId);
  if (card === null) return [];
  return transports.flatMap((transport) =>
    authModes.flatMap((auth) =>
      useCases
        .filter((useCase) => card.cannot(useCase, auth, transport) === null)
        .map((useCase) => ({ bench, transport, auth, useCase })),
    ),
  );
}
