/**
 * app/: the application, without `vscode`.
 *
 * `check` of the terminal: every row of the first-call checks, as a finding each. What only a person can
 * look at stands there as `manual`.
 */
import * as l10n from '@vscode/l10n';
import { planChecks, runChecks } from '../../checks/plan';
import { createProbes } from '../../checks/probes';
import type { CheckResult } from '../../checks/types';
import { edges } from '../../exotel/edges';
import { likelyUseCases, USE_CASES } from '../../setup/use-cases';
import type { UseCase } from '../../terms/use';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { checkFactsOf } from '../checks/check-facts';
import { trunkFacts } from '../facts';
import { unread, wholeTrunk } from './account';
import {
  type Answer,
  findingDocument,
  findingWords,
  hasProblem,
  notOneOf,
  NotDone,
  problemDocument,
} from './answer';
import { type DocumentOf, SCHEMA_VERSION } from './documents';

export interface CheckAsked {
  readonly trunk: string;
  /** Null: what the trunk is set up for. */
  readonly useCase: string | null;
  readonly network: boolean;
}

function useCasesAsked(useCase: string | null): readonly UseCase[] | null {
  if (useCase === null) return null;
  const found = USE_CASES.find((one) => one === useCase);
  if (found === undefined) throw notOneOf(USE_CASES, useCase);
  return [found];
}

/**
 * Exit code 1 when a row is a problem, 3 when none is but something of the trunk could not be read.
 * A row that several use cases have stands once.
 */
export async function checkAnswer(
  account: AccountTrunks,
  { trunk, useCase, network }: CheckAsked,
  signal: AbortSignal,
): Promise<Answer<DocumentOf<'check'>>> {
  const asked = useCasesAsked(useCase);
  const snapshot = await wholeTrunk(account, trunk, signal);
  const facts = await checkFactsOf({
    accountSid: account.accountSid,
    snapshot,
    password: (credential) => account.password(snapshot.trunk.sid, credential),
    edges,
    chosen: null,
    ticked: new Set(),
    now: new Date(),
  });
  const useCases = asked ?? likelyUseCases(trunkFacts(account.accountSid, snapshot, () => null));
  const probes = createProbes();
  const results = new Map<string, CheckResult>();
  for (const one of useCases) {
    const rows = planChecks(facts, one).filter(({ group }) => network || group !== 'network');
    for (const result of await runChecks(rows, probes, signal)) {
      if (!results.has(result.id)) results.set(result.id, result);
    }
  }
  if (signal.aborted) {
    throw new NotDone(
      'stopped',
      l10n.t('It was stopped before it was finished.'),
      l10n.t('Run it again.'),
    );
  }
  const failures = unread(snapshot).map(({ problem }) => problemDocument(problem));
  const findings = [...[...results.values()].map(findingDocument), ...failures];
  const problems = hasProblem([...results.values()]);
  return {
    document: { schemaVersion: SCHEMA_VERSION, findings },
    words: findings.flatMap(findingWords),
    exit: problems ? 1 : failures.length > 0 ? 3 : 0,
  };
}
