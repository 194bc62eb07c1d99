/**
 * webview/: the panel's browser side.
 *
 * Elements made and changed through properties and text only: nothing is ever parsed as HTML, so data
 * cannot become markup, and no inline style is set, so the content security policy has nothing to stop.
 */
export type Child = Node | string | null;

export interface Props {
  readonly class?: string;
  /** Tells the element among its siblings: the focus goes back to it after a redraw. */
  readonly key?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  dress(element, props, children);
  return element;
}

export function dress(element: HTMLElement, props: Props, children: readonly Child[]): void {
  if (props.class !== undefined) element.className = props.class;
  if (props.key !== undefined) element.dataset['key'] = props.key;
  for (const [name, value] of Object.entries(props.attributes ?? {})) {
    element.setAttribute(name, value);
  }
  const { onClick } = props;
  if (onClick !== undefined) element.addEventListener('click', onClick);
  element.append(...children.filter((child) => child !== null));
}

/** A codicon: a drawing, so a screen reader passes over it. */
export function icon(name: string): HTMLElement {
  return h('span', { class: `icon icon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/** A name or an address that may be wrapped where a person would: after its dots, colons and the like. */
export function breakable(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [index, part] of text.split(/(?<=[.:;@/])/).entries()) {
    if (index > 0) fragment.append(document.createElement('wbr'));
    fragment.append(part);
  }
  return fragment;
}

/** Text for a screen reader only. */
export function spoken(text: string): HTMLElement {
  return h('span', { class: 'spoken' }, text);
}

const drawn = new WeakMap<Element, string>();

/**
 * Draws `data` into `container` when it differs from what is drawn there. The focus goes to the element
 * with the same key as before, if there still is one.
 */
export function fill(container: Element, data: unknown, build: () => readonly Child[]): void {
  const text = JSON.stringify(data);
  if (drawn.get(container) === text) return;
  drawn.set(container, text);
  const focused = document.activeElement;
  const key =
    focused !== null && container.contains(focused)
      ? focused.closest<HTMLElement>('[data-key]')?.dataset['key']
      : undefined;
  container.replaceChildren(...build().filter((child) => child !== null));
  if (key === undefined) return;
  container.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

export function setText(element: Node, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** `{0}` of a sentence from the host. */
export function say(sentence: string, value: string): string {
  return sentence.replaceAll('{0}', () => value);
}
