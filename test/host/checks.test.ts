// First-call checks as VS Code runs them: the commands, the rows they redraw, and what their mends call.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Probes } from '../../src/checks/types';
import type { TestApi } from '../../src/extension';
import { checkNodeId, type CheckNode, type CheckRef } from '../../src/app/checks/check-refs';
import type { TrunkRef } from '../../src/app/refs';
import { ENTER, type ScriptedAnswer } from '../support/scripted-prompter';
import { services, stage, until, type Stage } from './extension';

const OUTBOUND = 'trmum1f708622631150902801a1n';
const INBOUND = 'trmum15c19d0b84e7a326f911a2b';

/** Everything answers, and well. */
const FINE: Probes = {
  resolve: () => Promise.resolve({ kind: 'resolved', addresses: ['127.0.0.9'], cname: null }),
  connect: () => Promise.resolve({ kind: 'open', address: '127.0.0.9', ms: 1 }),
  handshake: (host) =>
    Promise.resolve({
      kind: 'handshake',
      version: 'TLSv1.3',
      cipher: 'any',
      chain: [
        {
          ...{ subject: host, issuer: 'An authority', names: [host], selfSigned: false },
          ...{ notBefore: new Date(0), notAfter: new Date(Date.now() + 1e10) },
        },
      ],
      trust: null,
      nameMatches: true,
      ms: 1,
    }),
  options: () =>
    Promise.resolve({ kind: 'answered', status: 200, reason: 'OK', program: null, ms: 1 }),
};

describe('The first-call checks', () => {
  let on: Stage;
  let parts: { -readonly [K in keyof TestApi['services']]: TestApi['services'][K] };
  let drawn: string[];
  let subscription: vscode.Disposable;

  beforeEach(async () => {
    on = await stage();
    parts = await services();
    parts.probes = FINE;
    drawn = [];
    subscription = parts.checkTree.onDidChangeTreeData((ref) => {
      drawn.push(ref === undefined ? 'everything' : checkNodeId(ref).replace(on.account.id, 'A'));
    });
  });

  afterEach(async () => {
    subscription.dispose();
    await on.close();
  });

  const trunk = (trunkSid = OUTBOUND): TrunkRef => ({
    kind: 'trunk',
    accountId: on.account.id,
    trunkSid,
  });
  const shown = (): CheckNode[] => {
    const { checkTree } = parts;
    const below = (ref?: CheckNode): CheckNode[] =>
      checkTree.getChildren(ref).flatMap((child) => [child, ...below(child)]);
    return below();
  };
  const item = (ref: CheckNode) => parts.checkTree.getTreeItem(ref);
  const labelOf = (ref: CheckNode): string => {
    const { label } = item(ref);
    return typeof label === 'string' ? label : '';
  };
  const row = (id: string): CheckRef =>
    shown().find((ref): ref is CheckRef => ref.kind === 'check' && ref.key.endsWith(`/${id}`)) ??
    assert.fail(`no row ${id}`);
  const verdict = (id: string) => parts.checks.report(trunk())?.row(row(id).key)?.result?.level;
  const inboundVerdict = (id: string) =>
    parts.checks.report(trunk(INBOUND))?.row(row(id).key)?.result?.level;

  /** Runs the checks of these use cases on a trunk. */
  const run = (names: readonly string[], ref = trunk()) =>
    on.run('exotelSip.check.run', [names], ref);
  const mend = (id: string, ...answers: readonly ScriptedAnswer[]) =>
    on.run('exotelSip.check.mend', answers, row(id));

  it('show the trunk and its groups, each row a picture of its verdict', async () => {
    assert.deepEqual(shown(), []);
    await run(['outbound calls']);
    const [head, ...groups] = parts.checkTree.getChildren();
    assert.ok(head);
    assert.equal(labelOf(head), 'outbound_trunk');
    assert.deepEqual(groups.map(labelOf), [
      'At Exotel',
      `Network (from ${parts.checks.from})`,
      'By Hand',
    ]);
    const { description, accessibilityInformation, iconPath, tooltip } = item(row('number.mapped'));
    assert.match(String(description), /^Mapped: \+918040123456/);
    assert.match(accessibilityInformation?.label ?? '', /mode: passed\. Mapped/);
    assert.equal((iconPath as vscode.ThemeIcon).id, 'pass');
    assert.ok(tooltip instanceof vscode.MarkdownString && tooltip.isTrusted !== true);
  });

  it('suggest the use cases that are set up', async () => {
    await on.run('exotelSip.check.run', [ENTER], trunk(INBOUND));
    assert.deepEqual(parts.checks.useCases(trunk(INBOUND)), ['outbound', 'inbound']);
  });

  it('redraw a row for its verdict, and never everything', async () => {
    await run(['outbound calls']);
    drawn.length = 0;
    await on.run('exotelSip.check.rerun', [], row('number.mapped'));
    const head = `checks/A/${OUTBOUND}`;
    assert.deepEqual([...new Set(drawn)].sort(), [head, `${head}/exotel/outbound/number.mapped`]);
    drawn.length = 0;
    await on.run('exotelSip.check.runAgain', []);
    assert.ok(drawn.length > 10 && !drawn.includes('everything'));
  });

  it('mend: the mode of a number, an IP, the caller ID', async () => {
    const model = await parts.models.open(on.account.id);
    await model.ensureTrunks();
    await model.ensureSections(OUTBOUND);
    const sections = model.trunk(OUTBOUND)?.sections;
    const ids = (sections?.numbers.value ?? []).map(({ id }) => id);
    await model.changeModes(OUTBOUND, ids, 'flow');
    await model.removeIps(
      OUTBOUND,
      (sections?.ips.value ?? []).map(({ id }) => id),
    );
    await model.setCallerId(OUTBOUND, '+918099999999');
    await run(['outbound calls']);
    assert.equal(verdict('number.mapped'), 'problem');
    await mend('number.mapped', 'pstn');
    assert.equal(verdict('number.mapped'), 'ok');

    // The trunk has a credential of its own, but its password is not known here.
    assert.equal(verdict('credential.known'), 'warning');
    await on.run('exotelSip.ip.whitelist', ['13.200.45.99'], trunk());
    await until('the verdict follows', () => verdict('credential.known') === 'ok');

    assert.equal(verdict('callerId.mapped'), 'problem');
    await mend('callerId.mapped', '+918040123456');
    assert.equal(verdict('callerId.mapped'), 'ok');
  });

  it('mend: a missing number is mapped in the mode that is missing', async () => {
    const model = await parts.models.open(on.account.id);
    await model.ensureTrunks();
    await model.ensureSections(OUTBOUND);
    const ids = (model.trunk(OUTBOUND)?.sections.numbers.value ?? []).map(({ id }) => id);
    await model.unmapNumbers(OUTBOUND, ids);
    await run(['StreamKit']);
    assert.equal(verdict('number.mapped'), 'problem');
    await mend('number.mapped', '+918045671234', ENTER);
    assert.equal(verdict('number.mapped'), 'ok');
    assert.equal(model.trunk(OUTBOUND)?.sections.numbers.value?.[0]?.mode, 'flow');
  });

  it('mend: a destination, and the IP of one, filled in', async () => {
    const model = await parts.models.open(on.account.id);
    await model.ensureTrunks();
    await model.ensureSections(INBOUND);
    const { destinations, ips } = model.trunk(INBOUND)?.sections ?? assert.fail();
    const ipIds = (ips.value ?? []).map(({ id }) => id);
    await model.removeIps(INBOUND, ipIds);
    await run(['inbound calls'], trunk(INBOUND));
    assert.equal(inboundVerdict('destination.whitelisted'), 'problem');
    const asked = await mend('destination.whitelisted', ENTER);
    assert.equal(asked.asked[0]?.value, '13.200.45.61');
    assert.equal(inboundVerdict('destination.whitelisted'), 'ok');

    const destinationIds = (destinations.value ?? []).map(({ id }) => id);
    await model.removeDestinations(INBOUND, destinationIds);
    await until('the verdict follows', () => inboundVerdict('destination.set') === 'problem');
    await mend('destination.set', 'sip.example.com:5060;transport=tcp');
    assert.equal(inboundVerdict('destination.set'), 'ok');
    // The network is asked about the new one at once.
    assert.equal(inboundVerdict('destination.sip:sip.example.com:5060'), 'ok');
  });

  it('mend: an edge that answers, remembered for the trunk', async () => {
    const options: Probes['options'] = (host) =>
      Promise.resolve(
        host === 'pstn.sgp1.exotel.com'
          ? { kind: 'answered', status: 200, reason: 'OK', program: null, ms: 1 }
          : { kind: 'noTcp', result: { kind: 'filtered' } },
      );
    parts.probes = { ...FINE, connect: () => Promise.resolve({ kind: 'refused' }), options };
    await run(['outbound calls']);
    const [first] = shown().filter(
      (ref): ref is CheckRef => ref.kind === 'check' && ref.key.includes('/edge.tcp:'),
    );
    assert.match(item(first ?? assert.fail()).contextValue ?? '', /\+mend\b/);
    parts.probes = { ...FINE, options };
    const asked = await on.run('exotelSip.check.mend', ['Singapore, TCP'], first);
    assert.deepEqual(asked.asked[0]?.choices.slice(0, 2), ['Singapore, TLS', 'Singapore, TCP']);
    assert.deepEqual(parts.checks.edge(trunk()), { edgeId: 'singapore', transport: 'tcp' });
    assert.equal(verdict('edge.sip:pstn.sgp1.exotel.com:5070'), 'ok');
  });

  it('offer no mend that changes Exotel on a read-only account, and do none', async () => {
    const model = await parts.models.open(on.account.id);
    await model.ensureTrunks();
    await model.ensureSections(OUTBOUND);
    const ids = (model.trunk(OUTBOUND)?.sections.numbers.value ?? []).map(({ id }) => id);
    await model.unmapNumbers(OUTBOUND, ids);
    await run(['outbound calls']);
    assert.match(item(row('number.mapped')).contextValue ?? '', /\+mend\b/);
    await on.run('exotelSip.account.makeReadOnly', [], {
      kind: 'account',
      accountId: on.account.id,
    });
    assert.doesNotMatch(item(row('number.mapped')).contextValue ?? '', /\+mend\b/);
    on.sandbox.clearRequests();
    await mend('number.mapped');
    assert.equal(on.sandbox.mutations(), 0);
  });

  it('remember what was looked at by hand', async () => {
    await run(['outbound calls']);
    const box = () => item(row('manual.media')).checkboxState;
    const state = () => {
      const now = box();
      return typeof now === 'object' ? now.state : now;
    };
    assert.equal(state(), vscode.TreeItemCheckboxState.Unchecked);
    await on.run('exotelSip.check.tick', [], row('manual.media'));
    assert.equal(state(), vscode.TreeItemCheckboxState.Checked);
    await on.run('exotelSip.check.runAgain', []);
    assert.equal(state(), vscode.TreeItemCheckboxState.Checked);
    await on.run('exotelSip.check.untick', [], row('manual.media'));
    assert.equal(state(), vscode.TreeItemCheckboxState.Unchecked);
  });

  it('on all trunks of an account: one row each, and a mark in the tree on those that fail', async () => {
    parts.probes = { ...FINE, connect: () => Promise.resolve({ kind: 'refused' }) };
    await on.run('exotelSip.check.runAll', [], { kind: 'account', accountId: on.account.id });
    assert.deepEqual(parts.checkTree.getChildren().map(labelOf), [
      ...['outbound_trunk', 'inbound_trunk', 'streamkit_trunk'],
    ]);
    const mark = () => String(parts.tree.getTreeItem(trunk()).description);
    assert.match(mark(), /checks? fails?$/);
    assert.match(on.ui.said.at(-1) ?? '', /^Checks of 3 trunks failed\.$/);
    parts.probes = FINE;
    await on.run('exotelSip.check.runAgain', []);
    assert.equal(mark(), '');
  });

  it('are copied as a report without secrets', async () => {
    await run(['outbound calls', 'StreamKit']);
    await on.run('exotelSip.check.copyReport', []);
    const [text = ''] = on.ui.copied;
    assert.match(text, /^# Checks of trunk outbound\\_trunk for outbound calls$/m);
    assert.match(text, /^# Checks of trunk outbound\\_trunk for StreamKit calls$/m);
    for (const secret of [on.sandbox.apiKey, on.sandbox.apiToken]) {
      assert.ok(!text.includes(secret));
    }
  });

  it('do nothing with rows that are no more, or arguments that are not theirs', async () => {
    await run(['outbound calls']);
    const gone = { ...row('number.mapped'), key: 'outbound/never' };
    on.sandbox.clearRequests();
    for (const command of ['mend', 'rerun', 'tick', 'untick']) {
      for (const junk of [undefined, null, {}, 'x', gone, trunk()]) {
        await on.run(`exotelSip.check.${command}`, [], junk);
      }
    }
    assert.deepEqual(on.sandbox.requests, []);
  });
});
