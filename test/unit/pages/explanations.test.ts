// What codes and failed calls mean, as pages: found by number and words, mended by commands that exist,
// and nothing secret on the clipboard.
import '../workbench/fake-vscode';
import assert from 'node:assert/strict';
import type { Problem } from '../../../src/exotel/errors';
import { sentRequest } from '../../../src/exotel/request';
import { reportBulk, reportProblem } from '../../../src/app/usecases/report';
import { codeAt } from '../../../src/app/explain/codes-in-line';
import { entries, entryOf } from '../../../src/app/explain/entries';
import {
  actionWrites,
  mendOf,
  type Offer,
  offersOfEntry,
  offersOfFinding,
  offersOfProblem,
} from '../../../src/app/actions';
import type { Failure } from '../../../src/app/explain/failure';
import { type Deed, entryPage, failurePage } from '../../../src/pages/trace/explanation-pages';
import { decodeFromPage } from '../../../src/pages/trace/explanation-protocol';
import { declaredCommands } from '../../support/manifest';
import { SilentUi } from '../../support/silent-ui';

const all = () => true;

function problem(rest: Partial<Problem> = {}): Problem {
  return {
    kind: 'conflict',
    operation: 'map phone number',
    requestId: 'r-1',
    httpStatus: 200,
    code: 1008,
    description: 'Duplicate resource',
    what: 'This phone number is already mapped to a trunk.',
    doNext: 'Find the trunk that has it.',
    request: sentRequest('POST', 'https://api.in.exotel.com/v2/accounts/a/trunks', { a: 1 }, []),
    ...rest,
  } as Problem;
}

function withoutRequest(one: Problem): Problem {
  const { request, ...rest } = one;
  assert.ok(request);
  return rest;
}

const copied = (deed: Deed | undefined) => (deed?.kind === 'copy' ? deed.text() : null);

describe('What can be looked up', () => {
  it('has an id of its own each, and texts', () => {
    assert.equal(new Set(entries().map(({ id }) => id)).size, entries().length);
    for (const { id, title, cause, solution, steps } of entries()) {
      assert.ok(title !== '' && cause !== '', id);
      assert.ok(solution !== '' || steps.length > 0, id);
      assert.match(id, /^[a-z]+:[a-z0-9-]+$/);
    }
  });

  it('is of every kind, the number first in the title', () => {
    const kinds = [...new Set(entries().map(({ kind }) => kind))].sort();
    assert.deepEqual(kinds, ['api', 'chart', 'exotel', 'http', 'issue', 'sip']);
    assert.match(entryOf('sip:488')?.title ?? '', /^488 /);
    assert.match(entryOf('api:1008')?.title ?? '', /^1008 /);
    assert.match(entryOf('exotel:4001')?.title ?? '', /4001/);
  });

  it('also knows a SIP status of no table by its class, and nothing else', () => {
    assert.match(entryOf('sip:499')?.cause ?? '', /refused/);
    assert.match(entryOf('sip:599')?.solution ?? '', /500/);
    for (const none of ['sip:700', 'sip:99', 'http:418', '', 'sip', 'constructor', '__proto__']) {
      assert.equal(entryOf(none), null, none);
    }
  });
});

describe('A page of an entry', () => {
  it('says cause, what to do, where the words come from, and offers the command', () => {
    const { page, deeds } = entryPage(entryOf('sip:403') ?? assert.fail(), all);
    assert.deepEqual(
      page.blocks.map(({ heading }) => heading),
      ['Cause', 'What to do'],
    );
    assert.match(page.source, /guide/);
    const [button] = page.blocks[1]?.buttons ?? [];
    assert.equal(button?.primary, true);
    assert.deepEqual(deeds.get(button.id), {
      kind: 'command',
      command: 'exotelSip.ip.whitelist',
      args: [],
    });
  });

  it('shows a flow chart as steps', () => {
    const chart = entries().find(({ kind }) => kind === 'chart') ?? assert.fail();
    const { page } = entryPage(chart, all);
    assert.ok(page.blocks.some(({ steps }) => steps.length > 1));
  });

  it('offers no command that is not there', () => {
    const { page } = entryPage(entryOf('sip:403') ?? assert.fail(), () => false);
    assert.deepEqual(
      page.blocks.flatMap(({ buttons }) => buttons),
      [],
    );
  });
});

describe('What mends', () => {
  const actions = [
    ...(['mapNumber', 'switchMode', 'whitelistIp', 'addDestination', 'editDestination'] as const),
    ...(['createCredential', 'rotateCredential', 'setCallerId', 'refresh', 'findEdge'] as const),
    'openSettings' as const,
  ];
  const kinds = [
    ...(['digestLoop', 'realm', 'ipRefused', 'callerIdNotMapped', 'fromDomain'] as const),
    ...(['numberFormat', 'numberUnknown', 'codecs', 'srtp', 'transportMismatch'] as const),
    ...(['privateAddress', 'rtpPorts', 'ackLost', 'optionsUnanswered', 'noAnswer'] as const),
    ...(['registration', 'flowHeader', 'challengedInbound', 'busy', 'cancelled'] as const),
    ...(['declined', 'serverError', 'otherFailure'] as const),
  ];
  const problems: readonly Partial<Problem>[] = [
    { kind: 'auth' },
    { kind: 'forbidden' },
    { kind: 'notFound' },
    { kind: 'conflict' },
    { kind: 'conflict', operation: 'create trunk' },
    { kind: 'invalid', field: 'destination', description: 'Destination not whitelisted' },
    { kind: 'rateLimited', retryAfterMs: null },
    { kind: 'server' },
    { kind: 'network', cause: 'proxy' },
    { kind: 'network', cause: 'dns' },
    { kind: 'badResponse' },
    { kind: 'aborted' },
  ];

  it('is a declared command, under its own title', () => {
    const declared = new Map(declaredCommands.map(({ id, title }) => [id, title]));
    const offers: readonly Offer[] = [
      ...actions.flatMap((kind) => offersOfEntry(kind, null)),
      ...kinds.flatMap((kind) =>
        (['in', 'out', 'unknown'] as const).flatMap((way) => offersOfFinding({ kind }, way)),
      ),
      ...problems.flatMap((one) => offersOfProblem(problem(one))),
    ];
    for (const { label, command } of offers) {
      if (command.startsWith('exotelSip.')) assert.equal(declared.get(command), label, command);
      else assert.equal(command, 'workbench.action.openSettings');
    }
  });

  it('changes Exotel where its command does, and is told where it is to', () => {
    const harmless = actions.filter((kind) => !actionWrites(kind));
    assert.deepEqual(harmless, ['refresh', 'findEdge', 'openSettings']);
    const trunk = { kind: 'trunk', accountId: 'a', trunkSid: 'trmum1' } as const;
    for (const kind of actions.filter((one) => one !== 'openSettings')) {
      const { args, command } = mendOf({ kind, value: null }, { trunk, snapshot: null });
      assert.deepEqual(args[0], trunk, command);
    }
  });

  it('never changes Exotel for what the PBX refused', () => {
    for (const kind of ['ipRefused', 'numberUnknown'] as const) {
      const commands = offersOfFinding({ kind }, 'in').map(({ command }) => command);
      assert.deepEqual(commands, ['exotelSip.pbx.generate']);
    }
  });

  it('sends a duplicate number to the trunk that has it, and an unknown IP to the whitelist', () => {
    const [first] = offersOfProblem(problem());
    assert.equal(first?.command, 'exotelSip.number.find');
    const invalid = {
      kind: 'invalid',
      field: 'destination',
      description: 'Destination not whitelisted',
    };
    const [second] = offersOfProblem(problem(invalid as Partial<Problem>));
    assert.equal(second?.command, 'exotelSip.ip.whitelist');
  });
});

describe('A page of a failed call', () => {
  const textOf = (failures: readonly Failure[]) => JSON.stringify(failurePage(failures, all).page);

  it('says what happened, what to do, what status and code mean, and how to find it again', () => {
    const text = textOf([{ problem: problem(), subject: 'Map Phone Numbers' }]);
    for (const part of [
      'Map Phone Numbers',
      'already mapped',
      'Find the trunk',
      '200 OK',
      '1008 Duplicate resource',
      'r-1',
      'Copy Request ID',
      'Copy as cURL',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('explains the odd 200 of a duplicate, the region of a refused key, and the limit', () => {
    assert.match(textOf([{ problem: problem(), subject: null }]), /HTTP 200 and the status/);
    const auth = problem({ kind: 'auth', httpStatus: 401, code: 1010 });
    assert.match(
      textOf([{ problem: auth, subject: null }]),
      /another region.*api\.in\.exotel\.com/,
    );
    const limit = problem({ kind: 'rateLimited', httpStatus: 429, code: 1030, retryAfterMs: null });
    assert.match(textOf([{ problem: limit, subject: null }]), /200 calls a minute/);
  });

  it('copies the request as cURL with variables, and the request id as it is', () => {
    const { page, deeds } = failurePage([{ problem: problem(), subject: null }], all);
    const buttons = page.blocks.flatMap((block) => block.buttons);
    const deedOf = (label: string) =>
      deeds.get(buttons.find((one) => one.label === label)?.id ?? '');
    assert.equal(copied(deedOf('Copy Request ID')), 'r-1');
    assert.match(copied(deedOf('Copy as cURL')) ?? '', /\$EXOTEL_API_KEY:\$EXOTEL_API_TOKEN/);
  });

  it('has one part per item of a bulk change, each with its own id', () => {
    const failures = ['+911', '+912'].map((subject, at) => ({
      subject,
      problem: problem({ requestId: `r-${at}` }),
    }));
    const { page, deeds } = failurePage(failures, all);
    assert.match(page.title, /2 calls failed/);
    const ids = page.blocks
      .flatMap(({ buttons }) => buttons)
      .filter(({ label }) => label === 'Copy Request ID')
      .map(({ id }) => copied(deeds.get(id)));
    assert.deepEqual(ids, ['r-0', 'r-1']);
  });

  it('offers nothing to copy where nothing was sent', () => {
    const nothing = {
      kind: 'network',
      cause: 'dns',
      httpStatus: null,
      code: null,
      requestId: null,
    };
    const unsent = withoutRequest(problem(nothing as Partial<Problem>));
    const { page } = failurePage([{ problem: unsent, subject: null }], all);
    const labels = page.blocks.flatMap(({ buttons }) => buttons.map(({ label }) => label));
    assert.deepEqual(labels, ['Verify Account', 'Show Log']);
  });
});

describe('The notice of a failed call', () => {
  function stage(...presses: string[]) {
    const ui = new SilentUi();
    ui.presses = presses;
    const shown: (readonly Failure[])[] = [];
    const ports = {
      ui,
      log: { warn: () => undefined },
      troubleshooter: {
        showFailures: (failures: readonly Failure[]) => {
          shown.push(failures);
          return Promise.resolve();
        },
      },
    };
    return { ui, shown, ports };
  }

  it('has four buttons, Explain first', async () => {
    const { ui, ports } = stage();
    await reportProblem(ports, problem());
    assert.deepEqual(ui.buttons, [['Explain', 'Copy Request ID', 'Copy as cURL', 'Show Log']]);
  });

  it('leaves out what there is nothing to copy of', async () => {
    const { ui, ports } = stage();
    await reportProblem(ports, withoutRequest(problem({ requestId: null })));
    assert.deepEqual(ui.buttons, [['Explain', 'Show Log']]);
  });

  it('does what the buttons say', async () => {
    for (const press of ['Explain', 'Copy Request ID', 'Copy as cURL', 'Show Log']) {
      const { ui, shown, ports } = stage(press);
      await reportProblem(ports, problem(), 'Map Phone Numbers');
      assert.equal(shown.length, press === 'Explain' ? 1 : 0);
      assert.equal(ui.said.includes('log shown'), press === 'Show Log');
      assert.equal(ui.copied.length, press.startsWith('Copy') ? 1 : 0);
    }
  });

  it('explains every failed item of a bulk change', async () => {
    const { ui, shown, ports } = stage('Explain');
    const failed = ['a', 'b'].map((input) => ({ input, problem: problem() }));
    const outcome = { done: [], failed, notTried: ['c'] };
    const words = {
      allDone: 'Mapped.',
      someDone: (done: number, every: number) => `Mapped ${String(done)} of ${String(every)}.`,
      done: (count: number) => `Mapped: ${String(count)}`,
      notDone: (count: number) => `Not mapped: ${String(count)}`,
      label: (input: string) => input,
      why: (input: string) => (input === 'b' ? 'It is elsewhere.' : null),
    };
    assert.equal(await reportBulk(ports, [outcome], words), false);
    assert.deepEqual(ui.said[0]?.split('\n'), [
      'Mapped 0 of 3.',
      'Not mapped: 2',
      '  ✗ a: This phone number is already mapped to a trunk. Find the trunk that has it.',
      '  ✗ b: It is elsewhere.',
      'Not tried: 1',
      '  – c',
    ]);
    assert.deepEqual(
      shown.map((failures) => failures.map(({ subject }) => subject)),
      [['a', 'b']],
    );
  });
});

describe('A code in a line of a log', () => {
  const at = (line: string, text: string) => codeAt(line, line.indexOf(text))?.id ?? null;

  it('is found where the pointer rests on it, from the version to the reason', () => {
    const line = '[Nov 23] <--- SIP/2.0 488 Not Acceptable Here --->';
    assert.equal(at(line, 'SIP/2.0'), 'sip:488');
    assert.equal(at(line, '488'), 'sip:488');
    assert.equal(at(line, 'Acceptable'), 'sip:488');
    assert.equal(at(line, 'Nov'), null);
  });

  it('is the one of the place when there are several', () => {
    const line = 'SIP/2.0 401 Unauthorized, then SIP/2.0 403 Forbidden';
    assert.equal(at(line, '401'), 'sip:401');
    assert.equal(at(line, 'Forbidden'), 'sip:403');
  });

  it('is also Exotel’s own', () => {
    for (const line of ['X-Exotel-ErrorCode: 4001', '"x-exotel-errorcode":"4001"']) {
      assert.equal(at(line, '4001'), 'exotel:4001', line);
    }
  });

  it('is no request, and no other number', () => {
    for (const line of [
      'INVITE sip:+91488@x SIP/2.0',
      'took 488 ms',
      'SIP/2.0 4888',
      'HTTP/1.1 404',
    ]) {
      for (let character = 0; character <= line.length; character += 1) {
        assert.equal(codeAt(line, character), null, line);
      }
    }
  });

  it('costs nothing in a line without end', () => {
    const line = `${'SIP/2.0 '.repeat(1_000_000)}SIP/2.0 404 Not Found`;
    assert.equal(codeAt(line, line.length - 12)?.id, 'sip:404');
    assert.equal(codeAt(line, 4_000_000), null);
  });
});

describe('What a page says to the host', () => {
  it('is taken only as it is meant', () => {
    assert.deepEqual(decodeFromPage({ type: 'press', id: 'b1' }), { type: 'press', id: 'b1' });
    assert.deepEqual(decodeFromPage({ type: 'line', line: 3 }), { type: 'line', line: 3 });
    for (const junk of [
      null,
      'ready',
      {},
      { type: 'command', command: 'x' },
      { type: 'line', line: -1 },
      { type: 'line', line: 1.5 },
      { type: 'press', id: 'x'.repeat(65) },
      { type: 'dialog', index: '0' },
    ]) {
      assert.equal(decodeFromPage(junk), null);
    }
  });
});
