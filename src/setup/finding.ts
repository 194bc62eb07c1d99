/**
 * setup/: the one judge: plain facts of a trunk -> what is missing or wrong at Exotel, and what mends it.
 *
 * What a finding about a trunk may be of, and the words they share.
 */
import * as l10n from '@vscode/l10n';
import type { Finding, Level } from '../terms/finding';
import type { UseCase } from '../terms/use';
import { neededMode } from './use-cases';

/** What the judge looks at, in the order a person sets it up. */
export type SetupKind =
  | 'trunk.created'
  | 'number.mapped'
  | 'ip.whitelisted'
  | 'credential.known'
  | 'callerId.mapped'
  | 'callerId.fallback'
  | 'destination.set'
  | 'destination.form'
  | 'destination.whitelisted'
  | 'destination.priority';

export type SetupFinding = Required<Finding<SetupKind>>;

/** What a finding says, still without its kind. */
export type Said = Omit<SetupFinding, 'kind'>;

type More = Partial<Pick<Said, 'subject' | 'evidence'>>;

export function ok(what: string, more: More = {}): Said {
  return { level: 'ok', what, doNext: null, action: null, subject: null, evidence: [], ...more };
}

/** Something that is not well, and what to do about it. */
export function amiss(
  level: Exclude<Level, 'ok' | 'manual'>,
  what: string,
  rest: More & Required<Pick<Said, 'doNext' | 'action'>>,
): Said {
  return { level, what, subject: null, evidence: [], ...rest };
}

const REFRESH = { kind: 'refresh', value: null } as const;

export function unread(what: string): Said {
  return amiss('unknown', what, { doNext: l10n.t('Refresh the trunk.'), action: REFRESH });
}

/** From what weighs most to what weighs least. */
const ORDER: readonly Level[] = ['problem', 'warning', 'unknown', 'manual', 'info', 'ok'];

export function byLevel(one: { readonly level: Level }, other: { readonly level: Level }): number {
  return ORDER.indexOf(one.level) - ORDER.indexOf(other.level);
}

/** The worst of several, with the words of all that are as bad, and the evidence of all. */
export function worst(said: readonly Said[], whenNone: Said): Said {
  const [first] = said.toSorted(byLevel);
  if (first === undefined) return whenNone;
  const alike = said.filter((one) => one.level === first.level);
  const next = joined(alike.flatMap((one) => one.doNext ?? []));
  return {
    ...first,
    what: joined(alike.map((one) => one.what)),
    doNext: next === '' ? null : next,
    evidence: [...new Set(said.flatMap((one) => one.evidence))],
  };
}

function joined(sentences: readonly string[]): string {
  return [...new Set(sentences)].join(' ');
}

/** What stands beside a finding in lists, after Exotel's checklist "Before Making Your First Call". */
export function setupTitle(kind: SetupKind, useCase: UseCase): string {
  switch (kind) {
    case 'trunk.created':
      return l10n.t('Trunk created');
    case 'number.mapped': {
      const mode = neededMode(useCase);
      return mode === null
        ? l10n.t('Phone number mapped')
        : l10n.t('Phone number mapped in {0} mode', mode);
    }
    case 'ip.whitelisted':
      return l10n.t('IP whitelisted');
    case 'credential.known':
      return l10n.t('SIP credentials obtained');
    case 'callerId.mapped':
    case 'callerId.fallback':
      return l10n.t('Caller ID');
    case 'destination.set':
      return l10n.t('Destination URI added');
    case 'destination.form':
      return l10n.t('Transport and port plausible');
    case 'destination.whitelisted':
      return l10n.t('Destination IP whitelisted');
    case 'destination.priority':
      return l10n.t('Order of destinations');
  }
}
