/**
 * checks/: first-call checks. Facts and probes in, verdicts with remedies out.
 */
export { findEdges, type EdgeAnswer, type EdgeCandidate } from './find-edge';
export { overall, planChecks, runChecks } from './plan';
export { createProbes } from './probes';
export { reportMarkdown } from './report';
export { exotelErrorCodes, sipClass, sipCode, sipCodes, type SipCode } from './sip/codes';
export { diagnose } from './trace/doctor';
export { ladderOf, type Ladder } from './trace/ladder';
export { maskTrace } from './trace/mask';
export type { Diagnosis, Finding } from './trace/types';
export type {
  CheckFacts,
  CheckResult,
  CheckUseCase,
  Mend,
  PlannedCheck,
  Probes,
  Verdict,
} from './types';
