// The proof's lines: one per combination on the terminal, and the same as data for the README's table.
import type { Step, Verdict } from './prove';
import { type Combination, lackText } from './subject';

export interface ProofLine {
  readonly program: string;
  readonly version: string;
  readonly target: string;
  /** '' for a target with one text. */
  readonly variant: string;
  readonly transport: string;
  readonly auth: string;
  readonly useCase: string;
  /** 401 or 407. */
  readonly challenge: number;
  /** What had to keep the PBX from calling; '' in an ordinary line. */
  readonly without: string;
  /** Asked where something had to keep the PBX from calling. */
  readonly nothingSent: Step;
  readonly parsed: Step;
  readonly called: Step;
  readonly wasCalled: Step;
  readonly strangerRefused: Step;
  readonly passed: boolean;
  /** The text is the same as for another authentication, and was run with that one. */
  readonly sameText: boolean;
  readonly seconds: number;
}

export function record(
  combination: Combination,
  version: string,
  verdict: Verdict,
  sameText: boolean,
): ProofLine {
  const { bench, transport, auth, useCase, challenge, without } = combination;
  return {
    program: bench.program.split(' ')[0] ?? '',
    version,
    target: bench.targetId,
    variant: bench.variant,
    ...{ transport, auth, useCase },
    challenge: challenge ?? 401,
    without: without === undefined ? '' : lackText[without],
    nothingSent: verdict.nothingSent,
    parsed: verdict.parsed,
    called: verdict.called,
    wasCalled: verdict.wasCalled,
    strangerRefused: verdict.strangerRefused,
    passed: verdict.faults.length === 0,
    sameText,
    seconds: sameText ? 0 : Math.round(verdict.seconds * 10) / 10,
  };
}

const words: Readonly<Record<Step, string>> = { yes: 'yes', no: 'NO', 'not asked': '–' };

export function line(proof: ProofLine): string {
  const target = proof.variant === '' ? proof.target : `${proof.target} (${proof.variant})`;
  const auth = proof.challenge === 407 ? `${proof.auth} (407)` : proof.auth;
  const steps = [
    `parsed ${words[proof.parsed]}`,
    `called ${words[proof.called]}`,
    `was called ${words[proof.wasCalled]}`,
    `stranger refused ${words[proof.strangerRefused]}`,
  ];
  const end = [
    ...(proof.without === '' ? [] : [`${proof.without}: nothing sent ${words[proof.nothingSent]}`]),
    proof.sameText ? 'same text' : `${proof.seconds.toFixed(1)} s`,
  ];
  return [
    `${proof.program} ${proof.version}`.padEnd(18),
    target.padEnd(26),
    proof.transport.padEnd(4),
    auth.padEnd(17),
    proof.useCase.padEnd(10),
    steps.map((step, index) => step.padEnd([11, 11, 15, 21][index] ?? 0)).join(''),
    end.join(', '),
  ].join(' ');
}
