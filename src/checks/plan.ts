/**
 * checks/: first-call checks. Facts and probes in, verdicts with remedies out.
 *
 * The rows for a use case, and running them.
 */
import { exotelRows } from './rows/exotel-rows';
import { manualRows } from './rows/manual-rows';
import { networkRows } from './rows/network-rows';
import type { CheckFacts, CheckResult, PlannedCheck, Probes } from './types';
import type { UseCase } from '../terms/use';

/** In the order they are to be read: what is set up, the network, what a person looks at. */
export function planChecks(facts: CheckFacts, useCase: UseCase): readonly PlannedCheck[] {
  return [
    ...exotelRows(facts, useCase),
    ...networkRows(facts, useCase),
    ...manualRows(facts, useCase),
  ];
}

/** Network rows at a time: enough to be quick, few enough to be no scan. */
const AT_ONCE = 4;

/**
 * Runs all rows, tells each result as it is there, and gives them in the plan's order. Never rejects,
 * as long as `onResult` does not throw.
 */
export async function runChecks(
  plan: readonly PlannedCheck[],
  probes: Probes,
  signal: AbortSignal,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const waiting = [...plan];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await next.run(probes, signal);
      results.set(next.id, result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return plan.flatMap(({ id }) => results.get(id) ?? []);
}
