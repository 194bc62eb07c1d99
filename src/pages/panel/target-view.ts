/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * What the page shows of the chosen PBX: the list to search, which choices it cannot do and what mends
 * them, how its text was checked, which words of the text are to be replaced.
 */
import { adviceText } from '../../app/produce';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../pbx/quoting/plain';
import { cards } from '../../pbx/cards';
import { DECIDING, valueLabel } from '../../pbx/options';
import type { Advice, PbxFile, PbxCard, PbxGroup, Placeholder } from '../../pbx/types';
import type { AuthMode, Transport, ConnectionUse } from '../../terms/use';
import {
  type AdviceView,
  type MarkView,
  type Mend,
  type OptionView,
  type RefusalView,
  type Syntax,
  type TargetOptionView,
} from './panel-protocol';
import type { ViewStrings } from './strings';

/** In the order a person looks for them. */
const GROUPS: readonly PbxGroup[] = ['pbx', 'proxy', 'sbc', 'voice-ai', 'table'];

export function targetOptions(strings: ViewStrings): TargetOptionView[] {
  return GROUPS.flatMap((group) =>
    cards
      .filter((target) => target.group === group)
      .map((target) => ({
        value: target.id,
        label: target.name,
        group: strings.group(group),
        keywords: target.keywords.join(' '),
        detail: target.versions,
        badge: strings.evidenceBadge(target.evidence.level),
      })),
  );
}

/** The three choices that decide whether a target can do it at all. */
interface Combination {
  readonly useCase: ConnectionUse;
  readonly auth: AuthMode;
  readonly transport: Transport;
}

type Deciding = keyof Combination;

function whyNot(target: PbxCard, { useCase, auth, transport }: Combination): string | null {
  return target.cannot(useCase, auth, transport);
}

function combinations(wanted: Combination, free: readonly Deciding[]): Combination[] {
  let all: Combination[] = [wanted];
  for (const field of free) {
    all = all.flatMap((one) => DECIDING[field].map((value) => ({ ...one, [field]: value })));
  }
  return all;
}

/**
 * One list with the values marked that the target can never do. The value in force is left: a list shows
 * what is chosen also while it is wrong, and refusalOf says so.
 */
export function decidingOptions(
  field: Deciding,
  target: PbxCard | null,
  now: Combination,
): OptionView[] {
  // Without a way for the use case there is nothing to compare the other two with.
  const doable = combinations(now, ['auth', 'transport']).find(
    (one) => target !== null && whyNot(target, one) === null,
  );
  const free = (['auth', 'transport'] as const).filter((one) => one !== field);
  return DECIDING[field].map((value) => {
    const option = { value, label: valueLabel(field, value) };
    if (target === null || value === now[field]) return option;
    if (field !== 'useCase' && doable === undefined) return option;
    const reasons = combinations({ ...now, [field]: value }, free).map((one) =>
      whyNot(target, one),
    );
    if (reasons.includes(null)) return option;
    const why = whyNot(target, { ...(doable ?? now), [field]: value });
    return why === null ? option : { ...option, why };
  });
}

/** Why the choices make no text, beside which control to say so, and the choices that would. */
export function refusalOf(
  target: PbxCard | null,
  now: Combination,
  strings: ViewStrings,
): RefusalView | null {
  const reason = target === null ? null : whyNot(target, now);
  if (target === null || reason === null) return null;
  const sameUse = waysOut(target, now, ['auth', 'transport']);
  const ways = sameUse.length > 0 ? sameUse : waysOut(target, now, ['useCase']);
  const mends = ways.map((way) => mendOf(way, strings));
  const reasons = new Set([reason, ...furtherReasons(target, now, ways[0] ?? [])]);
  return {
    field: mends[0]?.choices[0]?.[0] ?? 'targetId',
    reason: [...reasons].join(' '),
    mends,
  };
}

/** What would be said next if only some of the changes were made. */
function furtherReasons(
  target: PbxCard,
  now: Combination,
  changes: readonly Change[],
): readonly string[] {
  return changes.flatMap((_, count) => {
    const made = Object.fromEntries(changes.slice(0, count));
    const reason = whyNot(target, { ...now, ...made });
    return reason === null ? [] : [reason];
  });
}

type Change = readonly [Deciding, string];

/** The fewest changes that make it possible; a credential and an IP together only where nothing else is. */
function waysOut(
  target: PbxCard,
  now: Combination,
  free: readonly Deciding[],
): readonly (readonly Change[])[] {
  const all = combinations(now, free)
    .filter((one) => whyNot(target, one) === null)
    .map((one) =>
      free.filter((field) => one[field] !== now[field]).map((field): Change => [field, one[field]]),
    );
  const fewest = Math.min(...all.map((changes) => changes.length));
  const short = all.filter((changes) => changes.length === fewest);
  const plain = short.filter((changes) =>
    changes.every(([field, value]) => !(field === 'auth' && value === 'both')),
  );
  return plain.length > 0 ? plain : short;
}

function mendOf(changes: readonly Change[], strings: ViewStrings): Mend {
  const names = changes.map(([field, value]) => valueLabel(field, value));
  return { label: strings.useInstead(names), choices: changes };
}

const BY_LANGUAGE: Readonly<Record<string, Syntax>> = {
  ini: 'ini',
  xml: 'xml',
  json: 'json',
  jsonc: 'json',
  javascript: 'javascript',
  powershell: 'powershell',
  markdown: 'markdown',
  properties: 'sip-proxy',
  c: 'sip-proxy',
};

/** The colouring that fits: by the language, and where VS Code has none by what begins a comment. */
export function syntaxOf({ languageId, comment }: Pick<PbxFile, 'languageId' | 'comment'>): Syntax {
  if (comment === '!') return 'ios';
  return BY_LANGUAGE[languageId] ?? (comment === ';' || comment === '#' ? 'ini' : 'plain');
}

/** Words of the text that stand for something only a person knows. */
export function marksOf(placeholders: readonly Placeholder[], strings: ViewStrings): MarkView[] {
  const own: MarkView[] = [
    { text: PASSWORD_PLACEHOLDER, title: strings.fillInPassword(), level: 'problem' },
    { text: NUMBER_PLACEHOLDER, title: strings.fillInNumber(), level: 'problem' },
  ];
  return [
    ...own,
    ...placeholders.map(({ text, doNext, level }) => ({ text, title: doNext, level })),
  ];
}

/** Each advice with the files it is about; none when it is about the whole. */
export function adviceViews(
  advice: readonly Advice[],
  files: readonly PbxFile[],
  marks: readonly MarkView[],
): AdviceView[] {
  return advice.map((one) => {
    const text = adviceText(one);
    const named = marks.filter((mark) => text.includes(mark.text));
    const holding = files.filter((file) => named.some((mark) => file.text.includes(mark.text)));
    const some = holding.length > 0 && holding.length < files.length;
    return { level: one.level, text, files: some ? holding.map(({ name }) => name) : [] };
  });
}
