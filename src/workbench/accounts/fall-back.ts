/**
 * workbench/: everything that imports `vscode`.
 *
 * Says aloud that the keyring cannot be relied on, once per account and kind.
 */
import { env, l10n, Uri, window } from 'vscode';
import type { Disposable } from '../../trunks/event';
import type { Log } from '../../app/log';
import { plainText } from '../../app/plain-text';
import type { AccountRegistry, FallBack } from '../../app/accounts/registry';

const HELP =
  'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

export function warnOfFallBack(registry: AccountRegistry, log: Log): Disposable {
  const told = new Set<string>();
  return registry.onDidFallBack((fallBack) => {
    log.warn(
      `keyring: ${fallBack.during} ${fallBack.what} ${fallBack.reason}`,
      fallBack.detail ?? undefined,
    );
    const key = [fallBack.account.id, fallBack.what, fallBack.during].join();
    if (told.has(key)) return;
    told.add(key);
    void warn(fallBack);
  });
}

async function warn({ account, what, during }: FallBack): Promise<void> {
  const help = l10n.t('Keyring Help');
  const pressed = await window.showWarningMessage(
    plainText(sentence(account.label, what, during)),
    help,
  );
  if (pressed === help) await env.openExternal(Uri.parse(HELP));
}

function sentence(label: string, what: FallBack['what'], during: FallBack['during']): string {
  if (during === 'read') {
    return what === 'keys'
      ? l10n.t(
          'The keyring does not give out the API key of {0}. Unlock it and refresh, or replace the key and token.',
          label,
        )
      : l10n.t(
          'The keyring does not give out SIP passwords of {0}. Unlock it and try again.',
          label,
        );
  }
  return what === 'keys'
    ? l10n.t(
        'The keyring did not take the API key of {0}. It is kept until this window closes; you will be asked again.',
        label,
      )
    : l10n.t(
        'The keyring did not take a SIP password of {0}. It is kept until this window closes: copy it now.',
        label,
      );
}
