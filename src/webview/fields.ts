/**
 * webview/: the panel's browser side.
 *
 * The generator's options as controls. A choice is sent as it is made and comes back with the next view;
 * until then, and while a person types, the control keeps what it has.
 */
import type { ChoiceField, GeneratorView, Mend, RefusalView } from '../pages/panel/panel-protocol';
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

type ListField = Exclude<keyof GeneratorView['lists'], 'targetId'>;
type TextField = Exclude<ChoiceField, ListField | 'targetId'>;

const LISTS = [
  'variant',
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
  'peerName',
  'certificateFile',
  'privateKeyFile',
  'caFile',
] as const satisfies readonly TextField[];

export class Fields {
  readonly element: HTMLElement;
  readonly #target: Combobox;
  readonly #lists = new Map<ListField, ChoiceControl>();
  readonly #texts = new Map<TextField, FieldControl>();
  readonly #typing = new Map<TextField, number>();
  readonly #more = h('details', { class: 'more' });
  readonly #reset: ButtonControl;
  readonly #refusal = h('div', { class: 'refusal' });
  #turn = 0;
  #first = true;

  constructor(private readonly context: Context) {
    const { strings } = context;
    this.#target = new Combobox('target', strings.fields.targetId, strings, (value) =>
      this.#choose('targetId', value),
    );
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
    const elements = (fields: readonly ChoiceField[]) => fields.map((field) => this.#place(field));
    this.#more.append(
      h('summary', {}, icon('chevron-right'), strings.moreOptions),
      h('div', { class: 'fields' }, ...elements(MORE)),
    );
    this.element = h(
      'div',
      { class: 'options', attributes: { role: 'group', 'aria-label': strings.options } },
      h('div', { class: 'fields' }, ...elements(['targetId', ...LISTS, ...TEXTS])),
      this.#more,
      this.#reset.element,
    );
  }

  update(view: GeneratorView): void {
    const { choices, changed, turn, lists, examples, errors, unused, refusal } = view;
    // An answer to an earlier choice must not undo a later one. A new page starts where the host is.
    if (this.#first) this.#turn = turn;
    this.#first = false;
    const current = turn >= this.#turn;
    if (current) this.#target.set(lists.targetId, choices.targetId);
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
    this.#refuse(refusal);
    if (MORE.some((field) => errors[field] !== undefined)) this.#more.open = true;
  }

  #place(field: ChoiceField): HTMLElement {
    const control =
      field === 'targetId'
        ? this.#target
        : (this.#lists.get(field as ListField) ?? this.#texts.get(field as TextField));
    return control?.element ?? this.#target.element;
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
      const [first] = choices[0] ?? [];
      (this.#lists.get(first as ListField) ?? this.#target).focus();
    };
    return button(label, mend, { look: 'secondary', iconName: 'lightbulb', key }).element;
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
    this.#target.focus();
  }
}
