/** The doctor's verdicts: each fault seen where it is, and not seen in the same call without it. */
import assert from 'node:assert/strict';
import { diagnose } from '../../../src/trace/doctor';
import type { FaultKind, TraceFinding } from '../../../src/trace/types';
import { processorMs } from '../../support/wait';
import {
  CHALLENGE,
  DOMAIN,
  EXOPHONE,
  NUMBER,
  TCP,
  TLS,
  answer,
  authorization,
  callIn,
  callOut,
  ours,
  request,
  sdp,
  theirs,
  written,
  type Request,
  type Scene,
  type Sent,
} from './trace-support';

const LOG = 'Asterisk log file';

function findingsIn(text: string): readonly TraceFinding[] {
  return diagnose(text).findings;
}

function said(findings: readonly TraceFinding[]): string[] {
  return findings.map(({ level, kind, what }) => `${level} ${kind}: ${what}`);
}

function log(scene: Scene, sent: readonly Sent[]): string {
  return written(LOG, scene, sent);
}

interface Sample {
  readonly name: string;
  readonly kind: FaultKind;
  readonly level?: TraceFinding['level'];
  readonly bad: string;
  readonly good: string;
  /** In the sentence or in the details. */
  readonly says?: RegExp;
}

const PLAIN = sdp({ profile: 'RTP/AVP' });

function challengeOf(invite: string): string {
  return answer(invite, '401 Unauthorized', { headers: [CHALLENGE] });
}

const first = request(TLS, 'INVITE', { body: sdp() });
const second = request(TLS, 'INVITE', { cseq: 2, body: sdp(), headers: [authorization()] });
const wrongRealm = request(TLS, 'INVITE', {
  cseq: 2,
  body: sdp(),
  headers: [authorization('asterisk')],
});

/** 200 OK sent again and again, as without an ACK. */
function repeated(scene: Scene, options: { acked: boolean; answer?: string }): Sent[] {
  const call = callOut(scene);
  const ok = call.find(({ text, at }) => text.startsWith('SIP/2.0 200') && at < 10);
  const rest = call.filter(({ at }) => at < 4);
  const ack = call.find(({ text, at }) => text.startsWith('ACK') && at >= 4);
  const bye = request(scene, 'BYE', { cseq: 9 });
  assert.ok(ok !== undefined && ack !== undefined);
  const times = [4, 4.5, 5.5, 7.5, 11.5];
  return [
    ...rest,
    ...times.flatMap((at) => [
      theirs(at, options.answer ?? ok.text),
      ...(options.acked ? [ours(at + 0.01, ack.text)] : []),
    ]),
    theirs(36, bye),
  ];
}

function refused(status: string, invite: Request = {}, headers: readonly string[] = []): Sent[] {
  return callOut(TLS, { status, invite, answer: { headers } });
}

const register = request(TLS, 'REGISTER', { callId: 'reg@pbx', uri: 'sip:in.voip.exotel.com' });

function options(count: number, apart: number, answered: boolean): Sent[] {
  return Array.from({ length: count }, (_, index) => {
    const ask = request(TLS, 'OPTIONS', { callId: `ping-${index}@pbx` });
    const one = ours(index * apart, ask);
    return answered ? [one, theirs(index * apart + 0.05, answer(ask, '200 OK'))] : [one];
  }).flat();
}

const UDP: Scene = { ...TCP, transport: 'udp' };

const SAMPLES: readonly Sample[] = [
  {
    name: 'a wrong password',
    kind: 'digestLoop',
    bad: log(TLS, refused('401 Unauthorized', {}, [CHALLENGE])),
    good: log(TLS, callOut(TLS)),
    says: /password is wrong/,
  },
  {
    name: 'no password at all',
    kind: 'digestLoop',
    bad: log(TLS, [ours(0, first), theirs(0.1, challengeOf(first))]),
    good: log(TLS, callOut(TLS)),
    says: /does not answer/,
  },
  {
    name: 'another scheme than digest',
    kind: 'digestLoop',
    bad: log(TLS, [
      ours(0, first),
      theirs(0.1, challengeOf(first)),
      ours(0.2, second.replace(/Authorization: .*/, 'Authorization: Basic dXNlcjpwYXNz')),
      theirs(0.3, challengeOf(second)),
    ]),
    good: log(TLS, callOut(TLS)),
    says: /scheme/,
  },
  {
    name: 'a wrong realm',
    kind: 'realm',
    bad: log(TLS, [
      ours(0, first),
      theirs(0.1, challengeOf(first)),
      ours(0.2, wrongRealm),
      theirs(0.3, challengeOf(wrongRealm)),
    ]),
    good: log(TLS, callOut(TLS)),
    says: /asterisk.*pstn\.exotel\.com/,
  },
  {
    name: 'an unknown IP',
    kind: 'ipRefused',
    bad: log(TCP, callOut(TCP, { status: '403 Forbidden' })),
    good: log(TCP, callOut(TCP)),
  },
  {
    name: "Exotel's error 4001",
    kind: 'ipRefused',
    bad: log(TLS, refused('403 Forbidden', {}, ['X-Exotel-ErrorCode: 4001'])),
    good: log(TLS, callOut(TLS)),
    says: /4001/,
  },
  {
    name: 'a number that is not mapped',
    kind: 'callerIdNotMapped',
    bad: log(TLS, refused('403 Forbidden')),
    good: log(TLS, callOut(TLS)),
    says: /\+912248900000/,
  },
  {
    name: 'a caller ID that is not E.164',
    kind: 'callerIdNotMapped',
    bad: log(TLS, refused('403 Forbidden', { from: `<sip:6001@${DOMAIN}>;tag=a1` })),
    good: log(TLS, callOut(TLS)),
    says: /6001/,
  },
  {
    name: 'a wrong From domain',
    kind: 'fromDomain',
    bad: log(TLS, refused('403 Forbidden', { from: `<sip:${EXOPHONE}@203.0.113.7>;tag=a1` })),
    good: log(TLS, callOut(TLS)),
    says: /203\.0\.113\.7/,
  },
  {
    name: 'a number in national format',
    kind: 'numberFormat',
    bad: log(TLS, refused('484 Address Incomplete', { uri: 'sip:09876543210@in.voip.exotel.com' })),
    good: log(TLS, callOut(TLS)),
    says: /09876543210/,
  },
  {
    name: 'a number Exotel does not know',
    kind: 'numberUnknown',
    bad: log(TLS, refused('404 Not Found')),
    good: log(TLS, callOut(TLS, { invite: { uri: `sip:%2B919876543210@in.voip.exotel.com` } })),
  },
  {
    name: 'a number the PBX does not know',
    kind: 'numberUnknown',
    bad: log(TLS, callIn(TLS, { status: '404 Not Found' })),
    good: log(TLS, callIn(TLS)),
    says: /The PBX has no place/,
  },
  {
    name: 'codecs Exotel does not take',
    kind: 'codecs',
    bad: log(TLS, refused('488 Not Acceptable Here', { body: sdp({ codecs: ['G722', 'G729'] }) })),
    good: log(TLS, callOut(TLS, { invite: { body: sdp({ codecs: ['G722', 'PCMA'] }) } })),
    says: /Offered: G722, G729/,
  },
  {
    name: 'codecs the PBX does not take',
    kind: 'codecs',
    bad: log(TCP, callIn(TCP, { status: '488 Not Acceptable Here' })),
    good: log(TCP, callIn(TCP)),
    says: /Offered: PCMA, PCMU over RTP\/AVP/,
  },
  {
    name: 'an answer without audio',
    kind: 'codecs',
    bad: log(TLS, callOut(TLS, { answer: { body: sdp({ port: 0 }) } })),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'TLS without SRTP',
    kind: 'srtp',
    bad: log(TLS, refused('488 Not Acceptable Here', { body: PLAIN })),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'TCP with SRTP',
    kind: 'srtp',
    bad: log(TCP, callOut(TCP, { status: '488 Not Acceptable Here', invite: { body: sdp() } })),
    good: log(TCP, callOut(TCP)),
  },
  {
    name: 'SRTP on one side only',
    kind: 'srtp',
    bad: log(TLS, callOut(TLS, { answer: { body: sdp({ profile: 'RTP/AVP', port: 23_456 }) } })),
    good: log(TLS, callOut(TLS)),
    says: /nobody hears/,
  },
  {
    name: 'a PBX without SRTP called over TLS',
    kind: 'srtp',
    bad: log(TLS, callIn(TLS, { status: '488 Not Acceptable Here' })),
    good: log(TLS, callIn(TLS)),
  },
  {
    name: 'Record-Route and Contact that disagree',
    kind: 'transportMismatch',
    bad: log(
      TLS,
      repeated(TLS, {
        acked: true,
        answer: answer(second, '200 OK', {
          headers: ['Record-Route: <sip:198.51.100.10:5070;transport=tcp;lr>'],
          body: sdp({ port: 23_456 }),
        }),
      }),
    ),
    good: log(
      TLS,
      callOut(TLS, { answer: { headers: ['Record-Route: <sip:198.51.100.10;transport=tcp;lr>'] } }),
    ),
    says: /Record-Route: transport=tcp/,
  },
  {
    name: 'UDP',
    kind: 'transportMismatch',
    bad: log(
      UDP,
      [0, 0.5, 1.5].map((at) => ours(at, request(UDP, 'INVITE', { body: PLAIN }))),
    ),
    good: log(TCP, callOut(TCP)),
  },
  {
    name: 'a private address in the SDP',
    kind: 'privateAddress',
    bad: log(TLS, callOut(TLS, { invite: { body: sdp({ address: '192.168.1.10' }) } })),
    good: log(TLS, callOut(TLS)),
    says: /192\.168\.1\.10/,
  },
  {
    name: "the PBX's own loopback in the SDP of a call in",
    kind: 'privateAddress',
    bad: log(TLS, callIn(TLS, { answer: { body: sdp({ address: '127.0.1.1' }) } })),
    good: log(TLS, callIn(TLS)),
    says: /127\.0\.1\.1/,
  },
  {
    name: 'a private Contact',
    kind: 'privateAddress',
    level: 'warning',
    bad: log(TLS, callOut(TLS, { invite: { contact: '<sip:asterisk@10.1.2.3:5061>' } })),
    good: log(TLS, callOut(TLS)),
    says: /10\.1\.2\.3/,
  },
  {
    name: 'an audio port outside the range',
    kind: 'rtpPorts',
    level: 'warning',
    bad: log(TLS, callOut(TLS, { answer: { body: sdp({ port: 6000 }) } })),
    good: log(TLS, callOut(TLS)),
    says: /6000/,
  },
  {
    name: 'audio switched off',
    kind: 'rtpPorts',
    level: 'warning',
    bad: log(TLS, callOut(TLS, { answer: { body: sdp({ port: 23_456, direction: 'inactive' }) } })),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'an ACK that gets lost',
    kind: 'ackLost',
    bad: log(TLS, repeated(TLS, { acked: true })),
    good: log(TLS, callOut(TLS)),
    says: /5 times/,
  },
  {
    name: 'no ACK at all',
    kind: 'ackLost',
    bad: log(TLS, repeated(TLS, { acked: false })),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'OPTIONS that nobody answers, each a dialog of its own',
    kind: 'optionsUnanswered',
    level: 'warning',
    bad: log(TLS, options(3, 30, false)),
    good: log(TLS, options(3, 30, true)),
    says: /3 times/,
  },
  {
    name: 'an INVITE that nobody answers',
    kind: 'noAnswer',
    bad: `${log(TLS, [ours(0, first)])}[2026-11-23 10:00:32.001] VERBOSE[1] app_dial.c: Everyone is busy\n`,
    good: log(TLS, callOut(TLS)),
    says: /sent once and nothing came back/,
  },
  {
    name: 'a time-out told by a proxy',
    kind: 'noAnswer',
    bad: log(TLS, refused('408 Request Timeout')),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'a registration',
    kind: 'registration',
    bad: log(TLS, [ours(0, register), theirs(0.1, answer(register, '405 Method Not Allowed'))]),
    good: log(TLS, callOut(TLS)),
    says: /405 Method Not Allowed/,
  },
  {
    name: 'StreamKit without its header',
    kind: 'flowHeader',
    bad: log(TLS, refused('404 Not Found', { uri: `sip:${EXOPHONE}@in.voip.exotel.com` })),
    good: log(
      TLS,
      callOut(TLS, {
        invite: {
          uri: `sip:${EXOPHONE}@in.voip.exotel.com`,
          headers: ['X-Exotel-AccountSid: acc1'],
        },
      }),
    ),
  },
  {
    name: 'a call in that the PBX challenges',
    kind: 'challengedInbound',
    bad: log(TLS, callIn(TLS, { status: '401 Unauthorized' })),
    good: log(TLS, callIn(TLS)),
  },
  {
    name: 'a busy line',
    kind: 'busy',
    level: 'info',
    bad: log(TLS, refused('486 Busy Here')),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'a caller who hung up',
    kind: 'cancelled',
    level: 'info',
    bad: log(TLS, refused('487 Request Terminated')),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'a declined call',
    kind: 'declined',
    level: 'info',
    bad: log(TLS, refused('603 Decline')),
    good: log(TLS, callOut(TLS)),
  },
  {
    name: 'a fault at Exotel',
    kind: 'serverError',
    bad: log(TLS, refused('503 Service Unavailable', {}, ['Reason: Q.850;cause=38'])),
    good: log(TLS, callOut(TLS)),
    says: /Reason: Q\.850;cause=38/,
  },
  {
    name: 'a fault of the PBX on a call in',
    kind: 'serverError',
    bad: log(TLS, callIn(TLS, { status: '500 Server Internal Error' })),
    good: log(TLS, callIn(TLS)),
    says: /The PBX answered/,
  },
  {
    name: 'a refusal of no other kind',
    kind: 'otherFailure',
    bad: log(TLS, refused('420 Bad Extension')),
    good: log(TLS, callOut(TLS)),
  },
];

const KINDS: Readonly<Record<FaultKind, true>> = {
  digestLoop: true,
  realm: true,
  ipRefused: true,
  callerIdNotMapped: true,
  fromDomain: true,
  numberFormat: true,
  numberUnknown: true,
  codecs: true,
  srtp: true,
  transportMismatch: true,
  privateAddress: true,
  rtpPorts: true,
  ackLost: true,
  optionsUnanswered: true,
  noAnswer: true,
  registration: true,
  flowHeader: true,
  challengedInbound: true,
  busy: true,
  cancelled: true,
  declined: true,
  serverError: true,
  otherFailure: true,
};

describe('The trace doctor', () => {
  for (const { name, kind, level = 'problem', bad, good, says } of SAMPLES) {
    it(`sees ${name}`, () => {
      const findings = findingsIn(bad);
      const [found] = findings;
      assert.deepEqual([found?.kind, found?.level], [kind, level], said(findings).join('\n'));
      assert.equal(findings.length, 1, said(findings).join('\n'));
      if (says !== undefined) {
        assert.match([found?.what, ...(found?.evidence ?? [])].join('\n'), says);
      }
      for (const text of [found?.what ?? '', found?.doNext ?? ''])
        assert.match(text, /^[A-Z0-9].*[.?]$/);
    });

    it(`sees nothing in a call without ${name}`, () => {
      assert.deepEqual(said(findingsIn(good)), []);
    });
  }

  it('is tried for every kind of fault there is', () => {
    const tried = new Set(SAMPLES.map(({ kind }) => kind));
    assert.deepEqual(
      Object.keys(KINDS).filter((kind) => !tried.has(kind as FaultKind)),
      [],
    );
  });

  it('points at the message that shows the fault', () => {
    const { trace, findings } = diagnose(log(TLS, refused('403 Forbidden')));
    const traced = trace.dialogs[0]?.messages[findings[0]?.at ?? -1];
    assert.equal(traced?.message.kind === 'response' && traced.message.status, 403);
  });

  it('puts what matters most first', () => {
    const text = log(TLS, [
      ...refused('486 Busy Here', { callId: 'a' }),
      ...refused('403 Forbidden'),
    ]);
    assert.deepEqual(
      findingsIn(text).map(({ level }) => level),
      ['problem', 'info'],
    );
  });
});

describe('The trace doctor is silent about', () => {
  const silent = (name: string, text: () => string): void => {
    it(name, () => {
      const serious = findingsIn(text()).filter(({ level }) => level !== 'info');
      assert.deepEqual(said(serious), []);
    });
  };

  for (let length = 2; length <= 10; length += 1) {
    silent(`a good call whose trace ends after ${length} messages`, () =>
      log(
        TLS,
        length === 2 ? callOut(TCP).slice(0, 2) : callOut(TLS).slice(0, length === 3 ? 4 : length),
      ),
    );
  }

  silent('a good call whose trace begins late', () => log(TLS, callOut(TLS).slice(4)));

  silent('a call that was just begun beside another', () =>
    log(TLS, [...callOut(TLS), ours(21, request(TLS, 'INVITE', { callId: 'next', body: sdp() }))]),
  );

  silent('messages captured on two interfaces', () =>
    written(
      'sngrep',
      TLS,
      callOut(TLS).flatMap((one) => [one, { ...one, at: one.at + 0.0002 }]),
    ),
  );

  silent('messages captured twice without times', () =>
    written(
      'messages in a ticket',
      TLS,
      callOut(TLS).flatMap((one) => [one, one]),
    ),
  );

  silent('a 200 that came three times before a slow ACK', () => {
    const call = callOut(TLS);
    const at = call.findIndex(({ text }) => text.startsWith('SIP/2.0 200'));
    const ok = call[at];
    assert.ok(ok !== undefined);
    const again = [4.5, 5.5].map((time) => theirs(time, ok.text));
    const rest = call.slice(at + 1).map((one) => ({ ...one, at: one.at + 2 }));
    return log(TLS, [...call.slice(0, at + 1), ...again, ...rest]);
  });

  silent('a nonce that was too old', () => {
    const stale = answer(second, '401 Unauthorized', { headers: [`${CHALLENGE}, stale=TRUE`] });
    return log(TLS, [
      ours(0, first),
      theirs(0.1, challengeOf(first)),
      ours(0.2, second),
      theirs(0.3, stale),
    ]);
  });

  silent('phones that register at the PBX, with an INVITE that it challenges', () => {
    const phone: Scene = {
      transport: 'udp',
      pbx: '192.168.1.50:5060',
      exotel: '192.168.1.50:5060',
    };
    const local = '192.168.1.2';
    const from = `<sip:6001@${local}>;tag=p1`;
    const registering = request(phone, 'REGISTER', {
      callId: 'p',
      uri: `sip:${local}`,
      from,
      to: from,
    });
    const inviting = request(phone, 'INVITE', {
      callId: 'q',
      uri: `sip:09876543210@${local}`,
      from,
      to: `<sip:09876543210@${local}>`,
      contact: '<sip:6001@192.168.1.50>',
      body: PLAIN,
    });
    const asked = request(phone, 'OPTIONS', {
      callId: 'o',
      uri: 'sip:6001@192.168.1.50',
      from,
      to: from,
    });
    const inner = written(LOG, phone, [
      theirs(0, registering),
      ours(0.1, answer(registering, '401 Unauthorized')),
      theirs(0.2, inviting),
      ours(0.3, answer(inviting, '401 Unauthorized')),
      ours(1, asked),
      ours(9, asked),
    ]);
    return `${inner}${log(TLS, callOut(TLS))}`;
  });

  silent('another provider at which the PBX registers', () => {
    const other: Scene = {
      transport: 'udp',
      pbx: '203.0.113.7:5060',
      exotel: '198.51.100.99:5060',
    };
    const text = request(other, 'REGISTER', {
      callId: 'r',
      uri: 'sip:other.example.com',
      from: '<sip:u@other.example.com>;tag=1',
      to: '<sip:u@other.example.com>',
    });
    return `${written(LOG, other, [ours(0, text)])}${log(TLS, callOut(TLS))}`;
  });

  silent("a phone behind the PBX that gets Exotel's headers and does not answer", () => {
    const phone: Scene = { transport: 'udp', pbx: '203.0.113.7:5060', exotel: '192.168.1.50:5060' };
    const leg = request(phone, 'INVITE', {
      callId: 'leg',
      uri: 'sip:6001@192.168.1.50',
      from: '<sip:+919900000001@203.0.113.7>;tag=1',
      to: '<sip:6001@192.168.1.50>',
      headers: ['X-Exotel-CallSid: 7f0c1e0a'],
      body: PLAIN,
    });
    const inner = [0, 1, 3, 7].map((at) => ours(at, leg));
    return `${log(TLS, callIn(TLS))}${written(LOG, phone, inner)}`;
  });

  silent('UDP and private addresses between a PBX and its own proxy', () => {
    const inside: Scene = { transport: 'udp', pbx: '10.0.0.9:5060', exotel: '10.0.0.1:5060' };
    const invite: Request = {
      contact: '<sip:6001@10.0.0.9>',
      body: sdp({ address: '10.0.0.9', profile: 'RTP/AVP' }),
    };
    return written(
      'sngrep',
      inside,
      callOut(inside, {
        invite,
        answer: { body: sdp({ address: '10.0.0.1', profile: 'RTP/AVP', port: 20_000 }) },
      }),
    );
  });

  silent('an offer with SRTP and plain audio of which one is taken', () => {
    const second = sdp({ port: 12_002 }).split('\r\n').slice(5).join('\r\n');
    const refusedLine = `m=audio 0 RTP/AVP 8\r\n`;
    const offer = `${sdp({ profile: 'RTP/AVP' })}${second}`;
    const taken = sdp({ address: '198.51.100.20', port: 23_456 });
    const [head = '', media = ''] = taken.split(/^(?=m=)/m);
    return log(
      TLS,
      callOut(TLS, { invite: { body: offer }, answer: { body: `${head}${refusedLine}${media}` } }),
    );
  });

  silent('a failover that ended well', () => {
    const failed = callOut(TLS, {
      invite: { branch: 'z9hG4bKa' },
      status: '503 Service Unavailable',
      challenged: false,
    });
    const then = callOut(TLS, { invite: { branch: 'z9hG4bKb' }, challenged: false });
    return log(TLS, [...failed, ...then.map((one) => ({ ...one, at: one.at + 5 }))]);
  });
});

describe('Of the realm the doctor', () => {
  it("believes Asterisk's log when the trace looks as without a password", () => {
    const text = log(TLS, [ours(0, first), theirs(0.1, challengeOf(first))]);
    const line =
      "[2026-11-23 10:00:01] WARNING[89] res_pjsip_outbound_authenticator_digest.c: exotel:198.51.100.10: No auth objects matching realm/algorithm(s) 'pstn.exotel.com/' from challenge found.\n";
    assert.deepEqual(
      findingsIn(`${text}${line}`).map(({ kind }) => kind),
      ['realm'],
    );
  });
});

describe('Of a proxy the doctor', () => {
  it("judges Exotel's side", () => {
    const inner: Scene = { transport: 'tcp', pbx: '10.0.0.9:5060', exotel: '10.0.0.1:5062' };
    const asked = request(inner, 'INVITE', {
      branch: 'z9hG4bKin',
      uri: `sip:${NUMBER}@10.0.0.1`,
      from: '<sip:6001@10.0.0.9>;tag=a1',
      contact: '<sip:6001@10.0.0.9>',
      body: sdp(),
    });
    const outside = callOut(TLS, { invite: { branch: 'z9hG4bKout' } });
    const text = [
      written('Kamailio sipdump', inner, [
        ours(0, asked),
        theirs(0.1, answer(asked, '100 Trying')),
      ]),
      written('Kamailio sipdump', TLS, outside),
      written('Kamailio sipdump', inner, [
        theirs(4.1, answer(asked, '200 OK', { body: sdp({ port: 23_456 }) })),
      ]),
    ].join('');
    assert.deepEqual(said(findingsIn(text)), []);
  });
});

describe('Of thousands of messages the doctor', () => {
  const many = (method: string, callId: (index: number) => string): string =>
    written(
      'messages in a ticket',
      TCP,
      Array.from({ length: 10_000 }, (_, index) =>
        ours(
          0,
          request(TCP, method, { callId: callId(index), cseq: index, branch: `z9hG4bK${index}` }),
        ),
      ),
    );

  // Each message compared with each took minutes.
  it('judges one call in the time of one pass', () => {
    const busy = processorMs(() => {
      diagnose(many('INVITE', () => 'one'));
      diagnose(many('OPTIONS', (index) => `ping-${index}`));
    });
    assert.ok(busy < 20_000);
  }).timeout(240_000);
});
