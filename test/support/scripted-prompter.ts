/**
 * A person who answers a command's questions from a list, as strict as the real boxes are: an answer
 * that the question calls wrong is refused and the next one is tried, a choice must be in the list, the
 * back button must be there to be pressed. Everything asked is recorded, never a secret value.
 */
import assert from 'node:assert/strict';
import { Secret } from '../../src/exotel/secret';
import {
  BACK,
  type Back,
  Cancelled,
  type Choice,
  type ConfirmQuestion,
  type DecisionQuestion,
  type InputQuestion,
  type PickQuestion,
  type Prompter,
  type SecretQuestion,
  type StepFacts,
  type Validation,
} from '../../src/app/input/prompter';

/** Closes the question. */
export const ESC = Symbol('esc');
/** Enter, without touching anything: takes what is filled in, active, picked or offered. */
export const ENTER = Symbol('enter');

/** Finds a choice: by its whole label, by a part of it, or by its value. */
export type Chooser = string | RegExp | ((value: never) => boolean);

/**
 * `string`: typed into a box, the whole label of a choice, or the button of a confirmation. `RegExp`: a
 * label, or the message of a confirmation that goes ahead. A function: a choice by its value. A list:
 * the choices of a multiple pick.
 */
export type ScriptedAnswer = typeof BACK | typeof ESC | typeof ENTER | Chooser | readonly Chooser[];

export interface AskedQuestion {
  readonly kind: 'input' | 'secret' | 'pick' | 'pickMany' | 'confirm';
  /** The message, of a confirmation. */
  readonly title: string;
  /** The placeholder, of a list; the detail, of a confirmation. */
  readonly prompt: string;
  readonly secret: boolean;
  /** What was filled in already. */
  readonly value: string | null;
  readonly choices: readonly string[];
  readonly steps: StepFacts | null;
  /** Messages of the answers that were refused, and of those taken with a warning or a note. */
  readonly refused: string[];
  readonly noted: string[];
}

export class ScriptedPrompter implements Prompter {
  readonly asked: AskedQuestion[] = [];
  readonly #answers: ScriptedAnswer[];
  #escapeAt = Number.POSITIVE_INFINITY;
  #escaped = false;

  constructor(answers: readonly ScriptedAnswer[] = []) {
    this.#answers = [...answers];
  }

  /**
   * Answers the first `count` questions, with Enter when `answers` are used up, and presses Esc at the
   * next. To try Esc at every question, count up until `escaped` stays false.
   */
  static escapeAt(count: number, answers: readonly ScriptedAnswer[] = []): ScriptedPrompter {
    const prompter = new ScriptedPrompter(answers);
    prompter.#escapeAt = count;
    return prompter;
  }

  /** Whether Esc was pressed. */
  get escaped(): boolean {
    return this.#escaped;
  }

  get titles(): readonly string[] {
    return this.asked.map(({ title }) => title);
  }

  /** Call it when the command has run: no answer may be left. */
  assertDone(): void {
    assert.equal(this.#answers.length, 0, `${String(this.#answers.length)} answers were not used`);
  }

  async input(question: InputQuestion): Promise<string | Back> {
    const value = question.value ?? '';
    const asked = this.#record('input', question, { prompt: question.prompt, value });
    return this.#type(asked, question, value);
  }

  async secret(question: SecretQuestion): Promise<Secret | Back> {
    const asked = this.#record('secret', question, { prompt: question.prompt, secret: true });
    const answer = await this.#type(asked, question, '');
    return answer === BACK ? BACK : new Secret(answer);
  }

  async pick<T>(question: PickQuestion<T>): Promise<T | Back> {
    const choices = await question.choices;
    const asked = this.#recordList('pick', question, choices);
    const answer = this.#next(asked);
    if (answer === BACK) return BACK;
    if (answer !== ENTER) return this.#choose(asked, choices, answer).value;
    const active = choices.find((choice) =>
      'active' in question ? Object.is(choice.value, question.active) : choice.picked,
    );
    const entered = active ?? choices[0];
    assert.ok(entered !== undefined, `"${asked.title}" has nothing to choose`);
    return entered.value;
  }

  async pickMany<T>(question: PickQuestion<T>): Promise<readonly T[] | Back> {
    const choices = await question.choices;
    const asked = this.#recordList('pickMany', question, choices);
    const answer = this.#next(asked);
    if (answer === BACK) return BACK;
    const tick = (chooser: ScriptedAnswer) => this.#choose(asked, choices, chooser);
    const ticked =
      answer === ENTER
        ? choices.filter((choice) => choice.picked)
        : isList(answer)
          ? answer.map(tick)
          : [tick(answer)];
    return choices.filter((choice) => ticked.includes(choice)).map((choice) => choice.value);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- so that Esc rejects instead of throwing
  async confirm(question: ConfirmQuestion): Promise<void> {
    const { message, detail, action } = question;
    const asked = this.#record(
      'confirm',
      { title: message },
      { prompt: detail, choices: [action] },
    );
    const answer = this.#next(asked);
    const agreed =
      answer === ENTER ||
      answer === action ||
      (answer instanceof RegExp && (answer.test(action) || answer.test(message)));
    assert.ok(agreed, `"${message}" offers "${action}", not ${say(answer)}`);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- so that Esc rejects instead of throwing
  async decide<T>({ message, detail, actions }: DecisionQuestion<T>): Promise<T> {
    const choices = actions.map(({ label }) => label);
    const asked = this.#record('confirm', { title: message }, { prompt: detail, choices });
    const answer = this.#next(asked);
    if (answer === ENTER && actions[0] !== undefined) return actions[0].value;
    assert.ok(answer !== BACK, `"${message}" has no back button`);
    return this.#choose(asked, actions, answer).value;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- so that Esc rejects instead of throwing
  async #type(
    asked: AskedQuestion,
    question: { validate?(value: string): Validation },
    filledIn: string,
  ): Promise<string | Back> {
    for (;;) {
      const answer = this.#next(asked);
      if (answer === BACK) return BACK;
      const value = answer === ENTER ? filledIn : answer;
      // Not say(answer): it may be the secret.
      assert.ok(typeof value === 'string', `"${asked.title}" takes a text`);
      const validation = question.validate?.(value) ?? null;
      if (validation === null) return value;
      const hidden = asked.secret && value !== '';
      const message = hidden ? validation.message.replaceAll(value, '•••') : validation.message;
      if (validation.severity !== 'error') {
        asked.noted.push(message);
        return value;
      }
      asked.refused.push(message);
      const stuck = answer === ENTER && this.#answers.length === 0;
      assert.ok(!stuck, `"${asked.title}" does not take Enter: ${message}`);
    }
  }

  /** Throws Cancelled for ESC. */
  #next(asked: AskedQuestion): Exclude<ScriptedAnswer, typeof ESC> {
    const count = this.asked.length;
    if (count > this.#escapeAt) return this.#escape();
    const enters = Number.isFinite(this.#escapeAt);
    const answer = this.#answers.shift() ?? (enters ? ENTER : undefined);
    const refused = asked.refused.map((message) => ` (refused: ${message})`).join('');
    assert.ok(answer !== undefined, `no answer left for "${asked.title}"${refused}`);
    if (answer === ESC) return this.#escape();
    if (answer === BACK) {
      assert.ok(asked.steps?.canGoBack, `"${asked.title}" has no back button`);
    }
    return answer;
  }

  #escape(): never {
    this.#escaped = true;
    throw new Cancelled();
  }

  #choose<T>(
    asked: AskedQuestion,
    choices: readonly Choice<T>[],
    answer: ScriptedAnswer,
  ): Choice<T> {
    const found = choices.find(({ label, value }) => {
      if (answer instanceof RegExp) return answer.test(label);
      if (typeof answer === 'function') return (answer as (value: T) => boolean)(value);
      return answer === label;
    });
    const labels = asked.choices.map((label) => `"${label}"`).join(', ');
    assert.ok(found, `"${asked.title}" offers ${labels || 'nothing'}, not ${say(answer)}`);
    return found;
  }

  #recordList<T>(
    kind: 'pick' | 'pickMany',
    question: PickQuestion<T>,
    choices: readonly Choice<T>[],
  ): AskedQuestion {
    const labels = choices.map(({ label }) => label);
    return this.#record(kind, question, { prompt: question.placeholder, choices: labels });
  }

  #record(
    kind: AskedQuestion['kind'],
    { title, steps = null }: { readonly title: string; readonly steps?: StepFacts | null },
    facts: Partial<AskedQuestion>,
  ): AskedQuestion {
    const rest = { prompt: '', secret: false, value: null, choices: [], refused: [], noted: [] };
    const asked: AskedQuestion = { kind, title, steps, ...rest, ...facts };
    this.asked.push(asked);
    return asked;
  }
}

function isList(answer: ScriptedAnswer): answer is readonly Chooser[] {
  return Array.isArray(answer);
}

function say(answer: ScriptedAnswer): string {
  if (typeof answer === 'string') return `"${answer}"`;
  if (typeof answer === 'function') return 'what the predicate looks for';
  return isList(answer) ? answer.map(say).join(', ') : String(answer);
}
