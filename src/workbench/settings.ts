/**
 * workbench/: everything that imports `vscode`.
 *
 * The extension's settings. All have scope `application`: a workspace cannot change how, or how often, an
 * account is called, nor where calls are sent to or taken from. How the API is called is read once at
 * start; the edges follow their setting.
 */
import { commands, type Event, EventEmitter, l10n, window, workspace } from 'vscode';
import type { KnownEdge } from '../exotel/edges';
import { readAddresses, readEdges, withAddresses } from '../app/edge-list';
import { plainText } from '../app/plain-text';

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

const EDGES = 'exotelSip.edges';
const ADDRESSES = 'exotelSip.exotelAddresses';

/** Where calls are sent to and taken from, as the person set it; entries that are wrong are named once. */
export class EdgeSettings {
  readonly #log: { warn(message: string): void };
  readonly #changes = new EventEmitter<void>();
  readonly #subscription: { dispose(): void };
  #edges: readonly KnownEdge[];
  #said = '';

  readonly onDidChange: Event<void> = this.#changes.event;

  constructor(log: { warn(message: string): void }) {
    this.#log = log;
    this.#edges = this.#read();
    this.#subscription = workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(EDGES) && !event.affectsConfiguration(ADDRESSES)) return;
      this.#edges = this.#read();
      this.#changes.fire();
    });
  }

  get edges(): readonly KnownEdge[] {
    return this.#edges;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  #read(): readonly KnownEdge[] {
    const configuration = workspace.getConfiguration();
    const { edges, problems } = readEdges(configuration.get<unknown>(EDGES));
    const senders = readAddresses(configuration.get<unknown>(ADDRESSES));
    this.#say(problems, senders.problems);
    return withAddresses(edges, senders.addresses);
  }

  #say(edgeProblems: readonly string[], addressProblems: readonly string[]): void {
    const problems = [...edgeProblems, ...addressProblems];
    const all = problems.join(' ');
    // While a list is being typed its state changes with every key; the same thing is said once.
    const isNew = all !== this.#said;
    this.#said = all;
    if (problems.length === 0 || !isNew) return;
    if (edgeProblems.length > 0) this.#log.warn(`${EDGES}: ${edgeProblems.length} left out`);
    if (addressProblems.length > 0) {
      this.#log.warn(`${ADDRESSES}: ${addressProblems.length} left out`);
    }
    const open = l10n.t('Open Settings');
    const text = l10n.t('Left out of Exotel’s edges and addresses: {0}', all);
    void window.showWarningMessage(plainText(text), open).then((pressed) => {
      if (pressed !== open) return;
      const setting = edgeProblems.length > 0 ? EDGES : ADDRESSES;
      void commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
    });
  }
}
