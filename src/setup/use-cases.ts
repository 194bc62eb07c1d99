/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * Which numbers fit which use case, and what a trunk is for by what is set up on it.
 */
import type { NumberMode } from '../exotel/model';
import type { UseCase } from '../terms/use';
import type { MappedNumber, TrunkFacts } from './facts';

export const USE_CASES: readonly UseCase[] = ['outbound', 'inbound', 'streamkit'];

/** The mode a number needs to carry calls of this kind. Inbound calls reach a number of either mode. */
export function neededMode(useCase: UseCase): NumberMode | null {
  if (useCase === 'inbound') return null;
  return useCase === 'streamkit' ? 'flow' : 'pstn';
}

/** The numbers that fit a use case, in the trunk's order. */
export function fittingNumbers(numbers: readonly MappedNumber[], useCase: UseCase): string[] {
  const mode = neededMode(useCase);
  return numbers.filter((one) => mode === null || one.mode === mode).map((one) => one.number);
}

/** What the trunk is for. Never empty, in the order of USE_CASES. What was last read is good enough. */
export function likelyUseCases(facts: TrunkFacts): readonly UseCase[] {
  const numbers = facts.numbers.value ?? [];
  if (numbers.length > 0 && numbers.every((one) => one.mode === 'flow')) return ['streamkit'];
  if ((facts.destinations.value ?? []).length === 0) return ['outbound'];
  const recognised =
    (facts.whitelistedIps.value ?? []).length > 0 || (facts.credentials.value ?? []).length > 0;
  return recognised ? ['outbound', 'inbound'] : ['inbound'];
}
