/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * Takes the secrets of a request out of texts that come back or go to a log: an API that echoes what it
 * was sent must not carry a password into an error message.
 */
import type { Secret } from './secret';

export type Scrub = (text: string) => string;

const MASK = '••••••••';
const MAX_LENGTH = 300;

/** What breaks a line, or makes text read in another order than it is stored. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Every spelling of a value that a server could echo: as it is, in JSON, in a URL, in Basic auth. */
function spellings(value: string): string[] {
  // Half a surrogate pair, on which encodeURIComponent throws, cannot be in a URL.
  const url = /\p{Surrogate}/u.test(value) ? value : encodeURIComponent(value);
  const bytes = Buffer.from(value);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    url,
    url.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}

export function basicCredentials(apiKey: Secret, apiToken: Secret): string {
  return Buffer.from(`${apiKey.reveal()}:${apiToken.reveal()}`).toString('base64');
}

/** A function that masks these secrets, drops what cannot be printed and bounds the length of a text. */
export function scrubber(secrets: readonly string[]): Scrub {
  const needles = [...new Set(secrets.flatMap(spellings))]
    .filter((needle) => needle !== '')
    // Longest first: a secret that holds another one is masked whole.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const masked = needles.reduce((rest, needle) => rest.replaceAll(needle, MASK), text);
    const printable = masked.replace(UNPRINTABLE, ' ').trim();
    return printable.length > MAX_LENGTH ? `${printable.slice(0, MAX_LENGTH)}…` : printable;
  };
}
