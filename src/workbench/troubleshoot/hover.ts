/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * What a SIP answer or X-Exotel-ErrorCode means, where the pointer rests on it in a log.
 */
import * as vscode from 'vscode';
import { codeAt } from '../../app/explain/codes-in-line';
import { entryOf, type Entry } from '../../app/explain/entries';
import { kindName } from '../../pages/trace/explanation-pages';

const LOOK_UP = 'exotelSip.code.lookUp';
const EXPLAIN = 'exotelSip.trace.explain';

/** Where logs and pasted traces are. */
const SELECTOR: vscode.DocumentSelector = [
  { language: 'log' },
  { language: 'Log' },
  { language: 'plaintext' },
  { scheme: 'output' },
  { scheme: 'untitled' },
  { pattern: '**/*.{log,txt,trace,siptrace}' },
];

/** As it stands. `appendText` would make every space one that does not wrap. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&');
}

function hoverText(entry: Entry): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  // Only our own two commands; what the log says is never in here.
  text.isTrusted = { enabledCommands: [LOOK_UP, EXPLAIN] };
  text.appendMarkdown(`**${plain(entry.title)}** · ${plain(kindName(entry.kind))}\n\n`);
  text.appendMarkdown(`${plain(entry.cause)}\n\n${plain(entry.solution)}`);
  const link = (label: string, command: string, ...args: readonly string[]) =>
    `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
  const more = link(vscode.l10n.t('More and what mends it'), LOOK_UP, entry.id);
  const whole = link(vscode.l10n.t('Explain the whole trace'), EXPLAIN);
  text.appendMarkdown(`\n\n${more} · ${whole}`);
  return text;
}

export function registerHover(): vscode.Disposable {
  return vscode.languages.registerHoverProvider(SELECTOR, {
    provideHover(document, { line, character }) {
      const code = codeAt(document.lineAt(line).text, character);
      const entry = code === null ? null : entryOf(code.id);
      if (code === null || entry === null) return undefined;
      return new vscode.Hover(hoverText(entry), new vscode.Range(line, code.from, line, code.to));
    },
  });
}
