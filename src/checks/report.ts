/**
 * checks/: first-call checks. Facts and probes in, verdicts with remedies out.
 *
 * The report as Markdown for a ticket at Exotel's support: what was checked, from where, with request ids.
 */
import * as l10n from '@vscode/l10n';
import type { CheckFacts, CheckResult, PlannedCheck } from './types';
import type { UseCase } from '../terms/use';
import type { Level } from '../terms/finding';

export interface ReportInput {
  readonly facts: CheckFacts;
  readonly useCase: UseCase;
  readonly plan: readonly PlannedCheck[];
  readonly results: ReadonlyMap<string, CheckResult>;
  /** Where it was run, e.g. `this computer` or `the SSH host web-1`. */
  readonly from: string;
  readonly finished: Date;
}

function heading(trunk: string, useCase: UseCase): string {
  switch (useCase) {
    case 'outbound':
      return l10n.t('Checks of trunk {0} for outbound calls', trunk);
    case 'inbound':
      return l10n.t('Checks of trunk {0} for inbound calls', trunk);
    case 'streamkit':
      return l10n.t('Checks of trunk {0} for StreamKit calls', trunk);
  }
}

function word(level: Level): string {
  switch (level) {
    case 'ok':
      return l10n.t('pass');
    case 'info':
      return l10n.t('note');
    case 'warning':
      return l10n.t('WARNING');
    case 'problem':
      return l10n.t('FAIL');
    case 'manual':
      return l10n.t('to be checked by hand');
    case 'unknown':
      return l10n.t('not known');
  }
}

/** One line, and nothing in it that Markdown reads as more than text. */
function cell(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\\|`*_~$<>[\]#!]/g, '\\$&')
    .replace(/&(?=[#\w])/g, '&amp;')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, 'www\\.')
    .trim();
}

export function reportMarkdown(input: ReportInput): string {
  const { facts, useCase, plan, results, from, finished } = input;
  const lines = [
    `# ${heading(cell(facts.trunkName || facts.trunkSid), useCase)}`,
    '',
    `- ${l10n.t('Account SID: {0}', cell(facts.accountSid))}`,
    `- ${l10n.t('Trunk SID: {0}', cell(facts.trunkSid))}`,
    `- ${l10n.t('Run on {0}, from {1}. The PBX may be in another network.', finished.toISOString(), cell(from))}`,
  ];
  if (useCase !== 'inbound') {
    const { name, host, tcpPort, tlsPort, source, checked } = facts.edge;
    lines.push(
      `- ${l10n.t('Edge: {0}, {1}, TLS {2}, TCP {3} ({4}, looked up {5})', cell(name), cell(host), tlsPort, tcpPort, cell(source), cell(checked))}`,
    );
  }
  lines.push(
    '',
    `| ${l10n.t('Check')} | ${l10n.t('Verdict')} | ${l10n.t('Found')} | ${l10n.t('Next')} |`,
    '| --- | --- | --- | --- |',
  );
  for (const { id, title } of plan) {
    const result = results.get(id);
    if (result === undefined) continue;
    const { level: verdict, what: why, doNext } = result;
    lines.push(`| ${cell(title)} | ${word(verdict)} | ${cell(why)} | ${cell(doNext ?? '')} |`);
  }
  const details = plan.flatMap(({ id, title }) => {
    const result = results.get(id);
    if (result === undefined) return [];
    const said = [
      ...result.evidence,
      ...(result.requestId === null ? [] : [l10n.t('Exotel request {0}', result.requestId)]),
    ];
    return said.map((line) => `- ${cell(title)}: ${cell(line)}`);
  });
  if (details.length > 0) lines.push('', `## ${l10n.t('Details')}`, '', ...details);
  return `${lines.join('\n')}\n`;
}
