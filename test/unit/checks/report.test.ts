/** The manual rows, the plan and the report for support. */
import assert from 'node:assert/strict';
import { planChecks, runChecks } from '../../../src/checks/plan';
import { reportMarkdown } from '../../../src/checks/report';
import type { CheckResult, PlannedCheck } from '../../../src/checks/types';
import type { UseCase } from '../../../src/terms/use';
import type { Level } from '../../../src/terms/finding';
import {
  checkFacts,
  GOOD,
  NO_NETWORK,
  type PlainCheckFacts,
  assertReadable,
  never,
  verdictOf,
} from './support';

const USE_CASES = ['outbound', 'inbound', 'streamkit'] as const;
const { signal: quiet } = new AbortController();

describe('What only a person can look at', () => {
  const expected: Readonly<Record<UseCase, readonly (readonly [string, RegExp])[]>> = {
    outbound: [
      ['manual.pbx', /does not register/],
      [
        'manual.firewall.out',
        /TCP 443 to in\.voip\.exotel\.com .*nc -zv in\.voip\.exotel\.com 443/,
      ],
      ['manual.media', /UDP 10000-40000/],
    ],
    inbound: [
      ['manual.connect', /Connect applet that dials sip:trmum1abc/],
      ['manual.firewall.in', /TCP 5061 and 5060 in from Exotel's addresses/],
      ['manual.media', /UDP 10000-40000/],
    ],
    streamkit: [
      ['manual.pbx', /digest challenge/],
      ['manual.header', /X-Exotel-AccountSid: acc1/],
      ['manual.greeting', /greeting/],
      ['manual.firewall.out', /TCP 443/],
      ['manual.media', /UDP 10000-40000/],
    ],
  };

  for (const useCase of USE_CASES) {
    it(`for ${useCase} has its rows, each with the exact text`, async () => {
      const rows = planChecks(GOOD, useCase).filter(({ group }) => group === 'manual');
      assert.deepEqual(
        rows.map(({ id }) => id),
        expected[useCase].map(([id]) => id),
      );
      for (const [id, what] of expected[useCase]) {
        const open = await verdictOf({}, useCase, id);
        assert.equal(open.level, 'manual');
        assert.match(open.what, what);
        assert.match(open.doNext ?? '', /tick/);
        const ticked = await verdictOf({ ticked: new Set([id]) }, useCase, id);
        assert.equal(ticked.level, 'ok');
        assert.match(ticked.what, what);
        const other = await verdictOf({ ticked: new Set(['manual.other']) }, useCase, id);
        assert.equal(other.level, 'manual');
      }
    });
  }

  it('names the ports that matter', async () => {
    const tcp = await verdictOf({ transport: 'tcp' }, 'outbound', 'manual.firewall.out');
    assert.match(tcp.what, /TCP 5070/);
    for (const destinations of [null, []]) {
      const none = await verdictOf({ destinations }, 'inbound', 'manual.firewall.in');
      assert.match(none.what, /TCP 5060 and 5061/);
    }
  });
});

describe('The plan', () => {
  it('is in order: what is set up, the network, what a person looks at; no row twice', () => {
    for (const useCase of USE_CASES) {
      const plan = planChecks(GOOD, useCase);
      const groups = plan.map(({ group }) => group);
      const order = ['exotel', 'network', 'manual'];
      assert.deepEqual(
        groups,
        [...groups].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
      );
      assert.deepEqual(new Set(groups), new Set(order));
      assert.equal(new Set(plan.map(({ id }) => id)).size, plan.length);
      for (const { title } of plan) assert.match(title, /^\S.{2,80}$/);
    }
  });

  const row = (id: string, run: () => Promise<Level>): PlannedCheck => ({
    id,
    group: 'network',
    title: id,
    run: async () => ({
      id,
      kind: id,
      subject: null,
      level: await run(),
      what: 'So.',
      doNext: null,
      action: null,
      evidence: [],
      requestId: null,
    }),
  });

  it('runs at most four rows at once, and gives the results in its own order', async () => {
    const ends: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const plan = Array.from({ length: 11 }, (_, index) =>
      row(`row${index}`, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
        return 'ok';
      }),
    );
    const told: string[] = [];
    const finished = runChecks(plan, NO_NETWORK, quiet, ({ id }) => told.push(id));
    while (told.length < plan.length) {
      // The last that began ends first.
      ends.pop()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const results = await finished;
    assert.equal(most, 4);
    assert.equal(told[0], 'row3');
    assert.deepEqual(
      results.map(({ id }) => id),
      plan.map(({ id }) => id),
    );
  });

  it('when stopped ends at once, and starts no more probes', async () => {
    const controller = new AbortController();
    let asked = 0;
    const waits = async <T>(_: unknown, __: unknown, ...rest: readonly unknown[]): Promise<T> => {
      asked += 1;
      const signal = rest.at(-1) as AbortSignal;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { kind: 'aborted' } as T;
    };
    const destinations = Array.from({ length: 6 }, (_, index) => ({
      destination: `44.248.146.${index + 1}:5060;transport=tcp`,
      priority: index,
      weight: 1,
    }));
    const plan = planChecks(checkFacts({ destinations }), 'inbound');
    const finished = runChecks(
      plan,
      { resolve: () => never(), connect: waits, handshake: waits, options: waits },
      controller.signal,
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(asked, 4);
    controller.abort();
    const results = await finished;
    assert.equal(asked, 4);
    assert.equal(results.length, plan.length);
    for (const { id, level: verdict } of results) {
      if (id.startsWith('destination.tcp:')) assert.equal(verdict, 'unknown');
    }
  });
});

describe('The report', () => {
  const finished = new Date('2026-11-23T10:00:00Z');

  async function report(
    facts: Partial<PlainCheckFacts>,
    useCase: UseCase,
    more: Partial<CheckResult> = {},
    from = 'this computer',
  ) {
    const whole = checkFacts(facts);
    const plan = planChecks(whole, useCase).filter(({ group }) => group !== 'network');
    const results = await runChecks(plan, NO_NETWORK, quiet);
    for (const result of results) assertReadable(result);
    return reportMarkdown({
      facts: whole,
      useCase,
      plan,
      results: new Map(results.map((result) => [result.id, { ...result, ...more }])),
      from,
      finished,
    });
  }

  it('says what was checked, when, from where and with which edge', async () => {
    const text = await report({}, 'outbound', {}, 'the SSH host web-1');
    assert.match(text, /^# Checks of trunk support for outbound calls\n/);
    assert.match(text, /- Account SID: acc1\n- Trunk SID: trmum1abc\n/);
    assert.match(
      text,
      /Run on 2026-11-23T10:00:00\.000Z, from the SSH host web-1\. The PBX may be in another network\./,
    );
    assert.match(
      text,
      /Edge: India, by password, in\.voip\.exotel\.com, TLS 443, TCP 5070 .*looked up 2026-11-01/,
    );
    assert.match(
      text,
      /\n\| Trunk created \| pass \| Trunk trmum1abc exists and is active\. \| {2}\|\n/,
    );
    assert.match(text, /\| to be checked by hand \|/);
    assert.doesNotMatch(await report({}, 'inbound'), /Edge:/);
  });

  it('carries the request id and the details', async () => {
    const text = await report({}, 'outbound', {
      requestId: 'req-123',
      evidence: ['SIP/2.0 200 OK'],
    });
    assert.match(
      text,
      /## Details\n\n- Trunk created: SIP\/2\.0 200 OK\n- Trunk created: Exotel request req-123\n/,
    );
  });

  it('leaves out rows that were not run', () => {
    const plan = planChecks(GOOD, 'outbound');
    const text = reportMarkdown({
      facts: GOOD,
      useCase: 'outbound',
      plan,
      results: new Map(),
      from: 'x',
      finished,
    });
    assert.match(text, /\| --- \| --- \| --- \| --- \|\n$/);
  });

  it('is text only, whatever names and servers say', async () => {
    const evil = [
      'a | b',
      '`code`',
      '<img src=x onerror=alert(1)>',
      'line\n\n# heading\r\n- item\u2028x\u0085y',
      '[click](https://evil.example)',
      '![i](https://evil.example/i.png)',
      '**bold** _it_ ~~gone~~ $x$',
      'https://evil.example www.evil.example',
      '&lt;b&gt; &#60;',
      'back\\slash \\| \\`',
      'rtl\u202Etxt\u0000\u001b[31m',
    ];
    const plain = await report({}, 'outbound');
    for (const text of evil) {
      const facts: Partial<PlainCheckFacts> = {
        trunkName: text,
        trunkSid: text,
        accountSid: text,
        credentials: [{ userName: text, kind: 'own', passwordKnown: true }],
        callerId: text,
        numbers: [{ number: text, mode: 'pstn' }],
        edge: { ...GOOD.edge, name: text, host: text, source: text, checked: text },
      };
      const made = await report(facts, 'outbound', { evidence: [text], requestId: text }, text);
      const lines = made.split('\n');
      const table = (all: string) => all.split('\n').filter((line) => line.startsWith('|'));
      assert.equal(table(made).length, table(plain).length, text);
      for (const line of table(made)) {
        assert.equal(line.match(/(?<!\\)(?:\\\\)*\|/g)?.length, 5, line);
      }
      assert.equal(lines.filter((line) => line.startsWith('#')).length, 2, made);
      assert.equal(lines.filter((line) => /^\s*$/.test(line)).length, 5, made);
      // No sign with a meaning is left that is not escaped; of our own there is none inside a line.
      for (const line of lines.filter((one) => !/^#|^\| ---/.test(one))) {
        assert.doesNotMatch(line, /(?<!\\)(?:\\\\)*[`<>[\]*_~$!]/, line);
        assert.doesNotMatch(line, /[^\\]:\/\/|www\.|&(?!amp;)[#\w]/, line);
      }
      assert.doesNotMatch(made.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\u2028\u2029]/u);
    }
  });

  it('has nothing secret: facts know no password, and no field of theirs is one', async () => {
    // Should a caller hand over more than the type says, it is not written.
    const facts = {
      credentials: [
        { userName: 'desk', kind: 'own' as const, passwordKnown: true, password: 'hunter2secret' },
      ],
      apiToken: 'tokensecret',
    };
    for (const useCase of USE_CASES) assert.doesNotMatch(await report(facts, useCase), /secret/);
  });
});
