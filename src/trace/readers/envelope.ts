/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * The line that a program writes before a message: who sent it to whom, over what, and when.
 */
import type { TraceFormat, TracedMessage } from '../types';

export interface Envelope {
  readonly format: TraceFormat;
  /** The program that wrote the trace is one end; the other is named. Null ends are told by neither. */
  readonly from: string | null;
  readonly to: string | null;
  readonly transport: TracedMessage['transport'];
  /** Seconds, from whatever the trace counts from. */
  readonly time: number | null;
}

/** The end of a connection that the program writing the trace is. */
export const LOCAL = 'local';

const ADDRESS = '\\[?([0-9A-Za-z.:_-]+?)\\]?:([0-9]{1,5})';

function transportOf(text: string | undefined): TracedMessage['transport'] {
  const name = (text ?? '').toLowerCase();
  return name === 'udp' || name === 'tcp' || name === 'tls' ? name : null;
}

/** `2026/11/23 10:00:00.123`, `[Nov 23 10:00:00.123]` or `10:00:00.123`: seconds of the day. */
export function timeIn(line: string): number | null {
  const match = /(?:^|[^0-9])([0-2][0-9]):([0-5][0-9]):([0-5][0-9])(?:[.,]([0-9]{1,9}))?/.exec(
    line,
  );
  if (match === null) return null;
  const fraction = match[4] === undefined ? 0 : Number(`0.${match[4]}`);
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) + fraction;
}

interface Shape {
  readonly format: TraceFormat;
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Pick<Envelope, 'from' | 'to' | 'transport'> & {
    /** Where the time stands when it is inside the match; else it is looked for around it. */
    readonly stamp?: string;
  };
}

function sided(sent: boolean, host = '', port = ''): Pick<Envelope, 'from' | 'to'> {
  const other = `${host}:${port}`;
  return sent ? { from: LOCAL, to: other } : { from: other, to: LOCAL };
}

/** Ports that tcpdump calls by name (/etc/services) unless told not to. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['sip', '5060'],
  ['sips', '5061'],
  ['sip-tls', '5061'],
  ['https', '443'],
]);

function portOf(name = ''): string {
  return SERVICES.get(name) ?? name;
}

const SHAPES: readonly Shape[] = [
  {
    // res_pjsip_logger.c: <--- Transmitting SIP request (995 bytes) to TLS:203.0.113.1:443 --->
    format: 'asterisk',
    pattern: new RegExp(
      `<--- (Transmitting|Received) SIP (?:request|response) \\([0-9]+ bytes\\) (?:to|from) ([A-Za-z]+):${ADDRESS} --->`,
    ),
    read: ([, way, transport, host, port]) => ({
      ...sided(way === 'Transmitting', host, port),
      transport: transportOf(transport),
    }),
  },
  {
    // res_pjsip_history.c: <--- History Entry 4 Sent to 203.0.113.1:443 at 1763893200 --->
    format: 'asterisk',
    pattern: new RegExp(
      `<--- History Entry [0-9]+ (Sent to|Received from) ${ADDRESS} at ([0-9]{1,12}) *--->`,
    ),
    read: ([, way, host, port, stamp]) => ({
      ...sided(way === 'Sent to', host, port),
      transport: null,
      ...(stamp !== undefined && { stamp }),
    }),
  },
  {
    // chan_sip.c: <--- SIP read from TLS:203.0.113.1:443 --->
    format: 'asterisk',
    pattern: new RegExp(`<--- SIP read from ([A-Z]+):${ADDRESS} --->`),
    read: ([, transport, host, port]) => ({
      ...sided(false, host, port),
      transport: transportOf(transport),
    }),
  },
  {
    // chan_sip.c: Retransmitting #2 (NAT) to 203.0.113.1:443:
    format: 'asterisk',
    pattern: new RegExp(
      `(?:Transmitting|Retransmitting #[0-9]+) \\((?:no )?(?:NAT|force_rport|rport)\\) to ${ADDRESS}`,
    ),
    read: ([, host, port]) => ({ ...sided(true, host, port), transport: null }),
  },
  {
    // sofia/tport_logging.c: send 1102 bytes to tls/[203.0.113.1]:443 at 15:15:15.123456:
    format: 'freeswitch',
    pattern: new RegExp(`\\b(send|recv) [0-9]+ bytes (?:to|from) ([a-z]+)/${ADDRESS}`),
    read: ([, way, transport, host, port]) => ({
      ...sided(way === 'send', host, port),
      transport: transportOf(transport),
    }),
  },
  {
    // sipp -trace_msg: TCP message sent [650] bytes:
    format: 'sipp',
    pattern: /^(UDP|TCP|TLS|SCTP) (?:control )?message (sent|received) [[(]?[0-9]+/,
    read: ([, transport, way]) => ({
      from: way === 'sent' ? LOCAL : null,
      to: way === 'sent' ? null : LOCAL,
      transport: transportOf(transport),
    }),
  },
  {
    // tcpdump: 10:00:00.123456 IP 203.0.113.1.5060 > 198.51.100.7.5061: Flags [P.], ...
    // With -v the addresses stand on a line of their own.
    format: 'kamailio',
    pattern:
      /(?:\bIP6? |^\s+)([0-9A-Za-z_:.-]+)\.([0-9a-z-]+) > ([0-9A-Za-z_:.-]+)\.([0-9a-z-]+): (?:\[[a-z ]+\] )?(Flags|SIP|UDP|tcp)\b/,
    read: ([, host, port, toHost, toPort, kind]) => ({
      from: `${host ?? ''}:${portOf(port)}`,
      to: `${toHost ?? ''}:${portOf(toPort)}`,
      transport: kind === 'Flags' || kind === 'tcp' ? 'tcp' : 'udp',
    }),
  },
  {
    // sngrep and ngrep: T 2026/11/23 10:00:00.123456 203.0.113.1:5060 -> 198.51.100.7:5061 [AP] #4
    // Homer: proto:TCP 2026-11-23T10:00:00.123Z  203.0.113.1:5060 ---> 198.51.100.7:5061
    format: 'sngrep',
    pattern: new RegExp(
      `^(?:([TU]) |proto:([A-Z]+) )?(?:([0-9/+-]*[ T]?[0-9:.]+Z?)  ?)?${ADDRESS} -{1,3}> ${ADDRESS}(?: \\[[A-Z]+\\])?(?: #[0-9]+)?\\s*$`,
    ),
    read: ([, letter, name, stamp, host, port, toHost, toPort]) => ({
      from: `${host ?? ''}:${port ?? ''}`,
      to: `${toHost ?? ''}:${toPort ?? ''}`,
      transport: letter === 'T' ? 'tcp' : letter === 'U' ? 'udp' : transportOf(name),
      ...(stamp !== undefined && { stamp }),
    }),
  },
];

/** Longer lines are no envelope; keeps the patterns' work bounded. */
const MAX_LINE = 400;

/** What the line says, when it is one. */
export function envelopeIn(line: string): Envelope | null {
  if (line.length > MAX_LINE) return null;
  for (const { format, pattern, read } of SHAPES) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const { stamp, ...ends } = read(match);
    // Groups of an IPv6 address look like a time.
    const around = `${line.slice(0, match.index)} ${line.slice(match.index + match[0].length)}`;
    return { format, ...ends, time: stamp === undefined ? timeIn(around) : secondsOf(stamp) };
  }
  return null;
}

/** A time of the day, or seconds since 1970. */
function secondsOf(stamp: string): number | null {
  return /^[0-9]{9,12}(?:\.[0-9]{1,9})?$/.test(stamp) ? Number(stamp) : timeIn(stamp);
}

/** kamailio's sipdump writes an envelope of several lines, `srcip: 203.0.113.1` and the like. */
const SIPDUMP = /^(time|proto|srcip|srcport|dstip|dstport): (\S{1,64})/;

export class SipdumpHead {
  #told = new Map<string, string>();

  /** True when the line belongs to such an envelope. */
  take(line: string): boolean {
    const match = SIPDUMP.exec(line);
    if (match === null) return false;
    this.#told.set(match[1] ?? '', match[2] ?? '');
    return true;
  }

  /** At the line that ends it; null when it was none. */
  end(line: string): Envelope | null {
    const told = this.#told;
    if (!/^~{5,}$/.test(line) || !told.has('srcip') || !told.has('dstip')) return null;
    this.#told = new Map();
    const end = (side: string) => `${told.get(`${side}ip`) ?? ''}:${told.get(`${side}port`) ?? ''}`;
    return {
      format: 'kamailio',
      from: end('src'),
      to: end('dst'),
      transport: transportOf(told.get('proto')),
      time: secondsOf(told.get('time') ?? ''),
    };
  }
}
