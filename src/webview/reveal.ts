/**
 * webview/: the panel's browser side.
 *
 * A password on show: in one field, for at most 30 seconds, gone as soon as anything else has the
 * attention. The text is kept nowhere but in that field.
 */
import type { PanelStrings } from '../pages/panel/panel-protocol';
import { h, say, spoken } from './dom';
import { readOnlyField } from './toolkit';

const SHOWN_MS = 30_000;

export class PasswordReveal {
  #place: HTMLElement | null = null;
  #timer: number | undefined;

  constructor(private readonly strings: PanelStrings) {
    window.addEventListener('blur', () => this.hide());
    window.addEventListener('pagehide', () => this.hide());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.hide();
    });
  }

  isShown(place: HTMLElement): boolean {
    return this.#place === place;
  }

  show(place: HTMLElement, userName: string, password: string): void {
    this.hide();
    const field = readOnlyField(say(this.strings.passwordOf, userName), password);
    place.replaceChildren(field);
    this.#place = place;
    this.#timer = window.setTimeout(() => this.hide(), SHOWN_MS);
    field.addEventListener('focusout', () => this.hide());
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
    field.focus();
  }

  hide(): void {
    window.clearTimeout(this.#timer);
    const place = this.#place;
    this.#place = null;
    if (place === null) return;
    const hadFocus = place.contains(document.activeElement);
    this.mask(place);
    if (hadFocus) place.parentElement?.querySelector<HTMLElement>('[data-key]')?.focus();
  }

  mask(place: HTMLElement): void {
    place.replaceChildren(
      h('span', { class: 'dots', attributes: { 'aria-hidden': 'true' } }, '••••••••••••'),
      spoken(this.strings.passwordHidden),
    );
  }
}
