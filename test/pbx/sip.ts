// SIP messages as they were seen: read by RFC 3261's rules, as far as the proof asks.

export interface SipMessage {
  /** `INVITE sip:… SIP/2.0` or `SIP/2.0 200 OK`. */
  readonly startLine: string;
  /** The method of a request; '' for a reply. */
  readonly method: string;
  /** Of a reply; 0 for a request. */
  readonly status: number;
  readonly body: string;
  readonly text: string;
  /** The first header of that name, '' when there is none. */
  header(name: string): string;
}

const compact: Readonly<Record<string, string>> = {
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  v: 'via',
  c: 'content-type',
  l: 'content-length',
};

export function parseSip(text: string): SipMessage {
  const split = text.indexOf('\r\n\r\n');
  const head = split === -1 ? text : text.slice(0, split);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const startLine = lines[0] ?? '';
  const headers = lines.slice(1).map((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    return { name: compact[name] ?? name, value: line.slice(colon + 1).trim() };
  });
  const status = /^SIP\/2\.0 (\d{3})/.exec(startLine)?.[1];
  return {
    startLine,
    method: status === undefined ? (startLine.split(' ')[0] ?? '') : '',
    status: status === undefined ? 0 : Number(status),
    body: split === -1 ? '' : text.slice(split + 4),
    text,
    header: (name) => headers.find((one) => one.name === name.toLowerCase())?.value ?? '',
  };
}

export interface SipUri {
  readonly user: string;
  readonly host: string;
  readonly parameters: string;
}

/** The URI in `"Name" <sip:user@host:port;x=y>;tag=z` or in a bare one. */
export function uriIn(value: string): SipUri | undefined {
  const match = /sips?:(?:([^@>;]*)@)?([^:;>\s]+)(?::\d+)?([^>\s]*)/.exec(value);
  if (match === null) return undefined;
  return { user: match[1] ?? '', host: match[2] ?? '', parameters: match[3] ?? '' };
}

/** A parameter of an Authorization header, without its quotes. */
export function credentialPart(header: string, name: string): string {
  return new RegExp(`[ ,]${name}="?([^",]*)`, 'i').exec(header)?.[1] ?? '';
}

export interface Audio {
  /** `RTP/AVP` or `RTP/SAVP`. */
  readonly profile: string;
  /** In the order offered, e.g. `PCMA`. */
  readonly codecs: readonly string[];
  /** Values of `a=crypto`. */
  readonly crypto: readonly string[];
}

const staticTypes: Readonly<Record<string, string>> = { '0': 'PCMU', '8': 'PCMA', '18': 'G729' };

export function audioIn(body: string): Audio | undefined {
  const lines = body.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('m=audio '));
  if (start === -1) return undefined;
  const rest = lines.slice(start + 1);
  const next = rest.findIndex((line) => line.startsWith('m='));
  const attributes = next === -1 ? rest : rest.slice(0, next);
  const [, , profile = '', ...types] = (lines[start] ?? '').split(' ');
  const named = (type: string): string => {
    const map = attributes.find((line) => line.startsWith(`a=rtpmap:${type} `));
    return map?.split(' ')[1]?.split('/')[0] ?? staticTypes[type] ?? type;
  };
  return {
    profile,
    codecs: types.map(named),
    crypto: attributes
      .filter((line) => line.startsWith('a=crypto:'))
      .map((line) => line.slice('a=crypto:'.length)),
  };
}

/** What a person needs to see of a message: no more than this. */
export function excerpt(message: SipMessage): string {
  const wanted =
    /^(from|to|contact|www-authenticate|proxy-authenticate|authorization|proxy-authorization|p-asserted-identity|x-exotel-\w+|reason|warning|user-agent):/i;
  const head = message.text.split('\r\n\r\n')[0] ?? '';
  const lines = head
    .split('\r\n')
    .slice(1)
    .filter((line) => wanted.test(line));
  const media = message.body.split(/\r?\n/).filter((line) => /^(m=|a=crypto|a=rtpmap)/.test(line));
  return [message.startLine, ...lines, ...media].map((line) => `    ${line}`).join('\n');
}
