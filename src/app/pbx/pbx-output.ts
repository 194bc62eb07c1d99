/**
 * app/: the application, without `vscode`.
 *
 * From what the model knows of a trunk to what the generator needs to know of it.
 */
import { ALIAS_SETTING, type Credential } from '../../exotel/model';
import type { TrunkFacts } from '../../pbx/connection';
import type { TrunkSnapshot } from '../../trunks/snapshot';

/** The credential a configuration uses: the asked-for one, else one's own, else the issued pair. */
export function credentialOf(
  credentials: readonly Credential[],
  userName: string | null = null,
): Credential | null {
  return (
    credentials.find((credential) => credential.userName === userName) ??
    credentials.find((credential) => credential.kind === 'own') ??
    credentials[0] ??
    null
  );
}

/**
 * What the generator needs to know of a trunk. A section that was never read is null, not empty.
 * `userName` picks one of several credentials.
 */
export function factsOf(
  accountSid: string,
  snapshot: TrunkSnapshot,
  userName: string | null = null,
): TrunkFacts {
  const { trunk, sections } = snapshot;
  const credentials = sections.credentials.value;
  const alias = sections.settings.value?.find((setting) => setting.name === ALIAS_SETTING);
  return {
    accountSid,
    trunkSid: trunk.sid,
    trunkName: trunk.name,
    sipDomain: trunk.domain,
    numbers: sections.numbers.value,
    whitelistedIps: sections.ips.value,
    destinations: sections.destinations.value?.map((row) => row.destination) ?? null,
    alias: alias?.value ?? null,
    userName: credentialOf(credentials ?? [], userName)?.userName ?? null,
    credentialKind: credentialOf(credentials ?? [])?.kind ?? null,
    userNameUnknown: credentials === null,
  };
}
