/**
 * workbench/: everything that imports `vscode`.
 *
 * Says what a command did: in the status bar when all went well, in full when it did not.
 */
import { l10n } from 'vscode';
import type { Problem } from '../../exotel/errors';
import type { BulkOptions, BulkOutcome } from '../../trunks/bulk';
import type { Checked } from '../../exotel/rules/checked';
import type { Validation } from '../../app/input/prompter';
import { type CopyDeed, copyCurl, copyRequestId } from '../../pages/trace/explanation-pages';
import type { Services } from './services';

export function asValidation<T>(checked: Checked<T>): Validation {
  if (!checked.ok) return { severity: 'error', message: checked.message };
  const [warning] = checked.warnings;
  return warning === undefined ? null : { severity: 'warning', message: warning.message };
}

/** The value of an input that the box itself accepted. */
export function accepted<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(`Unchecked input for ${checked.field}`);
  return checked.value;
}

/** Several calls get a notification with Cancel, a single one a bar in the view. */
export function withProgress<T>(
  services: Services,
  title: string,
  calls: number,
  work: (options: BulkOptions) => Promise<T>,
): Promise<T> {
  if (calls <= 1) return services.ui.busy(() => work({}));
  return services.ui.cancellable(title, (signal, report) => work({ signal, onProgress: report }));
}

/**
 * One bulk operation per trunk, one after the other, under one progress; stops when the person cancels or
 * going on is pointless. Gives one outcome per trunk.
 */
export async function forEachTrunk<G extends { readonly rows: readonly unknown[] }, Input, T>(
  services: Services,
  title: string,
  groups: readonly G[],
  work: (group: G, options: BulkOptions) => Promise<BulkOutcome<Input, T>>,
): Promise<BulkOutcome<Input, T>[]> {
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return withProgress(services, title, total, async ({ signal, onProgress }) => {
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
  /** e.g. `3 numbers mapped`. */
  readonly allDone: string;
  /** What the failed ones were to become, e.g. `mapped`. */
  readonly done: string;
  /** How an item is called. */
  label(input: Input): string;
}

/** True when every item was done. */
export async function reportBulk<Input, T>(
  services: Services,
  outcomes: readonly BulkOutcome<Input, T>[],
  words: BulkWords<Input>,
): Promise<boolean> {
  const done = outcomes.flatMap((outcome) => outcome.done);
  const failed = outcomes.flatMap((outcome) => outcome.failed);
  const notTried = outcomes.flatMap((outcome) => outcome.notTried);
  if (failed.length === 0 && notTried.length === 0) {
    services.ui.status(words.allDone);
    return true;
  }
  const [first] = failed;
  if (first !== undefined && failed.length === 1 && done.length === 0 && notTried.length === 0) {
    await reportProblem(services, first.problem, words.label(first.input));
    return false;
  }
  const lines: string[] = [];
  if (done.length > 0) {
    lines.push(l10n.t('Done ({0}): {1}', words.done, done.length));
    lines.push(...done.map(({ input }) => `  ✓ ${words.label(input)}`));
  }
  if (failed.length > 0) {
    lines.push(l10n.t('Not {0}: {1}', words.done, failed.length));
    for (const { input, problem } of failed) {
      lines.push(`  ✗ ${words.label(input)}: ${problem.what} ${problem.doNext}`);
    }
  }
  if (notTried.length > 0) {
    lines.push(l10n.t('Not tried: {0}', notTried.length));
    lines.push(...notTried.map((input) => `  – ${words.label(input)}`));
  }
  const text = l10n.t(
    '{0} of {1} {2}.',
    done.length,
    done.length + failed.length + notTried.length,
    words.done,
  );
  const explain = l10n.t('Explain');
  const detail = lines.join('\n');
  if (failed.length === 0) {
    await services.ui.report(text, detail);
    return false;
  }
  if ((await services.ui.report(text, detail, explain)) === explain) {
    await services.troubleshooter.showFailures(
      failed.map(({ input, problem }) => ({ problem, subject: words.label(input) })),
    );
  }
  return false;
}

/** Shows a failed call: what happened, what mends it, and where to read more. */
export async function reportProblem(
  services: Services,
  problem: Problem,
  subject?: string,
): Promise<void> {
  services.log.warn(
    `${problem.operation} failed: ${problem.kind}` +
      (problem.httpStatus === null ? '' : ` http=${problem.httpStatus}`) +
      (problem.code === null ? '' : ` code=${problem.code}`) +
      (problem.requestId === null ? '' : ` request_id=${problem.requestId}`) +
      (problem.description === null ? '' : ` description=${JSON.stringify(problem.description)}`),
  );
  const text = `${subject === undefined ? '' : `${subject}: `}${problem.what} ${problem.doNext}`;
  const explain = l10n.t('Explain');
  const copyId = l10n.t('Copy Request ID');
  const copyAsCurl = l10n.t('Copy as cURL');
  const showLog = l10n.t('Show Log');
  const { requestId, request } = problem;
  const pressed = await services.ui.error(
    text,
    explain,
    ...(requestId === null ? [] : [copyId]),
    ...(request === undefined ? [] : [copyAsCurl]),
    showLog,
  );
  if (pressed === explain) {
    await services.troubleshooter.showFailures([{ problem, subject: subject ?? null }]);
  }
  if (pressed === copyId && requestId !== null)
    await copyAndSay(services, copyRequestId(requestId));
  if (pressed === copyAsCurl && request !== undefined)
    await copyAndSay(services, copyCurl(request));
  if (pressed === showLog) services.ui.showLog();
}

/** …to the clipboard, and says so. */
export async function copyAndSay(services: Services, { text, done }: CopyDeed): Promise<void> {
  await services.ui.copy(text());
  services.ui.status(done);
}
