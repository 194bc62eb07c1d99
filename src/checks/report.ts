/**
 * checks/: first-call checks. Facts and probes in, verdicts with remedies out.
 *
 * The report as Markdown for a ticket at Exotel's support: what was checked, from where, with request ids.
 */
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

const NAMES: Readonly<Record<UseCase, string>> = {
  outbound: 'outbound calls',
  inbound: 'inbound calls',
  streamkit: 'StreamKit calls',
};

const WORDS: Readonly<Record<Level, string>> = {
  ok: 'pass',
  info: 'note',
  warning: 'WARNING',
  problem: 'FAIL',
  manual: 'to be checked by hand',
  unknown: 'not known',
};

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
    `# Checks of trunk ${cell(facts.trunkName || facts.trunkSid)} for ${NAMES[useCase]}`,
    '',
    `- Account SID: ${cell(facts.accountSid)}`,
    `- Trunk SID: ${cell(facts.trunkSid)}`,
    `- Run on ${finished.toISOString()}, from ${cell(from)}. The PBX may be in another network.`,
  ];
  if (useCase !== 'inbound') {
    const { name, host, tcpPort, tlsPort, source, checked } = facts.edge;
    lines.push(
      `- Edge: ${cell(name)}, ${cell(host)}, TLS ${tlsPort}, TCP ${tcpPort} (${cell(source)}, looked up ${cell(checked)})`,
    );
  }
  lines.push('', '| Check | Verdict | Found | Next |', '| --- | --- | --- | --- |');
  for (const { id, title } of plan) {
    const result = results.get(id);
    if (result === undefined) continue;
    const { level: verdict, what: why, doNext } = result;
    lines.push(`| ${cell(title)} | ${WORDS[verdict]} | ${cell(why)} | ${cell(doNext ?? '')} |`);
  }
  const details = plan.flatMap(({ id, title }) => {
    const result = results.get(id);
    if (result === undefined) return [];
    const said = [
      ...result.evidence,
      ...(result.requestId === null ? [] : [`Exotel request ${result.requestId}`]),
    ];
    return said.map((line) => `- ${cell(title)}: ${cell(line)}`);
  });
  if (details.length > 0) lines.push('', '## Details', '', ...details);
  return `${lines.join('\n')}\n`;
}
