/**
 * workbench/: everything that imports `vscode`.
 *
 * All commands, and how they are run: Esc is silent, a failed call says its sentence and next step,
 * anything else is a defect of ours and says where the log is.
 */
import { l10n } from 'vscode';
import { ExotelError } from '../../exotel/errors';
import { AccountGone } from '../../app/accounts/registry';
import { isCancelled } from '../../app/input/prompter';
import { accountCommands } from './account-commands';
import { checkCommands } from './check-commands';
import type { Command } from './command';
import { callerIdCommands, credentialCommands } from './credential-commands';
import { destinationCommands } from './destination-commands';
import { ipCommands } from './ip-commands';
import { numberCommands } from './number-commands';
import { pbxCommands } from './pbx-commands';
import { reportProblem } from './report';
import type { Services } from './services';
import { troubleshootCommands } from './troubleshoot-commands';
import { trunkCommands, viewCommands } from './trunk-commands';

export const allCommands: readonly Command[] = [
  ...accountCommands,
  ...trunkCommands,
  ...numberCommands,
  ...ipCommands,
  ...destinationCommands,
  ...credentialCommands,
  ...callerIdCommands,
  ...pbxCommands,
  ...troubleshootCommands,
  ...checkCommands,
  ...viewCommands,
];

export async function runCommand(
  services: Services,
  id: string,
  args: readonly unknown[],
): Promise<void> {
  const command = allCommands.find((one) => one.id === id);
  if (command === undefined) throw new RangeError(`${id} is not declared`);
  try {
    await command.invoke(services, args);
  } catch (error) {
    if (isCancelled(error)) return;
    if (error instanceof ExotelError) {
      if (error.problem.kind === 'aborted') return;
      const subject = command.title.replace(/…$/, '');
      await reportProblem(services, error.problem, subject);
      return;
    }
    if (error instanceof AccountGone) {
      void services.ui.info(l10n.t('This account was removed.'));
      return;
    }
    services.log.error(`${command.id} failed`, error);
    const showLog = l10n.t('Show Log');
    const pressed = await services.ui.error(
      l10n.t('{0} did not work because of a defect in this extension.', command.title),
      showLog,
    );
    if (pressed === showLog) services.ui.showLog();
  }
}
