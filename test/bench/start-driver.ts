// Runs inside the extension host for `npm run bench`: starts extensions in turns and says how long each took,
// and which files one start opens. VS Code calls `run`; start.ts says what to start, and reads the answer.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';

export interface StartPlan {
  /** Started in turns: each has the names of one extension a round. */
  readonly turns: readonly (readonly string[])[];
  /** Started last, alone, while all files are watched. */
  readonly watched: string;
  /** For how long after its start, ms. */
  readonly watchMs: number;
  readonly answer: string;
}

export interface StartAnswer {
  /** As `turns`, ms of load and activate. */
  readonly ms: readonly (readonly number[])[];
  /** Paths beneath the extension, as often as they were opened. */
  readonly opened: readonly string[];
}

/** Load and activate, ms. */
async function start(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`${id} is not installed`);
  const begun = performance.now();
  await extension.activate();
  return performance.now() - begun;
}

type Open = (path: unknown, ...rest: unknown[]) => unknown;

/** Tells every file that is opened or read by its name, until the returned function is called. */
function watchFiles(tell: (path: string) => void): () => void {
  const restore: (() => void)[] = [];
  const watch = (holder: object, names: readonly string[]) => {
    for (const name of names) {
      const original = Reflect.get(holder, name) as Open;
      Reflect.set(holder, name, function (this: unknown, path: unknown, ...rest: unknown[]) {
        if (typeof path === 'string' || path instanceof URL) tell(String(path));
        return original.call(this, path, ...rest);
      });
      restore.push(() => Reflect.set(holder, name, original));
    }
  };
  // What reads a file opens it in C++, without the others: none is told twice.
  watch(fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']);
  watch(fs.promises, ['open', 'readFile']);
  return () => restore.forEach((one) => one());
}

export async function run(): Promise<void> {
  const plan = JSON.parse(process.env['EXOTEL_BENCH_START'] ?? '') as StartPlan;
  const ms: number[][] = [];
  for (const turn of plan.turns) {
    const round: number[] = [];
    for (const id of turn) round.push(await start(id));
    ms.push(round);
  }
  const { extensionPath = '' } = vscode.extensions.getExtension(plan.watched) ?? {};
  const opened: string[] = [];
  const stop = watchFiles((path) => {
    const at = path.indexOf(extensionPath);
    if (at >= 0) opened.push(path.slice(at + extensionPath.length + 1));
  });
  await start(plan.watched);
  await new Promise((resolve) => setTimeout(resolve, plan.watchMs));
  stop();
  const answer: StartAnswer = { ms, opened };
  fs.writeFileSync(plan.answer, JSON.stringify(answer));
}
