/**
 * workbench/: everything that imports `vscode`.
 *
 * Inputs that take one thing or a pasted list of them.
 */
import { l10n } from 'vscode';
import type { Checked } from '../../exotel/rules/checked';

/** Every entry is checked; the first bad one is named. Warnings are kept, the first one first. */
export function checkList<T>(
  entries: readonly string[],
  check: (entry: string) => Checked<T>,
): Checked<T[]> {
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
