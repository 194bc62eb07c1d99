/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * What the parts hand each other. All of it is text in, plain data out; nothing is sent anywhere.
 */
import type { SipMessage } from '../sip/message';
import type { Finding } from '../terms/finding';

/** One message as it was logged. */
export interface TracedMessage {
  readonly message: SipMessage;
  /** First line of it in the trace, counted from 0. */
  readonly line: number;
  /** Seconds since the first message with a time; null when the trace tells no time. */
  readonly time: number | null;
  /** `host:port`, as far as told or known from Via and Contact. */
  readonly from: string;
  readonly to: string;
  readonly transport: 'udp' | 'tcp' | 'tls' | null;
}

/** All messages of one Call-ID, in the order of the trace. */
export interface Dialog {
  readonly callId: string;
  readonly messages: readonly TracedMessage[];
}

export type TraceFormat = 'asterisk' | 'freeswitch' | 'kamailio' | 'sipp' | 'sngrep' | 'plain';

export interface Trace {
  readonly format: TraceFormat;
  readonly dialogs: readonly Dialog[];
  /** Messages that were not readable as SIP, by line. */
  readonly unread: readonly number[];
}

export type FaultKind =
  | 'digestLoop'
  | 'realm'
  | 'ipRefused'
  | 'callerIdNotMapped'
  | 'fromDomain'
  | 'numberFormat'
  | 'numberUnknown'
  | 'codecs'
  | 'srtp'
  | 'transportMismatch'
  | 'privateAddress'
  | 'rtpPorts'
  | 'ackLost'
  | 'optionsUnanswered'
  | 'noAnswer'
  | 'registration'
  | 'flowHeader'
  | 'challengedInbound'
  | 'busy'
  | 'cancelled'
  | 'declined'
  | 'serverError'
  | 'otherFailure';

export interface TraceFinding extends Finding<FaultKind> {
  readonly level: 'problem' | 'warning' | 'info';
  /** Call-ID of the dialog. */
  readonly callId: string;
  /** Index into the dialog's messages: where it shows. */
  readonly at: number;
  readonly doNext: string;
  /** What the trace says, masked, e.g. the two codec lists. */
  readonly evidence: readonly string[];
}

export interface Diagnosis {
  readonly trace: Trace;
  readonly findings: readonly TraceFinding[];
}
