/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * One descriptor a section of a trunk: how its rows are listed, told apart and taken away. Loader, store,
 * references and output formats ask here; what a section looks like is said in workbench/tree/section-text.ts.
 */
import * as l10n from '@vscode/l10n';
import type { CallOptions, ExotelApi } from '../exotel/api';
import {
  ALIAS_SETTING,
  type Credential,
  type DestinationUri,
  type PhoneNumber,
  type Setting,
  type WhitelistedIp,
} from '../exotel/model';

/** What a row of each section is. */
export interface SectionRow {
  readonly numbers: PhoneNumber;
  readonly ips: WhitelistedIp;
  readonly destinations: DestinationUri;
  readonly credentials: Credential;
  readonly settings: Setting;
}

export type Section = keyof SectionRow;

export type Rows<S extends Section> = readonly SectionRow[S][];

export interface SectionDescriptor<S extends Section> {
  /** Its name where a trunk is written as JSON: Exotel's word for it. */
  readonly jsonName: string;
  /** All rows, all pages. Rejects with ExotelError. */
  readonly list: (api: ExotelApi, trunkSid: string, options?: CallOptions) => Promise<Rows<S>>;
  /** A row's id within its section: the API's id, or a stable stand-in where the API has none. */
  readonly rowId: (row: SectionRow[S]) => string;
  /** One call; `id` as `rowId` gives it. Rejects with ExotelError. */
  readonly remove: (
    api: ExotelApi,
    trunkSid: string,
    id: string,
    options?: CallOptions,
  ) => Promise<void>;
  /** Shown on a row while it is being taken away. */
  readonly removing: () => string;
  /** Where the section is one value: it stands in the section's own row, with none beneath. */
  readonly oneValue: ((rows: Rows<S>) => string | null) | null;
}

/** In the order in which they are shown. */
export const sections: { readonly [S in Section]: SectionDescriptor<S> } = {
  numbers: {
    jsonName: 'phoneNumbers',
    list: (api, trunkSid, options) => api.listNumbers(trunkSid, options),
    rowId: ({ id }) => id,
    remove: (api, trunkSid, id, options) => api.unmapNumber(trunkSid, id, options),
    removing: () => l10n.t('unmapping…'),
    oneValue: null,
  },
  ips: {
    jsonName: 'whitelistedIps',
    list: (api, trunkSid, options) => api.listIps(trunkSid, options),
    rowId: ({ id }) => id,
    remove: (api, trunkSid, id, options) => api.removeIp(trunkSid, id, options),
    removing: () => l10n.t('removing…'),
    oneValue: null,
  },
  destinations: {
    jsonName: 'destinationUris',
    list: (api, trunkSid, options) => api.listDestinations(trunkSid, options),
    rowId: ({ id }) => id,
    remove: (api, trunkSid, id, options) => api.removeDestination(trunkSid, id, options),
    removing: () => l10n.t('removing…'),
    oneValue: null,
  },
  credentials: {
    jsonName: 'credentials',
    list: (api, trunkSid, options) => api.listCredentials(trunkSid, options),
    // A trunk has one issued pair at most.
    rowId: (row) => (row.kind === 'own' ? row.id : 'issued'),
    remove: (api, trunkSid, id, options) => api.deleteCredential(trunkSid, id, options),
    removing: () => l10n.t('deleting…'),
    oneValue: null,
  },
  settings: {
    jsonName: 'settings',
    list: (api, trunkSid, options) => api.listSettings(trunkSid, options),
    rowId: ({ name }) => name,
    remove: (api, trunkSid, id, options) => api.clearSetting(trunkSid, id, options),
    removing: () => l10n.t('clearing…'),
    oneValue: (rows) => rows.find(({ name }) => name === ALIAS_SETTING)?.value ?? null,
  },
};

/** In the order in which they are shown. */
export const SECTIONS: readonly Section[] = keysOf(sections);

export function isSection(value: unknown): value is Section {
  return typeof value === 'string' && Object.hasOwn(sections, value);
}

export function rowId<S extends Section>(section: S, row: SectionRow[S]): string {
  return sections[section].rowId(row);
}

/** One value a section. */
export function perSection<T>(make: (section: Section) => T): Readonly<Record<Section, T>> {
  const made: Partial<Record<Section, T>> = {};
  for (const section of SECTIONS) made[section] = make(section);
  if (!isWhole(made)) throw new RangeError('A section was left out.');
  return made;
}

function isWhole<T>(made: Partial<Record<Section, T>>): made is Record<Section, T> {
  return SECTIONS.every((section) => section in made);
}

function keysOf<T extends object>(of: T): Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in of) keys.push(key);
  return keys;
}
