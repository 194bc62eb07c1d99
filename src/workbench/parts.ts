/**
 * workbench/: everything that imports `vscode`.
 *
 * The parts of a running window, put together when the first of them is asked for: a view is shown, a command
 * is run, a panel is back. Each is disposed with the extension.
 */
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { Probes } from '../checks/types';
import type { ExotelApi } from '../exotel/api';
import { createTransport } from '../exotel/transport';
import { Limiters } from '../exotel/limiter';
import type { AccountAddress } from '../exotel/regions';
import type { ApiKeys } from '../app/accounts/account';
import { warnOfFallBack } from './accounts/fall-back';
import { TrunkModels } from '../app/accounts/models';
import { AccountRegistry } from '../app/accounts/registry';
import { SandboxAccounts } from '../app/accounts/sandbox';
import { CheckTree } from './checks/check-tree';
import { CheckView } from './checks/check-view';
import { fromText } from '../app/checks/from';
import { CheckMemory } from '../app/checks/check-memory';
import { probesWhenAsked } from '../app/checks/probes';
import { CheckRuns } from '../app/checks/runs';
import { rowChoices } from './commands/row-choices';
import { run } from './commands/run';
import { LastEditor } from './editor/last-editor';
import { JsonDocuments } from './editor/json-document';
import { forgetWithTrunks, TrunkChoices } from '../app/choices';
import { rowStateOf } from '../app/facts';
import { VsCodePrompter } from './input/vscode-prompter';
import type { RunCommand } from '../app/commands';
import type { Prompter } from '../app/input/prompter';
import { createLog, KnownSecrets, type Log } from '../app/log';
import { speak } from '../app/texts';
import type { Ui } from '../app/ui';
import type { RowTexts } from '../app/usecases/ports';
import { TrunkPanels } from './panel/trunk-panel';
import { EdgeSettings, readSettings } from './settings';
import { TrunkTree } from './tree/trunk-tree';
import { TrunkView } from './tree/trunk-view';
import { Troubleshooter } from './troubleshoot/troubleshooter';
import { VsCodeUi } from './ui';
import type { Views } from './views';

/** What is built here. A command sees of it what its own ports name; our tests see all. */
interface Services {
  readonly registry: AccountRegistry;
  readonly models: TrunkModels;
  readonly prompter: Prompter;
  readonly ui: Ui;
  readonly log: Log;
  readonly run: RunCommand;
  readonly texts: RowTexts;
  readonly tree: TrunkTree;
  readonly view: TrunkView;
  readonly panels: TrunkPanels;
  readonly troubleshooter: Troubleshooter;
  readonly documents: JsonDocuments;
  readonly editor: LastEditor;
  readonly choices: TrunkChoices;
  readonly edges: Pick<EdgeSettings, 'edges'>;
  readonly checks: CheckRuns;
  readonly checkTree: CheckTree;
  readonly checkView: CheckView;
  /** The network, as the checks see it. */
  readonly probes: Probes;
  readonly sandboxes: SandboxAccounts;
  /** A client for keys that may not be saved yet. */
  createApi(address: AccountAddress, keys: ApiKeys): Promise<ExotelApi>;
}

export interface Parts {
  readonly services: Services;
  /** Runs one of our commands. Never rejects: what went wrong is told to the person. */
  run(id: string, args: readonly unknown[]): Promise<void>;
  /** A panel of the last session, with what its page kept. */
  restorePanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void>;
  /** With a sandbox account, as `npm start` shows it. */
  addDemo(): Promise<void>;
}

export function createParts(context: vscode.ExtensionContext, views: Views): Parts {
  if (vscode.l10n.bundle !== undefined) speak(vscode.l10n.bundle);
  const channel = vscode.window.createOutputChannel('Exotel SIP Trunks', { log: true });
  const known = new KnownSecrets();
  const log = createLog(channel, known);
  const settings = readSettings();
  const transport = createTransport();
  const limiters = new Limiters({ limit: settings.callsPerMinute });
  const createApi = async (address: AccountAddress, keys: ApiKeys) => {
    const { ExotelClient } = await import('../exotel/client');
    known.addKeys(keys);
    return new ExotelClient({
      address,
      ...keys,
      transport,
      limiter: limiters.for(address),
      timeoutMs: settings.requestTimeoutMs,
      log: (level, message) => log[level](message),
    });
  };

  const registry = new AccountRegistry(context.globalState, context.secrets, { known });
  const models = new TrunkModels({ registry, createApi, log: (message) => log.warn(message) });
  const sandboxes = new SandboxAccounts(registry);
  const prompter = new VsCodePrompter(vscode);
  const ui = new VsCodeUi(channel);
  const edges = new EdgeSettings(log);
  const choices = new TrunkChoices(context.globalState);
  const checks = new CheckRuns({
    models,
    accounts: registry,
    memory: new CheckMemory(context.globalState),
    choices,
    edges: () => edges.edges,
    onDidChangeEdges: edges.onDidChange,
    probes: () => services.probes,
    from: fromText({
      remoteName: vscode.env.remoteName,
      besideWindow: context.extension.extensionKind === vscode.ExtensionKind.UI,
      hostName: hostname(),
    }),
  });
  const checkTree = new CheckTree(checks, models, registry);
  const checkView = new CheckView(checks, checkTree, views.checks.view);
  const tree = new TrunkTree(registry, models, log, checks, ({ accountId, trunkSid }) => {
    const account = registry.get(accountId);
    const snapshot = models.peek(accountId)?.trunk(trunkSid) ?? null;
    return account === null || snapshot === null ? null : rowStateOf(account.accountSid, snapshot);
  });
  const view = new TrunkView(tree, views.trunks.view);
  const documents = new JsonDocuments();
  const editor = new LastEditor();
  const panels = new TrunkPanels({
    extensionUri: context.extensionUri,
    models,
    accounts: registry,
    prompter,
    editor,
    choices,
    edges: () => edges.edges,
    onDidChangeEdges: edges.onDidChange,
    explain: (problem) => void troubleshooter.showFailures([{ problem, subject: null }]),
    log,
  });
  const troubleshooter = new Troubleshooter({
    extensionUri: context.extensionUri,
    log,
    showLog: () => ui.showLog(),
    copy: (text) => ui.copy(text),
  });
  const services: Services = {
    registry,
    models,
    prompter,
    ui,
    log,
    run,
    texts: rowChoices,
    tree,
    view,
    panels,
    troubleshooter,
    documents,
    editor,
    choices,
    edges,
    checks,
    checkView,
    checkTree,
    probes: probesWhenAsked(),
    sandboxes,
    createApi,
  };

  context.subscriptions.push(
    registry,
    models,
    checks,
    checkTree,
    checkView,
    tree,
    view,
    documents,
    editor,
    edges,
    panels,
    choices,
    forgetWithTrunks(choices, models, registry),
    { dispose: () => void sandboxes.dispose() },
    warnOfFallBack(registry, log),
    troubleshooter,
    limiters,
    // Last: the others may still have something to say.
    channel,
  );
  views.trunks.connect(tree);
  views.checks.connect(checkTree);
  return {
    services,
    run: async (id, args) => {
      const { runCommand } = await import('./commands/dispatch');
      await runCommand(services, id, args);
    },
    restorePanel: (panel, kept) => panels.restore(panel, kept),
    addDemo: async () => {
      try {
        await sandboxes.add();
      } catch (error) {
        log.error('sandbox account', error);
      }
    },
  };
}
