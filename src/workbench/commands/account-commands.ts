/**
 * workbench/: everything that imports `vscode`.
 *
 * Commands on accounts.
 */
import { l10n } from 'vscode';
import { type Account, consoleUrl } from '../../app/accounts/account';
import { addAccount, editAccount, replaceKeys } from './account-input';
import { accountCommand, onRow, plainCommand } from './define';
import { verifyKeys } from '../../app/accounts/verify';
import { reportProblem } from './report';
import type { Services } from './services';
import { accountRefOf } from './targets';

async function setReadOnly(services: Services, account: Account, readOnly: boolean): Promise<void> {
  await services.registry.update(account.id, { readOnly });
  services.ui.status(
    readOnly
      ? l10n.t('{0} is read-only on this computer.', account.label)
      : l10n.t('Changes to {0} are allowed.', account.label),
  );
}

export const accountCommands = [
  plainCommand({
    id: 'exotelSip.account.add',
    title: 'Add Account…',
    icon: 'add',
    menus: [{ menu: 'view/title', group: 'navigation@1' }],
    run: addAccount,
  }),
  plainCommand({
    id: 'exotelSip.account.addSandbox',
    title: 'Add Sandbox Account',
    icon: 'beaker',
    menus: [{ menu: 'view/title', group: '1_account@2' }],
    run: async (services) => {
      const account = await services.ui.busy(() => services.sandboxes.add());
      await services.view.reveal(accountRefOf(account));
    },
  }),
  accountCommand({
    id: 'exotelSip.account.edit',
    title: 'Edit Account…',
    menus: [onRow('account', '2_account@1', '!sandbox')],
    run: editAccount,
  }),
  accountCommand({
    id: 'exotelSip.account.replaceKeys',
    title: 'Replace API Key and Token…',
    menus: [onRow('account', '2_account@2', '!sandbox')],
    run: replaceKeys,
  }),
  accountCommand({
    id: 'exotelSip.account.verify',
    title: 'Verify Account',
    menus: [onRow('account', '2_account@3')],
    run: async (services, account) => {
      const keys = await services.registry.keys(account.id);
      if (keys === null) {
        await services.models.open(account.id);
        return;
      }
      const problem = await services.ui.busy(() => verifyKeys(services, account, keys));
      if (problem === null)
        services.ui.status(l10n.t('{0}: the API accepts the key.', account.label));
      else await reportProblem(services, problem, account.label);
    },
  }),
  accountCommand({
    id: 'exotelSip.account.toggleReadOnly',
    title: 'Toggle Account Read-Only',
    run: (services, account) => setReadOnly(services, account, !account.readOnly),
  }),
  accountCommand({
    id: 'exotelSip.account.makeReadOnly',
    title: 'Make Read-Only',
    palette: false,
    menus: [onRow('account', '2_account@4', 'writable')],
    run: (services, account) => setReadOnly(services, account, true),
  }),
  accountCommand({
    id: 'exotelSip.account.allowChanges',
    title: 'Allow Changes',
    palette: false,
    menus: [onRow('account', '2_account@4', 'readonly')],
    run: (services, account) => setReadOnly(services, account, false),
  }),
  accountCommand({
    id: 'exotelSip.account.copySid',
    title: 'Copy Account SID',
    menus: [onRow('account', '3_copy@1')],
    run: async (services, account) => {
      await services.ui.copy(account.accountSid);
      services.ui.status(l10n.t('Account SID copied.'));
    },
  }),
  accountCommand({
    id: 'exotelSip.account.openConsole',
    title: 'Open API Settings in Browser',
    menus: [onRow('account', '3_copy@2', '!sandbox')],
    run: (services, account) => services.ui.openExternal(consoleUrl(account)),
  }),
  accountCommand({
    id: 'exotelSip.account.remove',
    title: 'Remove Account…',
    menus: [onRow('account', '9_remove@1')],
    run: async (services, account) => {
      await services.prompter.confirm({
        message: l10n.t('Remove {0} from this computer?', account.label),
        detail: l10n.t(
          'Its API key and token and the SIP passwords kept for its trunks are deleted from this computer. Nothing changes at Exotel.',
        ),
        action: l10n.t('Remove Account'),
      });
      const { secretsGone } = await services.registry.remove(account.id);
      await services.sandboxes.stop(account);
      if (secretsGone) services.ui.status(l10n.t('{0} removed.', account.label));
      else {
        void services.ui.error(
          l10n.t(
            '{0} is removed, but the keyring did not let go of every secret. Delete the entries of exotel-sip-trunks in your keyring.',
            account.label,
          ),
        );
      }
    },
  }),
];
