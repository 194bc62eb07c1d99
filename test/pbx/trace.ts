// What the edge saw, message by message: it writes each as one line, which is read here.
import { type SipMessage, parseSip } from './sip';

export interface Seen {
  /** How it came to the edge. */
  readonly protocol: 'tcp' | 'tls' | 'udp';
  readonly from: string;
  /** The edge's own address and port it came to. */
  readonly at: string;
  readonly port: number;
  readonly message: SipMessage;
}

/** What the edge writes before each message. */
export const seenMark = 'SEEN';

export function readTrace(log: string): Seen[] {
  return log.split('\n').flatMap((line) => {
    const at = line.indexOf(`${seenMark} `);
    if (at === -1) return [];
    const [, protocol = '', from = '', address = '', port = '', hex] = line.slice(at).split(' ');
    // A line that is still being written has no end yet.
    if (hex?.endsWith('.') !== true) return [];
    const text = Buffer.from(hex.slice(0, -1), 'hex').toString();
    if (protocol !== 'tcp' && protocol !== 'tls' && protocol !== 'udp') return [];
    return [{ protocol, from, at: address, port: Number(port), message: parseSip(text) }];
  });
}
