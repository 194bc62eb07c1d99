/**
 * workbench/: everything that imports `vscode`.
 *
 * How commands are run: the file that does one is loaded when it is run. Esc is silent, a failed call says
 * its sentence and next step, anything else is a defect of ours and says where the log is.
 */
import { l10n } from 'vscode';
import { AccountGone } from '../../app/accounts/registry';
import { type Command, commandById, type Noun } from '../../app/commands';
import { isCancelled } from '../../app/input/prompter';
import type { Log } from '../../app/log';
import type { AccountPorts } from '../../app/usecases/accounts';
import type { CallerIdPorts } from '../../app/usecases/caller-id';
import type { CredentialPorts } from '../../app/usecases/credentials';
import type { DestinationPorts } from '../../app/usecases/destinations';
import type { Handler, HandlersOf } from '../../app/usecases/handlers';
import type { IpPorts } from '../../app/usecases/ips';
import type { NumberPorts } from '../../app/usecases/numbers';
import type { TrunkPorts } from '../../app/usecases/trunks';
import type { ViewPorts } from '../../app/usecases/view';
import { ExotelError } from '../../exotel/errors';
import type { CheckPorts, EdgePorts } from './check-commands';
import { DECLARATIONS } from './declarations';
import type { PbxPorts } from './pbx-commands';
import type { CodePorts, ProblemPorts, TracePorts } from './troubleshoot-commands';

/** What all commands together use: each is handed all of it, and sees what its own type names. */
export type CommandParts = AccountPorts &
  TrunkPorts &
  NumberPorts &
  IpPorts &
  DestinationPorts &
  CredentialPorts &
  CallerIdPorts &
  PbxPorts &
  CodePorts &
  TracePorts &
  ProblemPorts &
  CheckPorts &
  EdgePorts &
  ViewPorts & { readonly log: Log };

type Loaders = {
  readonly [N in Noun]: {
    readonly load: () => Promise<(parts: CommandParts) => HandlersOf<N>>;
    readonly commands: Readonly<Record<keyof HandlersOf<N>, unknown>>;
  };
};

/** Every declared command has a handler, and every handler is of a declared command. */
const LOADERS: Loaders = DECLARATIONS;

async function handlerOf(parts: CommandParts, { id }: Command): Promise<Handler> {
  const [, noun = '', verb = ''] = id.split('.');
  const loaders: Readonly<Record<string, Loaders[Noun]>> = LOADERS;
  const handlers: Readonly<Record<string, Handler>> | undefined = (await loaders[noun]?.load())?.(
    parts,
  );
  const handler = handlers?.[verb];
  if (handler === undefined) throw new Error(`${id} has no handler`);
  return handler;
}

/** Never rejects but for an id that is not ours: what went wrong is told to the person. */
export async function runCommand(
  parts: CommandParts,
  id: string,
  args: readonly unknown[],
): Promise<void> {
  const command = commandById(id);
  if (command === null) throw new RangeError(`${id} is not declared`);
  try {
    await (
      await handlerOf(parts, command)
    )(args);
  } catch (error) {
    if (isCancelled(error)) return;
    const title = command.asked();
    if (error instanceof ExotelError) {
      if (error.problem.kind === 'aborted') return;
      const { reportProblem } = await import('../../app/usecases/report');
      await reportProblem(parts, error.problem, title);
      return;
    }
    if (error instanceof AccountGone) {
      void parts.ui.info(l10n.t('This account was removed.'));
      return;
    }
    parts.log.error(`${id} failed`, error);
    const showLog = l10n.t('Show Log');
    const pressed = await parts.ui.error(
      l10n.t('{0} did not work because of a defect in this extension.', title),
      showLog,
    );
    if (pressed === showLog) parts.ui.showLog();
  }
}
