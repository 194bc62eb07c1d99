/**
 * webview/: the panel's browser side.
 *
 * The generator's options as controls. A choice is sent as it is made and comes back with the next view;
 * until then, and while a person types, the control keeps what it has.
 */
import type {
  ChoiceField,
  FieldView,
  GeneratorView,
  Mend,
  OptionView,
  RefusalView,
} from '../pages/panel/panel-protocol';
import { Combobox } from './combobox';
import { fill, h, icon, setHidden } from './dom';
import type { Context } from './parts';
import {
  button,
  type ButtonControl,
  type ChoiceControl,
  dropdown,
  type FieldControl,
  textField,
} from './toolkit';

const TYPING_MS = 200;

export class Fields {
  readonly element: HTMLElement;
  readonly #target: Combobox;
  readonly #lists = new Map<ChoiceField, ChoiceControl>();
  readonly #texts = new Map<ChoiceField, FieldControl>();
  readonly #typing = new Map<ChoiceField, number>();
  readonly #more = h('details', { class: 'more' });
  readonly #folded: readonly ChoiceField[];
  readonly #reset: ButtonControl;
  readonly #refusal = h('div', { class: 'refusal' });
  #turn = 0;
  #first = true;

  constructor(private readonly context: Context) {
    const { strings, fields } = context;
    const search = fields.find(({ control }) => control === 'search');
    this.#target = new Combobox('target', search?.label ?? '', strings, (value) =>
      this.#choose('targetId', value),
    );
    for (const field of fields) this.#make(field);
    this.#reset = button(strings.resetChoices, () => this.#resetAll(), {
      look: 'secondary',
      iconName: 'discard',
      key: 'reset-choices',
    });
    const elements = (folded: boolean) =>
      fields.filter((field) => field.folded === folded).map(({ id }) => this.#place(id));
    this.#folded = fields.filter(({ folded }) => folded).map(({ id }) => id);
    this.#more.append(
      h('summary', {}, icon('chevron-right'), strings.moreOptions),
      h('div', { class: 'fields' }, ...elements(true)),
    );
    this.element = h(
      'div',
      { class: 'options', attributes: { role: 'group', 'aria-label': strings.options } },
      h('div', { class: 'fields' }, ...elements(false)),
      this.#more,
      this.#reset.element,
    );
  }

  #make({ id, label, control }: FieldView): void {
    if (control === 'list') {
      this.#lists.set(
        id,
        dropdown(label, (value) => this.#choose(id, value)),
      );
    } else if (control === 'text') {
      this.#texts.set(
        id,
        textField(
          label,
          () => this.#typed(id),
          () => this.#flush(id),
        ),
      );
    }
  }

  update(view: GeneratorView): void {
    const { choices, changed, turn, lists, examples, errors, unused, refusal } = view;
    // An answer to an earlier choice must not undo a later one. A new page starts where the host is.
    if (this.#first) this.#turn = turn;
    this.#first = false;
    const current = turn >= this.#turn;
    const all: Partial<Record<ChoiceField, readonly OptionView[]>> = lists;
    if (current) this.#target.set(lists.targetId, choices.targetId);
    for (const [field, control] of this.#lists) {
      if (current) control.set(all[field] ?? [], choices[field]);
    }
    for (const [field, control] of this.#texts) {
      control.setPlaceholder(examples[field] ?? '');
      if (current && !this.#typing.has(field)) {
        control.set(choices[field]);
        control.setError(errors[field] ?? null);
      }
    }
    for (const [field, control] of [...this.#lists, ...this.#texts]) {
      setHidden(control.element, unused.includes(field));
    }
    setHidden(
      this.#more,
      this.#folded.every((field) => unused.includes(field)),
    );
    setHidden(this.#reset.element, !changed);
    this.#refuse(refusal);
    if (this.#folded.some((field) => errors[field] !== undefined)) this.#more.open = true;
  }

  #place(field: ChoiceField): HTMLElement {
    const control = this.#lists.get(field) ?? this.#texts.get(field) ?? this.#target;
    return control.element;
  }

  /** What the PBX cannot do, below the control that decides it. */
  #refuse(refusal: RefusalView | null): void {
    setHidden(this.#refusal, refusal === null);
    fill(this.#refusal, refusal, () =>
      refusal === null
        ? []
        : [
            h('p', { class: 'hint failed' }, icon('error'), h('span', {}, refusal.reason)),
            ...refusal.mends.map((mend, index) => this.#mendButton(mend, `mend-${index}`)),
          ],
    );
    const place = refusal === null ? null : this.#place(refusal.field);
    if (place !== null && this.#refusal.parentElement !== place) place.append(this.#refusal);
  }

  #mendButton({ label, choices }: Mend, key: string): HTMLElement {
    const mend = () => {
      for (const [field, value] of choices) this.#choose(field, value);
      // The button goes away: the focus goes where its work is to be seen.
      const first = choices[0]?.[0] ?? 'targetId';
      (this.#lists.get(first) ?? this.#target).focus();
    };
    return button(label, mend, { look: 'secondary', iconName: 'lightbulb', key }).element;
  }

  #choose(field: ChoiceField, value: string): void {
    this.#turn += 1;
    this.context.send({ type: 'choose', field, value, turn: this.#turn });
  }

  #typed(field: ChoiceField): void {
    window.clearTimeout(this.#typing.get(field));
    this.#typing.set(
      field,
      window.setTimeout(() => this.#flush(field), TYPING_MS),
    );
  }

  #flush(field: ChoiceField): void {
    const timer = this.#typing.get(field);
    if (timer === undefined) return;
    window.clearTimeout(timer);
    this.#typing.delete(field);
    this.#choose(field, this.#texts.get(field)?.value ?? '');
  }

  #resetAll(): void {
    for (const timer of this.#typing.values()) window.clearTimeout(timer);
    this.#typing.clear();
    this.#turn += 1;
    this.context.send({ type: 'resetChoices', turn: this.#turn });
    this.#target.focus();
  }
}
