// Every row and every code of the tables in Exotel's guides is found in the product. seed-tables.json is
// what stands there, with the words the product has to say it in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { charts, issues } from '../../../src/app/explain/guide';
import { planChecks } from '../../../src/checks/plan';
import { sipCode } from '../../../src/sip/codes';
import type { UseCase } from '../../../src/terms/use';
import { CALLS_PER_MINUTE } from '../../../src/exotel/limiter';
import { REGION_HOSTS } from '../../../src/exotel/regions';
import { Secret } from '../../../src/exotel/secret';
import { errorCode, httpStatus } from '../../../src/exotel/tables';
import { entries, entryOf, type Entry } from '../../../src/app/explain/entries';
import { bench, closeAll, type Bench } from '../exotel/support';
import { GOOD } from '../checks/support';

interface Row {
  readonly words: readonly string[];
}

interface Seed {
  readonly checklists: Readonly<
    Record<'outbound' | 'inbound', readonly { readonly check: string }[]>
  >;
  readonly validationScript: readonly {
    readonly method: string;
    readonly path: string;
    readonly check: string;
    readonly useCase: UseCase;
  }[];
  readonly sipCodes: readonly (Row & { readonly code: number; readonly meaning: string })[];
  readonly charts: readonly {
    readonly problem: string;
    readonly symptomWords: readonly string[];
    readonly checks: readonly (Row & { readonly steps: readonly string[] })[];
  }[];
  readonly issues: readonly (Row & { readonly issue: string })[];
  readonly apiTroubleshooting: readonly (Row & {
    readonly issue: string;
    readonly found: string;
  })[];
  readonly httpStatuses: readonly (Row & { readonly code: number; readonly status: string })[];
  readonly errorCodes: readonly (Row & { readonly code: number; readonly http: number })[];
  readonly apiSummary: readonly {
    readonly api: string;
    readonly method: string;
    readonly endpoint: string;
  }[];
  readonly useCases: readonly { readonly useCase: string; readonly mode: string | null }[];
  readonly regions: readonly { readonly region: string; readonly baseUrl: string }[];
  readonly callsPerMinute: number;
}

const seed = JSON.parse(readFileSync(join(__dirname, 'seed-tables.json'), 'utf8')) as Seed;

function says(text: string, words: readonly string[], where: string): void {
  assert.ok(words.length > 0, where);
  for (const word of words) {
    assert.ok(
      text.toLowerCase().includes(word.toLowerCase()),
      `${where}: no "${word}" in: ${text}`,
    );
  }
}

function wordsOf({ title, cause, solution, steps }: Entry): string {
  const looks = steps.flatMap((step) => [step.question, ...step.steps]);
  return [title, cause, solution, ...looks].join('\n');
}

/** Title of the guide's checklist -> title of the row, where the row says more. */
const TITLES: Readonly<Record<string, RegExp>> = {
  'Phone number mapped': /^Phone number mapped/,
  'Server listening': /^Server .*: port open$/,
  'TLS certificate valid': /^Server .*: certificate$/,
};

function planned(check: string, useCase: UseCase): boolean {
  const title = TITLES[check];
  return planChecks(GOOD, useCase).some((row) => title?.test(row.title) ?? row.title === check);
}

describe('Of the tables in Exotel’s guides', () => {
  afterEach(closeAll);

  for (const useCase of ['outbound', 'inbound'] as const) {
    for (const { check } of seed.checklists[useCase]) {
      it(`the checklist ${useCase} has "${check}" as a row that runs`, () => {
        assert.ok(planned(check, useCase));
      });
    }
  }

  it('the step "Server listening" is looked at for each destination, and its certificate too', () => {
    const titles = planChecks(GOOD, 'inbound').map(({ title }) => title);
    assert.equal(titles.filter((title) => /^Server .*: port open$/.test(title)).length, 2);
    assert.equal(titles.filter((title) => /^Server .*: certificate$/.test(title)).length, 1);
  });

  for (const { path, method, check, useCase } of seed.validationScript) {
    it(`the validation script's ${method} ${path} is a row, and a call of the client`, async () => {
      assert.ok(planned(check, useCase));
      const on = await bench();
      assert.ok((await calls(on)).has(`${method} ${path.replace('<trunk_sid>', 'TRUNK')}`));
    });
  }

  for (const { code, meaning, words } of seed.sipCodes) {
    it(`SIP ${code} ${meaning} is explained, and can be looked up`, () => {
      const known = sipCode(code);
      assert.ok(known !== null && known.source === 'guide');
      // The RFC says it longer in places: 488 Not Acceptable Here, 504 Server Time-out.
      const same = known.meaning.toLowerCase().startsWith(meaning.toLowerCase());
      assert.ok(same || code === 504, known.meaning);
      says(`${known.cause} ${known.solution}`, words, String(code));
      says(wordsOf(entryOf(`sip:${code}`) ?? assert.fail()), words, String(code));
    });
  }

  for (const { problem, symptomWords, checks } of seed.charts) {
    it(`the flow chart "${problem}" is there with every step`, () => {
      const start = problem.replace(/ (Received|Connects).*/i, '').toLowerCase();
      const chart = charts().find((one) => one.problem.toLowerCase().startsWith(start));
      assert.ok(chart, problem);
      says(chart.symptom, symptomWords, problem);
      assert.equal(chart.checks.length, checks.length);
      for (const [at, { words, steps }] of checks.entries()) {
        const step = chart.checks[at] ?? assert.fail();
        says([step.question, ...step.steps].join('\n'), words, `${problem} ${at + 1}`);
        // Codecs are told in one line.
        assert.ok(step.steps.length >= Math.min(steps.length, 2) || steps.length === 1);
      }
      assert.ok(entries().some((entry) => entry.kind === 'chart' && entry.title === chart.problem));
    });
  }

  for (const { issue, words } of seed.issues) {
    it(`the common issue "${issue}" is there with cause and fix`, () => {
      const key = issue.replace(/ on (an )?/, ' ').toLowerCase();
      const known = issues().find(
        (one) => one.issue.replace(/ on (an )?/, ' ').toLowerCase() === key,
      );
      assert.ok(known, issue);
      says(`${known.cause} ${known.solution}`, words, issue);
      assert.ok(entries().some((entry) => entry.kind === 'issue' && entry.title === known.issue));
    });
  }

  for (const { issue, words, found } of seed.apiTroubleshooting) {
    it(`the API's troubleshooting row "${issue}" is found as ${found}`, () => {
      says(wordsOf(entryOf(found) ?? assert.fail()), words, issue);
    });
  }

  for (const { code, status, words } of seed.httpStatuses) {
    it(`HTTP ${code} ${status} is explained, and can be looked up`, () => {
      const known = httpStatus(code);
      assert.equal(known?.meaning, status);
      says(`${known.cause} ${known.solution}`, words, String(code));
      says(wordsOf(entryOf(`http:${code}`) ?? assert.fail()), words, String(code));
    });
  }

  for (const { code, http, words } of seed.errorCodes) {
    it(`Exotel's error ${code} is explained, and can be looked up`, () => {
      const known = errorCode(code);
      assert.ok(known?.http.includes(http), String(known?.http));
      says(known?.cause ?? '', words, String(code));
      says(wordsOf(entryOf(`api:${code}`) ?? assert.fail()), words, String(code));
    });
  }

  it('every operation of the API summary is a call of the client', async () => {
    const made = await calls(await bench());
    for (const { api, method, endpoint } of seed.apiSummary) {
      const path = endpoint.replace('/v2/accounts/<your_sid>/', '');
      const wanted = `${method} ${path.replaceAll('<trunk_sid>', 'TRUNK').replace('<id>', 'ID')}`;
      assert.ok(made.has(wanted), `${api}: ${wanted} is not in ${[...made].join(', ')}`);
    }
  });

  it('the use cases, regions and the limit are those', () => {
    const modes = seed.useCases.map(({ mode }) => mode);
    const titles = (['outbound', 'inbound', 'streamkit'] as const).map((useCase) =>
      planChecks(GOOD, useCase).map(({ title }) => title),
    );
    for (const [at, mode] of modes.entries()) {
      const title = mode === null ? 'Phone number mapped' : `Phone number mapped in ${mode} mode`;
      assert.ok(titles[at]?.includes(title), title);
    }
    assert.deepEqual(
      seed.regions.map(({ baseUrl }) => baseUrl),
      [REGION_HOSTS.in, REGION_HOSTS.sg],
    );
    assert.equal(seed.callsPerMinute, CALLS_PER_MINUTE);
  });
});

/** What each operation asks of the server, as `METHOD path` behind the account. */
async function calls({ server, client }: Bench): Promise<ReadonlySet<string>> {
  const dates = { created: null, updated: null };
  const number = { ...dates, id: 'ID', number: '+919876543210', mode: 'pstn' as const };
  const operations: readonly (() => Promise<unknown>)[] = [
    () => client.createTrunk({ name: 'trunk' }),
    () => client.mapNumber('TRUNK', { number: '+919876543210' }),
    () => client.changeNumberMode({ ...number, trunkSid: 'TRUNK' }, 'flow'),
    () => client.whitelistIp('TRUNK', { ip: '44.1.1.1', mask: 32 }),
    () => client.addDestinations('TRUNK', ['44.1.1.1:5061;transport=tls']),
    () => client.listCredentials('TRUNK'),
    () => client.createCredential('TRUNK', { userName: 'u', password: new Secret('Passw0rd_1') }),
    () => client.listNumbers('TRUNK'),
    () => client.listIps('TRUNK'),
    () => client.listDestinations('TRUNK'),
    () => client.setSetting('TRUNK', 'trunk_external_alias', '+919876543210'),
    () => client.deleteTrunk('TRUNK'),
  ];
  // What is answered does not matter here.
  for (const operation of operations) await operation().catch(() => undefined);
  return new Set(
    server.received.flatMap(({ method, url }) => {
      const path = url.replace(/^\/v2\/accounts\/[^/]+\//, '');
      // Lists are asked for in pages.
      return [`${method} ${path}`, `${method} ${path.replace(/\?(?!trunk_sid).*/, '')}`];
    }),
  );
}
