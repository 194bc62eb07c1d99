// The tiers of `npm test`, in the order they run, and the table at the end.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { missingPrograms } from '../pbx/setup';
import { ensureBrowser } from './browser';
import { findDesktop } from './desktop';
import { heartbeatVariable } from './heartbeat';
import { once, reasonIn, say } from './log';
import { ensureDir, outDir, removeDir, root, vsixPath } from './paths';
import { writeReadmePictures } from './pictures';
import { type RunOptions, runNode, runNpm } from './processes';
import { type Results, readResults, resultsVariable } from './results';
import { ensureServer } from './server';

const minute = 60_000;
/**
 * How long a tier may say nothing. Nothing limits how long it takes in all: a computer three times slower
 * is no fault. Each is longer than the longest single test may take, so that a test that hangs ends by
 * mocha's own limit and is named. Programs that speak only when they are done get the most.
 */
const silence = { unit: 5 * minute, host: 6 * minute, e2e: 6 * minute, pbx: 12 * minute };
const silentByNature = 30 * minute;

type Failure = Results['failures'][number];

interface Outcome {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Set when this machine cannot run the tier: why. */
  readonly notRun?: string;
}

export interface Tier {
  readonly name: string;
  run(): Promise<Outcome>;
}

interface Finished extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

const bin = {
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  mocha: 'node_modules/mocha/bin/mocha.js',
};

const failed = (title: string, message: string): Outcome => ({
  passed: 0,
  failures: [{ title, message }],
});

/** A tier of one or more programs that counts as one test. */
function check(name: string, ...commands: readonly (readonly string[])[]): Tier {
  return {
    name,
    async run() {
      for (const command of commands) {
        const { ok, output } = await runNode(command, { silenceMs: silentByNature });
        if (!ok) return failed(name, output.trim());
      }
      return { passed: 1, failures: [] };
    },
  };
}

/** What was built of an earlier run's types is kept here: a clean checkout begins without. */
const kept = (name: string): string => join(outDir, 'cache', name);

function typecheck(project: string, buildInfo: string): readonly string[] {
  const incremental = ['--incremental', '--tsBuildInfoFile', kept(buildInfo)];
  return [bin.tsc, '--noEmit', '-p', project, ...incremental];
}

/** A program that runs tests and leaves a results file. */
async function tests(
  name: string,
  args: (resultsFile: string) => readonly string[],
  options: RunOptions,
): Promise<Outcome> {
  const resultsFile = join(ensureDir(join(outDir, 'results')), `${name}.json`);
  const heartbeat = `${resultsFile}.alive`;
  removeDir(resultsFile);
  const { ok, fellSilent } = await runNode(args(resultsFile), {
    ...options,
    output: 'show',
    heartbeat,
    env: { ...options.env, [resultsVariable]: resultsFile, [heartbeatVariable]: heartbeat },
  });
  const results = readResults(resultsFile);
  if (results === undefined) {
    return failed(
      name,
      fellSilent
        ? 'Nothing more was heard of the tests, so they were stopped.'
        : 'The tests did not come to their end.',
    );
  }
  if (results.failures.length > 0) return results;
  if (!ok) return { ...results, failures: [{ title: name, message: 'The run ended badly.' }] };
  if (results.passed === 0) return failed(name, 'There was no test to run.');
  return results;
}

/** Mocha over the files and options given. */
function mocha(
  name: 'unit' | 'e2e' | 'schemas',
  config: string,
  silenceMs: number,
  options: readonly string[],
): Tier {
  return {
    name,
    run: () =>
      tests(
        name,
        () => [
          ...[bin.mocha, '--config', config, '--reporter', 'test/support/reporter.ts'],
          ...['--forbid-only', '--forbid-pending', ...options],
        ],
        { silenceMs },
      ),
  };
}

/** All test files below a folder, those that take long first: what is begun last should end soon. */
function testFiles(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
  const isLong = (name: string): boolean => name.endsWith('.long.test.ts');
  return [...files.filter(isLong), ...files.filter((name) => !isLong(name))];
}

/** More workers than this gain nothing: the longest file alone takes as long. */
const mostWorkers = 8;

/** Each worker takes the next file when it has done one; a file that shares nothing may run beside any. */
function inParallel(): readonly string[] {
  const workers = Math.min(mostWorkers, Math.max(2, availableParallelism()));
  return ['--parallel', '--jobs', String(workers), '--require', 'test/support/heartbeat.ts'];
}

/** Gets the server and the browser, or says which of them this machine cannot have. */
async function missingHost(): Promise<string | undefined> {
  for (const ensure of [ensureBrowser, ensureServer]) {
    try {
      await ensure();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

/** A tier that needs a VS Code. */
function needsHost(tier: Tier): Tier {
  return {
    name: tier.name,
    async run() {
      const notRun = await missingHost();
      return notRun === undefined ? tier.run() : { passed: 0, failures: [], notRun };
    },
  };
}

function hostTests(name: string, where: readonly string[]): Promise<Outcome> {
  const program = ['--import', 'tsx', join(root, 'test', 'support', 'host.ts')];
  const [kind = 'server', ...rest] = where;
  return tests(name, (resultsFile) => [...program, kind, resultsFile, ...rest], {
    silenceMs: silence.host,
  });
}

const hostInServer = needsHost({
  name: 'host',
  run: () => hostTests('host', ['server']),
});

/** The same bundle in a desktop VS Code, where there is one; elsewhere the server's run stands for it. */
const hostInDesktop: Tier = {
  name: 'host (desktop)',
  async run() {
    const desktop = await findDesktop();
    if (desktop.found) return hostTests('host-desktop', ['desktop', desktop.executable]);
    say(`Not run in a desktop VS Code: ${desktop.why}; the server ran the same tests.`);
    return { passed: 0, failures: [] };
  },
};

const build = check('build', ['esbuild.js', '--tests']);

/** `npm run package`; an older VSIX must not stand in for one that could not be made. */
const packaging: Tier = {
  name: 'package',
  async run() {
    removeDir(vsixPath());
    const { ok, output } = await runNpm(['run', 'package'], { silenceMs: silentByNature });
    return ok ? { passed: 1, failures: [] } : failed('package', output.trim());
  },
};

const namesFiles = (options: readonly string[]): boolean =>
  options.some((option) => option.endsWith('.ts'));

/** All unit tests by as many workers as there are cores; or, one after the other, what options name. */
export function unitTiers(options: readonly string[] = []): Tier[] {
  const what = namesFiles(options)
    ? options
    : [...inParallel(), ...testFiles('test/unit'), ...options];
  return [mocha('unit', '.mocharc.json', silence.unit, what)];
}

export function hostTiers(): Tier[] {
  return [build, hostInServer, hostInDesktop];
}

export function e2eTiers(options: readonly string[] = []): Tier[] {
  const what = namesFiles(options) ? options : [...testFiles('test/e2e'), ...options];
  return [packaging, needsHost(mocha('e2e', '.mocharc.e2e.json', silence.e2e, what))];
}

/**
 * The generated configurations in the real programs, and the requests against the vendors' own types.
 * Options are words that choose lines of the proof.
 */
export function pbxTiers(options: readonly string[] = []): Tier[] {
  const program = ['--import', 'tsx', join(root, 'test', 'pbx', 'main.ts')];
  const proof: Tier = {
    name: 'pbx',
    async run() {
      const notRun = await missingPrograms();
      if (notRun !== undefined) return { passed: 0, failures: [], notRun };
      return tests('pbx', (resultsFile) => [...program, resultsFile, ...options], {
        silenceMs: silence.pbx,
      });
    },
  };
  if (options.length > 0) return [proof];
  const schemas = ['test/pbx/vendor-schemas/vendor-schemas.test.ts'];
  return [proof, mocha('schemas', '.mocharc.json', silence.pbx, schemas)];
}

/** `npm run screenshots`: the README's pictures, from the product as it is packaged. */
export function pictureTiers(): Tier[] {
  const pictures: Tier = {
    name: 'screenshots',
    run: async () => ({ passed: await writeReadmePictures(), failures: [] }),
  };
  return [packaging, needsHost(pictures)];
}

/**
 * Tiers that only read the files: when the first of them is due all begin, and each tells its outcome in
 * its turn. The times they show overlap. (No cache of the linter's: with rules that read types and import
 * circles, a file that did not change can be wrong because another did.)
 */
function readTogether(...tiers: readonly Tier[]): Tier[] {
  const begin = once(() => Promise.resolve(tiers.map((tier) => tier.run())));
  return tiers.map(({ name }, at) => ({
    name,
    run: async () => (await begin())[at] ?? failed(name, 'It was not begun.'),
  }));
}

export function allTiers(): Tier[] {
  // What the last tiers need is fetched while the first ones run; a failure shows up there.
  void missingHost();
  void missingPrograms();
  return [
    ...readTogether(
      check('typecheck', typecheck('.', 'types'), typecheck('src/webview', 'webview-types')),
      check('lint', [bin.eslint, '.']),
      check('format', [bin.prettier, '--check', '.']),
    ),
    ...unitTiers(),
    ...pbxTiers(),
    ...e2eTiers(),
    ...hostTiers(),
  ];
}

/** Runs the tiers one after the other and prints what came out; true when nothing failed. */
export async function runTiers(tiers: readonly Tier[]): Promise<boolean> {
  removeDir(join(outDir, 'e2e-failures'));
  const finished: Finished[] = [];
  for (const tier of tiers) {
    say(`\n== ${tier.name}`);
    const began = Date.now();
    const outcome = await tier.run().catch((error: unknown) => failed(tier.name, String(error)));
    const seconds = (Date.now() - began) / 1000;
    finished.push({ ...outcome, name: tier.name, seconds });
    for (const { title, message } of outcome.failures) say(`FAILED ${title}\n${message}`);
  }
  return summarize(finished);
}

function summarize(finished: readonly Finished[]): boolean {
  const strict = ['1', 'true'].includes(process.env['CI'] ?? '');
  const countFailed = ({ failures, notRun }: Finished): number =>
    failures.length + (strict && notRun !== undefined ? 1 : 0);
  say(`\n${'tier'.padEnd(16)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'time'.padStart(9)}`);
  for (const tier of finished) {
    const cells = [tier.passed, countFailed(tier)].map((count) => String(count).padStart(8));
    say(`${tier.name.padEnd(16)}${cells.join('')}${tier.seconds.toFixed(1).padStart(7)} s`);
  }
  for (const { name, notRun } of finished) {
    if (notRun !== undefined) say(`Not run: ${name}: ${notRun}`);
  }
  for (const { name, failures } of finished) {
    for (const { title, message } of failures) {
      say(`Failed: ${name}: ${title === name ? reasonIn(message) : title}`);
    }
  }
  if (existsSync(join(outDir, 'e2e-failures'))) say('Pictures of what failed: out/e2e-failures/');
  const total = (count: (tier: Finished) => number): number =>
    finished.reduce((sum, tier) => sum + count(tier), 0);
  const failures = total(countFailed);
  say(`${total(({ passed }) => passed)} passed, ${failures} failed`);
  return failures === 0;
}

/** Builds and packages as for a release; gives the VSIX. */
export async function packageExtension(): Promise<string> {
  const { failures } = await packaging.run();
  const [failure] = failures;
  if (failure !== undefined)
    throw new Error(`The extension could not be packaged:\n${failure.message}`);
  return vsixPath();
}
