/**
 * workbench/troubleshoot: what codes, errors and SIP traces mean, and the command that mends it.
 *
 * Where in a window codes are explained under the pointer. What they mean is loaded with the first one.
 */
import * as vscode from 'vscode';
import { codeAt } from '../../app/explain/codes-in-line';

/** Where logs and pasted traces are. */
const SELECTOR: vscode.DocumentSelector = [
  { language: 'log' },
  { language: 'Log' },
  { language: 'plaintext' },
  { scheme: 'output' },
  { scheme: 'untitled' },
  { pattern: '**/*.{log,txt,trace,siptrace}' },
];

/** `ready`: the window has all it needs to explain one. */
export function registerHover(ready: () => Promise<unknown>): vscode.Disposable {
  return vscode.languages.registerHoverProvider(SELECTOR, {
    async provideHover(document, position) {
      const { line, character } = position;
      const code = codeAt(document.lineAt(line).text, character);
      if (code === null) return null;
      await ready();
      const { hoverText } = await import('./hover-text');
      const text = hoverText(code.id);
      const range = new vscode.Range(line, code.from, line, code.to);
      return text === null ? null : new vscode.Hover(text, range);
    },
  });
}
