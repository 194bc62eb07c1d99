/**
 * app/: the application, without `vscode`.
 *
 * The report of one trunk: its rows, running them, and keeping the ones that only judge what is set up in
 * step with the model. What asks the network runs when it is told to, never by itself.
 */
import type { CheckFacts, CheckResult, PlannedCheck, Probes } from '../../checks/types';
import type { UseCase } from '../../terms/use';
import { planChecks, runChecks } from '../../checks/plan';
import { reportMarkdown } from '../../checks/report';
import type { Problem } from '../../exotel/errors';
import { Emitter, type Event } from '../../trunks/event';
import type { Section } from '../../trunks/snapshot';
import { sectionsOf } from './check-facts';

export type CheckGroup = PlannedCheck['group'];

export interface CheckRow {
  /** Stable and unique in the report; the same check of two use cases is one row. */
  readonly key: string;
  readonly id: string;
  readonly group: CheckGroup;
  readonly title: string;
  readonly running: boolean;
  /** The latest; null before the first. Kept while the row runs again. */
  readonly result: CheckResult | null;
}

export interface Gathered {
  readonly facts: CheckFacts;
  readonly problems: ReadonlyMap<Section, Problem>;
}

/** The trunk as the report needs it. */
export interface Subject {
  /** What is known now; null when the trunk is gone. */
  gather(): Promise<Gathered | null>;
  /**
   * Reads the sections, or without them the whole trunk, from Exotel again. Gives why the trunk itself
   * could not be read; of sections the facts say so.
   */
  reload(sections: readonly Section[] | null, signal: AbortSignal): Promise<Problem | null>;
}

export type ReportChange =
  /** Rows of the group came or went. */
  | { readonly kind: 'group'; readonly group: CheckGroup }
  | { readonly kind: 'row'; readonly key: string }
  /** It began or ended to run, or counts differently. */
  | { readonly kind: 'summary' };

export interface Summary {
  readonly running: boolean;
  readonly failed: number;
  readonly warnings: number;
  readonly unknown: number;
  /** Manual rows nobody has ticked. */
  readonly open: number;
  /** Rows with a verdict, and all. */
  readonly judged: number;
  readonly all: number;
}

interface Row {
  readonly useCase: UseCase;
  planned: PlannedCheck;
  /** Which run has it in hand; what an older one finds out is dropped. */
  run: symbol | null;
  result: CheckResult | null;
}

const PURE: ReadonlySet<CheckGroup> = new Set(['exotel', 'manual']);

export class TrunkReport {
  readonly #subject: Subject;
  readonly #now: () => Date;
  readonly #rows = new Map<string, Row>();
  readonly #controllers = new Set<AbortController>();
  readonly #changes = new Emitter<ReportChange>();
  #gathered: Gathered | null = null;
  /** Why the trunk itself could not be read the last time. */
  #problem: Problem | null = null;
  #finished: Date | null = null;
  #refreshing: Promise<void> | null = null;
  #again = false;
  #said = '';

  readonly onDidChange: Event<ReportChange> = this.#changes.event;

  constructor(
    readonly useCases: readonly UseCase[],
    subject: Subject,
    now: () => Date = () => new Date(),
  ) {
    this.#subject = subject;
    this.#now = now;
  }

  dispose(): void {
    this.stop();
    this.#changes.dispose();
  }

  get rows(): readonly CheckRow[] {
    return [...this.#rows].map(([key, row]) => toCheckRow(key, row));
  }

  row(key: string): CheckRow | null {
    const row = this.#rows.get(key);
    return row === undefined ? null : toCheckRow(key, row);
  }

  get running(): boolean {
    return this.#controllers.size > 0;
  }

  get summary(): Summary {
    const results = [...this.#rows.values()].flatMap(({ result }) => result ?? []);
    const count = (verdict: CheckResult['level']) =>
      results.filter((result) => result.level === verdict).length;
    return {
      running: this.running,
      failed: count('problem'),
      warnings: count('warning'),
      unknown: count('unknown'),
      open: count('manual'),
      judged: [...this.#rows.values()].filter((row) => row.run === null && row.result !== null)
        .length,
      all: this.#rows.size,
    };
  }

  /**
   * Reads the trunk anew, unless it was just read, and runs every row. What ran before is given up. Rejects
   * for defects only.
   */
  async run(
    probes: Probes,
    { signal, read = false }: { readonly signal?: AbortSignal; readonly read?: boolean } = {},
  ): Promise<void> {
    this.stop();
    await this.#during(signal, async (own, token) => {
      await this.#plan();
      this.#take([...this.#rows.keys()], token);
      this.#problem = read ? null : await this.#subject.reload(null, own);
      await this.#plan();
      const keys = [...this.#rows.keys()];
      this.#take(keys, token);
      await this.#runRows(keys, token, probes, own);
    });
  }

  /** Runs these rows; what they are judged by is read anew first. */
  async runRows(keys: readonly string[], probes: Probes): Promise<void> {
    const present = keys.filter((key) => this.#rows.has(key));
    if (present.length === 0) return;
    await this.#during(undefined, async (own, token) => {
      this.#take(present, token);
      const judged = present.flatMap((key) => this.#exotelId(key) ?? []);
      const sections = [...new Set(judged.flatMap(sectionsOf))];
      if (judged.some((id) => sectionsOf(id).length === 0)) {
        this.#problem = await this.#subject.reload(null, own);
      } else if (sections.length > 0) {
        await this.#subject.reload(sections, own);
      }
      await this.#plan();
      await this.#runRows(present, token, probes, own);
    });
    await this.refresh();
  }

  /**
   * After a mend: judges what is set up again, then asks the network about the row that was mended and
   * about what is new because of it.
   */
  async afterMend(key: string, probes: Probes): Promise<void> {
    await this.refresh();
    const asked = [...this.#rows].filter(
      ([one, row]) =>
        row.planned.group === 'network' && row.run === null && (one === key || row.result === null),
    );
    await this.runRows(
      asked.map(([one]) => one),
      probes,
    );
  }

  /** Judges what is set up by what the model knows now. Rows that ask the network keep their verdict. */
  refresh(): Promise<void> {
    if (this.#refreshing !== null) {
      this.#again = true;
      return this.#refreshing;
    }
    const work = async (): Promise<void> => {
      do {
        this.#again = false;
        await this.#plan();
        await this.#judge();
      } while (this.#wantsAgain());
    };
    this.#refreshing = work().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Rows that wait for the network say that they were stopped. */
  stop(): void {
    for (const controller of this.#controllers) controller.abort();
  }

  /** Null before anything was found out. */
  markdown(from: string): string | null {
    const facts = this.#gathered?.facts;
    const finished = this.#finished;
    if (facts === undefined || finished === null) return null;
    const byId = new Map(
      [...this.#rows.values()].map(({ planned, result }) => [titled(planned), result]),
    );
    return this.useCases
      .map((useCase) => {
        const plan = planChecks(facts, useCase);
        const results = new Map(
          plan.flatMap((planned) => {
            const result = byId.get(titled(planned)) ?? null;
            return result === null ? [] : [[planned.id, result] as const];
          }),
        );
        return reportMarkdown({ facts, useCase, plan, results, from, finished });
      })
      .join('\n');
  }

  async #during(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal, token: symbol) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    const token = Symbol('run');
    const abort = () => controller.abort();
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    this.#controllers.add(controller);
    this.#summarize();
    try {
      await work(controller.signal, token);
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#controllers.delete(controller);
      for (const [key, row] of this.#rows) {
        if (row.run === token) this.#put(key, row, null, row.result);
      }
      this.#finished = this.#now();
      this.#summarize();
    }
  }

  async #runRows(
    keys: readonly string[],
    token: symbol,
    probes: Probes,
    signal: AbortSignal,
  ): Promise<void> {
    const plan = keys.flatMap((key) => {
      const row = this.#rows.get(key);
      return row?.run === token ? [under(key, row.planned)] : [];
    });
    await runChecks(plan, probes, signal, (result) => {
      const row = this.#rows.get(result.id);
      if (row?.run === token) {
        this.#put(result.id, row, null, this.#explained({ ...result, id: row.planned.id }));
      }
    });
  }

  #take(keys: readonly string[], token: symbol): void {
    for (const key of keys) {
      const row = this.#rows.get(key);
      if (row !== undefined) this.#put(key, row, token, row.result);
    }
  }

  /** The rows of the model's facts of now. A row that stays keeps what is known of it. */
  async #plan(): Promise<void> {
    const gathered = await this.#subject.gather();
    // A trunk that is gone is left as it was last seen: its report is about to be dropped.
    if (gathered === null) return;
    this.#gathered = gathered;
    const before = new Map(this.#rows);
    const seen = new Set<string>();
    this.#rows.clear();
    for (const useCase of this.useCases) {
      for (const planned of planChecks(gathered.facts, useCase)) {
        if (seen.has(titled(planned))) continue;
        seen.add(titled(planned));
        const key = `${useCase}/${planned.id}`;
        const known = before.get(key);
        if (known !== undefined) known.planned = planned;
        this.#rows.set(key, known ?? { useCase, planned, run: null, result: null });
      }
    }
    for (const group of ['exotel', 'network', 'manual'] as const) {
      const keys = (rows: ReadonlyMap<string, Row>) =>
        [...rows].flatMap(([key, row]) => (row.planned.group === group ? [key] : [])).join('\n');
      if (keys(before) !== keys(this.#rows)) this.#changes.fire({ kind: 'group', group });
    }
    this.#summarize();
  }

  async #judge(): Promise<void> {
    const idle = new AbortController().signal;
    for (const [key, row] of [...this.#rows]) {
      if (!PURE.has(row.planned.group) || row.run !== null) continue;
      const result = this.#explained(await row.planned.run(NO_PROBES, idle));
      if (this.#rows.get(key) === row && wasIdle(row)) this.#put(key, row, null, result);
    }
  }

  /** Why something could not be read, in Exotel's words. */
  #explained(result: CheckResult): CheckResult {
    if (result.id === 'trunk.created' && this.#problem !== null) {
      const { what, doNext, requestId } = this.#problem;
      const action = { kind: 'refresh', value: null } as const;
      return { ...result, level: 'unknown', what, doNext, action, requestId };
    }
    if (result.level !== 'unknown') return result;
    const problems = sectionsOf(result.id).flatMap(
      (section) => this.#gathered?.problems.get(section) ?? [],
    );
    const [first] = problems;
    if (first === undefined) return result;
    const details = [...result.evidence, ...problems.map(({ what }) => what)];
    return { ...result, evidence: details, requestId: result.requestId ?? first.requestId };
  }

  #put(key: string, row: Row, run: symbol | null, result: CheckResult | null): void {
    const same = (row.run === null) === (run === null) && alike(row.result, result);
    row.run = run;
    row.result = result;
    if (same) return;
    this.#changes.fire({ kind: 'row', key });
    this.#summarize();
  }

  #summarize(): void {
    const said = JSON.stringify(this.summary);
    if (said === this.#said) return;
    this.#said = said;
    this.#changes.fire({ kind: 'summary' });
  }

  #exotelId(key: string): string | null {
    const planned = this.#rows.get(key)?.planned;
    return planned?.group === 'exotel' ? planned.id : null;
  }

  /** Asked after waiting. */
  #wantsAgain(): boolean {
    return this.#again;
  }
}

function toCheckRow(key: string, { planned, run, result }: Row): CheckRow {
  const { id, group, title } = planned;
  return { key, id, group, title, running: run !== null, result };
}

/** Asked after waiting. */
function wasIdle({ run }: Row): boolean {
  return run === null;
}

function titled({ id, title }: PlannedCheck): string {
  return `${id} ${title}`;
}

function under(key: string, planned: PlannedCheck): PlannedCheck {
  return {
    ...planned,
    id: key,
    run: async (probes, signal) => ({ ...(await planned.run(probes, signal)), id: key }),
  };
}

function alike(one: CheckResult | null, other: CheckResult | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Rows that only judge what is set up ask nobody. */
const NO_PROBES: Probes = {
  resolve: () => Promise.resolve({ kind: 'failed', reason: '' }),
  connect: () => Promise.resolve({ kind: 'aborted' }),
  handshake: () => Promise.resolve({ kind: 'noTcp', result: { kind: 'aborted' } }),
  options: () => Promise.resolve({ kind: 'noTcp', result: { kind: 'aborted' } }),
};
