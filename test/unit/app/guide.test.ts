// The guides' common issues and flow charts: each says what to do, and which checks do it by themselves.
import assert from 'node:assert/strict';
import { charts, issues } from '../../../src/app/explain/guide';
import { planChecks } from '../../../src/checks/plan';
import { GOOD } from '../checks/support';

describe('The common issues', () => {
  it('are told once each, in sentences', () => {
    assert.equal(new Set(issues().map(({ issue }) => issue)).size, issues().length);
    for (const { issue, cause, solution } of issues()) {
      assert.doesNotMatch(issue, /\.$/);
      assert.match(cause, /^[A-Z].*\.$/, issue);
      assert.match(solution, /^[A-Z].*\.$/, issue);
    }
  });

  it('say that Exotel takes no registration, where the guide speaks of one', () => {
    for (const { issue, cause } of issues().filter((one) => /registration/i.test(one.issue))) {
      assert.match(cause, /takes no registration/, issue);
    }
  });

  it('name checks that exist', () => {
    for (const { useCase } of [...issues(), ...charts()]) {
      if (useCase !== null) assert.ok(planChecks(GOOD, useCase).length > 3);
    }
  });
});

describe('The flow charts', () => {
  it('are four, each a few questions with something to look at', () => {
    assert.equal(charts().length, 4);
    for (const { problem, symptom, checks } of charts()) {
      assert.match(symptom, /\.$/, problem);
      assert.ok(checks.length >= 2, problem);
      for (const { question, steps } of checks) {
        assert.match(question, /\?$/);
        assert.ok(steps.length > 0, question);
        for (const step of steps) assert.match(step, /[.]$/, step);
      }
    }
  });
});
