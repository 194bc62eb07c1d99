/**
 * app/: the application, without `vscode`.
 *
 * Judging a text of any length without holding up the others: long ones go to a thread that can be stopped.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { diagnose } from '../../trace/doctor';
import { spoken } from '../texts';
import type { ThreadInput } from './trace-worker';
import type { Diagnosis } from '../../trace/types';

/** Characters judged at once; takes less than a tenth of a second. */
export const SHORT = 200_000;
/** Characters that are read at most. */
export const MOST = 20_000_000;

/** Next to the extension's own bundle. */
const WORKER = join(__dirname, 'trace-worker.js');

/** Null when it was stopped. */
export function readTrace(text: string, signal: AbortSignal): Promise<Diagnosis | null> {
  if (text.length <= SHORT) return Promise.resolve(diagnose(text));
  return new Promise((resolve, reject) => {
    const input: ThreadInput = { text, texts: spoken() };
    const worker = new Worker(WORKER, { workerData: input });
    const stop = (): void => {
      resolve(null);
      void worker.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (diagnosis: Diagnosis) => {
      resolve(diagnosis);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}
