/**
 * sip/: SIP as text and on the wire.
 *
 * SIP status codes on an Exotel trunk: what they mean there, what causes them, what mends them.
 * From the tables of Exotel's vSIP guide (marked `guide`), of its error pages (`exotel`), and for what
 * neither names from the RFCs (`rfc`).
 */
import * as l10n from '@vscode/l10n';
import type { Action } from '../terms/finding';

export interface SipCode {
  readonly status: number;
  /** The reason phrase of the RFC. */
  readonly meaning: string;
  readonly cause: string;
  readonly solution: string;
  /** What the extension can do about it. */
  readonly action: Action['kind'] | null;
  readonly source: 'guide' | 'exotel' | 'rfc';
}

type Row = readonly [
  status: number,
  meaning: string,
  cause: string,
  solution: string,
  action: Action['kind'] | null,
  source: SipCode['source'],
];

/** Made when asked for, as every table of words: the language is known only once the program runs. */
function rows(): readonly Row[] {
  const nothing = l10n.t('Nothing to do.');
  return [
    [100, 'Trying', l10n.t('The call is being routed.'), nothing, null, 'guide'],
    [180, 'Ringing', l10n.t('The phone of the called party rings.'), nothing, null, 'guide'],
    [
      181,
      'Call Is Being Forwarded',
      l10n.t('The called party forwards calls.'),
      nothing,
      null,
      'rfc',
    ],
    [182, 'Queued', l10n.t('The call waits for a free line.'), nothing, null, 'rfc'],
    [
      183,
      'Session Progress',
      l10n.t('Early media: a ringback tone or an announcement is on its way.'),
      l10n.t('Let the PBX play early media. When nothing is heard, look at the RTP ports.'),
      null,
      'guide',
    ],
    [200, 'OK', l10n.t('The call is connected.'), nothing, null, 'guide'],
    [
      202,
      'Accepted',
      l10n.t('The request was taken and is still being worked on.'),
      nothing,
      null,
      'rfc',
    ],
    [
      301,
      'Moved Permanently',
      l10n.t('The other side names another address.'),
      l10n.t('Use the address in its Contact header.'),
      null,
      'rfc',
    ],
    [
      302,
      'Moved Temporarily',
      l10n.t('The other side names another address for this call.'),
      l10n.t(
        'Let the PBX follow the Contact header, or ask Exotel support why calls are redirected.',
      ),
      null,
      'rfc',
    ],
    [
      305,
      'Use Proxy',
      l10n.t('The call has to go through another proxy.'),
      l10n.t('Send it to the proxy in the Contact header.'),
      null,
      'rfc',
    ],
    [
      400,
      'Bad Request',
      l10n.t('The SIP message is malformed.'),
      l10n.t('Check the format of the SIP headers: From, To, Contact, Content-Length.'),
      null,
      'guide',
    ],
    [
      401,
      'Unauthorized',
      l10n.t('The credentials are invalid, or the challenge was not answered.'),
      l10n.t(
        'Check user name and password, use digest (not basic) with realm pstn.exotel.com or any realm. One 401 before the call goes on is normal.',
      ),
      'rotateCredential',
      'guide',
    ],
    [
      402,
      'Payment Required',
      l10n.t('The account cannot pay for the call.'),
      l10n.t('Look at the balance in the Exotel dashboard.'),
      null,
      'rfc',
    ],
    [
      403,
      'Forbidden',
      l10n.t(
        'The IP is not whitelisted, the From number is not mapped to the trunk, or the From domain is not <account SID>.pstn.exotel.com. With X-Exotel-ErrorCode 4001: wrong digest, wrong edge or IP.',
      ),
      l10n.t(
        'Whitelist the public IP the PBX calls from (behind NAT the external one), and send a mapped number as caller ID.',
      ),
      'whitelistIp',
      'guide',
    ],
    [
      404,
      'Not Found',
      l10n.t('The number called is not valid, or not mapped for this call.'),
      l10n.t('Dial E.164 with the plus, e.g. +919876543210.'),
      null,
      'guide',
    ],
    [
      405,
      'Method Not Allowed',
      l10n.t('The other side does not take this method, e.g. REGISTER.'),
      l10n.t('Switch registration off: Exotel takes none.'),
      null,
      'exotel',
    ],
    [
      406,
      'Not Acceptable',
      l10n.t('The answer cannot be given in a form the caller accepts.'),
      l10n.t('Remove the Accept header or let it hold application/sdp.'),
      null,
      'rfc',
    ],
    [
      407,
      'Proxy Authentication Required',
      l10n.t('A proxy asks for digest, or the answer to it was wrong.'),
      l10n.t('Check user name and password. One 407 before the call goes on is normal.'),
      'rotateCredential',
      'rfc',
    ],
    [
      408,
      'Request Timeout',
      l10n.t('Nobody answered in time: the network or a firewall.'),
      l10n.t('Check that the port is open and the host is right, from the network of the PBX.'),
      'findEdge',
      'guide',
    ],
    [
      410,
      'Gone',
      l10n.t('The number is no longer in use.'),
      l10n.t('Check the number.'),
      null,
      'rfc',
    ],
    [
      413,
      'Request Entity Too Large',
      l10n.t('The message is too long.'),
      l10n.t('Offer fewer codecs and headers.'),
      null,
      'rfc',
    ],
    [
      414,
      'Request-URI Too Long',
      l10n.t('The address called is too long.'),
      l10n.t('Dial the number only.'),
      null,
      'rfc',
    ],
    [
      415,
      'Unsupported Media Type',
      l10n.t('The codec or the body is not supported.'),
      l10n.t('Offer PCMA first, then PCMU, as application/sdp, and no other codecs.'),
      null,
      'exotel',
    ],
    [
      416,
      'Unsupported URI Scheme',
      l10n.t('The address is neither sip: nor known.'),
      l10n.t('Use sip:, not sips: or tel:.'),
      null,
      'rfc',
    ],
    [
      420,
      'Bad Extension',
      l10n.t('A Require header asks for what the other side cannot do.'),
      l10n.t('Take the option in the Unsupported header out of Require.'),
      null,
      'rfc',
    ],
    [
      421,
      'Extension Required',
      l10n.t('The other side needs an option that was not offered.'),
      l10n.t('Switch on the option its Require header names.'),
      null,
      'rfc',
    ],
    [
      422,
      'Session Interval Too Small',
      l10n.t('The session timer is too short.'),
      l10n.t('Use the Min-SE of the answer or more.'),
      null,
      'rfc',
    ],
    [
      423,
      'Interval Too Brief',
      l10n.t('A registration was asked for a time too short.'),
      l10n.t('Switch registration off: Exotel takes none.'),
      null,
      'rfc',
    ],
    [
      480,
      'Temporarily Unavailable',
      l10n.t('The called party is busy or offline.'),
      l10n.t('Try again later.'),
      null,
      'guide',
    ],
    [
      481,
      'Call/Transaction Does Not Exist',
      l10n.t('A message belongs to no call that is known: it came late or by another route.'),
      l10n.t('Look at Record-Route and Contact: requests inside a call must follow the route set.'),
      null,
      'rfc',
    ],
    [
      482,
      'Loop Detected',
      l10n.t('The call came back to where it was.'),
      l10n.t('Check the routes: the trunk must not point at itself.'),
      null,
      'rfc',
    ],
    [
      483,
      'Too Many Hops',
      l10n.t('The call went round in circles.'),
      l10n.t('Check the routes: the trunk must not point at itself.'),
      null,
      'rfc',
    ],
    [
      484,
      'Address Incomplete',
      l10n.t('The number is not in E.164.'),
      l10n.t('Dial with plus and country code, e.g. +919876543210.'),
      null,
      'exotel',
    ],
    [
      485,
      'Ambiguous',
      l10n.t('The number fits several addresses.'),
      l10n.t('Dial the full number in E.164.'),
      null,
      'rfc',
    ],
    [
      486,
      'Busy Here',
      l10n.t('The called party is on another call.'),
      l10n.t('Try again later.'),
      null,
      'guide',
    ],
    [
      487,
      'Request Terminated',
      l10n.t('The caller hung up before the call was answered.'),
      l10n.t('Nothing to do, unless the PBX gives up too early: look at its dial time-out.'),
      null,
      'guide',
    ],
    [
      488,
      'Not Acceptable Here',
      l10n.t('No codec in common, or SRTP on one side only.'),
      l10n.t(
        'Offer PCMA and PCMU. With TLS offer SRTP (RTP/SAVP with AES_CM_128_HMAC_SHA1_80), with TCP plain RTP.',
      ),
      null,
      'guide',
    ],
    [
      491,
      'Request Pending',
      l10n.t('Both sides changed the call at the same time.'),
      l10n.t('Switch re-INVITEs and direct media off.'),
      null,
      'rfc',
    ],
    [
      493,
      'Undecipherable',
      l10n.t('An encrypted body could not be read.'),
      l10n.t('Send the SDP unencrypted; TLS protects it.'),
      null,
      'rfc',
    ],
    [
      500,
      'Server Internal Error',
      l10n.t('A fault at Exotel.'),
      l10n.t('Contact support@exotel.com with the Call-ID, the time and X-Exotel-CallSid.'),
      null,
      'guide',
    ],
    [
      501,
      'Not Implemented',
      l10n.t('The other side does not know this method.'),
      l10n.t('Use INVITE, ACK, BYE, CANCEL and OPTIONS only.'),
      null,
      'rfc',
    ],
    [
      502,
      'Bad Gateway',
      l10n.t('An error behind Exotel: on the way on, or at your destination.'),
      l10n.t(
        'For inbound calls check the destination server. Otherwise try again, then contact support@exotel.com.',
      ),
      'addDestination',
      'guide',
    ],
    [
      503,
      'Service Unavailable',
      l10n.t('The server is overloaded or cannot be reached.'),
      l10n.t('Try again, waiting longer each time; a trunk takes 200 call attempts a minute.'),
      null,
      'guide',
    ],
    [
      504,
      'Server Time-out',
      l10n.t('The destination does not respond.'),
      l10n.t('Check that the destination server is up and its port is open to Exotel.'),
      'editDestination',
      'guide',
    ],
    [
      505,
      'Version Not Supported',
      l10n.t('The message is not SIP/2.0.'),
      l10n.t('Use SIP/2.0.'),
      null,
      'rfc',
    ],
    [
      513,
      'Message Too Large',
      l10n.t('The message is too long.'),
      l10n.t('Offer fewer codecs and headers, over TCP or TLS.'),
      null,
      'rfc',
    ],
    [
      580,
      'Precondition Failure',
      l10n.t('A demanded quality of service is not there.'),
      l10n.t('Switch preconditions off.'),
      null,
      'rfc',
    ],
    [
      600,
      'Busy Everywhere',
      l10n.t('All destinations are busy.'),
      l10n.t('All lines are occupied: try again later.'),
      null,
      'guide',
    ],
    [
      603,
      'Decline',
      l10n.t('The destination rejected the call.'),
      l10n.t('Ask the called party; look for call blocking.'),
      null,
      'guide',
    ],
    [
      604,
      'Does Not Exist Anywhere',
      l10n.t('The number does not exist.'),
      l10n.t('Check the number.'),
      null,
      'guide',
    ],
    [
      606,
      'Not Acceptable',
      l10n.t('What the call asks for cannot be met.'),
      l10n.t('Check the call parameters: codecs, SRTP, bandwidth in the SDP.'),
      null,
      'guide',
    ],
    [
      607,
      'Unwanted',
      l10n.t('The called party does not want this call.'),
      l10n.t('Stop calling this number.'),
      null,
      'rfc',
    ],
    [
      608,
      'Rejected',
      l10n.t('An intermediary rejected the call, e.g. a spam filter.'),
      l10n.t('Check the caller ID and its reputation with Exotel.'),
      null,
      'rfc',
    ],
  ];
}

export function sipCodes(): readonly SipCode[] {
  return rows().map(([status, meaning, cause, solution, action, source]) => ({
    status,
    meaning,
    cause,
    solution,
    action,
    source,
  }));
}

/** RFC 3261, section 8.1.3.2: what is not known counts as x00 of its class. */
export function sipCode(status: number): SipCode | null {
  return sipCodes().find((code) => code.status === status) ?? null;
}

/** What the class of a status says, for codes of no table. Null outside 100–699. */
export function sipClass(status: number): string | null {
  if (!Number.isInteger(status)) return null;
  switch (Math.floor(status / 100)) {
    case 1:
      return l10n.t('Provisional: the call is still being set up.');
    case 2:
      return l10n.t('Success.');
    case 3:
      return l10n.t('Redirection: the other side names another address.');
    case 4:
      return l10n.t('The request was refused as it is: mend it before trying again.');
    case 5:
      return l10n.t('The server failed: the same request may work later.');
    case 6:
      return l10n.t('Refused everywhere: trying elsewhere does not help.');
    default:
      return null;
  }
}

export interface ExotelErrorCode {
  /** Value of the header X-Exotel-ErrorCode. */
  readonly code: string;
  readonly cause: string;
  readonly solution: string;
  readonly action: Action['kind'] | null;
}

/** X-Exotel-ErrorCode on answers of Exotel's edge. Only 4001 is published (AgentStream, LiveKit notes). */
export function exotelErrorCodes(): readonly ExotelErrorCode[] {
  return [
    {
      code: '4001',
      cause: l10n.t(
        "Exotel's edge does not recognise the caller: wrong digest, an edge of the other kind, or an IP that is not whitelisted.",
      ),
      solution: l10n.t(
        'Check the password, send to the edge for your way of being recognised, and whitelist the public IP of the PBX.',
      ),
      action: 'whitelistIp',
    },
  ];
}
