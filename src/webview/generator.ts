/**
 * webview/: the panel's browser side.
 *
 * The lower half of the page: options, the text they make, what to do with it, and what to know about it.
 */
import type {
  AdviceView,
  FileView,
  GeneratorView,
  OutputAction,
} from '../pages/panel/panel-protocol';
import { fill, h, icon, say, setHidden, setText, spoken } from './dom';
import { Fields } from './fields';
import type { Context } from './parts';
import { Preview } from './preview';
import { button, type ButtonControl, checkbox, type CheckControl } from './toolkit';

const LEVEL_ICONS: Readonly<Record<AdviceView['level'], string>> = {
  problem: 'error',
  warning: 'warning',
  unknown: 'question',
  info: 'info',
};

export class Generator {
  readonly element: HTMLElement;
  readonly #fields: Fields;
  readonly #preview: Preview;
  readonly #blocked = h('p', { class: 'blocked', attributes: { role: 'status' } });
  readonly #actions: Readonly<Record<OutputAction, ButtonControl>>;
  readonly #command: ButtonControl;
  readonly #include: CheckControl;
  readonly #includeNote = h('p', { class: 'note' });
  readonly #advice = h('ul', { class: 'advice' });
  readonly #adviceBox: HTMLElement;
  readonly #about = h('dl', { class: 'about' });
  #view: GeneratorView | null = null;

  constructor(private readonly context: Context) {
    const { strings, send } = context;
    this.#fields = new Fields(context);
    this.#preview = new Preview(context, () => this.#follow());
    const action = (name: OutputAction, label: string, iconName: string, primary = false) =>
      button(label, () => send({ type: 'output', action: name, file: this.#preview.front }), {
        look: primary ? 'primary' : 'secondary',
        iconName,
        key: name,
      });
    this.#actions = {
      copy: action('copy', strings.copyText, 'copy', true),
      insert: action('insert', strings.insert, 'insert'),
      open: action('open', strings.openInEditor, 'go-to-file'),
      save: action('save', strings.saveAs, 'save-as'),
    };
    this.#command = button(strings.copyCommand, () => send({ type: 'copyCommand' }), {
      look: 'secondary',
      iconName: 'terminal',
      key: 'copy-command',
    });
    this.#include = checkbox(strings.includePassword, (value) =>
      send({ type: 'includePassword', value }),
    );
    this.#adviceBox = h('section', {}, h('h3', {}, strings.advice), this.#advice);
    this.element = h(
      'section',
      { class: 'generator' },
      h('h2', {}, strings.configuration),
      this.#fields.element,
      h(
        'div',
        { class: 'result' },
        h(
          'div',
          { class: 'actions' },
          ...Object.values(this.#actions).map((one) => one.element),
          this.#command.element,
        ),
        h('div', { class: 'include' }, this.#include.element, this.#includeNote),
        this.#blocked,
        h('div', { class: 'beside' }, this.#preview.element, this.#adviceBox),
        h('section', {}, h('h3', {}, strings.about), this.#about),
      ),
    );
  }

  update(view: GeneratorView): void {
    const { strings } = this.context;
    const { output, target, cannotInclude, includePassword } = view;
    this.#fields.update(view);
    const ready = output.state === 'ready';
    for (const action of [...Object.values(this.#actions), this.#command]) {
      action.setDisabled(ready ? false : output.reason);
    }
    this.#include.set(includePassword, cannotInclude);
    setText(this.#includeNote, cannotInclude ?? strings.includeMeaning);
    this.#view = view;
    const { targetId } = view.choices;
    if (ready) this.#preview.update(targetId, output.files, output.marks);
    else this.#preview.update(targetId, null, []);
    setHidden(this.#blocked, ready);
    fill(this.#blocked, ready ? '' : output.reason, () =>
      ready ? [] : [icon('error'), h('span', {}, output.reason)],
    );
    this.#follow();
    fill(this.#about, target, () => [
      ...this.#aboutRow(strings.versions, target.versions),
      ...this.#aboutRow(strings.evidence, target.evidence),
      ...this.#filesRow(target.files),
      ...this.#aboutRow(strings.where, target.where),
      ...this.#aboutRow(strings.load, target.load),
      ...this.#aboutRow(strings.check, target.check),
      h('dt', {}, strings.mistakes),
      h('dd', {}, h('ul', {}, ...target.mistakes.map((mistake) => h('li', {}, mistake)))),
    ]);
  }

  /** What depends on the file in front: what the buttons are about, and which advice is shown. */
  #follow(): void {
    const { strings } = this.context;
    const { front } = this.#preview;
    const output = this.#view?.output;
    const files: readonly FileView[] = output?.state === 'ready' ? output.files : [];
    const several = files.length > 1;
    const { copy, insert, open, save } = this.#actions;
    copy.setLabel(several ? say(strings.copyThing, front) : strings.copyText);
    insert.setLabel(several ? say(strings.insertThing, front) : strings.insert);
    open.setLabel(several ? strings.openAll : strings.openInEditor);
    save.setLabel(several ? strings.saveAll : strings.saveAs);
    // A note about another file only waits until that file is looked at; a problem does not.
    const all = output?.state === 'ready' ? output.advice : [];
    const advice = all.filter(
      (one) => one.level !== 'info' || one.files.length === 0 || one.files.includes(front),
    );
    setHidden(this.#adviceBox, advice.length === 0);
    fill(this.#advice, advice, () => advice.map((one) => this.#adviceRow(one)));
  }

  #adviceRow({ level, text, files }: AdviceView): HTMLElement {
    const { strings } = this.context;
    const names = {
      problem: strings.levelProblem,
      warning: strings.levelWarning,
      unknown: strings.levelUnknown,
      info: strings.levelInfo,
    };
    return h(
      'li',
      { class: level },
      icon(LEVEL_ICONS[level]),
      h(
        'span',
        {},
        spoken(`${names[level]}: `),
        files.length === 0 ? null : h('span', { class: 'about-file' }, `${files.join(', ')}: `),
        text,
      ),
    );
  }

  #aboutRow(label: string, text: string): HTMLElement[] {
    return text === '' ? [] : [h('dt', {}, label), h('dd', {}, text)];
  }

  #filesRow(files: readonly string[]): HTMLElement[] {
    if (files.length === 0) return [];
    const rows = files.map((file) => h('li', {}, h('code', {}, file)));
    return [h('dt', {}, this.context.strings.filesWithFolders), h('dd', {}, h('ul', {}, ...rows))];
  }
}
