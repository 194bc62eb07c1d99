/**
 * webview/: the panel's browser side.
 *
 * The generated text, one tab per file. It is coloured as soon as the colours are loaded, which nothing waits
 * for. Scroll position and tab stay when only the text changes.
 */
import type { FileView, MarkView } from '../pages/panel/panel-protocol';
import type { paint } from './colours';
import { h, say, setHidden } from './dom';
import { type Piece, plain } from './marks';
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
  #marks: readonly MarkView[] = [];
  /** Null until it is loaded. */
  #paint: typeof paint | null = null;

  /** `onFront` hears when another file comes to the front. */
  constructor(
    private readonly context: Context,
    private readonly onFront: () => void,
  ) {
    afterPaint(() => void this.#loadColours());
  }

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
    this.#marks = marks;
    this.#draw();
  }

  async #loadColours(): Promise<void> {
    this.#paint = (await import('./colours')).paint;
    this.#painted = [];
    this.#draw();
  }

  #draw(): void {
    for (const [index, code] of this.#codes.entries()) {
      const file = this.#files[index];
      const look = JSON.stringify([file, this.#marks]);
      if (file === undefined || this.#painted[index] === look) continue;
      this.#painted[index] = look;
      const { text, syntax } = file;
      const pieces = this.#paint?.(text, syntax, this.#marks) ?? plain(text, this.#marks);
      code.replaceChildren(...pieces.map(drawn));
    }
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

/** A frame that begins after the next one was drawn. */
function afterPaint(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}
