/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * The doctor on a thread of its own, for long texts: other extensions share the host's. A bundle of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { diagnose } from '../../checks/trace/doctor';

parentPort?.postMessage(diagnose(String(workerData)));
