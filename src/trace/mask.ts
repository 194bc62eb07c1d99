/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * Taking out of a trace what must not leave this computer: digest answers, nonces, SRTP keys, passwords
 * in URIs and in pasted settings. Everything else stays, so that support can read it.
 */
import { envelopeIn } from './readers/envelope';

const MASK = '•••';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What stands before a secret, and where the secret is that begins behind it. */
interface Rule {
  readonly before: RegExp;
  readonly hide: (text: string, at: number, match: RegExpExecArray) => readonly Stretch[];
}

/** A value in quotes. JSON and Go write `\"` for a quote, JSON within JSON `\\\"`. */
const OPENING = /(\\*)(["'])/y;
/** As it is, as in JSON, and as syslog writes it. */
const LINE_END = /\r?\n|\\+r\\+n|(?:#015)?#012/y;
/** What may end a value in quotes. */
const TOKEN = /\\+|["'\r\n]|(?:#015)?#012/g;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Quoted extends Stretch {
  /** The line ended before the quotes did. */
  readonly open: boolean;
}

/** The inside of the quotes that open at `at`; null when none do. */
function quotedAt(text: string, at: number, folded: boolean): Quoted | null {
  const opening = matchAt(OPENING, text, at);
  if (opening === null) return null;
  const depth = opening[1]?.length ?? 0;
  const quote = opening[2] ?? '"';
  const start = at + opening[0].length;
  TOKEN.lastIndex = start;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [found] = token;
    const before = found.startsWith('\\') ? found.length : 0;
    if (before > 0 && text[TOKEN.lastIndex] !== quote) {
      if (folded && matchAt(LINE_END, text, token.index) !== null) {
        return { start, end: token.index, open: true };
      }
    } else if (before > 0 || found === quote) {
      // With fewer backslashes it ends what the value stands in.
      if (before < depth) return { start, end: token.index, open: false };
      // Every level of JSON doubles the backslashes; an odd number of them escapes the quote.
      const escapes = (before - depth) / (depth + 1);
      if (escapes % 2 === 0) return { start, end: token.index + before - depth, open: false };
      TOKEN.lastIndex += 1;
    } else if (found === '\r' || found === '\n' || (folded && found.endsWith('#012'))) {
      return { start, end: token.index, open: true };
    }
  }
  return { start, end: text.length, open: false };
}

/** Before every line: syslog, a quoted mail, an indentation. */
const PREFIX =
  /(?:(?:[A-Z][a-z]{2} [ 0-9][0-9] |[0-9]{4}-[0-9]{2}-[0-9]{2}T)[0-9:.,+Z-]{8,32} \S{1,255} \S{1,64}?(?:\[[0-9]{1,10}\])?:)?[> \t]{0,80}/y;
const LINE = /[^\r\n]{0,400}/y;
/** ngrep counts packets; tcpdump -v writes a line before the addresses. */
const BETWEEN = /^(?:\.?|#{1,400})$|\bIP6? \((?:tos|class|flowlabel|hlim) /;
/** Lines from one packet's text to the next one's. */
const MAX_BETWEEN = 6;
/** The rest of a value: up to its quote, or a line of nothing else. A header name is none. */
const REST = /[^":\r\n\\]{0,200}(?=\\*")/y;
const REST_OF_PACKET = /[^"\r\n\\]{0,200}(?=\\*")/y;
const ALONE = /[A-Za-z0-9+/=]{1,200}(?=\.?(?:\r?\n|$))/y;

/** Where a value goes on whose line ended at `at`: on the next one, or in the next packet. */
function restAfter(text: string, at: number): Stretch | null {
  let position = at;
  let packet = false;
  for (let lines = 0; lines <= MAX_BETWEEN; lines += 1) {
    const ended = matchAt(LINE_END, text, position);
    if (ended === null) return null;
    const begin = position + ended[0].length;
    const start = begin + (matchAt(PREFIX, text, begin)?.[0].length ?? 0);
    const line = matchAt(LINE, text, begin)?.[0] ?? '';
    const shown = text.slice(start, begin + line.length);
    const head = envelopeIn(shown) ?? envelopeIn(line);
    if (head === null && !BETWEEN.test(shown)) {
      // Without a head an empty line ends the headers, and a start line begins another message.
      if ((lines > 0 && !packet) || line.includes('SIP/2.0')) return null;
      const rest =
        matchAt(packet ? REST_OF_PACKET : REST, text, start) ??
        (packet || !/^[a-z]=/.test(shown) ? matchAt(ALONE, text, start) : null);
      return rest === null ? null : { start, end: start + rest[0].length };
    }
    packet ||= head !== null;
    position = begin + line.length;
  }
  return null;
}

/** A digest value without quotes; syslog and JSON put `#015#012` and `\r\n` behind it. */
const BARE = /(?:(?!#01[25])[^\s,";\\])+/y;

function digestValue(text: string, at: number): readonly Stretch[] {
  const quoted = text[at] === "'" ? null : quotedAt(text, at, true);
  if (quoted === null) {
    const bare = matchAt(BARE, text, at);
    return bare === null ? [] : [{ start: at, end: at + bare[0].length }];
  }
  const rest = quoted.open ? restAfter(text, quoted.end) : null;
  return rest === null ? [quoted] : [quoted, rest];
}

const CLOSING = /\\*["']/y;
/** Behind the closing quote: Asterisk takes quotes for part of the value. */
const REMAINDER = /(?!#01[25])[^\s,;&)}\]/>\\"'](?:(?!#01[25]|\\{1,4}[rn])\S){0,256}/y;
const TO_LINE_END = /[^\r\n]+/y;
const TO_COMMA = /[^\s,}\]]+/y;

function settingValue(text: string, at: number, match: RegExpExecArray): readonly Stretch[] {
  const quoted = quotedAt(text, at, false);
  if (quoted !== null) {
    const behind = quoted.end + (matchAt(CLOSING, text, quoted.end)?.[0].length ?? 0);
    const more = behind > quoted.end ? matchAt(REMAINDER, text, behind) : null;
    return more === null ? [quoted] : [quoted, { start: behind, end: behind + more[0].length }];
  }
  const bare = matchAt(match.groups?.['key'] === undefined ? TO_LINE_END : TO_COMMA, text, at);
  return bare === null ? [] : [{ start: at, end: at + bare[0].length }];
}

const NAMES = [
  'passw(?:or)?d',
  'passphrase',
  '(?<!ice-)pwd',
  'secret',
  'auth[_-]?pass',
  'md5_?cred',
  'a1[_-]?hash',
  'api[_-]?(?:key|token)',
  '(?:auth|access)[_-]?token',
  'sip_auth_(?:response|c?nonce|opaque)',
].join('|');
const NAME = `(?:${NAMES})(?:[_-]?(?:digest|hash))?`;
const BLANK = '[^\\S\\r\\n]*';

/** No word boundary before a name: syslog and JSON put `#012` and `\n` there. */
const RULES: readonly Rule[] = [
  {
    before: new RegExp(
      `(?:response|nonce|opaque|rspauth)${BLANK}=(?:\\s[\\s>]*(?=\\\\*")|${BLANK})`,
      'gi',
    ),
    hide: digestValue,
  },
  {
    // password = …, "password": "…", $avp(password) = "…", name="password" value="…"
    before: new RegExp(
      `${NAME}(?:(?<key>\\\\*["'])${BLANK}:|\\\\*["'][^\\S\\r\\n]+value${BLANK}=|\\)?${BLANK}(?:!?={1,2}>?|:=?))${BLANK}`,
      'gi',
    ),
    hide: settingValue,
  },
  {
    // modparam("uac", "auth_password", "…")
    before: new RegExp(
      `modparam${BLANK}\\(${BLANK}\\\\*["'][^"'\\\\\\r\\n]{1,64}\\\\*["']${BLANK},${BLANK}\\\\*["'][\\w-]{0,64}?(?:${NAME}|credential|ha1)\\\\*["']${BLANK},${BLANK}`,
      'gi',
    ),
    hide: settingValue,
  },
];

/** No backslash or `#` in what is Base64: an escaped line end follows, and the next line stays. */
const REPLACED: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/(Authorization\\*["']?\s*[:=]\s*\\*["']?(?:Basic|Bearer)\s+)[^\s\\#"']+/gi, `$1${MASK}`],
  [/(inline:)[^\s|;"\\#]+/gi, `$1${MASK}`],
  [/(a=(?:ice-pwd|key-mgmt):)[^\r\n\\#]+/gi, `$1${MASK}`],
  [/(k=(?:clear|base64|uri):)\S+/gi, `$1${MASK}`],
  [/(sips?:[^\s:@<>"]{1,128}):[^\s@<>"]{1,256}@/gi, `$1:${MASK}@`],
  // Of the database as well: modparam("auth_db", "db_url", "mysql://user:…@host/name")
  [
    /((?:https?|wss?|mysql|postgres(?:ql)?|redis):\/\/[^\s:@/]{1,256}):[^\s@]{1,256}@/gi,
    `$1:${MASK}@`,
  ],
  [/((?:password|passwd|secret)>)[^<>\r\n]{1,256}(?=<\/)/gi, `$1${MASK}`],
];

function hidden(text: string, { before, hide }: Rule): string {
  let result = '';
  let done = 0;
  for (const match of text.matchAll(before)) {
    const at = match.index + match[0].length;
    // A name inside a value that is masked already.
    if (at < done) continue;
    for (const { start, end } of hide(text, at, match)) {
      if (end <= start || start < done) continue;
      result += text.slice(done, start) + MASK;
      done = end;
    }
  }
  return result + text.slice(done);
}

export function maskTrace(text: string): string {
  const masked = RULES.reduce(hidden, text);
  return REPLACED.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    masked,
  );
}
