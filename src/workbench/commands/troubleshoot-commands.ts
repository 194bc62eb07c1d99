/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands that say what something means: codes, SIP traces, failed calls.
 */
import * as vscode from 'vscode';
import type { Problem } from '../../exotel/errors';
import { entries, entryOf, type EntryKind } from '../../app/explain/entries';
import { copyCurl, copyRequestId, kindName } from '../../pages/trace/explanation-pages';
import { SHORT } from '../../app/explain/read-trace';
import { verdictOf } from '../../pages/trace/trace-page';
import type { Command } from './command';
import { onRow, plainCommand } from './define';
import { copyAndSay } from './report';
import type { Services } from './services';
import { answered, clickedRef } from './targets';

const ICONS: Readonly<Record<EntryKind, string>> = {
  sip: 'call-outgoing',
  exotel: 'call-outgoing',
  http: 'globe',
  api: 'globe',
  issue: 'question',
  chart: 'list-ordered',
};

async function lookUp(services: Services, args: readonly unknown[], title: string): Promise<void> {
  const [id] = args;
  const named = typeof id === 'string' ? entryOf(id) : null;
  const entry =
    named ??
    answered(
      await services.prompter.pick({
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
  await services.troubleshooter.showEntry(entry);
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

async function explainTrace(services: Services): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? services.editor.current;
  if (editor === undefined) {
    const open = vscode.l10n.t('New Text File');
    const text = vscode.l10n.t(
      'Open a log, or paste a SIP trace into a new file, and run this again.',
    );
    if ((await services.ui.info(text, open)) !== open) return;
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    return;
  }
  const part = partOf(editor);
  const { document } = editor;
  const long = document.offsetAt((part ?? endOf(document)).end) > SHORT;
  const work = (signal: AbortSignal) => services.troubleshooter.explain(document, part, signal);
  const explained = long
    ? await services.ui.cancellable(vscode.l10n.t('Reading the SIP trace'), work)
    : await work(new AbortController().signal);
  if (explained.kind === 'shown') {
    services.ui.status(verdictOf(explained.facts.diagnosis).text);
  }
}

function endOf(document: vscode.TextDocument): vscode.Range {
  const last = document.lineAt(document.lineCount - 1).range.end;
  return new vscode.Range(last, last);
}

/** The failed call the row tells of; says so when there is none any more. */
function problemOf(services: Services, args: readonly unknown[]): Problem | null {
  const ref = clickedRef(args);
  const problem = ref?.kind === 'note' ? services.tree.problemOf(ref) : null;
  if (problem === null) {
    void services.ui.info(vscode.l10n.t('There is no error any more. Refresh to see what is.'));
  }
  return problem;
}

export const troubleshootCommands: readonly Command[] = [
  plainCommand({
    id: 'exotelSip.code.lookUp',
    title: 'Look Up SIP or API Code…',
    menus: [{ menu: 'view/title', group: '4_help@1' }],
    run: (services, args) => lookUp(services, args, 'Look Up SIP or API Code'),
  }),
  plainCommand({
    id: 'exotelSip.trace.explain',
    title: 'Explain SIP Trace',
    menus: [
      {
        menu: 'editor/context',
        when: 'editorTextFocus && editorLangId =~ /^(log|Log|plaintext)$/',
        group: 'z_commands@8',
      },
    ],
    run: (services) => explainTrace(services),
  }),
  plainCommand({
    id: 'exotelSip.problem.explain',
    title: 'Explain Error',
    palette: false,
    menus: [onRow('note', '1_problem@1', 'explained')],
    run: async (services, args) => {
      const problem = problemOf(services, args);
      if (problem !== null) {
        await services.troubleshooter.showFailures([{ problem, subject: null }]);
      }
    },
  }),
  plainCommand({
    id: 'exotelSip.problem.copyRequestId',
    title: 'Copy Request ID',
    palette: false,
    menus: [onRow('note', '5_copy@1', 'requestId')],
    run: async (services, args) => {
      const requestId = problemOf(services, args)?.requestId ?? null;
      if (requestId !== null) await copyAndSay(services, copyRequestId(requestId));
    },
  }),
  plainCommand({
    id: 'exotelSip.problem.copyCurl',
    title: 'Copy as cURL',
    palette: false,
    menus: [onRow('note', '5_copy@2', 'request')],
    run: async (services, args) => {
      const request = problemOf(services, args)?.request;
      if (request !== undefined) await copyAndSay(services, copyCurl(request));
    },
  }),
];
