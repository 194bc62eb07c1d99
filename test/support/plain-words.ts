// What may be read in clear in a window with pseudo texts: names and values from the API, Exotel's own
// words, the names and codes of SIP, of PBXs and of files, and what VS Code itself says.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { edges } from '../../src/exotel/edges';
import { errorCodes, httpStatuses } from '../../src/exotel/tables';
import { cards } from '../../src/pbx/cards/index';
import { threeTrunks } from '../../src/sandbox/seed';
import { sipCodes } from '../../src/sip/codes';
import { BUNDLE } from './l10n';
import { root } from './paths';

/** What VS Code says around our texts, in its own language. */
const VSCODE: readonly RegExp[] = [
  /\(?Press 'Enter' to confirm(?: your input)? or 'Escape' to cancel\)?/g,
  /\b\d+ (?:Results?|Selected)\b/g,
  /,? ?Inspect (?:the response|this) in the accessible view with [\w+]+/g,
  /(?:, source|^Source): (?=⟦)/g,
  /, notification\b/g,
  /(?<=⟧) (?:actions|Section)$/g,
  /\bType to narrow down results\./g,
  /^(?:(?:Clear|Configure|Expand|Collapse|Hide) )?Notifications?(?: Actions)?(?: \(\w+\))?$/g,
  /^(?:Back(?: \([\w+-]+\))?|OK|Cancel|Close|Close Dialog|Collapse All|Hide dot files|Loading\.*|More Actions\.*)$/g,
  /^(?:More Actions\.\.\.|Open as Text|Show Local|Toggle all checkboxes|Views and More Actions\.*)$/g,
];

/** Addresses, codes, commands, and names of files and settings, by their form: no sentence has it. */
const FORMS: readonly RegExp[] = [
  /\bcurl\b[^\n⟦⟧]*"/g,
  /\bexport(?: [A-Z_]+=…?)+/g,
  /\bfor f in [^\n⟦⟧]*\bdone\b/g,
  /\blk sip [^\n⟦⟧]*/g,
  /\basterisk -rx '[^']*'/g,
  /\b(?:https?|vscode(?:-remote)?):\/\/\S+/g,
  /\bsips?:[^\s,;)]+/g,
  /;?\btransport=(?:tls|tcp|udp)\b/gi,
  /\bX-Exotel-\w+/gi,
  /<[\w-]+>/g,
  // A name made of a text to translate and one that is none, e.g. `drachtio-exotel.js`.
  /(?<=[^ -~])-exotel\b|\bexotel-(?=[^ -~])/g,
  /\b\d{1,2}:\d{2}(?::\d{2})?\s(?:AM|PM)\b/g,
  /[\w@.-]*(?:\/[\w@.-]+)+\/?/g,
  /\b[\w.+-]+@[\w.-]+\.\w{2,}\b/g,
  /(?:\{accountSid\})?\w[\w-]*(?:\.[\w-]+)+(?::\d+)?/g,
  /\b[A-Za-z\d]+(?:_[A-Za-z\d]+)+\b/g,
  /\b[A-Za-z-]*\d\w*…?/g,
  /\b(?:Ctrl|Shift|Alt|Meta)(?:\+\w+)+\b/g,
];

/** Of SIP, its media and its transports. */
const SIP = [
  ...['SIP', 'SDP', 'TLS', 'TCP', 'UDP', 'SRTP', 'RTP', 'RTP/AVP', 'RTP/SAVP', 'DTMF', 'SDES'],
  ...['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'PRACK', 'UPDATE', 'INFO', 'REFER'],
  ...['PCMA', 'PCMU', 'opus', 'telephone-event', 'tls', 'tcp', 'udp', 'sip', 'sips'],
  ...['Via', 'From', 'To', 'Contact', 'Call-ID', 'CSeq', 'Reason', 'Warning', 'Record-Route'],
];

/** Exotel's own: its products, and what its API has for modes, statuses and kinds. */
const EXOTEL = [
  ...['Exotel', 'exotel', 'ExoPhone', 'StreamKit', 'pstn', 'flow', 'ANY-ANY', 'IP-WHITELIST'],
  ...['SID', 'active', 'inactive', 'auto', 'public', 'private'],
];

/** What a text has for what nobody has given yet, and words of a vendor's own pages. */
const EXAMPLES = [
  ...['PBX', 'WAN', 'DefaultRealm', 'default', 'SBC-IDENTITY', 'Signaling group of the PBX'],
  ...['System file customization', 'Asterisk', 'Teams', 'HTTP'],
];

/** Names, and what goes by no other word in any language: all of a card that is no text to translate. */
function pbxNames(): string[] {
  const texts = JSON.parse(readFileSync(join(root, BUNDLE), 'utf8')) as Readonly<
    Record<string, unknown>
  >;
  return cards
    .flatMap(({ name, keywords, versions, evidence, fileNames }) => [
      ...[name, versions, evidence.basis, ...keywords, ...fileNames],
    ])
    .filter((text) => !(text in texts));
}

function sandboxNames(): string[] {
  return threeTrunks('acme').flatMap(({ trunkName, trunkSid }) => [trunkName, trunkSid]);
}

function phrases(): string[] {
  return [
    ...[hostname(), ...SIP, ...EXOTEL, ...EXAMPLES, ...pbxNames(), ...sandboxNames()],
    ...sipCodes().map(({ meaning }) => meaning),
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
  const all = [...known, ...phrases()];
  // Sentences and names of several words first: the forms would take pieces out of them. Single words last:
  // they may be pieces of a form.
  const several = patternOf(all.filter((phrase) => /\s/.test(phrase)));
  const removed = [...VSCODE, several, ...FORMS, patternOf(all)];
  return (text) => {
    // Where a long name may be broken.
    const whole = text.replace(/[\u200b\u2060]/g, '').trim();
    const left = removed.reduce((rest, form) => rest.replace(form, ' '), whole);
    return left.match(/[A-Za-z][A-Za-z'’-]*[A-Za-z]/g) ?? [];
  };
}
