/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * One call per item, one after the other, so that what was done and what was not is always exact.
 */
import type { Problem } from '../exotel/errors';
import { type Log, problemOf } from './problems';

export { mayHaveArrived } from './problems';

export interface BulkOutcome<Input, T = void> {
  readonly done: readonly { readonly input: Input; readonly value: T }[];
  readonly failed: readonly { readonly input: Input; readonly problem: Problem }[];
  /** Left alone because the person cancelled or going on was pointless. */
  readonly notTried: readonly Input[];
}

export interface BulkOptions {
  /** Stops before the next item. What is on its way to Exotel is finished: its outcome is known. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each item. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** After one of these the next item would only fail the same way. */
function isPointlessToGoOn(problem: Problem): boolean {
  return (
    problem.kind === 'auth' ||
    problem.kind === 'network' ||
    problem.kind === 'rateLimited' ||
    problem.kind === 'aborted'
  );
}

/** Cancelling stops between two items; `work` must not hand the signal to what it changes. */
export async function runBulk<Input, T>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<T>,
  options: BulkOptions = {},
  log?: Log,
): Promise<BulkOutcome<Input, T>> {
  const isCancelled = () => options.signal?.aborted === true;
  const done: { input: Input; value: T }[] = [];
  const failed: { input: Input; problem: Problem }[] = [];
  for (const [index, input] of inputs.entries()) {
    if (!isCancelled()) options.onProgress?.(index, inputs.length);
    if (isCancelled()) return { done, failed, notTried: inputs.slice(index) };
    try {
      done.push({ input, value: await work(input) });
    } catch (error) {
      const problem = problemOf(error, log);
      if (problem.kind === 'aborted') return { done, failed, notTried: inputs.slice(index) };
      failed.push({ input, problem });
      if (isPointlessToGoOn(problem)) return { done, failed, notTried: inputs.slice(index + 1) };
    }
  }
  return { done, failed, notTried: [] };
}
