/**
 * app/: the application, without `vscode`.
 *
 * Accounts whose API is the sandbox on this computer. They live as long as the window does. The sandbox
 * is a bundle of its own, loaded when the first one is asked for.
 */
import * as l10n from '@vscode/l10n';
import { Secret } from '../../exotel/secret';
import type { Sandbox } from '../../sandbox/index';
import type { Account } from './account';
import type { AccountRegistry } from './registry';

export class SandboxAccounts {
  readonly #registry: AccountRegistry;
  readonly #running = new Map<string, Sandbox>();

  constructor(registry: AccountRegistry) {
    this.#registry = registry;
  }

  async add(): Promise<Account> {
    const { startSandbox } = await import('../../sandbox/index');
    const count = this.#registry.list().filter((account) => account.sandbox).length;
    const sandbox = await startSandbox();
    const { account } = await this.#registry.add(
      {
        label: count === 0 ? l10n.t('Sandbox') : l10n.t('Sandbox {0}', count + 1),
        region: 'custom',
        baseUrl: sandbox.url,
        accountSid: sandbox.accountSid,
        sandbox: true,
      },
      { apiKey: new Secret(sandbox.apiKey), apiToken: new Secret(sandbox.apiToken) },
    );
    this.#running.set(account.id, sandbox);
    return account;
  }

  /** Does nothing for other accounts. */
  async stop(account: Account): Promise<void> {
    const sandbox = this.#running.get(account.id);
    this.#running.delete(account.id);
    await sandbox?.close();
  }

  async dispose(): Promise<void> {
    const running = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(running.map((sandbox) => sandbox.close()));
  }
}
