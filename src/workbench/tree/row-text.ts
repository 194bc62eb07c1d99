/**
 * workbench/: everything that imports `vscode`.
 *
 * What a row says: label, description, icon, tooltip, what a screen reader speaks, and the flags its
 * menus are matched by.
 */
import { l10n, MarkdownString, ThemeColor, ThemeIcon } from 'vscode';
import type { Problem } from '../../exotel/errors';
import type {
  Credential,
  DestinationUri,
  PhoneNumber,
  Setting,
  Trunk,
  WhitelistedIp,
} from '../../exotel/model';
import { regionName } from '../../exotel/regions';
import type { TrunkState } from '../../setup/judge';
import type { Section, SectionRow } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';

export interface RowText {
  readonly label: string;
  readonly description: string;
  readonly icon: ThemeIcon;
  readonly tooltip: MarkdownString | string;
  readonly spoken: string;
  /** `kind+flag+flag`, matched by capability in the manifest's `when` clauses. */
  readonly contextValue: string;
}

export const SECTION_NAMES: Readonly<Record<Section, () => string>> = {
  numbers: () => l10n.t('Phone Numbers'),
  ips: () => l10n.t('Whitelisted IPs'),
  destinations: () => l10n.t('Destination URIs'),
  credentials: () => l10n.t('Credentials'),
  settings: () => l10n.t('Caller ID'),
};

const SECTION_ICONS: Readonly<Record<Section, string>> = {
  numbers: 'call-outgoing',
  ips: 'shield',
  destinations: 'call-incoming',
  credentials: 'key',
  settings: 'megaphone',
};

const SECTION_KINDS: Readonly<Record<Section, string>> = {
  numbers: 'numbers',
  ips: 'ips',
  destinations: 'destinations',
  credentials: 'credentials',
  settings: 'callerId',
};

function flags(kind: string, ...set: readonly (string | false)[]): string {
  return [kind, ...set.filter((flag) => flag !== false)].join('+');
}

type Fact = readonly [label: string, value: string | null];

/** A heading and a table of facts; values are shown as code, so nothing in them is read as Markdown. */
function facts(title: string, rows: readonly Fact[], footer?: string): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown(`**${code(title)}**\n\n`);
  for (const [label, value] of rows) {
    if (value === null || value === '') continue;
    text.appendMarkdown(`${label}: ${code(value)}  \n`);
  }
  if (footer !== undefined) {
    text.appendMarkdown('\n');
    text.appendText(footer);
  }
  return text;
}

function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, ' ')}\``;
}

function when(created: string | null, updated: string | null): readonly Fact[] {
  return [
    [l10n.t('Created'), localTime(created)],
    [l10n.t('Updated'), updated === created ? null : localTime(updated)],
  ];
}

function localTime(iso: string | null): string | null {
  if (iso === null) return null;
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString();
}

export function describeAccount(account: Account): RowText {
  const region = account.sandbox
    ? l10n.t('sandbox on this computer')
    : account.region === 'custom'
      ? new URL(account.baseUrl).host
      : regionName(account.region);
  const description = account.readOnly ? l10n.t('{0} · read-only', region) : region;
  return {
    label: account.label,
    description,
    icon: new ThemeIcon(account.sandbox ? 'beaker' : account.readOnly ? 'lock' : 'account'),
    tooltip: facts(account.label, [
      [l10n.t('Account SID'), account.accountSid],
      [l10n.t('Region'), regionName(account.region)],
      [l10n.t('API'), account.baseUrl],
      [l10n.t('Changes'), account.readOnly ? l10n.t('refused (read-only)') : l10n.t('allowed')],
    ]),
    spoken: l10n.t('Account {0}, {1}', account.label, description),
    contextValue: flags(
      'account',
      account.readOnly ? 'readonly' : 'writable',
      account.sandbox && 'sandbox',
    ),
  };
}

/** A trunk made elsewhere may have no name; then its SID stands for it. */
export function trunkLabel(trunk: Trunk): string {
  return trunk.name === '' ? trunk.sid : trunk.name;
}

/**
 * `failing`: how many first-call checks of it fail, as far as any were run; until then `state` says what is
 * set up at Exotel. Null: not all of it was read.
 */
export function describeTrunk(
  trunk: Trunk,
  account: Account,
  busy: string | null,
  failing = 0,
  state: TrunkState | null = null,
): RowText {
  const label = trunkLabel(trunk);
  const inactive = trunk.status === 'inactive';
  const facets = [
    inactive && l10n.t('inactive'),
    failing === 1 && l10n.t('1 check fails'),
    failing > 1 && l10n.t('{0} checks fail', failing),
    // An inactive trunk is a problem of its own, and said already.
    failing === 0 && !inactive && state !== null && state.words !== '' && state.words,
  ].filter((facet) => facet !== false);
  const description = busy ?? facets.join(' · ');
  const icon = inactive ? 'debug-disconnect' : 'plug';
  return {
    label,
    description,
    icon:
      busyIcon(busy) ??
      (failing === 0 && state?.level !== 'problem'
        ? new ThemeIcon(icon)
        : new ThemeIcon(icon, new ThemeColor('problemsErrorIcon.foreground'))),
    tooltip: facts(label, [
      [l10n.t('Trunk SID'), trunk.sid],
      [l10n.t('Status'), trunk.status],
      [l10n.t('SIP domain'), trunk.domain],
      [l10n.t('NSO code'), trunk.nsoCode],
      [l10n.t('Edge preference'), trunk.edgePreference],
      [l10n.t('Secure trunking'), onOff(trunk.secureTrunking)],
      ...when(trunk.created, trunk.updated),
    ]),
    spoken: l10n.t('Trunk {0}, {1}', label, description === '' ? l10n.t('active') : description),
    contextValue: flags('trunk', !account.readOnly && 'writable', busy !== null && 'busy'),
  };
}

function onOff(value: boolean | null): string | null {
  if (value === null) return null;
  return value ? l10n.t('on') : l10n.t('off');
}

export function busyIcon(busy: string | null): ThemeIcon | null {
  return busy === null ? null : new ThemeIcon('loading~spin');
}

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
  const label = SECTION_NAMES[section]();
  const description = sectionDescription(state);
  return {
    label,
    description,
    icon:
      busyIcon(state.busy) ??
      (state.problem === null
        ? new ThemeIcon(SECTION_ICONS[section])
        : new ThemeIcon('error', new ThemeColor('errorForeground'))),
    tooltip: state.problem === null ? sectionMeaning(section) : problemText(state.problem),
    spoken: description === '' ? label : l10n.t('{0}: {1}', label, description),
    contextValue: flags(
      SECTION_KINDS[section],
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

function sectionMeaning(section: Section): string {
  switch (section) {
    case 'numbers':
      return l10n.t(
        'Numbers you call from and are called on. Mode flow sends calls to a voice bot.',
      );
    case 'ips':
      return l10n.t('Public addresses Exotel accepts outbound calls from.');
    case 'destinations':
      return l10n.t('Where Exotel sends inbound calls. Lower priority is tried first.');
    case 'credentials':
      return l10n.t('SIP user names and passwords for outbound calls.');
    case 'settings':
      return l10n.t('The number shown to the people you call (trunk alias).');
  }
}

/** What can be done with the row of a failed call. */
export function problemFlags({ requestId, request }: Problem): string {
  return ['+explained', requestId === null ? '' : '+requestId', request ? '+request' : ''].join('');
}

export function problemText(problem: Problem): string {
  const lines = [problem.what, problem.doNext];
  if (problem.requestId !== null) lines.push(l10n.t('Request ID: {0}', problem.requestId));
  return lines.join('\n');
}

type Describers = {
  readonly [S in Section]: (row: SectionRow[S], writable: boolean) => RowText;
};

export const describeRow: Describers = {
  numbers: describeNumber,
  ips: describeIp,
  destinations: describeDestination,
  credentials: describeCredential,
  settings: describeSetting,
};

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
