/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * What is wrong with a call: why it was refused, and when it was not, why it drops or cannot be heard.
 */
import * as l10n from '@vscode/l10n';
import ipaddr from 'ipaddr.js';
import { sipClass, sipCode } from '../../sip/codes';
import { headerOf, headersOf, uriIn, type SipMessage, type SipUri } from '../../sip/message';
import { finalStatus, isExotel, type Attempt, type Call, type Placed } from '../call';
import { challengeFindings } from './digest-rules';
import type { Around } from '../doctor';
import { finding, type Say } from './finding';
import type { FaultKind, TraceFinding } from '../types';

const E164 = /^\+[1-9][0-9]{7,14}$/;
const EXOTEL_RTP = { low: 10_000, high: 60_000 } as const;

export function callFindings(call: Call, around: Around): TraceFinding[] {
  const attempt = outcome(call);
  const status = finalStatus(attempt);
  const transport = transportFindings(call, attempt);
  if (status === null) {
    return transport.length > 0 ? transport : noAnswer(call, attempt, around);
  }
  if (status >= 300) return [...transport, ...refusals(call, attempt, status, around)];
  return connected(call, attempt);
}

/**
 * The try that decides: one that connected, else the last. A proxy's trace has a try for each of its
 * sides: the one that counts is Exotel's, the last of a call out and the first of a call in.
 */
function outcome(call: Call): Attempt {
  const connectedOnes = call.attempts.filter((attempt) => {
    const status = finalStatus(attempt);
    return status !== null && status < 300;
  });
  const chosen = connectedOnes.at(call.direction === 'in' ? 0 : -1) ?? call.attempts.at(-1);
  if (chosen === undefined) throw new Error('A call without an INVITE.');
  return chosen;
}

function uriOf(message: SipMessage): SipUri | null {
  return message.kind === 'request' ? uriIn(message.uri) : null;
}

function uriFrom(message: SipMessage, header: string): SipUri | null {
  return uriIn(headerOf(message, header) ?? '');
}

/** Enough time, in seconds, for some answer to have come. */
const PATIENCE = 5;

function noAnswer(call: Call, attempt: Attempt, { lasted, alone }: Around): TraceFinding[] {
  if (attempt.provisional.length > 0) {
    if (!call.cancelled) return [];
    return [
      finding(call, attempt.invite, {
        kind: 'cancelled',
        level: 'info',
        what: l10n.t('The caller gave up before the call was answered.'),
        doNext: l10n.t(
          'Nothing to do, unless the PBX gives up too early: look at its dial time-out.',
        ),
      }),
    ];
  }
  const sentAt = attempt.invite.traced.time;
  const waited = sentAt !== null && lasted !== null && lasted - sentAt >= PATIENCE;
  const proven = attempt.sent > 1 || waited;
  // At the end of a trace the answer may have come after it.
  if (!proven && (call.attempts.length > 1 || !alone)) return [];
  const ours = call.direction !== 'in';
  return [
    finding(call, attempt.invite, {
      kind: 'noAnswer',
      level: proven ? 'problem' : 'warning',
      what: ours ? nothingBack(attempt.sent, proven) : leftUnanswered(attempt.sent, proven),
      doNext: ours
        ? l10n.t(
            'Check host, port and transport (TCP or TLS, never UDP), and that the firewall lets the PBX out.',
          )
        : l10n.t(
            "Look at the log of the PBX: is the trunk loaded, and may Exotel's addresses call?",
          ),
    }),
  ];
}

/** Of a call to Exotel. Unproven: the answer may have come after the trace ended. */
function nothingBack(sent: number, proven: boolean): string {
  if (sent === 1) {
    return proven
      ? l10n.t('The INVITE was sent once and nothing came back.')
      : l10n.t('The INVITE was sent once and nothing came back in this trace.');
  }
  return proven
    ? l10n.t('The INVITE was sent {0} times and nothing came back.', sent)
    : l10n.t('The INVITE was sent {0} times and nothing came back in this trace.', sent);
}

/** Of a call from Exotel. */
function leftUnanswered(sent: number, proven: boolean): string {
  if (sent === 1) {
    return proven
      ? l10n.t("Exotel's INVITE came once and the PBX did not answer.")
      : l10n.t("Exotel's INVITE came once and the PBX did not answer in this trace.");
  }
  return proven
    ? l10n.t("Exotel's INVITE came {0} times and the PBX did not answer.", sent)
    : l10n.t("Exotel's INVITE came {0} times and the PBX did not answer in this trace.", sent);
}

// Refusals.

function refusals(call: Call, attempt: Attempt, status: number, around: Around): TraceFinding[] {
  if (call.direction === 'in') return [refusedByPbx(call, attempt, status)];
  switch (status) {
    case 401:
    case 407:
      return challengeFindings(call, attempt, around.otherRealm);
    case 403:
      return [forbidden(call, attempt)];
    case 404:
    case 484:
    case 604:
      return [wrongNumber(call, attempt)];
    case 415:
    case 488:
    case 606:
      return [media(call, attempt)];
    default:
      return [byCode(call, attempt, status)];
  }
}

const BY_STATUS: Readonly<Record<number, FaultKind>> = {
  408: 'noAnswer',
  480: 'busy',
  486: 'busy',
  487: 'cancelled',
  600: 'busy',
  603: 'declined',
};

function kindOf(status: number): FaultKind {
  return BY_STATUS[status] ?? (status >= 500 && status < 600 ? 'serverError' : 'otherFailure');
}

/** The trunk did its work; the called party did not want the call. */
function isQuiet(kind: FaultKind): boolean {
  return kind === 'busy' || kind === 'cancelled' || kind === 'declined';
}

function byCode(call: Call, attempt: Attempt, status: number): TraceFinding {
  const known = sipCode(status);
  const kind = kindOf(status);
  return finding(call, attempt.final ?? attempt.invite, {
    kind,
    level: isQuiet(kind) ? 'info' : 'problem',
    what:
      known === null
        ? l10n.t('{0}: {1}', status, sipClass(status) ?? '')
        : l10n.t('{0}: {1}', `${status} ${known.meaning}`, known.cause),
    doNext: known?.solution ?? l10n.t('Look at the Reason and Warning headers of the answer.'),
    evidence: told(attempt),
  });
}

/** What the refusing side says in words. */
function told({ final }: Attempt): string[] {
  if (final === null) return [];
  return ['Reason', 'Warning', 'X-Exotel-ErrorCode'].flatMap((name) => {
    const value = headerOf(final.traced.message, name);
    return value === null ? [] : [`${name}: ${value}`];
  });
}

function refusedByPbx(call: Call, attempt: Attempt, status: number): TraceFinding {
  const at = attempt.final ?? attempt.invite;
  if (status === 401 || status === 407) {
    return finding(call, at, {
      kind: 'challengedInbound',
      what: l10n.t(
        "The PBX challenges Exotel's call with {0}. Exotel has no password for it.",
        status,
      ),
      doNext: l10n.t(
        "Let calls from Exotel's addresses in without authentication (in PJSIP: identify by IP, no auth on the endpoint).",
      ),
    });
  }
  if (status === 488 || status === 415 || status === 606) return mediaByPbx(call, attempt);
  const number = uriOf(attempt.invite.traced.message)?.user ?? '';
  if (status === 404 || status === 484) {
    return finding(call, at, {
      kind: 'numberUnknown',
      what: l10n.t('The PBX has no place for a call to {0}.', number),
      doNext: l10n.t(
        'Add an inbound route for the number as Exotel sends it, in E.164 with the plus.',
      ),
    });
  }
  if (status === 403) {
    return finding(call, at, {
      kind: 'ipRefused',
      what: l10n.t("The PBX refuses Exotel's call: it does not know the address it comes from."),
      doNext: l10n.t("List Exotel's signalling addresses on the PBX as allowed callers."),
      evidence: [attempt.invite.traced.from],
    });
  }
  const kind = kindOf(status);
  return finding(call, at, {
    kind,
    level: isQuiet(kind) ? 'info' : 'problem',
    what: l10n.t(
      "The PBX answered Exotel's call with {0}.",
      `${status} ${sipCode(status)?.meaning ?? ''}`.trim(),
    ),
    doNext: isQuiet(kind)
      ? l10n.t(
          'Nothing to do, unless it was not meant: look where the inbound route of the PBX leads.',
        )
      : l10n.t(
          'Look at the log of the PBX at that time: its inbound route, or what it leads to, failed.',
        ),
    evidence: told(attempt),
  });
}

/** The PBX refuses what Exotel offers: G.711, over TLS as SRTP. */
function mediaByPbx(call: Call, attempt: Attempt): TraceFinding {
  const at = attempt.final ?? attempt.invite;
  const { offer } = attempt;
  const encrypted = offer !== null && secure(offer.profile);
  return finding(call, at, {
    kind: encrypted ? 'srtp' : 'codecs',
    what: encrypted
      ? l10n.t("The PBX refuses the audio of Exotel's call, which comes with SRTP.")
      : l10n.t("The PBX refuses the audio of Exotel's call."),
    doNext: encrypted
      ? l10n.t('Switch SRTP (SDES) on for the trunk, and allow PCMA and PCMU.')
      : l10n.t('Allow PCMA and PCMU for the trunk, and plain RTP over TCP.'),
    evidence:
      offer === null
        ? []
        : [l10n.t('Offered: {0} over {1}', offer.codecs.join(', '), offer.profile)],
  });
}

function forbidden(call: Call, attempt: Attempt): TraceFinding {
  const at = attempt.final ?? attempt.invite;
  const invite = attempt.invite.traced.message;
  const details = told(attempt);
  const from = uriFrom(invite, 'From');
  const user = from?.user ?? '';
  if (from !== null && !from.host.endsWith('.pstn.exotel.com')) {
    return finding(call, at, {
      kind: 'fromDomain',
      what: l10n.t('The From domain is {0}, not <account SID>.pstn.exotel.com.', from.host),
      doNext: l10n.t("Set the From domain of the trunk to the account's SIP domain."),
      evidence: details,
    });
  }
  if (!E164.test(plain(user))) {
    return finding(call, at, {
      kind: 'callerIdNotMapped',
      what:
        user === ''
          ? l10n.t(
              'The caller ID is missing: Exotel cannot find it among the numbers of the trunk.',
            )
          : l10n.t(
              'The caller ID {0} is not in E.164: Exotel cannot find it among the numbers of the trunk.',
              user,
            ),
      doNext: l10n.t('Send a number mapped to the trunk in From, with plus and country code.'),
      evidence: details,
    });
  }
  if (lacksFlowHeader(invite)) return flowHeader(call, attempt);
  const code = headerOf(at.traced.message, 'X-Exotel-ErrorCode');
  const authenticated = ['Authorization', 'Proxy-Authorization'].some(
    (name) => headerOf(invite, name) !== null,
  );
  if (code === '4001' || !authenticated) {
    return finding(call, at, {
      kind: 'ipRefused',
      what:
        code === '4001'
          ? l10n.t(
              'Exotel does not recognise the caller (error 4001): wrong digest, an edge of the other kind, or an IP that is not whitelisted.',
            )
          : l10n.t('Exotel does not know the IP the call comes from.'),
      doNext: l10n.t(
        'Whitelist the public IP of the PBX on the trunk, or use a credential with the edge for credentials.',
      ),
      evidence: details,
    });
  }
  return finding(call, at, {
    kind: 'callerIdNotMapped',
    what: l10n.t(
      'The password was right, and the call is still refused: {0} is probably not mapped to this trunk.',
      user,
    ),
    doNext: l10n.t('Map the number to the trunk, or send one that is mapped.'),
    evidence: details,
  });
}

function wrongNumber(call: Call, attempt: Attempt): TraceFinding {
  const at = attempt.final ?? attempt.invite;
  const invite = attempt.invite.traced.message;
  const number = uriOf(invite)?.user ?? '';
  if (!E164.test(plain(number))) {
    return finding(call, at, {
      kind: 'numberFormat',
      what:
        number === ''
          ? l10n.t('The INVITE calls no number.')
          : l10n.t('The number called, {0}, is not in E.164.', number),
      doNext: l10n.t('Dial with plus and country code, e.g. +919876543210 instead of 09876543210.'),
      evidence: told(attempt),
    });
  }
  if (lacksFlowHeader(invite)) return flowHeader(call, attempt);
  return finding(call, at, {
    kind: 'numberUnknown',
    what: l10n.t('Exotel has no way to {0}.', number),
    doNext: l10n.t(
      'Check the number. For StreamKit: is it mapped in flow mode, and is X-Exotel-AccountSid sent?',
    ),
    evidence: told(attempt),
  });
}

/** StreamKit calls go to the Exophone that is shown too, and tell the account. */
function lacksFlowHeader(invite: SipMessage): boolean {
  const called = uriOf(invite)?.user ?? null;
  return (
    called !== null &&
    uriFrom(invite, 'From')?.user === called &&
    headerOf(invite, 'X-Exotel-AccountSid') === null
  );
}

function flowHeader(call: Call, attempt: Attempt): TraceFinding {
  return finding(call, attempt.final ?? attempt.invite, {
    kind: 'flowHeader',
    what: l10n.t('A call to the StreamKit number without the header X-Exotel-AccountSid.'),
    doNext: l10n.t(
      'Send X-Exotel-AccountSid with the account SID on the INVITE: Exotel finds the flow by it.',
    ),
    evidence: told(attempt),
  });
}

/** A user part as it is meant: `%2B` is a plus. */
function plain(user: string): string {
  return user.replace(/^%2B/i, '+');
}

// Media.

function secure(profile: string): boolean {
  return profile.includes('SAVP');
}

function media(call: Call, attempt: Attempt): TraceFinding {
  const at = attempt.final ?? attempt.invite;
  const { offer, answer } = attempt;
  const mismatch = srtpMismatch(attempt);
  if (mismatch !== null) return finding(call, at, mismatch);
  if (offer === null) {
    return finding(call, at, {
      kind: 'codecs',
      what: l10n.t('The INVITE offers no audio.'),
      doNext: l10n.t('Let the PBX send its SDP with the INVITE, with PCMA first, then PCMU.'),
    });
  }
  const { codecs } = offer;
  const common = codecs.some((codec) => codec === 'PCMA' || codec === 'PCMU');
  return finding(call, at, {
    kind: 'codecs',
    what: common
      ? l10n.t('The offer was refused although it has G.711: another part of it does not fit.')
      : l10n.t('No codec in common: Exotel takes PCMA and PCMU.'),
    doNext: l10n.t('Offer PCMA first, then PCMU, and no other codecs.'),
    evidence: [
      l10n.t('Offered: {0}', codecs.join(', ')),
      answer === null
        ? l10n.t('Exotel takes: PCMA, PCMU')
        : answer.codecs.length === 0
          ? l10n.t('Answered: no codec')
          : l10n.t('Answered: {0}', answer.codecs.join(', ')),
    ],
  });
}

/** TLS goes with SRTP, TCP with plain RTP; and both sides alike. */
function srtpMismatch({ invite, offer, answer }: Attempt): Say | null {
  const { transport } = invite.traced;
  if (offer === null) return null;
  const details = [
    transport === null ? l10n.t('Signalling: not told') : l10n.t('Signalling: {0}', transport),
    offer.crypto
      ? l10n.t('Offered: {0} with a=crypto', offer.profile)
      : l10n.t('Offered: {0}', offer.profile),
    ...(answer === null ? [] : [l10n.t('Answered: {0}', answer.profile)]),
  ];
  const taken = answer !== null && answer.port > 0;
  if (taken && secure(answer.profile) !== secure(offer.profile)) {
    return {
      kind: 'srtp',
      what: l10n.t('One side sends SRTP, the other plain RTP: nobody hears anything.'),
      doNext: l10n.t('Use SRTP on both sides with TLS, on neither with TCP.'),
      evidence: details,
    };
  }
  // Where both sides agreed all the same, it may work.
  const level = taken ? 'warning' : 'problem';
  if (transport === 'tls' && (!secure(offer.profile) || !offer.crypto)) {
    return {
      kind: 'srtp',
      level,
      what: l10n.t('Over TLS the audio was offered without SRTP, which Exotel requires there.'),
      doNext: l10n.t(
        'Switch SRTP (SDES) on for the trunk, mandatory, with AES_CM_128_HMAC_SHA1_80.',
      ),
      evidence: details,
    };
  }
  if (transport === 'tcp' && secure(offer.profile)) {
    return {
      kind: 'srtp',
      level,
      what: l10n.t('Over TCP the audio was offered with SRTP; Exotel takes plain RTP there.'),
      doNext: l10n.t('Switch SRTP off for the trunk, or use TLS.'),
      evidence: details,
    };
  }
  return null;
}

// Calls that were connected.

function connected(call: Call, attempt: Attempt): TraceFinding[] {
  return [
    ...ackFindings(call, attempt),
    ...privateFindings(call, attempt),
    ...audioFindings(call, attempt),
  ];
}

function ackFindings(call: Call, attempt: Attempt): TraceFinding[] {
  const { final } = attempt;
  if (final === null) return [];
  if (!ackLost(call, attempt)) return [];
  const mismatch = routeMismatch(final.traced.message);
  if (mismatch !== null) {
    return [
      finding(call, final, {
        kind: 'transportMismatch',
        what: l10n.t(
          'The call is not acknowledged: Record-Route and Contact of the 200 OK name different transports, and the ACK went to the Contact.',
        ),
        doNext: l10n.t(
          'Let the PBX follow the Record-Route for requests inside the call, or use TLS, where both agree.',
        ),
        evidence: mismatch,
      }),
    ];
  }
  const dropped = secondsBetween(call, attempt.finals[0] ?? final, call.bye);
  const times = attempt.finals.length;
  return [
    finding(call, final, {
      kind: 'ackLost',
      what: attempt.acks.length > 0 ? ackNotArriving(times) : noAck(times),
      doNext: l10n.t(
        'Check that Contact and Record-Route hold addresses the other side can reach, and that SIP ALG is off.',
      ),
      evidence: dropped === null ? [] : [l10n.t('Ended {0} s after the answer', dropped)],
    }),
  ];
}

function ackNotArriving(times: number): string {
  return times > 1
    ? l10n.t(
        'The 200 OK was sent {0} times: the ACK does not arrive, and the call drops after about 30 seconds.',
        times,
      )
    : l10n.t('The ACK of the 200 OK does not arrive, and the call drops after about 30 seconds.');
}

function noAck(times: number): string {
  return times > 1
    ? l10n.t(
        'The 200 OK was sent {0} times without an ACK: the call drops after about 30 seconds.',
        times,
      )
    : l10n.t('The 200 OK stayed without an ACK: the call drops after about 30 seconds.');
}

/** RFC 3261, 13.3.1.4: a 200 is sent again after half a second; the call ends after 32 without an ACK. */
const RETRANSMITTED = 0.3;
const GIVEN_UP = 20;

/** What was captured on two interfaces stands twice in a trace and was not sent twice. */
function ackLost(call: Call, { finals, acks }: Attempt): boolean {
  const [first, second] = finals;
  const last = finals.at(-1);
  if (first === undefined || last === undefined) return false;
  if (second === undefined) {
    const lasted = secondsBetween(call, first, call.bye);
    return acks.length === 0 && lasted !== null && lasted >= GIVEN_UP;
  }
  const [ack] = acks;
  if (ack === undefined) return again(first, last) ?? true;
  return last.at > ack.at && (again(ack, last) ?? true);
}

/** Null without times. */
function again(first: Placed, last: Placed): boolean | null {
  const [before, after] = [first.traced.time, last.traced.time];
  return before === null || after === null ? null : after - before >= RETRANSMITTED;
}

function secondsBetween(call: Call, from: Placed, to: Placed | null): number | null {
  const end = to === null ? null : (call.dialog.messages[to.at]?.time ?? null);
  const begin = from.traced.time;
  return begin === null || end === null ? null : Math.round(end - begin);
}

function routeMismatch(message: SipMessage): string[] | null {
  const route = uriIn(headersOf(message, 'Record-Route')[0] ?? '');
  const contact = uriFrom(message, 'Contact');
  const routed = route?.parameters['transport']?.toLowerCase();
  const direct = contact?.parameters['transport']?.toLowerCase();
  if (routed === undefined || direct === undefined || routed === direct) return null;
  return [`Record-Route: transport=${routed}`, `Contact: transport=${direct}`];
}

const INSIDE_RANGES = new Set([
  'private',
  'carrierGradeNat',
  'linkLocal',
  'loopback',
  'uniqueLocal',
]);

/** Private, CGNAT, link-local, the computer itself: an address that means nothing on the other side. */
export function isInside(host: string | null): boolean {
  const address = host?.replace(/^\[|\]$/g, '') ?? '';
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return false;
  return INSIDE_RANGES.has(ipaddr.parse(address).range());
}

/** The other end of a connection, `host:port`, without its port. */
function hostOf(end: string): string {
  return end.replace(/:[0-9]+$/, '');
}

function privateFindings(call: Call, attempt: Attempt): TraceFinding[] {
  const { invite, final } = attempt;
  if (final === null) return [];
  // Which message is ours: the INVITE of a call out, the answer to a call in.
  const ours = call.direction === 'in' ? final : invite;
  const far = call.direction === 'in' ? invite.traced.from : invite.traced.to;
  // In one network a private address is right.
  if (isInside(hostOf(far))) return [];
  const contact = uriFrom(ours.traced.message, 'Contact');
  const audio = call.direction === 'in' ? attempt.answer : attempt.offer;
  const found: TraceFinding[] = [];
  if (audio !== null && isInside(audio.address)) {
    found.push(
      finding(call, ours, {
        kind: 'privateAddress',
        what: l10n.t(
          'The SDP tells Exotel to send the audio to {0}, a private address: nothing will be heard.',
          audio.address ?? '',
        ),
        doNext: l10n.t(
          'Set the public address and the local networks of the PBX (external media address).',
        ),
        evidence: [],
      }),
    );
  }
  if (contact !== null && isInside(contact.host)) {
    found.push(
      finding(call, ours, {
        kind: 'privateAddress',
        level: found.length > 0 ? 'problem' : 'warning',
        what: l10n.t(
          'The Contact is {0}, a private address: requests of Exotel inside the call do not arrive.',
          contact.host,
        ),
        doNext: l10n.t('Set the public signalling address of the PBX, and switch SIP ALG off.'),
        evidence: [],
      }),
    );
  }
  return found;
}

function audioFindings(call: Call, attempt: Attempt): TraceFinding[] {
  const { offer, answer, final } = attempt;
  if (final === null || offer === null || answer === null) return [];
  const mismatch = srtpMismatch(attempt);
  if (mismatch !== null) return [finding(call, final, mismatch)];
  if (answer.port === 0) {
    return [
      finding(call, final, {
        kind: 'codecs',
        what: l10n.t('The call was answered without audio: the answer refuses the audio line.'),
        doNext: l10n.t('Offer PCMA and PCMU, and with TLS SRTP.'),
        evidence: [l10n.t('Offered: {0}', offer.codecs.join(', '))],
      }),
    ];
  }
  if (answer.direction === 'inactive' || offer.direction === 'inactive') {
    return [
      finding(call, final, {
        kind: 'rtpPorts',
        level: 'warning',
        what: l10n.t(
          'The audio is switched off in the SDP (a=inactive): the call is on hold or misconfigured.',
        ),
        doNext: l10n.t('Let the PBX offer a=sendrecv.'),
        evidence: [],
      }),
    ];
  }
  const theirs = call.direction === 'in' ? offer : answer;
  if (theirs.port < EXOTEL_RTP.low || theirs.port > EXOTEL_RTP.high) {
    return [
      finding(call, final, {
        kind: 'rtpPorts',
        level: 'warning',
        what: l10n.t(
          "The other side's audio port {0} is outside the range that is opened for Exotel.",
          theirs.port,
        ),
        doNext: l10n.t('Let UDP 10000-40000 through to and from Exotel.'),
        evidence: [],
      }),
    ];
  }
  return [];
}

// Transport.

function transportFindings(call: Call, attempt: Attempt): TraceFinding[] {
  const { traced } = attempt.invite;
  const udp =
    traced.transport === 'udp' ||
    uriOf(traced.message)?.parameters['transport']?.toLowerCase() === 'udp';
  const toExotel = call.direction === 'out' && isExotel(uriOf(traced.message));
  // Towards a proxy of one's own UDP is right.
  if (!toExotel || !udp || isInside(hostOf(traced.to))) return [];
  const answered = attempt.final !== null || attempt.provisional.length > 0;
  return [
    finding(call, attempt.invite, {
      kind: 'transportMismatch',
      level: answered ? 'warning' : 'problem',
      what: l10n.t('The call goes to Exotel over UDP, which Exotel does not take.'),
      doNext: l10n.t('Set the transport of the trunk to TLS or TCP.'),
    }),
  ];
}
