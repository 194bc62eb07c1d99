/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * One finding, put together.
 */
import type { Call, Placed } from '../call';
import type { TraceFinding } from '../types';

export type Say = Pick<TraceFinding, 'kind' | 'what' | 'doNext'> &
  Partial<Pick<TraceFinding, 'level' | 'evidence'>>;

/** A problem without evidence unless said otherwise. */
export function finding(call: Call, { at }: Pick<Placed, 'at'>, said: Say): TraceFinding {
  return { level: 'problem', callId: call.dialog.callId, at, evidence: [], ...said };
}
