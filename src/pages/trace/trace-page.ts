/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * From a diagnosis to what the page shows: the verdict, the findings, the dialogs and one ladder.
 */
import * as l10n from '@vscode/l10n';
import { callOf } from '../../trace/call';
import { ladderOf, MAX_RUNGS, type Rung } from '../../trace/ladder';
import { headerOf, uriIn } from '../../sip/message';
import { maskTrace } from '../../trace/mask';
import type { Diagnosis, Dialog, TraceFinding, TraceFormat } from '../../trace/types';
import { offersOfFinding } from '../../app/actions';
import { COMMANDS } from '../../app/commands.generated';
import { Buttons, type Deed, type PlannedPage } from './explanation-pages';
import type { DialogView, FindingView, LadderView, Level, TracePage } from './explanation-protocol';

/** More than anyone reads; the rest is counted. */
const MAX_FINDINGS = 50;
const MAX_DIALOGS = 200;
/** Columns that can be read beside each other. */
const MAX_ENDS = 8;

export interface TraceFacts {
  /** Of the document, e.g. `asterisk.log`. */
  readonly name: string;
  /** The line of the document the text begins at, from 0. */
  readonly firstLine: number;
  readonly text: string;
  /** The text went on behind what was read. */
  readonly cut: boolean;
  readonly selection: boolean;
  readonly diagnosis: Diagnosis;
}

export function levelText(level: Level): string {
  switch (level) {
    case 'problem':
      return l10n.t('Fault');
    case 'warning':
      return l10n.t('Warning');
    case 'info':
      return l10n.t('Note');
  }
}

const FORMATS: Readonly<Record<TraceFormat, string>> = {
  asterisk: 'Asterisk',
  freeswitch: 'FreeSWITCH',
  kamailio: 'tcpdump',
  sipp: 'sipp',
  sngrep: 'sngrep / ngrep',
  plain: '',
};

function counted(findings: readonly TraceFinding[], level: Level): number {
  return findings.filter((finding) => finding.level === level).length;
}

function messagesIn({ trace }: Diagnosis): number {
  return trace.dialogs.reduce((sum, { messages }) => sum + messages.length, 0);
}

export function verdictOf(diagnosis: Diagnosis): TracePage['verdict'] {
  const { findings } = diagnosis;
  const faults = counted(findings, 'problem');
  const warnings = counted(findings, 'warning');
  if (messagesIn(diagnosis) === 0) {
    return { level: 'info', text: l10n.t('No SIP message was found in this text.') };
  }
  if (faults === 1) return { level: 'problem', text: l10n.t('A fault was found.') };
  if (faults > 1) return { level: 'problem', text: l10n.t('{0} faults were found.', faults) };
  if (warnings === 1) {
    return { level: 'warning', text: l10n.t('No fault seen, but something to look at.') };
  }
  if (warnings > 1) {
    return { level: 'warning', text: l10n.t('No fault seen, but {0} warnings.', warnings) };
  }
  return { level: 'none', text: l10n.t('No fault seen.') };
}

function linesOf({ diagnosis, cut, selection }: TraceFacts): string[] {
  const { trace } = diagnosis;
  const messages = messagesIn(diagnosis);
  const format = FORMATS[trace.format];
  const what =
    format === ''
      ? l10n.t('Messages: {0}, dialogs: {1}.', messages, trace.dialogs.length)
      : l10n.t(
          'Messages: {0}, dialogs: {1}, as written by {2}.',
          messages,
          trace.dialogs.length,
          format,
        );
  return [
    ...(messages === 0
      ? [
          l10n.t(
            'Switch the trace of the PBX on (Asterisk: pjsip set logger on; FreeSWITCH: sofia global siptrace on; Kamailio: sngrep or tcpdump -A), make the call again, and explain that text.',
          ),
        ]
      : [selection ? l10n.t('Of the selection: {0}', what) : what]),
    ...(trace.unread.length === 0
      ? []
      : [
          l10n.t(
            '{0} messages could not be read, the first one in line {1}.',
            trace.unread.length,
            (trace.unread[0] ?? 0) + 1,
          ),
        ]),
    ...(cut
      ? [l10n.t('The text is very long: only its beginning was read. Select the part of one call.')]
      : []),
    l10n.t('Read on this computer. Nothing was sent anywhere.'),
  ];
}

function userOf(dialog: Dialog, name: string): string {
  const [first] = dialog.messages;
  const value = first === undefined ? null : headerOf(first.message, name);
  const uri = value === null ? null : uriIn(value);
  return uri === null ? '?' : (uri.user ?? uri.host);
}

function dialogTitle(dialog: Dialog): string {
  const [first] = dialog.messages;
  const method = first?.message.kind === 'request' ? first.message.method : '';
  const between = `${userOf(dialog, 'From')} → ${userOf(dialog, 'To')}`;
  return method === '' ? between : `${method}  ${between}`;
}

/** The last final answer tells how it ended. */
function endOf(dialog: Dialog): string {
  const last = dialog.messages.findLast(
    ({ message }) => message.kind === 'response' && message.status >= 200,
  )?.message;
  return last?.kind === 'response' ? `${last.status} ${last.reason}`.trim() : l10n.t('no answer');
}

const RANK: Readonly<Record<Level, number>> = { problem: 0, warning: 1, info: 2 };

function worstOf(diagnosis: Diagnosis): ReadonlyMap<string, Level> {
  const worst = new Map<string, Level>();
  for (const { callId, level } of diagnosis.findings) {
    const known = worst.get(callId);
    if (known === undefined || RANK[level] < RANK[known]) worst.set(callId, level);
  }
  return worst;
}

function dialogsOf({ diagnosis, firstLine }: TraceFacts): DialogView[] {
  const worst = worstOf(diagnosis);
  const all = diagnosis.trace.dialogs.map((dialog, index): DialogView => {
    const level = worst.get(dialog.callId) ?? null;
    return {
      index,
      title: dialogTitle(dialog),
      note: l10n.t(
        '{0} · messages: {1} · line {2}',
        endOf(dialog),
        dialog.messages.length,
        firstLine + (dialog.messages[0]?.line ?? 0) + 1,
      ),
      level,
      levelText: level === null ? '' : levelText(level),
    };
  });
  if (all.length <= MAX_DIALOGS) return all;
  // Those with something to say first, in the order of the trace.
  return [...all]
    .sort((a, b) => Number(a.level === null) - Number(b.level === null) || a.index - b.index)
    .slice(0, MAX_DIALOGS);
}

/** The dialog that is shown first: the one of the first finding. */
export function firstDialog({ trace, findings }: Diagnosis): number {
  const [finding] = findings;
  const index = trace.dialogs.findIndex(({ callId }) => callId === finding?.callId);
  return Math.max(0, index);
}

function time(seconds: number | null): string {
  return seconds === null ? '' : l10n.t('{0} s', seconds.toFixed(3));
}

function rungView(rung: Rung, ends: readonly string[], firstLine: number, zero: number) {
  const { label, note, level } = rung;
  const line = firstLine + rung.line;
  const from = Math.min(rung.from, ends.length - 1);
  const to = Math.min(rung.to, ends.length - 1);
  const when = time(rung.time === null ? null : rung.time - zero);
  return {
    ...{ from, to, label, note, level, line },
    time: when,
    levelText: level === null ? '' : levelText(level),
    way: l10n.t('from {0} to {1}, line {2}', ends[from] ?? '', ends[to] ?? '', line + 1),
  };
}

function endName(end: string): string {
  return end === 'local' ? l10n.t('this PBX') : end;
}

export function ladderView(facts: TraceFacts, index: number): LadderView | null {
  const { diagnosis, firstLine } = facts;
  const dialog = diagnosis.trace.dialogs[index];
  if (dialog === undefined) return null;
  const ladder = ladderOf(dialog, diagnosis.findings);
  const named = ladder.ends.map(endName);
  const ends =
    named.length <= MAX_ENDS ? named : [...named.slice(0, MAX_ENDS - 1), l10n.t('others')];
  const zero = ladder.rungs.find((rung) => rung.time !== null)?.time ?? 0;
  const left = dialog.messages.length - ladder.rungs.length;
  return {
    index,
    title: dialogTitle(dialog),
    ends,
    rungs: ladder.rungs.map((rung) => rungView(rung, ends, firstLine, zero)),
    more:
      left > 0
        ? l10n.t('{0} more messages are not drawn after the first {1}.', left, MAX_RUNGS)
        : '',
  };
}

/** Where a finding shows, as a line of the document. */
export function lineOf({ diagnosis, firstLine }: TraceFacts, { callId, at }: TraceFinding): number {
  const dialog = diagnosis.trace.dialogs.find((one) => one.callId === callId);
  return firstLine + (dialog?.messages[at]?.line ?? 0);
}

function statusAt({ trace }: Diagnosis, { callId, at }: TraceFinding): number | null {
  const message = trace.dialogs.find((one) => one.callId === callId)?.messages[at]?.message;
  return message?.kind === 'response' && message.status >= 300 ? message.status : null;
}

function findingViews(facts: TraceFacts, buttons: Buttons): FindingView[] {
  const { diagnosis } = facts;
  const { dialogs } = diagnosis.trace;
  const byCallId = new Map(dialogs.map((dialog) => [dialog.callId, dialog]));
  return diagnosis.findings.slice(0, MAX_FINDINGS).map((finding, at): FindingView => {
    const dialog = byCallId.get(finding.callId);
    const direction = (dialog === undefined ? null : callOf(dialog))?.direction ?? 'unknown';
    const status = statusAt(diagnosis, finding);
    const line = lineOf(facts, finding);
    const lookUp: Deed = {
      kind: 'command',
      command: COMMANDS.code.lookUp.id,
      args: [`sip:${status ?? 0}`],
    };
    return {
      key: `f${at}`,
      level: finding.level,
      levelText: levelText(finding.level),
      what: finding.what,
      mend: finding.doNext,
      details: finding.evidence.map(maskTrace),
      where: l10n.t('Line {0}', line + 1),
      line,
      dialog: dialog === undefined ? 0 : dialogs.indexOf(dialog),
      buttons: [
        ...buttons.offers(offersOfFinding(finding, direction)),
        ...(status === null ? [] : [buttons.add(l10n.t('Look Up {0}', status), lookUp)]),
      ],
    };
  });
}

/** For support or a colleague: nothing secret is in it. */
export function findingsText(facts: TraceFacts): string {
  const { diagnosis, name } = facts;
  const { findings } = diagnosis;
  const lines = [
    `# ${verdictOf(diagnosis).text} (${name})`,
    '',
    ...linesOf(facts).map((line) => `${line}  `),
    ...findings
      .slice(0, MAX_FINDINGS)
      .flatMap((finding) => [
        '',
        `## ${levelText(finding.level)}: ${finding.what}`,
        '',
        finding.doNext,
        '',
        `- ${l10n.t('Line {0}', lineOf(facts, finding) + 1)}`,
        `- Call-ID: ${finding.callId}`,
        ...finding.evidence.map((detail) => `- ${detail}`),
      ]),
    ...(findings.length > MAX_FINDINGS
      ? ['', l10n.t('{0} more findings.', findings.length - MAX_FINDINGS)]
      : []),
  ];
  return `${maskTrace(lines.join('\n'))}\n`;
}

export function tracePage(
  facts: TraceFacts,
  selected: number,
  exists: (command: string) => boolean,
): PlannedPage<TracePage> {
  const { diagnosis, name, text } = facts;
  const buttons = new Buttons(exists);
  const { dialogs } = diagnosis.trace;
  const shown = dialogs.length > 1 ? dialogsOf(facts) : [];
  const findings = findingViews(facts, buttons);
  const left = diagnosis.findings.length - findings.length;
  const hidden = dialogs.length > 1 ? dialogs.length - shown.length : 0;
  const more = [
    ...(left > 0 ? [l10n.t('{0} more findings are not listed.', left)] : []),
    ...linesOf(facts),
  ];
  const copies =
    dialogs.length === 0
      ? []
      : [
          buttons.add(l10n.t('Copy Findings'), {
            kind: 'copy',
            text: () => findingsText(facts),
            done: l10n.t('Findings copied, without secrets.'),
          }),
          buttons.add(l10n.t('Copy Masked Trace'), {
            kind: 'copy',
            text: () => maskTrace(text),
            done: l10n.t('Trace copied. Digest answers, keys and passwords are masked.'),
          }),
        ];
  return {
    page: {
      kind: 'trace',
      title: name,
      verdict: verdictOf(diagnosis),
      lines: more,
      findings,
      dialogs: shown,
      moreDialogs: hidden > 0 ? l10n.t('{0} more dialogs without a finding.', hidden) : '',
      ladder: ladderView(facts, selected),
      buttons: copies,
      strings: {
        findings: l10n.t('What was found'),
        dialogs: l10n.t('Dialogs'),
        ladder: l10n.t('Who sent what'),
        ladderHint: l10n.t('Enter or a click on a message shows its line in the editor.'),
        time: l10n.t('Time'),
      },
    },
    deeds: buttons.deeds,
  };
}
