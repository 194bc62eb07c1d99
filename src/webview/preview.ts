/**
 * webview/: the panel's browser side.
 *
 * The generated text, one tab per file, coloured. Scroll position and tab stay when only the text changes.
 */
import type { FileView, MarkView } from '../pages/panel/panel-protocol';
import { type Piece, paint } from './colours';
import { h, say, setHidden } from './dom';
import type { Context } from './parts';
import { tabs } from './toolkit';

export class Preview {
  readonly element = h('div', { class: 'preview' });
  #paths = '';
  #codes: readonly HTMLElement[] = [];
  #painted: string[] = [];
  #files: readonly FileView[] = [];
  #targetId = '';
  #index = 0;

  /** `onFront` hears when another file comes to the front. */
  constructor(
    private readonly context: Context,
    private readonly onFront: () => void,
  ) {}

  /** Name of the file that is to be seen. */
  get front(): string {
    return this.#files[this.#index]?.name ?? '';
  }

  /**
   * Null leaves the last text there, greyed: it does not follow the choices. The text of another PBX is
   * not left.
   */
  update(targetId: string, files: readonly FileView[] | null, marks: readonly MarkView[]): void {
    this.element.classList.toggle('stale', files === null);
    setHidden(this.element, files === null && this.#targetId !== targetId);
    if (files === null) return;
    this.#targetId = targetId;
    this.#files = files;
    const paths = JSON.stringify(files.map(({ path }) => path));
    if (paths !== this.#paths) {
      this.#paths = paths;
      this.#rebuild(files);
    }
    for (const [index, code] of this.#codes.entries()) this.#paint(code, index, marks);
  }

  #paint(code: HTMLElement, index: number, marks: readonly MarkView[]): void {
    const file = this.#files[index];
    const look = JSON.stringify([file, marks]);
    if (file === undefined || this.#painted[index] === look) return;
    this.#painted[index] = look;
    code.replaceChildren(...paint(file.text, file.syntax, marks).map(drawn));
  }

  #rebuild(files: readonly FileView[]): void {
    const { strings } = this.context;
    this.#index = 0;
    this.#painted = [];
    this.#codes = files.map(() => h('code'));
    const pages = files.map(({ name, path }, index) => ({
      name,
      title: path,
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
    const change = (index: number) => {
      this.#index = index;
      this.onFront();
    };
    this.element.replaceChildren(tabs(strings.files, pages, change));
  }
}

function drawn({ text, role, mark }: Piece): Node {
  if (mark !== null) {
    return h('mark', { class: mark.level, attributes: { title: mark.title } }, text);
  }
  return role === null ? document.createTextNode(text) : h('span', { class: `is-${role}` }, text);
}
