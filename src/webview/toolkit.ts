/**
 * webview/: the panel's browser side.
 *
 * The only module that knows the webview UI toolkit. It registers the components the panel uses and no
 * others; when the toolkit has to go (it is archived), this file is what changes.
 */
import {
  type Button,
  type Checkbox,
  type Dropdown,
  type Option,
  type Panels,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { OptionView } from '../pages/panel/panel-protocol';
import { type Child, dress, h, icon, type Props, setHidden, setText } from './dom';

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeTextField(),
  );
}

function make<T extends HTMLElement>(tag: string, props: Props, ...children: readonly Child[]): T {
  const element = document.createElement(tag) as T;
  dress(element, props, children);
  return element;
}

export type ButtonLook = 'primary' | 'secondary' | 'icon';

export interface ButtonControl {
  readonly element: HTMLElement;
  setLabel(label: string): void;
  setDisabled(reason: string | boolean): void;
}

/** `iconName` is shown before the label, or instead of it in an icon button. */
export function button(
  label: string,
  onClick: () => void,
  options: {
    readonly look: ButtonLook;
    readonly iconName?: string;
    readonly key?: string;
    readonly disabled?: string | null;
    /** What a screen reader says when the label alone is not clear; also the tooltip. */
    readonly spokenLabel?: string;
  },
): ButtonControl {
  const { look, iconName, key, spokenLabel } = options;
  const name = spokenLabel ?? label;
  const text = document.createTextNode(look === 'icon' ? '' : label);
  const element = make<Button>(
    'vscode-button',
    {
      ...(key === undefined ? {} : { key }),
      attributes: {
        appearance: look,
        ...(spokenLabel !== undefined || look === 'icon' ? { 'aria-label': name } : {}),
        ...(look === 'icon' ? { title: name } : {}),
      },
      onClick: () => {
        if (!element.disabled) onClick();
      },
    },
    iconName === undefined ? null : iconFor(look, iconName),
    text,
  );
  const setDisabled = (reason: string | boolean) => {
    element.disabled = reason !== false;
    if (typeof reason === 'string') element.title = reason;
    else if (look !== 'icon') element.removeAttribute('title');
  };
  setDisabled(options.disabled ?? false);
  return { element, setDisabled, setLabel: (said) => setText(text, said) };
}

/** Beside a label the icon has the button's place for one; alone it is the content. */
function iconFor(look: ButtonLook, name: string): HTMLElement {
  const element = icon(name);
  if (look !== 'icon') element.slot = 'start';
  return element;
}

export interface FieldControl {
  readonly element: HTMLElement;
  get value(): string;
  set(value: string): void;
  setError(message: string | null): void;
  setPlaceholder(text: string): void;
}

/** A labelled text field with room for what is wrong with it. `onInput` hears every keystroke. */
export function textField(label: string, onInput: () => void, onLeave: () => void): FieldControl {
  const field = make<TextField>(
    'vscode-text-field',
    { attributes: { spellcheck: 'false' } },
    label,
  );
  const error = h('p', { class: 'field-error', attributes: { 'aria-live': 'polite' } });
  setHidden(error, true);
  field.addEventListener('input', onInput);
  field.addEventListener('change', onLeave);
  field.addEventListener('focusout', onLeave);
  return {
    element: h('div', { class: 'field' }, field, error),
    get value() {
      return field.value;
    },
    set(value) {
      if (field.value !== value) field.value = value;
    },
    setError(message) {
      setText(error, message ?? '');
      setHidden(error, message === null);
      field.classList.toggle('invalid', message !== null);
      // The input is in a shadow tree, where an id of the page cannot be referred to.
      const input = field.shadowRoot?.querySelector('input');
      if (input == null) return;
      if (message === null) input.removeAttribute('aria-description');
      else input.setAttribute('aria-description', message);
      input.setAttribute('aria-invalid', String(message !== null));
    },
    setPlaceholder(text) {
      if (field.placeholder !== text) field.placeholder = text;
    },
  };
}

/** A text to look at and select, not to change. */
export function readOnlyField(label: string, value: string): HTMLElement {
  const field = make<TextField>('vscode-text-field', {
    class: 'secret',
    attributes: { readonly: '', spellcheck: 'false', autocomplete: 'off' },
  });
  field.value = value;
  // The toolkit names a field without a label itself as soon as it is in the page.
  queueMicrotask(() => field.setAttribute('aria-label', label));
  return field;
}

export interface ChoiceControl<Of extends OptionView = OptionView> {
  readonly element: HTMLElement;
  get value(): string;
  set(options: readonly Of[], value: string): void;
  focus(): void;
}

let lastId = 0;

export function dropdown(label: string, onChange: (value: string) => void): ChoiceControl {
  lastId += 1;
  const id = `choice-${lastId}`;
  const list = make<Dropdown>('vscode-dropdown', { attributes: { id, 'aria-label': label } });
  list.addEventListener('change', () => onChange(list.value));
  let shown = '';
  let items: Option[] = [];
  return {
    element: h('div', { class: 'field' }, h('label', { attributes: { for: id } }, label), list),
    get value() {
      return list.value;
    },
    focus: () => list.focus(),
    set(options, value) {
      const text = JSON.stringify(options.map((option) => [option.value, option.label]));
      if (text !== shown) {
        shown = text;
        items = options.map((option) => {
          const item = make<Option>('vscode-option', {}, option.label);
          item.value = option.value;
          item.toggleAttribute('selected', option.value === value);
          return item;
        });
        list.replaceChildren(...items);
      }
      for (const [index, { why }] of options.entries()) {
        const item = items[index];
        if (item !== undefined) refuse(item, why);
      }
      if (list.value !== value) list.value = value;
    },
  };
}

/** An option that cannot be chosen says why, to the eye and to the ear. */
function refuse(item: Option, why: string | undefined): void {
  if (item.title === (why ?? '')) return;
  item.disabled = why !== undefined;
  item.title = why ?? '';
  if (why === undefined) item.removeAttribute('aria-description');
  else item.setAttribute('aria-description', why);
}

export interface CheckControl {
  readonly element: HTMLElement;
  set(checked: boolean, disabled: string | null): void;
}

export function checkbox(label: string, onChange: (checked: boolean) => void): CheckControl {
  const box = make<Checkbox>('vscode-checkbox', {}, label);
  // FAST tells of changes made by the program as well.
  let quiet = false;
  box.addEventListener('change', () => {
    if (!quiet) onChange(box.checked);
  });
  return {
    element: box,
    set(checked, disabled) {
      quiet = true;
      box.checked = checked;
      quiet = false;
      box.disabled = disabled !== null;
      box.title = disabled ?? '';
    },
  };
}

/** Tabs with one page each. `onChange` gets the index of the page that came to the front. */
export function tabs(
  label: string,
  pages: readonly {
    readonly name: string;
    readonly title: string;
    readonly content: HTMLElement;
  }[],
  onChange: (index: number) => void,
): HTMLElement {
  const panels = make<Panels>('vscode-panels', { attributes: { 'aria-label': label } });
  for (const [index, { name, title }] of pages.entries()) {
    panels.append(make('vscode-panel-tab', { attributes: { id: `tab-${index}`, title } }, name));
  }
  for (const [index, page] of pages.entries()) {
    panels.append(make('vscode-panel-view', { attributes: { id: `view-${index}` } }, page.content));
  }
  panels.addEventListener('change', (event) => {
    if (event.target === panels) onChange(Number(panels.activeid.replace('tab-', '')));
  });
  return panels;
}
