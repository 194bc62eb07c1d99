// The JSON for the voice platforms, held against what their makers publish, for every combination that a
// target can do; and the same JSON with one thing wrong, which has to be refused.
import assert from 'node:assert/strict';
import { loadWriters } from '../../unit/pbx/fixtures';
import { combinations, unproven, type Combination } from './combinations';
import { vendorPackages } from './install';
import { mutationsOf, type Mutation } from './mutations';
import { ask, installedVersion, type Question, type Verdict } from './verdicts';

describe('requests to voice platforms', () => {
  const questions = new Map<Combination, readonly Question[]>();
  const mutations = new Map<string, Mutation>();
  const answers = new Map<Question, Verdict>();

  before('asks the vendors once', async function () {
    this.timeout(10 * 60_000);
    await loadWriters();
    for (const one of combinations) questions.set(one, one.questions());
    const own = [...questions.values()].flat();
    for (const question of own) {
      for (const one of mutationsOf(question)) mutations.set(`${one.kind}: ${one.what}`, one);
    }
    const all = [...own, ...mutations.values()];
    const verdicts = await ask(all);
    all.forEach((question, index) => answers.set(question, verdicts[index] ?? null));
  });

  for (const combination of combinations) {
    const { title, package: name, version } = combination;
    it(`${title}: taken by ${name} ${version}`, () => {
      const asked = questions.get(combination) ?? [];
      assert.ok(asked.length > 0, 'no request');
      for (const question of asked) assert.equal(answers.get(question), null, question.kind);
    });
  }

  it('are refused with one thing wrong', () => {
    const taken = [...mutations]
      .filter(([, one]) => answers.get(one) === null)
      .map(([what]) => what);
    assert.deepEqual(taken, []);
    assert.ok(mutations.size > 100, `only ${mutations.size} wrong requests`);
  });

  it('are held against the versions that are named', async () => {
    for (const [name, version] of Object.entries(vendorPackages)) {
      assert.equal(await installedVersion(name), version, name);
    }
    assert.deepEqual(unproven, []);
  });
});
