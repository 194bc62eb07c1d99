/**
 * webview/: the panel's browser side.
 *
 * Says it is there, draws what the host sends, and hands the host's state to VS Code for the next time.
 */
import type { PanelView, ToHost, ToWebview, TrunkView } from '../pages/panel/panel-protocol';
import { fill, h, icon, setText } from './dom';
import { Generator } from './generator';
import './panel.css';
import { type Context, Credentials, Facts, fixButton, Header, Lists, UseCases } from './parts';
import { button, registerToolkit } from './toolkit';

declare function acquireVsCodeApi(): {
  postMessage(message: ToHost): void;
  setState(state: unknown): void;
};

const RESULT_MS = 6000;

/** Everything that is shown of a trunk. Made once, then updated in place. */
class TrunkPage {
  readonly element: HTMLElement;
  readonly #header: Header;
  readonly #facts: Facts;
  readonly #credentials: Credentials;
  readonly #lists: Lists;
  readonly #useCases: UseCases;
  readonly #generator: Generator;

  constructor(context: Context) {
    this.#header = new Header(context);
    this.#facts = new Facts(context);
    this.#credentials = new Credentials(context);
    this.#lists = new Lists(context);
    this.#useCases = new UseCases(context);
    this.#generator = new Generator(context);
    this.element = h(
      'div',
      { class: 'trunk' },
      this.#header.element,
      h(
        'div',
        { class: 'overview' },
        h('div', { class: 'column' }, this.#facts.element, this.#credentials.element),
        h('div', { class: 'column' }, this.#useCases.element, this.#lists.element),
      ),
      this.#generator.element,
    );
  }

  update(view: TrunkView): void {
    this.#header.update(view);
    this.#facts.update(view.facts);
    const [credentials, ...lists] = view.lists;
    if (credentials !== undefined) this.#credentials.update(view.credentials, credentials);
    this.#lists.update(lists);
    this.#useCases.update(view.useCases);
    this.#generator.update(view.generator);
  }

  reveal(userName: string, password: string): void {
    this.#credentials.show(userName, password);
  }
}

class Panel {
  readonly #vscode = acquireVsCodeApi();
  readonly #result = h('div', {
    class: 'result-line',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  readonly #message = h('div', { class: 'message' });
  readonly #root: HTMLElement;
  #context: Context | null = null;
  #page: TrunkPage | null = null;
  #resultTimer: number | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.after(this.#result);
    window.addEventListener('message', (event: MessageEvent<ToWebview>) => {
      this.#receive(event.data);
    });
    this.#vscode.postMessage({ type: 'ready' });
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'start':
        this.#context ??= {
          strings: message.strings,
          fields: message.fields,
          send: (sent) => this.#vscode.postMessage(sent),
        };
        return;
      case 'view':
        this.#vscode.setState(message.state);
        if (this.#context !== null) this.#show(message.view, this.#context);
        return;
      case 'result':
        this.#say(message.text, message.tone);
        return;
      case 'reveal':
        this.#page?.reveal(message.userName, message.password);
        return;
    }
  }

  #show(view: PanelView, context: Context): void {
    if (view.state !== 'trunk') {
      fill(this.#message, view, () => messageOf(view, context));
      this.#put(this.#message);
      return;
    }
    this.#page ??= new TrunkPage(context);
    this.#put(this.#page.element);
    this.#page.update(view);
  }

  #put(element: HTMLElement): void {
    if (this.#root.firstChild !== element) this.#root.replaceChildren(element);
  }

  #say(text: string, tone: 'done' | 'failed'): void {
    window.clearTimeout(this.#resultTimer);
    this.#result.className = `result-line ${tone}`;
    const shape = icon(tone === 'done' ? 'check' : 'error');
    this.#result.replaceChildren(shape, h('span', {}, text));
    this.#resultTimer = window.setTimeout(() => {
      setText(this.#result, '');
      this.#result.className = 'result-line';
    }, RESULT_MS);
  }
}

function messageOf(view: Exclude<PanelView, TrunkView>, context: Context) {
  const { strings, send } = context;
  if (view.state === 'loading') {
    return [h('p', { attributes: { role: 'status' } }, icon('loading'), view.message)];
  }
  return [
    h('h1', {}, view.title),
    h('p', {}, view.message),
    h(
      'div',
      { class: 'actions' },
      view.retry
        ? button(strings.retry, () => send({ type: 'retry' }), {
            look: 'primary',
            iconName: 'refresh',
            key: 'retry',
          }).element
        : null,
      view.explain
        ? button(strings.explain, () => send({ type: 'explain' }), {
            look: 'secondary',
            iconName: 'info',
            key: 'explain',
          }).element
        : null,
      view.fix === null
        ? null
        : fixButton(view.fix, context, 'fix', null, view.retry ? 'secondary' : 'primary'),
      view.state === 'gone'
        ? button(strings.close, () => send({ type: 'close' }), { look: 'secondary', key: 'close' })
            .element
        : null,
    ),
  ];
}

const root = document.getElementById('panel');
if (root !== null) {
  registerToolkit();
  new Panel(root);
}
