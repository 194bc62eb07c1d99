/**
 * workbench/checks: the first-call checks as a view and commands.
 *
 * The tree: a synchronous picture of the reports. A verdict redraws its own row; a group is redrawn when
 * rows of it come or go.
 */
import { l10n, TreeItem, TreeItemCheckboxState, TreeItemCollapsibleState } from 'vscode';
import type { Account } from '../../app/accounts/account';
import type { TrunkModels } from '../../app/accounts/models';
import type { AccountRegistry } from '../../app/accounts/registry';
import { itemOfText, RefTree } from '../tree/ref-tree';
import type { RowText } from '../tree/row-text';
import { trunkLabel } from '../../app/trunk-label';
import { describeCheck, describeGroup, describeReport } from './check-text';
import {
  type CheckGroupRef,
  type CheckNode,
  checkNodeId,
  type CheckRef,
  type ChecksRef,
  GROUPS,
} from '../../app/checks/check-refs';
import type { CheckRuns, ReportRef, RunsChange } from '../../app/checks/runs';
import type { TrunkReport } from '../../app/checks/trunk-report';

export class CheckTree extends RefTree<CheckNode> {
  readonly #runs: CheckRuns;
  readonly #models: Pick<TrunkModels, 'peek'>;
  readonly #accounts: Pick<AccountRegistry, 'get'>;
  readonly #subscriptions: readonly { dispose(): void }[];
  /** What each trunk's own row said when it was drawn last. */
  readonly #drawnHeads = new WeakMap<CheckNode, string>();

  constructor(
    runs: CheckRuns,
    models: Pick<TrunkModels, 'peek' | 'onDidChange'>,
    accounts: Pick<AccountRegistry, 'get' | 'onDidChange'>,
  ) {
    super();
    this.#runs = runs;
    this.#models = models;
    this.#accounts = accounts;
    this.#subscriptions = [
      runs.onDidChange((change) => this.#follow(change)),
      // Its name; and what a read-only account does not offer.
      models.onDidChange(({ accountId, change }) => {
        if (change.kind === 'trunk') this.#redrawHead({ accountId, trunkSid: change.trunkSid });
      }),
      accounts.onDidChange(({ kind, account }) => {
        if (kind === 'changed' && runs.shown.some((ref) => ref.accountId === account.id)) {
          this.redraw(undefined);
        }
      }),
    ];
  }

  override dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    super.dispose();
  }

  protected override idOf(ref: CheckNode): string {
    return checkNodeId(ref);
  }

  protected override parentOf(ref: CheckNode): CheckNode | null {
    const { accountId, trunkSid } = ref;
    switch (ref.kind) {
      case 'checks':
        return null;
      case 'checkGroup':
        return this.#only() ? null : { kind: 'checks', accountId, trunkSid };
      case 'check':
        return { kind: 'checkGroup', accountId, trunkSid, group: ref.group };
    }
  }

  /** One trunk: its own row is the head of the list. Several: each opens. */
  #only(): boolean {
    return this.#runs.shown.length === 1;
  }

  protected override childrenOf(ref: CheckNode | undefined): readonly CheckNode[] {
    if (ref === undefined) {
      const heads = this.#runs.shown.map((shown): ChecksRef => ({ kind: 'checks', ...shown }));
      const [only] = heads;
      return only !== undefined && this.#only() ? [only, ...this.#groups(only)] : heads;
    }
    if (ref.kind === 'checks') return this.#only() ? [] : this.#groups(ref);
    if (ref.kind === 'check') return [];
    const { accountId, trunkSid, group } = ref;
    const rows = this.#runs.report(ref)?.rows ?? [];
    return rows
      .filter((row) => row.group === group)
      .map(({ key }): CheckRef => ({ kind: 'check', accountId, trunkSid, group, key }));
  }

  #groups({ accountId, trunkSid }: ReportRef): CheckGroupRef[] {
    return GROUPS.map((group) => ({ kind: 'checkGroup', accountId, trunkSid, group }));
  }

  protected override itemOf(ref: CheckNode): TreeItem {
    const report = this.#runs.report(ref);
    const account = this.#accounts.get(ref.accountId);
    if (report === null || account === null) return new TreeItem('');
    if (ref.kind === 'checks') {
      const text = this.#head(ref, report, account);
      this.#drawnHeads.set(this.intern(ref), said(text));
      const item = itemOfText(text);
      if (!this.#only()) item.collapsibleState = TreeItemCollapsibleState.Collapsed;
      return item;
    }
    if (ref.kind === 'checkGroup') {
      const item = itemOfText(describeGroup(ref.group, this.#runs.from));
      const any = report.rows.some(({ group }) => group === ref.group);
      item.collapsibleState = any
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.None;
      if (!any) item.description = l10n.t('nothing to check');
      return item;
    }
    const row = report.row(ref.key);
    if (row === null) return new TreeItem('');
    const text = describeCheck(row, !account.readOnly);
    const item = itemOfText(text);
    if (row.group === 'manual' && row.result !== null) {
      const ticked = row.result.level === 'ok';
      item.checkboxState = {
        state: ticked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
        tooltip: ticked ? l10n.t('Checked by hand') : l10n.t('Tick when you have checked it'),
        accessibilityInformation: { label: text.spoken },
      };
    }
    return item;
  }

  #head(ref: ReportRef, report: TrunkReport, account: Account): RowText {
    const trunk = this.#models.peek(ref.accountId)?.trunk(ref.trunkSid)?.trunk;
    return describeReport({
      trunk: trunk === undefined ? ref.trunkSid : trunkLabel(trunk),
      account: account.label,
      useCases: report.useCases,
      from: this.#runs.from,
      summary: report.summary,
      counts: this.#only(),
    });
  }

  #follow(change: RunsChange): void {
    if (change.kind === 'shown') {
      this.redraw(undefined);
      return;
    }
    const { ref } = change;
    if (!this.#isShown(ref)) return;
    const { accountId, trunkSid } = ref;
    switch (change.kind) {
      case 'summary':
        this.#redrawHead(ref);
        break;
      case 'group':
        this.redraw({ kind: 'checkGroup', accountId, trunkSid, group: change.group });
        break;
      case 'row': {
        const group = this.#runs.report(ref)?.row(change.key)?.group;
        if (group !== undefined) {
          this.redraw({ kind: 'check', accountId, trunkSid, group, key: change.key });
        }
        break;
      }
    }
  }

  /** Where several trunks are shown, drawing a head draws what is beneath it: only when it says something new. */
  #redrawHead(ref: ReportRef): void {
    const report = this.#runs.report(ref);
    const account = this.#accounts.get(ref.accountId);
    if (report === null || account === null || !this.#isShown(ref)) return;
    const { accountId, trunkSid } = ref;
    const node: ChecksRef = { kind: 'checks', accountId, trunkSid };
    const now = said(this.#head(ref, report, account));
    const drawn = this.known(node);
    if (drawn !== undefined && this.#drawnHeads.get(drawn) !== now) this.redraw(drawn);
  }

  #isShown({ accountId, trunkSid }: ReportRef): boolean {
    return this.#runs.shown.some(
      (shown) => shown.accountId === accountId && shown.trunkSid === trunkSid,
    );
  }
}

function said({ label, description, icon, contextValue }: RowText): string {
  return [label, description, icon.id, icon.color?.id ?? '', contextValue].join('\n');
}
