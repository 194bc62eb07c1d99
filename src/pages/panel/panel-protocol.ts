/**
 * pages/: what a page is told and may ask, as plain data.
 *
 * What the panel's page and the extension host say to each other. The page asks, the host decides: the
 * page never says what to copy or run, only which of the things it was shown. Every message from the page
 * is checked in full; anything else is dropped. A password crosses in `reveal` only.
 */
import * as v from 'valibot';
import { CHOICE_FIELDS, MAX_TEXT, type ChoiceField, type Choices } from '../../app/choices';
import { COMMANDS } from '../../app/commands.generated';
import type { ListOption } from '../../pbx/options';
import type { Level } from '../../terms/finding';
import type { PanelStrings } from './strings';

export type { ChoiceField } from '../../app/choices';

export type { PanelStrings } from './strings';

/** The commands the page may ask for; the host adds what they are about. */
export const PANEL_COMMANDS = [
  COMMANDS.number.map.id,
  COMMANDS.number.switchMode.id,
  COMMANDS.ip.whitelist.id,
  COMMANDS.destination.add.id,
  COMMANDS.credential.create.id,
  COMMANDS.credential.rotate.id,
  COMMANDS.callerId.set.id,
  COMMANDS.trunk.refresh.id,
  COMMANDS.account.add.id,
  COMMANDS.account.edit.id,
] as const;

export type PanelCommand = (typeof PANEL_COMMANDS)[number];

export const OUTPUT_ACTIONS = ['copy', 'insert', 'open', 'save'] as const;

export type OutputAction = (typeof OUTPUT_ACTIONS)[number];

/** No longer than a field's: keeps a page gone wrong from filling memory. */
const shortText = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const turn = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const toHostSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('choose'),
    field: v.picklist(CHOICE_FIELDS),
    value: shortText,
    turn,
  }),
  v.strictObject({ type: v.literal('resetChoices'), turn }),
  v.strictObject({ type: v.literal('includePassword'), value: v.boolean() }),
  v.strictObject({
    type: v.literal('output'),
    action: v.picklist(OUTPUT_ACTIONS),
    file: shortText,
  }),
  v.strictObject({ type: v.literal('copyCommand') }),
  v.strictObject({ type: v.literal('copyFact'), fact: shortText }),
  v.strictObject({ type: v.literal('revealPassword'), userName: shortText }),
  v.strictObject({ type: v.literal('copyPassword'), userName: shortText }),
  v.strictObject({
    type: v.literal('run'),
    command: v.picklist(PANEL_COMMANDS),
    userName: v.nullable(shortText),
  }),
  v.strictObject({ type: v.literal('retry') }),
  v.strictObject({ type: v.literal('explain') }),
  v.strictObject({ type: v.literal('close') }),
]);

export type ToHost = Readonly<v.InferOutput<typeof toHostSchema>>;

/** Null for everything that is not exactly a message of the page. Never throws. */
export function decodeToHost(message: unknown): ToHost | null {
  try {
    const decoded = v.safeParse(toHostSchema, message);
    return decoded.success ? decoded.output : null;
  } catch {
    return null;
  }
}

/** A button that mends something, or the reason there is none. */
export interface Fix {
  readonly command: PanelCommand;
  readonly label: string;
  /** Null: it can be pressed. Otherwise why not. */
  readonly disabled: string | null;
}

export interface Fact {
  /** Names the fact in `copyFact`. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly copyable: boolean;
  readonly note: string | null;
}

export interface CredentialView {
  readonly userName: string;
  readonly detail: string | null;
  /** The password can be had on this computer. */
  readonly known: boolean;
  /** Why not, and how to get it. */
  readonly hint: string | null;
  readonly fix: Fix | null;
}

export interface ListItem {
  readonly text: string;
  readonly detail: string | null;
}

export interface ListView {
  readonly id: string;
  readonly label: string;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly items: readonly ListItem[];
  /** Said instead of items, or beside them when the latest load failed. */
  readonly note: string | null;
  readonly fix: Fix | null;
}

export interface StepView {
  readonly level: Level;
  readonly label: string;
  readonly detail: string | null;
  readonly fix: Fix | null;
}

export interface UseCaseView {
  readonly id: string;
  readonly label: string;
  readonly meaning: string;
  /**
   * `missing`: calls cannot work yet; `warning`: they can, and something is doubtful. `unused`: something is
   * missing, but the trunk does not look as if it were for this.
   */
  readonly state: 'ready' | 'warning' | 'missing' | 'unused' | 'loading' | 'failed';
  readonly summary: string;
  /** What the trunk looks as if it were for: unfolded until it is ready. */
  readonly likely: boolean;
  readonly steps: readonly StepView[];
  /** What only the person can look at. */
  readonly checkYourself: readonly string[];
}

export interface OptionView {
  readonly value: string;
  readonly label: string;
  /** Why it cannot be chosen; not there when it can. */
  readonly why?: string;
}

/** One PBX in the list that is searched. */
export interface TargetOptionView extends OptionView {
  /** Heading it stands under; options of one group follow each other. */
  readonly group: string;
  /** More words it is found by. */
  readonly keywords: string;
  /** Its versions; '' for none. */
  readonly detail: string;
  /** How its text is known to be right, in two or three words. */
  readonly badge: string;
}

/** Choices that would make a text possible, made with one press. */
export interface Mend {
  readonly label: string;
  readonly choices: readonly (readonly [ChoiceField, string])[];
}

export interface RefusalView {
  /** The control to say it beside. */
  readonly field: ChoiceField;
  readonly reason: string;
  readonly mends: readonly Mend[];
}

/** How a text is coloured. */
export type Syntax =
  'ini' | 'xml' | 'json' | 'javascript' | 'powershell' | 'markdown' | 'sip-proxy' | 'ios' | 'plain';

export interface FileView {
  readonly name: string;
  /** With the folder it stands in. */
  readonly path: string;
  readonly syntax: Syntax;
  /** The placeholder or dots stand for the password: the text here is only to look at. */
  readonly text: string;
}

/** Words in a text that have to give way to the reader's own. */
export interface MarkView {
  readonly text: string;
  readonly title: string;
  readonly level: 'problem' | 'info';
}

export interface AdviceView {
  readonly level: Exclude<Level, 'ok' | 'manual'>;
  /** What was found and what to do next. */
  readonly text: string;
  /** Names of the files it is about; empty: the whole. */
  readonly files: readonly string[];
}

export type OutputView =
  | {
      readonly state: 'ready';
      readonly files: readonly FileView[];
      readonly marks: readonly MarkView[];
      readonly advice: readonly AdviceView[];
    }
  /** No text can be made of the choices. The page keeps showing the last text, greyed. */
  | { readonly state: 'blocked'; readonly reason: string };

/** A control of the generator, in the order they are shown. */
export interface FieldView {
  readonly id: ChoiceField;
  readonly label: string;
  /** `search`: a list that is searched by typing. */
  readonly control: 'search' | 'list' | 'text';
  /** Seldom needed: shown when asked for. */
  readonly folded: boolean;
}

export interface GeneratorView {
  readonly choices: Choices;
  /** Something beside the PBX was chosen. */
  readonly changed: boolean;
  /** Number of the latest choice taken into account. */
  readonly turn: number;
  readonly lists: Readonly<Record<ListOption, readonly OptionView[]>> & {
    readonly targetId: readonly TargetOptionView[];
  };
  /** The PBX cannot do what is chosen. */
  readonly refusal: RefusalView | null;
  /** Placeholders of text fields. */
  readonly examples: Partial<Choices>;
  readonly errors: Partial<Choices>;
  /** Fields that would change nothing in the text: not shown. */
  readonly unused: readonly ChoiceField[];
  readonly includePassword: boolean;
  /** Null: the password can be included. Otherwise why not. */
  readonly cannotInclude: string | null;
  readonly output: OutputView;
  readonly target: {
    readonly versions: string;
    readonly evidence: string;
    /** Files with their folders, where that says more than the tabs do. */
    readonly files: readonly string[];
    readonly where: string;
    readonly load: string;
    readonly check: string;
    readonly mistakes: readonly string[];
  };
}

export interface TrunkView {
  readonly state: 'trunk';
  readonly title: string;
  readonly subtitle: string;
  readonly badges: readonly string[];
  readonly busy: string | null;
  readonly refresh: Fix;
  readonly facts: readonly Fact[];
  readonly credentials: readonly CredentialView[];
  readonly lists: readonly ListView[];
  readonly useCases: readonly UseCaseView[];
  readonly generator: GeneratorView;
}

export type PanelView =
  | { readonly state: 'loading'; readonly message: string }
  | {
      readonly state: 'failed' | 'gone';
      readonly title: string;
      readonly message: string;
      readonly retry: boolean;
      /** The API refused: what its answer means can be shown. */
      readonly explain: boolean;
      readonly fix: Fix | null;
    }
  | TrunkView;

/** Which trunk it was, for after a reload of the window. The page hands it to VS Code as it is. */
export interface PanelState {
  readonly accountId: string;
  readonly trunkSid: string;
  /** The trunk's name when it was last known, '' before: a title while it cannot be loaded. */
  readonly name: string;
}

export type ToWebview =
  | {
      readonly type: 'start';
      readonly strings: PanelStrings;
      readonly fields: readonly FieldView[];
    }
  | { readonly type: 'view'; readonly view: PanelView; readonly state: PanelState }
  | { readonly type: 'result'; readonly text: string; readonly tone: 'done' | 'failed' }
  /** The only message with a password in it: sent when asked for, shown for a short while, never kept. */
  | { readonly type: 'reveal'; readonly userName: string; readonly password: string };

const stateSchema = v.object({
  accountId: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  trunkSid: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  name: v.fallback(v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]{0,200}$/u)), ''),
});

/** What VS Code kept of a panel. Null when it is none of ours. */
export function decodeState(stored: unknown): PanelState | null {
  try {
    const decoded = v.safeParse(stateSchema, stored);
    return decoded.success ? decoded.output : null;
  } catch {
    return null;
  }
}
