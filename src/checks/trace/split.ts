/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
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
} from '../sip/message';
import { LOCAL, envelopeIn, timeIn, type Envelope } from './envelope';
import type { Dialog, Trace, TraceFormat, TracedMessage } from './types';

/** More than anyone reads at once; the rest of a longer trace is left alone. */
const MAX_LINES = 400_000;
const MAX_MESSAGES = 20_000;

/** Syslog and journald write their own prefix on every line. */
const LOG_PREFIX =
  /^(?:[A-Z][a-z]{2} [ 0-9][0-9] |[0-9]{4}-[0-9]{2}-[0-9]{2}T)[0-9:.,+Z-]{8,32} \S{1,255} \S{1,64}?(?:\[[0-9]{1,10}\])?: ?/;
/** What a program draws under or over a message. */
const RULE = /^\s*(?:<?-{3,}>?|={5,}|\*{5,})\s*$/;

interface Open {
  readonly line: number;
  readonly envelope: Envelope | null;
  /** What stands before every line of the message. */
  readonly indent: string;
  /** ngrep and tcpdump show a carriage return as a dot. */
  readonly dotted: boolean;
  readonly lines: string[];
  size: number;
  /** Bytes of body still to come; null as long as the headers last, or when no length was told. */
  rest: number | null;
  inBody: boolean;
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
  #open: Open | null = null;
  #envelope: Envelope | null = null;
  /** Of a line that only tells the time, as sipp writes one. */
  #time: number | null = null;
  #firstTime: number | null = null;

  take(line: string, index: number): void {
    const envelope = envelopeIn(line);
    if (envelope !== null) {
      this.#close();
      this.#envelope = envelope.time === null ? { ...envelope, time: this.#time } : envelope;
      return;
    }
    const start = startIn(line);
    if (start !== null) {
      this.#close();
      this.#begin(start, index);
      return;
    }
    if (this.#open === null) {
      if (/^-{5,}/.test(line)) this.#time = timeIn(line) ?? this.#time;
      return;
    }
    if (this.#open.lines.length > 1 && RULE.test(line)) {
      this.#close();
      return;
    }
    this.#add(this.#open, line);
  }

  end(): void {
    this.#close();
  }

  get format(): TraceFormat {
    const [most] = [...this.#formats].sort((a, b) => b[1] - a[1]);
    return most?.[0] ?? 'plain';
  }

  #begin({ indent, dotted, text }: Start, line: number): void {
    this.#open = {
      line,
      envelope: this.#envelope,
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
    } else {
      // SDP is `x=…`; a line that is none and no length told ends the body.
      if (open.rest === null && !/^[a-z]=/.test(line)) {
        this.#close();
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
    const open = this.#open;
    this.#open = null;
    if (open === null || this.messages.length >= MAX_MESSAGES) return;
    // A body of lines ends in a line end; parseMessage cuts at Content-Length.
    const message = parseMessage(`${open.lines.join('\r\n')}\r\n`);
    if (message === null) {
      this.unread.push(open.line);
      return;
    }
    const { envelope } = open;
    const format = envelope?.format ?? 'plain';
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
    this.messages.push({
      message,
      line: open.line,
      time: this.#relative(envelope?.time ?? null),
      ...endsOf(message, envelope),
    });
  }

  #relative(time: number | null): number | null {
    if (time === null) return null;
    this.#firstTime ??= time;
    const since = time - this.#firstTime;
    // Midnight.
    return since < -43_200 ? since + 86_400 : since;
  }
}

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
  const target = uri === null ? '?' : uri.port === null ? uri.host : `${uri.host}:${uri.port}`;
  const [from, to] = message.kind === 'request' ? [sender, target] : [target, sender];
  return {
    from: envelope?.from ?? from,
    to: envelope?.to ?? to,
    transport,
  };
}

function withoutPrefix(lines: readonly string[]): readonly string[] {
  const some = lines.slice(0, 200).filter((line) => line.trim() !== '');
  const prefixed = some.filter((line) => LOG_PREFIX.test(line)).length;
  return prefixed > some.length / 2 ? lines.map((line) => line.replace(LOG_PREFIX, '')) : lines;
}

/** The trace in `text`. What is no SIP is passed over. */
export function readTrace(text: string): Trace {
  const lines = withoutPrefix(text.split(/\r?\n/, MAX_LINES));
  const splitter = new Splitter();
  for (const [index, line] of lines.entries()) splitter.take(line, index);
  splitter.end();
  const dialogs = new Map<string, TracedMessage[]>();
  for (const traced of splitter.messages) {
    const callId = headerOf(traced.message, 'Call-ID') ?? '';
    const known = dialogs.get(callId);
    if (known === undefined) dialogs.set(callId, [traced]);
    else known.push(traced);
  }
  return {
    format: splitter.format,
    dialogs: [...dialogs].map(([callId, messages]): Dialog => ({ callId, messages })),
    unread: splitter.unread,
  };
}
