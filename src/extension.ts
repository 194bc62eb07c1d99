/**
 * Composition root: builds the parts, registers them, disposes them. No logic.
 */
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { createProbes } from './checks/probes/index';
import { createTransport } from './exotel/transport';
import { ExotelClient } from './exotel/client';
import { Limiters } from './exotel/limiter';
import type { AccountAddress } from './exotel/regions';
import type { ApiKeys } from './app/accounts/account';
import { warnOfFallBack } from './workbench/accounts/fall-back';
import { TrunkModels } from './app/accounts/models';
import { AccountRegistry } from './app/accounts/registry';
import { SandboxAccounts } from './app/accounts/sandbox';
import { CheckTree } from './workbench/checks/check-tree';
import { CheckView } from './workbench/checks/check-view';
import { fromText } from './app/checks/from';
import { CheckMemory } from './app/checks/check-memory';
import { CheckRuns } from './app/checks/runs';
import { registerCommands } from './workbench/commands/index';
import type { Services } from './workbench/commands/services';
import { LastEditor } from './workbench/editor/insert';
import { JsonDocuments } from './workbench/editor/json-document';
import { LastTargets } from './app/pbx/last-targets';
import { VsCodePrompter } from './workbench/input/vscode-prompter';
import { createLog, KnownSecrets } from './app/log';
import { speak } from './app/texts';
import { TrunkPanels } from './workbench/panel/trunk-panel';
import { EdgeSettings, readSettings } from './workbench/settings';
import { TrunkTree } from './workbench/tree/trunk-tree';
import { TrunkView } from './workbench/tree/trunk-view';
import { registerHover } from './workbench/troubleshoot/hover';
import { Troubleshooter } from './workbench/troubleshoot/troubleshooter';
import { VsCodeUi } from './workbench/ui';

/** For the tests that run inside VS Code; nobody else gets it. */
export interface TestApi {
  readonly services: Services;
}

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  if (vscode.l10n.bundle !== undefined) speak(vscode.l10n.bundle);
  const channel = vscode.window.createOutputChannel('Exotel SIP Trunks', { log: true });
  const known = new KnownSecrets();
  const log = createLog(channel, known);
  const settings = readSettings();
  const transport = createTransport();
  const limiters = new Limiters({ limit: settings.callsPerMinute });
  const createApi = (address: AccountAddress, keys: ApiKeys) => {
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
  const checks = new CheckRuns({
    models,
    accounts: registry,
    memory: new CheckMemory(context.globalState),
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
  const checkView = new CheckView(checks, checkTree);
  const tree = new TrunkTree(registry, models, log, checks);
  const view = new TrunkView(tree);
  const documents = new JsonDocuments();
  const editor = new LastEditor();
  const lastTargets = new LastTargets(context.globalState);
  const panels = new TrunkPanels({
    extensionUri: context.extensionUri,
    models,
    accounts: registry,
    prompter,
    editor,
    lastTargets,
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
    tree,
    view,
    panels,
    troubleshooter,
    documents,
    editor,
    lastTargets,
    edges,
    checks,
    checkView,
    checkTree,
    probes: createProbes(),
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
    registry.onDidChange(({ kind, account }) => {
      if (kind === 'removed') lastTargets.forgetAccount(account.id);
    }),
    { dispose: () => void sandboxes.dispose() },
    warnOfFallBack(registry, log),
    ...registerCommands(services),
    panels.register(),
    troubleshooter,
    registerHover(),
    limiters,
    // Last: the others may still have something to say.
    channel,
  );

  if (process.env['EXOTEL_SIP_DEMO'] === '1') {
    sandboxes.add().catch((error: unknown) => {
      log.error('sandbox account', error);
    });
  }
  return context.extensionMode === vscode.ExtensionMode.Test ? { services } : undefined;
}
