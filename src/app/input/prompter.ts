/**
 * app/: the application, without `vscode`.
 *
 * The border to the person: every question a command asks goes through a Prompter, so that tests can
 * answer with a script. Esc throws Cancelled, which the command runner swallows: nothing after a
 * question runs unless it was answered, and '' is never mistaken for Esc.
 */
import type { Secret } from '../../exotel/secret';

/** The person pressed Esc or closed the question. Not an error. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('Cancelled');
  }
}

/** By name, not by class: the tests that run inside VS Code are a bundle with a class of their own. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'Cancelled';
}

/** The person asked for the previous step. */
export const BACK = Symbol.for('exotelSip.back');
export type Back = typeof BACK;

/** Where a question stands in a multi-step input. `canGoBack` shows the back button. */
export interface StepFacts {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** Null: fine. `error` keeps the input open; `warning` is shown but may be accepted. */
export type Validation = null | {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
};

export interface InputQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly steps?: StepFacts;
  /** Called on every keystroke; must be fast and must not call the network. */
  validate?(value: string): Validation;
}

export interface SecretQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly steps?: StepFacts;
  validate?(value: string): Validation;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: string;
  /** Written above the first of the choices that follow each other with the same one. */
  readonly group?: string;
  readonly value: T;
  readonly picked?: boolean;
}

export interface PickQuestion<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  readonly steps?: StepFacts;
  /** The choice that is active when the list opens. */
  readonly active?: T;
}

export interface ConfirmQuestion {
  /** Names the thing, e.g. `Delete trunk "outbound_trunk"?`. */
  readonly message: string;
  readonly detail: string;
  /** The button that goes ahead, a verb, e.g. `Delete Trunk`. */
  readonly action: string;
}

/** A decision between a few actions, where what happened needs more than a line. */
export interface DecisionQuestion<T> {
  readonly message: string;
  readonly detail: string;
  /** Two or three, the likeliest first. */
  readonly actions: readonly { readonly label: string; readonly value: T }[];
}

/** All methods throw Cancelled on Esc. The ones with `steps` may answer BACK when `canGoBack`. */
export interface Prompter {
  input(question: InputQuestion): Promise<string | Back>;
  /** Masked. */
  secret(question: SecretQuestion): Promise<Secret | Back>;
  pick<T>(question: PickQuestion<T>): Promise<T | Back>;
  pickMany<T>(question: PickQuestion<T>): Promise<readonly T[] | Back>;
  /** Modal. Resolves only when the person pressed the action. */
  confirm(question: ConfirmQuestion): Promise<void>;
  /** Modal. */
  decide<T>(question: DecisionQuestion<T>): Promise<T>;
}
