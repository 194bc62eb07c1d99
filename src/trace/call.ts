/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * One call, read off its messages: the INVITEs, what answered them, what followed.
 */
import { isExotelHost } from '../exotel/edges';
import { cseqOf, headerOf, uriIn, type SipUri } from '../sip/message';
import type { AudioMedia } from '../sip/sdp';
import { audioPair } from './audio';
import { LOCAL } from './readers/envelope';
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

export function isExotel(uri: SipUri | null): boolean {
  return uri !== null && isExotelHost(uri.host);
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
  const to = uriIn(message.uri);
  if (isExotel(to) && invite.to !== LOCAL) return 'out';
  const fromExotel = isExotel(uriIn(headerOf(message, 'From') ?? ''));
  const headers = ['X-Exotel-CallSid', 'X-Exotel-TrunkSid', 'X-Exotel-LegSid'];
  // A PBX hands the headers on to its phones.
  if (headers.some((name) => headerOf(message, name) !== null)) {
    if (invite.from !== LOCAL || fromExotel) return 'in';
  }
  if (isExotel(uriIn(headerOf(message, 'To') ?? '')) && invite.to !== LOCAL) return 'out';
  if (fromExotel) {
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
  const inviting = grouped(invites, ({ traced }) => transactionOf(traced));
  const answers = grouped(
    placed.filter(
      ({ traced }) =>
        traced.message.kind === 'response' && cseqOf(traced.message)?.method === 'INVITE',
    ),
    ({ traced }) => transactionOf(traced),
  );
  const acks = grouped(
    placed.filter(({ traced }) => isRequest(traced, 'ACK')),
    ({ traced }) => cseqOf(traced.message)?.number ?? -1,
  );
  const attempts = [...inviting].map(([key, sent]) =>
    attemptOf(
      sent,
      answers.get(key) ?? [],
      acks.get(cseqOf(sent[0].traced.message)?.number ?? -1) ?? [],
    ),
  );
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

/** In one pass: a dialog may have thousands of messages. */
function grouped<K>(
  placed: readonly Placed[],
  keyOf: (one: Placed) => K,
): ReadonlyMap<K, readonly [Placed, ...Placed[]]> {
  const groups = new Map<K, [Placed, ...Placed[]]>();
  for (const one of placed) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function attemptOf(
  sent: readonly [Placed, ...Placed[]],
  answers: readonly Placed[],
  acks: readonly Placed[],
): Attempt {
  const [invite] = sent;
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
    acks,
    offer,
    answer,
  };
}

export function finalStatus(attempt: Attempt): number | null {
  return attempt.final === null ? null : statusOf(attempt.final.traced);
}
