/**
 * checks/rows: the rows of the report, each a verdict over facts and what a probe found.
 *
 * What is set up at Exotel, as the judge has it.
 */
import { setupTitle } from '../../setup/finding';
import { judge } from '../../setup/judge';
import type { UseCase } from '../../terms/use';
import type { CheckFacts, PlannedCheck } from '../types';
import { planned } from './row';

export function exotelRows(facts: CheckFacts, useCase: UseCase): PlannedCheck[] {
  return judge(facts, useCase).map((finding) =>
    planned(finding.kind, 'exotel', setupTitle(finding.kind, useCase), () => ({
      ...finding,
      requestId: null,
    })),
  );
}
