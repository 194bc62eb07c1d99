/**
 * sip/: SIP as text and on the wire.
 *
 * What an SDP body says of its audio: address, port, profile, codecs.
 */
import { parse } from 'sdp-transform';

export interface AudioMedia {
  /** 0: this side takes no audio. */
  readonly port: number;
  /** Address of the audio: the media's own, else the session's. Null when none is told. */
  readonly address: string | null;
  /** E.g. `RTP/AVP`, `RTP/SAVP`. */
  readonly profile: string;
  readonly crypto: boolean;
  /** Names in order of preference, e.g. `PCMA`; telephone-event left out. */
  readonly codecs: readonly string[];
  readonly telephoneEvent: boolean;
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

/** RFC 3551, table 4: the numbers that need no a=rtpmap. */
const STATIC: Readonly<Record<number, string>> = {
  0: 'PCMU',
  3: 'GSM',
  4: 'G723',
  8: 'PCMA',
  9: 'G722',
  18: 'G729',
};

const MAX_SDP = 16_384;

/** The library makes numbers of whatever looks like one, also of names and of lists of one. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

/** The first audio line. Null when there is none or the text is no SDP. */
export function audioIn(body: string): AudioMedia | null {
  if (!body.startsWith('v=') || body.length > MAX_SDP) return null;
  try {
    const session = parse(body);
    const media = session.media.find(({ type }) => type === 'audio');
    if (media === undefined) return null;
    const names = new Map(
      media.rtp.map(({ payload, codec }) => [payload, textOf(codec).toUpperCase()]),
    );
    const codecs = textOf(media.payloads)
      .split(' ')
      .filter((payload) => payload !== '')
      .map((payload) => names.get(Number(payload)) ?? STATIC[Number(payload)] ?? payload);
    const address = media.connection?.ip ?? session.connection?.ip;
    return {
      port: Number(textOf(media.port)),
      address: address === undefined ? null : textOf(address),
      profile: textOf(media.protocol),
      crypto: (media.crypto ?? []).length > 0,
      codecs: codecs.filter((codec) => codec !== 'TELEPHONE-EVENT' && codec !== 'CN'),
      telephoneEvent: codecs.includes('TELEPHONE-EVENT'),
      direction: media.direction ?? session.direction ?? 'sendrecv',
    };
  } catch {
    return null;
  }
}
