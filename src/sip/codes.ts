/**
 * sip/: SIP as text and on the wire.
 *
 * SIP status codes on an Exotel trunk: what they mean there, what causes them, what mends them.
 * From the tables of Exotel's vSIP guide (marked `guide`), of its error pages (`exotel`), and for what
 * neither names from the RFCs (`rfc`).
 */
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

const NOTHING = 'Nothing to do.';

const ROWS: readonly Row[] = [
  [100, 'Trying', 'The call is being routed.', NOTHING, null, 'guide'],
  [180, 'Ringing', 'The phone of the called party rings.', NOTHING, null, 'guide'],
  [181, 'Call Is Being Forwarded', 'The called party forwards calls.', NOTHING, null, 'rfc'],
  [182, 'Queued', 'The call waits for a free line.', NOTHING, null, 'rfc'],
  [
    183,
    'Session Progress',
    'Early media: a ringback tone or an announcement is on its way.',
    'Let the PBX play early media. When nothing is heard, look at the RTP ports.',
    null,
    'guide',
  ],
  [200, 'OK', 'The call is connected.', NOTHING, null, 'guide'],
  [202, 'Accepted', 'The request was taken and is still being worked on.', NOTHING, null, 'rfc'],
  [
    301,
    'Moved Permanently',
    'The other side names another address.',
    'Use the address in its Contact header.',
    null,
    'rfc',
  ],
  [
    302,
    'Moved Temporarily',
    'The other side names another address for this call.',
    'Let the PBX follow the Contact header, or ask Exotel support why calls are redirected.',
    null,
    'rfc',
  ],
  [
    305,
    'Use Proxy',
    'The call has to go through another proxy.',
    'Send it to the proxy in the Contact header.',
    null,
    'rfc',
  ],
  [
    400,
    'Bad Request',
    'The SIP message is malformed.',
    'Check the format of the SIP headers: From, To, Contact, Content-Length.',
    null,
    'guide',
  ],
  [
    401,
    'Unauthorized',
    'The credentials are invalid, or the challenge was not answered.',
    'Check user name and password, use digest (not basic) with realm pstn.exotel.com or any realm. One 401 before the call goes on is normal.',
    'rotateCredential',
    'guide',
  ],
  [
    402,
    'Payment Required',
    'The account cannot pay for the call.',
    'Look at the balance in the Exotel dashboard.',
    null,
    'rfc',
  ],
  [
    403,
    'Forbidden',
    'The IP is not whitelisted, the From number is not mapped to the trunk, or the From domain is not <account SID>.pstn.exotel.com. With X-Exotel-ErrorCode 4001: wrong digest, wrong edge or IP.',
    'Whitelist the public IP the PBX calls from (behind NAT the external one), and send a mapped number as caller ID.',
    'whitelistIp',
    'guide',
  ],
  [
    404,
    'Not Found',
    'The number called is not valid, or not mapped for this call.',
    'Dial E.164 with the plus, e.g. +919876543210.',
    null,
    'guide',
  ],
  [
    405,
    'Method Not Allowed',
    'The other side does not take this method, e.g. REGISTER.',
    'Switch registration off: Exotel takes none.',
    null,
    'exotel',
  ],
  [
    406,
    'Not Acceptable',
    'The answer cannot be given in a form the caller accepts.',
    'Remove the Accept header or let it hold application/sdp.',
    null,
    'rfc',
  ],
  [
    407,
    'Proxy Authentication Required',
    'A proxy asks for digest, or the answer to it was wrong.',
    'Check user name and password. One 407 before the call goes on is normal.',
    'rotateCredential',
    'rfc',
  ],
  [
    408,
    'Request Timeout',
    'Nobody answered in time: the network or a firewall.',
    'Check that the port is open and the host is right, from the network of the PBX.',
    'findEdge',
    'guide',
  ],
  [410, 'Gone', 'The number is no longer in use.', 'Check the number.', null, 'rfc'],
  [
    413,
    'Request Entity Too Large',
    'The message is too long.',
    'Offer fewer codecs and headers.',
    null,
    'rfc',
  ],
  [
    414,
    'Request-URI Too Long',
    'The address called is too long.',
    'Dial the number only.',
    null,
    'rfc',
  ],
  [
    415,
    'Unsupported Media Type',
    'The codec or the body is not supported.',
    'Offer PCMA first, then PCMU, as application/sdp, and no other codecs.',
    null,
    'exotel',
  ],
  [
    416,
    'Unsupported URI Scheme',
    'The address is neither sip: nor known.',
    'Use sip:, not sips: or tel:.',
    null,
    'rfc',
  ],
  [
    420,
    'Bad Extension',
    'A Require header asks for what the other side cannot do.',
    'Take the option in the Unsupported header out of Require.',
    null,
    'rfc',
  ],
  [
    421,
    'Extension Required',
    'The other side needs an option that was not offered.',
    'Switch on the option its Require header names.',
    null,
    'rfc',
  ],
  [
    422,
    'Session Interval Too Small',
    'The session timer is too short.',
    'Use the Min-SE of the answer or more.',
    null,
    'rfc',
  ],
  [
    423,
    'Interval Too Brief',
    'A registration was asked for a time too short.',
    'Switch registration off: Exotel takes none.',
    null,
    'rfc',
  ],
  [
    480,
    'Temporarily Unavailable',
    'The called party is busy or offline.',
    'Try again later.',
    null,
    'guide',
  ],
  [
    481,
    'Call/Transaction Does Not Exist',
    'A message belongs to no call that is known: it came late or by another route.',
    'Look at Record-Route and Contact: requests inside a call must follow the route set.',
    null,
    'rfc',
  ],
  [
    482,
    'Loop Detected',
    'The call came back to where it was.',
    'Check the routes: the trunk must not point at itself.',
    null,
    'rfc',
  ],
  [
    483,
    'Too Many Hops',
    'The call went round in circles.',
    'Check the routes: the trunk must not point at itself.',
    null,
    'rfc',
  ],
  [
    484,
    'Address Incomplete',
    'The number is not in E.164.',
    'Dial with plus and country code, e.g. +919876543210.',
    null,
    'exotel',
  ],
  [
    485,
    'Ambiguous',
    'The number fits several addresses.',
    'Dial the full number in E.164.',
    null,
    'rfc',
  ],
  [486, 'Busy Here', 'The called party is on another call.', 'Try again later.', null, 'guide'],
  [
    487,
    'Request Terminated',
    'The caller hung up before the call was answered.',
    'Nothing to do, unless the PBX gives up too early: look at its dial time-out.',
    null,
    'guide',
  ],
  [
    488,
    'Not Acceptable Here',
    'No codec in common, or SRTP on one side only.',
    'Offer PCMA and PCMU. With TLS offer SRTP (RTP/SAVP with AES_CM_128_HMAC_SHA1_80), with TCP plain RTP.',
    null,
    'guide',
  ],
  [
    491,
    'Request Pending',
    'Both sides changed the call at the same time.',
    'Switch re-INVITEs and direct media off.',
    null,
    'rfc',
  ],
  [
    493,
    'Undecipherable',
    'An encrypted body could not be read.',
    'Send the SDP unencrypted; TLS protects it.',
    null,
    'rfc',
  ],
  [
    500,
    'Server Internal Error',
    'A fault at Exotel.',
    'Contact support@exotel.com with the Call-ID, the time and X-Exotel-CallSid.',
    null,
    'guide',
  ],
  [
    501,
    'Not Implemented',
    'The other side does not know this method.',
    'Use INVITE, ACK, BYE, CANCEL and OPTIONS only.',
    null,
    'rfc',
  ],
  [
    502,
    'Bad Gateway',
    'An error behind Exotel: on the way on, or at your destination.',
    'For inbound calls check the destination server. Otherwise try again, then contact support@exotel.com.',
    'addDestination',
    'guide',
  ],
  [
    503,
    'Service Unavailable',
    'The server is overloaded or cannot be reached.',
    'Try again, waiting longer each time; a trunk takes 200 call attempts a minute.',
    null,
    'guide',
  ],
  [
    504,
    'Server Time-out',
    'The destination does not respond.',
    'Check that the destination server is up and its port is open to Exotel.',
    'editDestination',
    'guide',
  ],
  [505, 'Version Not Supported', 'The message is not SIP/2.0.', 'Use SIP/2.0.', null, 'rfc'],
  [
    513,
    'Message Too Large',
    'The message is too long.',
    'Offer fewer codecs and headers, over TCP or TLS.',
    null,
    'rfc',
  ],
  [
    580,
    'Precondition Failure',
    'A demanded quality of service is not there.',
    'Switch preconditions off.',
    null,
    'rfc',
  ],
  [
    600,
    'Busy Everywhere',
    'All destinations are busy.',
    'All lines are occupied: try again later.',
    null,
    'guide',
  ],
  [
    603,
    'Decline',
    'The destination rejected the call.',
    'Ask the called party; look for call blocking.',
    null,
    'guide',
  ],
  [
    604,
    'Does Not Exist Anywhere',
    'The number does not exist.',
    'Check the number.',
    null,
    'guide',
  ],
  [
    606,
    'Not Acceptable',
    'What the call asks for cannot be met.',
    'Check the call parameters: codecs, SRTP, bandwidth in the SDP.',
    null,
    'guide',
  ],
  [
    607,
    'Unwanted',
    'The called party does not want this call.',
    'Stop calling this number.',
    null,
    'rfc',
  ],
  [
    608,
    'Rejected',
    'An intermediary rejected the call, e.g. a spam filter.',
    'Check the caller ID and its reputation with Exotel.',
    null,
    'rfc',
  ],
];

export const sipCodes: readonly SipCode[] = ROWS.map(
  ([status, meaning, cause, solution, action, source]) => ({
    status,
    meaning,
    cause,
    solution,
    action,
    source,
  }),
);

const BY_STATUS = new Map(sipCodes.map((code) => [code.status, code]));

/** RFC 3261, section 8.1.3.2: what is not known counts as x00 of its class. */
export function sipCode(status: number): SipCode | null {
  return BY_STATUS.get(status) ?? null;
}

const CLASSES: Readonly<Record<number, string>> = {
  1: 'Provisional: the call is still being set up.',
  2: 'Success.',
  3: 'Redirection: the other side names another address.',
  4: 'The request was refused as it is: mend it before trying again.',
  5: 'The server failed: the same request may work later.',
  6: 'Refused everywhere: trying elsewhere does not help.',
};

/** What the class of a status says, for codes of no table. Null outside 100–699. */
export function sipClass(status: number): string | null {
  return Number.isInteger(status) ? (CLASSES[Math.floor(status / 100)] ?? null) : null;
}

export interface ExotelErrorCode {
  /** Value of the header X-Exotel-ErrorCode. */
  readonly code: string;
  readonly cause: string;
  readonly solution: string;
  readonly action: Action['kind'] | null;
}

/** X-Exotel-ErrorCode on answers of Exotel's edge. Only 4001 is published (AgentStream, LiveKit notes). */
export const exotelErrorCodes: readonly ExotelErrorCode[] = [
  {
    code: '4001',
    cause:
      "Exotel's edge does not recognise the caller: wrong digest, an edge of the other kind, or an IP that is not whitelisted.",
    solution:
      'Check the password, send to the edge for your way of being recognised, and whitelist the public IP of the PBX.',
    action: 'whitelistIp',
  },
];
