/**
 * workbench/checks: the first-call checks as a view and commands.
 *
 * What a row of the checks says: label, verdict, icon, tooltip, what a screen reader speaks, and the flags
 * its menus are matched by.
 */
import { l10n, MarkdownString, ThemeColor, ThemeIcon } from 'vscode';
import { actionWrites } from '../../app/actions';
import type { CheckResult } from '../../checks/types';
import type { UseCase } from '../../terms/use';
import type { Action, Level } from '../../terms/finding';
import type { RowText } from '../tree/row-text';
import type { CheckGroup, CheckRow, Summary } from '../../app/checks/trunk-report';

export const USE_CASE_NAMES: Readonly<Record<UseCase, () => string>> = {
  outbound: () => l10n.t('outbound calls'),
  inbound: () => l10n.t('inbound calls'),
  streamkit: () => l10n.t('StreamKit'),
};

const VERDICTS: Readonly<
  Record<Level, { readonly icon: string; readonly color: string; readonly word: () => string }>
> = {
  ok: { icon: 'pass', color: 'testing.iconPassed', word: () => l10n.t('passed') },
  warning: {
    icon: 'warning',
    color: 'problemsWarningIcon.foreground',
    word: () => l10n.t('warning'),
  },
  problem: { icon: 'error', color: 'problemsErrorIcon.foreground', word: () => l10n.t('failed') },
  info: { icon: 'info', color: 'problemsInfoIcon.foreground', word: () => l10n.t('note') },
  manual: { icon: 'eye', color: 'charts.blue', word: () => l10n.t('to be checked by hand') },
  unknown: { icon: 'question', color: 'disabledForeground', word: () => l10n.t('not known') },
};

export function verdictIcon(verdict: Level): ThemeIcon {
  const { icon, color } = VERDICTS[verdict];
  return new ThemeIcon(icon, new ThemeColor(color));
}

function spinning(): ThemeIcon {
  return new ThemeIcon('loading~spin');
}

function flags(kind: string, ...set: readonly (string | false)[]): string {
  return [kind, ...set.filter((flag) => flag !== false)].join('+');
}

/** What a command can mend on this account. */
export function mendOf(result: CheckResult | null, writable: boolean): Action | null {
  const mend = result?.action ?? null;
  return mend !== null && (writable || !actionWrites(mend.kind)) ? mend : null;
}

export interface ReportText {
  readonly trunk: string;
  readonly account: string;
  readonly useCases: readonly UseCase[];
  readonly from: string;
  readonly summary: Summary;
  /** Counts while it runs; not where counting would draw what is beneath it each time. */
  readonly counts: boolean;
}

export function describeReport(text: ReportText): RowText {
  const { trunk, account, useCases, from, summary, counts } = text;
  const uses = useCases.map((useCase) => USE_CASE_NAMES[useCase]()).join(', ');
  const found = summary.running ? progressText(summary, counts) : summaryText(summary);
  const description = [uses, found].filter((part) => part !== '').join(' · ');
  const tooltip = new MarkdownString();
  for (const line of [
    l10n.t('{0}, account {1}', trunk, account),
    l10n.t('Checked for: {0}', uses),
    l10n.t('The network is looked at from {0}. The PBX may be in another one.', from),
    found,
  ]) {
    tooltip.appendMarkdown(`${literal(line)}\n\n`);
  }
  return {
    label: trunk,
    description,
    icon: summary.running ? spinning() : overallIcon(summary),
    tooltip,
    spoken: l10n.t('Checks of trunk {0}, {1}', trunk, description),
    contextValue: flags('checks', summary.running && 'running'),
  };
}

function progressText({ judged, all }: Summary, counts: boolean): string {
  return counts ? l10n.t('checked {0} of {1}', judged, all) : l10n.t('checking…');
}

function overallIcon({ failed, warnings, unknown, judged }: Summary): ThemeIcon {
  if (failed > 0) return verdictIcon('problem');
  if (warnings > 0) return verdictIcon('warning');
  return verdictIcon(unknown > 0 || judged === 0 ? 'unknown' : 'ok');
}

/** `2 failed, 1 warning`; what passed is not counted. */
export function summaryText({ failed, warnings, unknown, open, judged }: Summary): string {
  const parts = [
    failed > 0 && l10n.t('{0} failed', failed),
    warnings === 1 && l10n.t('1 warning'),
    warnings > 1 && l10n.t('{0} warnings', warnings),
    unknown > 0 && l10n.t('{0} not known', unknown),
    open > 0 && l10n.t('{0} by hand', open),
  ].filter((part) => part !== false);
  if (parts.length > 0) return parts.join(', ');
  return judged === 0 ? '' : l10n.t('all passed');
}

export function describeGroup(group: CheckGroup, from: string): RowText {
  const [label, icon, tooltip] = groupText(group, from);
  return {
    label,
    description: '',
    icon: new ThemeIcon(icon),
    tooltip,
    spoken: label,
    contextValue: 'checkGroup',
  };
}

function groupText(
  group: CheckGroup,
  from: string,
): readonly [label: string, icon: string, tooltip: string] {
  switch (group) {
    case 'exotel':
      return [l10n.t('At Exotel'), 'cloud', l10n.t('What is set up on the trunk.')];
    case 'network':
      return [
        l10n.t('Network (from {0})', from),
        'globe',
        l10n.t('What {0} sees of the network. The PBX may be in another one.', from),
      ];
    case 'manual':
      return [
        l10n.t('By Hand'),
        'person',
        l10n.t('What only a person can look at. What you tick is remembered on this computer.'),
      ];
  }
}

export function describeCheck(row: CheckRow, writable: boolean): RowText {
  const { group, title, running, result } = row;
  const mend = running ? null : mendOf(result, writable);
  const contextValue = flags(
    'check',
    group,
    mend !== null && 'mend',
    running && 'running',
    group === 'manual' && (result?.level === 'ok' ? 'ticked' : 'unticked'),
  );
  if (running) {
    return {
      label: title,
      description: l10n.t('checking…'),
      icon: spinning(),
      tooltip: title,
      spoken: l10n.t('{0}: checking…', title),
      contextValue,
    };
  }
  if (result === null) {
    return {
      label: title,
      description: l10n.t('not run yet'),
      icon: new ThemeIcon('circle-outline'),
      tooltip: title,
      spoken: l10n.t('{0}: not run yet', title),
      contextValue,
    };
  }
  const word = VERDICTS[result.level].word();
  const said = [result.what, result.doNext ?? ''].join(' ').trim();
  return {
    label: title,
    description: result.what,
    icon: verdictIcon(result.level),
    tooltip: checkTooltip(title, word, result),
    spoken: l10n.t('{0}: {1}. {2}', title, word, said),
    contextValue,
  };
}

/** One line of Markdown that is only text. VS Code's own appendText writes spaces at which no line breaks. */
function literal(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Everything in it is text, wherever it came from: nothing is read as Markdown or HTML. */
function checkTooltip(title: string, word: string, result: CheckResult): MarkdownString {
  const { what: why, doNext, evidence: details, requestId } = result;
  const paragraphs = [
    `**${literal(title)}** · ${literal(word)}`,
    literal(why),
    ...(doNext === null ? [] : [literal(l10n.t('Next: {0}', doNext))]),
    ...(details.length === 0 ? [] : [details.map((line) => `- ${literal(line)}`).join('\n')]),
    ...(requestId === null ? [] : [literal(l10n.t('Request ID: {0}', requestId))]),
  ];
  return new MarkdownString().appendMarkdown(paragraphs.join('\n\n'));
}
