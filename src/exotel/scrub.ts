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

/** Every spelling of a value that a server could echo: as it is, in JSON, in a URL, in Basic auth. */
function spellings(value: string): string[] {
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString('base64'),
  ];
}

export function basicCredentials(apiKey: Secret, apiToken: Secret): string {
  return Buffer.from(`${apiKey.reveal()}:${apiToken.reveal()}`).toString('base64');
}

/** A function that masks these secrets, drops control characters and bounds the length of a text. */
export function scrubber(secrets: readonly string[]): Scrub {
  const needles = [...new Set(secrets.flatMap(spellings))]
    .filter((needle) => needle !== '')
    // Longest first: a secret that holds another one is masked whole.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const masked = needles.reduce((rest, needle) => rest.replaceAll(needle, MASK), text);
    const printable = masked.replace(/\p{Cc}+/gu, ' ').trim();
    return printable.length > MAX_LENGTH ? `${printable.slice(0, MAX_LENGTH)}…` : printable;
  };
}
