/**
 * app/: the application, without `vscode`.
 *
 * The log channel, and what keeps secrets out of it. Every line passes through the redactor: secrets
 * this window has met are masked in each form they travel in, and what merely looks like one is masked
 * by its surroundings. Log lines are for support and are not localised.
 */
import { ExotelError } from '../exotel/errors';
import type { Secret } from '../exotel/secret';
import type { ApiKeys } from './accounts/account';

const MASK = '•••';

/** Shorter values would mask half the alphabet, and are no secrets worth the name. */
const SHORTEST = 4;

/** `vscode.LogOutputChannel`, as far as we write to it. */
export interface LogChannel {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** `details`: an Error is written with its causes and stack, anything else as JSON. */
export interface Log {
  debug(message: string, details?: unknown): void;
  info(message: string, details?: unknown): void;
  warn(message: string, details?: unknown): void;
  error(message: string, details?: unknown): void;
}

export function createLog(channel: LogChannel, known: KnownSecrets): Log {
  const line = (message: string, details: unknown) =>
    known.redact(details === undefined ? message : `${message} ${describe(details)}`);
  return {
    debug: (message, details) => channel.debug(line(message, details)),
    info: (message, details) => channel.info(line(message, details)),
    warn: (message, details) => channel.warn(line(message, details)),
    error: (message, details) => channel.error(line(message, details)),
  };
}

/** The secrets this window has met. Told by whoever reads or receives one; forgets none. */
export class KnownSecrets {
  readonly #forms = new Set<string>();

  add(secret: Secret): void {
    this.#addText(secret.reveal());
  }

  /** Key, token and the Basic authorization they make. */
  addKeys({ apiKey, apiToken }: ApiKeys): void {
    this.add(apiKey);
    this.add(apiToken);
    const pair = `${apiKey.reveal()}:${apiToken.reveal()}`;
    this.#addText(pair);
    for (const text of base64Of(Buffer.from(pair, 'latin1'))) this.#addText(text);
  }

  /**
   * The text without any known secret and without what looks like one. Every stretch that either covers
   * is masked as a whole, so that of two overlapping secrets neither leaves a rest.
   */
  redact(text: string): string {
    const hits = [...this.#knownIn(text), ...suspectsIn(text)].sort((a, b) => a.start - b.start);
    let result = '';
    let done = 0;
    for (const { start, end } of hits) {
      if (start >= done) result += text.slice(done, start) + MASK;
      done = Math.max(done, end);
    }
    return result + text.slice(done);
  }

  #addText(value: string): void {
    if (value.length < SHORTEST) return;
    for (const form of formsOf(value)) this.#forms.add(form);
  }

  *#knownIn(text: string): Iterable<Stretch> {
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
        yield { start: at, end: at + form.length };
      }
    }
  }
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** In either alphabet, with and without the `=` at the end. */
function base64Of(bytes: Buffer): readonly string[] {
  const padded = bytes.toString('base64');
  return [padded, padded.replace(/=+$/, ''), bytes.toString('base64url')];
}

/** How a value looks in Base64, inside JSON, JSON in JSON, a form body, a URL and a URL's user part. */
function formsOf(value: string): Iterable<string> {
  const json = JSON.stringify(value).slice(1, -1);
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const url = new URL('https://host');
  url.password = value;
  const forms = [
    value,
    ...base64Of(Buffer.from(value)),
    json,
    JSON.stringify(json).slice(1, -1),
    form,
    form.replaceAll('+', '%20'),
    url.password,
  ];
  // Half a surrogate pair cannot be written into a URL; encodeURIComponent throws on it.
  if (!/\p{Surrogate}/u.test(value)) forms.push(encodeURIComponent(value), encodeURI(value));
  const lowerHex = (text: string) => text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  return new Set([...forms, ...forms.map(lowerHex)]);
}

// A quoted value, its quotes included: "…", '…', and \"…\" as in JSON within JSON. One that does not
// end reaches to the end of the text.
const QUOTED = String.raw`\\"(?:\\\\\\.|(?!\\")[^])*|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?`;
const SEPARATOR = String.raw`(?:\\*["'])?[^\S\r\n]*[:=][^\S\r\n]*`;
const SECRET_NAME = 'passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key';

/** What looks like a secret, by what stands around it; the group `hide` is the secret. */
const SUSPECTS: readonly RegExp[] = [
  // "authorization":"Basic …", and the header itself, to the end of the line.
  new RegExp(String.raw`authorization\\*["']\s*:\s*(?<hide>${QUOTED})`, 'dgi'),
  /authorization[^\S\r\n]*[:=][^\S\r\n]*(?<hide>[^\r\n]+)/dgi,
  /\b(?:Basic|Bearer)\s+(?<hide>[\w+/=.~-]{16,})/dgi,
  // password=…, "password":"…", api_token: '…'
  new RegExp(
    String.raw`(?:${SECRET_NAME})${SEPARATOR}(?<hide>(?:${QUOTED})[^\s&,;}\])]*|[^\s&]+)`,
    'dgi',
  ),
  // https://user:password@host
  /\b[a-z][a-z\d+.-]{0,20}:\/\/(?<hide>[^\s/?#]*)@/dgi,
  // sip:user:password@host; bounded, for a line full of `sip:` would take for ever otherwise.
  /\bsips?:[^\s:@;<>]{1,200}:(?<hide>[^\s@<>]{1,200})@/dgi,
];

function* suspectsIn(text: string): Iterable<Stretch> {
  for (const suspect of SUSPECTS) {
    for (const match of text.matchAll(suspect)) {
      const [start, end] = match.indices?.groups?.['hide'] ?? [0, 0];
      if (end > start) yield { start, end };
    }
  }
}

function describe(details: unknown): string {
  if (details instanceof Error) return describeError(details, 0);
  try {
    const replacer = (_key: string, value: unknown) => {
      if (value instanceof Error) return describeError(value, 0);
      return typeof value === 'bigint' ? String(value) : value;
    };
    return JSON.stringify(details, replacer);
  } catch {
    return '[details that cannot be written]';
  }
}

/** Deep enough for any honest chain of causes, and an end for a circular one. */
const DEEPEST_CAUSE = 5;

function describeError(error: Error, depth: number): string {
  const text = error.stack ?? `${error.name}: ${error.message}`;
  const facts = error instanceof ExotelError ? `\n${factsOf(error)}` : '';
  const cause =
    error.cause instanceof Error && depth < DEEPEST_CAUSE
      ? `\nCaused by: ${describeError(error.cause, depth + 1)}`
      : '';
  return `${text}${facts}${cause}`;
}

/** What Exotel's support asks for. */
function factsOf({ problem }: ExotelError): string {
  const { operation, kind, httpStatus, code, description, requestId } = problem;
  return JSON.stringify({ operation, kind, httpStatus, code, description, requestId });
}
