// What goes wrong on the way to Exotel: the client's word for each cause, what it does about it, and what
// a person reads.
import assert from 'node:assert/strict';
import type { NetworkCause, Problem } from '../../../src/exotel/errors';
import type { Mishap } from '../../../src/sandbox/index';
import { SEEDED } from '../../support/account';
import { problemOf } from '../exotel/support';
import { PLANTED, wire, type Wired } from './support';

interface Row {
  readonly cause: string;
  /** Null: the sandbox is gone. */
  readonly then: Mishap | null;
  readonly kind: Problem['kind'];
  readonly network?: NetworkCause;
  readonly http: number | null;
  /** How often a read is tried, and a create. */
  readonly tries: readonly [read: number, create: number];
}

const ROWS: readonly Row[] = [
  {
    cause: 'nobody listens',
    then: null,
    kind: 'network',
    network: 'refused',
    http: null,
    // What certainly never arrived may be sent again, whatever it is.
    tries: [3, 3],
  },
  {
    cause: 'the connection is reset',
    then: { kind: 'reset' },
    kind: 'network',
    network: 'reset',
    http: null,
    tries: [3, 1],
  },
  {
    cause: 'no answer in time',
    then: { kind: 'delay', delayMs: 10_000 },
    kind: 'network',
    network: 'timeout',
    http: null,
    tries: [3, 1],
  },
  {
    cause: 'the connection ends in the middle of the answer',
    then: { kind: 'truncate' },
    kind: 'network',
    network: 'reset',
    http: null,
    tries: [3, 1],
  },
  {
    cause: 'half an answer that says it is whole',
    then: { kind: 'answer', status: 200, body: '{"response": {"status": "succ' },
    kind: 'badResponse',
    http: 200,
    tries: [1, 1],
  },
  {
    cause: 'a gateway’s error page',
    then: { kind: 'html' },
    kind: 'server',
    http: 502,
    tries: [3, 1],
  },
  {
    cause: 'a portal’s sign-in page',
    then: {
      kind: 'answer',
      status: 200,
      body: '<!doctype html><title>Sign in</title>',
      headers: { 'Content-Type': 'text/html' },
    },
    kind: 'badResponse',
    http: 200,
    tries: [1, 1],
  },
  {
    cause: 'an empty answer',
    then: { kind: 'answer', status: 200, body: '' },
    kind: 'badResponse',
    http: 200,
    tries: [1, 1],
  },
];

const read = ({ api }: Wired) => api.listIps(SEEDED.outbound);
const create = ({ api }: Wired) => api.createTrunk({ name: 'fresh' });

interface Failed {
  readonly problem: Problem;
  readonly tries: number;
}

async function fail(row: Row, call: (on: Wired) => Promise<unknown>): Promise<Failed> {
  const on = await wire({}, row.network === 'timeout' ? { timeoutMs: 30 } : {});
  try {
    if (row.then === null) await on.sandbox.close();
    else on.sandbox.fail({ times: 10, then: row.then });
    const problem = await problemOf(call(on));
    return { problem, tries: on.exchanges.length };
  } finally {
    await on.close();
  }
}

const textOf = ({ what: sentence, doNext: nextStep }: Problem) =>
  `${sentence} ${nextStep}`.replace(/127\.0\.0\.1:\d+/g, 'the host');

describe('On the way to Exotel', () => {
  const reads = new Map<string, Problem>();

  before(async () => {
    for (const row of ROWS) reads.set(row.cause, (await fail(row, read)).problem);
  });

  for (const row of ROWS) {
    const { cause, kind, network, http, tries } = row;
    it(`${cause}: a read is tried ${tries[0]} times, a create ${tries[1]}`, async () => {
      const reading = await fail(row, read);
      const creating = await fail(row, create);
      assert.deepEqual([reading.tries, creating.tries], tries);
      for (const { problem } of [reading, creating]) {
        assert.equal(problem.kind, kind);
        assert.equal(problem.kind === 'network' ? problem.cause : undefined, network);
        assert.equal(problem.httpStatus, http);
        assert.equal(problem.code, null);
        assert.equal(problem.requestId, null);
        for (const text of [problem.what, problem.doNext]) {
          assert.match(text, /^[\p{Lu}\d].{8,198}\.$/u);
        }
        for (const secret of Object.values(PLANTED)) {
          assert.ok(!JSON.stringify(problem).includes(secret));
        }
      }
      const mayBeDone = /may have carried it out all the same: refresh/;
      if (network === 'refused') assert.doesNotMatch(creating.problem.doNext, mayBeDone);
      else assert.match(creating.problem.doNext, mayBeDone);
      assert.doesNotMatch(reading.problem.doNext, mayBeDone);
    });
  }

  it('every cause reads like itself', () => {
    const same = ({ kind, network }: Row) => network ?? kind;
    const texts = new Map<string, string>();
    for (const row of ROWS) {
      const problem = reads.get(row.cause) ?? assert.fail(row.cause);
      const cause = same(row) === 'reset' ? 'reset' : row.cause;
      assert.equal(texts.get(textOf(problem)) ?? cause, cause, textOf(problem));
      texts.set(textOf(problem), cause);
    }
    assert.equal(texts.size, ROWS.length - 1, 'both kinds of a broken connection read the same');
  });
});
