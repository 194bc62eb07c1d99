/**
 * checks/trace: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * Taking out of a trace what must not leave this computer: digest answers, nonces, SRTP keys, passwords
 * in URIs. Everything else stays, so that support can read it.
 */

const MASK = '•••';

const RULES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [
    /\b(response|nonce|cnonce|opaque|nextnonce|rspauth)(\s*=\s*)(?:"[^"\r\n]*"|[^\s,";]+)/gi,
    `$1$2"${MASK}"`,
  ],
  [/\b((?:Proxy-)?Authorization\s*:\s*Basic\s+)\S+/gi, `$1${MASK}`],
  [/(a=crypto:[^\r\n]*?inline:)[^\s|\r\n]+/gi, `$1${MASK}`],
  [/(a=(?:ice-pwd|key-mgmt):)[^\r\n]+/gi, `$1${MASK}`],
  [/(sips?:[^\s:@;<>"]{1,128}):[^\s@;<>"]{1,128}@/gi, `$1:${MASK}@`],
  [/^(k=)[^\r\n]+/gim, `$1${MASK}`],
];

export function maskTrace(text: string): string {
  return RULES.reduce(
    (masked, [pattern, replacement]) => masked.replace(pattern, replacement),
    text,
  );
}
