/**
 * app/: the application, without `vscode`.
 *
 * From what a person typed or chose to values: the rules of exotel/ as validation of a box, one thing or a
 * pasted list of them.
 */
import * as l10n from '@vscode/l10n';
import type { Checked } from '../../exotel/rules/checked';
import { splitList } from '../../exotel/rules/list';
import { BACK, type Back, Cancelled, type Validation } from './prompter';

/** The answer of a question that has no back button. */
export function answered<T>(answer: T | Back): T {
  if (answer === BACK) throw new Cancelled();
  return answer;
}

export function asValidation<T>(checked: Checked<T>): Validation {
  if (!checked.ok) return { severity: 'error', message: checked.message };
  const [warning] = checked.warnings;
  return warning === undefined ? null : { severity: 'warning', message: warning.message };
}

/** The value of an input that the box itself accepted. */
export function accepted<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(`Unchecked input for ${checked.field}`);
  return checked.value;
}

/** One entry or a pasted list. Every entry is checked; the first bad one is named. All warnings are kept. */
export function checkList<T>(text: string, check: (entry: string) => Checked<T>): Checked<T[]> {
  const entries = splitList(text);
  if (entries.length === 0) {
    const empty = check('');
    if (!empty.ok) return empty;
  }
  const values: T[] = [];
  const warnings: { readonly message: string }[] = [];
  for (const entry of entries) {
    const checked = check(entry);
    if (!checked.ok) {
      const message =
        entries.length === 1 ? checked.message : l10n.t('{0}: {1}', entry, checked.message);
      return { ...checked, message };
    }
    values.push(checked.value);
    warnings.push(...checked.warnings);
  }
  return { ok: true, value: values, warnings };
}
