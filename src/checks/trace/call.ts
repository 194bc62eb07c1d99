/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * One call, read off its messages: the INVITEs, what answered them, what followed.
 */
import { cseqOf, headerOf, uriIn, type SipUri } from '../sip/message';
import type { AudioMedia } from '../sip/sdp';
import { audioPair } from './audio';
import { LOCAL } from './envelope';
import type { Dialog, TracedMessage } from './types';

export interface Placed {
  /** Index into the dialog's messages. */
  readonly at: number;
  readonly traced: TracedMessage;
}

/** One try: an INVITE outside a dialog and its final answer. */
export interface Attempt {
  readonly invite: Placed;
  /** 1 when the INVITE was seen once. */
  readonly sent: number;
  readonly provisional: readonly Placed[];
  /** The last answer of 200 or more; null when none came. */
  readonly final: Placed | null;
  /** All answers of 200 or more, in order. */
  readonly finals: readonly Placed[];
  readonly acks: readonly Placed[];
  readonly offer: AudioMedia | null;
  readonly answer: AudioMedia | null;
}

export interface Call {
  readonly dialog: Dialog;
  readonly attempts: readonly Attempt[];
  /** `out`: towards Exotel; `in`: from Exotel. */
  readonly direction: 'out' | 'in' | 'unknown';
  readonly cancelled: boolean;
  readonly bye: Placed | null;
}

const EXOTEL = /(?:^|\.)exotel\.(?:com|in)$/;

export function isExotel(uri: SipUri | null): boolean {
  return uri !== null && EXOTEL.test(uri.host);
}

function statusOf({ message }: TracedMessage): number | null {
  return message.kind === 'response' ? message.status : null;
}

function isRequest({ message }: TracedMessage, method: string): boolean {
  return message.kind === 'request' && message.method === method;
}

function hasToTag({ message }: TracedMessage): boolean {
  return /;\s*tag=/i.test(headerOf(message, 'To') ?? '');
}

function directionOf(invite: TracedMessage): Call['direction'] {
  const { message } = invite;
  if (message.kind !== 'request') return 'unknown';
  const sentByExotel = ['X-Exotel-CallSid', 'X-Exotel-TrunkSid', 'X-Exotel-LegSid'].some(
    (name) => headerOf(message, name) !== null,
  );
  // A PBX hands the headers on to its phones.
  if (sentByExotel && invite.from !== LOCAL) return 'in';
  if (isExotel(uriIn(message.uri)) || isExotel(uriIn(headerOf(message, 'To') ?? ''))) return 'out';
  if (isExotel(uriIn(headerOf(message, 'From') ?? ''))) {
    return invite.from === LOCAL ? 'out' : invite.to === LOCAL ? 'in' : 'out';
  }
  return invite.from === LOCAL ? 'out' : invite.to === LOCAL ? 'in' : 'unknown';
}

/** Null for a dialog without an INVITE that starts a call. */
export function callOf(dialog: Dialog): Call | null {
  const placed = dialog.messages.map((traced, at): Placed => ({ at, traced }));
  const invites = placed.filter(({ traced }) => isRequest(traced, 'INVITE') && !hasToTag(traced));
  const [first] = invites;
  if (first === undefined) return null;
  const transactions = new Map<string, Placed[]>();
  for (const invite of invites) {
    const key = transactionOf(invite.traced);
    transactions.set(key, [...(transactions.get(key) ?? []), invite]);
  }
  const attempts = [...transactions].map(([key, sent]) => attemptOf(placed, key, sent));
  return {
    dialog,
    attempts,
    direction: directionOf(first.traced),
    cancelled: placed.some(({ traced }) => isRequest(traced, 'CANCEL')),
    bye: placed.find(({ traced }) => isRequest(traced, 'BYE')) ?? null,
  };
}

/** Also of the INVITE that answers a challenge with the same CSeq, and of a proxy's two sides. */
function transactionOf({ message }: TracedMessage): string {
  const branch = /;\s*branch=([^;,\s]+)/i.exec(headerOf(message, 'Via') ?? '')?.[1] ?? '';
  return `${cseqOf(message)?.number ?? -1} ${branch}`;
}

function attemptOf(placed: readonly Placed[], key: string, sent: readonly Placed[]): Attempt {
  const [invite] = sent;
  if (invite === undefined) throw new Error('An attempt without an INVITE.');
  const number = cseqOf(invite.traced.message)?.number;
  const answers = placed.filter(
    ({ traced }) =>
      traced.message.kind === 'response' &&
      cseqOf(traced.message)?.method === 'INVITE' &&
      transactionOf(traced) === key,
  );
  const finals = answers.filter(({ traced }) => (statusOf(traced) ?? 0) >= 200);
  const final = finals.at(-1) ?? null;
  const provisional = answers.filter(({ traced }) => (statusOf(traced) ?? 0) < 200);
  const bodies = [...finals.slice(-1), ...provisional.toReversed()]
    .map(({ traced }) => traced.message.body)
    .filter((body) => body !== '');
  const { offer, answer } = audioPair(invite.traced.message.body, bodies);
  return {
    invite,
    sent: sent.length,
    provisional,
    final,
    finals,
    acks: placed.filter(
      ({ traced }) => isRequest(traced, 'ACK') && cseqOf(traced.message)?.number === number,
    ),
    offer,
    answer,
  };
}

export function finalStatus(attempt: Attempt): number | null {
  return attempt.final === null ? null : statusOf(attempt.final.traced);
}
