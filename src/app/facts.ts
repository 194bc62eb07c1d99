/**
 * app/: the application, without `vscode`.
 *
 * From what the model knows of a trunk to the plain facts that everything is judged and written by.
 */
import { ALIAS_SETTING, type Credential } from '../exotel/model';
import type { ConnectionFacts } from '../pbx/connection';
import { credentialOf, type Known, type TrunkFacts } from '../setup/facts';
import { trunkState, type TrunkState } from '../setup/judge';
import type { Loadable, TrunkSnapshot } from '../trunks/snapshot';

/** Whether this computer has the password; null: nobody looked. */
export type PasswordKnown = (credential: Credential) => boolean | null;

/**
 * The rows themselves go along, but of a credential only its name: a password goes no further than here.
 */
export function trunkFacts(
  accountSid: string,
  { trunk, sections }: TrunkSnapshot,
  passwordKnown: PasswordKnown,
): TrunkFacts {
  return {
    accountSid,
    trunkSid: trunk.sid,
    trunkName: trunk.name,
    status: trunk.status,
    sipDomain: trunk.domain,
    numbers: known(sections.numbers, (rows) => rows),
    whitelistedIps: known(sections.ips, (rows) => rows),
    destinations: known(sections.destinations, (rows) => rows),
    credentials: known(sections.credentials, (rows) =>
      rows.map((credential) => ({
        userName: credential.userName,
        kind: credential.kind,
        passwordKnown: passwordKnown(credential),
      })),
    ),
    callerId: known(
      sections.settings,
      (rows) => rows.find(({ name }) => name === ALIAS_SETTING)?.value ?? null,
    ),
  };
}

/** A section that is read again keeps what it holds until the answer; after a failed one that is stale. */
function known<T, U>(section: Loadable<T>, of: (value: T) => U): Known<U> {
  if (section.value === null) return { state: 'unknown', value: null };
  return { state: section.state === 'failed' ? 'stale' : 'known', value: of(section.value) };
}

/**
 * The facts a configuration is made from. `userName` picks one of several credentials. `knownPasswords`:
 * user names whose password can be had on this computer; null: nobody looked.
 */
export function factsOf(
  accountSid: string,
  snapshot: TrunkSnapshot,
  userName: string | null = null,
  knownPasswords: ReadonlySet<string> | null = null,
): ConnectionFacts {
  const facts = trunkFacts(accountSid, snapshot, lookedUp(knownPasswords));
  return {
    ...facts,
    userName: credentialOf(facts.credentials.value ?? [], userName)?.userName ?? null,
  };
}

/** The issued pair comes with its password. */
function lookedUp(knownPasswords: ReadonlySet<string> | null): PasswordKnown {
  return ({ kind, userName }) =>
    kind === 'issued' || (knownPasswords === null ? null : knownPasswords.has(userName));
}

/** What the trunk's row says of it; null while not all of it was read, and nothing is fetched for it. */
export function rowStateOf(accountSid: string, snapshot: TrunkSnapshot): TrunkState | null {
  return trunkState(factsOf(accountSid, snapshot));
}
