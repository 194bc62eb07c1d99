/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * The verdict: what is wrong with each dialog, where it shows, and what mends it. A call that was set up,
 * acknowledged and could be heard has no finding.
 */
import { callFindings } from './rules/call-rules';
import { callOf } from './call';
import { maskTrace } from './mask';
import { optionsFindings, registrationFindings } from './rules/other-rules';
import { concerningExotel } from './peers';
import { readWhole } from './readers/split';
import type { Diagnosis, Dialog, TraceFinding } from './types';

const RANK: Readonly<Record<TraceFinding['level'], number>> = { problem: 0, warning: 1, info: 2 };

/** What is known of the trace beside the dialog that is judged. */
export interface Around {
  /** Seconds from the first message to the last line with a time; null without times. */
  readonly lasted: number | null;
  /** No other dialog is judged. */
  readonly alone: boolean;
  /** The PBX says beside its messages that it has a password, but for another realm. */
  readonly otherRealm: boolean;
}

/** res_pjsip_outbound_authenticator_digest.c, whose trace of the call looks as without any password. */
const OTHER_REALM = 'No auth objects matching realm';

/** Reads and judges a trace. Never throws, whatever the text. */
export function diagnose(text: string): Diagnosis {
  const { trace, lasted } = readWhole(text);
  const judged = concerningExotel(trace.dialogs);
  const around = { lasted, alone: judged.length === 1, otherRealm: text.includes(OTHER_REALM) };
  const findings = [
    ...judged.flatMap((dialog) => dialogFindings(dialog, around)),
    ...optionsFindings(judged, lasted),
  ].map(masked);
  return { trace, findings: findings.sort((a, b) => RANK[a.level] - RANK[b.level]) };
}

function dialogFindings(dialog: Dialog, around: Around): TraceFinding[] {
  const call = callOf(dialog);
  return call === null ? registrationFindings(dialog) : callFindings(call, around);
}

function masked(finding: TraceFinding): TraceFinding {
  return { ...finding, what: maskTrace(finding.what), evidence: finding.evidence.map(maskTrace) };
}
