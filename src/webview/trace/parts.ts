/**
 * webview/trace: the browser side of what explains codes, errors and SIP traces.
 *
 * What several parts of a page are made of.
 */
import type { ButtonView, FromPage, Level } from '../../pages/trace/explanation-protocol';
import { h, icon } from '../dom';

export type Send = (message: FromPage) => void;

/** Native buttons: nothing here needs more. `place` tells them apart for the focus. */
export function actions(
  buttons: readonly ButtonView[],
  place: string,
  send: Send,
): HTMLElement | null {
  if (buttons.length === 0) return null;
  return h(
    'div',
    { class: 'actions' },
    ...buttons.map(({ id, label, primary }) =>
      h(
        'button',
        {
          class: primary ? 'button primary' : 'button',
          key: `${place}-${id}`,
          attributes: { type: 'button' },
          onClick: () => send({ type: 'press', id }),
        },
        label,
      ),
    ),
  );
}

const ICONS: Readonly<Record<Level | 'none', string>> = {
  problem: 'error',
  warning: 'warning',
  info: 'info',
  none: 'pass',
};

export function levelIcon(level: Level | 'none'): HTMLElement {
  return icon(ICONS[level]);
}
