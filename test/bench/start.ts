// What a start costs: load and activate in one extension host, in turns with an extension that does nothing,
// and the files that are opened for it.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import * as esbuild from 'esbuild';
import { ensureDir, root, temporaryDir } from '../support/paths';
import { newPlace, runInWindow } from '../support/window';
import type { StartAnswer, StartPlan } from './start-driver';

const ROUNDS = 7;
const WATCH_MS = 2000;
const PUBLISHER = 'bench';

export interface StartCosts {
  /** Medians of load and activate, ms. */
  readonly own: number;
  readonly trivial: number;
  /** Files of ours that one start opens, with their size in bytes. */
  readonly opened: ReadonlyMap<string, number>;
}

function write(path: string, content: object | string): void {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
}

/** An extension that does nothing. */
function makeTrivial(dir: string, name: string): void {
  mkdirSync(dir, { recursive: true });
  write(join(dir, 'package.json'), {
    name,
    publisher: PUBLISHER,
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: [],
  });
  write(join(dir, 'main.js'), 'exports.activate = () => undefined;\n');
}

/** Ours under another name, its commands and views too: one host has each of those once. */
function makeOwn(release: string, dir: string, name: string): void {
  for (const part of ['dist', 'l10n', 'media']) {
    cpSync(join(release, part), join(dir, part), { recursive: true });
  }
  const renamed = (text: string) => text.replaceAll('exotelSip', `exotelSip_${name}`);
  for (const file of readdirSync(join(dir, 'dist')).filter((one) => one.endsWith('.js'))) {
    const path = join(dir, 'dist', file);
    write(path, renamed(readFileSync(path, 'utf8')));
  }
  const manifest = renamed(readFileSync(join(release, 'package.json'), 'utf8'));
  const parsed = JSON.parse(manifest) as Readonly<Record<string, unknown>>;
  write(join(dir, 'package.json'), { ...parsed, name, publisher: PUBLISHER });
  cpSync(join(release, 'package.nls.json'), join(dir, 'package.nls.json'));
}

/** `release`: the root of an extension built as for a release. Needs the VS Code server and a browser. */
export async function startCosts(release: string): Promise<StartCosts> {
  const place = newPlace('bench');
  const install = (name: string) => join(place.extensionsDir, `${PUBLISHER}.${name}-1.0.0`);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => [`trivial${round}`, `own${round}`]);
  for (const [trivial = '', own = ''] of rounds) {
    makeTrivial(install(trivial), trivial);
    makeOwn(release, install(own), own);
  }
  makeOwn(release, install('watched'), 'watched');

  const home = temporaryDir('bench-driver');
  const extension = ensureDir(join(home, 'extension'));
  makeTrivial(extension, 'driver');
  const tests = join(home, 'driver');
  await esbuild.build({
    entryPoints: [join(root, 'test/bench/start-driver.ts')],
    outfile: `${tests}.js`,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    logLevel: 'error',
  });
  const plan: StartPlan = {
    turns: rounds.map((round) => round.map((name) => `${PUBLISHER}.${name}`)),
    watched: `${PUBLISHER}.watched`,
    watchMs: WATCH_MS,
    answer: join(home, 'answer.json'),
  };
  let said = '';
  await runInWindow({
    place,
    extension,
    tests,
    env: { EXOTEL_BENCH_START: JSON.stringify(plan) },
    log: (type, args) => {
      if (type === 'error') said += `${format(...args)}\n`;
    },
  });
  let answer: StartAnswer;
  try {
    answer = JSON.parse(readFileSync(plan.answer, 'utf8')) as StartAnswer;
  } catch {
    throw new Error(`The extensions could not be started:\n${said}`);
  }
  const sizeOf = (name: string) => statSync(join(install('watched'), name)).size;
  const column = (index: number) => answer.ms.map((round) => round[index] ?? Number.NaN);
  return {
    trivial: median(column(0)),
    own: median(column(1)),
    opened: new Map(answer.opened.map((name) => [name, sizeOf(name)])),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
