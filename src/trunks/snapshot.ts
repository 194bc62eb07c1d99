/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * The shapes that views read. A snapshot is immutable; a change makes a new one and an event that says
 * which rows differ.
 */
import type {
  Credential,
  DestinationUri,
  PhoneNumber,
  Setting,
  Trunk,
  WhitelistedIp,
} from '../exotel/model';
import type { Problem } from '../exotel/errors';

/** Something fetched from the API. `value` outlives a reload and a failed one, so rows do not vanish. */
export type Loadable<T> =
  | { readonly state: 'idle'; readonly value: null }
  | { readonly state: 'loading'; readonly value: T | null }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly value: T | null; readonly problem: Problem };

export interface SectionRows {
  readonly numbers: readonly PhoneNumber[];
  readonly ips: readonly WhitelistedIp[];
  readonly destinations: readonly DestinationUri[];
  readonly credentials: readonly Credential[];
  readonly settings: readonly Setting[];
}

export type Section = keyof SectionRows;

export const SECTIONS: readonly Section[] = [
  'numbers',
  'ips',
  'destinations',
  'credentials',
  'settings',
];

/** A row that is being created: shown until the API answers. */
export interface PendingRow {
  readonly id: string;
  readonly label: string;
}

export type SectionState = { readonly [S in Section]: Loadable<SectionRows[S]> };

export interface TrunkSnapshot {
  readonly trunk: Trunk;
  readonly sections: SectionState;
  readonly pending: Readonly<Record<Section, readonly PendingRow[]>>;
  /** What is happening right now to the trunk or one of its rows, by busyKey() (store.ts). */
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

/** A leaf's id within its section: the API's id, or a stable stand-in where the API has none. */
export function rowId<S extends Section>(section: S, row: SectionRows[S][number]): string {
  if (section === 'settings') return (row as Setting).name;
  if (section === 'credentials') {
    const credential = row as Credential;
    return credential.kind === 'own' ? credential.id : 'issued';
  }
  return (row as { readonly id: string }).id;
}
