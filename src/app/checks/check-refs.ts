/**
 * app/: the application, without `vscode`.
 *
 * What a row of the view points at: plain references, so that a row is the same row however often it runs.
 */
import type { TrunkRef } from '../refs';
import type { CheckGroup } from './trunk-report';

interface OfTrunk {
  readonly accountId: string;
  readonly trunkSid: string;
}

/** The trunk in question. */
export interface ChecksRef extends OfTrunk {
  readonly kind: 'checks';
}

export interface CheckGroupRef extends OfTrunk {
  readonly kind: 'checkGroup';
  readonly group: CheckGroup;
}

export interface CheckRef extends OfTrunk {
  readonly kind: 'check';
  readonly group: CheckGroup;
  readonly key: string;
}

export type CheckNode = ChecksRef | CheckGroupRef | CheckRef;

export const GROUPS: readonly CheckGroup[] = ['exotel', 'network', 'manual'];

/** Stable path; the TreeItem's id. */
export function checkNodeId(ref: CheckNode): string {
  const trunk = `checks/${ref.accountId}/${ref.trunkSid}`;
  switch (ref.kind) {
    case 'checks':
      return trunk;
    case 'checkGroup':
      return `${trunk}/${ref.group}`;
    case 'check':
      return `${trunk}/${ref.group}/${ref.key}`;
  }
}

/** Command arguments are anybody's. */
export function isCheckNode(value: unknown): value is CheckNode {
  if (typeof value !== 'object' || value === null) return false;
  const ref = value as Record<string, unknown>;
  const has = (...keys: string[]): boolean => keys.every((key) => typeof ref[key] === 'string');
  switch (ref['kind']) {
    case 'checks':
      return has('accountId', 'trunkSid');
    case 'checkGroup':
      return has('accountId', 'trunkSid') && isGroup(ref['group']);
    case 'check':
      return has('accountId', 'trunkSid', 'key') && isGroup(ref['group']);
    default:
      return false;
  }
}

function isGroup(value: unknown): value is CheckGroup {
  return GROUPS.includes(value as CheckGroup);
}

export function trunkOfCheck({ accountId, trunkSid }: OfTrunk): TrunkRef {
  return { kind: 'trunk', accountId, trunkSid };
}
