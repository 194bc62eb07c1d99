/**
 * app/: the application, without `vscode`.
 *
 * Everything that can be looked up, as one list. Pure; the words are those of the tables.
 */
import { exotelErrorCodes, sipClass, sipCode, sipCodes } from '../../sip/codes';
import { charts, issues, type Chart } from './guide';
import type { UseCase } from '../../terms/use';
import type { Action } from '../../terms/finding';
import { errorCodes, httpStatuses } from '../../exotel/tables';

export type EntryKind = 'sip' | 'exotel' | 'http' | 'api' | 'issue' | 'chart';

export interface Entry {
  /** Stable, e.g. `sip:488`; also the argument of the lookup command. */
  readonly id: string;
  readonly kind: EntryKind;
  /** E.g. `488 Not Acceptable Here`. */
  readonly title: string;
  readonly cause: string;
  readonly solution: string;
  readonly steps: Chart['checks'];
  readonly action: Action['kind'] | null;
  readonly useCase: UseCase | null;
  readonly source: 'guide' | 'exotel' | 'rfc';
}

type Said = Pick<Entry, 'title' | 'cause' | 'solution'> & Partial<Entry>;

function entry(kind: EntryKind, key: string, said: Said): Entry {
  const rest = { steps: [], action: null, useCase: null, source: 'guide' } as const;
  return { ...rest, ...said, id: `${kind}:${key}`, kind };
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** In the order in which they are listed. */
export const entries: readonly Entry[] = [
  ...sipCodes.map(({ status, meaning, cause, solution, action, source }) =>
    entry('sip', String(status), {
      title: `${status} ${meaning}`,
      ...{ cause, solution, action, source },
    }),
  ),
  ...exotelErrorCodes.map(({ code, cause, solution, action }) =>
    entry('exotel', code, {
      title: `X-Exotel-ErrorCode ${code}`,
      ...{ cause, solution, action, source: 'exotel' },
    }),
  ),
  ...issues.map(({ issue, cause, solution, action, useCase }) =>
    entry('issue', slug(issue), { title: issue, cause, solution, action, useCase }),
  ),
  ...charts.map(({ problem, symptom, checks, useCase }) =>
    entry('chart', slug(problem), {
      title: problem,
      cause: symptom,
      solution: '',
      steps: checks,
      useCase,
    }),
  ),
  ...httpStatuses.map(({ status, meaning, cause, solution }) =>
    entry('http', String(status), { title: `${status} ${meaning}`, cause, solution }),
  ),
  ...errorCodes.map(({ code, message, cause, solution }) =>
    entry('api', String(code), { title: `${code} ${message}`, cause, solution }),
  ),
];

const BY_ID = new Map(entries.map((one) => [one.id, one]));

/** Also for a SIP status of no table, of which its class is known. */
export function entryOf(id: string): Entry | null {
  const known = BY_ID.get(id);
  if (known !== undefined) return known;
  const status = /^sip:([1-6][0-9]{2})$/.exec(id)?.[1];
  const meaning = status === undefined ? null : sipClass(Number(status));
  if (status === undefined || meaning === null) return null;
  // RFC 3261, section 8.1.3.2.
  const whole = sipCode(Math.floor(Number(status) / 100) * 100);
  return entry('sip', status, {
    title: status,
    cause: meaning,
    solution:
      whole === null
        ? 'Look at the Reason and Warning headers of the answer.'
        : `Look at the Reason and Warning headers of the answer; otherwise as for ${whole.status}: ${whole.solution}`,
    source: 'rfc',
  });
}
