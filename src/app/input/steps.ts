/**
 * app/: the application, without `vscode`.
 *
 * Several questions as one: each step takes the answers so far and gives them back with its own added,
 * so that going back finds every earlier answer, and later ones too, still filled in.
 */
import { BACK, type Back, type StepFacts } from './prompter';

export type Ask<S> = (state: S, facts: StepFacts) => Promise<S | Back>;

export type Step<S> =
  | Ask<S>
  | {
      /** The step is left out, and not counted, while this is false. */
      readonly when: (state: S) => boolean;
      readonly ask: Ask<S>;
    };

/**
 * Resolves when the last step that applies is answered. Whatever a step throws ends it, Cancelled too.
 * `first` is the index of the step to begin with; the ones before it are a Back away.
 */
export async function runSteps<S>(initial: S, steps: readonly Step<S>[], first = 0): Promise<S> {
  let state = initial;
  const applies = (step: Step<S>) => typeof step === 'function' || step.when(state);
  const next = (from: number) => steps.findIndex((step, at) => at >= from && applies(step));
  const previous = (from: number) => steps.findLastIndex((step, at) => at < from && applies(step));

  let current = next(first);
  for (;;) {
    const step = steps[current];
    if (step === undefined) return state;
    const facts: StepFacts = {
      step: steps.slice(0, current).filter(applies).length + 1,
      totalSteps: steps.filter(applies).length,
      canGoBack: previous(current) !== -1,
    };
    const answer = await (typeof step === 'function' ? step(state, facts) : step.ask(state, facts));
    if (answer === BACK) {
      current = Math.max(previous(current), next(0));
    } else {
      state = answer;
      current = next(current + 1);
    }
  }
}
