/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * A challenge that was not answered, or answered wrongly: which of user name, realm and password it is.
 * Of an answer only the user name, the realm and the kind are looked at.
 */
import { headerOf, headersOf, type SipMessage } from '../../sip/message';
import { finalStatus, type Attempt, type Call } from '../call';
import { finding } from './finding';
import type { TraceFinding } from '../types';

/** `realm="pstn.exotel.com"` and the like of a challenge or its answer. Lower-case names. */
function digestParameters(value: string): Readonly<Record<string, string>> {
  const pairs = Array.from(
    value.matchAll(
      /([a-z][a-z0-9_-]{0,31})\s*=\s*(?:"((?:[^"\\]|\\.){0,512})"|([^\s,"]{0,512}))/gi,
    ),
    (match): [string, string] => [(match[1] ?? '').toLowerCase(), match[2] ?? match[3] ?? ''],
  );
  return Object.fromEntries(pairs);
}

const CHALLENGES = ['WWW-Authenticate', 'Proxy-Authenticate'] as const;
const ANSWERS = ['Authorization', 'Proxy-Authorization'] as const;

function firstOf(message: SipMessage, names: readonly string[]): string | null {
  return names.map((name) => headerOf(message, name)).find((value) => value !== null) ?? null;
}

export function challengeFindings(
  call: Call,
  attempt: Attempt,
  otherRealm: boolean,
): TraceFinding[] {
  const at = attempt.final ?? attempt.invite;
  const challenge = digestParameters(firstOf(at.traced.message, CHALLENGES) ?? '');
  const given = firstOf(attempt.invite.traced.message, ANSWERS);
  const asked = challenge['realm'] ?? '';
  if (given === null && otherRealm) {
    return [
      finding(call, at, {
        kind: 'realm',
        what: `Exotel asks for the password of realm ${asked}, and the PBX has one for another realm only.`,
        doNext: 'Leave the realm empty (any) on the PBX, or set the one Exotel asks for.',
        evidence: schemes(at.traced.message),
      }),
    ];
  }
  if (given === null) {
    return [
      finding(call, at, {
        kind: 'digestLoop',
        what: `Exotel asks for the password (realm ${asked}), and the PBX does not answer: it has none for the trunk, or only for another realm.`,
        doNext:
          'Give the trunk of the PBX user name and password for outbound authentication, and leave the realm empty (any).',
        evidence: schemes(at.traced.message),
      }),
    ];
  }
  if (!/^digest\b/i.test(given)) {
    return [
      finding(call, at, {
        kind: 'digestLoop',
        what: 'The PBX answers with another scheme than digest.',
        doNext: 'Use digest authentication.',
        evidence: schemes(at.traced.message),
      }),
    ];
  }
  const answer = digestParameters(given);
  const used = answer['realm'] ?? '';
  if (used !== asked && asked !== '') {
    return [
      finding(call, at, {
        kind: 'realm',
        what: `The PBX answers for realm ${used}, Exotel asks for ${asked}.`,
        doNext: 'Leave the realm empty (any) on the PBX, or set the one Exotel asks for.',
        evidence: [],
      }),
    ];
  }
  // Only the nonce was too old: the right answer follows.
  const stale = challenge['stale']?.toLowerCase() === 'true';
  const tries = call.attempts.filter((one) => {
    const status = finalStatus(one);
    return status === 401 || status === 407;
  }).length;
  if (stale && tries < 4) return [];
  return [
    finding(call, at, {
      kind: 'digestLoop',
      what: `The answer to the challenge was refused: user name ${answer['username'] ?? ''} or its password is wrong.`,
      doNext:
        "Check the user name against the trunk's credentials, then set the password again; rotate it when it is not known.",
      evidence: [`Realm: ${asked}`, `Challenged ${tries} times`],
    }),
  ];
}

function schemes(message: SipMessage): string[] {
  const names = CHALLENGES.flatMap((name) => headersOf(message, name))
    .map((value) => /^[A-Za-z]+/.exec(value)?.[0])
    .filter((name) => name !== undefined && /^(?:Digest|Basic|NTLM)$/i.test(name));
  return names.length === 0 ? [] : [`Asked for: ${[...new Set(names)].join(', ')}`];
}
