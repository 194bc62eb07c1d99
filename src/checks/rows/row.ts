/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * Putting a row together.
 */
import * as l10n from '@vscode/l10n';
import type { CheckGroup, CheckResult, PlannedCheck, Probes } from '../types';
import type { Level } from '../../terms/finding';

type Said = Partial<Pick<CheckResult, 'doNext' | 'action' | 'evidence' | 'requestId'>>;

/** What a row says, still without its name. */
export type Outcome = Omit<CheckResult, 'id' | 'kind'>;

function outcome(verdict: Level, why: string, said: Said = {}): Outcome {
  return {
    level: verdict,
    what: why,
    doNext: null,
    action: null,
    subject: null,
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
  // A row of a place is named after it, behind the colon; what was looked at there is the kind.
  const [kind = id] = id.split(':');
  return {
    id,
    group,
    title,
    async run(probes, signal) {
      if (signal.aborted) return { id, kind, ...stopped() };
      const found = await Promise.resolve()
        .then(() => run(probes, signal))
        .catch(broken);
      return { id, kind, ...(group === 'network' && wasStopped(signal) ? stopped() : found) };
    },
  };
}
