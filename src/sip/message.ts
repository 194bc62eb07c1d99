/**
 * sip/: SIP as text and on the wire.
 *
 * Text to message and back. Reads what real programs write, also when it is sloppy: bare line feeds,
 * folded lines, compact header names. Never throws; memory is bounded by what it is given.
 */

export interface Header {
  /** As written, compact forms spelt out, e.g. `Call-ID`. */
  readonly name: string;
  readonly value: string;
}

interface Common {
  readonly headers: readonly Header[];
  readonly body: string;
}

export interface SipRequest extends Common {
  readonly kind: 'request';
  /** Upper case, e.g. `INVITE`. */
  readonly method: string;
  readonly uri: string;
}

export interface SipResponse extends Common {
  readonly kind: 'response';
  /** 100–699. */
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** Longer than any message a trunk sends; what is longer is not read as one. */
export const MAX_MESSAGE = 65_536;
const MAX_HEADERS = 256;

const REQUEST_LINE = /^([A-Za-z][A-Za-z0-9.!%*_+`'~-]{0,31}) (\S{1,2048}) SIP\/2\.0$/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6][0-9]{2})(?: ([^\r\n]*))?$/;
/** The value is what follows, so that no long line makes the pattern try again and again. */
const HEADER_NAME = /^([A-Za-z0-9.!%*_+`'~-]{1,64})[ \t]*:/;

/** RFC 3261 table 1 and RFC 3515, 3892, 4028, 6665: the one-letter names. */
const COMPACT: ReadonlyMap<string, string> = new Map([
  ['a', 'Accept-Contact'],
  ['b', 'Referred-By'],
  ['c', 'Content-Type'],
  ['e', 'Content-Encoding'],
  ['f', 'From'],
  ['i', 'Call-ID'],
  ['k', 'Supported'],
  ['l', 'Content-Length'],
  ['m', 'Contact'],
  ['o', 'Event'],
  ['r', 'Refer-To'],
  ['s', 'Subject'],
  ['t', 'To'],
  ['u', 'Allow-Events'],
  ['v', 'Via'],
  ['x', 'Session-Expires'],
]);

export function isStartLine(line: string): boolean {
  return REQUEST_LINE.test(line) || STATUS_LINE.test(line);
}

function startOf(
  line: string,
): Omit<SipRequest, keyof Common> | Omit<SipResponse, keyof Common> | null {
  const request = REQUEST_LINE.exec(line);
  if (request !== null) {
    return { kind: 'request', method: (request[1] ?? '').toUpperCase(), uri: request[2] ?? '' };
  }
  const status = STATUS_LINE.exec(line);
  if (status === null) return null;
  return { kind: 'response', status: Number(status[1]), reason: (status[2] ?? '').trim() };
}

function readHeaders(lines: readonly string[]): Header[] | null {
  const headers: Header[] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      const value = `${last.value} ${line.trim()}`.trim();
      headers[headers.length - 1] = { name: last.name, value };
      continue;
    }
    const match = HEADER_NAME.exec(line);
    if (match === null || headers.length === MAX_HEADERS) return null;
    const name = match[1] ?? '';
    const value = line.slice(match[0].length).trim();
    headers.push({ name: COMPACT.get(name.toLowerCase()) ?? name, value });
  }
  return headers;
}

/**
 * The message `text` begins with. Null when it is none. Without Content-Length everything behind the
 * empty line is the body; with one, as many bytes of it as there are.
 */
export function parseMessage(text: string): SipMessage | null {
  if (text.length > MAX_MESSAGE) return null;
  const split = /\r?\n\r?\n/.exec(text);
  const head = split === null ? text.replace(/\r?\n$/, '') : text.slice(0, split.index);
  const [first = '', ...rest] = head.split(/\r?\n/);
  const start = startOf(first);
  const headers = start === null ? null : readHeaders(rest);
  if (start === null || headers === null) return null;
  const behind = split === null ? '' : text.slice(split.index + split[0].length);
  const length = headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value;
  const bytes = length !== undefined && /^[0-9]{1,6}$/.test(length) ? Number(length) : null;
  return { ...start, headers, body: bytes === null ? behind : firstBytes(behind, bytes) };
}

function firstBytes(text: string, count: number): string {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length <= count ? text : bytes.subarray(0, count).toString('utf8');
}

/** The message for the wire, Content-Length set to what the body has. */
export function serializeMessage(message: SipMessage): string {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const headers = message.headers
    .filter(({ name }) => name.toLowerCase() !== 'content-length')
    .map(({ name, value }) => `${name}: ${value}`);
  const length = `Content-Length: ${Buffer.byteLength(message.body, 'utf8')}`;
  return [start, ...headers, length, '', message.body].join('\r\n');
}

/** The first header of that name, whatever its case. */
export function headerOf(message: SipMessage, name: string): string | null {
  const wanted = name.toLowerCase();
  return message.headers.find((header) => header.name.toLowerCase() === wanted)?.value ?? null;
}

/** All headers of that name, lists taken apart at commas outside quotes and angle brackets. */
export function headersOf(message: SipMessage, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.headers
    .filter((header) => header.name.toLowerCase() === wanted)
    .flatMap(({ value }) => splitCommas(value));
}

function splitCommas(value: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let depth = 0;
  let from = 0;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '\\' && quoted) at += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '<') depth += 1;
    else if (character === '>') depth = Math.max(0, depth - 1);
    else if (character === ',' && depth === 0) {
      parts.push(value.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(value.slice(from).trim());
  return parts.filter((part) => part !== '');
}

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

export function cseqOf(message: SipMessage): CSeq | null {
  const match = /^([0-9]{1,10})[ \t]+(\S{1,32})$/.exec(headerOf(message, 'CSeq') ?? '');
  return match === null
    ? null
    : { number: Number(match[1]), method: (match[2] ?? '').toUpperCase() };
}

export interface SipUri {
  readonly scheme: string;
  readonly user: string | null;
  readonly host: string;
  readonly port: number | null;
  /** Lower-case names; '' for a parameter without a value. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What stands in the first angle brackets outside quotes; null without such. */
function inBrackets(value: string): string | null {
  let from = 0;
  // A display name may hold brackets of its own.
  const quoted = value.trimStart().startsWith('"');
  if (quoted) {
    from = value.indexOf('"') + 1;
    while (from < value.length && value[from] !== '"') from += value[from] === '\\' ? 2 : 1;
  }
  const open = value.indexOf('<', from);
  const close = open === -1 ? -1 : value.indexOf('>', open);
  return close === -1 ? null : value.slice(open + 1, close);
}

/** A SIP or SIPS URI, bare or in a From, To, Contact or Route value. Null when there is none. */
export function uriIn(value: string): SipUri | null {
  // Without brackets the parameters are the header's, not the URI's.
  const text = inBrackets(value) ?? value.trim();
  const match =
    /^(sips?):(?:([^@;?\s]{0,256})@)?(\[[0-9a-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?((?:;[^;?\s]*)*)/i.exec(
      text,
    );
  if (match === null) return null;
  const parameters = (match[5] ?? '')
    .split(';')
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const [name = '', ...rest] = part.split('=');
      return [name.toLowerCase(), rest.join('=')];
    });
  return {
    scheme: (match[1] ?? '').toLowerCase(),
    user: match[2] === undefined ? null : (match[2].split(':')[0] ?? ''),
    host: (match[3] ?? '').toLowerCase(),
    port: match[4] === undefined ? null : Number(match[4]),
    parameters: Object.fromEntries(parameters),
  };
}
