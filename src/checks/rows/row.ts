/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * Putting a row together.
 */
import * as l10n from '@vscode/l10n';
import type { CheckGroup, CheckResult, PlannedCheck, Probes } from '../types';
import type { Level } from '../../terms/finding';

type Said = Partial<Pick<CheckResult, 'doNext' | 'action' | 'evidence' | 'requestId'>>;

/** What a row says, still without its id. */
export type Outcome = Omit<CheckResult, 'id'>;

function outcome(verdict: Level, why: string, said: Said = {}): Outcome {
  return {
    level: verdict,
    what: why,
    doNext: null,
    action: null,
    evidence: [],
    requestId: null,
    ...said,
  };
}

export const pass = (why: string, said?: Said) => outcome('ok', why, said);
export const warning = (why: string, said?: Said) => outcome('warning', why, said);
export const fail = (why: string, said?: Said) => outcome('problem', why, said);
export const unknown = (why: string, said?: Said) => outcome('unknown', why, said);
export const manual = (why: string, said?: Said) => outcome('manual', why, said);

/** The worst of several: fail, warning, unknown, pass. Their words and details together. */
export function worst(outcomes: readonly Outcome[], whenNone: Outcome): Outcome {
  const order: readonly Level[] = ['problem', 'warning', 'unknown', 'manual', 'ok'];
  const [first] = [...outcomes].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  if (first === undefined) return whenNone;
  const details = [...new Set(outcomes.flatMap((one) => one.evidence))];
  const alike = outcomes.filter((one) => one.level === first.level);
  const why = [...new Set(alike.map((one) => one.what))].join(' ');
  const next = [...new Set(alike.flatMap((one) => one.doNext ?? []))].join(' ');
  return { ...first, what: why, doNext: next === '' ? null : next, evidence: details };
}

/** A section that could not be read. */
export function notRead(): Outcome {
  return unknown(l10n.t('Could not be read from Exotel.'), {
    doNext: l10n.t('Refresh the trunk.'),
    action: { kind: 'refresh', value: null },
  });
}

/** Something that was not foreseen; the other rows go on. */
function broken(error: unknown): Outcome {
  return unknown(l10n.t('The check itself went wrong.'), {
    doNext: l10n.t('Run it again. When it stays so, report it with the details.'),
    evidence: [error instanceof Error ? error.message : String(error)],
  });
}

export function stopped(): Outcome {
  return unknown(l10n.t('Stopped before it was finished.'), { doNext: l10n.t('Run it again.') });
}

/** Asked again after waiting. */
function wasStopped({ aborted }: AbortSignal): boolean {
  return aborted;
}

export function planned(
  id: string,
  group: CheckGroup,
  title: string,
  run: (probes: Probes, signal: AbortSignal) => Outcome | Promise<Outcome>,
): PlannedCheck {
  return {
    id,
    group,
    title,
    async run(probes, signal) {
      if (signal.aborted) return { id, ...stopped() };
      const found = await Promise.resolve()
        .then(() => run(probes, signal))
        .catch(broken);
      return { id, ...(group === 'network' && wasStopped(signal) ? stopped() : found) };
    },
  };
}
