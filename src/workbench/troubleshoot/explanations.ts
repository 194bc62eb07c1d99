/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * The panels that are open: one for explanations, one per explained document.
 */
import * as vscode from 'vscode';
import type { Entry } from '../../app/explain/entries';
import type { Failure } from '../../app/explain/failure';
import { ExplanationPanel, type ExplanationPorts } from './explanation-panel';
import { entryPage, failurePage, type PlannedPage } from '../../pages/trace/explanation-pages';
import { MOST, readTrace } from '../../app/explain/read-trace';
import type { ExplanationPage } from '../../pages/trace/explanation-protocol';
import { TraceSession } from './trace-session';
import type { TraceFacts } from '../../pages/trace/trace-page';

export const EXPLANATION_VIEW = 'exotelSip.explanation';

export type Explained =
  { readonly kind: 'shown'; readonly facts: TraceFacts } | { readonly kind: 'stopped' };

export class Explanations implements vscode.Disposable {
  readonly #ports: ExplanationPorts;
  readonly #marks = vscode.languages.createDiagnosticCollection('exotelSip.trace');
  readonly #subscription: vscode.Disposable;
  readonly #traces = new Map<string, TraceSession>();
  #explanation: ExplanationPanel | null = null;

  constructor(ports: ExplanationPorts) {
    this.#ports = ports;
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) =>
      this.#marks.delete(uri),
    );
  }

  async showEntry(entry: Entry): Promise<void> {
    this.#explain(entryPage(entry, await existing()));
  }

  async showFailures(failures: readonly Failure[]): Promise<void> {
    this.#explain(failurePage(failures, await existing()));
  }

  /** Reads the part of the document (all of it without a selection) and shows what is found. */
  async explain(
    document: vscode.TextDocument,
    selection: vscode.Range | null,
    signal: AbortSignal,
  ): Promise<Explained> {
    const whole = document.getText(selection ?? undefined);
    const text = whole.slice(0, MOST);
    // Both before a panel is looked for: of two runs at once the second finds the panel of the first.
    const [diagnosis, exists] = [await readTrace(text, signal), await existing()];
    if (diagnosis === null || document.isClosed) return { kind: 'stopped' };
    const facts: TraceFacts = {
      name: vscode.l10n.t('SIP trace: {0}', nameOf(document)),
      firstLine: selection?.start.line ?? 0,
      text,
      cut: text.length < whole.length,
      selection: selection !== null,
      diagnosis,
    };
    const key = document.uri.toString();
    const open = this.#traces.get(key);
    if (open !== undefined) {
      open.update(document, facts);
    } else {
      const closed = () => this.#traces.delete(key);
      const session = new TraceSession(this.#ports, document, facts, this.#marks, exists, closed);
      this.#traces.set(key, session);
    }
    return { kind: 'shown', facts };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#explanation?.dispose();
    for (const session of [...this.#traces.values()]) session.dispose();
    this.#marks.dispose();
  }

  #explain(planned: PlannedPage<ExplanationPage>): void {
    if (this.#explanation !== null) {
      this.#explanation.show(planned);
      this.#explanation.reveal();
      return;
    }
    const hooks = { onClosed: () => (this.#explanation = null) };
    this.#explanation = new ExplanationPanel(
      this.#ports,
      EXPLANATION_VIEW,
      vscode.ViewColumn.Active,
      planned,
      hooks,
    );
  }
}

function nameOf({ uri }: vscode.TextDocument): string {
  return uri.path.split('/').at(-1) ?? '';
}

async function existing(): Promise<(command: string) => boolean> {
  const all = new Set(await vscode.commands.getCommands(true));
  return (command) => all.has(command);
}
