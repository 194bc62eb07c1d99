/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * Taking out of a trace what must not leave this computer: digest answers, nonces, SRTP keys, passwords
 * in URIs and in pasted settings. Everything else stays, so that support can read it.
 */

const MASK = '•••';

/**
 * A value with or without quotes. Quotes may be missing at the end of a cut line, and a ticket may break
 * the line inside them; a header name ends that.
 */
const VALUE = '(?:"(?:[^"\\\\\\r\\n]|\\\\.)*(?:\\r?\\n[^":\\r\\n]{0,200}(?="))?"?|[^\\s,";]+)';

/** No word boundary before a name: syslog and JSON put `#012` and `\\n` there. */
const RULES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [
    new RegExp(`(response|c?nonce|opaque|nextnonce|rspauth)(\\s*=\\s*)${VALUE}`, 'gi'),
    `$1$2"${MASK}"`,
  ],
  [/((?:Proxy-)?Authorization\s*:\s*(?:Basic|Bearer)\s+)\S+/gi, `$1${MASK}`],
  [/(inline:)[^\s|;"]+/gi, `$1${MASK}`],
  [/(a=(?:ice-pwd|key-mgmt):)[^\r\n]+/gi, `$1${MASK}`],
  [/(k=(?:clear|base64|uri):)\S+/gi, `$1${MASK}`],
  [/(sips?:[^\s:@<>"]{1,128}):[^\s@<>"]{1,256}@/gi, `$1:${MASK}@`],
  [/((?:https?|wss?):\/\/[^\s:@/]{1,256}):[^\s@]{1,256}@/gi, `$1:${MASK}@`],
  [/((?:password|passwd|secret)\s*=>?\s*)[^\r\n]+/gi, `$1${MASK}`],
];

export function maskTrace(text: string): string {
  return RULES.reduce(
    (masked, [pattern, replacement]) => masked.replace(pattern, replacement),
    text,
  );
}
