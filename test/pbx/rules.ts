// What Exotel asks of a call from the PBX, held against what its edge saw. Sources: Exotel's developer
// portal, vSIP TCP, TLS and flow integration; the account's own documents.
import type { Codec } from '../../src/pbx/options';
import type { TrunkConnection } from '../../src/pbx/types';
import { CALLED, CALLER, EDGE, PBX, STRANGER } from './addresses';
import { type Audio, type SipMessage, audioIn, credentialPart, excerpt, uriIn } from './sip';
import type { Seen } from './trace';

/** What went wrong, by the rule that was broken. */
export interface Fault {
  readonly rule: Rule;
  readonly expected: string;
  readonly saw: string;
  /** The message it was seen in, as far as it matters. */
  readonly excerpt?: string;
}

export type Rule =
  | 'parsed'
  | 'transport'
  | 'number called'
  | 'From number'
  | 'From domain'
  | 'digest'
  | 'SRTP'
  | 'codecs'
  | 'DTMF'
  | 'flow header'
  | "Exotel's own headers"
  | 'no registration'
  | 'called'
  | 'was called'
  | 'stranger refused'
  | 'certificate checked';

type Expected = Pick<
  TrunkConnection,
  'accountSid' | 'sipDomain' | 'callerId' | 'useCase' | 'auth' | 'transport' | 'userName' | 'codecs'
>;

function fault(rule: Rule, expected: string, saw: string, message?: SipMessage): Fault {
  return {
    rule,
    expected,
    saw: saw === '' ? 'nothing' : saw,
    ...(message && { excerpt: excerpt(message) }),
  };
}

function compare(rule: Rule, expected: string, saw: string, message: SipMessage): Fault[] {
  return expected === saw ? [] : [fault(rule, expected, saw, message)];
}

/** Messages that came out of the PBX. */
export function fromPbx(seen: readonly Seen[]): Seen[] {
  const ours = [CALLED, CALLER, STRANGER];
  return seen.filter(({ from }) => !ours.includes(from));
}

const SUITE = 'AES_CM_128_HMAC_SHA1_80';

/** TLS goes with SRTP and TCP with plain RTP; nothing else is taken. */
export function mediaFaults(
  transport: 'tls' | 'tcp',
  audio: Audio | undefined,
  message: SipMessage,
): Fault[] {
  const wanted = transport === 'tls' ? 'RTP/SAVP' : 'RTP/AVP';
  if (audio === undefined) return [fault('SRTP', wanted, 'no audio in the SDP', message)];
  if (audio.profile !== wanted) return [fault('SRTP', wanted, audio.profile, message)];
  const suites = audio.crypto.map((line) => line.split(' ')[1] ?? '');
  if (transport === 'tls' && !suites.includes(SUITE)) {
    return [fault('SRTP', `a=crypto with ${SUITE}`, suites.join(', '), message)];
  }
  if (transport === 'tcp' && suites.length > 0) {
    return [fault('SRTP', 'no a=crypto over TCP', suites.join(', '), message)];
  }
  return [];
}

const codecOrder: Readonly<Record<Codec, string>> = { PCMA: 'PCMA', PCMU: 'PCMU', G729: 'G729' };

function offerFaults(expected: Expected, message: SipMessage): Fault[] {
  const audio = audioIn(message.body);
  const faults = mediaFaults(expected.transport, audio, message);
  if (audio === undefined) return faults;
  const speech = audio.codecs.filter((name) => name !== 'telephone-event');
  const wanted = expected.codecs.map((codec) => codecOrder[codec]);
  faults.push(...compare('codecs', wanted.join(', '), speech.join(', '), message));
  if (!audio.codecs.includes('telephone-event')) {
    faults.push(fault('DTMF', 'telephone-event', audio.codecs.join(', '), message));
  }
  return faults;
}

/** One INVITE of the PBX. `number`: whom it has to call. */
export function inviteFaults(expected: Expected, number: string, seen: Seen): Fault[] {
  const { message, protocol } = seen;
  const faults = compare('transport', expected.transport, protocol, message);
  const called = uriIn(message.startLine);
  faults.push(...compare('number called', number, called?.user ?? '', message));
  const from = uriIn(message.header('From'));
  faults.push(...compare('From number', expected.callerId ?? '', from?.user ?? '', message));
  faults.push(...compare('From domain', expected.sipDomain, from?.host ?? '', message));
  faults.push(...offerFaults(expected, message));
  if (expected.useCase === 'streamkit') {
    const header = message.header('X-Exotel-AccountSid');
    faults.push(...compare('flow header', expected.accountSid, header, message));
  }
  for (const name of ['X-Exotel-CallSid', 'X-Exotel-LegSid', 'X-Exotel-TrunkSid']) {
    const value = message.header(name);
    if (value !== '') faults.push(fault("Exotel's own headers", `no ${name}`, value, message));
  }
  const authorization = message.header('Authorization') || message.header('Proxy-Authorization');
  if (authorization !== '') {
    const user = credentialPart(authorization, 'username');
    faults.push(...compare('digest', expected.userName ?? '', user, message));
  }
  return faults;
}

/** Holds for whatever the PBX sends at any time: TCP or TLS, never a registration. The first of each is told. */
export function alwaysFaults(seen: readonly Seen[]): Fault[] {
  const sent = fromPbx(seen);
  const udp = sent.find(({ protocol }) => protocol === 'udp')?.message;
  const register = sent.find(({ message }) => message.method === 'REGISTER')?.message;
  return [
    ...(udp === undefined ? [] : [fault('transport', 'no UDP', 'UDP', udp)]),
    ...(register === undefined
      ? []
      : [fault('no registration', 'no REGISTER', register.startLine, register)]),
  ];
}

export function outgoingInvites(seen: readonly Seen[]): Seen[] {
  return fromPbx(seen).filter(({ message }) => message.method === 'INVITE');
}

/** The call out that came to its end: answered, confirmed, and hung up by the called party. */
export function completedOut(seen: readonly Seen[]): boolean {
  const bye = seen.findIndex(({ from, message }) => from === CALLED && message.method === 'BYE');
  return (
    bye !== -1 &&
    seen.some(({ from, message }) => from === PBX && message.method === 'ACK') &&
    seen.slice(bye).some((one) => answersTo(one, 'BYE', PBX) && one.message.status === 200)
  );
}

/** A reply from that address to a request of that method. */
export function answersTo({ from, message }: Seen, method: string, address: string): boolean {
  return from === address && message.status > 0 && message.header('CSeq').endsWith(` ${method}`);
}

/** Replies of the PBX to calls that came to it: by the edge's own socket, or the stranger's. */
export function repliesToInvite(seen: readonly Seen[], caller: 'Exotel' | 'stranger'): Seen[] {
  const address = caller === 'Exotel' ? EDGE : STRANGER;
  return seen.filter((one) => one.at === address && answersTo(one, 'INVITE', PBX));
}

export { fault };
