/**
 * workbench/: everything that imports `vscode`.
 *
 * One real call to see whether a key opens an account.
 */
import { ExotelError, type Problem } from '../../exotel/errors';
import type { AccountAddress } from '../../exotel/regions';
import { hasNoTrunkList } from '../../trunks/loader';
import type { ApiKeys } from '../accounts/account';
import type { Services } from './services';

/**
 * Null when the API accepts the key. An API without a trunk list answers 404 or 405, which it does only
 * after it took the key.
 */
export async function verifyKeys(
  services: Services,
  address: AccountAddress,
  keys: ApiKeys,
  signal?: AbortSignal,
): Promise<Problem | null> {
  try {
    await services.createApi(address, keys).listTrunks({ signal });
    return null;
  } catch (error) {
    if (!(error instanceof ExotelError)) throw error;
    return hasNoTrunkList(error.problem) ? null : error.problem;
  }
}
