// Calls as messages, and every form of trace they can be written in, after the programs' own source.

export interface Sent {
  /** Seconds since the first message. */
  readonly at: number;
  /** By the PBX; else by the other side. */
  readonly ours: boolean;
  /** As on the wire. */
  readonly text: string;
}

export interface Scene {
  readonly transport: 'tls' | 'tcp' | 'udp';
  readonly pbx: string;
  readonly exotel: string;
}

export const TLS: Scene = {
  transport: 'tls',
  pbx: '203.0.113.7:5061',
  exotel: '198.51.100.10:443',
};
export const TCP: Scene = {
  transport: 'tcp',
  pbx: '203.0.113.7:5060',
  exotel: '198.51.100.10:5070',
};

export const NUMBER = '+919876543210';
export const EXOPHONE = '+912248900000';
export const DOMAIN = 'acc1.pstn.exotel.com';

export interface SdpOptions {
  readonly address?: string;
  readonly port?: number;
  readonly profile?: string;
  readonly codecs?: readonly string[];
  readonly direction?: string;
}

const PAYLOADS: Readonly<Record<string, string>> = { PCMA: '8', PCMU: '0', G722: '9', G729: '18' };

export function sdp(options: SdpOptions = {}): string {
  const { address = '203.0.113.7', port = 12_000, profile = 'RTP/SAVP' } = options;
  const { codecs = ['PCMA', 'PCMU'], direction = 'sendrecv' } = options;
  return [
    'v=0',
    `o=- 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} ${profile} ${codecs.map((name) => PAYLOADS[name] ?? '96').join(' ')} 101`,
    ...codecs.map((name) => `a=rtpmap:${PAYLOADS[name] ?? '96'} ${name}/8000`),
    'a=rtpmap:101 telephone-event/8000',
    ...(profile === 'RTP/SAVP'
      ? ['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz']
      : []),
    `a=${direction}`,
    '',
  ].join('\r\n');
}

export interface Request {
  readonly callId?: string;
  readonly cseq?: number;
  readonly branch?: string;
  readonly uri?: string;
  readonly from?: string;
  readonly to?: string;
  readonly contact?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

function withBody(lines: readonly string[], body: string): string {
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  return [...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** A request of a call out over this scene, unless told otherwise. */
export function request(scene: Scene, method: string, options: Request = {}): string {
  const { callId = 'call-1@pbx', cseq = 1, branch = `z9hG4bK${method}${cseq}` } = options;
  const { uri = `sip:${NUMBER}@in.voip.exotel.com:443;transport=${scene.transport}` } = options;
  const { from = `<sip:${EXOPHONE}@${DOMAIN}>;tag=a1`, to = `<sip:${NUMBER}@${DOMAIN}>` } = options;
  const { contact = `<sip:asterisk@${scene.pbx};transport=${scene.transport}>` } = options;
  return withBody(
    [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/${scene.transport.toUpperCase()} ${scene.pbx};rport;branch=${branch}`,
      'Max-Forwards: 70',
      `From: ${from}`,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: ${contact}`,
      ...(options.headers ?? []),
    ],
    options.body ?? '',
  );
}

export interface Answer {
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly contact?: string;
}

/** What answers that request. */
export function answer(to: string, status: string, options: Answer = {}): string {
  const copied = to
    .split('\r\n')
    .filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/.test(line))
    .map((line) => (line.startsWith('To:') && !line.includes(';tag=') ? `${line};tag=b2` : line));
  return withBody(
    [
      `SIP/2.0 ${status}`,
      ...copied,
      `Contact: ${options.contact ?? '<sip:198.51.100.10:443;transport=tls>'}`,
      ...(options.headers ?? []),
    ],
    options.body ?? '',
  );
}

export const CHALLENGE =
  'WWW-Authenticate: Digest realm="pstn.exotel.com", nonce="Zm9vYmFy", qop="auth"';

export function authorization(realm = 'pstn.exotel.com'): string {
  return `Authorization: Digest username="pbx_user", realm="${realm}", nonce="Zm9vYmFy", uri="sip:x", response="6629fae49393a05397450978507c4ef1", cnonce="0a4f113b", qop=auth, nc=00000001`;
}

function told(at: number, ours: boolean, text: string): Sent {
  return { at, ours, text };
}

export const ours = (at: number, text: string): Sent => told(at, true, text);
export const theirs = (at: number, text: string): Sent => told(at, false, text);

/** INVITE with digest up to the answer `status`; an answer of 2xx is acknowledged and hung up. */
export function callOut(
  scene: Scene,
  options: {
    readonly invite?: Request;
    readonly status?: string;
    readonly answer?: Answer;
    readonly challenged?: boolean;
  } = {},
): Sent[] {
  const profile = scene.transport === 'tls' ? 'RTP/SAVP' : 'RTP/AVP';
  const body = options.invite?.body ?? sdp({ profile });
  const { challenged = scene.transport === 'tls', status = '200 OK' } = options;
  const base: Request = { ...options.invite, body };
  const first = request(scene, 'INVITE', base);
  const cseq = challenged ? 2 : 1;
  const second = challenged
    ? request(scene, 'INVITE', {
        ...base,
        cseq,
        headers: [...(base.headers ?? []), authorization()],
      })
    : first;
  const good = status.startsWith('2');
  const answered = answer(second, status, {
    ...(good && { body: sdp({ address: '198.51.100.20', port: 23_456, profile }) }),
    ...options.answer,
  });
  const inside: Request = { ...options.invite, to: `<sip:${NUMBER}@${DOMAIN}>;tag=b2`, body: '' };
  const ack = request(scene, 'ACK', { ...inside, cseq });
  const bye = request(scene, 'BYE', { ...inside, cseq: cseq + 1 });
  return [
    ours(0, first),
    ...(challenged
      ? [
          theirs(0.05, answer(first, '401 Unauthorized', { headers: [CHALLENGE] })),
          ours(0.06, request(scene, 'ACK', { ...inside, cseq: 1 })),
          ours(0.07, second),
        ]
      : []),
    theirs(0.1, answer(second, '100 Trying')),
    ...(good ? [theirs(1, answer(second, '180 Ringing'))] : []),
    theirs(4, answered),
    ours(4.02, ack),
    ...(good ? [ours(20, bye), theirs(20.05, answer(bye, '200 OK'))] : []),
  ];
}

/** A call of Exotel to the PBX. */
export function callIn(
  scene: Scene,
  options: {
    readonly invite?: Request;
    readonly status?: string;
    readonly answer?: Answer;
  } = {},
): Sent[] {
  const profile = scene.transport === 'tls' ? 'RTP/SAVP' : 'RTP/AVP';
  const far: Scene = { ...scene, pbx: scene.exotel };
  const { status = '200 OK' } = options;
  const base: Request = {
    callId: 'in-1@pstn.mum1.exotel.com',
    uri: `sip:${EXOPHONE}@${scene.pbx};transport=${scene.transport}`,
    from: '<sip:+919900000001@203.0.113.200>;tag=x1',
    to: `<sip:${EXOPHONE}@${scene.pbx}>`,
    headers: ['X-Exotel-CallSid: 7f0c1e0a', 'X-Exotel-TrunkSid: trmum1abc'],
    body: sdp({ address: '198.51.100.20', port: 23_456, profile }),
    ...options.invite,
  };
  const invite = request(far, 'INVITE', base);
  const good = status.startsWith('2');
  const contact = `<sip:${scene.pbx};transport=${scene.transport}>`;
  const answered = answer(invite, status, {
    contact,
    ...(good && { body: sdp({ profile }) }),
    ...options.answer,
  });
  const inside: Request = { ...base, to: `${base.to ?? ''};tag=b2`, body: '' };
  const bye = request(far, 'BYE', { ...inside, cseq: 2 });
  return [
    theirs(0, invite),
    ours(0.1, answer(invite, '100 Trying', { contact })),
    ours(2, answered),
    theirs(2.05, request(far, 'ACK', inside)),
    ...(good ? [theirs(30, bye), ours(30.1, answer(bye, '200 OK', { contact }))] : []),
  ];
}

// The forms.

function clock(at: number, digits: number): string {
  const whole = Math.floor(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const fraction = (at - whole).toFixed(digits).slice(1);
  return `10:${two(Math.floor(whole / 60))}:${two(whole % 60)}${fraction}`;
}

const lf = (text: string): string => text.replace(/\r\n/g, '\n');
const kind = (text: string): string => (text.startsWith('SIP/2.0') ? 'response' : 'request');
const ends = ({ pbx, exotel }: Scene, mine: boolean): readonly [string, string] =>
  mine ? [pbx, exotel] : [exotel, pbx];
const dotted = (text: string): string => text.replace(/\r\n/g, '.\n');
const packetEnds = (scene: Scene, mine: boolean): string =>
  ends(scene, mine)
    .map((end) => end.replace(':', '.'))
    .join(' > ');
const dashes = '-'.repeat(72);

function pjsipHead(scene: Scene, { ours: mine, text }: Sent): string {
  const way = mine ? 'Transmitting' : 'Received';
  const toward = mine ? 'to' : 'from';
  return `<--- ${way} SIP ${kind(text)} (${Buffer.byteLength(text)} bytes) ${toward} ${scene.transport.toUpperCase()}:${scene.exotel} --->`;
}

function chanSip(scene: Scene, { ours: mine, text }: Sent): string {
  if (!mine) {
    return `\n<--- SIP read from ${scene.transport.toUpperCase()}:${scene.exotel} --->\n${text}\n<------------->\n--- (12 headers 15 lines) ---\n`;
  }
  return kind(text) === 'request'
    ? `Reliably Transmitting (NAT) to ${scene.exotel}:\n${text}\n---\n`
    : `\n<--- Transmitting (no NAT) to ${scene.exotel} --->\n${text}\n<------------>\n`;
}

function sofia(scene: Scene, { at, ours: mine, text }: Sent): string {
  const [host = '', port = ''] = scene.exotel.split(':');
  return `${mine ? 'send' : 'recv'} ${Buffer.byteLength(text)} bytes ${mine ? 'to' : 'from'} ${scene.transport}/[${host}]:${port} at ${clock(at, 6)}:`;
}

function sipdump(scene: Scene, { at, ours: mine, text }: Sent): string {
  const [from, to] = ends(scene, mine).map((end) => end.split(':'));
  return [
    '====================',
    `tag: ${mine ? 'snd' : 'rcv'}`,
    'pid: 57',
    'process: 7',
    `time: ${(1_795_451_615 + at).toFixed(6)}`,
    'date: Mon Nov 23 10:00:00 2026',
    `proto: ${scene.transport} ipv4`,
    `srcip: ${from?.[0] ?? ''}`,
    `srcport: ${from?.[1] ?? ''}`,
    `dstip: ${to?.[0] ?? ''}`,
    `dstport: ${to?.[1] ?? ''}`,
    '~~~~~~~~~~~~~~~~~~~~',
    `${text}||||||||||||||||||||`,
    '',
  ].join('\n');
}

function asteriskFile(scene: Scene, one: Sent): string {
  const stamp = `[2026-11-23 ${clock(one.at, 3)}]`;
  return [
    `${stamp} VERBOSE[89] res_pjsip_logger.c: ${pjsipHead(scene, one)}`,
    one.text,
    `${stamp} VERBOSE[141][C-00000003] app_dial.c:     -- Called PJSIP/${NUMBER}@exotel`,
    '',
  ].join('\n');
}

const eachLine = (text: string, before: string): string =>
  lf(text)
    .split('\n')
    .map((line) => `${before}${line}`.trimEnd())
    .join('\n');

export interface Form {
  readonly write: (scene: Scene, sent: readonly Sent[]) => string;
  /** The trace says who sends to whom; else the ends are read off the messages. */
  readonly ends: 'both' | 'other' | 'none';
  readonly times: boolean;
  /** It shows only what is not encrypted, and so calls TLS TCP. */
  readonly wire?: boolean;
}

const all =
  (write: (scene: Scene, one: Sent) => string) =>
  (scene: Scene, sent: readonly Sent[]): string =>
    sent.map((one) => write(scene, one)).join('');

export const forms: Readonly<Record<string, Form>> = {
  'Asterisk console': {
    write: all((scene, one) => `${pjsipHead(scene, one)}\n${one.text}\n\n`),
    ends: 'other',
    times: false,
  },
  'Asterisk console, line feeds only': {
    write: all((scene, one) => `${pjsipHead(scene, one)}\n${lf(one.text)}\n`),
    ends: 'other',
    times: false,
  },
  'Asterisk log file': { write: all(asteriskFile), ends: 'other', times: true },
  'Asterisk under journald': {
    write: all((scene, one) => {
      const before = `Nov 23 ${clock(one.at, 0)} pbx asterisk[812]: `;
      return `${eachLine(`${pjsipHead(scene, one)}\n${one.text}`, before)}\n`;
    }),
    ends: 'other',
    times: true,
  },
  'Asterisk through syslog': {
    write: all((scene, one) => {
      const text = `${pjsipHead(scene, one)}\n${one.text}`.replace(/\r\n/g, '#015#012');
      return `Nov 23 ${clock(one.at, 0)} pbx asterisk[812]: VERBOSE[89]: ${text.replace(/\n/g, '#012')}\n`;
    }),
    ends: 'other',
    times: true,
  },
  'Asterisk under docker compose': {
    write: all((scene, one) => `${eachLine(asteriskFile(scene, one), 'asterisk-1  | ')}\n`),
    ends: 'other',
    times: true,
  },
  'pjsip show history': {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `<--- History Entry 3 ${mine ? 'Sent to' : 'Received from'} ${scene.exotel} at ${1_795_451_615 + Math.round(at)} --->\n${text}\n`,
    ),
    ends: 'other',
    times: true,
  },
  chan_sip: { write: all(chanSip), ends: 'other', times: false },
  'FreeSWITCH console': {
    write: all(
      (scene, one) =>
        `${sofia(scene, one)}\n${dashes}\n${lf(one.text)}\n2026-11-23 10:00:09.808015 [NOTICE] switch_channel.c:1118 New Channel sofia/external/6001 [e343d2cb]\n`,
    ),
    ends: 'other',
    times: true,
  },
  'FreeSWITCH, as it was before': {
    write: all(
      (scene, one) =>
        `${sofia(scene, one)}\n   ${dashes}\n${eachLine(one.text, '   ')}\n   ${dashes}\n`,
    ),
    ends: 'other',
    times: true,
  },
  sngrep: {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `2026/11/23 ${clock(at, 6)} ${ends(scene, mine).join(' -> ')}\n${text}\n\n`,
    ),
    ends: 'both',
    times: true,
  },
  'ngrep -W byline': {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `#\nT 2026/11/23 ${clock(at, 6)} ${ends(scene, mine).join(' -> ')} [AP] #4\n${dotted(text)}\n`,
    ),
    ends: 'both',
    times: true,
    wire: true,
  },
  'tcpdump -A': {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `${clock(at, 6)} IP ${packetEnds(scene, mine)}: Flags [P.], seq 1:996, ack 1, win 502, length ${text.length}\nE..4..@.@......7......${lf(text)}\n`,
    ),
    ends: 'both',
    times: true,
    wire: true,
  },
  'tcpdump -v -A': {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `${clock(at, 6)} IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length ${text.length + 52})\n    ${packetEnds(scene, mine)}: Flags [P.], cksum 0x1 (correct), seq 1:996, length ${text.length}: SIP, length: ${text.length}\n${eachLine(text, '\t')}\nE..4..@.@......7......${lf(text)}\n`,
    ),
    ends: 'both',
    times: true,
    wire: true,
  },
  'sipp -trace_msg': {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `----------------------------------------------- 2026-11-23 ${clock(at, 6)}\n${scene.transport.toUpperCase()} message ${mine ? `sent (${text.length} bytes):` : `received [${text.length}] bytes :`}\n\n${text}\n`,
    ),
    ends: 'none',
    times: true,
  },
  'Kamailio sipdump': { write: all(sipdump), ends: 'both', times: true },
  Homer: {
    write: all(
      (scene, { at, ours: mine, text }) =>
        `proto:${scene.transport.toUpperCase()} 2026-11-23T${clock(at, 3)}Z  ${ends(scene, mine).join(' ---> ')}\n\n${text}\n\n`,
    ),
    ends: 'both',
    times: true,
  },
  'messages in a ticket': {
    write: all((_, { text }) => `${text}\n\n`),
    ends: 'none',
    times: false,
  },
  'messages in a quoted mail': {
    write: all((_, { text }) => `${eachLine(text, '> ')}\n>\n`),
    ends: 'none',
    times: false,
  },
};

export function written(name: string, scene: Scene, sent: readonly Sent[]): string {
  return forms[name]?.write(scene, sent) ?? '';
}
