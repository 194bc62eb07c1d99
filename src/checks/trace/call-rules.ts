/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * What is wrong with a call: why it was refused, and when it was not, why it drops or cannot be heard.
 */
import ipaddr from 'ipaddr.js';
import { sipClass, sipCode } from '../sip/codes';
import { headerOf, headersOf, uriIn, type SipMessage, type SipUri } from '../sip/message';
import { finalStatus, isExotel, type Attempt, type Call, type Placed } from './call';
import { challengeFindings } from './digest-rules';
import { finding, type Say } from './finding';
import type { FaultKind, Finding } from './types';

const E164 = /^\+[1-9][0-9]{7,14}$/;
const EXOTEL_RTP = { low: 10_000, high: 60_000 } as const;

export function callFindings(call: Call): Finding[] {
  const attempt = outcome(call);
  const status = finalStatus(attempt);
  const transport = transportFindings(call, attempt);
  if (status === null) return [...transport, ...noAnswer(call, attempt)];
  if (status >= 300) return [...transport, ...refusals(call, attempt, status)];
  return [...transport, ...connected(call, attempt)];
}

/** The try that decides: one that connected, else the last that was answered, else the last. */
function outcome(call: Call): Attempt {
  const connectedOne = call.attempts.find((attempt) => {
    const status = finalStatus(attempt);
    return status !== null && status < 300;
  });
  const answered = call.attempts.filter((attempt) => attempt.final !== null).at(-1);
  const chosen = connectedOne ?? answered ?? call.attempts.at(-1);
  if (chosen === undefined) throw new Error('A call without an INVITE.');
  return chosen;
}

function uriOf(message: SipMessage): SipUri | null {
  return message.kind === 'request' ? uriIn(message.uri) : null;
}

function uriFrom(message: SipMessage, header: string): SipUri | null {
  return uriIn(headerOf(message, header) ?? '');
}

function noAnswer(call: Call, attempt: Attempt): Finding[] {
  if (call.cancelled) {
    return [
      finding(call, attempt.invite, {
        kind: 'cancelled',
        level: 'info',
        what: 'The caller gave up before the call was answered.',
        mend: 'Nothing to do, unless the PBX gives up too early: look at its dial time-out.',
      }),
    ];
  }
  if (attempt.provisional.length > 0) return [];
  const earlier = call.attempts.some((one) => one !== attempt && one.final !== null);
  if (attempt.sent < 2 && earlier) return [];
  return [
    finding(call, attempt.invite, {
      kind: 'noAnswer',
      what: `The INVITE was sent ${attempt.sent === 1 ? 'once' : `${attempt.sent} times`} and nothing came back.`,
      mend: 'Check host, port and transport (TCP or TLS, never UDP), and that the firewall lets the PBX out.',
    }),
  ];
}

// Refusals.

function refusals(call: Call, attempt: Attempt, status: number): Finding[] {
  if (call.direction === 'in') return [refusedByPbx(call, attempt, status)];
  switch (status) {
    case 401:
    case 407:
      return challengeFindings(call, attempt);
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

function byCode(call: Call, attempt: Attempt, status: number): Finding {
  const known = sipCode(status);
  const kind =
    BY_STATUS[status] ?? (status >= 500 && status < 600 ? 'serverError' : 'otherFailure');
  const quiet = kind === 'busy' || kind === 'cancelled' || kind === 'declined';
  return finding(call, attempt.final ?? attempt.invite, {
    kind,
    level: quiet ? 'info' : 'fault',
    what: `${status} ${known?.meaning ?? ''}: ${known?.cause ?? sipClass(status) ?? ''}`,
    mend: known?.solution ?? 'Look at the Reason and Warning headers of the answer.',
    details: told(attempt),
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

function refusedByPbx(call: Call, attempt: Attempt, status: number): Finding {
  const at = attempt.final ?? attempt.invite;
  if (status === 401 || status === 407) {
    return finding(call, at, {
      kind: 'challengedInbound',
      what: `The PBX challenges Exotel's call with ${status}. Exotel has no password for it.`,
      mend: "Let calls from Exotel's addresses in without authentication (in PJSIP: identify by IP, no auth on the endpoint).",
    });
  }
  if (status === 488 || status === 415 || status === 606) return media(call, attempt);
  const number = uriOf(attempt.invite.traced.message)?.user ?? '';
  if (status === 404 || status === 484) {
    return finding(call, at, {
      kind: 'numberUnknown',
      what: `The PBX has no place for a call to ${number}.`,
      mend: 'Add an inbound route for the number as Exotel sends it, in E.164 with the plus.',
    });
  }
  if (status === 403) {
    return finding(call, at, {
      kind: 'ipRefused',
      what: "The PBX refuses Exotel's call: it does not know the address it comes from.",
      mend: "List Exotel's signalling addresses on the PBX as allowed callers.",
      details: [attempt.invite.traced.from],
    });
  }
  return byCode(call, attempt, status);
}

function forbidden(call: Call, attempt: Attempt): Finding {
  const at = attempt.final ?? attempt.invite;
  const invite = attempt.invite.traced.message;
  const details = told(attempt);
  const from = uriFrom(invite, 'From');
  const user = from?.user ?? '';
  if (from !== null && !from.host.endsWith('.pstn.exotel.com')) {
    return finding(call, at, {
      kind: 'fromDomain',
      what: `The From domain is ${from.host}, not <account SID>.pstn.exotel.com.`,
      mend: "Set the From domain of the trunk to the account's SIP domain.",
      details,
    });
  }
  if (!E164.test(user)) {
    return finding(call, at, {
      kind: 'callerIdNotMapped',
      what: `The caller ID ${user === '' ? 'is missing' : `${user} is not in E.164`}: Exotel cannot find it among the numbers of the trunk.`,
      mend: 'Send a number mapped to the trunk in From, with plus and country code.',
      details,
    });
  }
  const code = at.traced.message.headers.find(
    ({ name }) => name.toLowerCase() === 'x-exotel-errorcode',
  )?.value;
  const authenticated = ['Authorization', 'Proxy-Authorization'].some(
    (name) => headerOf(invite, name) !== null,
  );
  if (code === '4001' || !authenticated) {
    return finding(call, at, {
      kind: 'ipRefused',
      what:
        code === '4001'
          ? 'Exotel does not recognise the caller (error 4001): wrong digest, an edge of the other kind, or an IP that is not whitelisted.'
          : 'Exotel does not know the IP the call comes from.',
      mend: 'Whitelist the public IP of the PBX on the trunk, or use a credential with the edge for credentials.',
      details,
    });
  }
  return finding(call, at, {
    kind: 'callerIdNotMapped',
    what: `The password was right, and the call is still refused: ${user} is probably not mapped to this trunk.`,
    mend: 'Map the number to the trunk, or send one that is mapped.',
    details,
  });
}

function wrongNumber(call: Call, attempt: Attempt): Finding {
  const at = attempt.final ?? attempt.invite;
  const invite = attempt.invite.traced.message;
  const number = uriOf(invite)?.user ?? '';
  if (!E164.test(number)) {
    return finding(call, at, {
      kind: 'numberFormat',
      what: `The number called, ${number === '' ? 'none' : number}, is not in E.164.`,
      mend: 'Dial with plus and country code, e.g. +919876543210 instead of 09876543210.',
      details: told(attempt),
    });
  }
  if (headerOf(invite, 'X-Exotel-AccountSid') === null && callsItself(invite, number)) {
    return finding(call, at, {
      kind: 'flowHeader',
      what: 'A call to the StreamKit number without the header X-Exotel-AccountSid.',
      mend: 'Send X-Exotel-AccountSid with the account SID on the INVITE: Exotel finds the flow by it.',
      details: told(attempt),
    });
  }
  return finding(call, at, {
    kind: 'numberUnknown',
    what: `Exotel has no way to ${number}.`,
    mend: 'Check the number. For StreamKit: is it mapped in flow mode, and is X-Exotel-AccountSid sent?',
    details: told(attempt),
  });
}

/** StreamKit calls go to the Exophone that is shown too. */
function callsItself(invite: SipMessage, number: string): boolean {
  return uriFrom(invite, 'From')?.user === number;
}

// Media.

function secure(profile: string): boolean {
  return profile.includes('SAVP');
}

function media(call: Call, attempt: Attempt): Finding {
  const at = attempt.final ?? attempt.invite;
  const { offer, answer } = attempt;
  const mismatch = srtpMismatch(attempt);
  if (mismatch !== null) return finding(call, at, mismatch);
  const codecs = offer?.codecs ?? [];
  const common = codecs.some((codec) => codec === 'PCMA' || codec === 'PCMU');
  return finding(call, at, {
    kind: 'codecs',
    what: common
      ? 'The offer was refused although it has G.711: another part of it does not fit.'
      : 'No codec in common: Exotel takes PCMA and PCMU.',
    mend: 'Offer PCMA first, then PCMU, and no other codecs.',
    details: [
      `Offered: ${codecs.length === 0 ? 'no SDP' : codecs.join(', ')}`,
      answer === null
        ? 'Exotel takes: PCMA, PCMU'
        : `Answered: ${answer.codecs.join(', ') || 'none'}`,
    ],
  });
}

/** TLS goes with SRTP, TCP with plain RTP; and both sides alike. */
function srtpMismatch({ invite, offer, answer }: Attempt): Say | null {
  const { transport } = invite.traced;
  if (offer === null) return null;
  const details = [
    `Signalling: ${transport ?? 'not told'}`,
    `Offered: ${offer.profile}${offer.crypto ? ' with a=crypto' : ''}`,
    ...(answer === null ? [] : [`Answered: ${answer.profile}`]),
  ];
  if (transport === 'tls' && (!secure(offer.profile) || !offer.crypto)) {
    return {
      kind: 'srtp',
      what: 'Over TLS the audio was offered without SRTP, which Exotel requires there.',
      mend: 'Switch SRTP (SDES) on for the trunk, mandatory, with AES_CM_128_HMAC_SHA1_80.',
      details,
    };
  }
  if (transport === 'tcp' && secure(offer.profile)) {
    return {
      kind: 'srtp',
      what: 'Over TCP the audio was offered with SRTP; Exotel takes plain RTP there.',
      mend: 'Switch SRTP off for the trunk, or use TLS.',
      details,
    };
  }
  if (answer !== null && answer.port > 0 && secure(answer.profile) !== secure(offer.profile)) {
    return {
      kind: 'srtp',
      what: 'One side sends SRTP, the other plain RTP: nobody hears anything.',
      mend: 'Use SRTP on both sides with TLS, on neither with TCP.',
      details,
    };
  }
  return null;
}

// Calls that were connected.

function connected(call: Call, attempt: Attempt): Finding[] {
  return [
    ...ackFindings(call, attempt),
    ...privateFindings(call, attempt),
    ...audioFindings(call, attempt),
  ];
}

function ackFindings(call: Call, attempt: Attempt): Finding[] {
  const { final } = attempt;
  if (final === null) return [];
  const lost = attempt.finals > 1 || !attempt.acked;
  if (!lost) return [];
  const mismatch = routeMismatch(final.traced.message);
  if (mismatch !== null) {
    return [
      finding(call, final, {
        kind: 'transportMismatch',
        what: 'The call is not acknowledged: Record-Route and Contact of the 200 OK name different transports, and the ACK went to the Contact.',
        mend: 'Let the PBX follow the Record-Route for requests inside the call, or use TLS, where both agree.',
        details: mismatch,
      }),
    ];
  }
  const dropped = secondsBetween(call, final, call.bye);
  return [
    finding(call, final, {
      kind: 'ackLost',
      what: attempt.acked
        ? `The 200 OK was sent ${attempt.finals} times: the ACK does not arrive, and the call drops after about 30 seconds.`
        : 'The 200 OK was never acknowledged: the call drops after about 30 seconds.',
      mend: 'Check that Contact and Record-Route hold addresses the other side can reach, and that SIP ALG is off.',
      details: dropped === null ? [] : [`Ended ${dropped} s after the answer`],
    }),
  ];
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

/** Private, CGNAT, link-local: an address that means nothing on the other side. */
export function isInside(host: string | null): boolean {
  if (host === null || !ipaddr.IPv4.isValidFourPartDecimal(host)) return false;
  const range = ipaddr.IPv4.parse(host).range();
  return range === 'private' || range === 'carrierGradeNat' || range === 'linkLocal';
}

/** The other end of a connection, `host:port`, without its port. */
function hostOf(end: string): string {
  return end.replace(/:[0-9]+$/, '');
}

function privateFindings(call: Call, attempt: Attempt): Finding[] {
  const { invite, final } = attempt;
  if (final === null) return [];
  // Which message is ours: the INVITE of a call out, the answer to a call in.
  const ours = call.direction === 'in' ? final : invite;
  const far = call.direction === 'in' ? invite.traced.from : invite.traced.to;
  // In one network a private address is right.
  if (isInside(hostOf(far))) return [];
  const contact = uriFrom(ours.traced.message, 'Contact');
  const audio = call.direction === 'in' ? attempt.answer : attempt.offer;
  const found: Finding[] = [];
  if (audio !== null && isInside(audio.address)) {
    found.push(
      finding(call, ours, {
        kind: 'privateAddress',
        what: `The SDP tells Exotel to send the audio to ${audio.address ?? ''}, a private address: nothing will be heard.`,
        mend: 'Set the public address and the local networks of the PBX (external media address).',
        details: [],
      }),
    );
  }
  if (contact !== null && isInside(contact.host)) {
    found.push(
      finding(call, ours, {
        kind: 'privateAddress',
        level: found.length > 0 ? 'fault' : 'warning',
        what: `The Contact is ${contact.host}, a private address: requests of Exotel inside the call do not arrive.`,
        mend: 'Set the public signalling address of the PBX, and switch SIP ALG off.',
        details: [],
      }),
    );
  }
  return found;
}

function audioFindings(call: Call, attempt: Attempt): Finding[] {
  const { offer, answer, final } = attempt;
  if (final === null || offer === null || answer === null) return [];
  const mismatch = srtpMismatch(attempt);
  if (mismatch !== null) return [finding(call, final, mismatch)];
  if (answer.port === 0) {
    return [
      finding(call, final, {
        kind: 'codecs',
        what: 'The call was answered without audio: the answer refuses the audio line.',
        mend: 'Offer PCMA and PCMU, and with TLS SRTP.',
        details: [`Offered: ${offer.codecs.join(', ')}`],
      }),
    ];
  }
  if (answer.direction === 'inactive' || offer.direction === 'inactive') {
    return [
      finding(call, final, {
        kind: 'rtpPorts',
        level: 'warning',
        what: 'The audio is switched off in the SDP (a=inactive): the call is on hold or misconfigured.',
        mend: 'Let the PBX offer a=sendrecv.',
        details: [],
      }),
    ];
  }
  const theirs = call.direction === 'in' ? offer : answer;
  if (theirs.port < EXOTEL_RTP.low || theirs.port > EXOTEL_RTP.high) {
    return [
      finding(call, final, {
        kind: 'rtpPorts',
        level: 'warning',
        what: `The other side's audio port ${theirs.port} is outside the range that is opened for Exotel.`,
        mend: 'Let UDP 10000-40000 through to and from Exotel.',
        details: [],
      }),
    ];
  }
  return [];
}

// Transport.

function transportFindings(call: Call, attempt: Attempt): Finding[] {
  const { traced } = attempt.invite;
  const asked = uriOf(traced.message)?.parameters['transport']?.toLowerCase();
  const toExotel = call.direction === 'out' && isExotel(uriOf(traced.message));
  if (!toExotel || (traced.transport !== 'udp' && asked !== 'udp')) return [];
  return [
    finding(call, attempt.invite, {
      kind: 'transportMismatch',
      what: 'The call goes to Exotel over UDP, which Exotel does not take.',
      mend: 'Set the transport of the trunk to TLS or TCP.',
      details: [],
    }),
  ];
}
