/**
 * workbench/: everything that imports `vscode`.
 *
 * What the sections of a trunk and their rows say: one entry a section, the other half of its descriptor
 * in trunks/sections.ts.
 */
import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Account } from '../../app/accounts/account';
import type { Problem } from '../../exotel/errors';
import type {
  Credential,
  DestinationUri,
  PhoneNumber,
  Setting,
  WhitelistedIp,
} from '../../exotel/model';
import type { Section, SectionRow } from '../../trunks/sections';
import { busyIcon, facts, flags, problemText, type RowText, when } from './row-text';

/** What one section of a trunk is called and what its rows say. */
interface SectionText<S extends Section> {
  readonly name: () => string;
  /** What it is for; its tooltip. */
  readonly meaning: () => string;
  readonly icon: string;
  /** What its `contextValue` begins with. */
  readonly kind: string;
  readonly row: (row: SectionRow[S], writable: boolean) => RowText;
}

export const sectionTexts: { readonly [S in Section]: SectionText<S> } = {
  numbers: {
    name: () => l10n.t('Phone Numbers'),
    meaning: () =>
      l10n.t('Numbers you call from and are called on. Mode flow sends calls to a voice bot.'),
    icon: 'call-outgoing',
    kind: 'numbers',
    row: describeNumber,
  },
  ips: {
    name: () => l10n.t('Whitelisted IPs'),
    meaning: () => l10n.t('Public addresses Exotel accepts outbound calls from.'),
    icon: 'shield',
    kind: 'ips',
    row: describeIp,
  },
  destinations: {
    name: () => l10n.t('Destination URIs'),
    meaning: () => l10n.t('Where Exotel sends inbound calls. Lower priority is tried first.'),
    icon: 'call-incoming',
    kind: 'destinations',
    row: describeDestination,
  },
  credentials: {
    name: () => l10n.t('Credentials'),
    meaning: () => l10n.t('SIP user names and passwords for outbound calls.'),
    icon: 'key',
    kind: 'credentials',
    row: describeCredential,
  },
  settings: {
    name: () => l10n.t('Caller ID'),
    meaning: () => l10n.t('The number shown to the people you call (trunk alias).'),
    icon: 'megaphone',
    kind: 'callerId',
    row: describeSetting,
  },
};

export function describeSection(
  section: Section,
  state: {
    readonly loading: boolean;
    readonly problem: Problem | null;
    readonly count: number | null;
    /** Of `count`, how many the filter leaves; null without a filter. */
    readonly shown: number | null;
    /** Shown instead of the count, e.g. the caller ID itself. */
    readonly value: string | null;
    readonly busy: string | null;
  },
  account: Account,
): RowText {
  const { name, meaning, icon, kind } = sectionTexts[section];
  const label = name();
  const description = sectionDescription(state);
  return {
    label,
    description,
    icon:
      busyIcon(state.busy) ??
      (state.problem === null
        ? new ThemeIcon(icon)
        : new ThemeIcon('error', new ThemeColor('errorForeground'))),
    tooltip: state.problem === null ? meaning() : problemText(state.problem),
    spoken: description === '' ? label : l10n.t('{0}: {1}', label, description),
    contextValue: flags(
      kind,
      !account.readOnly && 'writable',
      state.value !== null && 'set',
      state.problem !== null && 'failed',
    ),
  };
}

function sectionDescription(state: Parameters<typeof describeSection>[1]): string {
  if (state.busy !== null) return state.busy;
  if (state.problem !== null) return l10n.t('could not be loaded');
  if (state.loading && state.count === null) return l10n.t('loading…');
  if (state.value !== null) return state.value;
  if (state.count === null) return '';
  if (state.count === 0) return l10n.t('none');
  if (state.shown !== null) return l10n.t('{0} of {1}', state.shown, state.count);
  return String(state.count);
}

function describeNumber(row: PhoneNumber, writable: boolean): RowText {
  const flow = row.mode === 'flow';
  return {
    label: row.number,
    description: row.mode,
    icon: new ThemeIcon(flow ? 'hubot' : 'device-mobile'),
    tooltip: facts(
      row.number,
      [
        [l10n.t('Mode'), row.mode],
        [l10n.t('Mapping id'), row.id],
        ...when(row.created, row.updated),
      ],
      flow
        ? l10n.t('Calls go to your StreamKit voice bot.')
        : l10n.t('Calls go to and come from the telephone network.'),
    ),
    spoken: l10n.t('Phone number {0}, mode {1}', row.number, row.mode),
    contextValue: flags('number', writable && 'writable', row.mode),
  };
}

function describeIp(row: WhitelistedIp, writable: boolean): RowText {
  const addresses = 2 ** (32 - row.mask);
  const size = addresses === 1 ? l10n.t('one address') : l10n.t('{0} addresses', addresses);
  return {
    label: row.ip,
    description: `/${row.mask}`,
    icon: new ThemeIcon('server'),
    tooltip: facts(`${row.ip}/${row.mask}`, [
      [l10n.t('Covers'), size],
      [l10n.t('Name'), row.friendlyName],
      [l10n.t('Entry id'), row.id],
      ...when(row.created, row.updated),
    ]),
    spoken: l10n.t('Whitelisted IP {0}, mask {1}, {2}', row.ip, row.mask, size),
    contextValue: flags('ip', writable && 'writable'),
  };
}

function describeDestination(row: DestinationUri, writable: boolean): RowText {
  return {
    label: row.destination,
    description: l10n.t('priority {0} · weight {1}', row.priority, row.weight),
    icon: new ThemeIcon(row.destination.endsWith('transport=tls') ? 'lock' : 'target'),
    tooltip: facts(
      row.destination,
      [
        [l10n.t('Priority'), String(row.priority)],
        [l10n.t('Weight'), String(row.weight)],
        [l10n.t('Type'), row.type],
        [l10n.t('Destination id'), row.id],
        ...when(row.created, row.updated),
      ],
      l10n.t('Lower priority is tried first; among equals, a higher weight gets more calls.'),
    ),
    spoken: l10n.t(
      'Destination {0}, priority {1}, weight {2}',
      row.destination,
      row.priority,
      row.weight,
    ),
    contextValue: flags('destination', writable && 'writable'),
  };
}

function describeCredential(row: Credential, writable: boolean): RowText {
  const issued = row.kind === 'issued';
  const description = issued ? l10n.t('issued with the trunk') : (row.friendlyName ?? '');
  return {
    label: row.userName,
    description,
    icon: new ThemeIcon('key'),
    tooltip: issued
      ? facts(row.userName, [[l10n.t('Password'), l10n.t('known; copy it from the menu')]])
      : facts(
          row.userName,
          [
            [l10n.t('Name'), row.friendlyName],
            [l10n.t('Credential id'), row.id],
            ...when(row.created, row.updated),
          ],
          l10n.t('Exotel never tells the password again; it is kept where you created it.'),
        ),
    spoken: l10n.t('Credential {0} {1}', row.userName, description),
    contextValue: flags('credential', writable && 'writable', issued ? 'issued' : 'own'),
  };
}

function describeSetting(row: Setting, writable: boolean): RowText {
  return {
    label: row.value,
    description: row.name,
    icon: new ThemeIcon('megaphone'),
    tooltip: facts(row.name, [[l10n.t('Value'), row.value], ...when(row.created, row.updated)]),
    spoken: `${row.name} ${row.value}`,
    contextValue: flags('setting', writable && 'writable'),
  };
}
