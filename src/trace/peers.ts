/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * Which dialogs of a trace are with Exotel. The log of a PBX also has its phones and other providers:
 * a phone that registers, or one that is off, is no fault of the trunk.
 */
import { headersOf, uriIn } from '../sip/message';
import { isExotel } from './call';
import { LOCAL } from './readers/envelope';
import type { Dialog, TracedMessage } from './types';

const NAMING = ['From', 'To', 'Contact', 'Route', 'Record-Route', 'P-Asserted-Identity'] as const;
const CHALLENGES = [
  'WWW-Authenticate',
  'Proxy-Authenticate',
  'Authorization',
  'Proxy-Authorization',
] as const;

/** A PBX hands Exotel's headers on to its phones; only the account it tells to Exotel. */
function exotelHeader(name: string, sent: boolean): boolean {
  return sent ? /^x-exotel-accountsid$/i.test(name) : /^x-exotel-/i.test(name);
}

function namesExotel({ message, from }: TracedMessage): boolean {
  if (message.kind === 'request' && isExotel(uriIn(message.uri))) return true;
  if (message.headers.some(({ name }) => exotelHeader(name, from === LOCAL))) return true;
  if (NAMING.some((name) => headersOf(message, name).some((value) => isExotel(uriIn(value))))) {
    return true;
  }
  return message.headers.some(
    ({ name, value }) =>
      CHALLENGES.some((one) => one.toLowerCase() === name.toLowerCase()) &&
      /realm="(?:[^"]*\.)?exotel\.(?:com|in)"/i.test(value),
  );
}

/** The ends of a request that may be Exotel: not the PBX itself. */
function farEnds({ from, to }: TracedMessage): string[] {
  return [from, to].filter((end) => end !== LOCAL && end !== '?');
}

/**
 * The dialogs with Exotel: those that name it, and those with an end that another one names. All of them
 * when none does: then the trace was made anonymous, or only names addresses.
 */
export function concerningExotel(dialogs: readonly Dialog[]): readonly Dialog[] {
  const naming = new Set(dialogs.filter(({ messages }) => messages.some(namesExotel)));
  if (naming.size === 0) return dialogs;
  // Only where the program that wrote the trace is one end, the other is known to be Exotel.
  const ends = new Set(
    [...naming].flatMap(({ messages }) =>
      messages.filter(({ from, to }) => from === LOCAL || to === LOCAL).flatMap(farEnds),
    ),
  );
  return dialogs.filter(
    (dialog) =>
      naming.has(dialog) ||
      dialog.messages.some((traced) => farEnds(traced).some((end) => ends.has(end))),
  );
}
