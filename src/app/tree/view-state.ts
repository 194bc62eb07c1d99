/**
 * app/: the application, without `vscode`.
 *
 * Which text greets in an empty tree.
 */
import type { AccountRegistry } from '../accounts/registry';
import type { OpenAccounts } from './open-accounts';
import type { TrunkSearch } from './search';

/** Also the value of the context key `exotelSip.view`; `list`: there are rows, and no greeting. */
export type ViewState = 'list' | 'noAccount' | 'noTrunk' | 'unreachable' | 'refused' | 'noMatch';

export function viewState(
  registry: Pick<AccountRegistry, 'list'>,
  accounts: OpenAccounts,
  search: TrunkSearch,
): ViewState {
  const [only, ...others] = registry.list();
  if (only === undefined) return 'noAccount';
  if (search.text !== null) return search.isInVain ? 'noMatch' : 'list';
  // With several accounts each says its own state beneath its row.
  if (others.length > 0) return 'list';
  if (accounts.problem(only.id) !== null) return 'refused';
  const model = accounts.peek(only.id);
  if (model === null || model.pendingTrunks.length > 0) return 'list';
  const { trunks } = model;
  if (trunks.state === 'ready' && trunks.value.length === 0) return 'noTrunk';
  if (trunks.state === 'failed' && (trunks.value === null || trunks.value.length === 0)) {
    return trunks.problem.kind === 'auth' || trunks.problem.kind === 'forbidden'
      ? 'refused'
      : 'unreachable';
  }
  return 'list';
}
