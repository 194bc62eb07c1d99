/**
 * webview/: the panel's browser side.
 *
 * Searching a list of PBXs: which options are left, and which of them Enter takes.
 */
import type { TargetOptionView } from '../pages/panel/panel-protocol';

export interface Found {
  readonly options: readonly TargetOptionView[];
  /** Where the likely one is in `options`; -1 when there is none. */
  readonly likely: number;
}

/** Every word of the query has to be in the option's name, group, versions or other words. */
export function search(all: readonly TargetOptionView[], query: string): Found {
  const words = plain(query).split(' ').filter(Boolean);
  const options = all.filter((option) => {
    const text = plain(
      `${option.label} ${option.keywords} ${option.group} ${option.detail} ${option.value}`,
    );
    const joined = text.replaceAll(' ', '');
    return words.every((word) => text.includes(word) || joined.includes(word));
  });
  const begin = plain(query);
  const starting = options.findIndex(({ label }) => plain(label).startsWith(begin));
  const named = options.findIndex(({ label }) =>
    words.every((word) => plain(label).includes(word)),
  );
  const likely = starting >= 0 ? starting : named >= 0 ? named : options.length === 0 ? -1 : 0;
  return { options, likely };
}

/** Letters and digits in lower case, without accents: how names are typed in a hurry. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
