/**
 * app/: the application, without `vscode`.
 *
 * The account of a terminal: its keys stand in the environment, never in arguments, and nothing of it is
 * kept. The terminal never reads what an editor stores.
 */
import * as l10n from '@vscode/l10n';
import { ExotelClient } from '../../exotel/client';
import { RateLimiter } from '../../exotel/limiter';
import { REGION_HOSTS } from '../../exotel/regions';
import { checkApiHost } from '../../exotel/rules/host';
import { checkAccountSid } from '../../exotel/rules/names';
import { Secret } from '../../exotel/secret';
import { createTransport } from '../../exotel/transport';
import { AccountTrunks } from '../../trunks/account-trunks';
import type { PasswordVault, TrunkMemory } from '../../trunks/ports';
import type { Section, TrunkSnapshot } from '../../trunks/snapshot';
import { ExotelError } from '../../exotel/errors';
import { NotDone, oneLine, WrongUse } from './answer';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A terminal knows no password that Exotel does not tell, and remembers nothing. */
const NO_VAULT: PasswordVault = {
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
  delete: () => Promise.resolve(),
  deleteTrunk: () => Promise.resolve(),
};
const NO_MEMORY: TrunkMemory = {
  list: () => [],
  remember: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

function required(environment: Environment, name: string): string {
  const value = environment[name]?.trim() ?? '';
  if (value === '') {
    throw new WrongUse(
      l10n.t('{0} is not set.', name),
      l10n.t(
        'Set EXOTEL_ACCOUNT_SID, EXOTEL_API_KEY, EXOTEL_API_TOKEN and EXOTEL_API_HOST ({0} for India, {1} for Singapore).',
        new URL(REGION_HOSTS.in).host,
        new URL(REGION_HOSTS.sg).host,
      ),
    );
  }
  return value;
}

/** A key goes into a header: what no header takes would be an error far from its cause. */
function secretFrom(environment: Environment, name: string): Secret {
  const value = required(environment, name);
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new WrongUse(
      l10n.t('{0} holds a blank or a character that no key has.', name),
      l10n.t('Copy it again from the API settings of the Exotel dashboard.'),
    );
  }
  return new Secret(value);
}

/**
 * The account that the environment names. Throws WrongUse when a variable is missing or cannot be meant;
 * no value is repeated in a message.
 */
export function accountOf(environment: Environment): AccountTrunks {
  const accountSid = checkAccountSid(required(environment, 'EXOTEL_ACCOUNT_SID'));
  if (!accountSid.ok) throw wrongVariable('EXOTEL_ACCOUNT_SID', accountSid.message);
  const apiKey = secretFrom(environment, 'EXOTEL_API_KEY');
  const apiToken = secretFrom(environment, 'EXOTEL_API_TOKEN');
  const host = checkApiHost(required(environment, 'EXOTEL_API_HOST'));
  if (!host.ok) throw wrongVariable('EXOTEL_API_HOST', host.message);
  const api = new ExotelClient({
    address: { region: 'custom', baseUrl: host.value, accountSid: accountSid.value },
    apiKey,
    apiToken,
    transport: createTransport(),
    limiter: new RateLimiter(),
  });
  return new AccountTrunks(accountSid.value, { api, vault: NO_VAULT, memory: NO_MEMORY });
}

function wrongVariable(name: string, why: string): WrongUse {
  return new WrongUse(l10n.t('{0} cannot be used.', name), why);
}

function stopped(): NotDone {
  return new NotDone(
    'stopped',
    l10n.t('It was stopped before it was finished.'),
    l10n.t('Run it again.'),
  );
}

/** The trunks of the account. Throws ExotelError when they cannot be listed. */
export async function listedTrunks(
  account: AccountTrunks,
  signal: AbortSignal,
): Promise<readonly TrunkSnapshot[]> {
  await account.ensureTrunks(signal);
  const { trunks } = account;
  if (trunks.state === 'failed') throw new ExotelError(trunks.problem);
  if (trunks.state !== 'ready') throw stopped();
  return trunks.value;
}

/**
 * A trunk by SID, else by name. A name that several have is refused: what is done to a trunk is not to hit
 * another one.
 */
async function trunkNamed(
  account: AccountTrunks,
  named: string,
  signal: AbortSignal,
): Promise<TrunkSnapshot> {
  const wanted = named.trim();
  if (wanted === '') {
    throw new WrongUse(l10n.t('No trunk is named.'), l10n.t('Give its SID or its name.'));
  }
  const trunks = await listedTrunks(account, signal);
  const bySid = trunks.find(({ trunk }) => trunk.sid === wanted);
  if (bySid !== undefined) return bySid;
  const [found, another] = trunks.filter(({ trunk }) => trunk.name === wanted);
  if (another !== undefined) {
    throw new WrongUse(
      l10n.t('Several trunks are called {0}.', oneLine(wanted)),
      l10n.t('Give the SID instead; “trunks” lists them.'),
    );
  }
  if (found !== undefined) return found;
  throw new WrongUse(
    l10n.t('There is no trunk with the SID or name {0}.', oneLine(wanted)),
    l10n.t('“trunks” lists the trunks of this account.'),
  );
}

/** The trunk with everything that is set up on it. What cannot be read stays failed in the snapshot. */
export async function wholeTrunk(
  account: AccountTrunks,
  named: string,
  signal: AbortSignal,
): Promise<TrunkSnapshot> {
  const { trunk } = await trunkNamed(account, named, signal);
  await account.ensureSections(trunk.sid, undefined, signal);
  if (signal.aborted) throw stopped();
  const snapshot = account.trunk(trunk.sid);
  if (snapshot !== null) return snapshot;
  throw new NotDone(
    'notFound',
    l10n.t('The trunk was deleted while it was being read.'),
    l10n.t('“trunks” lists what is there now.'),
  );
}

/** Why sections could not be read, each once. */
export function unread({ sections }: TrunkSnapshot): ExotelError[] {
  const names = Object.keys(sections) as Section[];
  return names.flatMap((name) => {
    const section = sections[name];
    return section.state === 'failed' ? [new ExotelError(section.problem)] : [];
  });
}
