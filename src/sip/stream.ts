/**
 * sip/: SIP as text and on the wire.
 *
 * Messages out of the bytes of a TCP or TLS connection, cut by their Content-Length.
 */
import { MAX_MESSAGE, headerOf, isStartLine, parseMessage, type SipMessage } from './message';

export type StreamRead =
  | { readonly kind: 'message'; readonly message: SipMessage; readonly rest: Buffer }
  /** Wait for more. */
  | { readonly kind: 'more' }
  /** It is no SIP, whatever follows. */
  | { readonly kind: 'garbage' };

/** The first message of what arrived so far. Keep-alive line ends before it are passed over. */
export function readStream(received: Buffer): StreamRead {
  let from = 0;
  while (received[from] === 13 || received[from] === 10) from += 1;
  const text = received.subarray(from);
  if (text.length === 0) return { kind: 'more' };
  const lineEnd = text.indexOf('\r\n');
  const begin = text.subarray(0, lineEnd === -1 ? text.length : lineEnd).toString('utf8');
  if (lineEnd !== -1 ? !isStartLine(begin) : !couldStart(begin)) return { kind: 'garbage' };
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return text.length > MAX_MESSAGE ? { kind: 'garbage' } : { kind: 'more' };
  const head = parseMessage(text.subarray(0, headEnd + 4).toString('utf8'));
  if (head === null) return { kind: 'garbage' };
  const told = headerOf(head, 'Content-Length') ?? '0';
  const length = /^[0-9]{1,6}$/.test(told) ? Number(told) : Number.NaN;
  if (Number.isNaN(length) || headEnd + 4 + length > MAX_MESSAGE) return { kind: 'garbage' };
  const end = headEnd + 4 + length;
  if (text.length < end) return { kind: 'more' };
  const message = { ...head, body: text.subarray(headEnd + 4, end).toString('utf8') };
  return { kind: 'message', message, rest: text.subarray(end) };
}

/** A start line that is not complete yet. */
function couldStart(begin: string): boolean {
  const response = 'SIP/2.0 ';
  return (
    response.startsWith(begin.slice(0, response.length)) ||
    /^[A-Za-z][A-Za-z0-9.!%*_+`'~-]{0,31}(?: |$)/.test(begin)
  );
}
