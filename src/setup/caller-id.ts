/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * Which number calls show. Exotel rejects a call whose From is not mapped to the trunk, so the caller ID
 * has to be one of the trunk's numbers, and a configuration never holds one that is not.
 */
import * as l10n from '@vscode/l10n';
import type { UseCase } from '../terms/use';
import { current, type MappedNumber, type TrunkFacts } from './facts';
import type { SetupFinding } from './finding';
import { fittingNumbers } from './use-cases';

/**
 * The same number whether or not its plus was written. Other forms are put right where they are entered
 * (exotel/rules/numbers), and Exotel keeps E.164.
 */
function sameNumber(one: string, other: string): boolean {
  return digits(one) === digits(other);
}

function digits(number: string): string {
  return number.replace(/[ ().-]/g, '').replace(/^(?:\+|00)/, '');
}

/** The number as the trunk has it; null when it is not mapped to the trunk. */
export function mappedNumber(numbers: readonly MappedNumber[], number: string): string | null {
  return numbers.find((one) => sameNumber(one.number, number))?.number ?? null;
}

/** Whether the number that calls show is among those that go, so that a person is asked first. */
export function losesCallerId(shown: string | null, numbersToGo: readonly string[]): boolean {
  return shown !== null && numbersToGo.some((number) => sameNumber(number, shown));
}

export interface FittingCallerId {
  /** One of the trunk's numbers; null when none fits, or none is known. */
  readonly number: string | null;
  /** Said when another number than the one wanted had to be taken. */
  readonly finding: SetupFinding | null;
}

/**
 * The number a configuration may show: the one asked for, else the trunk's caller ID, else the first
 * number that fits the use case; each only if it is mapped, as far as that was last read.
 */
export function fittingCallerId(
  facts: Pick<TrunkFacts, 'numbers' | 'callerId'>,
  useCase: UseCase,
  asked: string | null,
): FittingCallerId {
  const numbers = facts.numbers.value ?? [];
  const first = fittingNumbers(numbers, useCase)[0] ?? null;
  const wanted = asked ?? facts.callerId.value;
  if (wanted === null) return { number: first, finding: null };
  const mapped = mappedNumber(numbers, wanted);
  if (mapped !== null) return { number: mapped, finding: null };
  const known = current(facts.numbers) !== null;
  const action = known
    ? ({ kind: 'setCallerId', value: null } as const)
    : ({ kind: 'refresh', value: null } as const);
  return {
    number: first,
    finding: {
      kind: 'callerId.fallback',
      level: known ? 'warning' : 'unknown',
      subject: { kind: 'callerId', value: wanted },
      what: known ? fellBack(wanted, first) : notCompared(wanted, first),
      doNext: known
        ? l10n.t('Map {0} to the trunk, or choose one of its numbers.', wanted)
        : l10n.t('Refresh the trunk.'),
      action,
      evidence: [],
    },
  };
}

function fellBack(wanted: string, used: string | null): string {
  return used === null
    ? l10n.t('{0} is not among the trunk’s numbers, so the text does not show it.', wanted)
    : l10n.t('{0} is not among the trunk’s numbers: the text uses {1} instead.', wanted, used);
}

function notCompared(wanted: string, used: string | null): string {
  return used === null
    ? l10n.t(
        'The trunk’s numbers could not be read, so the text does not show {0}: Exotel rejects a number that is not mapped.',
        wanted,
      )
    : l10n.t(
        '{0} was not among the trunk’s numbers when they were last read: the text uses {1} instead.',
        wanted,
        used,
      );
}
