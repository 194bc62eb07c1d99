/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * One explained trace: its panel, the way from there to the lines of the document, and the marks in it.
 */
import * as vscode from 'vscode';
import { ExplanationPanel, type ExplanationPorts } from './explanation-panel';
import type { FromPage } from '../../pages/trace/explanation-protocol';
import {
  firstDialog,
  levelText,
  lineOf,
  tracePage,
  type TraceFacts,
} from '../../pages/trace/trace-page';

export const TRACE_VIEW = 'exotelSip.trace';
const MAX_MARKS = 500;

const SEVERITY = {
  problem: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

export class TraceSession implements vscode.Disposable {
  readonly #panel: ExplanationPanel;
  readonly #uri: vscode.Uri;
  readonly #marks: vscode.DiagnosticCollection;
  readonly #exists: (command: string) => boolean;
  #facts: TraceFacts;
  #selected: number;

  constructor(
    ports: ExplanationPorts,
    document: vscode.TextDocument,
    facts: TraceFacts,
    marks: vscode.DiagnosticCollection,
    exists: (command: string) => boolean,
    onClosed: () => void,
  ) {
    this.#uri = document.uri;
    this.#marks = marks;
    this.#facts = facts;
    this.#exists = exists;
    this.#selected = firstDialog(facts.diagnosis);
    this.#panel = new ExplanationPanel(
      ports,
      TRACE_VIEW,
      vscode.ViewColumn.Beside,
      this.#planned(),
      {
        onMessage: (message) => this.#receive(message),
        onClosed: () => {
          this.#marks.delete(this.#uri);
          onClosed();
        },
      },
    );
    this.#mark(document);
  }

  update(document: vscode.TextDocument, facts: TraceFacts): void {
    this.#facts = facts;
    this.#selected = firstDialog(facts.diagnosis);
    this.#panel.show(this.#planned());
    this.#panel.reveal();
    this.#mark(document);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #planned() {
    return tracePage(this.#facts, this.#selected, this.#exists);
  }

  #receive(message: FromPage): void {
    if (message.type === 'dialog') {
      if (message.index >= this.#facts.diagnosis.trace.dialogs.length) return;
      this.#selected = message.index;
      this.#panel.show(this.#planned());
    }
    if (message.type === 'line') void this.#jump(message.line);
  }

  async #jump(line: number): Promise<void> {
    const known = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === this.#uri.toString(),
    );
    let document: vscode.TextDocument;
    try {
      document = known ?? (await vscode.workspace.openTextDocument(this.#uri));
    } catch {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The text of this trace is no longer open.'),
      );
      return;
    }
    const range = document.lineAt(Math.min(line, document.lineCount - 1)).range;
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, {
      selection: range,
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
  }

  /** The lines where it shows, as problems, until the panel or the document is closed. */
  #mark(document: vscode.TextDocument): void {
    const marks = this.#facts.diagnosis.findings.slice(0, MAX_MARKS).map((finding) => {
      const line = Math.min(lineOf(this.#facts, finding), document.lineCount - 1);
      const text = `${levelText(finding.level)}: ${finding.what} ${finding.doNext}`;
      const mark = new vscode.Diagnostic(
        document.lineAt(line).range,
        text,
        SEVERITY[finding.level],
      );
      mark.source = 'Exotel SIP';
      return mark;
    });
    this.#marks.set(this.#uri, marks);
  }
}
