/**
 * workbench/: everything that imports `vscode`.
 *
 * What the row of an account or a trunk says: label, description, icon, tooltip, what a screen reader
 * speaks, and the flags its menus are matched by.
 */
import { l10n, MarkdownString, ThemeColor, ThemeIcon } from 'vscode';
import type { Problem } from '../../exotel/errors';
import type { Trunk } from '../../exotel/model';
import { regionName } from '../../exotel/regions';
import type { TrunkState } from '../../setup/judge';
import type { Account } from '../../app/accounts/account';
import { trunkLabel } from '../../app/trunk-label';
import type { Level } from '../../terms/finding';

export interface RowText {
  readonly label: string;
  readonly description: string;
  readonly icon: ThemeIcon;
  readonly tooltip: MarkdownString | string;
  readonly spoken: string;
  /** `kind+flag+flag`, matched by capability in the manifest's `when` clauses. */
  readonly contextValue: string;
}

export function flags(kind: string, ...set: readonly (string | false)[]): string {
  return [kind, ...set.filter((flag) => flag !== false)].join('+');
}

export type Fact = readonly [label: string, value: string | null];

/** A heading and a table of facts; values are shown as code, so nothing in them is read as Markdown. */
export function facts(title: string, rows: readonly Fact[], footer?: string): MarkdownString {
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

export function when(created: string | null, updated: string | null): readonly Fact[] {
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

const STATE_COLOURS: Readonly<Partial<Record<Level, string>>> = {
  problem: 'problemsErrorIcon.foreground',
  warning: 'problemsWarningIcon.foreground',
};

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
  const colour = STATE_COLOURS[failing > 0 ? 'problem' : (state?.level ?? 'ok')];
  return {
    label,
    description,
    icon:
      busyIcon(busy) ??
      (colour === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(colour))),
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

/** What can be done with the row of a failed call. */
export function problemFlags({ requestId, request }: Problem): string {
  return ['+explained', requestId === null ? '' : '+requestId', request ? '+request' : ''].join('');
}

export function problemText(problem: Problem): string {
  const lines = [problem.what, problem.doNext];
  if (problem.requestId !== null) lines.push(l10n.t('Request ID: {0}', problem.requestId));
  return lines.join('\n');
}
