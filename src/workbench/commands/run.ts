/**
 * workbench/: everything that imports `vscode`.
 *
 * Our own commands, run from code: typed by what their declarations say they take.
 */
import { commands } from 'vscode';
import type { RunCommand } from '../../app/commands';

export const run: RunCommand = async (command, ...args) => {
  await commands.executeCommand(command.id, ...args);
};
