/**
 * workbench/: everything that imports `vscode`.
 *
 * Rows of the side bar as choices of a list: the same words and icons.
 */
import type { ChoiceText, RowTexts } from '../../app/usecases/ports';
import { describeAccount, describeTrunk, type RowText } from '../tree/row-text';
import { sectionTexts } from '../tree/section-text';

function choiceText({ label, description, icon }: RowText): ChoiceText {
  return { label, description, icon: icon.id };
}

export const rowChoices: RowTexts = {
  account: (account) => choiceText(describeAccount(account)),
  trunk: (trunk, account) => choiceText(describeTrunk(trunk, account, null)),
  section: (section) => sectionTexts[section].name(),
  row: (section, row) => choiceText(sectionTexts[section].row(row, true)),
};
