/**
 * A person who reads what is shown: everything is written down instead of waiting for a click, and the
 * buttons named in `presses` are pressed, each once, when they are offered.
 */
import type { Secret } from '../../src/exotel/secret';
import type { ProgressReport, Ui } from '../../src/app/ui';

export class SilentUi implements Ui {
  readonly said: string[] = [];
  readonly copied: string[] = [];
  readonly passwords: Secret[] = [];
  readonly opened: string[] = [];
  /** Of everything said, the buttons beside it. */
  readonly buttons: string[][] = [];
  /** Titles of what can be cancelled. */
  readonly cancellables: string[] = [];
  presses: string[] = [];
  /** Cancels what can be cancelled once so much is done. */
  cancelAt = Number.POSITIVE_INFINITY;

  status(text: string): void {
    void this.#say(text, []);
  }

  info<A extends string>(text: string, ...actions: A[]): Promise<A | null> {
    return this.#say(text, actions);
  }

  error<A extends string>(text: string, ...actions: A[]): Promise<A | null> {
    return this.#say(text, actions);
  }

  report<A extends string>(text: string, detail: string, ...actions: A[]): Promise<A | null> {
    return this.#say(`${text}\n${detail}`, actions);
  }

  showPassword(_userName: string, password: Secret): Promise<void> {
    this.passwords.push(password);
    return Promise.resolve();
  }

  busy<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  cancellable<T>(
    title: string,
    work: (signal: AbortSignal, report: ProgressReport) => Promise<T>,
  ): Promise<T> {
    this.cancellables.push(title);
    const controller = new AbortController();
    return work(controller.signal, (done) => {
      if (done >= this.cancelAt) controller.abort();
    });
  }

  showLog(): void {
    this.said.push('log shown');
  }

  copy(text: string): Promise<void> {
    this.copied.push(text);
    return Promise.resolve();
  }

  openExternal(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  }

  #say<A extends string>(text: string, actions: readonly A[]): Promise<A | null> {
    this.said.push(text);
    this.buttons.push([...actions]);
    const pressed = actions.find((action) => this.presses.includes(action)) ?? null;
    this.presses = this.presses.filter((label) => label !== pressed);
    return Promise.resolve(pressed);
  }
}
