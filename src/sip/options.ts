/**
 * sip/: SIP as text and on the wire.
 *
 * The one request the checks send: OPTIONS (RFC 3261, section 11).
 * Asks whether anybody is there and speaks SIP. Carries no credentials and names nobody.
 */
import type { Transport } from '../terms/use';
import { serializeMessage } from './message';

export interface OptionsInput {
  /** Host as it is asked for: name or IPv4 address. */
  readonly host: string;
  readonly port: number;
  readonly transport: Transport;
  /** This end of the connection. */
  readonly localAddress: string;
  readonly localPort: number;
  /** Random, letters and digits; makes branch, tag and Call-ID. */
  readonly token: string;
}

export function optionsRequest(input: OptionsInput): string {
  const { host, port, transport, localPort, token } = input;
  const local = input.localAddress.includes(':') ? `[${input.localAddress}]` : input.localAddress;
  const uri = `sip:${host}:${port};transport=${transport}`;
  return serializeMessage({
    kind: 'request',
    method: 'OPTIONS',
    uri,
    headers: [
      {
        name: 'Via',
        // `alias` is left out: the connection is closed after the answer.
        value: `SIP/2.0/${transport.toUpperCase()} ${local}:${localPort};rport;branch=z9hG4bK${token}`,
      },
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: `<sip:check@${local}>;tag=${token.slice(0, 12)}` },
      // Port and transport belong into no To (RFC 3261, table 1).
      { name: 'To', value: `<sip:${host}>` },
      { name: 'Call-ID', value: `${token}@${local}` },
      { name: 'CSeq', value: '1 OPTIONS' },
      { name: 'Contact', value: `<sip:check@${local}:${localPort};transport=${transport}>` },
      { name: 'Accept', value: 'application/sdp' },
      { name: 'User-Agent', value: 'Exotel SIP Trunks for VS Code' },
    ],
    body: '',
  });
}
