/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * Text to messages to dialogs. Takes what Asterisk, FreeSWITCH, Kamailio's tools (sngrep, ngrep, tcpdump)
 * and sipp write, and bare messages. One pass over the lines; never throws.
 */
import {
  MAX_MESSAGE,
  headerOf,
  isStartLine,
  parseMessage,
  uriIn,
  type SipMessage,
} from '../../sip/message';
import { LOCAL, SipdumpHead, envelopeIn, timeIn, type Envelope } from './envelope';
import type { Dialog, Trace, TraceFormat, TracedMessage } from '../types';

/** More than anyone reads at once; the rest of a longer trace is left alone. */
const MAX_LINES = 400_000;
const MAX_MESSAGES = 20_000;

/** What stands before every line: syslog and journald, containers, a quoted mail. */
const PREFIXES: readonly RegExp[] = [
  /^(?:[A-Z][a-z]{2} [ 0-9][0-9] |[0-9]{4}-[0-9]{2}-[0-9]{2}T)[0-9:.,+Z-]{8,32} \S{1,255} \S{1,64}?(?:\[[0-9]{1,10}\])?: ?/,
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}(?:Z|[+-][0-9]{2}:?[0-9]{2})(?: |$)/,
  /^[A-Za-z0-9_.-]{1,64} +\| ?/,
  /^(?:> ?){1,8}/,
];
/** What a program draws under or over a message. */
const RULE = /^\s*(?:<?-{3,}>?|={5,}|\*{5,}|\|{5,})\s*$/;
/** ngrep counts packets that it does not show. */
const COUNTED = /^#{1,400}$/;
/** tcpdump -v tells the time a line before the addresses. */
const VERBOSE_PACKET = /\bIP6? \((?:tos|class|flowlabel|hlim) /;

/** A line as it counts: without what every line begins with. */
interface Line {
  readonly text: string;
  /** In the trace, counted from 0. */
  readonly index: number;
  /** Of what stood before it, in seconds of the day. */
  readonly time: number | null;
}

interface Open {
  readonly line: number;
  readonly envelope: Envelope | null;
  readonly time: number | null;
  /** What stands before every line of the message. */
  readonly indent: string;
  /** ngrep and tcpdump show a carriage return as a dot. */
  readonly dotted: boolean;
  readonly lines: string[];
  size: number;
  /** Bytes of body still to come; null as long as the headers last, or when no length was told. */
  rest: number | null;
  inBody: boolean;
  sdp?: boolean;
}

interface Start {
  readonly indent: string;
  readonly dotted: boolean;
  readonly text: string;
}

const EMBEDDED =
  /(?:^|[^A-Za-z0-9])((?:INVITE|ACK|BYE|CANCEL|OPTIONS|REGISTER|PRACK|UPDATE|REFER|INFO|NOTIFY|SUBSCRIBE|MESSAGE|PUBLISH) sips?:\S{1,2000} SIP\/2\.0|SIP\/2\.0 [1-6][0-9]{2} .{0,100}?)(\.?)$/;

/** A start line, perhaps indented, dotted, or behind a packet's binary headers (tcpdump -A). */
function startIn(line: string): Start | null {
  if (line.length > MAX_MESSAGE || !line.includes('SIP/2.0')) return null;
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const text = line.slice(indent.length);
  if (isStartLine(text)) {
    const dotted = text.startsWith('SIP/2.0') && text.endsWith('.');
    return { indent, dotted, text: dotted ? text.slice(0, -1) : text };
  }
  const embedded = EMBEDDED.exec(line);
  if (embedded === null) return null;
  const found = embedded[1] ?? '';
  return isStartLine(found) ? { indent: '', dotted: embedded[2] === '.', text: found } : null;
}

class Splitter {
  readonly messages: TracedMessage[] = [];
  readonly unread: number[] = [];
  readonly #formats = new Map<TraceFormat, number>();
  readonly #sipdump = new SipdumpHead();
  #open: Open | null = null;
  /** Cut in the middle by the end of a packet; goes on when the next line begins no message. */
  #cut: Open | null = null;
  #envelope: Envelope | null = null;
  /** Of a line that only tells the time, as sipp writes one. */
  #time: number | null = null;
  #firstTime: number | null = null;
  #lastTime: number | null = null;

  take({ text, index, time }: Line): void {
    if (COUNTED.test(text)) return;
    if (time !== null) this.#time = time;
    const envelope = envelopeIn(text) ?? this.#sipdump.end(text);
    if (envelope !== null) {
      this.#meet({ ...envelope, time: envelope.time ?? this.#time });
      return;
    }
    const start = startIn(text);
    if (start !== null && !this.#holdsFragment()) {
      this.#close();
      this.#begin(start, index);
      return;
    }
    if (VERBOSE_PACKET.test(text)) {
      this.#close();
      this.#time = timeIn(text) ?? this.#time;
      return;
    }
    if (this.#cut !== null && this.#resume(this.#cut, text)) return;
    if (this.#open === null) {
      this.#between(text);
      return;
    }
    if (this.#open.lines.length > 1 && RULE.test(text)) {
      this.#close();
      return;
    }
    this.#add(this.#open, text);
  }

  end(): void {
    this.#close();
  }

  /** Seconds from the first message with a time to the last line with one. */
  get lasted(): number | null {
    return this.#lastTime;
  }

  get format(): TraceFormat {
    const [most] = [...this.#formats].sort((a, b) => b[1] - a[1]);
    return most?.[0] ?? 'plain';
  }

  /** Lines of no message: they tell how long the trace went on. */
  #between(text: string): void {
    if (this.#sipdump.take(text)) return;
    const time = timeIn(text.slice(0, 80));
    if (time === null) return;
    if (/^-{5,}/.test(text)) this.#time = time;
    if (this.#firstTime !== null) this.#relative(time);
  }

  #meet(envelope: Envelope): void {
    const open = this.#open;
    // Whoever logs whole messages cuts none.
    const packets = envelope.format === 'sngrep' || envelope.format === 'kamailio';
    const goesOn =
      open !== null &&
      packets &&
      (!open.inBody || (open.rest ?? 0) > 0) &&
      open.envelope?.from === envelope.from &&
      open.envelope.to === envelope.to &&
      open.lines.length > 1;
    if (goesOn) {
      this.#finishCut();
      this.#cut = open;
      this.#open = null;
    } else {
      this.#close();
    }
    this.#envelope = envelope;
  }

  /** The second packet of a message: true when the line is part of it. */
  #resume(cut: Open, text: string): boolean {
    if (text.trim() === '') return false;
    this.#cut = null;
    this.#envelope = null;
    this.#open = cut;
    // tcpdump puts the packet's own bytes before the text: that line cannot be read.
    if (cut.envelope?.format === 'kamailio') return true;
    const before = cut.lines.pop() ?? '';
    if (cut.rest !== null && cut.inBody) cut.rest += Buffer.byteLength(before, 'utf8') + 2;
    this.#add(cut, `${before}${text}`);
    return true;
  }

  /** In the body of a NOTIFY a status line begins no message. */
  #holdsFragment(): boolean {
    const open = this.#open;
    return (
      open !== null &&
      open.inBody &&
      (open.rest ?? 0) > 0 &&
      open.lines.some((line) => /^(?:Content-Type|c)[ \t]*:[ \t]*message\/sipfrag/i.test(line))
    );
  }

  #begin({ indent, dotted, text }: Start, line: number): void {
    const envelope = this.#envelope;
    this.#open = {
      line,
      envelope,
      time: envelope === null ? this.#time : envelope.time,
      indent,
      dotted,
      lines: [text],
      size: text.length,
      rest: null,
      inBody: false,
    };
    this.#envelope = null;
  }

  #add(open: Open, raw: string): void {
    let line = raw.startsWith(open.indent) ? raw.slice(open.indent.length) : raw.trimStart();
    if (open.dotted && line.endsWith('.')) line = line.slice(0, -1);
    if (!open.inBody) {
      if (line.trim() === '') {
        open.inBody = true;
        open.lines.push('');
        if (open.rest === 0) this.#close();
        return;
      }
      // What is no header ends a message that has no body, e.g. the program's next log line.
      if (!/^(?:[ \t]|[A-Za-z0-9.!%*_+`'~-]+[ \t]*:)/.test(line)) {
        this.#close();
        return;
      }
      const length = /^(?:Content-Length|l)[ \t]*:[ \t]*([0-9]{1,6})\s*$/i.exec(line);
      if (length !== null) open.rest = Number(length[1]);
      if (/^(?:Content-Type|c)[ \t]*:[ \t]*application\/sdp/i.test(line)) open.sdp = true;
    } else {
      // SDP is `x=…`; a line that is none ends the body, also when more of it was announced.
      if ((open.rest === null || open.sdp === true) && !/^[a-z]=/.test(line)) {
        this.#close();
        this.#between(raw);
        return;
      }
      if (open.rest !== null) open.rest -= Buffer.byteLength(line, 'utf8') + 2;
    }
    open.lines.push(line);
    open.size += line.length + 2;
    if (open.size > MAX_MESSAGE || (open.inBody && open.rest !== null && open.rest <= 0)) {
      this.#close();
    }
  }

  #close(): void {
    this.#finishCut();
    const open = this.#open;
    this.#open = null;
    if (open !== null) this.#finish(open);
  }

  #finishCut(): void {
    const cut = this.#cut;
    this.#cut = null;
    if (cut !== null) this.#finish(cut);
  }

  #finish(open: Open): void {
    if (this.messages.length >= MAX_MESSAGES) return;
    // A start line that a log only mentions.
    if (open.lines.slice(1).every((line) => line === '')) return;
    // A body of lines ends in a line end; parseMessage cuts at Content-Length.
    const message = parseMessage(`${open.lines.join('\r\n')}\r\n`);
    if (message === null || headerOf(message, 'Call-ID') === null) {
      this.unread.push(open.line);
      return;
    }
    const { envelope } = open;
    if (envelope === null && this.#isTwice(message)) return;
    const format = envelope?.format ?? 'plain';
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
    this.#packet = format === 'kamailio' ? message : null;
    this.messages.push({
      message,
      line: open.line,
      time: this.#relative(open.time),
      ...endsOf(message, envelope),
    });
  }

  #packet: SipMessage | null = null;

  /** tcpdump -v -A shows a packet's message decoded, then as it was. */
  #isTwice(message: SipMessage): boolean {
    const before = this.#packet;
    this.#packet = null;
    return before !== null && JSON.stringify(before.headers) === JSON.stringify(message.headers);
  }

  #relative(time: number | null): number | null {
    if (time === null) return null;
    this.#firstTime ??= time;
    const since = time - this.#firstTime;
    // Midnight.
    const relative = since < -43_200 ? since + 86_400 : since;
    this.#lastTime = Math.max(this.#lastTime ?? 0, relative);
    return relative;
  }
}

/** An end that nothing tells. */
const UNKNOWN = '?';

const TRANSPORT_IN_VIA = /^SIP\s*\/\s*2\.0\s*\/\s*(UDP|TCP|TLS)\s+([^\s;]+)/i;

/** What the envelope does not tell, the topmost Via and the request URI do. */
function endsOf(
  message: SipMessage,
  envelope: Envelope | null,
): Pick<TracedMessage, 'from' | 'to' | 'transport'> {
  const via = TRANSPORT_IN_VIA.exec(headerOf(message, 'Via') ?? '');
  const transport =
    envelope?.transport ?? ((via?.[1]?.toLowerCase() ?? null) as TracedMessage['transport']);
  const sender = via?.[2] ?? LOCAL;
  const uri = message.kind === 'request' ? uriIn(message.uri) : null;
  const target = uri === null ? UNKNOWN : uri.port === null ? uri.host : `${uri.host}:${uri.port}`;
  const [from, to] = message.kind === 'request' ? [sender, target] : [target, sender];
  return {
    from: envelope?.from ?? from,
    to: envelope?.to ?? to,
    transport,
  };
}

/** The answers of a trace that names no ends come from where their requests went. */
function withAnswerers(messages: readonly TracedMessage[]): TracedMessage[] {
  const askedOf = new Map<string, string>();
  return messages.map((traced) => {
    const { message } = traced;
    const key = `${headerOf(message, 'Via') ?? ''} ${headerOf(message, 'Call-ID') ?? ''}`;
    // What the answerer adds to the Via is left out.
    const plain = key.replace(/;(?:received|rport)(?:=[^;, ]*)?/g, '');
    if (message.kind === 'request') askedOf.set(plain, traced.to);
    else if (traced.from === UNKNOWN) return { ...traced, from: askedOf.get(plain) ?? UNKNOWN };
    return traced;
  });
}

function linesOf(text: string): readonly Line[] {
  const lines = text.split(/\r?\n/, MAX_LINES);
  const some = lines.slice(0, 200).filter((line) => line.trim() !== '');
  const prefix = PREFIXES.find(
    (pattern) => some.filter((line) => pattern.test(line)).length > some.length / 2,
  );
  return lines.flatMap((line, index): Line[] => {
    const before = prefix?.exec(line)?.[0] ?? '';
    const rest = line.slice(before.length);
    const time = before === '' ? null : timeIn(before);
    return unfolded(rest).map((one) => ({ text: one, index, time }));
  });
}

/** syslog writes the line ends inside a message as #015#012, JSON and Go as \r\n. */
function unfolded(line: string): readonly string[] {
  if (line.includes('#012')) return line.split(/(?:#015)?#012/);
  if (line.includes('SIP/2.0\\r\\n') || line.includes('\\r\\nVia:')) return line.split('\\r\\n');
  return [line];
}

export interface Reading {
  readonly trace: Trace;
  /** Seconds from the first message with a time to the last line with one; null without times. */
  readonly lasted: number | null;
}

export function readWhole(text: string): Reading {
  const splitter = new Splitter();
  for (const line of linesOf(text)) splitter.take(line);
  splitter.end();
  const dialogs = new Map<string, TracedMessage[]>();
  for (const traced of withAnswerers(splitter.messages)) {
    const callId = headerOf(traced.message, 'Call-ID') ?? '';
    const known = dialogs.get(callId);
    if (known === undefined) dialogs.set(callId, [traced]);
    else known.push(traced);
  }
  const trace = {
    format: splitter.format,
    dialogs: [...dialogs].map(([callId, messages]): Dialog => ({ callId, messages })),
    unread: splitter.unread,
  };
  return { trace, lasted: splitter.lasted };
}

/** The trace in `text`. What is no SIP is passed over. */
export function readTrace(text: string): Trace {
  return readWhole(text).trace;
}
