/**
 * workbench/: everything that imports `vscode`.
 *
 * The extension's settings, read once at start. All have scope `application`: a workspace cannot change
 * how, or how often, an account is called.
 */
import { workspace } from 'vscode';

export interface Settings {
  /** 1–200; Exotel allows 200 a minute and account. */
  readonly callsPerMinute: number;
  readonly requestTimeoutMs: number;
}

export function readSettings(): Settings {
  const configuration = workspace.getConfiguration('exotelSip');
  return {
    callsPerMinute: bounded(configuration.get('callsPerMinute'), 1, 200, 200),
    requestTimeoutMs: bounded(configuration.get('requestTimeout'), 1, 300, 30) * 1000,
  };
}

function bounded(value: unknown, low: number, high: number, otherwise: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.min(high, Math.max(low, Math.round(value)));
}
