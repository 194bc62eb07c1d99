/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * The audio that both sides agreed on. An offer may have one audio line with SRTP and one without; what
 * counts is the one that the answer takes.
 */
import { audioIn, type AudioMedia } from '../sip/sdp';

const MAX_LINES = 8;

/** Every audio line of an SDP body by its place among all media lines. */
function audioLines(body: string): readonly (AudioMedia | null)[] {
  const parts = body.split(/^(?=m=)/m);
  const [session = '', ...media] = parts;
  return media
    .slice(0, MAX_LINES)
    .map((part) => (part.startsWith('m=audio ') ? audioIn(`${session}${part}`) : null));
}

export interface AudioPair {
  readonly offer: AudioMedia | null;
  readonly answer: AudioMedia | null;
}

/** `answers`: bodies of answers, the one that counts most first. */
export function audioPair(offered: string, answers: readonly string[]): AudioPair {
  const offers = audioLines(offered);
  const first = offers.find((audio) => audio !== null) ?? null;
  const answered = answers.map(audioLines).find((lines) => lines.some((audio) => audio !== null));
  if (answered === undefined) return { offer: first, answer: null };
  const taken = answered.findIndex((audio) => audio !== null && audio.port > 0);
  const place = taken === -1 ? answered.findIndex((audio) => audio !== null) : taken;
  return { offer: offers[place] ?? first, answer: answered[place] ?? null };
}
