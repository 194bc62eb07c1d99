/**
 * app/: the application, without `vscode`.
 *
 * What a person does with accounts.
 */
import * as l10n from '@vscode/l10n';
import { type Account, consoleUrl } from '../accounts/account';
import type { AccountRegistry } from '../accounts/registry';
import { type ClientMaker, verifyKeys } from '../accounts/verify';
import { COMMANDS } from '../commands.generated';
import { addAccount, editAccount, replaceKeys } from './account-questions';
import { type HandlersOf, onAccount } from './handlers';
import type { Asks, Finds, HasModels, Reports, Shows, Tells } from './ports';
import { reportProblem } from './report';
import { accountRefOf } from './targets';

interface HasRegistry {
  readonly registry: Pick<
    AccountRegistry,
    'list' | 'get' | 'find' | 'keys' | 'add' | 'update' | 'replaceKeys' | 'remove'
  >;
}

interface HasSandboxes {
  readonly sandboxes: {
    add(): Promise<Account>;
    stop(account: Account): Promise<void>;
  };
}

async function setReadOnly(
  { ui, registry }: Tells & HasRegistry,
  account: Account,
  readOnly: boolean,
): Promise<void> {
  await registry.update(account.id, { readOnly });
  ui.status(
    readOnly
      ? l10n.t('{0} is read-only on this computer.', account.label)
      : l10n.t('Changes to {0} are allowed.', account.label),
  );
}

async function addSandbox({ ui, view, sandboxes }: Tells & Shows & HasSandboxes): Promise<void> {
  const account = await ui.busy(() => sandboxes.add());
  await view.reveal(accountRefOf(account));
}

async function verify(
  ports: Reports & HasModels & HasRegistry & ClientMaker,
  account: Account,
): Promise<void> {
  const keys = await ports.registry.keys(account.id);
  if (keys === null) {
    // Opening it without a key fails, and says what to do.
    await ports.models.open(account.id);
    return;
  }
  const problem = await ports.ui.busy(() => verifyKeys(ports, account, keys));
  if (problem === null) ports.ui.status(l10n.t('{0}: the API accepts the key.', account.label));
  else await reportProblem(ports, problem, account.label);
}

async function removeAccount(
  { prompter, ui, registry, sandboxes }: Asks & Tells & HasRegistry & HasSandboxes,
  account: Account,
): Promise<void> {
  await prompter.confirm({
    message: l10n.t('Remove {0} from this computer?', account.label),
    detail: l10n.t(
      'Its API key and token and the SIP passwords kept for its trunks are deleted from this computer. Nothing changes at Exotel.',
    ),
    action: l10n.t('Remove Account'),
  });
  const { secretsGone } = await registry.remove(account.id);
  await sandboxes.stop(account);
  if (secretsGone) ui.status(l10n.t('{0} removed.', account.label));
  else {
    void ui.error(
      l10n.t(
        '{0} is removed, but the keyring did not let go of every secret. Delete the entries of exotel-sip-trunks in your keyring.',
        account.label,
      ),
    );
  }
}

async function copySid({ ui }: Tells, { accountSid }: Account): Promise<void> {
  await ui.copy(accountSid);
  ui.status(l10n.t('Account SID copied.'));
}

export type AccountPorts = Finds & Reports & Shows & HasRegistry & HasSandboxes & ClientMaker;

export function accountHandlers(ports: AccountPorts): HandlersOf<'account'> {
  const commands = COMMANDS.account;
  return {
    add: () => addAccount(ports, commands.add.asked()),
    addSandbox: () => addSandbox(ports),
    edit: onAccount(ports, commands.edit, (account) => editAccount(ports, account)),
    replaceKeys: onAccount(ports, commands.replaceKeys, (account) => replaceKeys(ports, account)),
    verify: onAccount(ports, commands.verify, (account) => verify(ports, account)),
    toggleReadOnly: onAccount(ports, commands.toggleReadOnly, (account) =>
      setReadOnly(ports, account, !account.readOnly),
    ),
    makeReadOnly: onAccount(ports, commands.makeReadOnly, (account) =>
      setReadOnly(ports, account, true),
    ),
    allowChanges: onAccount(ports, commands.allowChanges, (account) =>
      setReadOnly(ports, account, false),
    ),
    copySid: onAccount(ports, commands.copySid, (account) => copySid(ports, account)),
    openConsole: onAccount(ports, commands.openConsole, (account) =>
      ports.ui.openExternal(consoleUrl(account)),
    ),
    remove: onAccount(ports, commands.remove, (account) => removeAccount(ports, account)),
  };
}
