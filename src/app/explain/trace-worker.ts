/**
 * app/: the application, without `vscode`.
 *
 * The doctor on a thread of its own, for long texts: other extensions share the host's. A bundle of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { diagnose } from '../../trace/doctor';

parentPort?.postMessage(diagnose(String(workerData)));
