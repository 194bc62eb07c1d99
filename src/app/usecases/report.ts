/**
 * app/: the application, without `vscode`.
 *
 * Says what was done: in the status bar when all went well, in full when it did not.
 */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../../exotel/errors';
import type { BulkOptions, BulkOutcome } from '../../trunks/bulk';
import { type Copy, copyCurl, copyRequestId } from '../explain/failure';
import type { Reports, Tells } from './ports';

/** Several calls get a notification with Cancel, a single one a bar in the view. */
export function withProgress<T>(
  { ui }: Tells,
  title: string,
  calls: number,
  work: (options: BulkOptions) => Promise<T>,
): Promise<T> {
  if (calls <= 1) return ui.busy(() => work({}));
  return ui.cancellable(title, (signal, report) => work({ signal, onProgress: report }));
}

/**
 * One bulk operation per trunk, one after the other, under one progress; stops when the person cancels or
 * going on is pointless. Gives one outcome per trunk.
 */
export async function forEachTrunk<G extends { readonly rows: readonly unknown[] }, Input, T>(
  ports: Tells,
  title: string,
  groups: readonly G[],
  work: (group: G, options: BulkOptions) => Promise<BulkOutcome<Input, T>>,
): Promise<BulkOutcome<Input, T>[]> {
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return withProgress(ports, title, total, async ({ signal, onProgress }) => {
    const outcomes: BulkOutcome<Input, T>[] = [];
    let before = 0;
    for (const group of groups) {
      const start = before;
      outcomes.push(
        await work(group, { signal, onProgress: (done) => onProgress?.(start + done, total) }),
      );
      before += group.rows.length;
    }
    return outcomes;
  });
}

export interface BulkWords<Input> {
  /** Of all, in the status bar, e.g. `3 numbers mapped.` */
  readonly allDone: string;
  /** Of some, where there are two or more, e.g. `Mapped 1 of 3 numbers.` */
  someDone(done: number, all: number): string;
  /** Headings over what was done and what was not, e.g. `Mapped: 1` and `Not mapped: 2`. */
  done(count: number): string;
  notDone(count: number): string;
  /** How an item is called. */
  label(input: Input): string;
  /** Why an item failed, where more is known than the API said. */
  why?(input: Input): string | null;
}

/** Offered beside the report, for what failed. */
export interface NextStep {
  readonly label: string;
  take(): Promise<void>;
}

/** True when every item was done. */
export async function reportBulk<Input, T>(
  ports: Reports,
  outcomes: readonly BulkOutcome<Input, T>[],
  words: BulkWords<Input>,
  next: NextStep | null = null,
): Promise<boolean> {
  const done = outcomes.flatMap((outcome) => outcome.done);
  const failed = outcomes.flatMap((outcome) => outcome.failed);
  const notTried = outcomes.flatMap((outcome) => outcome.notTried);
  const all = done.length + failed.length + notTried.length;
  if (done.length === all) {
    ports.ui.status(words.allDone);
    return true;
  }
  const [first] = failed;
  if (first !== undefined && all === 1) {
    await reportProblem(ports, first.problem, words.label(first.input));
    return false;
  }
  const lines: string[] = [];
  if (done.length > 0) {
    lines.push(words.done(done.length));
    lines.push(...done.map(({ input }) => `  ✓ ${words.label(input)}`));
  }
  if (failed.length > 0) {
    lines.push(words.notDone(failed.length));
    for (const { input, problem } of failed) {
      const why = words.why?.(input) ?? `${problem.what} ${problem.doNext}`;
      lines.push(`  ✗ ${l10n.t('{0}: {1}', words.label(input), why)}`);
    }
  }
  if (notTried.length > 0) {
    lines.push(l10n.t('Not tried: {0}', notTried.length));
    lines.push(...notTried.map((input) => `  – ${words.label(input)}`));
  }
  const nothing = done.length === 0 && failed.length === 0;
  const text = nothing ? l10n.t('Nothing was changed.') : words.someDone(done.length, all);
  const explain = l10n.t('Explain');
  const actions = [
    ...(next === null ? [] : [next.label]),
    ...(failed.length === 0 ? [] : [explain]),
  ];
  const pressed = await ports.ui.report(text, lines.join('\n'), ...actions);
  if (pressed === explain) {
    await ports.troubleshooter.showFailures(
      failed.map(({ input, problem }) => ({ problem, subject: words.label(input) })),
    );
  } else if (pressed !== null) {
    await next?.take();
  }
  return false;
}

/** Shows a failed call: what happened, what mends it, and where to read more. */
export async function reportProblem(
  ports: Reports,
  problem: Problem,
  subject?: string,
): Promise<void> {
  const { ui } = ports;
  ports.log.warn(
    `${problem.operation} failed: ${problem.kind}` +
      (problem.httpStatus === null ? '' : ` http=${problem.httpStatus}`) +
      (problem.code === null ? '' : ` code=${problem.code}`) +
      (problem.requestId === null ? '' : ` request_id=${problem.requestId}`) +
      (problem.description === null ? '' : ` description=${JSON.stringify(problem.description)}`),
  );
  const said = `${problem.what} ${problem.doNext}`;
  const text = subject === undefined ? said : l10n.t('{0}: {1}', subject, said);
  const explain = l10n.t('Explain');
  const copyId = l10n.t('Copy Request ID');
  const copyAsCurl = l10n.t('Copy as cURL');
  const showLog = l10n.t('Show Log');
  const { requestId, request } = problem;
  const pressed = await ui.error(
    text,
    explain,
    ...(requestId === null ? [] : [copyId]),
    ...(request === undefined ? [] : [copyAsCurl]),
    showLog,
  );
  if (pressed === explain) {
    await ports.troubleshooter.showFailures([{ problem, subject: subject ?? null }]);
  }
  if (pressed === copyId && requestId !== null) await copyAndSay(ports, copyRequestId(requestId));
  if (pressed === copyAsCurl && request !== undefined) await copyAndSay(ports, copyCurl(request));
  if (pressed === showLog) ui.showLog();
}

/** …to the clipboard, and says so. */
export async function copyAndSay({ ui }: Tells, { text, done }: Copy): Promise<void> {
  await ui.copy(text());
  ui.status(done);
}
