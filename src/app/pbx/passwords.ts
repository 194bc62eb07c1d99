/**
 * app/: the application, without `vscode`.
 *
 * Which of a trunk's passwords this computer can have, and the one that goes into a text.
 */
import type { Secret } from '../../exotel/secret';
import type { AccountTrunks } from '../../trunks/account-trunks';
import type { TrunkSnapshot } from '../../trunks/snapshot';

type Passwords = Pick<AccountTrunks, 'password'>;

/** User names. */
export async function knownPasswords(
  trunks: Passwords,
  { trunk, sections }: TrunkSnapshot,
): Promise<ReadonlySet<string>> {
  const credentials = sections.credentials.value ?? [];
  const known = await Promise.all(
    credentials.map(async (credential) =>
      (await trunks.password(trunk.sid, credential)) === null ? [] : [credential.userName],
    ),
  );
  return new Set(known.flat());
}

/** Null: the trunk has no such user, or this computer does not know the password. */
export async function passwordOf(
  trunks: Passwords,
  { trunk, sections }: TrunkSnapshot,
  userName: string,
): Promise<Secret | null> {
  const credential = sections.credentials.value?.find((one) => one.userName === userName);
  return credential === undefined ? null : trunks.password(trunk.sid, credential);
}
