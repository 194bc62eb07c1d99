/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * The controls of the generator, from the table of options.
 */
import * as l10n from '@vscode/l10n';
import { isFolded, isList, labelOf, optionIds } from '../../pbx/options';
import type { FieldView } from './panel-protocol';

export function panelFields(): readonly FieldView[] {
  return [
    { id: 'targetId', label: l10n.t('PBX'), control: 'search', folded: false },
    ...optionIds.map((id): FieldView => ({
      id,
      label: labelOf(id),
      control: isList(id) ? 'list' : 'text',
      folded: isFolded(id),
    })),
  ];
}
