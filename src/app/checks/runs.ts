/**
 * app/: the application, without `vscode`.
 *
 * All reports of this window: the ones the view shows, and the ones behind the badges in the tree. They
 * follow the models; nothing here asks the network before a person said so.
 */
import type { UseCase } from '../../terms/use';
import type { Probes } from '../../checks/types';
import { likelyUseCases } from '../../setup/use-cases';
import { ExotelError } from '../../exotel/errors';
import type { KnownEdge } from '../../exotel/edges';
import { type Disposable, Emitter, type Event } from '../../trunks/event';
import { SECTIONS } from '../../trunks/snapshot';
import type { AccountChange, TrunkModels } from '../accounts/models';
import type { AccountRegistry } from '../accounts/registry';
import { chosenEdge, type ChosenEdge, type TrunkChoices } from '../choices';
import { factsOf } from '../facts';
import type { CheckMemory } from './check-memory';
import { sharedProbes } from './shared-probes';
import type { CheckGroup, Subject, TrunkReport } from './trunk-report';

/** The trunk a report is about. */
export interface ReportRef {
  readonly accountId: string;
  readonly trunkSid: string;
}

export type RunsChange =
  /** The view shows other reports. */
  | { readonly kind: 'shown' }
  | { readonly kind: 'group'; readonly ref: ReportRef; readonly group: CheckGroup }
  | { readonly kind: 'row'; readonly ref: ReportRef; readonly key: string }
  | { readonly kind: 'summary'; readonly ref: ReportRef };

export interface RunsPorts {
  readonly models: Pick<TrunkModels, 'peek' | 'open' | 'onDidChange'>;
  readonly accounts: Pick<AccountRegistry, 'get' | 'onDidChange'>;
  readonly memory: CheckMemory;
  readonly choices: TrunkChoices;
  readonly edges: () => readonly KnownEdge[];
  readonly onDidChangeEdges: (listener: () => void) => Disposable;
  readonly probes: () => Probes;
  /** Where the network is looked at from, e.g. `this computer`. */
  readonly from: string;
  readonly now?: () => Date;
}

interface Entry {
  readonly ref: ReportRef;
  readonly report: TrunkReport;
  readonly subscription: Disposable;
}

/** Trunks at a time: the limiter of the API is shared with everything else the window does. */
const AT_ONCE = 2;

export class CheckRuns {
  readonly #ports: RunsPorts;
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Emitter<RunsChange>();
  /** How many rows of a trunk fail; zero when none does any more. */
  readonly #badges = new Emitter<ReportRef>();
  readonly #failing = new Map<string, number>();
  readonly #subscriptions: readonly Disposable[];
  /** Runs over all trunks of an account. */
  readonly #sweeps = new Set<AbortController>();
  #shown: readonly ReportRef[] = [];

  readonly onDidChange: Event<RunsChange> = this.#changes.event;
  readonly onDidChangeBadge: Event<ReportRef> = this.#badges.event;

  constructor(ports: RunsPorts) {
    this.#ports = ports;
    this.#subscriptions = [
      ports.models.onDidChange((change) => this.#follow(change)),
      ports.onDidChangeEdges(() => {
        for (const { report } of this.#entries.values()) void report.refresh();
      }),
      ports.choices.onDidChange((ref) => void this.report(ref)?.refresh()),
      ports.accounts.onDidChange(({ kind, account }) => {
        if (kind !== 'removed') return;
        ports.memory.forgetAccount(account.id);
        this.#drop((ref) => ref.accountId === account.id);
      }),
    ];
  }

  dispose(): void {
    this.stop();
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { report } of this.#entries.values()) report.dispose();
    this.#entries.clear();
    this.#changes.dispose();
    this.#badges.dispose();
  }

  get from(): string {
    return this.#ports.from;
  }

  /** What the view shows, in its order. */
  get shown(): readonly ReportRef[] {
    return this.#shown;
  }

  get running(): boolean {
    return [...this.#entries.values()].some(({ report }) => report.running);
  }

  report({ accountId, trunkSid }: ReportRef): TrunkReport | null {
    return this.#entries.get(keyOf(accountId, trunkSid))?.report ?? null;
  }

  /** How many checks of the trunk fail, as far as any were run. */
  failing(accountId: string, trunkSid: string): number {
    return this.#failing.get(keyOf(accountId, trunkSid)) ?? 0;
  }

  /** What is chosen for calls out of the trunk; null: nobody chose. */
  edge({ accountId, trunkSid }: ReportRef): ChosenEdge | null {
    return chosenEdge(this.#ports.choices, { accountId, trunkSid });
  }

  /** The use cases of the report, while there is one. */
  useCases(ref: ReportRef): readonly UseCase[] | null {
    return this.report(ref)?.useCases ?? null;
  }

  /** Shows the trunk's report; nothing runs yet. */
  async open(ref: ReportRef, useCases: readonly UseCase[]): Promise<void> {
    await this.#begin(ref, useCases);
    this.#show([ref]);
  }

  /** Shows the trunk's report and runs all of it. */
  async start(ref: ReportRef, useCases: readonly UseCase[]): Promise<void> {
    const report = await this.#begin(ref, useCases);
    this.#show([ref]);
    await report.run(this.#ports.probes());
  }

  /** Runs the reports that are shown once more. */
  async again(refs: readonly ReportRef[] = this.#shown): Promise<void> {
    const probes = sharedProbes(this.#ports.probes());
    const reports = refs.flatMap((ref) => this.report(ref) ?? []);
    await Promise.all(reports.map((report) => report.run(probes)));
  }

  /**
   * All trunks, each for what it is likely used for. Places they share are asked once. The list of trunks
   * must be new. The signal stops what runs and keeps what was not begun from beginning.
   */
  async startAll(
    accountId: string,
    trunkSids: readonly string[],
    cancelled: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    const sweep = new AbortController();
    this.#sweeps.add(sweep);
    const signal = AbortSignal.any([cancelled, sweep.signal]);
    const probes = sharedProbes(this.#ports.probes());
    const waiting = [...trunkSids];
    const begun: ReportRef[] = [];
    let done = 0;
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (signal.aborted) return;
        const ref: ReportRef = { accountId, trunkSid: next };
        const useCases = await this.#likely(ref, signal);
        if (useCases === null || wasStopped(signal)) continue;
        const report = await this.#begin(ref, useCases);
        begun.push(ref);
        const order = (one: ReportRef) => trunkSids.indexOf(one.trunkSid);
        this.#show([...begun].sort((a, b) => order(a) - order(b)));
        await report.run(probes, { signal, read: true });
        done += 1;
        onProgress(done, trunkSids.length);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      this.#sweeps.delete(sweep);
    }
  }

  /** Runs one row again. */
  async rerun(ref: ReportRef, key: string): Promise<void> {
    await this.report(ref)?.runRows([key], this.#ports.probes());
  }

  /** What a mend changed is judged again. */
  async afterMend(ref: ReportRef, key: string): Promise<void> {
    await this.report(ref)?.afterMend(key, this.#ports.probes());
  }

  async tick(ref: ReportRef, checkId: string, on: boolean): Promise<void> {
    this.#ports.memory.tick(ref.accountId, ref.trunkSid, checkId, on);
    await this.report(ref)?.refresh();
  }

  /** Where calls of the trunk are sent from now on; its report, if there is one, asks there. */
  async chooseEdge(ref: ReportRef, edge: ChosenEdge): Promise<void> {
    this.#ports.choices.choose(ref, edge);
    const report = this.report(ref);
    if (report === null) return;
    await report.refresh();
    const keys = report.rows.filter(({ group }) => group === 'network').map(({ key }) => key);
    await report.runRows(keys, this.#ports.probes());
  }

  stop(): void {
    for (const sweep of this.#sweeps) sweep.abort();
    for (const { report } of this.#entries.values()) report.stop();
  }

  /** Of one trunk, or of all that are shown. Null before anything was found out. */
  markdown(refs: readonly ReportRef[] = this.#shown): string | null {
    const reports = refs.flatMap((ref) => this.report(ref)?.markdown(this.from) ?? []);
    return reports.length === 0 ? null : reports.join('\n');
  }

  async #begin(ref: ReportRef, useCases: readonly UseCase[]): Promise<TrunkReport> {
    // The checks themselves: loaded with the first report.
    const { TrunkReport } = await import('./trunk-report');
    const id = keyOf(ref.accountId, ref.trunkSid);
    const known = this.#entries.get(id);
    if (known?.report.useCases.join() === useCases.join()) {
      return known.report;
    }
    known?.subscription.dispose();
    known?.report.dispose();
    const report = new TrunkReport(useCases, this.#subject(ref), this.#ports.now);
    const subscription = report.onDidChange((change) => {
      if (change.kind === 'summary') this.#count(ref);
      this.#changes.fire({ ...change, ref });
    });
    this.#entries.set(id, { ref, report, subscription });
    // Another report of the same trunk: its rows are others, although the trunk is shown already.
    if (this.#isShown(ref)) this.#changes.fire({ kind: 'shown' });
    return report;
  }

  #subject(ref: ReportRef): Subject {
    const { accountId, trunkSid } = ref;
    const { models, accounts, memory, choices, edges, now = () => new Date() } = this.#ports;
    return {
      gather: async () => {
        const account = accounts.get(accountId);
        const model = models.peek(accountId);
        const snapshot = model?.trunk(trunkSid) ?? null;
        if (account === null || model === null || snapshot === null) return null;
        const { checkFactsOf, problemsOf } = await import('./check-facts');
        const facts = await checkFactsOf({
          accountSid: account.accountSid,
          snapshot,
          password: (credential) => model.password(trunkSid, credential),
          edges: edges(),
          chosen: chosenEdge(choices, { accountId, trunkSid }),
          ticked: memory.ticked(accountId, trunkSid),
          now: now(),
        });
        return { facts, problems: problemsOf(snapshot) };
      },
      reload: async (sections, signal) => {
        try {
          const model = await models.open(accountId);
          if (sections !== null) {
            await model.reloadSections(trunkSid, sections, signal);
            return null;
          }
          const states = model.trunk(trunkSid)?.sections;
          const unread = SECTIONS.filter((one) => (states?.[one].state ?? 'idle') === 'idle');
          // The trunk and what of it was read before; the rest beside it.
          const [whole] = await Promise.allSettled([
            model.reloadTrunk(trunkSid, signal),
            model.reloadSections(trunkSid, unread, signal),
          ]);
          if (whole.status === 'rejected') throw whole.reason;
          return null;
        } catch (error) {
          if (!(error instanceof ExotelError)) throw error;
          return error.problem.kind === 'aborted' ? null : error.problem;
        }
      },
    };
  }

  async #likely(ref: ReportRef, signal: AbortSignal): Promise<readonly UseCase[] | null> {
    const account = this.#ports.accounts.get(ref.accountId);
    const model = this.#ports.models.peek(ref.accountId);
    if (account === null || model === null) return null;
    await model.reloadSections(ref.trunkSid, SECTIONS, signal);
    const snapshot = model.trunk(ref.trunkSid);
    return snapshot === null ? null : likelyUseCases(factsOf(account.accountSid, snapshot));
  }

  #follow({ accountId, change }: AccountChange): void {
    if (change.kind === 'trunks') {
      const model = this.#ports.models.peek(accountId);
      if (model?.trunks.state !== 'ready') return;
      this.#drop((ref) => ref.accountId === accountId && model.trunk(ref.trunkSid) === null);
      return;
    }
    // While a section is on its way nothing is known of it: the next change brings it.
    void this.#entries.get(keyOf(accountId, change.trunkSid))?.report.refresh();
  }

  #drop(gone: (ref: ReportRef) => boolean): void {
    for (const [id, { ref, report, subscription }] of [...this.#entries]) {
      if (!gone(ref)) continue;
      subscription.dispose();
      report.dispose();
      this.#entries.delete(id);
      this.#failing.delete(id);
      this.#badges.fire(ref);
    }
    if (this.#shown.some(gone)) this.#show(this.#shown.filter((ref) => !gone(ref)));
  }

  #show(refs: readonly ReportRef[]): void {
    const ids = (list: readonly ReportRef[]) =>
      list.map(({ accountId, trunkSid }) => keyOf(accountId, trunkSid)).join(' ');
    const same = ids(refs) === ids(this.#shown);
    this.#shown = refs;
    if (!same) this.#changes.fire({ kind: 'shown' });
  }

  #isShown({ accountId, trunkSid }: ReportRef): boolean {
    return this.#shown.some((ref) => ref.accountId === accountId && ref.trunkSid === trunkSid);
  }

  #count(ref: ReportRef): void {
    const id = keyOf(ref.accountId, ref.trunkSid);
    const failed = this.report(ref)?.summary.failed ?? 0;
    if (failed === (this.#failing.get(id) ?? 0)) return;
    this.#failing.set(id, failed);
    this.#badges.fire(ref);
  }
}

function keyOf(accountId: string, trunkSid: string): string {
  return `${accountId}/${trunkSid}`;
}

/** Asked again after waiting. */
function wasStopped({ aborted }: AbortSignal): boolean {
  return aborted;
}
