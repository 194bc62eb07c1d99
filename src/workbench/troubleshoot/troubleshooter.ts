/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * What commands and notices ask of this part. It is loaded when they ask.
 */
import type * as vscode from 'vscode';
import type { Entry } from '../../app/explain/entries';
import type { Failure } from '../../app/explain/failure';
import type { ExplanationPorts } from './explanation-panel';
import type { Explained, Explanations } from './explanations';

export class Troubleshooter implements vscode.Disposable {
  readonly #ports: ExplanationPorts;
  #explanations: Promise<Explanations> | null = null;
  #disposed = false;

  constructor(ports: ExplanationPorts) {
    this.#ports = ports;
  }

  async showEntry(entry: Entry): Promise<void> {
    await (await this.#loaded()).showEntry(entry);
  }

  async showFailures(failures: readonly Failure[]): Promise<void> {
    await (await this.#loaded()).showFailures(failures);
  }

  /** Reads the part of the document (all of it without a selection) and shows what is found. */
  async explain(
    document: vscode.TextDocument,
    selection: vscode.Range | null,
    signal: AbortSignal,
  ): Promise<Explained> {
    return (await this.#loaded()).explain(document, selection, signal);
  }

  dispose(): void {
    this.#disposed = true;
    void this.#explanations?.then((explanations) => explanations.dispose());
  }

  #loaded(): Promise<Explanations> {
    this.#explanations ??= import('./explanations').then(({ Explanations }) => {
      const explanations = new Explanations(this.#ports);
      if (this.#disposed) explanations.dispose();
      return explanations;
    });
    return this.#explanations;
  }
}
