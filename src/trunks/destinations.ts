/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Destination URIs: added many at a time, and given another address, which takes several calls.
 */
import * as l10n from '@vscode/l10n';
import type { ExotelApi } from '../exotel/api';
import { ExotelError, type Problem } from '../exotel/errors';
import type { DestinationUri } from '../exotel/model';
import type { BulkOutcome } from './bulk';
import type { Changes } from './changes';
import { problemOf } from './problems';

export type AddressOutcome =
  | { readonly changed: DestinationUri }
  | { readonly step: 'add' | 'weigh' | 'remove'; readonly problem: Problem };

export class Destinations {
  readonly #api: ExotelApi;
  readonly #changes: Changes;

  constructor(api: ExotelApi, changes: Changes) {
    this.#api = api;
    this.#changes = changes;
  }

  /**
   * One call for all; the API answers one result per destination. Cancelling works until it leaves: what
   * became of an aborted one nobody could say.
   */
  async add(
    trunkSid: string,
    destinations: readonly string[],
    signal?: AbortSignal,
  ): Promise<BulkOutcome<string, DestinationUri>> {
    if (this.#changes.loader.until(signal).aborted) {
      return { done: [], failed: [], notTried: destinations };
    }
    const pending = destinations.map((destination) => this.#changes.newPending(destination));
    for (const row of pending) this.#changes.store.addPending(trunkSid, 'destinations', row);
    try {
      const results = await this.#api.addDestinations(trunkSid, destinations);
      for (const result of results) {
        if (result.ok) this.#changes.put(trunkSid, 'destinations', result.value);
      }
      return {
        done: results.filter((result) => result.ok),
        failed: results.filter((result) => !result.ok),
        notTried: [],
      };
    } catch (error) {
      const problem = problemOf(error, this.#changes.log);
      return { done: [], failed: destinations.map((input) => ({ input, problem })), notTried: [] };
    } finally {
      for (const row of pending)
        this.#changes.store.removePending(trunkSid, 'destinations', row.id);
    }
  }

  async change(
    trunkSid: string,
    id: string,
    input: { readonly priority?: number; readonly weight?: number },
    signal?: AbortSignal,
  ): Promise<DestinationUri> {
    const previous = this.#changes.knownRow(trunkSid, 'destinations', id);
    const changed = await this.#changes.busy(
      trunkSid,
      'destinations',
      id,
      l10n.t('changing…'),
      () => this.#api.changeDestination(previous, input, { signal }),
    );
    this.#changes.put(trunkSid, 'destinations', changed);
    return changed;
  }

  /**
   * The API cannot change an address: the new one is added with the old one's priority and weight, then the
   * old one removed. `step` of a failure says how far it came: 'add' changed nothing, after 'weigh' and
   * 'remove' both are there.
   */
  async changeAddress(
    trunkSid: string,
    id: string,
    address: string,
    signal?: AbortSignal,
  ): Promise<AddressOutcome> {
    const previous = this.#changes.knownRow(trunkSid, 'destinations', id);
    let step: 'add' | 'weigh' | 'remove' = 'add';
    try {
      const changed = await this.#changes.busy(
        trunkSid,
        'destinations',
        id,
        l10n.t('changing address…'),
        async () => {
          let added = await this.#addOne(trunkSid, address, signal);
          this.#changes.put(trunkSid, 'destinations', added);
          step = 'weigh';
          if (added.priority !== previous.priority || added.weight !== previous.weight) {
            const { priority, weight } = previous;
            added = await this.#api.changeDestination(added, { priority, weight }, { signal });
            this.#changes.put(trunkSid, 'destinations', added);
          }
          step = 'remove';
          await this.#api.removeDestination(trunkSid, id, { signal });
          return added;
        },
      );
      this.#changes.removed(trunkSid, 'destinations', id);
      return { changed };
    } catch (error) {
      return { step, problem: problemOf(error, this.#changes.log) };
    }
  }

  async #addOne(trunkSid: string, address: string, signal?: AbortSignal): Promise<DestinationUri> {
    const [result] = await this.#api.addDestinations(trunkSid, [address], { signal });
    if (result === undefined) throw new RangeError('One result per destination.');
    if (!result.ok) throw new ExotelError(result.problem);
    return result.value;
  }
}
