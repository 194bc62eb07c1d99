/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * What went wrong, and what can be concluded from it.
 */
import { ExotelError, type Problem } from '../exotel/errors';

/** For what no person needs to read and a maintainer does. */
export type Log = (message: string) => void;

/** Anything thrown. What is no ExotelError is a defect here or the keyring's; it goes to the log. */
export function problemOf(error: unknown, log?: Log): Problem {
  if (error instanceof ExotelError) return error.problem;
  log?.(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return {
    ...unanswered('work with the answer'),
    kind: 'badResponse',
    what: 'This did not work because of a defect in this extension or the keyring.',
    doNext: 'See the log.',
  };
}

/** The connection broke or the server failed after the request may have been carried out. */
export function mayHaveArrived(problem: Problem): boolean {
  if (problem.kind === 'server' || problem.kind === 'badResponse') return true;
  return problem.kind === 'network' && ['reset', 'timeout', 'other'].includes(problem.cause);
}

/** Exotel answers 403 with code 1003 as well as 404 for what does not exist. */
export function isGone(problem: Problem): boolean {
  return problem.kind === 'notFound' || (problem.kind === 'forbidden' && problem.code === 1003);
}

/** The row went away between the click and the call, e.g. it was deleted in another window. */
export function gone(what: string): ExotelError {
  return new ExotelError({
    ...unanswered(`use ${what}`),
    kind: 'notFound',
    what: `This ${what} is no longer there.`,
    doNext: 'Refresh the view to see what is.',
  });
}

/** Cancelled between two calls: no outcome is open. */
export function cancelled(operation: string): Problem {
  return {
    ...unanswered(operation),
    kind: 'aborted',
    what: 'This was cancelled.',
    doNext: 'Try again to go on with it.',
  };
}

function unanswered(operation: string) {
  return { operation, requestId: null, httpStatus: null, code: null, description: null };
}
