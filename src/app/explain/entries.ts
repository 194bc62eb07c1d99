/**
 * app/: the application, without `vscode`.
 *
 * Everything that can be looked up, as one list. Pure; the words are those of the tables.
 */
import * as l10n from '@vscode/l10n';
import { exotelErrorCodes, sipClass, sipCode, sipCodes, type SipCode } from '../../sip/codes';
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

/** As it stands in the answer. */
const EXOTEL_HEADER = 'X-Exotel-ErrorCode';

/** In the order in which they are listed. Made when asked for, as the tables are. */
export function entries(): readonly Entry[] {
  return [
    ...sipCodes().map(sipEntry),
    ...exotelErrorCodes().map(({ code, cause, solution, action }) =>
      entry('exotel', code, {
        title: [EXOTEL_HEADER, code].join(' '),
        ...{ cause, solution, action, source: 'exotel' },
      }),
    ),
    ...issues().map(({ id, issue, cause, solution, action, useCase }) =>
      entry('issue', id, { title: issue, cause, solution, action, useCase }),
    ),
    ...charts().map(({ id, problem, symptom, checks, useCase }) =>
      entry('chart', id, {
        title: problem,
        cause: symptom,
        solution: '',
        steps: checks,
        useCase,
      }),
    ),
    ...httpStatuses().map(({ status, meaning, cause, solution }) =>
      entry('http', String(status), { title: `${status} ${meaning}`, cause, solution }),
    ),
    ...errorCodes().map(({ code, message, cause, solution }) =>
      entry('api', String(code), { title: `${code} ${message}`, cause, solution }),
    ),
  ];
}

function sipEntry({ status, meaning, cause, solution, action, source }: SipCode): Entry {
  return entry('sip', String(status), {
    title: `${status} ${meaning}`,
    ...{ cause, solution, action, source },
  });
}

/** Also for a SIP status of no table, of which its class is known. */
export function entryOf(id: string): Entry | null {
  const known = entries().find((one) => one.id === id);
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
        ? l10n.t('Look at the Reason and Warning headers of the answer.')
        : l10n.t(
            'Look at the Reason and Warning headers of the answer; otherwise as for {0}: {1}',
            whole.status,
            whole.solution,
          ),
    source: 'rfc',
  });
}
