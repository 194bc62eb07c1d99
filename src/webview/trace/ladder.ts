/**
 * webview/trace: the browser side of what explains codes, errors and SIP traces.
 *
 * The ladder: ends as columns, messages as arrows between them. A grid with two columns per end, so that
 * an end's line runs between its two. One message is in the tab order; the arrow keys go to the others.
 */
import type { LadderView, RungView } from '../../pages/trace/explanation-protocol';
import { breakable, h, spoken } from '../dom';
import { levelIcon, type Send } from './parts';

/** The column of the times comes first; grid lines count from 1. */
function lineOf(end: number): number {
  return 2 * end + 3;
}

function place(element: HTMLElement, from: number, to: number): HTMLElement {
  element.style.gridColumn = `${from} / ${to}`;
  return element;
}

function arrow(
  { from, to, label, note, level, levelText, way: spokenWay }: RungView,
  ends: number,
): HTMLElement {
  const left = Math.min(from, to);
  const right = Math.max(from, to);
  const self = from === to;
  const way = self ? 'self' : from < to ? 'right' : 'left';
  const text = h(
    'span',
    { class: 'label' },
    level === null ? null : levelIcon(level),
    level === null ? null : h('span', { class: 'level' }, levelText),
    level === null ? null : spoken(', '),
    label,
    spoken(` ${spokenWay} `),
  );
  const body = h(
    'span',
    { class: `arrow ${way}` },
    text,
    h('span', { class: 'shaft' }),
    note === '' ? null : h('span', { class: 'note' }, note),
  );
  // To itself: a stub beside its line, where there is room.
  if (self) {
    const last = left === ends - 1;
    return last
      ? place(body, lineOf(left) - 1, lineOf(left))
      : place(body, lineOf(left), lineOf(left) + 1);
  }
  return place(body, lineOf(left), lineOf(right));
}

export function ladder({ ends, rungs }: LadderView, time: string, send: Send): HTMLElement {
  const timed = rungs.some((rung) => rung.time !== '');
  // Every row is a grid of its own: the column is as wide as its longest text, in whatever language.
  const longest = Math.max(time.length, ...rungs.map((rung) => rung.time.length));
  const column = timed ? `max(4.5em, ${longest}ch)` : '0';
  const columns = `${column} repeat(${ends.length * 2}, minmax(5.5em, 1fr))`;
  const row = <Tag extends 'div' | 'button'>(
    tag: Tag,
    kind: string,
    ...children: HTMLElement[]
  ) => {
    const element = h(tag, { class: kind }, ...children);
    element.style.gridTemplateColumns = columns;
    return element;
  };
  const lines = row(
    'div',
    'lifelines',
    ...ends.map((_, end) => place(h('span', {}), lineOf(end), lineOf(end) + 1)),
  );
  const head = row(
    'div',
    'ends',
    h('span', { class: 'time' }, timed ? time : ''),
    ...ends.map((end, at) =>
      place(h('span', { class: 'end' }, breakable(end)), lineOf(at) - 1, lineOf(at) + 1),
    ),
  );
  const buttons = rungs.map((rung, at) => {
    const button = row(
      'button',
      rung.level === null ? 'rung' : `rung ${rung.level}`,
      arrow(rung, ends.length),
      h('span', { class: 'time' }, rung.time),
    );
    button.type = 'button';
    button.dataset['key'] = `rung-${at}`;
    button.addEventListener('click', () => send({ type: 'line', line: rung.line }));
    return button;
  });
  const faulty = rungs.findIndex(({ level }) => level === 'problem');
  moveByArrows(buttons, Math.max(0, faulty));
  head.setAttribute('aria-hidden', 'true');
  lines.setAttribute('aria-hidden', 'true');
  return h(
    'div',
    { class: 'ladder' },
    h(
      'div',
      { class: 'sheet' },
      head,
      h(
        'div',
        { class: 'rungs' },
        lines,
        h('ol', {}, ...buttons.map((button) => h('li', {}, button))),
      ),
    ),
  );
}

function moveByArrows(buttons: readonly HTMLElement[], first: number): void {
  const enter = (at: number): void => {
    for (const [index, button] of buttons.entries()) button.tabIndex = index === at ? 0 : -1;
  };
  enter(first);
  for (const [at, button] of buttons.entries()) {
    button.addEventListener('focus', () => enter(at));
    button.addEventListener('keydown', (event) => {
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[
        event.key
      ];
      const target = next === undefined ? undefined : buttons[next];
      if (target === undefined) return;
      event.preventDefault();
      target.focus();
    });
  }
}
