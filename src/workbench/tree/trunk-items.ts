/**
 * workbench/: everything that imports `vscode`.
 *
 * The rows of the tree as VS Code draws them: what row-text.ts and section-text.ts say, and whether a row
 * opens.
 */
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { COMMANDS } from '../../app/commands.generated';
import type { Account } from '../../app/accounts/account';
import type { NoteRef } from '../../app/refs';
import type { Cut } from '../../app/tree/tree-rows';
import type { Problem } from '../../exotel/errors';
import { rowId, type Rows, type Section, type SectionRow, sections } from '../../trunks/sections';
import { busyKey, type Loadable, type TrunkSnapshot } from '../../trunks/snapshot';
import { itemOfText } from './ref-tree';
import { describeAccount, problemFlags, problemText, type RowText } from './row-text';
import { describeSection, sectionTexts } from './section-text';

const { Collapsed, Expanded, None } = TreeItemCollapsibleState;

export function accountItem(account: Account, isOpen: boolean): TreeItem {
  const item = itemOfText(describeAccount(account));
  item.collapsibleState = isOpen ? Expanded : Collapsed;
  return item;
}

export function trunkItem(text: RowText, isOpen: boolean): TreeItem {
  const item = itemOfText(text);
  item.collapsibleState = isOpen ? Expanded : Collapsed;
  return item;
}

/** `visible`: how many of the section's rows the filter leaves. */
export function sectionItem<S extends Section>(
  section: S,
  snapshot: TrunkSnapshot,
  visible: number,
  account: Account,
): TreeItem {
  const loaded: Loadable<Rows<S>> = snapshot.sections[section];
  const { oneValue } = sections[section];
  const value = oneValue === null || loaded.value === null ? null : oneValue(loaded.value);
  const count = loaded.value?.length ?? null;
  const failed = loaded.state === 'failed';
  const item = itemOfText(
    describeSection(
      section,
      {
        loading: loaded.state === 'loading' || loaded.state === 'idle',
        problem: failed ? loaded.problem : null,
        count: oneValue !== null && value === null && count !== null ? 0 : count,
        shown: visible === count ? null : visible,
        value,
        busy: oneValue === null ? null : busyIn(section, snapshot),
      },
      account,
    ),
  );
  const isEmpty = count === 0 && snapshot.pending[section].length === 0;
  if (!failed && (oneValue !== null || isEmpty)) item.collapsibleState = None;
  else item.collapsibleState = visible === count ? Collapsed : Expanded;
  return item;
}

export function rowItem<S extends Section>(
  section: S,
  row: SectionRow[S],
  snapshot: TrunkSnapshot,
  writable: boolean,
): TreeItem {
  const text = sectionTexts[section].row(row, writable);
  const item = itemOfText(text);
  const busy = snapshot.busy.get(busyKey(section, rowId(section, row)));
  if (busy !== undefined) {
    item.description = busy;
    item.iconPath = new ThemeIcon('loading~spin');
    item.accessibilityInformation = { label: l10n.t('{0}, {1}', text.label, busy) };
  }
  return item;
}

export function loadingItem(): TreeItem {
  return noteItem(l10n.t('Loading…'), new ThemeIcon('loading~spin'));
}

/** Nothing to show. `lookUpFailed`: which is not to say that there is nothing. */
export function emptyItem(isFiltered: boolean, lookUpFailed: boolean): TreeItem {
  const found = lookUpFailed ? l10n.t('This number could not be looked up') : l10n.t('No match');
  const item = noteItem(isFiltered ? found : l10n.t('No trunk yet'), new ThemeIcon('info'));
  item.contextValue = 'note+empty';
  return item;
}

/** The end of a list that is cut; a row that is a button. */
export function moreItem(ref: NoteRef, { shown, all, next }: Cut): TreeItem {
  const label = l10n.t('Show {0} more', next);
  const item = noteItem(label, new ThemeIcon('ellipsis'));
  const [some, whole] = [shown.toLocaleString(), all.toLocaleString()];
  item.description = l10n.t('{0} of {1} shown', some, whole);
  item.tooltip = l10n.t('The filter searches all {0} trunks, shown or not.', whole);
  item.accessibilityInformation = {
    label: l10n.t('Show {0} more trunks, {1} of {2} are shown', next, some, whole),
    role: 'button',
  };
  item.contextValue = 'note+more';
  item.command = { command: COMMANDS.view.showMore.id, title: label, arguments: [ref] };
  return item;
}

/** A row that tries again; null when it is no longer known what failed. */
export function failedItem(ref: NoteRef, problem: Problem | null): TreeItem {
  const item = noteItem(
    problem?.what ?? l10n.t('Could not be loaded.'),
    new ThemeIcon('error', new ThemeColor('errorForeground')),
  );
  item.contextValue = `note+failed+${ref.noteId}`;
  if (problem !== null) {
    item.description = problem.doNext;
    item.tooltip = problemText(problem);
    item.accessibilityInformation = { label: problemText(problem) };
    item.contextValue += problemFlags(problem);
  }
  // A row that is a button: its only use is to try again.
  const { retry } = COMMANDS.view;
  item.command = { command: retry.id, title: retry.title(), arguments: [ref] };
  return item;
}

export function pendingItem(label: string): TreeItem {
  const item = noteItem(label, new ThemeIcon('loading~spin'));
  item.description = l10n.t('creating…');
  item.accessibilityInformation = { label: l10n.t('{0}, creating…', label) };
  return item;
}

function noteItem(label: string, icon: ThemeIcon): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = icon;
  item.contextValue = 'note';
  item.accessibilityInformation = { label };
  return item;
}

/** What is happening to some row of the section. */
function busyIn(section: Section, { busy }: TrunkSnapshot): string | null {
  for (const [key, text] of busy) if (key.startsWith(busyKey(section, ''))) return text;
  return null;
}
