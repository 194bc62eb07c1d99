/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * One finding, put together.
 */
import type { Call, Placed } from './call';
import type { Finding } from './types';

export type Say = Pick<Finding, 'kind' | 'what' | 'mend'> &
  Partial<Pick<Finding, 'level' | 'details'>>;

/** A fault without details unless said otherwise. */
export function finding(call: Call, { at }: Pick<Placed, 'at'>, said: Say): Finding {
  return { level: 'fault', callId: call.dialog.callId, at, details: [], ...said };
}
