/**
 * pbx/quoting: values in configuration text, one file per format.
 *
 * What holds for every format: values that no escape can save are refused, values that are plain by
 * nature (a SID, a number, a host) are checked by pattern instead of being escaped. And the format that
 * needs least: Markdown.
 */
import * as l10n from '@vscode/l10n';

/** Stands where the SIP password goes as long as nobody asked for the real one. */
export const PASSWORD_PLACEHOLDER = 'REPLACE_WITH_SIP_PASSWORD';
/** Stands where a number goes as long as none fits. */
export const NUMBER_PLACEHOLDER = '+91XXXXXXXXXX';

/** What the values of a text are called: the names that writers use, for a person. */
const FIELDS: Readonly<Record<string, () => string>> = {
  'Account SID': () => l10n.t('Account SID'),
  'CA file': () => l10n.t('CA file'),
  'Caller ID': () => l10n.t('Caller ID'),
  'Certificate file': () => l10n.t('Certificate file'),
  Codecs: () => l10n.t('Codecs'),
  'Destination port': () => l10n.t('Destination port'),
  'Edge host': () => l10n.t('Edge host'),
  'Edge port': () => l10n.t('Edge port'),
  "Exotel's addresses": () => l10n.t("Exotel's addresses"),
  'Inbound context': () => l10n.t('Inbound context'),
  'Inside peer': () => l10n.t('Inside peer'),
  'Local networks': () => l10n.t('Local networks'),
  'Name inside the PBX': () => l10n.t('Name inside the PBX'),
  'Phone number': () => l10n.t('Phone number'),
  'PowerShell text': () => l10n.t('PowerShell text'),
  'Private key file': () => l10n.t('Private key file'),
  'Public address': () => l10n.t('Public address'),
  'SIP domain': () => l10n.t('SIP domain'),
  'SIP password': () => l10n.t('SIP password'),
  'SIP user name': () => l10n.t('SIP user name'),
  'Trunk SID': () => l10n.t('Trunk SID'),
};

/** A value cannot be written without changing its meaning or the file's. Names the field, never the value. */
export class UnsafeValueError extends Error {
  override readonly name = 'UnsafeValueError';
  constructor(
    /** One of FIELDS, or any other name that a person knows already. */
    readonly field: string,
    /** What the field has to be, for a person, e.g. `must not hold a control character`. */
    readonly rule: string,
  ) {
    super(l10n.t('{0}: {1}.', FIELDS[field]?.() ?? field, rule));
  }
}

const MAX_BYTES = 128;
// Control characters, Unicode's line ends, and what makes text read in another order than it is stored.
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A value that will be escaped: anything a person can type on one line. Returns it unchanged. */
export function freeText(field: string, value: string): string {
  if (value === '') throw new UnsafeValueError(field, l10n.t('must not be empty'));
  if (CONTROL.test(value)) {
    throw new UnsafeValueError(field, l10n.t('must not hold a control character or a line end'));
  }
  if (/\p{Surrogate}/u.test(value))
    throw new UnsafeValueError(field, l10n.t('must be well-formed text'));
  if (value.trim() !== value)
    throw new UnsafeValueError(field, l10n.t('must not begin or end with a blank'));
  if (new TextEncoder().encode(value).length > MAX_BYTES) {
    throw new UnsafeValueError(field, l10n.t('must not be longer than {0} bytes', MAX_BYTES));
  }
  return value;
}

function matching(pattern: RegExp, rule: () => string): (field: string, value: string) => string {
  return (field, value) => {
    if (!pattern.test(value)) throw new UnsafeValueError(field, rule());
    return value;
  };
}

export const accountSid = matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, () =>
  l10n.t('must be letters, digits, _ and - only'),
);
export const trunkSid = matching(/^[A-Za-z0-9_-]{1,64}$/, () =>
  l10n.t('must be letters, digits, _ and - only'),
);
export const e164 = matching(/^\+[1-9][0-9]{7,14}$/, () =>
  l10n.t('must be a phone number in E.164, e.g. +918040001234'),
);
export const sectionName = matching(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, () =>
  l10n.t('must begin with a letter and hold letters, digits, _ and - only'),
);
/** Shorter than a section name: texts hang `-outbound` and the like on it. */
export const peerName = matching(/^[A-Za-z][A-Za-z0-9_-]{0,23}$/, () =>
  l10n.t('must begin with a letter and hold at most 24 letters, digits, _ and -'),
);
export const filePath = matching(/^\/[A-Za-z0-9._/-]{1,255}$/, () =>
  l10n.t('must be an absolute path of letters, digits and . _ / - only'),
);

const HOST =
  /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$/;
export const host = matching(HOST, () => l10n.t('must be a host name or an IPv4 address'));

export function port(field: string, value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new UnsafeValueError(field, l10n.t('must be a port number, 1 to 65535'));
  }
  return value;
}

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

export function isIpv4(value: string): boolean {
  return IPV4.test(value);
}

export function ipv4(field: string, value: string): string {
  if (!isIpv4(value)) throw new UnsafeValueError(field, l10n.t('must be an IPv4 address'));
  return value;
}

/**
 * `a.b.c.d` or `a.b.c.d/n` as `a.b.c.d/n`. Networks wider than `/widest` are refused: in a list of who
 * may call in, one of them would mean "anyone".
 */
export function cidr(field: string, value: string, widest: number): string {
  const [address = '', bits = '32', ...rest] = value.split('/');
  if (!isIpv4(address) || !/^(?:[0-9]|[12][0-9]|3[0-2])$/.test(bits) || rest.length > 0) {
    throw new UnsafeValueError(
      field,
      l10n.t('must be IPv4 addresses or networks, e.g. 203.0.113.7/32'),
    );
  }
  if (Number(bits) < widest) {
    throw new UnsafeValueError(field, l10n.t('must not hold a network wider than /{0}', widest));
  }
  return `${address}/${bits}`;
}

/**
 * Text for a comment in any of the formats. Comments need no exact copy, so instead of escaping,
 * whatever could end a comment, begin a directive or open a block comment becomes `_`.
 */
export function commentText(value: string): string {
  const text = Array.from(value.replace(/[^\p{L}\p{N}_. ]/gu, '_').trim());
  return text.length > 64 ? `${text.slice(0, 64).join('').trimEnd()}…` : text.join('');
}

/**
 * A value in a cell of a Markdown table, shown exactly. As a code span where that can be; otherwise as
 * character references, because inside a table neither `|` nor a back-tick can be escaped in every case.
 */
export function markdownValue(field: string, value: string): string {
  const text = freeText(field, value);
  if (!/[`|\\<>&]/.test(text)) return `\`${text}\``;
  const encoded = Array.from(text, (character) =>
    /[A-Za-z0-9]/.test(character) ? character : `&#${character.codePointAt(0) ?? 0};`,
  ).join('');
  return `<code>${encoded}</code>`;
}
