/**
 * webview/: the panel's browser side.
 *
 * The generator's options as controls. A choice is sent as it is made and comes back with the next view;
 * until then, and while a person types, the control keeps what it has.
 */
import type { ChoiceField, GeneratorView } from '../workbench/panel/protocol';
import { h, icon, setHidden } from './dom';
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

type ListField = keyof GeneratorView['lists'];
type TextField = Exclude<ChoiceField, ListField>;

const LISTS = [
  'targetId',
  'useCase',
  'transport',
  'auth',
  'userName',
  'callerId',
  'edgeId',
  'codecs',
] as const satisfies readonly ListField[];

const TEXTS = ['exotelAddresses', 'publicAddress'] as const satisfies readonly TextField[];

const MORE = [
  'localNetworks',
  'inboundContext',
  'insidePeer',
  'certificateFile',
  'privateKeyFile',
  'caFile',
] as const satisfies readonly TextField[];

export class Fields {
  readonly element: HTMLElement;
  readonly #lists = new Map<ListField, ChoiceControl>();
  readonly #texts = new Map<TextField, FieldControl>();
  readonly #typing = new Map<TextField, number>();
  readonly #more = h('details', { class: 'more' });
  readonly #reset: ButtonControl;
  #turn = 0;
  #first = true;

  constructor(private readonly context: Context) {
    const { strings } = context;
    for (const field of LISTS) {
      this.#lists.set(
        field,
        dropdown(strings.fields[field], (value) => this.#choose(field, value)),
      );
    }
    for (const field of [...TEXTS, ...MORE]) {
      this.#texts.set(
        field,
        textField(
          strings.fields[field],
          () => this.#typed(field),
          () => this.#flush(field),
        ),
      );
    }
    this.#reset = button(strings.resetChoices, () => this.#resetAll(), {
      look: 'secondary',
      iconName: 'discard',
      key: 'reset-choices',
    });
    const elements = (fields: readonly ChoiceField[]) =>
      fields.map(
        (field) =>
          (this.#lists.get(field as ListField) ?? this.#texts.get(field as TextField))?.element ??
          null,
      );
    this.#more.append(
      h('summary', {}, icon('chevron-right'), strings.moreOptions),
      h('div', { class: 'fields' }, ...elements(MORE)),
    );
    this.element = h(
      'div',
      { class: 'options', attributes: { role: 'group', 'aria-label': strings.options } },
      h('div', { class: 'fields' }, ...elements([...LISTS, ...TEXTS])),
      this.#more,
      this.#reset.element,
    );
  }

  update({ choices, changed, turn, lists, examples, errors, unused }: GeneratorView): void {
    // An answer to an earlier choice must not undo a later one. A new page starts where the host is.
    if (this.#first) this.#turn = turn;
    this.#first = false;
    const current = turn >= this.#turn;
    for (const [field, control] of this.#lists) {
      if (current) control.set(lists[field], choices[field]);
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
      MORE.every((field) => unused.includes(field)),
    );
    setHidden(this.#reset.element, !changed);
    if (MORE.some((field) => errors[field] !== undefined)) this.#more.open = true;
  }

  #choose(field: ChoiceField, value: string): void {
    this.#turn += 1;
    this.context.send({ type: 'choose', field, value, turn: this.#turn });
  }

  #typed(field: TextField): void {
    window.clearTimeout(this.#typing.get(field));
    this.#typing.set(
      field,
      window.setTimeout(() => this.#flush(field), TYPING_MS),
    );
  }

  #flush(field: TextField): void {
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
    this.#lists.get('targetId')?.element.querySelector<HTMLElement>('[id]')?.focus();
  }
}
