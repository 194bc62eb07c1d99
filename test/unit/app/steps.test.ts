import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BACK, type Back, Cancelled, type StepFacts } from '../../../src/app/input/prompter';
import { runSteps, type Step } from '../../../src/app/input/steps';

interface Answers {
  readonly region?: string;
  readonly host?: string;
  readonly sid?: string;
}

/** Steps that answer from a list, and note where they stood and what was filled in. */
function script(...answers: readonly (string | Back)[]) {
  const seen: string[] = [];
  const rest = [...answers];
  const ask =
    (field: keyof Answers) =>
    (state: Answers, { step, totalSteps, canGoBack }: StepFacts) => {
      const back = canGoBack ? ' <' : '';
      seen.push(`${field} ${step}/${totalSteps}${back} [${state[field] ?? ''}]`);
      const answer = rest.shift();
      if (answer === undefined) return Promise.reject(new Cancelled());
      return Promise.resolve(answer === BACK ? BACK : { ...state, [field]: answer });
    };
  const steps: Step<Answers>[] = [
    ask('region'),
    { when: ({ region }) => region === 'custom', ask: ask('host') },
    ask('sid'),
  ];
  return { seen, steps };
}

describe('several questions as one', () => {
  it('ask one after the other and count only those that apply', async () => {
    const { seen, steps } = script('in', 'acme1');
    assert.deepEqual(await runSteps({}, steps), { region: 'in', sid: 'acme1' });
    assert.deepEqual(seen, ['region 1/2 []', 'sid 2/2 < []']);
  });

  it('count a question in as soon as an answer makes it apply', async () => {
    const { seen, steps } = script('custom', 'https://x', 'acme1');
    await runSteps({}, steps);
    assert.deepEqual(seen, ['region 1/2 []', 'host 2/3 < []', 'sid 3/3 < []']);
  });

  it('go back with every answer kept, over the questions that no longer apply', async () => {
    const { seen, steps } = script('custom', 'https://x', BACK, BACK, 'in', BACK, 'in', 'acme1');
    const answers = await runSteps({ sid: 'old' }, steps);
    assert.deepEqual(answers, { region: 'in', host: 'https://x', sid: 'acme1' });
    assert.deepEqual(seen, [
      'region 1/2 []',
      'host 2/3 < []',
      'sid 3/3 < [old]',
      'host 2/3 < [https://x]',
      'region 1/3 [custom]',
      'sid 2/2 < [old]',
      'region 1/2 [in]',
      'sid 2/2 < [old]',
    ]);
  });

  it('ask the first question again when there is nothing to go back to', async () => {
    const { seen, steps } = script(BACK, 'in', 'acme1');
    await runSteps({}, steps);
    assert.deepEqual(seen, ['region 1/2 []', 'region 1/2 []', 'sid 2/2 < []']);
  });

  it('end with Esc at any of them', async () => {
    for (const answers of [[], ['custom'], ['custom', 'https://x']]) {
      await assert.rejects(runSteps({}, script(...answers).steps), Cancelled);
    }
  });

  it('give back what they were given when none applies', async () => {
    const state = { region: 'in' };
    const never: Step<Answers> = { when: () => false, ask: () => assert.fail('asked') };
    assert.equal(await runSteps(state, []), state);
    assert.equal(await runSteps(state, [never, never]), state);
  });

  it('always stand within what they count, and offer to go back unless first', async () => {
    const flags = fc.array(fc.boolean(), { maxLength: 6 });
    const moves = fc.array(fc.boolean(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(flags, moves, async (applies, backs) => {
        const rest = [...backs];
        const steps = applies.map((applied): Step<number> => ({
          when: () => applied,
          ask: (state, { step, totalSteps, canGoBack }) => {
            assert.equal(totalSteps, applies.filter(Boolean).length);
            assert.ok(step >= 1 && step <= totalSteps);
            assert.equal(canGoBack, step > 1);
            return Promise.resolve(rest.shift() ? BACK : state + 1);
          },
        }));
        await runSteps(0, steps);
      }),
    );
  });
});
