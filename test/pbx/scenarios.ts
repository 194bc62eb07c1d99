// What sipp says behind the edge: the called party, and callers. SDP is SRTP exactly when SIP is TLS.
import type { Transport } from '../../src/terms/use';

const cryptoKey = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';

function sdp(transport: Transport, telephoneEvent: number): string {
  return [
    'v=0',
    'o=exotel 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 [local_ip]',
    't=0 0',
    `m=audio [media_port] ${transport === 'tls' ? 'RTP/SAVP' : 'RTP/AVP'} 8 0 ${telephoneEvent}`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:0 PCMU/8000',
    `a=rtpmap:${telephoneEvent} telephone-event/8000`,
    `a=fmtp:${telephoneEvent} 0-15`,
    'a=ptime:20',
    ...(transport === 'tls' ? [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${cryptoKey}`] : []),
    'a=sendrecv',
  ].join('\n');
}

function send(lines: readonly string[], attributes = ''): string {
  return `<send${attributes}><![CDATA[\n\n${lines.join('\n')}\n\n]]></send>`;
}

function scenario(name: string, steps: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="ISO-8859-1" ?>',
    '<!DOCTYPE scenario SYSTEM "sipp.dtd">',
    `<scenario name="${name}">`,
    ...steps,
    '</scenario>',
    '',
  ].join('\n');
}

const withBody = ['Content-Type: application/sdp', 'Content-Length: [len]', ''];
const answerHead = ['[last_Via:]', '[last_Record-Route:]', '[last_From:]'];

function variable(header: string, to: string): string {
  return `<ereg regexp=".*" search_in="hdr" header="${header}" assign_to="${to}"/>`;
}

/** The called party: answers, and hangs up a moment after the caller has confirmed. */
export function answers(transport: Transport): string {
  const tag = ';tag=called[call_number]';
  const contact = 'Contact: <sip:called@[local_ip]:[local_port]>';
  return scenario('called', [
    `<recv request="INVITE" rrs="true"><action>${variable('From:', 'from')}${variable('To:', 'to')}</action></recv>`,
    send([
      'SIP/2.0 180 Ringing',
      ...answerHead,
      `[last_To:]${tag}`,
      '[last_Call-ID:]',
      '[last_CSeq:]',
      contact,
      'Content-Length: 0',
    ]),
    send(
      [
        'SIP/2.0 200 OK',
        ...answerHead,
        `[last_To:]${tag}`,
        '[last_Call-ID:]',
        '[last_CSeq:]',
        contact,
        ...withBody,
        sdp(transport, 101),
      ],
      ' retrans="500"',
    ),
    '<recv request="ACK" rrs="true"/>',
    '<pause milliseconds="100"/>',
    send(
      [
        'BYE [next_url] SIP/2.0',
        'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
        '[routes]',
        `From:[$to]${tag}`,
        'To:[$from]',
        '[last_Call-ID:]',
        'CSeq: 1 BYE',
        'Max-Forwards: 70',
        'Content-Length: 0',
      ],
      ' retrans="500"',
    ),
    '<recv response="200"/>',
  ]);
}

/** A phone inside: answers, and waits until the caller hangs up. */
export function rings(transport: Transport): string {
  const tag = ';tag=inside[call_number]';
  const head = [...answerHead, `[last_To:]${tag}`, '[last_Call-ID:]', '[last_CSeq:]'];
  return scenario('inside', [
    '<recv request="INVITE"/>',
    send(
      [
        'SIP/2.0 200 OK',
        ...head,
        'Contact: <sip:inside@[local_ip]:[local_port];transport=[transport]>',
        ...withBody,
        sdp(transport, 96),
      ],
      ' retrans="500"',
    ),
    '<recv request="ACK"/>',
    '<recv request="BYE"/>',
    send([
      'SIP/2.0 200 OK',
      ...answerHead,
      '[last_To:]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      'Content-Length: 0',
    ]),
  ]);
}

/** A phone inside that dials a number and waits until the called party hangs up. */
export function dials(transport: Transport, proxy: string, number: string): string {
  const via = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]';
  const from = `From: <sip:6001@${proxy}>;tag=dials[call_number]`;
  const contact = 'Contact: <sip:6001@[local_ip]:[local_port];transport=[transport]>';
  return scenario('dials', [
    send(
      [
        `INVITE sip:${number}@${proxy} SIP/2.0`,
        via,
        from,
        `To: <sip:${number}@${proxy}>`,
        'Call-ID: [call_id]',
        'CSeq: 1 INVITE',
        contact,
        'Max-Forwards: 70',
        ...withBody,
        sdp(transport, 101),
      ],
      ' retrans="500"',
    ),
    '<recv response="100" optional="true"/>',
    '<recv response="180" optional="true"/>',
    '<recv response="183" optional="true"/>',
    '<recv response="200" rrs="true"/>',
    send([
      'ACK [next_url] SIP/2.0',
      via,
      '[routes]',
      from,
      '[last_To:]',
      'Call-ID: [call_id]',
      'CSeq: 1 ACK',
      'Max-Forwards: 70',
      'Content-Length: 0',
    ]),
    '<recv request="BYE"/>',
    send([
      'SIP/2.0 200 OK',
      '[last_Via:]',
      '[last_From:]',
      '[last_To:]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      'Content-Length: 0',
    ]),
  ]);
}

export interface Call {
  /** The PBX, e.g. `127.0.0.20:5061;transport=tls`. */
  readonly to: string;
  /** The number dialled, E.164. */
  readonly number: string;
  readonly from: string;
  readonly domain: string;
  readonly trunkSid: string;
}

/** An INVITE as Exotel sends it. A stranger sends the same: nothing in it may be what lets him in. */
export function calls(transport: Transport, call: Call): string {
  const via = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]';
  const from = `From: <sip:${call.from}@${call.domain}>;tag=caller[call_number]`;
  const to = `To: <sip:${call.number}@${call.to.split(';')[0] ?? ''}>`;
  return scenario('caller', [
    send(
      [
        `INVITE sip:${call.number}@${call.to} SIP/2.0`,
        via,
        from,
        to,
        'Call-ID: [call_id]',
        'CSeq: 1 INVITE',
        'Contact: <sip:caller@[local_ip]:[local_port]>',
        'Max-Forwards: 70',
        'Supported: replaces',
        'Allow: INVITE,ACK,CANCEL,BYE,OPTIONS,UPDATE',
        `P-Asserted-Identity: <sip:${call.from}@${call.domain}>`,
        'X-Exotel-CallSid: 7f0c1e0aa7fa4b7c9d1f',
        'X-Exotel-LegSid: 9d2e',
        `X-Exotel-TrunkSid: ${call.trunkSid}`,
        ...withBody,
        sdp(transport, 96),
      ],
      ' retrans="500"',
    ),
    '<recv response="100" optional="true"/>',
    '<recv response="180" optional="true"/>',
    '<recv response="183" optional="true"/>',
    '<recv response="200" rrs="true"/>',
    send([
      'ACK [next_url] SIP/2.0',
      via,
      '[routes]',
      from,
      '[last_To:]',
      'Call-ID: [call_id]',
      'CSeq: 1 ACK',
      'Max-Forwards: 70',
      'Content-Length: 0',
    ]),
    '<pause milliseconds="100"/>',
    send(
      [
        'BYE [next_url] SIP/2.0',
        via,
        '[routes]',
        from,
        '[last_To:]',
        'Call-ID: [call_id]',
        'CSeq: 2 BYE',
        'Max-Forwards: 70',
        'Content-Length: 0',
      ],
      ' retrans="500"',
    ),
    '<recv response="200"/>',
  ]);
}
