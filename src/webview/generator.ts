/**
 * webview/: the panel's browser side.
 *
 * The lower half of the page: options, the text they make, what to do with it, and what to know about it.
 */
import type { Advice } from '../pbx/types';
import type { FileView, GeneratorView, OutputAction } from '../workbench/panel/protocol';
import { fill, h, icon, say, setHidden, setText, spoken } from './dom';
import { Fields } from './fields';
import type { Context } from './parts';
import { button, type ButtonControl, checkbox, type CheckControl, tabs } from './toolkit';

const LEVEL_ICONS: Readonly<Record<Advice['level'], string>> = {
  problem: 'error',
  warning: 'warning',
  info: 'info',
};

export class Generator {
  readonly element: HTMLElement;
  readonly #fields: Fields;
  readonly #preview: Preview;
  readonly #blocked = h('p', { class: 'blocked', attributes: { role: 'status' } });
  readonly #actions: readonly ButtonControl[];
  readonly #include: CheckControl;
  readonly #includeNote = h('p', { class: 'note' });
  readonly #advice = h('ul', { class: 'advice' });
  readonly #adviceBox: HTMLElement;
  readonly #about = h('dl', { class: 'about' });

  constructor(private readonly context: Context) {
    const { strings, send } = context;
    this.#fields = new Fields(context);
    this.#preview = new Preview(context);
    const action = (name: OutputAction, label: string, iconName: string, primary = false) =>
      button(label, () => send({ type: 'output', action: name, file: this.#preview.front }), {
        look: primary ? 'primary' : 'secondary',
        iconName,
        key: name,
      });
    this.#actions = [
      action('copy', strings.copyText, 'copy', true),
      action('insert', strings.insert, 'insert'),
      action('open', strings.openInEditor, 'go-to-file'),
      action('save', strings.saveAs, 'save-as'),
    ];
    this.#include = checkbox(strings.includePassword, (value) =>
      send({ type: 'includePassword', value }),
    );
    this.#adviceBox = h('div', {}, h('h3', {}, strings.advice), this.#advice);
    this.element = h(
      'section',
      { class: 'generator' },
      h('h2', {}, strings.configuration),
      this.#fields.element,
      h(
        'div',
        { class: 'result' },
        h('div', { class: 'actions' }, ...this.#actions.map((one) => one.element)),
        h('div', { class: 'include' }, this.#include.element, this.#includeNote),
        this.#blocked,
        this.#preview.element,
        this.#adviceBox,
        h('div', {}, h('h3', {}, strings.about), this.#about),
      ),
    );
  }

  update(view: GeneratorView): void {
    const { strings } = this.context;
    const { output, target, cannotInclude, includePassword } = view;
    this.#fields.update(view);
    const ready = output.state === 'ready';
    for (const action of this.#actions) action.setDisabled(ready ? false : output.reason);
    this.#include.set(includePassword, cannotInclude);
    setText(this.#includeNote, cannotInclude ?? strings.includeMeaning);
    this.#preview.update(ready ? output.files : null);
    setHidden(this.#blocked, ready);
    fill(this.#blocked, ready ? '' : output.reason, () =>
      ready ? [] : [icon('error'), h('span', {}, output.reason)],
    );
    const advice = ready ? output.advice : [];
    setHidden(this.#adviceBox, advice.length === 0);
    fill(this.#advice, advice, () => advice.map((one) => this.#adviceRow(one)));
    fill(this.#about, target, () => [
      ...this.#aboutRow(strings.versions, target.versions),
      ...this.#aboutRow(strings.where, target.where),
      ...this.#aboutRow(strings.load, target.load),
      ...this.#aboutRow(strings.check, target.check),
      h('dt', {}, strings.mistakes),
      h('dd', {}, h('ul', {}, ...target.mistakes.map((mistake) => h('li', {}, mistake)))),
    ]);
  }

  #adviceRow({ level, text }: Advice): HTMLElement {
    const { strings } = this.context;
    const names = {
      problem: strings.levelProblem,
      warning: strings.levelWarning,
      info: strings.levelInfo,
    };
    return h(
      'li',
      { class: level },
      icon(LEVEL_ICONS[level]),
      h('span', {}, spoken(`${names[level]}: `), text),
    );
  }

  #aboutRow(label: string, text: string): HTMLElement[] {
    return text === '' ? [] : [h('dt', {}, label), h('dd', {}, text)];
  }
}

/** The text, one tab per file. Scroll position and tab stay when only the text changes. */
class Preview {
  readonly element = h('div', { class: 'preview' });
  #names = '';
  #codes: readonly HTMLElement[] = [];
  #files: readonly FileView[] = [];
  #index = 0;

  constructor(private readonly context: Context) {}

  /** Name of the file that is to be seen. */
  get front(): string {
    return this.#files[this.#index]?.name ?? '';
  }

  /** Null leaves the last text there, greyed: it does not follow the choices. */
  update(files: readonly FileView[] | null): void {
    this.element.classList.toggle('stale', files === null);
    setHidden(this.element, files === null && this.#files.length === 0);
    if (files === null) return;
    this.#files = files;
    const names = JSON.stringify(files.map(({ name }) => name));
    if (names !== this.#names) {
      this.#names = names;
      this.#rebuild(files);
    }
    for (const [index, code] of this.#codes.entries()) setText(code, files[index]?.text ?? '');
  }

  #rebuild(files: readonly FileView[]): void {
    const { strings } = this.context;
    this.#index = 0;
    this.#codes = files.map(() => h('code'));
    const pages = files.map(({ name }, index) => ({
      name,
      content: h(
        'pre',
        {
          attributes: {
            tabindex: '0',
            role: 'region',
            'aria-label': say(strings.preview, name),
          },
        },
        this.#codes[index] ?? null,
      ),
    }));
    this.element.replaceChildren(tabs(strings.files, pages, (index) => (this.#index = index)));
  }
}
