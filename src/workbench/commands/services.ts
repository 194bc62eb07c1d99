/**
 * workbench/: everything that imports `vscode`.
 *
 * What commands get to work with. Built in extension.ts.
 */
import type { Probes } from '../../checks/types';
import type { ExotelApi } from '../../exotel/api';
import type { AccountAddress } from '../../exotel/regions';
import type { Secret } from '../../exotel/secret';
import type { ApiKeys } from '../../app/accounts/account';
import type { TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import type { SandboxAccounts } from '../../app/accounts/sandbox';
import type { CheckTree } from '../checks/check-tree';
import type { CheckView } from '../checks/check-view';
import type { CheckRuns } from '../../app/checks/runs';
import type { LastEditor } from '../editor/last-editor';
import type { JsonDocuments } from '../editor/json-document';
import type { TrunkChoices } from '../../app/choices';
import type { Prompter } from '../../app/input/prompter';
import type { Log } from '../../app/log';
import type { TrunkPanels } from '../panel/trunk-panel';
import type { EdgeSettings } from '../settings';
import type { TrunkTree } from '../tree/trunk-tree';
import type { TrunkView } from '../tree/trunk-view';
import type { Troubleshooter } from '../troubleshoot/troubleshooter';

/** Done so far, of how many. */
export type ProgressReport = (done: number, total: number) => void;

/** Everything a command shows that is not a question. */
export interface Ui {
  /** A few seconds in the status bar: the thing worked. */
  status(text: string): void;
  /** Resolves to the pressed action, or null. Does not wait unless awaited. */
  info<A extends string>(text: string, ...actions: A[]): Promise<A | null>;
  error<A extends string>(text: string, ...actions: A[]): Promise<A | null>;
  /** Modal, for what must be read whole: a list of what was done and what was not. Copies it itself. */
  report<A extends string>(text: string, detail: string, ...actions: A[]): Promise<A | null>;
  /** Modal: the one time a new password is shown; offers to copy it. */
  showPassword(
    userName: string,
    password: Secret,
    options?: { /** Nobody knows whether Exotel took it. */ readonly uncertain: boolean },
  ): Promise<void>;
  /** A bar in the view while one call runs. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** A notification with Cancel while several calls run. */
  cancellable<T>(
    title: string,
    work: (signal: AbortSignal, report: ProgressReport) => Promise<T>,
  ): Promise<T>;
  showLog(): void;
  copy(text: string): Promise<void>;
  openExternal(url: string): Promise<void>;
}

export interface Services {
  readonly registry: AccountRegistry;
  readonly models: TrunkModels;
  readonly prompter: Prompter;
  readonly ui: Ui;
  readonly log: Log;
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
  /** A client for keys that are not saved yet, to verify them. */
  createApi(address: AccountAddress, keys: ApiKeys): ExotelApi;
}
