/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Fetches into the store. Two loads of the same thing at once are one call; a load that a change
 * overtook is made again, so that an old answer never hides a new row.
 */
import type { ExotelApi } from '../exotel/api';
import { ExotelError, type Problem } from '../exotel/errors';
import type { Trunk } from '../exotel/model';
import { problemOf } from './bulk';
import type { TrunkMemory } from './ports';
import type { Section, SectionRows } from './snapshot';
import type { TrunkStore } from './store';

type Fetchers = {
  readonly [S in Section]: (trunkSid: string, signal?: AbortSignal) => Promise<SectionRows[S]>;
};

/** The API of this account has no GET /trunks: Exotel's older documents do not list the call. */
export function hasNoTrunkList(problem: Problem): boolean {
  return problem.httpStatus === 404 || problem.httpStatus === 405;
}

export class TrunkLoader {
  readonly #api: ExotelApi;
  readonly #store: TrunkStore;
  readonly #memory: TrunkMemory;
  readonly #accountSid: string;
  readonly #fetchers: Fetchers;
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #versions = new Map<string, number>();
  #listsTrunks: boolean | null = null;

  constructor(parts: {
    readonly api: ExotelApi;
    readonly store: TrunkStore;
    readonly memory: TrunkMemory;
    readonly accountSid: string;
  }) {
    const { api } = parts;
    this.#api = api;
    this.#store = parts.store;
    this.#memory = parts.memory;
    this.#accountSid = parts.accountSid;
    this.#fetchers = {
      numbers: (sid, signal) => api.listNumbers(sid, { signal }),
      ips: (sid, signal) => api.listIps(sid, { signal }),
      destinations: (sid, signal) => api.listDestinations(sid, { signal }),
      credentials: (sid, signal) => api.listCredentials(sid, { signal }),
      settings: (sid, signal) => api.listSettings(sid, { signal }),
    };
  }

  /** Null until the first load has shown it. */
  get listsTrunks(): boolean | null {
    return this.#listsTrunks;
  }

  /** Tells that the thing changed by other means; a load under way starts over. */
  touched(trunkSid: string | null, section: Section | null): void {
    const key = loadKey(trunkSid, section);
    this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1);
  }

  /** Never rejects: a failure becomes the state of the list. */
  loadTrunks(signal?: AbortSignal): Promise<void> {
    return this.#once(loadKey(null, null), async () => {
      this.#store.listLoading();
      try {
        this.#store.listReady(await this.#fresh(loadKey(null, null), () => this.#list(signal)));
      } catch (error) {
        const problem = problemOf(error);
        if (problem.kind === 'aborted') this.#store.listUnloaded();
        else this.#store.listFailed(problem);
      }
    });
  }

  /** Never rejects: a failure becomes the state of the section. */
  loadSection<S extends Section>(
    trunkSid: string,
    section: S,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.#once(loadKey(trunkSid, section), async () => {
      this.#store.sectionLoading(trunkSid, section);
      try {
        const rows = await this.#fresh(loadKey(trunkSid, section), () =>
          this.#fetchers[section](trunkSid, signal),
        );
        this.#store.sectionReady(trunkSid, section, rows);
      } catch (error) {
        const problem = problemOf(error);
        if (problem.kind === 'aborted') this.#store.sectionUnloaded(trunkSid, section);
        else this.#store.sectionFailed(trunkSid, section, problem);
      }
    });
  }

  /**
   * One trunk by SID, also where the API cannot list trunks: there a trunk is known to exist when its
   * phone numbers can be read. Throws ExotelError.
   */
  async fetchTrunk(trunkSid: string, signal?: AbortSignal): Promise<Trunk> {
    if (this.#listsTrunks !== false) {
      try {
        return await this.#api.getTrunk(trunkSid, { signal });
      } catch (error) {
        if (!(error instanceof ExotelError) || !hasNoTrunkList(error.problem)) throw error;
        if (this.#listsTrunks === true) throw error;
      }
    }
    await this.#api.listNumbers(trunkSid, { signal });
    return this.remembered(trunkSid);
  }

  /** What can be said of a trunk that the API does not describe. */
  remembered(trunkSid: string): Trunk {
    const name = this.#memory.list().find((entry) => entry.sid === trunkSid)?.name ?? '';
    return {
      sid: trunkSid,
      name,
      domain: `${this.#accountSid}.pstn.exotel.com`,
      status: null,
      authType: null,
      nsoCode: null,
      secureTrunking: null,
      registration: null,
      edgePreference: null,
      created: null,
      updated: null,
    };
  }

  async #list(signal?: AbortSignal): Promise<Trunk[]> {
    try {
      const trunks = await this.#api.listTrunks({ signal });
      this.#listsTrunks = true;
      return trunks;
    } catch (error) {
      if (!(error instanceof ExotelError) || !hasNoTrunkList(error.problem)) throw error;
      this.#listsTrunks = false;
      return this.#memory
        .list()
        .map(({ sid }) => this.#store.trunk(sid)?.trunk ?? this.remembered(sid));
    }
  }

  #once(key: string, load: () => Promise<void>): Promise<void> {
    const running = this.#inFlight.get(key);
    if (running !== undefined) return running;
    const promise = load().finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, promise);
    return promise;
  }

  async #fresh<T>(key: string, fetch: () => Promise<T>): Promise<T> {
    // Bounded: a person cannot make changes faster than this for long, and the last answer is right anyway.
    for (let attempt = 0; ; attempt += 1) {
      const version = this.#versions.get(key) ?? 0;
      const answer = await fetch();
      if ((this.#versions.get(key) ?? 0) === version || attempt === 3) return answer;
    }
  }
}

function loadKey(trunkSid: string | null, section: Section | null): string {
  return `${trunkSid ?? ''}/${section ?? ''}`;
}
