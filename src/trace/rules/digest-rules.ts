/**
 * trace/: a SIP trace in any of the usual forms -> dialogs, a ladder, and where it went wrong.
 *
 * A challenge that was not answered, or answered wrongly: which of user name, realm and password it is.
 * Of an answer only the user name, the realm and the kind are looked at.
 */
import * as l10n from '@vscode/l10n';
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
        what: l10n.t(
          'Exotel asks for the password of realm {0}, and the PBX has one for another realm only.',
          asked,
        ),
        doNext: l10n.t('Leave the realm empty (any) on the PBX, or set the one Exotel asks for.'),
        evidence: schemes(at.traced.message),
      }),
    ];
  }
  if (given === null) {
    return [
      finding(call, at, {
        kind: 'digestLoop',
        what: l10n.t(
          'Exotel asks for the password (realm {0}), and the PBX does not answer: it has none for the trunk, or only for another realm.',
          asked,
        ),
        doNext: l10n.t(
          'Give the trunk of the PBX user name and password for outbound authentication, and leave the realm empty (any).',
        ),
        evidence: schemes(at.traced.message),
      }),
    ];
  }
  if (!/^digest\b/i.test(given)) {
    return [
      finding(call, at, {
        kind: 'digestLoop',
        what: l10n.t('The PBX answers with another scheme than digest.'),
        doNext: l10n.t('Use digest authentication.'),
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
        what: l10n.t('The PBX answers for realm {0}, Exotel asks for {1}.', used, asked),
        doNext: l10n.t('Leave the realm empty (any) on the PBX, or set the one Exotel asks for.'),
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
      what: l10n.t(
        'The answer to the challenge was refused: user name {0} or its password is wrong.',
        answer['username'] ?? '',
      ),
      doNext: l10n.t(
        "Check the user name against the trunk's credentials, then set the password again; rotate it when it is not known.",
      ),
      evidence: [
        l10n.t('Realm: {0}', asked),
        tries === 1 ? l10n.t('Challenged once') : l10n.t('Challenged {0} times', tries),
      ],
    }),
  ];
}

function schemes(message: SipMessage): string[] {
  const names = CHALLENGES.flatMap((name) => headersOf(message, name))
    .map((value) => /^[A-Za-z]+/.exec(value)?.[0])
    .filter((name) => name !== undefined && /^(?:Digest|Basic|NTLM)$/i.test(name));
  return names.length === 0 ? [] : [l10n.t('Asked for: {0}', [...new Set(names)].join(', '))];
}
