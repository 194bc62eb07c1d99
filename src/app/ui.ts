/**
 * app/: the application, without `vscode`.
 *
 * The border to the person, the other way: everything a use case shows that is not a question.
 */
import type { Secret } from '../exotel/secret';

/** Done so far, of how many. */
export type ProgressReport = (done: number, total: number) => void;

export interface Ui {
  /** A few seconds in the status bar: the thing worked. */
  status(text: string): void;
  /** Resolves to the pressed action, or null. Does not wait unless awaited. */
  info<A extends string>(text: string, ...actions: A[]): Promise<A | null>;
  error<A extends string>(text: string, ...actions: A[]): Promise<A | null>;
  /** Modal, for what must be read whole: a list of what was done and what was not. Copies it itself. */
  report<A extends string>(text: string, detail: string, ...actions: A[]): Promise<A | null>;
  /** Modal: the one time a new password is shown; offers to copy it. */
  showPassword(
    userName: string,
    password: Secret,
    options?: { /** Nobody knows whether Exotel took it. */ readonly uncertain: boolean },
  ): Promise<void>;
  /** A bar in the view while one call runs. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** A notification with Cancel while several calls run. */
  cancellable<T>(
    title: string,
    work: (signal: AbortSignal, report: ProgressReport) => Promise<T>,
  ): Promise<T>;
  showLog(): void;
  copy(text: string): Promise<void>;
  openExternal(url: string): Promise<void>;
}
