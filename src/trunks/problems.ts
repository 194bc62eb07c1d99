/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * What went wrong, and what can be concluded from it.
 */
import * as l10n from '@vscode/l10n';
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
    what: l10n.t('This did not work because of a defect in this extension or the keyring.'),
    doNext: l10n.t('See the log.'),
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

/** It went away between the click and the call, e.g. it was deleted in another window. */
export function trunkGone(): ExotelError {
  return noLongerThere('use trunk', l10n.t('This trunk is no longer there.'));
}

export function rowGone(): ExotelError {
  return noLongerThere('use entry', l10n.t('This entry is no longer there.'));
}

function noLongerThere(operation: string, what: string): ExotelError {
  return new ExotelError({
    ...unanswered(operation),
    kind: 'notFound',
    what,
    doNext: l10n.t('Refresh the view to see what is.'),
  });
}

/** Cancelled between two calls: no outcome is open. */
export function cancelled(operation: string): Problem {
  return {
    ...unanswered(operation),
    kind: 'aborted',
    what: l10n.t('This was cancelled.'),
    doNext: l10n.t('Try again to go on with it.'),
  };
}

function unanswered(operation: string) {
  return { operation, requestId: null, httpStatus: null, code: null, description: null };
}
