/**
 * app/: the application, without `vscode`.
 *
 * The doctor on a thread of its own, for long texts: other extensions share the host's. A bundle of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { diagnose } from '../../trace/doctor';
import { speak, type Texts } from '../texts';

/** What the thread is given. */
export interface ThreadInput {
  readonly text: string;
  readonly texts: Texts;
}

const { text, texts } = workerData as ThreadInput;
speak(texts);
parentPort?.postMessage(diagnose(text));
