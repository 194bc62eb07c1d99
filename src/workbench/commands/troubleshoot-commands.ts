/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands that say what something means: codes, SIP traces, failed calls.
 */
import * as vscode from 'vscode';
import type { Problem } from '../../exotel/errors';
import { entries, entryOf, type EntryKind } from '../../app/explain/entries';
import { copyCurl, copyRequestId } from '../../app/explain/failure';
import { kindName } from '../../pages/trace/explanation-pages';
import { SHORT } from '../../app/explain/read-trace';
import { verdictOf } from '../../pages/trace/trace-page';
import { COMMANDS } from '../../app/commands.generated';
import { answered } from '../../app/input/answers';
import type { NoteRef } from '../../app/refs';
import { entryIn } from '../../app/takes';
import type { HandlersOf } from '../../app/usecases/handlers';
import type { Asks, Reports, Tells } from '../../app/usecases/ports';
import { copyAndSay } from '../../app/usecases/report';
import { clickedRef } from '../../app/usecases/targets';
import type { LastEditor } from '../editor/last-editor';
import type { Troubleshooter } from '../troubleshoot/troubleshooter';

const ICONS: Readonly<Record<EntryKind, string>> = {
  sip: 'call-outgoing',
  exotel: 'call-outgoing',
  http: 'globe',
  api: 'globe',
  issue: 'question',
  chart: 'list-ordered',
};

export interface CodePorts extends Asks {
  readonly troubleshooter: Pick<Troubleshooter, 'showEntry'>;
}

/** `id`: of the entry that is meant; null asks for it. */
async function lookUp(
  { prompter, troubleshooter }: CodePorts,
  id: string | null,
  title: string,
): Promise<void> {
  const named = id === null ? null : entryOf(id);
  const entry =
    named ??
    answered(
      await prompter.pick({
        title,
        placeholder: vscode.l10n.t('A number or words, e.g. 488, 4001, 1008, one-way audio'),
        choices: entries().map((value) => ({
          label: value.title,
          // All of it can be searched; VS Code cuts what does not fit.
          detail: [value.cause, value.solution, ...value.steps.map(({ question }) => question)]
            .filter((text) => text !== '')
            .join(' '),
          icon: ICONS[value.kind],
          group: kindName(value.kind),
          value,
        })),
      }),
    );
  await troubleshooter.showEntry(entry);
}

/** The part that is meant: a selection counts when a message may be in it. */
function partOf({ document, selection }: vscode.TextEditor): vscode.Range | null {
  if (selection.isEmpty || selection.isSingleLine) return null;
  const whole = new vscode.Range(
    selection.start.line,
    0,
    selection.end.line,
    selection.end.character,
  );
  return document.getText(whole).includes('SIP/2.0') ? whole : null;
}

export interface TracePorts extends Tells {
  readonly editor: Pick<LastEditor, 'current'>;
  readonly troubleshooter: Pick<Troubleshooter, 'explain'>;
}

async function explainTrace({ ui, editor: last, troubleshooter }: TracePorts): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? last.current;
  if (editor === undefined) {
    const open = vscode.l10n.t('New Text File');
    const text = vscode.l10n.t(
      'Open a log, or paste a SIP trace into a new file, and run this again.',
    );
    if ((await ui.info(text, open)) !== open) return;
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    return;
  }
  const part = partOf(editor);
  const { document } = editor;
  const long = document.offsetAt((part ?? endOf(document)).end) > SHORT;
  const work = (signal: AbortSignal) => troubleshooter.explain(document, part, signal);
  const explained = long
    ? await ui.cancellable(vscode.l10n.t('Reading the SIP trace'), work)
    : await work(new AbortController().signal);
  if (explained.kind === 'shown') {
    ui.status(verdictOf(explained.facts.diagnosis).text);
  }
}

function endOf(document: vscode.TextDocument): vscode.Range {
  const last = document.lineAt(document.lineCount - 1).range.end;
  return new vscode.Range(last, last);
}

export interface ProblemPorts extends Reports {
  readonly tree: { problemOf(ref: NoteRef): Problem | null };
}

/** The failed call the row tells of; says so when there is none any more. */
function problemOf({ ui, tree }: ProblemPorts, args: readonly unknown[]): Problem | null {
  const ref = clickedRef(args);
  const problem = ref?.kind === 'note' ? tree.problemOf(ref) : null;
  if (problem === null) {
    void ui.info(vscode.l10n.t('There is no error any more. Refresh to see what is.'));
  }
  return problem;
}

export function codeHandlers(ports: CodePorts): HandlersOf<'code'> {
  return { lookUp: (args) => lookUp(ports, entryIn(args), COMMANDS.code.lookUp.asked()) };
}

export function traceHandlers(ports: TracePorts): HandlersOf<'trace'> {
  return { explain: () => explainTrace(ports) };
}

export function problemHandlers(ports: ProblemPorts): HandlersOf<'problem'> {
  return {
    explain: async (args) => {
      const problem = problemOf(ports, args);
      if (problem === null) return;
      await ports.troubleshooter.showFailures([{ problem, subject: null }]);
    },
    copyRequestId: async (args) => {
      const requestId = problemOf(ports, args)?.requestId ?? null;
      if (requestId !== null) await copyAndSay(ports, copyRequestId(requestId));
    },
    copyCurl: async (args) => {
      const request = problemOf(ports, args)?.request;
      if (request !== undefined) await copyAndSay(ports, copyCurl(request));
    },
  };
}
