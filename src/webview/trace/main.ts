/**
 * webview/trace: the browser side of what explains codes, errors and SIP traces.
 *
 * Says it is there and draws the page the host sends.
 */
import type {
  BlockView,
  ExplanationPage,
  FromPage,
  ToPage,
} from '../../pages/trace/explanation-protocol';
import { fill, h, icon, setText } from '../dom';
import { type Send, actions } from './parts';
import { TraceView } from './trace-page';
import './trace.css';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const RESULT_MS = 6000;

function block({ heading, lines, steps, facts, buttons }: BlockView, index: number, send: Send) {
  return h(
    'section',
    {},
    heading === null ? null : h('h2', {}, heading),
    ...lines.map((line) => h('p', {}, line)),
    steps.length === 0
      ? null
      : h(
          'ol',
          { class: 'steps' },
          ...steps.map(({ question, steps: looks }) =>
            h(
              'li',
              {},
              h('h3', {}, question),
              h('ul', {}, ...looks.map((look) => h('li', {}, look))),
            ),
          ),
        ),
    facts.length === 0
      ? null
      : h(
          'dl',
          {},
          ...facts.map(({ label, value }) =>
            h('div', { class: 'fact' }, h('dt', {}, label), h('dd', {}, value)),
          ),
        ),
    actions(buttons, `block-${index}`, send),
  );
}

function explanation({ title, subtitle, blocks, source }: ExplanationPage, send: Send) {
  return [
    h('p', { class: 'note' }, subtitle),
    h('h1', {}, title),
    ...blocks.map((one, index) => block(one, index, send)),
    h('p', { class: 'note source' }, source),
  ];
}

class Main {
  readonly #vscode = acquireVsCodeApi();
  readonly #root: HTMLElement;
  readonly #result = h('div', { class: 'result-line', attributes: { role: 'status' } });
  readonly #explanation = h('div', { class: 'page' });
  readonly #trace: TraceView;
  #timer: number | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.after(this.#result);
    this.#trace = new TraceView((message) => this.#vscode.postMessage(message));
    window.addEventListener('message', (event: MessageEvent<ToPage>) => this.#receive(event.data));
    this.#vscode.postMessage({ type: 'ready' });
  }

  #receive(message: ToPage): void {
    if (message.type === 'result') {
      this.#say(message.text);
      return;
    }
    const { page } = message;
    if (page.kind === 'trace') {
      this.#trace.update(page);
      this.#put(this.#trace.element);
      return;
    }
    const send: Send = (sent) => this.#vscode.postMessage(sent);
    fill(this.#explanation, page, () => explanation(page, send));
    this.#put(this.#explanation);
    window.scrollTo(0, 0);
  }

  #put(element: HTMLElement): void {
    if (this.#root.firstChild !== element) this.#root.replaceChildren(element);
  }

  #say(text: string): void {
    window.clearTimeout(this.#timer);
    this.#result.classList.add('shown');
    this.#result.replaceChildren(icon('check'), h('span', {}, text));
    this.#timer = window.setTimeout(() => {
      setText(this.#result, '');
      this.#result.classList.remove('shown');
    }, RESULT_MS);
  }
}

const root = document.getElementById('panel');
if (root !== null) new Main(root);
