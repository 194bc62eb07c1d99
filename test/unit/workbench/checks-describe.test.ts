// What a row of the checks says, on a stand-in for `vscode`.
import assert from 'node:assert/strict';
import type { CheckResult } from '../../../src/checks/types';
import type * as Describe from '../../../src/workbench/checks/check-text';
import type { CheckRow, Summary } from '../../../src/app/checks/trunk-report';
import { loadDescribeChecks } from '../../support/row-samples';

const RESULT: CheckResult = {
  id: 'ip.whitelisted',
  kind: 'ip.whitelisted',
  subject: null,
  level: 'problem',
  what: 'No IP is whitelisted.',
  doNext: 'Whitelist the public IP.',
  action: { kind: 'whitelistIp', value: null },
  evidence: ['a line', '[click](command:evil) $(zap)\nsecond'],
  requestId: 'req-1',
};
const ROW: CheckRow = {
  key: 'outbound/ip.whitelisted',
  id: 'ip.whitelisted',
  group: 'exotel',
  title: 'IP whitelisted',
  running: false,
  result: RESULT,
};
const NOTHING: Summary = {
  ...{ running: false, failed: 0, warnings: 0, unknown: 0, open: 0, judged: 9, all: 9 },
};

describe('A row of the checks', () => {
  let describe_: typeof Describe;

  before(async function () {
    this.timeout(240_000);
    describe_ = await loadDescribeChecks();
  });

  const row = (changed: Partial<CheckRow> = {}, writable = true) =>
    describe_.describeCheck({ ...ROW, ...changed }, writable);
  const withVerdict = (verdict: CheckResult['level']) =>
    row({ result: { ...RESULT, level: verdict } });

  it('says its verdict by icon, by colour, and in words to a screen reader', () => {
    const said = (['ok', 'warning', 'problem', 'manual', 'unknown'] as const).map((verdict) => {
      const { icon, spoken } = withVerdict(verdict);
      return [icon.id, icon.color?.id, spoken.split('.')[0]];
    });
    assert.deepEqual(said, [
      ['pass', 'testing.iconPassed', 'IP whitelisted: passed'],
      ['warning', 'problemsWarningIcon.foreground', 'IP whitelisted: warning'],
      ['error', 'problemsErrorIcon.foreground', 'IP whitelisted: failed'],
      ['eye', 'charts.blue', 'IP whitelisted: to be checked by hand'],
      ['question', 'disabledForeground', 'IP whitelisted: not known'],
    ]);
    assert.equal(
      row().spoken,
      'IP whitelisted: failed. No IP is whitelisted. Whitelist the public IP.',
    );
    assert.equal(row().description, 'No IP is whitelisted.');
  });

  it('spins while it runs, and says when it never ran', () => {
    assert.equal(row({ running: true }).icon.id, 'loading~spin');
    assert.equal(row({ running: true }).spoken, 'IP whitelisted: checking…');
    assert.equal(row({ result: null }).description, 'not run yet');
  });

  it('has a tooltip with why, what next and the details, all of it text', () => {
    const { tooltip } = row();
    const markdown = typeof tooltip === 'string' ? '' : tooltip.value;
    assert.equal(
      markdown.replace(/\\(.)/g, '$1'),
      [
        '**IP whitelisted** · failed',
        'No IP is whitelisted.',
        'Next: Whitelist the public IP.',
        '- a line\n- [click](command:evil) $(zap) second',
        'Request ID: req-1',
      ].join('\n\n'),
    );
    // Without what is escaped nothing is left that Markdown or HTML would act on.
    assert.doesNotMatch(markdown.replace(/\\./g, ''), /[[\](){}$<>`_:]/);
  });

  it('offers a mend where there is one, and none that changes Exotel on a read-only account', () => {
    assert.equal(row().contextValue, 'check+exotel+mend');
    assert.equal(row({}, false).contextValue, 'check+exotel');
    const local = { ...RESULT, action: { kind: 'findEdge', value: null } as const };
    assert.equal(row({ result: local }, false).contextValue, 'check+exotel+mend');
    assert.equal(row({ running: true }).contextValue, 'check+exotel+running');
    assert.equal(row({ result: { ...RESULT, action: null } }).contextValue, 'check+exotel');
  });

  it('can be ticked when it is for a person', () => {
    const manual = (verdict: CheckResult['level']) =>
      row({ group: 'manual', result: { ...RESULT, level: verdict, action: null } }).contextValue;
    assert.equal(manual('manual'), 'check+manual+unticked');
    assert.equal(manual('ok'), 'check+manual+ticked');
  });

  it('of the trunk counts what is wrong', () => {
    const head = (summary: Partial<Summary>, counts = true) =>
      describe_.describeReport({
        ...{ trunk: 'office', account: 'Production', useCases: ['outbound', 'inbound'] },
        ...{ from: 'this computer', summary: { ...NOTHING, ...summary }, counts },
      });
    assert.equal(head({}).description, 'outbound calls, inbound calls · all passed');
    assert.equal(head({}).icon.id, 'pass');
    const bad = head({ failed: 2, warnings: 1, unknown: 3, open: 4 });
    assert.match(bad.description, / · 2 failed, 1 warning, 3 not known, 4 by hand$/);
    assert.equal(bad.icon.id, 'error');
    assert.equal(head({ warnings: 2 }).icon.id, 'warning');
    assert.equal(head({ unknown: 1 }).icon.id, 'question');
    assert.equal(head({ judged: 0 }).description, 'outbound calls, inbound calls');
    assert.match(head({ running: true, judged: 3 }).description, / · checked 3 of 9$/);
    assert.match(head({ running: true, judged: 3 }, false).description, / · checking…$/);
    assert.equal(head({ running: true }).contextValue, 'checks+running');
  });

  it('of the network says from where it is seen', () => {
    const { label } = describe_.describeGroup('network', 'the SSH host web-1');
    assert.equal(label, 'Network (from the SSH host web-1)');
  });
});
