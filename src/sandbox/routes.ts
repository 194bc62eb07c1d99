/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * Which operation answers which method and path. The rule of the API: POST and GET on the
 * collection, PUT with the id in the path, DELETE with the id in the query.
 */
import createRouter from 'find-my-way';
import * as operations from './operations';
import type { Operation } from './operations';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Match {
  readonly operation: Operation;
  readonly accountSid: string;
  readonly trunkSid: string;
  readonly id: string;
}

/** `undefined`: no such path. `'malformed'`: the path cannot even be read. */
export type FindRoute = (method: Method, path: string) => Match | 'malformed' | undefined;

const TRUNKS = '/v2/accounts/:account/trunks';
const TRUNK = `${TRUNKS}/:trunk`;

const table: readonly (readonly [Method, string, Operation])[] = [
  ['POST', TRUNKS, operations.createTrunk],
  ['PUT', TRUNK, operations.updateTrunk],
  ['DELETE', TRUNKS, operations.deleteTrunk],

  ['POST', `${TRUNK}/phone-numbers`, operations.mapPhoneNumber],
  ['GET', `${TRUNK}/phone-numbers`, operations.listPhoneNumbers],
  ['PUT', `${TRUNK}/phone-numbers/:id`, operations.updatePhoneNumber],
  ['DELETE', `${TRUNK}/phone-numbers`, operations.unmapPhoneNumber],
  ['GET', '/v2/accounts/:account/trunk-maps', operations.findTrunkMaps],

  ['POST', `${TRUNK}/whitelisted-ips`, operations.whitelistIp],
  ['GET', `${TRUNK}/whitelisted-ips`, operations.listWhitelistedIps],
  ['PUT', `${TRUNK}/whitelisted-ips/:id`, operations.updateWhitelistedIp],
  ['DELETE', `${TRUNK}/whitelisted-ips`, operations.removeWhitelistedIp],

  ['POST', `${TRUNK}/destination-uris`, operations.addDestinations],
  ['GET', `${TRUNK}/destination-uris`, operations.listDestinations],
  ['PUT', `${TRUNK}/destination-uris/:id`, operations.updateDestination],
  ['DELETE', `${TRUNK}/destination-uris`, operations.removeDestination],

  ['POST', `${TRUNK}/credentials`, operations.createCredential],
  ['GET', `${TRUNK}/credentials`, operations.listCredentials],
  ['PUT', `${TRUNK}/credentials/:id`, operations.updateCredential],
  ['DELETE', `${TRUNK}/credentials`, operations.deleteCredential],

  ['POST', `${TRUNK}/settings`, operations.putSettings],
  ['GET', `${TRUNK}/settings`, operations.listSettings],
  ['DELETE', `${TRUNK}/settings`, operations.removeSetting],
];

/**
 * @param withoutTrunkList plays an API from before `GET /trunks`: the path is unknown there (404),
 * or known for other methods only (405).
 */
export function createRoutes(withoutTrunkList: false | 404 | 405): FindRoute {
  // The router only finds; the operation travels in its store, so that it needs no request to run.
  const unused = (): void => undefined;
  const router = createRouter({ onBadUrl: unused });
  for (const [method, path, operation] of table) router.on(method, path, unused, operation);
  if (withoutTrunkList !== 404) {
    const operation = withoutTrunkList ? operations.trunkListNotAllowed : operations.listTrunks;
    router.on('GET', TRUNKS, unused, operation);
  }
  return (method, path) => {
    const found = router.find(method, path);
    if (!found) return undefined;
    // A path that cannot be decoded is "found" too, with nothing in the store.
    const operation = found.store as Operation | null;
    if (!operation) return 'malformed';
    const { account = '', trunk = '', id = '' } = found.params;
    return { operation, accountSid: account, trunkSid: trunk, id };
  };
}
