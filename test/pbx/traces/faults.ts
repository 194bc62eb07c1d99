// The faults, each as a person makes it: one change to the generated text, or to what is dialled.
import type { FaultKind } from '../../../src/trace/types';
import { DID } from '../subject';
import { ACK_LOST, HOSTS } from './edge';

export interface Change {
  readonly file: 'pjsip.conf' | 'sip.conf' | 'extensions.conf';
  readonly from: RegExp;
  readonly to: string;
}

/** What a trace has to say. */
export interface Expected {
  readonly name: string;
  /** Which of them depends on what the program logs; none: no fault may be seen. */
  readonly expected: readonly FaultKind[];
}

export interface TraceCase extends Expected {
  readonly changes: readonly Change[];
  /** Who calls: the PBX (the default), Exotel, or nobody. */
  readonly call?: 'out' | 'in' | 'none';
  readonly number?: string;
  /** How long it takes at least until the fault has shown, in ms. */
  readonly lasts?: number;
  /** The trunk is one for StreamKit. */
  readonly flow?: boolean;
  /** Does not come to the edge, or is cut off from it: only the PBX has a trace of it. */
  readonly onlyPbx?: boolean;
}

function pjsip(from: RegExp, to: string): Change {
  return { file: 'pjsip.conf', from, to };
}

function host(name: keyof typeof HOSTS): Change {
  return pjsip(/sip:[a-z.]+\.exotel\.com:/, `sip:${HOSTS[name]}:`);
}

export const tlsCases: readonly TraceCase[] = [
  { name: 'good call out, TLS, digest', expected: [], changes: [] },
  {
    name: 'wrong password',
    expected: ['digestLoop'],
    changes: [pjsip(/^password = .*$/m, 'password = somethingElse1')],
  },
  {
    name: 'wrong realm on the PBX',
    // Only Asterisk's log tells it from no password at all.
    expected: ['realm', 'digestLoop'],
    changes: [pjsip(/^password = /m, 'realm = asterisk\npassword = ')],
  },
  {
    name: 'no credential on the PBX',
    expected: ['digestLoop'],
    changes: [pjsip(/^outbound_auth = .*$/m, '')],
  },
  {
    name: 'SRTP missing under TLS',
    expected: ['srtp'],
    changes: [pjsip(/^media_encryption = sdes$/m, 'media_encryption = no')],
  },
  {
    name: 'From number not mapped',
    expected: ['callerIdNotMapped'],
    changes: [
      pjsip(/^from_user = .*$/m, 'from_user = +918049999999'),
      {
        file: 'extensions.conf',
        from: /CALLERID\(num\)=\+\d+/g,
        to: 'CALLERID(num)=+918049999999',
      },
    ],
  },
];

export const tcpCases: readonly TraceCase[] = [
  { name: 'good call out, TCP, IP', expected: [], changes: [] },
  {
    name: 'IP not whitelisted',
    expected: ['ipRefused'],
    changes: [host('notWhitelisted')],
  },
  {
    name: 'From domain wrong',
    expected: ['fromDomain'],
    changes: [pjsip(/^from_domain = .*$/m, '')],
  },
  {
    name: 'number in national format',
    expected: ['numberFormat'],
    changes: [{ file: 'extensions.conf', from: /PJSIP\/\$\{E164\}@/, to: 'PJSIP/0${E164:3}@' }],
  },
  {
    name: 'codec mismatch',
    expected: ['codecs'],
    changes: [pjsip(/^allow = .*$/m, 'allow = g722')],
  },
  {
    name: 'SRTP under TCP',
    expected: ['srtp'],
    changes: [pjsip(/^media_encryption = no$/m, 'media_encryption = sdes')],
  },
  {
    name: 'private address in the SDP',
    expected: ['privateAddress'],
    changes: [pjsip(/^direct_media = no$/m, 'direct_media = no\nmedia_address = 10.0.0.5')],
  },
  {
    name: 'StreamKit without the header',
    expected: ['flowHeader'],
    flow: true,
    changes: [{ file: 'extensions.conf', from: /X-Exotel-AccountSid\)/, to: 'X-Other)' }],
  },
];

export const inboundCases: readonly TraceCase[] = [
  { name: 'good call in, TCP', expected: [], changes: [], call: 'in', number: DID },
  {
    name: 'call in challenged by the PBX',
    expected: ['challengedInbound'],
    call: 'in',
    number: DID,
    changes: [pjsip(/^match = .*$/m, 'match = 203.0.113.200/32')],
  },
  {
    name: 'number unknown to the dialplan',
    expected: ['numberUnknown'],
    call: 'in',
    number: '+918040009999',
    changes: [],
  },
  {
    name: 'codecs of the PBX do not fit the call in',
    expected: ['codecs'],
    call: 'in',
    number: DID,
    changes: [pjsip(/^allow = .*$/m, 'allow = g722')],
  },
];

export const slowCases: readonly TraceCase[] = [
  {
    name: 'registration on',
    expected: ['registration'],
    call: 'none',
    lasts: 1000,
    changes: [
      pjsip(
        /$(?![\s\S])/,
        [
          '',
          '[exotel-registration]',
          'type = registration',
          'transport = exotel-transport',
          `server_uri = sip:${HOSTS.ip}:5070\\;transport=tcp`,
          `client_uri = sip:+918040001234@${HOSTS.ip}`,
          'max_retries = 0',
          'max_random_initial_delay = 0',
          '',
        ].join('\n'),
      ),
    ],
  },
  {
    name: 'OPTIONS unanswered',
    expected: ['optionsUnanswered'],
    call: 'none',
    lasts: 4500,
    onlyPbx: true,
    changes: [
      host('silent'),
      pjsip(/^qualify_frequency = .*$/m, 'qualify_frequency = 2\nqualify_timeout = 1'),
    ],
  },
  {
    name: 'INVITE unanswered, port filtered',
    expected: ['noAnswer'],
    lasts: 2500,
    onlyPbx: true,
    changes: [host('filtered'), pjsip(/^qualify_frequency = .*$/m, '')],
  },
  {
    name: 'ACK lost',
    expected: ['ackLost'],
    number: ACK_LOST,
    lasts: 4000,
    changes: [],
  },
  {
    // The last: its INVITE goes on being sent for half a minute.
    name: 'UDP',
    expected: ['transportMismatch'],
    lasts: 2500,
    onlyPbx: true,
    changes: [
      pjsip(/^transport = exotel-transport$/m, 'transport = plain'),
      pjsip(/\\;transport=tcp/, ''),
      pjsip(/^qualify_frequency = .*$/m, ''),
    ],
  },
];

/** Asterisk 16, whose trace of chan_sip looks quite different. */
export const chanSipCases: readonly TraceCase[] = [
  { name: 'good call out of chan_sip, TCP, digest', expected: [], changes: [] },
  {
    name: 'wrong password in chan_sip',
    expected: ['digestLoop'],
    changes: [
      { file: 'sip.conf', from: /^(?:remotesecret|secret) = .*$/m, to: 'remotesecret = other1' },
    ],
  },
  {
    name: 'From domain wrong in chan_sip',
    expected: ['fromDomain'],
    changes: [{ file: 'sip.conf', from: /^fromdomain = .*$/m, to: '' }],
  },
];

export interface ProxyCase extends Expected {
  readonly transport: 'tls' | 'tcp';
  readonly change?: readonly [from: RegExp, to: string];
  /** What the trace holds when the call is over. */
  readonly over: RegExp;
}

export const kamailioCases: readonly ProxyCase[] = [
  {
    name: 'good call out through Kamailio, TLS, digest',
    expected: [],
    transport: 'tls',
    over: /^CSeq: \d+ BYE\r?$[^]*^SIP\/2\.0 200 [^]*^CSeq: \d+ BYE\r?$/m,
  },
  {
    name: 'wrong password on Kamailio',
    expected: ['digestLoop'],
    transport: 'tls',
    change: [/^(\s*\$avp\(exotel_password\) = ).*$/m, '$1"somethingElse1";'],
    over: /^(?:Proxy-)?Authorization:[^]*^SIP\/2\.0 401 [^]*^SIP\/2\.0 401 /m,
  },
  {
    name: 'no credential on Kamailio',
    expected: ['digestLoop'],
    transport: 'tls',
    change: [/^\s*t_on_failure\(.*$/m, ''],
    over: /^SIP\/2\.0 401 [^]*^SIP\/2\.0 401 /m,
  },
  {
    name: 'From of the PBX left as it is by Kamailio',
    expected: ['fromDomain'],
    transport: 'tcp',
    change: [/^\s*uac_replace_from\(.*$/m, ''],
    over: /^SIP\/2\.0 403 [^]*^SIP\/2\.0 403 /m,
  },
  {
    name: 'Kamailio at an address that is not whitelisted',
    expected: ['ipRefused'],
    transport: 'tcp',
    change: [/edge\.in\.exotel\.com/g, HOSTS.notWhitelisted],
    over: /^SIP\/2\.0 403 [^]*^SIP\/2\.0 403 /m,
  },
];
