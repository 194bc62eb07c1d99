/**
 * app/: the application, without `vscode`.
 *
 * What the tree's filter finds. Names and SIDs are in the list; a whole phone number is one call, for which
 * Exotel has an operation; only for a piece of a number are the numbers read trunk by trunk.
 */
import { ExotelError, type Problem } from '../../exotel/errors';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { Emitter, type Event } from '../../trunks/event';
import { digitsOf, type TrunkMatch, trunkMatcher } from '../../trunks/filter';
import type { Loadable, TrunkSnapshot } from '../../trunks/snapshot';
import type { AccountRegistry } from '../accounts/registry';
import type { Log } from '../log';
import type { RowRef } from '../refs';
import type { OpenAccounts } from './open-accounts';

export interface Matches {
  readonly trunks: number;
  readonly numbers: number;
  /** Trunks that are searched, and those whose numbers must still be read for it. */
  readonly searched: number;
  readonly unsearched: number;
}

/** Trunks whose numbers are being read at once: more would only wait, and in front of a person's clicks. */
const READ_AT_ONCE = 8;

/** Of a trunk only what the filter looks at: what lies beneath it may be newer elsewhere. */
export type Listed = Pick<TrunkSnapshot, 'trunk'>;

interface Found {
  readonly matches: Matches;
  readonly first: RowRef | null;
  /** By account id, then trunk SID. */
  readonly byAccount: ReadonlyMap<string, ReadonlyMap<string, TrunkMatch>>;
  /** By account id, in the order of the list. */
  readonly trunks: ReadonlyMap<string, readonly Listed[]>;
  /** Some account's list is not there yet. */
  readonly isWaiting: boolean;
}

interface Search {
  readonly text: string;
  /** Once it is known what whole number the text is: by that, too. */
  match: (snapshot: TrunkSnapshot) => TrunkMatch | null;
  /** Whether numbers other than the loaded ones can matter. */
  readonly isNumber: boolean;
  readonly stop: AbortController;
  /** Accounts that Exotel was asked about a whole number, and why it could not say. */
  readonly asked: Map<string, Problem | null>;
  /** Accounts whose trunks are being read one by one. */
  readonly reading: Set<string>;
}

export class TrunkSearch {
  readonly #registry: Pick<AccountRegistry, 'list'>;
  readonly #accounts: OpenAccounts;
  readonly #log: Pick<Log, 'error'>;
  readonly #progress = new Emitter<undefined>();
  #search: Search | null = null;
  /** Null when something changed since it was looked up. */
  #found: Found | null = null;

  /** What is found may differ. */
  readonly onProgress: Event<undefined> = this.#progress.event;

  constructor(
    registry: Pick<AccountRegistry, 'list'>,
    accounts: OpenAccounts,
    log: Pick<Log, 'error'>,
  ) {
    this.#registry = registry;
    this.#accounts = accounts;
    this.#log = log;
  }

  dispose(): void {
    this.#search?.stop.abort();
    this.#progress.dispose();
  }

  get text(): string | null {
    return this.#search?.text ?? null;
  }

  /** Null finds everything. What must be read for it is read behind; what the text before needed is not. */
  set(text: string | null): void {
    const wanted = text?.trim() ?? '';
    this.#search?.stop.abort();
    this.#search =
      wanted === ''
        ? null
        : {
            text: wanted,
            match: trunkMatcher(wanted),
            isNumber: digitsOf(wanted) !== null,
            stop: new AbortController(),
            asked: new Map(),
            reading: new Set(),
          };
    this.#found = null;
    this.resume();
  }

  /** The models say something else than before. */
  changed(): void {
    this.#found = null;
  }

  /** Reads what is missing; to be called again when a list has come. */
  resume(): void {
    const search = this.#search;
    if (search === null) return;
    void Promise.all(this.#registry.list().map(({ id }) => this.#searchAccount(search, id)));
  }

  /** Null without a filter. */
  get matches(): Matches | null {
    return this.#look()?.matches ?? null;
  }

  /** Nothing is found, and nothing is still to be searched. */
  get isInVain(): boolean {
    const found = this.#look();
    if (found === null || found.isWaiting || this.problem !== null) return false;
    return found.matches.trunks === 0 && found.matches.unsearched === 0;
  }

  /** Why Exotel could not say who has the whole number. */
  get problem(): Problem | null {
    for (const problem of this.#search?.asked.values() ?? []) if (problem !== null) return problem;
    return null;
  }

  /** The number found first, once everything is searched; to be shown. */
  get firstNumber(): RowRef | null {
    const found = this.#look();
    return found?.matches.unsearched === 0 ? found.first : null;
  }

  /** Null: not found. Without a filter nothing is, and everything is shown. */
  match(accountId: string, trunkSid: string): TrunkMatch | null {
    return this.#look()?.byAccount.get(accountId)?.get(trunkSid) ?? null;
  }

  /** The trunks to show, in the order of the list; null when the list was never loaded. */
  trunks(accountId: string): readonly Listed[] | null {
    const all = this.#accounts.peek(accountId)?.trunks.value ?? null;
    const found = this.#look();
    if (all === null || found === null) return all;
    return found.trunks.get(accountId) ?? [];
  }

  #look(): Found | null {
    if (this.#search === null) return null;
    return (this.#found ??= this.#lookUp(this.#search));
  }

  #lookUp(search: Search): Found {
    const byAccount = new Map<string, Map<string, TrunkMatch>>();
    const lists = new Map<string, Listed[]>();
    let [trunks, numbers, searched, unsearched] = [0, 0, 0, 0];
    let first: RowRef | null = null;
    let isWaiting = false;
    for (const { id } of this.#registry.list()) {
      const loaded = this.#accounts.peek(id)?.trunks;
      const snapshots = loaded?.value ?? [];
      isWaiting ||= loaded === undefined ? this.#accounts.problem(id) === null : isAwaited(loaded);
      const isRead = !search.isNumber || search.asked.has(id);
      const matching = new Map<string, TrunkMatch>();
      byAccount.set(id, matching);
      const list: Listed[] = [];
      lists.set(id, list);
      for (const snapshot of snapshots) {
        const section = snapshot.sections.numbers;
        if (isRead || section.value !== null || section.state === 'failed') searched += 1;
        else unsearched += 1;
        const match = search.match(snapshot);
        if (match === null) continue;
        matching.set(match.trunkSid, match);
        list.push(snapshot);
        trunks += 1;
        numbers += match.numberIds?.size ?? 0;
        first ??= firstRow(id, match);
      }
    }
    const matches = { trunks, numbers, searched, unsearched };
    return { matches, first, byAccount, trunks: lists, isWaiting };
  }

  async #searchAccount(search: Search, accountId: string): Promise<void> {
    const { signal } = search.stop;
    if (this.#accounts.problem(accountId) !== null) return;
    try {
      const model = await this.#accounts.open(accountId);
      // A list that failed is not tried again and again: its Retry row does that.
      if (model?.trunks.state === 'idle') await model.ensureTrunks();
      if (signal.aborted) return;
      if (model !== null && search.isNumber) await this.#searchNumbers(search, accountId, model);
    } catch (error) {
      this.#log.error('filter', error);
    }
    this.#found = null;
    if (!signal.aborted) this.#progress.fire(undefined);
  }

  async #searchNumbers(search: Search, accountId: string, model: AccountTrunks): Promise<void> {
    if (search.asked.has(accountId) || search.reading.has(accountId)) return;
    // Loaded when used: the ranges of all countries are large.
    const { wholePhoneNumber } = await import('../../exotel/rules/numbers');
    const number = wholePhoneNumber(search.text);
    const isOver = () => search.stop.signal.aborted || search.asked.has(accountId);
    if (isOver()) return;
    if (number === null) {
      search.reading.add(accountId);
      await readNumbers(model, search.stop.signal);
      search.reading.delete(accountId);
      return;
    }
    const byText = trunkMatcher(search.text);
    const byNumber = trunkMatcher(number);
    search.match = (snapshot) => byText(snapshot) ?? byNumber(snapshot);
    const problem = await askWhoHas(model, number, search.stop.signal);
    if (!isOver()) search.asked.set(accountId, problem);
  }
}

function isAwaited({ state, value }: Loadable<unknown>): boolean {
  return value === null && state !== 'failed';
}

function firstRow(accountId: string, { trunkSid, numberIds }: TrunkMatch): RowRef | null {
  const [rowId] = numberIds ?? [];
  if (rowId === undefined) return null;
  return { kind: 'row', accountId, trunkSid, section: 'numbers', rowId };
}

/** One call to learn which trunk has the number, one to show the number there. Null: Exotel said. */
async function askWhoHas(
  model: AccountTrunks,
  number: string,
  signal: AbortSignal,
): Promise<Problem | null> {
  try {
    const map = await model.findTrunkOf(number, signal);
    if (map === null) return null;
    // Made elsewhere since the list was read.
    if (model.trunk(map.trunkSid) === null) await model.reloadTrunks(signal);
    await model.ensureSections(map.trunkSid, ['numbers'], signal);
    return null;
  } catch (error) {
    if (error instanceof ExotelError) return error.problem;
    throw error;
  }
}

/** The numbers of every trunk that were never read, a few trunks at a time. */
async function readNumbers(model: AccountTrunks, signal: AbortSignal): Promise<void> {
  const left = (model.trunks.value ?? []).values();
  const readOn = async () => {
    for (const { trunk, sections } of left) {
      if (signal.aborted) return;
      if (sections.numbers.state === 'idle') {
        await model.ensureSections(trunk.sid, ['numbers'], signal);
      }
    }
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, readOn));
}
