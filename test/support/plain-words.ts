// What may be read in clear in a window with pseudo texts: names and values from the API, Exotel's own
// words, the names and codes of SIP, of PBXs and of files, and what VS Code itself says.
import { errorCodes, httpStatuses } from '../../src/exotel/tables';
import { edges } from '../../src/exotel/edges';
import { exotelErrorCodes, sipCodes } from '../../src/sip/codes';

/** Addresses, codes and names of files and settings, by their form. */
const FORMS: readonly RegExp[] = [
  /\b(?:https?|vscode(?:-remote)?):\/\/\S+/g,
  /\bsips?:[^\s,;)]+/g,
  /\bexotelSip\.[\w.]+/g,
  /\bX-Exotel-\w+(?::\s*\S+)?/gi,
  /\btransport=(?:tls|tcp|udp)\b/gi,
  /\b[\w.+-]+@[\w.-]+\.\w{2,}\b/g,
  /(?:\{accountSid\})?[\w-]*(?:\.[\w-]+)+(?::\d+)?/g,
  /\bTLSv1(?:\.\d)?\b/g,
  /\b[A-Z]{3,}(?:_[A-Z0-9]+)+\b/g,
  /\b(?:Ctrl|Shift|Alt|Meta|Escape|Enter|F\d{1,2})(?:\+\w+)*\b/g,
  /\b\d+ ?(?:ms|s)\b/g,
];

/** Of SIP, its media and its transports. */
const SIP = [
  ...[
    'SIP',
    'SDP',
    'TLS',
    'TCP',
    'UDP',
    'SRTP',
    'RTP',
    'RTP/AVP',
    'RTP/SAVP',
    'DTMF',
    'NAT',
    'SDES',
  ],
  ...['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'PRACK', 'UPDATE', 'INFO', 'REFER'],
  ...[
    'PCMA',
    'PCMU',
    'G722',
    'G729',
    'opus',
    'telephone-event',
    'tls',
    'tcp',
    'udp',
    'sip',
    'sips',
  ],
  ...['Via', 'From', 'To', 'Contact', 'Call-ID', 'CSeq', 'Reason', 'Warning', 'Record-Route'],
];

/** Exotel's own: its products, modes, statuses and the names of its parameters. */
const EXOTEL = [
  'Exotel',
  'ExoPhone',
  'StreamKit',
  'pstn',
  'flow',
  'ANY-ANY',
  'IP-WHITELIST',
  'SID',
];

/** What VS Code says around our texts, in its own language. */
const VSCODE: readonly RegExp[] = [
  /\(?Press 'Enter' to confirm(?: your input)? or 'Escape' to cancel\)?/g,
  /\b\d+ (?:Results?|Selected)\b/g,
  /\b(?:Back|OK|Cancel|Close|Clear|Loading\.*|Toggle all checkboxes|Collapse All|More Actions\.*)\b/g,
  /\b(?:Type to narrow down results\.|Focus on selected .*)/g,
  /\b(?:Expand|Collapse|Clear|Configure|Hide) Notifications?\b/g,
  /\b(?:Source|Info|Error|Warning|notification|Views and|collapsed|expanded|Section)\b:?/g,
  /, use .* to .*$/g,
];

function phrases(): string[] {
  return [
    ...SIP,
    ...EXOTEL,
    ...sipCodes().map(({ meaning }) => meaning),
    ...exotelErrorCodes().map(({ code }) => `X-Exotel-ErrorCode ${code}`),
    ...httpStatuses().map(({ meaning }) => meaning),
    ...errorCodes().map(({ message }) => message),
    ...edges.flatMap(({ id, name, host, source }) => [id, name, host, source]),
  ];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** One pattern for all of them, the longest first; a phrase counts as a whole only. */
function patternOf(all: readonly string[]): RegExp {
  const sorted = [...new Set(all)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\w-])(?:${sorted.map(escaped).join('|')})(?![\\w-])`, 'g');
}

/** `known`: names and values of this window, e.g. the trunks'. Gives the words left in clear. */
export function plainWords(known: readonly string[]): (text: string) => string[] {
  const pattern = patternOf([...known, ...phrases()]);
  return (text) => {
    const left = [...VSCODE, ...FORMS].reduce(
      (rest, form) => rest.replace(form, ' '),
      text.replace(pattern, ' '),
    );
    return left.match(/[A-Za-z][A-Za-z'’-]*[A-Za-z]/g) ?? [];
  };
}
