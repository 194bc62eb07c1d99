/** The tree's rows and its filter over one account on a sandbox, without VS Code. */
import type { Account } from '../../../../src/app/accounts/account';
import { OpenAccounts } from '../../../../src/app/tree/open-accounts';
import { TrunkSearch } from '../../../../src/app/tree/search';
import { TreeRows } from '../../../../src/app/tree/tree-rows';
import type { SandboxOptions } from '../../../../src/sandbox/index';
import { startAccount, type TestAccount } from '../../../support/account';

export const ACCOUNT_ID = 'A';

export interface TreeStage {
  readonly account: TestAccount;
  readonly rows: TreeRows;
  readonly search: TrunkSearch;
  /** What went wrong without anybody being told. */
  readonly logged: unknown[];
  close(): Promise<void>;
}

export async function treeStage(options: SandboxOptions): Promise<TreeStage> {
  const account = await startAccount(options);
  const { model, sandbox } = account;
  const logged: unknown[] = [];
  const log = { error: (_what: string, error: unknown) => void logged.push(error) };
  const listed: Account = {
    id: ACCOUNT_ID,
    label: 'Test',
    region: 'custom',
    baseUrl: sandbox.url,
    accountSid: sandbox.accountSid,
    readOnly: false,
    sandbox: false,
  };
  const registry = { list: () => [listed] };
  const models = { peek: () => model, open: () => Promise.resolve(model) };
  const accounts = new OpenAccounts(models, log);
  const search = new TrunkSearch(registry, accounts, log);
  const rows = new TreeRows(registry, accounts, search);
  model.onDidChange(() => search.changed());
  await model.ensureTrunks();
  sandbox.clearRequests();
  return {
    account,
    rows,
    search,
    logged,
    close: async () => {
      search.dispose();
      await account.close();
    },
  };
}
