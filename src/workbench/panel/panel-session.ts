/**
 * workbench/panel: the trunk panel.
 *
 * One open panel: follows the model, answers the page. The page is told what to show; what it may copy,
 * reveal or run is looked up here again, never taken from its message.
 */
import * as vscode from 'vscode';
import { ExotelError, type Problem } from '../../exotel/errors';
import type { Secret } from '../../exotel/secret';
import { edges as knownEdges, type Edge } from '../../exotel/edges';
import { cards } from '../../pbx/cards';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { rowId, type TrunkSnapshot } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import type { TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import { COMMANDS } from '../../app/commands.generated';
import type { LastEditor } from '../editor/last-editor';
import type { LastTargets } from '../../app/pbx/last-targets';
import { ownerOf, renderFor } from '../../app/pbx/pbx-output';
import { credentialOf } from '../../setup/facts';
import { Cancelled, type Prompter } from '../../app/input/prompter';
import { fixOf } from '../../pages/panel/facts-view';
import { PageHost } from '../pages/page-host';
import { needsPassword, PasswordConsent, runOutput } from './output';
import {
  type ChoiceField,
  type ChosenFields,
  decodeToHost,
  type PanelCommand,
  type PanelState,
  type PanelView,
  type ToHost,
  type ToWebview,
} from '../../pages/panel/panel-protocol';
import { panelStrings, resultStrings, viewStrings } from '../../pages/panel/strings';
import {
  planOf,
  suggestionFor,
  trunkTitle,
  trunkView,
  type ViewInput,
} from '../../pages/panel/panel-view';

export interface PanelPorts {
  readonly extensionUri: vscode.Uri;
  readonly models: Pick<TrunkModels, 'peek' | 'open' | 'onDidChange'>;
  readonly accounts: Pick<AccountRegistry, 'get' | 'onDidChange'>;
  readonly prompter: Prompter;
  readonly editor: LastEditor;
  /** The PBX each trunk was looked at for last. */
  readonly lastTargets: Pick<LastTargets, 'get' | 'set'>;
  /** The edges to choose from: the known ones, or these. Asked for each time. */
  readonly edges?: () => readonly Edge[];
  readonly onDidChangeEdges?: vscode.Event<void>;
  /** Shows what a refusal of the API means. */
  readonly explain?: (problem: Problem) => void;
  readonly log: { error(message: string): void };
  readonly now?: () => Date;
}

interface Hooks {
  readonly onChoice: (field: ChoiceField, value: string) => void;
}

/** What the panel is about, when all of it is there. */
interface Subject {
  readonly account: Account;
  readonly trunks: AccountTrunks;
  readonly snapshot: TrunkSnapshot;
}

/** Several rows change at once when sections load; the page is redrawn once for all of them. */
const REDRAW_MS = 30;

const FIRST_TARGET = cards[0]?.id ?? '';

/** Ends when its panel is closed, and closes it when the trunk or the account is gone. */
export class PanelSession {
  readonly #host: PageHost<ToWebview, ToHost>;
  readonly #ports: PanelPorts;
  readonly #hooks: Hooks;
  readonly #restored: boolean;
  readonly #consent = new PasswordConsent();
  readonly #subscriptions: { dispose(): void }[];
  readonly #accountId: string;
  readonly #trunkSid: string;

  /** As last known; '' before. */
  #name: string;
  #chosen: ChosenFields;
  #turn = 0;
  #includePassword = false;
  /** User names, as of the latest look. */
  #knownPasswords: ReadonlySet<string> = new Set();
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #drawing: Promise<void> = Promise.resolve();
  /** The trunk was there: if it is not any more, the panel goes too. */
  #seen = false;
  #problem: ExotelError | null = null;

  constructor(
    panel: vscode.WebviewPanel,
    state: PanelState,
    restored: boolean,
    ports: PanelPorts,
    hooks: Hooks,
  ) {
    this.#ports = ports;
    this.#hooks = hooks;
    this.#restored = restored;
    this.#accountId = state.accountId;
    this.#trunkSid = state.trunkSid;
    this.#name = state.name;
    this.#chosen = state.chosen;
    this.#subscriptions = [
      ports.models.onDidChange(({ accountId, change }) => {
        if (accountId !== this.#accountId) return;
        if (change.kind === 'trunks' || change.trunkSid === this.#trunkSid) this.#follow();
      }),
      ...(ports.onDidChangeEdges === undefined
        ? []
        : [ports.onDidChangeEdges(() => this.#redraw())]),
      ports.accounts.onDidChange(({ kind, account }) => {
        if (account.id !== this.#accountId) return;
        if (kind === 'removed') this.#host.dispose();
        else void this.#load();
      }),
    ];
    this.#host = new PageHost(panel, {
      extensionUri: ports.extensionUri,
      name: 'panel',
      title: this.#title(),
      log: ports.log,
      decode: decodeToHost,
      onMessage: (message) => void this.#receive(message),
      onClosed: () => this.#close(),
    });
    void this.#load();
  }

  #close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  // Following the model.

  async #load(): Promise<void> {
    this.#problem = null;
    try {
      if (this.#ports.accounts.get(this.#accountId) !== null) {
        const trunks = await this.#ports.models.open(this.#accountId);
        await trunks.ensureTrunks();
        if (trunks.trunk(this.#trunkSid) !== null) await trunks.ensureSections(this.#trunkSid);
      }
    } catch (error) {
      if (!(error instanceof ExotelError)) this.#ports.log.error(String(error));
      this.#problem = error instanceof ExotelError ? error : null;
    }
    this.#follow();
  }

  #follow(): void {
    if (this.#closed) return;
    const subject = this.#subject();
    if (subject !== null) this.#seen = true;
    else if (this.#seen && this.#trunkIsGone()) {
      this.#host.dispose();
      return;
    }
    this.#host.title = this.#title();
    this.#redraw();
  }

  #subject(): Subject | null {
    const account = this.#ports.accounts.get(this.#accountId);
    const trunks = this.#ports.models.peek(this.#accountId);
    const snapshot = trunks?.trunk(this.#trunkSid) ?? null;
    if (account === null || trunks === null || snapshot === null) return null;
    return { account, trunks, snapshot };
  }

  #trunkIsGone(): boolean {
    const trunks = this.#ports.models.peek(this.#accountId);
    return trunks?.trunks.state === 'ready' && trunks.trunk(this.#trunkSid) === null;
  }

  #title(): string {
    const account = this.#ports.accounts.get(this.#accountId);
    const trunk = this.#subject()?.snapshot.trunk;
    if (trunk !== undefined) this.#name = trunkTitle(trunk);
    const name = this.#name === '' ? this.#trunkSid : this.#name;
    return account === null ? name : viewStrings.panelTitle(name, account.label);
  }

  #redraw(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#drawing = this.#drawing
        .then(() => this.#draw())
        .catch((error: unknown) => this.#ports.log.error(String(error)));
    }, REDRAW_MS);
  }

  async #draw(): Promise<void> {
    if (!this.#host.listens) return;
    const view = await this.#view();
    this.#host.post({
      type: 'view',
      view,
      state: {
        accountId: this.#accountId,
        trunkSid: this.#trunkSid,
        name: this.#name,
        chosen: this.#chosen,
      },
    });
  }

  /** Why the trunk cannot be shown, when the API said so. */
  #refusal(): Problem | null {
    const listing = this.#ports.models.peek(this.#accountId)?.trunks;
    return this.#problem?.problem ?? (listing?.state === 'failed' ? listing.problem : null);
  }

  async #view(): Promise<PanelView> {
    const account = this.#ports.accounts.get(this.#accountId);
    if (account === null) {
      const fix = fixOf(COMMANDS.account.add.id, viewStrings.addAccount(), null, viewStrings);
      return {
        state: 'gone',
        title: viewStrings.accountGoneTitle(),
        message: viewStrings.accountGone(),
        retry: false,
        explain: false,
        fix,
      };
    }
    const subject = this.#subject();
    if (subject !== null) return trunkView(await this.#input(subject));
    const problem = this.#refusal();
    if (problem !== null) {
      const editing = problem.kind === 'auth' || problem.kind === 'network';
      return {
        state: 'failed',
        title: viewStrings.failedTitle(),
        message: viewStrings.problem(problem.what, problem.doNext),
        retry: true,
        explain: this.#ports.explain !== undefined,
        fix: editing
          ? fixOf(COMMANDS.account.edit.id, viewStrings.editAccount(), account, viewStrings)
          : null,
      };
    }
    if (this.#trunkIsGone()) {
      return {
        state: 'gone',
        title: viewStrings.trunkGoneTitle(),
        message: viewStrings.trunkGone(this.#trunkSid, account.label),
        retry: this.#restored,
        explain: false,
        fix: null,
      };
    }
    return { state: 'loading', message: viewStrings.loading(this.#trunkSid) };
  }

  async #input({ account, trunks, snapshot }: Subject): Promise<ViewInput> {
    const credentials = snapshot.sections.credentials.value ?? [];
    const known = await Promise.all(
      credentials.map(async (credential) =>
        (await trunks.password(this.#trunkSid, credential)) === null ? [] : [credential.userName],
      ),
    );
    this.#knownPasswords = new Set(known.flat());
    return {
      account,
      snapshot,
      knownPasswords: this.#knownPasswords,
      strings: viewStrings,
      chosen: this.#chosen,
      targetId: FIRST_TARGET,
      turn: this.#turn,
      includePassword: this.#includePassword,
      edges: this.#ports.edges?.() ?? knownEdges,
      now: this.#ports.now?.() ?? new Date(),
    };
  }

  // Answering the page.

  async #receive(message: ToHost): Promise<void> {
    try {
      await this.#handle(message);
    } catch (error) {
      if (error instanceof Cancelled || this.#closed) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#host.post({ type: 'result', text: resultStrings.failed(reason), tone: 'failed' });
      this.#ports.log.error(reason);
    }
  }

  async #handle(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#host.post({ type: 'start', strings: panelStrings() });
        this.#redraw();
        return;
      case 'choose':
        this.#turn = message.turn;
        this.#chosen = this.#withChoice(message.field, message.value);
        this.#hooks.onChoice(message.field, message.value);
        this.#redraw();
        return;
      case 'resetChoices': {
        const { targetId } = this.#chosen;
        this.#turn = message.turn;
        this.#chosen = targetId === undefined ? {} : { targetId };
        this.#redraw();
        return;
      }
      case 'includePassword':
        this.#includePassword = message.value;
        this.#redraw();
        return;
      case 'output':
        await this.#output(message);
        return;
      case 'copyFact':
        await this.#copyFact(message.fact);
        return;
      case 'copyPassword': {
        const password = await this.#passwordOf(message.userName);
        await vscode.env.clipboard.writeText(password.reveal());
        this.#done(resultStrings.passwordCopied());
        return;
      }
      case 'revealPassword': {
        const password = await this.#passwordOf(message.userName);
        if (!this.#host.visible) return;
        this.#host.post({
          type: 'reveal',
          userName: message.userName,
          password: password.reveal(),
        });
        return;
      }
      case 'run':
        await this.#run(message.command, message.userName);
        return;
      case 'retry':
        this.#redraw();
        await this.#load();
        return;
      case 'explain': {
        const problem = this.#refusal();
        if (problem !== null) this.#ports.explain?.(problem);
        return;
      }
      case 'close':
        this.#host.dispose();
        return;
    }
  }

  #done(text: string): void {
    this.#host.post({ type: 'result', text, tone: 'done' });
  }

  /** A choice that is what the trunk suggests anyway is not kept, so that it goes on following the trunk. */
  #withChoice(field: keyof ChosenFields, value: string): ChosenFields {
    const others = Object.fromEntries(
      Object.entries(this.#chosen).filter(([name]) => name !== field),
    ) as ChosenFields;
    const subject = this.#subject();
    const suggested =
      subject === null
        ? null
        : suggestionFor({
            ...subject,
            targetId: this.#chosen.targetId ?? FIRST_TARGET,
            knownPasswords: this.#knownPasswords,
          });
    return field !== 'targetId' && suggested?.[field] === value
      ? others
      : { ...others, [field]: value };
  }

  async #output(request: Extract<ToHost, { type: 'output' }>): Promise<void> {
    const subject = this.#subject();
    if (subject === null) return;
    const input = await this.#input(subject);
    const view = (await trunkView(input)).generator;
    if (view.output.state === 'blocked') {
      const text = resultStrings.cannotGenerate(view.output.reason);
      this.#host.post({ type: 'result', text, tone: 'failed' });
      return;
    }
    const { facts, choices, options } = await planOf(input);
    const { now, edges } = input;
    const plain = { targetId: choices.targetId, facts, options, password: null, now, edges };
    const render = (password: Secret | null) => renderFor({ ...plain, password });
    const preview = (await render(null)).files;
    const withPassword = view.includePassword && needsPassword(request, preview);
    const said = await runOutput({
      action: request.action,
      file: request.file,
      owner: await ownerOf(plain),
      editor: this.#ports.editor,
      prompter: this.#ports.prompter,
      withPassword,
      preview,
      agree: async (gitFile) => {
        if (!withPassword) return;
        await this.#consent.ask(this.#ports.prompter, facts.userName ?? '', gitFile);
      },
      files: async () => {
        const password = withPassword ? await this.#passwordOf(facts.userName ?? '') : null;
        const { files, advice } = await render(password);
        if (files.length > 0) return files;
        throw new Error(resultStrings.cannotGenerate(advice[0]?.what ?? ''));
      },
    });
    if (said !== null) this.#done(said);
  }

  async #copyFact(id: string): Promise<void> {
    const subject = this.#subject();
    if (subject === null) return;
    const { facts, credentials } = await trunkView(await this.#input(subject));
    const fact = facts.find((one) => one.copyable && one.id === id);
    const user = credentials.find((one) => `user:${one.userName}` === id)?.userName;
    const value = fact?.value ?? user;
    if (value === undefined) return;
    await vscode.env.clipboard.writeText(value);
    this.#done(resultStrings.copied(fact?.label ?? value));
  }

  async #passwordOf(userName: string): Promise<Secret> {
    const subject = this.#subject();
    const credentials = subject?.snapshot.sections.credentials.value ?? [];
    const credential = credentialOf(credentials, userName);
    const password =
      subject === null || credential?.userName !== userName
        ? null
        : await subject.trunks.password(this.#trunkSid, credential);
    if (password === null) throw new Error(resultStrings.noPassword(userName));
    return password;
  }

  async #run(command: PanelCommand, userName: string | null): Promise<void> {
    if (command === COMMANDS.account.add.id) {
      await vscode.commands.executeCommand(command);
      return;
    }
    const accountId = this.#accountId;
    const account = this.#ports.accounts.get(accountId);
    const fix = fixOf(command, '', account, viewStrings);
    if (fix.disabled !== null) throw new Error(fix.disabled);
    if (command === COMMANDS.account.edit.id) {
      await vscode.commands.executeCommand(command, { kind: 'account', accountId });
      return;
    }
    const trunkSid = this.#trunkSid;
    const credential = this.#subject()?.snapshot.sections.credentials.value?.find(
      (one) => one.userName === userName,
    );
    await vscode.commands.executeCommand(
      command,
      command === COMMANDS.credential.rotate.id && credential !== undefined
        ? {
            kind: 'row',
            accountId,
            trunkSid,
            section: 'credentials',
            rowId: rowId('credentials', credential),
          }
        : { kind: 'trunk', accountId, trunkSid },
    );
  }
}
