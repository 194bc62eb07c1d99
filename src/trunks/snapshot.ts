/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * The shapes that views read. A snapshot is immutable; a change makes a new one and an event that says
 * which rows differ.
 */
import type { Trunk } from '../exotel/model';
import type { Problem } from '../exotel/errors';
import { type Rows, type Section, SECTIONS, sections } from './sections';

export { rowId, type Rows, type Section, type SectionRow, SECTIONS } from './sections';

/** Something fetched from the API. `value` outlives a reload and a failed one, so rows do not vanish. */
export type Loadable<T> =
  | { readonly state: 'idle'; readonly value: null }
  | { readonly state: 'loading'; readonly value: T | null }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly value: T | null; readonly problem: Problem };

/** A row that is being created: shown until the API answers. */
export interface PendingRow {
  readonly id: string;
  readonly label: string;
}

export type SectionState = { readonly [S in Section]: Loadable<Rows<S>> };

export interface TrunkSnapshot {
  readonly trunk: Trunk;
  readonly sections: SectionState;
  readonly pending: Readonly<Record<Section, readonly PendingRow[]>>;
  /** What is happening right now to the trunk or one of its rows, by `busyKey`. */
  readonly busy: ReadonlyMap<string, string>;
}

/** What differs after a change. Views redraw exactly that. */
export type Change =
  /** The list of trunks or its load state. */
  | { readonly kind: 'trunks' }
  /** The trunk's own row: name, status, busy text. */
  | { readonly kind: 'trunk'; readonly trunkSid: string }
  /** Rows were added to or removed from a section, or its load state changed. */
  | { readonly kind: 'section'; readonly trunkSid: string; readonly section: Section }
  /** One leaf changed in place. */
  | {
      readonly kind: 'row';
      readonly trunkSid: string;
      readonly section: Section;
      readonly rowId: string;
    };

/** Key of `TrunkSnapshot.busy`. */
export function busyKey(section: Section | null, id: string): string {
  return section === null ? '' : `${section}/${id}`;
}

/** Every section's rows by Exotel's word for it; null where they are not known. Passwords show as dots. */
export function sectionValues(states: SectionState): Record<string, readonly object[] | null> {
  return Object.fromEntries(
    SECTIONS.map((section) => [sections[section].jsonName, states[section].value]),
  );
}
