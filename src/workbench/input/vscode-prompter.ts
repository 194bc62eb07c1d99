/**
 * workbench/: everything that imports `vscode`.
 *
 * Questions as VS Code's quick inputs. The API comes in through the constructor, so that the way a
 * question opens, answers and closes is testable in plain Node.
 */
import type * as vscode from 'vscode';
import { Secret } from '../../exotel/secret';
import { plainText } from '../../app/plain-text';
import {
  BACK,
  type Back,
  Cancelled,
  type Choice,
  type ConfirmQuestion,
  type DecisionQuestion,
  type InputQuestion,
  type PickQuestion,
  type Prompter,
  type SecretQuestion,
  type StepFacts,
  type Validation,
} from '../../app/input/prompter';

/** The part of `vscode` that asks. */
export type QuickInputApi = Pick<
  typeof vscode,
  'InputBoxValidationSeverity' | 'QuickInputButtons' | 'QuickPickItemKind' | 'ThemeIcon'
> & {
  readonly window: Pick<
    typeof vscode.window,
    'createInputBox' | 'createQuickPick' | 'showWarningMessage'
  >;
};

interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly choice: Choice<T>;
}

/** A choice, or the line above the first one of a group. */
type ListItem<T> = ChoiceItem<T> | vscode.QuickPickItem;

function isChoice<T>(item: ListItem<T>): item is ChoiceItem<T> {
  return 'choice' in item;
}

/** How a question ends: with an answer, or with what it throws. Only the first one counts. */
interface Ending<A> {
  answer(value: A): void;
  fail(reason: unknown): void;
  /** Runs a listener; what it throws ends the question instead of leaving it open for ever. */
  guard<E>(listener: (event: E) => void): (event: E) => void;
}

export class VsCodePrompter implements Prompter {
  constructor(private readonly api: QuickInputApi) {}

  input(question: InputQuestion): Promise<string | Back> {
    return this.#text(question, false, (value) => value);
  }

  secret(question: SecretQuestion): Promise<Secret | Back> {
    return this.#text(question, true, (value) => new Secret(value));
  }

  pick<T>(question: PickQuestion<T>): Promise<T | Back> {
    return this.#list<T, T>(question, false, ([item]) => item && { answer: item.choice.value });
  }

  pickMany<T>(question: PickQuestion<T>): Promise<readonly T[] | Back> {
    return this.#list<T, readonly T[]>(question, true, (selected, all) => ({
      answer: all.filter((item) => selected.includes(item)).map((item) => item.choice.value),
    }));
  }

  async confirm({ message, detail, action }: ConfirmQuestion): Promise<void> {
    const options = { modal: true, detail };
    const pressed = await this.api.window.showWarningMessage(message, options, action);
    if (pressed !== action) throw new Cancelled();
  }

  async decide<T>({ message, detail, actions }: DecisionQuestion<T>): Promise<T> {
    const labels = actions.map(({ label }) => label);
    const options = { modal: true, detail };
    const pressed = await this.api.window.showWarningMessage(message, options, ...labels);
    const chosen = actions.find(({ label }) => label === pressed);
    if (chosen === undefined) throw new Cancelled();
    return chosen.value;
  }

  #text<A>(
    question: InputQuestion,
    password: boolean,
    toAnswer: (value: string) => A,
  ): Promise<A | Back> {
    const box = this.api.window.createInputBox();
    box.prompt = question.prompt;
    box.placeholder = question.placeholder;
    box.password = password;
    box.value = question.value ?? '';
    return this.#ask<A>(box, question, (ending) => {
      const check = () => {
        const validation = question.validate?.(box.value) ?? null;
        box.validationMessage = this.#message(validation);
        return validation?.severity !== 'error';
      };
      // What is filled in is checked at once; an empty box is not called wrong before a key is pressed.
      if (box.value !== '') check();
      return [
        box.onDidChangeValue(ending.guard(check)),
        box.onDidAccept(
          ending.guard(() => {
            if (check()) ending.answer(toAnswer(box.value));
          }),
        ),
      ];
    });
  }

  #list<T, A>(
    question: PickQuestion<T>,
    many: boolean,
    toAnswer: (
      selected: readonly ChoiceItem<T>[],
      all: readonly ChoiceItem<T>[],
    ) => { readonly answer: A } | undefined,
  ): Promise<A | Back> {
    const list = this.api.window.createQuickPick<ListItem<T>>();
    list.placeholder = question.placeholder;
    list.canSelectMany = many;
    list.matchOnDescription = true;
    list.matchOnDetail = true;
    return this.#ask<A>(list, question, (ending) => {
      const fill = (choices: readonly Choice<T>[]) => {
        const items = choices.map((choice) => this.#item(choice));
        list.items = this.#withGroups(items);
        list.busy = false;
        if (many) list.selectedItems = items.filter((item) => item.choice.picked);
        const active = items.find((item) =>
          'active' in question ? Object.is(item.choice.value, question.active) : item.choice.picked,
        );
        if (active !== undefined) list.activeItems = [active];
      };
      if (question.choices instanceof Promise) {
        list.busy = true;
        question.choices.then(ending.guard(fill), (reason: unknown) => ending.fail(reason));
      } else {
        fill(question.choices);
      }
      return [
        list.onDidAccept(
          ending.guard(() => {
            // Nothing to take while the choices are on their way, or when the filter matches none.
            const accepted = list.busy
              ? undefined
              : toAnswer(list.selectedItems.filter(isChoice<T>), list.items.filter(isChoice<T>));
            if (accepted !== undefined) ending.answer(accepted.answer);
          }),
        ),
      ];
    });
  }

  /** Shows the input and resolves when the person is done with it, whichever way; nothing stays behind. */
  #ask<A>(
    input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
    question: { readonly title: string; readonly steps?: StepFacts },
    listen: (ending: Ending<A | Back>) => vscode.Disposable[],
  ): Promise<A | Back> {
    const back = this.api.QuickInputButtons.Back;
    input.title = question.title;
    // Looking up a key in the browser must not close the question.
    input.ignoreFocusOut = true;
    input.step = question.steps?.step;
    input.totalSteps = question.steps?.totalSteps;
    input.buttons = question.steps?.canGoBack ? [back] : [];
    return new Promise<A | Back>((resolve, reject) => {
      let listeners: vscode.Disposable[] = [];
      let open = true;
      const close = (settle: () => void) => {
        if (!open) return;
        open = false;
        settle();
        for (const listener of listeners) listener.dispose();
        input.dispose();
      };
      const ending: Ending<A | Back> = {
        answer: (value) => close(() => resolve(value)),
        // A choices promise may reject with anything; it is handed on as it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        fail: (reason) => close(() => reject(reason)),
        guard: (listener) => (event) => {
          if (!open) return;
          try {
            listener(event);
          } catch (error) {
            ending.fail(error);
          }
        },
      };
      try {
        listeners = [
          input.onDidHide(() => ending.fail(new Cancelled())),
          input.onDidTriggerButton((button) => {
            if (button === back) ending.answer(BACK);
          }),
          ...listen(ending),
        ];
        input.show();
      } catch (error) {
        ending.fail(error);
      }
    });
  }

  #withGroups<T>(items: readonly ChoiceItem<T>[]): ListItem<T>[] {
    const { Separator } = this.api.QuickPickItemKind;
    return items.flatMap((item, at): ListItem<T>[] => {
      const { group } = item.choice;
      if (group === undefined || group === items[at - 1]?.choice.group) return [item];
      return [{ label: plainText(group), kind: Separator }, item];
    });
  }

  #item<T>(choice: Choice<T>): ChoiceItem<T> {
    const { label, description, detail, icon } = choice;
    return {
      choice,
      label: plainText(label),
      ...(description !== undefined && { description: plainText(description) }),
      ...(detail !== undefined && { detail: plainText(detail) }),
      ...(icon !== undefined && { iconPath: new this.api.ThemeIcon(icon) }),
    };
  }

  #message(validation: Validation): vscode.InputBoxValidationMessage | undefined {
    if (validation === null) return undefined;
    const { Error, Warning, Info } = this.api.InputBoxValidationSeverity;
    const severity = { error: Error, warning: Warning, info: Info }[validation.severity];
    return { message: validation.message, severity };
  }
}
