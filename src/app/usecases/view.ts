/**
 * app/: the application, without `vscode`.
 *
 * What a person does with the view of the trunks itself.
 */
import * as l10n from '@vscode/l10n';
import { ExotelError } from '../../exotel/errors';
import type { AccountRegistry } from '../accounts/registry';
import { COMMANDS } from '../commands.generated';
import { answered } from '../input/answers';
import type { AccountRef, NoteRef } from '../refs';
import type { HandlersOf } from './handlers';
import type { Asks, HasModels, Tells } from './ports';
import { clickedRef } from './targets';

interface HasTree {
  readonly tree: {
    readonly filter: string | null;
    setFilter(text: string | null): void;
    /** Tries accounts again that could not be opened. */
    reopen(): void;
  };
}

async function refreshAll({
  ui,
  registry,
  models,
  tree,
}: Tells & HasModels & HasTree & { readonly registry: Pick<AccountRegistry, 'list'> }) {
  await ui.busy(async () => {
    await Promise.all(
      registry.list().map(async ({ id }) => {
        // An account that cannot be opened says why in its own row.
        const model = await models.open(id).catch((error: unknown) => {
          if (error instanceof ExotelError) return null;
          throw error;
        });
        await model?.reloadAll();
      }),
    );
    tree.reopen();
  });
}

async function filter({ prompter, tree }: Asks & HasTree, title: string): Promise<void> {
  const text = answered(
    await prompter.input({
      title,
      prompt: l10n.t('Part of a trunk’s name or SID, or of a phone number. Empty shows all.'),
      value: tree.filter ?? '',
    }),
  );
  tree.setFilter(text);
}

async function retry(
  { ui, models, tree }: Tells & HasModels & HasTree,
  { noteId, parent }: NoteRef,
): Promise<void> {
  if (noteId === 'closed') tree.reopen();
  const model = await models.open(parent.accountId);
  await ui.busy(() =>
    parent.kind === 'section'
      ? model.reloadSections(parent.trunkSid, [parent.section])
      : model.reloadTrunks(),
  );
}

interface ShowsMore {
  readonly view: { showMore(account: AccountRef): Promise<void> };
}

export type ViewPorts = Parameters<typeof refreshAll>[0] & Asks & ShowsMore;

export function viewHandlers(ports: ViewPorts): HandlersOf<'view'> {
  const { view } = ports;
  return {
    refresh: () => refreshAll(ports),
    filter: () => filter(ports, COMMANDS.view.filter.asked()),
    clearFilter: () => {
      ports.tree.setFilter(null);
      return Promise.resolve();
    },
    showMore: async (args) => {
      const ref = clickedRef(args);
      if (ref?.kind === 'note' && ref.parent.kind === 'account') await view.showMore(ref.parent);
    },
    retry: async (args) => {
      const ref = clickedRef(args);
      if (ref?.kind === 'note') await retry(ports, ref);
    },
  };
}
