/**
 * Composition root: tells VS Code what there is. What answers is loaded and put together when VS Code asks for
 * it the first time (workbench/parts.ts), so that a start costs next to nothing.
 */
import * as vscode from 'vscode';
import type { Parts } from './workbench/parts';
import { DeferredView } from './workbench/tree/deferred-view';
import { registerHover } from './workbench/troubleshoot/hover';
import { ViewId } from './app/view-ids';
import { CHECKS_VIEW, TRUNKS_VIEW, type Views } from './workbench/views';

/** For the tests that run inside VS Code; nobody else gets it. */
export type TestApi = Pick<Parts, 'services'>;

export function activate(context: vscode.ExtensionContext): Promise<TestApi> | undefined {
  let made: Promise<Parts> | null = null;
  const parts = () => (made ??= make(context, views));
  const views: Views = {
    trunks: new DeferredView(TRUNKS_VIEW, parts),
    checks: new DeferredView(CHECKS_VIEW, parts),
  };
  context.subscriptions.push(
    views.trunks,
    views.checks,
    ...commandIds(context).map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        await (await parts()).run(id, args);
      }),
    ),
    vscode.window.registerWebviewPanelSerializer(ViewId.TrunkPanel, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await (await parts()).restorePanel(panel, state);
      },
    }),
    registerHover(parts),
  );
  if (process.env['EXOTEL_SIP_DEMO'] === '1') void parts().then((all) => all.addDemo());
  return context.extensionMode === vscode.ExtensionMode.Test ? parts() : undefined;
}

async function make(context: vscode.ExtensionContext, views: Views): Promise<Parts> {
  const { createParts } = await import('./workbench/parts');
  return createParts(context, views);
}

/** As the manifest has them, which is written from their declarations. */
function commandIds({ extension }: vscode.ExtensionContext): string[] {
  const { contributes } = extension.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}
