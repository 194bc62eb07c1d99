/**
 * trunks/: the model: what is known of an account's trunks and every operation on them.
 *
 * Fetches into the store. Two loads of the same thing at once are one call; changes made while it is
 * under way are made again on its answer.
 */
import type { ExotelApi } from '../exotel/api';
import { ExotelError, type Problem } from '../exotel/errors';
import type { Trunk } from '../exotel/model';
import { type Happening, Journal, replay } from './journal';
import type { TrunkMemory } from './ports';
import { type Log, problemOf } from './problems';
import { type Rows, type Section, type SectionRow, sections } from './sections';
import type { TrunkStore } from './store';

interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Not content with a load that began before: it may not see what happened since. */
  readonly afresh?: boolean;
}

/** The API of this account has no GET /trunks: Exotel's older documents do not list the call. */
export function hasNoTrunkList(problem: Problem): boolean {
  return problem.httpStatus === 404 || problem.httpStatus === 405;
}

const TRUNKS = '/';

export class TrunkLoader {
  readonly #api: ExotelApi;
  readonly #store: TrunkStore;
  readonly #memory: TrunkMemory;
  readonly #accountSid: string;
  readonly #ended: AbortSignal;
  readonly #log: Log | undefined;
  /** By key; whether the load came to an end, rather than was cancelled. */
  readonly #inFlight = new Map<string, Promise<boolean>>();
  readonly #journal = new Journal();
  #listsTrunks: boolean | null = null;

  constructor(parts: {
    readonly api: ExotelApi;
    readonly store: TrunkStore;
    readonly memory: TrunkMemory;
    readonly accountSid: string;
    /** Aborts every load. */
    readonly ended: AbortSignal;
    readonly log: Log | undefined;
  }) {
    this.#api = parts.api;
    this.#store = parts.store;
    this.#memory = parts.memory;
    this.#accountSid = parts.accountSid;
    this.#ended = parts.ended;
    this.#log = parts.log;
  }

  /** Null until the first load has shown it. */
  get listsTrunks(): boolean | null {
    return this.#listsTrunks;
  }

  /** The caller's signal, which the end of the account aborts too. */
  until(signal?: AbortSignal): AbortSignal {
    return signal === undefined ? this.#ended : AbortSignal.any([signal, this.#ended]);
  }

  /** Tells what changed by other means; a load under way takes it up. */
  trunkTouched(happening: Happening<Trunk>): void {
    this.#journal.note(TRUNKS, happening);
  }

  rowTouched<S extends Section>(
    trunkSid: string,
    section: S,
    happening: Happening<SectionRow[S]>,
  ): void {
    this.#journal.note(sectionKey(trunkSid, section), happening);
  }

  /** Never rejects: a failure becomes the state of the list. */
  loadTrunks({ signal: own, afresh }: LoadOptions = {}): Promise<void> {
    const signal = this.until(own);
    const load = async () => {
      this.#store.listLoading();
      try {
        const { answer, happenings } = await this.#journal.during<Trunk[], Trunk>(TRUNKS, () =>
          this.#list(signal),
        );
        this.#store.listReady(replay(answer, happenings, ({ sid }) => sid));
        return true;
      } catch (error) {
        const problem = problemOf(error, this.#log);
        if (problem.kind === 'aborted') this.#store.listUnloaded();
        else this.#store.listFailed(problem);
        return problem.kind !== 'aborted';
      }
    };
    return this.#once(TRUNKS, load, signal, afresh ?? false);
  }

  /** Never rejects: a failure becomes the state of the section. */
  loadSection<S extends Section>(
    trunkSid: string,
    section: S,
    { signal: own, afresh }: LoadOptions = {},
  ): Promise<void> {
    const signal = this.until(own);
    const key = sectionKey(trunkSid, section);
    const load = async () => {
      this.#store.sectionLoading(trunkSid, section);
      try {
        const { answer, happenings } = await this.#journal.during<Rows<S>, SectionRow[S]>(key, () =>
          sections[section].list(this.#api, trunkSid, { signal }),
        );
        const rows = replay(answer, happenings, (row) => sections[section].rowId(row));
        this.#store.sectionReady(trunkSid, section, rows);
        return true;
      } catch (error) {
        const problem = problemOf(error, this.#log);
        if (problem.kind === 'aborted') this.#store.sectionUnloaded(trunkSid, section);
        else this.#store.sectionFailed(trunkSid, section, problem);
        return problem.kind !== 'aborted';
      }
    };
    return this.#once(key, load, signal, afresh ?? false);
  }

  /**
   * One trunk by SID, also where the API cannot list trunks: there a trunk is known to exist when its
   * phone numbers can be read. Throws ExotelError. Null: it was deleted meanwhile.
   */
  async fetchTrunk(trunkSid: string, own?: AbortSignal): Promise<Trunk | null> {
    const signal = this.until(own);
    const { answer, happenings } = await this.#journal.during<Trunk, Trunk>(TRUNKS, () =>
      this.#describe(trunkSid, signal),
    );
    const trunks = replay([answer], happenings, ({ sid }) => sid);
    return trunks.find(({ sid }) => sid === trunkSid) ?? null;
  }

  async #describe(trunkSid: string, signal: AbortSignal): Promise<Trunk> {
    if (this.#listsTrunks !== false) {
      try {
        return await this.#api.getTrunk(trunkSid, { signal });
      } catch (error) {
        if (!(error instanceof ExotelError) || !hasNoTrunkList(error.problem)) throw error;
        if (this.#listsTrunks === true) throw error;
      }
    }
    await this.#api.listNumbers(trunkSid, { signal });
    const remembered = this.#memory.list().find((entry) => entry.sid === trunkSid);
    return this.#known(trunkSid, remembered?.name ?? '');
  }

  /** What can be said of a trunk that the API does not describe. */
  #known(trunkSid: string, name: string): Trunk {
    const shown = this.#store.trunk(trunkSid)?.trunk;
    if (shown !== undefined) return shown;
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

  async #list(signal: AbortSignal): Promise<Trunk[]> {
    try {
      const trunks = await this.#api.listTrunks({ signal });
      this.#listsTrunks = true;
      return trunks;
    } catch (error) {
      if (!(error instanceof ExotelError) || !hasNoTrunkList(error.problem)) throw error;
      this.#listsTrunks = false;
      return this.#memory.list().map(({ sid, name }) => this.#known(sid, name));
    }
  }

  async #once(
    key: string,
    load: () => Promise<boolean>,
    signal: AbortSignal,
    afresh: boolean,
  ): Promise<void> {
    const running = this.#inFlight.get(key);
    if (running !== undefined) {
      const ended = await running;
      // Cancelled by whoever began it, while this caller still wants it.
      if (!signal.aborted && (afresh || !ended)) await this.#once(key, load, signal, false);
      return;
    }
    const promise = load().finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, promise);
    await promise;
  }
}

function sectionKey(trunkSid: string, section: Section): string {
  return `${trunkSid}/${section}`;
}
