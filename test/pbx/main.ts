// The proof: `node --import tsx test/pbx/main.ts RESULTS [words]`. Words choose the lines that hold all of them.
import { availableParallelism } from 'node:os';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { cards } from '../../src/pbx/cards';
import { beat } from '../support/heartbeat';
import { say } from '../support/log';
import { outDir } from '../support/paths';
import { stopAll, stopProgramsOnExit } from '../support/processes';
import { readProven, summarise, withoutVersions } from '../support/targets-table';
import { makeCertificates } from './certificates';
import { faultText, forgetFailures } from './failures';
import { benches, matrix } from './matrix';
import { mutationsOf, survives } from './mutations';
import { parserChecks } from './parsers';
import { hostilePasswords } from './passwords';
import { type Lab, type Verdict, filesFor, prove } from './prove';
import { line, record, type ProofLine } from './report';
import { ensurePrograms } from './setup';
import { type Combination, edgeNames, nameOf } from './subject';
import { proveTraces } from './traces';

/** One thing to prove. What it gives is why it failed; '' when it did not. */
interface Job {
  readonly name: string;
  readonly run: (lab: Lab) => Promise<string>;
}

const proofLines: ProofLine[] = [];

/** Combinations whose text and edge are the same are run once: calls in do not depend on the authentication. */
const done = new Map<string, Promise<Verdict>>();

function combinationJob(combination: Combination): Job {
  const name = nameOf(combination);
  return {
    name,
    async run(lab) {
      const { bench, useCase } = combination;
      const files = await filesFor(combination);
      const texts = files.map(({ text }) => text).join('\0');
      const key =
        useCase === 'inbound' ? [nameOf({ ...combination, auth: 'ip' }), texts].join('\0') : name;
      const before = done.get(key);
      const running = before ?? prove(lab, combination, { files, keepAs: name });
      done.set(key, running);
      const verdict = await running;
      const proof = record(
        combination,
        lab.trees[bench.tree].version,
        verdict,
        before !== undefined,
      );
      proofLines.push(proof);
      say(line(proof));
      return verdict.faults.map(faultText).join('\n');
    },
  };
}

/** One password; the edge checks the digest with the true one. */
function passwordJob(combination: Combination, password: string): Job {
  const name = `${combination.bench.program}, ${combination.bench.targetId}, password ${password}`;
  return {
    name,
    async run(lab) {
      const verdict = await prove(
        lab,
        { ...combination, password },
        { callOutOnly: true, keepAs: name },
      );
      return verdict.faults.map(faultText).join('\n');
    },
  };
}

const provedByPasswords = ['asterisk-pjsip', 'asterisk-chan-sip', 'kamailio'];

/** The first bench of each target that writes the password in a format of its own. */
function formatBenches(): (typeof benches)[number][] {
  return provedByPasswords.flatMap((id) =>
    benches.filter((bench) => bench.targetId === id).slice(0, 1),
  );
}

/** What a target says of itself has to be what is proven here. */
function declarationJobs(): Job[] {
  const parsed = new Set(parserChecks.map(({ targetId }) => targetId));
  return cards
    .filter(({ evidence }) => evidence.level === 'calls' || evidence.level === 'parser')
    .map(({ id, evidence }) => ({
      name: `${id} is proven as it declares (${evidence.level})`,
      run: () => {
        const proven =
          evidence.level === 'calls'
            ? benches.some(({ targetId }) => targetId === id)
            : parsed.has(id);
        return Promise.resolve(
          proven
            ? ''
            : `It declares "${evidence.level}", but there is no ${evidence.level === 'calls' ? 'bench' : 'parser check'} for it.`,
        );
      },
    }));
}

function jobs(): Job[] {
  const plain = { transport: 'tcp', auth: 'credential', useCase: 'outbound' } as const;
  return [
    ...declarationJobs(),
    ...parserChecks.map(({ targetId, name, run }) => ({ name: `${targetId}, ${name}`, run })),
    ...matrix().map(combinationJob),
    ...formatBenches().flatMap((bench) =>
      hostilePasswords.map((password) => passwordJob({ bench, ...plain }, password)),
    ),
    ...proveTraces(say),
    ...formatBenches().flatMap((bench) =>
      mutationsOf(bench).map((mutation) => ({
        name: `${bench.program}, ${bench.targetId}, without ${mutation.name} the proof fails`,
        run: async (lab: Lab) => (await survives(lab, mutation)) ?? '',
      })),
    ),
  ];
}

/** The table was written from an earlier run: the same has to come out of this one, but for versions. */
function tableProblem(): string {
  if (proofLines.some(({ passed }) => !passed)) return 'Not everything was proven.';
  const seen = withoutVersions(summarise(proofLines));
  const told = withoutVersions(readProven());
  return isDeepStrictEqual(seen, told)
    ? ''
    : `Run "npm run readme" after this. Proven now: ${JSON.stringify(seen)}`;
}

async function runJobs(
  lab: Lab,
  all: readonly Job[],
): Promise<{ passed: number; failures: { title: string; message: string }[] }> {
  const waiting = [...all];
  let passed = 0;
  const failures: { title: string; message: string }[] = [];
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const problem = await job
        .run(lab)
        .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      beat();
      if (problem === '') passed += 1;
      else failures.push({ title: job.name, message: problem });
    }
  };
  const workers = Math.max(2, Math.min(6, availableParallelism() + 1));
  await Promise.all(Array.from({ length: workers }, worker));
  return { passed, failures };
}

async function main(resultsFile: string, words: readonly string[]): Promise<void> {
  forgetFailures();
  const trees = await ensurePrograms();
  const lab = { trees, certificates: await makeCertificates(trees, edgeNames()) };
  const wanted = jobs().filter(({ name }) => words.every((word) => name.includes(word)));
  const results = await runJobs(lab, wanted);
  mkdirSync(dirname(resultsFile), { recursive: true });
  if (words.length === 0) {
    writeFileSync(
      join(outDir, 'results', 'pbx-proof.json'),
      `${JSON.stringify(proofLines, null, 2)}\n`,
    );
    const problem = tableProblem();
    if (problem === '') results.passed += 1;
    else
      results.failures.push({ title: "the README's table says what was proven", message: problem });
  }
  writeFileSync(resultsFile, JSON.stringify(results));
  if (results.failures.length > 0) say('What was loaded, said and seen: out/pbx-failures/');
}

stopProgramsOnExit();
const [resultsFile = join(outDir, 'results', 'pbx.json'), ...words] = process.argv.slice(2);
void main(resultsFile, words)
  .then(
    () => 0,
    (error: unknown) => {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return 1;
    },
  )
  .then(async (code) => {
    await stopAll();
    process.exit(code);
  });
