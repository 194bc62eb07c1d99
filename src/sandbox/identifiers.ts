/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * Identifiers, dates and secrets of the shapes seen in Exotel's published samples.
 */
import { randomBytes } from 'node:crypto';

/** What Exotel's support asks for: 32 hexadecimal digits. */
export function newRequestId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * 28 characters: `trmum1`, 18 hexadecimal digits, then the day of birth as the public samples seem to
 * encode it: two hexadecimal digits of the year, month and day in base 36 (`1a1n` is 2026-01-23).
 */
export function newTrunkSid(bornAt: Date): string {
  const year = (bornAt.getUTCFullYear() % 100).toString(16).padStart(2, '0');
  const month = (bornAt.getUTCMonth() + 1).toString(36);
  const day = bornAt.getUTCDate().toString(36);
  return `trmum1${randomBytes(9).toString('hex')}${year}${month}${day}`;
}

/** ISO-8601 in UTC, whole seconds, with `Z`. */
export function isoSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** A random API key, token or SIP password; hexadecimal, so that it passes every charset rule. */
export function newSecret(bytes = 24): string {
  return randomBytes(bytes).toString('hex');
}
