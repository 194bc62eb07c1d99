/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * What a SIP answer or X-Exotel-ErrorCode means, where the pointer rests on it in a log.
 */
import * as vscode from 'vscode';
import { COMMANDS } from '../../app/commands.generated';
import { entryOf } from '../../app/explain/entries';
import { kindName } from '../../pages/trace/explanation-pages';

const LOOK_UP = COMMANDS.code.lookUp.id;
const EXPLAIN = COMMANDS.trace.explain.id;

/** As it stands. `appendText` would make every space one that does not wrap. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&');
}

/** Null for a code nobody knows. `id` as codeAt() gives it. */
export function hoverText(id: string): vscode.MarkdownString | null {
  const entry = entryOf(id);
  if (entry === null) return null;
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
