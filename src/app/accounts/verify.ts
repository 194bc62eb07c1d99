/**
 * app/: the application, without `vscode`.
 *
 * One real call to see whether a key opens an account.
 */
import type { ExotelApi } from '../../exotel/api';
import { ExotelError, type Problem } from '../../exotel/errors';
import type { AccountAddress } from '../../exotel/regions';
import { hasNoTrunkList } from '../../trunks/loader';
import type { ApiKeys } from './account';

/** A client for keys that may not be saved yet. */
export interface ClientMaker {
  createApi(address: AccountAddress, keys: ApiKeys): Promise<ExotelApi>;
}

/**
 * Null when the API accepts the key. An API without a trunk list answers 404 or 405, which it does only
 * after it took the key.
 */
export async function verifyKeys(
  clients: ClientMaker,
  address: AccountAddress,
  keys: ApiKeys,
  signal?: AbortSignal,
): Promise<Problem | null> {
  try {
    await (await clients.createApi(address, keys)).listTrunks({ signal });
    return null;
  } catch (error) {
    if (!(error instanceof ExotelError)) throw error;
    return hasNoTrunkList(error.problem) ? null : error.problem;
  }
}
