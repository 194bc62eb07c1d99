/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * What the host and the page say to each other. The page is told texts and ids; what a button does and
 * which line is shown is looked up by the host again.
 */
import * as v from 'valibot';

export type Level = 'problem' | 'warning' | 'info';

export interface ButtonView {
  readonly id: string;
  readonly label: string;
  readonly primary: boolean;
}

/** Part of a page: texts one under the other, then what can be done. */
export interface BlockView {
  readonly heading: string | null;
  readonly lines: readonly string[];
  /** Questions of a flow chart, each with what to look at. */
  readonly steps: readonly { readonly question: string; readonly steps: readonly string[] }[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly buttons: readonly ButtonView[];
}

export interface ExplanationPage {
  readonly kind: 'explanation';
  readonly title: string;
  /** What it is, e.g. `SIP answer`. */
  readonly subtitle: string;
  readonly blocks: readonly BlockView[];
  /** Where the words come from. */
  readonly source: string;
}

export interface FindingView {
  readonly key: string;
  readonly level: Level;
  readonly levelText: string;
  readonly what: string;
  readonly mend: string;
  readonly details: readonly string[];
  /** E.g. `Line 12`. */
  readonly where: string;
  /** Of the document, from 0. */
  readonly line: number;
  /** Number of its dialog in the trace. */
  readonly dialog: number;
  readonly buttons: readonly ButtonView[];
}

export interface DialogView {
  /** Number of the dialog in the trace; the page names it to see its ladder. */
  readonly index: number;
  readonly title: string;
  readonly note: string;
  readonly level: Level | null;
  readonly levelText: string;
}

export interface RungView {
  /** Indexes into `ends`. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly note: string;
  readonly time: string;
  readonly level: Level | null;
  readonly levelText: string;
  readonly line: number;
  /** Only for a screen reader: what the drawing shows. */
  readonly way: string;
}

export interface LadderView {
  readonly index: number;
  readonly title: string;
  readonly ends: readonly string[];
  readonly rungs: readonly RungView[];
  /** What is not drawn; '' when all is. */
  readonly more: string;
}

export interface TracePage {
  readonly kind: 'trace';
  readonly title: string;
  /** `none`: nothing was wrong. */
  readonly verdict: { readonly level: Level | 'none'; readonly text: string };
  readonly lines: readonly string[];
  readonly findings: readonly FindingView[];
  /** Empty when there is only one. */
  readonly dialogs: readonly DialogView[];
  readonly moreDialogs: string;
  readonly ladder: LadderView | null;
  readonly buttons: readonly ButtonView[];
  readonly strings: {
    readonly findings: string;
    readonly dialogs: string;
    readonly ladder: string;
    readonly ladderHint: string;
    readonly time: string;
  };
}

export type Page = ExplanationPage | TracePage;

export type ToPage =
  | { readonly type: 'page'; readonly page: Page }
  | { readonly type: 'result'; readonly text: string };

const messages = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('press'), id: v.pipe(v.string(), v.maxLength(64)) }),
  v.object({ type: v.literal('line'), line: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ type: v.literal('dialog'), index: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
]);

export type FromPage = v.InferOutput<typeof messages>;

/** Null for anything the page never says. */
export function decodeFromPage(message: unknown): FromPage | null {
  const decoded = v.safeParse(messages, message);
  return decoded.success ? decoded.output : null;
}
