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
import type { AccountTrunks } from '../../trunks/account-trunks';
import { rowId, type TrunkSnapshot } from '../../trunks/snapshot';
import type { Account } from '../../app/accounts/account';
import type { TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import { frontFile, type LastEditor } from '../editor/last-editor';
import { CHOICE_FIELDS, type ChoiceField, type TrunkChoices } from '../../app/choices';
import { COMMANDS } from '../../app/commands.generated';
import { adoptBlock } from '../../app/pbx/adopt';
import { knownPasswords, passwordOf } from '../../app/pbx/passwords';
import { chosenCard, planOf, type PlanInput, suggestedChoices } from '../../app/plan';
import { preview, produce, type Produced } from '../../app/produce';
import { terminalCommand } from '../../app/terminal-command';
import { trunkLabel } from '../../app/trunk-label';
import { Cancelled, type Prompter } from '../../app/input/prompter';
import { type FactsInput, fixOf } from '../../pages/panel/facts-view';
import { PageHost } from '../pages/page-host';
import { PasswordConsent, runOutput, withAdopted } from './output';
import {
  decodeToHost,
  type PanelCommand,
  type PanelState,
  type PanelView,
  type ToHost,
  type ToWebview,
} from '../../pages/panel/panel-protocol';
import { blockedText, panelStrings, resultStrings, viewStrings } from '../../pages/panel/strings';
import { panelFields } from '../../pages/panel/fields';
import { copyableFact, trunkView } from '../../pages/panel/panel-view';

export interface PanelPorts {
  readonly extensionUri: vscode.Uri;
  readonly models: Pick<TrunkModels, 'peek' | 'open' | 'onDidChange'>;
  readonly accounts: Pick<AccountRegistry, 'get' | 'onDidChange'>;
  readonly prompter: Prompter;
  readonly editor: LastEditor;
  readonly choices: TrunkChoices;
  /** The edges to choose from: the known ones, or these. Asked for each time. */
  readonly edges?: () => readonly Edge[];
  readonly onDidChangeEdges?: vscode.Event<void>;
  /** Shows what a refusal of the API means. */
  readonly explain?: (problem: Problem) => void;
  readonly log: { error(message: string): void };
  readonly now?: () => Date;
}

/** What the panel is about, when all of it is there. */
interface Subject {
  readonly account: Account;
  readonly trunks: AccountTrunks;
  readonly snapshot: TrunkSnapshot;
}

/** What was made for the page, and of what. */
interface Shown {
  readonly input: PlanInput;
  readonly produced: Produced;
}

/** Several rows change at once when sections load; the page is redrawn once for all of them. */
const REDRAW_MS = 30;

/** Ends when its panel is closed, and closes it when the trunk or the account is gone. */
export class PanelSession {
  readonly #host: PageHost<ToWebview, ToHost>;
  readonly #ports: PanelPorts;
  readonly #restored: boolean;
  readonly #consent = new PasswordConsent();
  readonly #subscriptions: { dispose(): void }[];
  readonly #accountId: string;
  readonly #trunkSid: string;

  /** As last known; '' before. */
  #name: string;
  #turn = 0;
  #includePassword = false;
  /** What the page shows. */
  #shown: Shown | null = null;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #drawing: Promise<void> = Promise.resolve();
  /** The trunk was there: if it is not any more, the panel goes too. */
  #seen = false;
  #problem: ExotelError | null = null;

  constructor(panel: vscode.WebviewPanel, state: PanelState, restored: boolean, ports: PanelPorts) {
    this.#ports = ports;
    this.#restored = restored;
    this.#accountId = state.accountId;
    this.#trunkSid = state.trunkSid;
    this.#name = state.name;
    this.#subscriptions = [
      ports.models.onDidChange(({ accountId, change }) => {
        if (accountId !== this.#accountId) return;
        if (change.kind === 'trunks' || change.trunkSid === this.#trunkSid) this.#follow();
      }),
      ports.choices.onDidChange(({ accountId }) => {
        if (accountId === this.#accountId) this.#redraw();
      }),
      // What another window chose is not told; it is there when this one is looked at again.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#redraw();
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
    if (trunk !== undefined) this.#name = trunkLabel(trunk);
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
    if (subject !== null) return this.#trunkView(subject);
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

  async #trunkView(subject: Subject): Promise<PanelView> {
    const input = await this.#input(subject);
    const plan = await planOf(input);
    const known = input.knownPasswords.has(plan.facts.userName ?? '');
    const produced = await preview(plan, this.#includePassword && known);
    this.#shown = { input, produced };
    return trunkView({
      ...this.#factsInput(subject, input),
      produced,
      changed: this.#ports.choices.hasOptions(this.#ref),
      turn: this.#turn,
      includePassword: this.#includePassword,
      edges: input.edges,
    });
  }

  #factsInput({ account, snapshot }: Subject, { knownPasswords: known }: PlanInput): FactsInput {
    return { account, snapshot, knownPasswords: known, strings: viewStrings };
  }

  get #ref(): { readonly accountId: string; readonly trunkSid: string } {
    return { accountId: this.#accountId, trunkSid: this.#trunkSid };
  }

  async #input({ account, trunks, snapshot }: Subject): Promise<PlanInput> {
    return {
      accountSid: account.accountSid,
      snapshot,
      chosen: this.#ports.choices.of(this.#ref),
      knownPasswords: await knownPasswords(trunks, snapshot),
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
        this.#host.post({ type: 'start', strings: panelStrings(), fields: panelFields() });
        this.#redraw();
        return;
      case 'choose':
        this.#turn = message.turn;
        this.#choose(message.field, message.value);
        return;
      case 'resetChoices':
        this.#turn = message.turn;
        this.#ports.choices.reset(this.#ref);
        return;
      case 'includePassword':
        this.#includePassword = message.value;
        this.#redraw();
        return;
      case 'output':
        await this.#output(message);
        return;
      case 'copyCommand':
        await this.#copyCommand();
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

  #choose(field: ChoiceField, value: string): void {
    const { choices } = this.#ports;
    const card = chosenCard(choices.of(this.#ref));
    const suggested = this.#shown === null ? {} : suggestedChoices(this.#shown.input, card);
    choices.choose(this.#ref, { [field]: value }, suggested);
  }

  async #output({ action, file }: Extract<ToHost, { type: 'output' }>): Promise<void> {
    const subject = this.#subject();
    if (subject === null) return;
    const { choices, editor, prompter } = this.#ports;
    const adopted =
      action === 'insert'
        ? adoptBlock(choices, this.#ref, frontFile(editor), await this.#input(subject))
        : null;
    const input = await this.#input(subject);
    const plan = await planOf(input);
    const shown = this.#shownFor(input) ?? (await produce(plan));
    if (shown.blocked !== null) {
      const text = resultStrings.cannotGenerate(blockedText(shown.blocked));
      this.#host.post({ type: 'result', text, tone: 'failed' });
      return;
    }
    // What was taken as it is shown is chosen too.
    if (choices.own(this.#ref).targetId !== plan.card.id) {
      choices.choose(this.#ref, { targetId: plan.card.id });
    }
    const userName = plan.facts.userName ?? '';
    const said = await runOutput({
      action,
      file,
      preview: shown,
      make: (password) => produce(plan, password),
      password:
        this.#includePassword && input.knownPasswords.has(userName)
          ? { userName, find: () => this.#passwordOf(userName) }
          : null,
      consent: this.#consent,
      editor,
      prompter,
    });
    if (said !== null) this.#done(adopted === null ? said : withAdopted(said, adopted));
  }

  /** What the page shows, as long as it is what would be made now: a click does not make it once more. */
  #shownFor(input: PlanInput): Produced | null {
    return this.#shown !== null && isSame(this.#shown.input, input) ? this.#shown.produced : null;
  }

  async #copyCommand(): Promise<void> {
    const subject = this.#subject();
    if (subject === null) return;
    const plan = await planOf(await this.#input(subject));
    if (Object.keys(plan.errors).length > 0) throw new Error(viewStrings.fixErrors());
    await vscode.env.clipboard.writeText(terminalCommand(plan));
    this.#done(resultStrings.commandCopied());
  }

  async #copyFact(id: string): Promise<void> {
    const subject = this.#subject();
    if (subject === null) return;
    const input = await this.#input(subject);
    const fact = copyableFact(this.#factsInput(subject, input), await planOf(input), id);
    if (fact === null) return;
    await vscode.env.clipboard.writeText(fact.value);
    this.#done(resultStrings.copied(fact.label));
  }

  async #passwordOf(userName: string): Promise<Secret> {
    const subject = this.#subject();
    const password =
      subject === null ? null : await passwordOf(subject.trunks, subject.snapshot, userName);
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

function isSame(one: PlanInput, other: PlanInput): boolean {
  const { snapshot, edges, chosen, knownPasswords: known } = other;
  return (
    one.snapshot === snapshot &&
    one.edges === edges &&
    CHOICE_FIELDS.every((field) => one.chosen[field] === chosen[field]) &&
    one.knownPasswords.size === known.size &&
    [...known].every((userName) => one.knownPasswords.has(userName))
  );
}
