/**
 * webview/trace: the browser side of what explains codes, errors and SIP traces.
 *
 * An explained trace: the verdict, what was found, the dialogs, and the ladder of one of them.
 */
import type { DialogView, FindingView, TracePage } from '../../pages/trace/explanation-protocol';
import { fill, h } from '../dom';
import { ladder } from './ladder';
import { actions, levelIcon, type Send } from './parts';

export class TraceView {
  readonly element: HTMLElement;
  readonly #send: Send;
  readonly #head = h('header', {});
  readonly #findings = h('section', {});
  readonly #dialogs = h('section', {});
  readonly #ladder = h('section', {});

  constructor(send: Send) {
    this.#send = send;
    this.element = h(
      'div',
      { class: 'page wide' },
      this.#head,
      this.#findings,
      this.#dialogs,
      this.#ladder,
    );
  }

  update({ title, verdict, lines, buttons, strings, ...rest }: TracePage): void {
    const { findings, dialogs, moreDialogs, ladder: shown } = rest;
    fill(this.#head, [title, verdict, lines, buttons], () => [
      h('p', { class: 'note' }, title),
      h(
        'h1',
        { class: `verdict ${verdict.level}` },
        levelIcon(verdict.level),
        h('span', {}, verdict.text),
      ),
      ...lines.map((line) => h('p', { class: 'note' }, line)),
      actions(buttons, 'head', this.#send),
    ]);
    this.#findings.hidden = findings.length === 0;
    fill(this.#findings, findings, () => [
      h('h2', {}, strings.findings),
      h('ul', { class: 'findings' }, ...findings.map((one) => this.#finding(one))),
    ]);
    this.#dialogs.hidden = dialogs.length === 0;
    fill(this.#dialogs, [dialogs, moreDialogs, shown?.index], () => [
      h('h2', {}, strings.dialogs),
      h(
        'ul',
        { class: 'dialogs', attributes: { 'aria-label': strings.dialogs } },
        ...dialogs.map((one) => this.#dialog(one, one.index === shown?.index)),
      ),
      moreDialogs === '' ? null : h('p', { class: 'note' }, moreDialogs),
    ]);
    this.#ladder.hidden = shown === null;
    fill(this.#ladder, shown, () =>
      shown === null
        ? []
        : [
            h('h2', {}, strings.ladder),
            h('p', { class: 'ladder-title' }, shown.title),
            h('p', { class: 'note' }, strings.ladderHint),
            ladder(shown, strings.time, this.#send),
            shown.more === '' ? null : h('p', { class: 'note' }, shown.more),
          ],
    );
  }

  #finding({
    key,
    level,
    levelText,
    what,
    mend,
    details,
    where,
    line,
    dialog,
    buttons,
  }: FindingView) {
    return h(
      'li',
      { class: `finding ${level}` },
      levelIcon(level),
      h(
        'div',
        {},
        h('h3', {}, h('span', { class: 'level' }, `${levelText}: `), what),
        h('p', {}, mend),
        details.length === 0
          ? null
          : h('ul', { class: 'details' }, ...details.map((detail) => h('li', {}, detail))),
        h(
          'button',
          {
            class: 'link',
            key: `${key}-line`,
            attributes: { type: 'button' },
            onClick: () => {
              this.#send({ type: 'dialog', index: dialog });
              this.#send({ type: 'line', line });
            },
          },
          where,
        ),
        actions(buttons, key, this.#send),
      ),
    );
  }

  #dialog({ index, title, note, level, levelText }: DialogView, current: boolean) {
    return h(
      'li',
      {},
      h(
        'button',
        {
          class: ['dialog', level ?? '', current ? 'current' : ''].join(' ').trim(),
          key: `dialog-${index}`,
          attributes: { type: 'button', ...(current ? { 'aria-current': 'true' } : {}) },
          onClick: () => this.#send({ type: 'dialog', index }),
        },
        level === null ? h('span', { class: 'icon' }) : levelIcon(level),
        h(
          'span',
          { class: 'dialog-text' },
          h('span', {}, title),
          h('span', { class: 'note' }, levelText === '' ? note : `${levelText} · ${note}`),
        ),
      ),
    );
  }
}
