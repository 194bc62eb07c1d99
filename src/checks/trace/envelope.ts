/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * The line that a program writes before a message: who sent it to whom, over what, and when.
 */
import type { TraceFormat, TracedMessage } from './types';

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
  const match = /(?:^|[^0-9])([0-2][0-9]):([0-5][0-9]):([0-5][0-9])(?:[.,]([0-9]{1,6}))?/.exec(
    line,
  );
  if (match === null) return null;
  const fraction = match[4] === undefined ? 0 : Number(`0.${match[4]}`);
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) + fraction;
}

interface Shape {
  readonly format: TraceFormat;
  readonly pattern: RegExp;
  read(match: RegExpExecArray): Pick<Envelope, 'from' | 'to' | 'transport'>;
}

function sided(sent: boolean, host = '', port = ''): Pick<Envelope, 'from' | 'to'> {
  const other = `${host}:${port}`;
  return sent ? { from: LOCAL, to: other } : { from: other, to: LOCAL };
}

const SHAPES: readonly Shape[] = [
  {
    // res_pjsip_logger.c: <--- Transmitting SIP request (995 bytes) to TLS:203.0.113.1:443 --->
    format: 'asterisk',
    pattern: new RegExp(
      `<--- (Transmitting|Received) SIP (?:request|response) \\([0-9]+ bytes\\) (?:to|from) ([A-Z]+):${ADDRESS} --->`,
    ),
    read: ([, way, transport, host, port]) => ({
      ...sided(way === 'Transmitting', host, port),
      transport: transportOf(transport),
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
    pattern: new RegExp(`(send|recv) [0-9]+ bytes (?:to|from) ([a-z]+)/${ADDRESS}`),
    read: ([, way, transport, host, port]) => ({
      ...sided(way === 'send', host, port),
      transport: transportOf(transport),
    }),
  },
  {
    // sipp -trace_msg: TCP message sent [650] bytes:
    format: 'sipp',
    pattern: /^(UDP|TCP|TLS|SCTP) message (sent|received) [[(]?[0-9]+[\])]?/,
    read: ([, transport, way]) => ({
      from: way === 'sent' ? LOCAL : null,
      to: way === 'sent' ? null : LOCAL,
      transport: transportOf(transport),
    }),
  },
  {
    // tcpdump: 10:00:00.123456 IP 203.0.113.1.5060 > 198.51.100.7.5061: Flags [P.], ...
    format: 'kamailio',
    pattern:
      /\bIP6? ([0-9A-Fa-f.:]+)\.([0-9]{1,5}) > ([0-9A-Fa-f.:]+)\.([0-9]{1,5}): (Flags|SIP|UDP)/,
    read: ([, host, port, toHost, toPort, kind]) => ({
      from: `${host ?? ''}:${port ?? ''}`,
      to: `${toHost ?? ''}:${toPort ?? ''}`,
      transport: kind === 'Flags' ? 'tcp' : 'udp',
    }),
  },
  {
    // sngrep and ngrep: T 2026/11/23 10:00:00.123456 203.0.113.1:5060 -> 198.51.100.7:5061 [AP]
    format: 'sngrep',
    pattern: new RegExp(
      `^(?:([TU]) )?(?:[0-9/ -]+[0-9:.]+ )?${ADDRESS} -> ${ADDRESS}(?: \\[[A-Z]+\\])?(?: #[0-9]+)?\\s*$`,
    ),
    read: ([, kind, host, port, toHost, toPort]) => ({
      from: `${host ?? ''}:${port ?? ''}`,
      to: `${toHost ?? ''}:${toPort ?? ''}`,
      transport: kind === 'T' ? 'tcp' : kind === 'U' ? 'udp' : null,
    }),
  },
];

/** Longer lines are no envelope; keeps the patterns' work bounded. */
const MAX_LINE = 400;

/** What the line says, when it is one. */
export function envelopeIn(line: string): Envelope | null {
  if (line.length > MAX_LINE) return null;
  for (const shape of SHAPES) {
    const match = shape.pattern.exec(line);
    if (match !== null) {
      return { format: shape.format, ...shape.read(match), time: timeIn(line) };
    }
  }
  return null;
}
