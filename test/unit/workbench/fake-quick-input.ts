/**
 * VS Code's quick inputs as a person at the keyboard meets them: what is on the screen can be typed
 * into, accepted, hidden; what was disposed of is gone. Enter on an error is left to the code under
 * test, though VS Code would hold it back itself.
 */
import type * as vscode from 'vscode';
import { Emitter } from '../../../src/trunks/event';
import type { QuickInputApi } from '../../../src/workbench/input/vscode-prompter';

const BACK_BUTTON = { iconPath: { id: 'arrow-left' } };

class FakeInput {
  title: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  placeholder: string | undefined;
  buttons: readonly unknown[] = [];
  ignoreFocusOut = false;
  busy = false;
  shown = false;
  disposed = false;

  readonly #value = new Emitter<string>();
  readonly #accept = new Emitter<undefined>();
  readonly #hide = new Emitter<undefined>();
  readonly #button = new Emitter<unknown>();
  readonly onDidChangeValue = this.#value.event;
  readonly onDidAccept = this.#accept.event;
  readonly onDidHide = this.#hide.event;
  readonly onDidTriggerButton = this.#button.event;

  show(): void {
    this.shown = true;
  }

  /** VS Code hides what is disposed of, and says so. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.hide();
  }

  hide(): void {
    if (!this.shown) return;
    this.shown = false;
    this.#hide.fire(undefined);
  }

  enter(): void {
    this.#accept.fire(undefined);
  }

  back(): void {
    if (this.buttons.includes(BACK_BUTTON)) this.#button.fire(BACK_BUTTON);
  }

  protected typed(value: string): void {
    this.#value.fire(value);
  }
}

export class FakeBox extends FakeInput {
  value = '';
  prompt: string | undefined;
  password = false;
  validationMessage: { readonly message: string; readonly severity: number } | undefined;

  type(value: string): void {
    this.value = value;
    this.typed(value);
  }
}

interface FakeItem {
  readonly label: string;
  readonly kind?: number;
  readonly iconPath?: { readonly id: string };
}

export class FakeList extends FakeInput {
  canSelectMany = false;
  items: readonly FakeItem[] = [];
  activeItems: readonly FakeItem[] = [];
  selectedItems: readonly FakeItem[] = [];

  /** Goes to the choice, or ticks exactly these, and presses Enter. */
  choose(...labels: readonly string[]): void {
    const wanted = this.items.filter(({ label }) => labels.includes(label));
    this.selectedItems = this.canSelectMany ? wanted.toReversed() : wanted;
    this.enter();
  }
}

export interface FakeModal {
  readonly message: string;
  readonly options: vscode.MessageOptions;
  readonly buttons: readonly string[];
}

/** Everything that was opened, and what a modal is answered with. */
export class FakeScreen {
  readonly boxes: FakeBox[] = [];
  readonly lists: FakeList[] = [];
  readonly modals: FakeModal[] = [];
  pressed: string | undefined;

  /** The one on the screen. */
  get box(): FakeBox {
    return last(this.boxes);
  }

  get list(): FakeList {
    return last(this.lists);
  }

  readonly api = {
    InputBoxValidationSeverity: { Info: 1, Warning: 2, Error: 3 },
    QuickInputButtons: { Back: BACK_BUTTON },
    QuickPickItemKind: { Separator: -1, Default: 0 },
    ThemeIcon: class {
      constructor(readonly id: string) {}
    },
    window: {
      createInputBox: () => this.boxes[this.boxes.push(new FakeBox()) - 1],
      createQuickPick: () => this.lists[this.lists.push(new FakeList()) - 1],
      showWarningMessage: (
        message: string,
        options: vscode.MessageOptions,
        ...buttons: string[]
      ) => {
        this.modals.push({ message, options, buttons });
        return Promise.resolve(this.pressed);
      },
    },
  } as unknown as QuickInputApi;
}

function last<T>(all: readonly T[]): T {
  const one = all.at(-1);
  if (one === undefined) throw new Error('nothing was opened');
  return one;
}
