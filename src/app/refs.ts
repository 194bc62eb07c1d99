/**
 * app/: the application, without `vscode`.
 *
 * What a tree row, a panel or a command argument points at: plain references into the model, so that a
 * row is the same row after every refresh.
 */
import { isSection, type Section } from '../trunks/sections';

export interface AccountRef {
  readonly kind: 'account';
  readonly accountId: string;
}

export interface TrunkRef {
  readonly kind: 'trunk';
  readonly accountId: string;
  readonly trunkSid: string;
}

export interface SectionRef {
  readonly kind: 'section';
  readonly accountId: string;
  readonly trunkSid: string;
  readonly section: Section;
}

export interface RowRef {
  readonly kind: 'row';
  readonly accountId: string;
  readonly trunkSid: string;
  readonly section: Section;
  readonly rowId: string;
}

/** A row that is no thing of the model: loading, "creating…", an error, "nothing here". */
export interface NoteRef {
  readonly kind: 'note';
  /** Unique among its siblings. */
  readonly noteId: string;
  readonly parent: AccountRef | TrunkRef | SectionRef;
}

export type NodeRef = AccountRef | TrunkRef | SectionRef | RowRef | NoteRef;

export function trunkRef(accountId: string, trunkSid: string): TrunkRef {
  return { kind: 'trunk', accountId, trunkSid };
}

/** Stable path; the TreeItem's id. */
export function nodeId(ref: NodeRef): string {
  switch (ref.kind) {
    case 'account':
      return `account/${ref.accountId}`;
    case 'trunk':
      return `account/${ref.accountId}/trunk/${ref.trunkSid}`;
    case 'section':
      return `account/${ref.accountId}/trunk/${ref.trunkSid}/${ref.section}`;
    case 'row':
      return `account/${ref.accountId}/trunk/${ref.trunkSid}/${ref.section}/${ref.rowId}`;
    case 'note':
      return `${nodeId(ref.parent)}/note/${ref.noteId}`;
  }
}

export function parentOf(ref: NodeRef): NodeRef | null {
  switch (ref.kind) {
    case 'account':
      return null;
    case 'trunk':
      return { kind: 'account', accountId: ref.accountId };
    case 'section':
      return { kind: 'trunk', accountId: ref.accountId, trunkSid: ref.trunkSid };
    case 'row':
      return {
        kind: 'section',
        accountId: ref.accountId,
        trunkSid: ref.trunkSid,
        section: ref.section,
      };
    case 'note':
      return ref.parent;
  }
}

/** Command arguments are anybody's: keybindings and other extensions pass what they like. */
export function isNodeRef(value: unknown): value is NodeRef {
  if (typeof value !== 'object' || value === null) return false;
  const ref = value as Record<string, unknown>;
  const has = (...keys: string[]): boolean => keys.every((key) => typeof ref[key] === 'string');
  switch (ref['kind']) {
    case 'account':
      return has('accountId');
    case 'trunk':
      return has('accountId', 'trunkSid');
    case 'section':
      return has('accountId', 'trunkSid', 'section') && isSection(ref['section']);
    case 'row':
      return has('accountId', 'trunkSid', 'section', 'rowId') && isSection(ref['section']);
    case 'note':
      return has('noteId') && isParentOfNote(ref['parent']);
    default:
      return false;
  }
}

function isParentOfNote(value: unknown): boolean {
  const kind = (value as { readonly kind?: unknown } | null | undefined)?.kind;
  // Asked before looking deeper: a note is never beneath a note, however the argument is knotted.
  return kind !== 'note' && isNodeRef(value);
}
