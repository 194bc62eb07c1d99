/**
 * webview/: the panel's browser side.
 *
 * A list with headings that is searched by typing, as the ARIA practices have it: an editable combobox
 * whose options are filtered while the focus stays in the text. The toolkit has none.
 */
import type { PanelStrings, TargetOptionView } from '../pages/panel/panel-protocol';
import { h, icon, say, setHidden, setText } from './dom';
import { search } from './search';
import type { ChoiceControl } from './toolkit';

export class Combobox implements ChoiceControl<TargetOptionView> {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #popup: HTMLElement;
  readonly #list: HTMLElement;
  readonly #nothing = h('p', { class: 'nothing-found' });
  readonly #count = h('span', { class: 'spoken', attributes: { role: 'status' } });
  #all: readonly TargetOptionView[] = [];
  #value = '';
  /** What is listed now, in the same order as the elements. */
  #shown: readonly TargetOptionView[] = [];
  #rows: readonly HTMLElement[] = [];
  #active = -1;
  #open = false;

  constructor(
    private readonly id: string,
    label: string,
    private readonly strings: PanelStrings,
    private readonly onChange: (value: string) => void,
  ) {
    this.#input = h('input', {
      key: id,
      attributes: {
        id,
        type: 'text',
        role: 'combobox',
        'aria-autocomplete': 'list',
        'aria-expanded': 'false',
        'aria-controls': `${id}-list`,
        'aria-description': strings.searchTargets,
        title: strings.searchTargets,
        autocomplete: 'off',
        spellcheck: 'false',
      },
    });
    this.#list = h('div', {
      attributes: { id: `${id}-list`, role: 'listbox', 'aria-label': label },
    });
    this.#popup = h('div', { class: 'popup' }, this.#list, this.#nothing);
    setHidden(this.#popup, true);
    this.element = h(
      'div',
      { class: 'field' },
      h('label', { attributes: { for: id } }, label),
      h('div', { class: 'combobox' }, this.#input, icon('chevron-down'), this.#popup, this.#count),
    );
    this.#listen();
  }

  get value(): string {
    return this.#value;
  }

  set(options: readonly TargetOptionView[], value: string): void {
    const same = JSON.stringify(options) === JSON.stringify(this.#all);
    this.#all = options;
    this.#value = value;
    // A list that is being searched is not pulled away.
    if (!this.#open) this.#showName();
    else if (!same) this.#filter(this.#input.value);
  }

  focus(): void {
    this.#input.focus();
  }

  #listen(): void {
    const input = this.#input;
    input.addEventListener('input', () => {
      this.#filter(input.value);
      this.#show();
    });
    input.addEventListener('click', () => {
      if (!this.#open) this.#openAll();
    });
    input.addEventListener('keydown', (event) => {
      if (this.#pressed(event)) event.preventDefault();
    });
    input.addEventListener('focusout', () => this.#close());
    // The focus stays in the text, else the list would close under the press.
    this.#popup.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('[role="option"]') : null;
      this.#choose(this.#rows.findIndex((one) => one === row));
    });
  }

  /** True when the key was ours. */
  #pressed({ key, isComposing, altKey }: KeyboardEvent): boolean {
    if (isComposing) return false;
    const last = this.#rows.length - 1;
    if (!this.#open) {
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
      this.#openAll();
      return true;
    }
    switch (key) {
      case 'ArrowDown':
        this.#activate(this.#active >= last ? 0 : this.#active + 1);
        return true;
      case 'ArrowUp':
        if (altKey) this.#close();
        else this.#activate(this.#active <= 0 ? last : this.#active - 1);
        return true;
      case 'Home':
        this.#activate(0);
        return true;
      case 'End':
        this.#activate(last);
        return true;
      case 'Enter':
        this.#choose(this.#active);
        return true;
      case 'Escape':
        this.#close();
        return true;
      default:
        return false;
    }
  }

  #openAll(): void {
    this.#input.select();
    this.#filter('');
    this.#show();
  }

  #show(): void {
    if (!this.#open) {
      this.#open = true;
      setHidden(this.#popup, false);
      this.#popup.scrollIntoView({ block: 'nearest' });
    }
    this.#input.setAttribute('aria-expanded', String(this.#rows.length > 0));
    this.#activate(this.#active);
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    setHidden(this.#popup, true);
    setText(this.#count, '');
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#showName();
  }

  #showName(): void {
    const name = this.#all.find(({ value }) => value === this.#value)?.label ?? '';
    if (this.#input.value !== name) this.#input.value = name;
  }

  #choose(index: number): void {
    const option = this.#shown[index];
    if (option === undefined) return;
    const changed = option.value !== this.#value;
    this.#value = option.value;
    this.#close();
    if (changed) this.onChange(option.value);
  }

  #filter(query: string): void {
    const { options, likely } = search(this.#all, query);
    this.#shown = options;
    this.#active =
      query.trim() === '' ? options.findIndex(({ value }) => value === this.#value) : likely;
    this.#rows = options.map((option, index) => this.#row(option, index));
    this.#list.replaceChildren(...this.#groups());
    setHidden(this.#list, options.length === 0);
    setHidden(this.#nothing, options.length > 0);
    const { nothingFound, foundOne, foundSeveral } = this.strings;
    setText(this.#nothing, say(nothingFound, query.trim()));
    const found = options.length === 1 ? foundOne : say(foundSeveral, String(options.length));
    setText(this.#count, options.length === 0 ? say(nothingFound, query.trim()) : found);
  }

  #groups(): HTMLElement[] {
    const names = [...new Set(this.#shown.map(({ group }) => group))];
    return names.map((name, index) => {
      const id = `${this.id}-group-${index}`;
      const rows = this.#rows.filter((_, at) => this.#shown[at]?.group === name);
      const heading = h('div', { class: 'group', attributes: { id, role: 'presentation' } }, name);
      return h('div', { attributes: { role: 'group', 'aria-labelledby': id } }, heading, ...rows);
    });
  }

  #row(option: TargetOptionView, index: number): HTMLElement {
    const { label, detail, badge, value } = option;
    const silent = { 'aria-hidden': 'true' };
    return h(
      'div',
      {
        attributes: {
          id: `${this.id}-${index}`,
          role: 'option',
          'aria-selected': String(value === this.#value),
          // The name stays what is said to choose it; the rest follows as a description.
          'aria-description': [detail, badge].filter(Boolean).join(', '),
        },
      },
      h(
        'span',
        { class: 'heading' },
        h('span', { class: 'name' }, label),
        h('span', { class: 'evidence', attributes: silent }, badge),
      ),
      detail === '' ? null : h('span', { class: 'detail', attributes: silent }, detail),
    );
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [at, row] of this.#rows.entries()) row.classList.toggle('active', at === index);
    const row = this.#rows[index];
    if (row === undefined) {
      this.#input.removeAttribute('aria-activedescendant');
      return;
    }
    this.#input.setAttribute('aria-activedescendant', row.id);
    // With its heading, when it is the first below one.
    const before = row.previousElementSibling;
    if (before?.className === 'group') before.scrollIntoView({ block: 'nearest' });
    row.scrollIntoView({ block: 'nearest' });
  }
}
