// A trace as Asterisk logs it, for the end-to-end tests and the pictures.

/** Must not be in what is copied. */
export const DIGEST = 'd1gest_of_a_password';

function envelope(callId: string, cseq: string, tag = ''): string[] {
  return [
    'Via: SIP/2.0/TLS 198.51.100.7:5061;branch=z9hG4bK' + cseq.replace(' ', ''),
    'From: <sip:+918030000001@acme.pstn.exotel.com>;tag=pbx1',
    `To: <sip:+919876543210@acme.pstn.exotel.com>${tag}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
  ];
}

function sent(time: string, ...lines: readonly string[]): string[] {
  return [
    `[2026-11-23 ${time}] <--- Transmitting SIP request (995 bytes) to TLS:203.0.113.10:443 --->`,
    ...lines,
    '',
  ];
}

function received(time: string, ...lines: readonly string[]): string[] {
  return [
    `[2026-11-23 ${time}] <--- Received SIP response (420 bytes) from TLS:203.0.113.10:443 --->`,
    ...lines,
    'Content-Length: 0',
    '',
  ];
}

const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 198.51.100.7',
  's=-',
  'c=IN IP4 198.51.100.7',
  't=0 0',
  'm=audio 12000 RTP/SAVP 9 101',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:cHJpdmF0ZV9rZXlfb2ZfdGhlX2F1ZGlv',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:101 telephone-event/8000',
];

function invite(callId: string, cseq: string, ...more: readonly string[]): string[] {
  return [
    'INVITE sip:+919876543210@acme.pstn.exotel.com SIP/2.0',
    ...envelope(callId, cseq),
    'Contact: <sip:pbx@198.51.100.7:5061;transport=tls>',
    ...more,
    'Content-Type: application/sdp',
    `Content-Length: ${SDP.join('\r\n').length + 2}`,
    '',
    ...SDP,
  ];
}

const DIGEST_HEADER = `Authorization: Digest username="office_pbx", realm="pstn.exotel.com", nonce="abc", uri="sip:x", response="${DIGEST}"`;

/** A call refused for its codecs after a good digest, and one that was only busy. */
export const TRACE: readonly string[] = [
  '[2026-11-23 09:59:58.000] NOTICE[1]: Asterisk is ready.',
  ...sent('10:00:00.000', ...invite('refused@pbx', '1 INVITE')),
  ...received('10:00:00.040', 'SIP/2.0 100 Trying', ...envelope('refused@pbx', '1 INVITE')),
  ...received(
    '10:00:00.090',
    'SIP/2.0 401 Unauthorized',
    ...envelope('refused@pbx', '1 INVITE', ';tag=ex1'),
    'WWW-Authenticate: Digest realm="pstn.exotel.com", nonce="abc"',
  ),
  ...sent(
    '10:00:00.092',
    'ACK sip:+919876543210@acme.pstn.exotel.com SIP/2.0',
    ...envelope('refused@pbx', '1 ACK', ';tag=ex1'),
    'Content-Length: 0',
  ),
  ...sent('10:00:00.100', ...invite('refused@pbx', '2 INVITE', DIGEST_HEADER)),
  ...received(
    '10:00:00.220',
    'SIP/2.0 488 Not Acceptable Here',
    ...envelope('refused@pbx', '2 INVITE', ';tag=ex2'),
  ),
  ...sent(
    '10:00:00.222',
    'ACK sip:+919876543210@acme.pstn.exotel.com SIP/2.0',
    ...envelope('refused@pbx', '2 ACK', ';tag=ex2'),
    'Content-Length: 0',
  ),
  ...sent('10:01:00.000', ...invite('busy@pbx', '7 INVITE')),
  ...received(
    '10:01:09.000',
    'SIP/2.0 486 Busy Here',
    ...envelope('busy@pbx', '7 INVITE', ';tag=ex3'),
  ),
];
