/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * The ladder: who sent what to whom, as a drawing needs it.
 */
import * as l10n from '@vscode/l10n';
import { headerOf } from '../sip/message';
import { audioIn } from '../sip/sdp';
import type { Dialog, TraceFinding } from './types';

export interface Rung {
  /** Indexes into `ends`. */
  readonly from: number;
  readonly to: number;
  /** E.g. `INVITE`, `401 Unauthorized`. */
  readonly label: string;
  /** E.g. `PCMA, PCMU · RTP/SAVP`; '' when there is nothing to add. */
  readonly note: string;
  /** 0-based line of the trace. */
  readonly line: number;
  readonly time: number | null;
  readonly level: TraceFinding['level'] | null;
}

export interface Ladder {
  readonly callId: string;
  /** `host:port` or `local`, in order of appearance. */
  readonly ends: readonly string[];
  readonly rungs: readonly Rung[];
}

/** Keeps what a drawing can show; the rest is counted by the caller. */
export const MAX_RUNGS = 200;

export function ladderOf(dialog: Dialog, findings: readonly TraceFinding[]): Ladder {
  const ends: string[] = [];
  const indexOf = (end: string): number => {
    const known = ends.indexOf(end);
    return known === -1 ? ends.push(end) - 1 : known;
  };
  const marks = new Map(
    findings
      .filter(({ callId }) => callId === dialog.callId)
      .toReversed()
      .map(({ at, level }) => [at, level]),
  );
  const rungs = dialog.messages.slice(0, MAX_RUNGS).map((traced, at): Rung => {
    const { message } = traced;
    const label =
      message.kind === 'request' ? message.method : `${message.status} ${message.reason}`.trim();
    const from = indexOf(traced.from);
    const to = indexOf(traced.to);
    const { line, time } = traced;
    return { from, to, label, note: noteOf(message), line, time, level: marks.get(at) ?? null };
  });
  return { callId: dialog.callId, ends, rungs };
}

function noteOf(message: Dialog['messages'][number]['message']): string {
  const audio = audioIn(message.body);
  const parts = audio === null ? [] : [audio.codecs.join(', '), audio.profile];
  if (headerOf(message, 'Authorization') !== null) parts.unshift(l10n.t('with digest'));
  if (headerOf(message, 'Proxy-Authorization') !== null) parts.unshift(l10n.t('with digest'));
  return parts.join(' · ');
}
