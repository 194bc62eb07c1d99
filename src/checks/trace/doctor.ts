/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * The verdict: what is wrong with each dialog, where it shows, and what mends it. A call that was set up,
 * acknowledged and could be heard has no finding.
 */
import { callFindings } from './call-rules';
import { callOf } from './call';
import { otherFindings } from './other-rules';
import { readTrace } from './split';
import type { Diagnosis, Finding } from './types';

const RANK: Readonly<Record<Finding['level'], number>> = { fault: 0, warning: 1, info: 2 };

/** Reads and judges a trace. Never throws, whatever the text. */
export function diagnose(text: string): Diagnosis {
  const trace = readTrace(text);
  const findings = trace.dialogs.flatMap((dialog) => {
    const call = callOf(dialog);
    return call === null ? otherFindings(dialog) : callFindings(call);
  });
  return { trace, findings: findings.sort((a, b) => RANK[a.level] - RANK[b.level]) };
}
