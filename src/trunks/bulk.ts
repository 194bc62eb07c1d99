/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * One call per item, one after the other, so that what was done and what was not is always exact.
 */
import { ExotelError, type Problem } from '../exotel/errors';

export interface BulkOutcome<Input, T = void> {
  readonly done: readonly { readonly input: Input; readonly value: T }[];
  readonly failed: readonly { readonly input: Input; readonly problem: Problem }[];
  /** Left alone because the person cancelled or going on was pointless. */
  readonly notTried: readonly Input[];
}

export interface BulkOptions {
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

export function problemOf(error: unknown): Problem {
  if (error instanceof ExotelError) return error.problem;
  throw error;
}

export async function runBulk<Input, T>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<T>,
  options: BulkOptions = {},
): Promise<BulkOutcome<Input, T>> {
  const done: { input: Input; value: T }[] = [];
  const failed: { input: Input; problem: Problem }[] = [];
  for (const [index, input] of inputs.entries()) {
    if (options.signal?.aborted === true) return { done, failed, notTried: inputs.slice(index) };
    options.onProgress?.(index, inputs.length);
    try {
      done.push({ input, value: await work(input) });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind === 'aborted') return { done, failed, notTried: inputs.slice(index) };
      failed.push({ input, problem });
      if (isPointlessToGoOn(problem)) return { done, failed, notTried: inputs.slice(index + 1) };
    }
  }
  return { done, failed, notTried: [] };
}
