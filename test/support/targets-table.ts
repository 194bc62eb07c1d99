// The README's table of targets: what each can do, from the declarations, and how that is proven, from the
// proof's own output. `npm run readme` writes both after `npm run test:pbx`; a unit test checks the table
// against the declarations, and the proof checks test/pbx/proven.json against what it has just seen.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { cards } from '../../src/pbx/cards';
import type { AuthMode, Transport, ConnectionUse } from '../../src/terms/use';
import type { PbxCard } from '../../src/pbx/types';
import { outDir, root } from './paths';

/** Of one target, all its combinations together. */
export interface Proven {
  /** Programs with their versions, e.g. `Asterisk 22.10.1`. */
  readonly programs: readonly string[];
  readonly combinations: number;
  readonly called: number;
  readonly wasCalled: number;
  readonly strangersRefused: number;
}

export type ProvenTargets = Readonly<Record<string, Proven>>;

/** A line of out/results/pbx-proof.json, as far as the table needs it. */
export interface ProofOutput {
  readonly program: string;
  readonly version: string;
  readonly target: string;
  readonly called: string;
  readonly wasCalled: string;
  readonly strangerRefused: string;
  readonly passed: boolean;
}

export function summarise(lines: readonly ProofOutput[]): ProvenTargets {
  const failed = lines.find(({ passed }) => !passed);
  if (failed !== undefined) throw new Error(`${failed.target} was not proven.`);
  const ids = [...new Set(lines.map(({ target }) => target))].sort();
  const entries = ids.map((id): [string, Proven] => {
    const own = lines.filter(({ target }) => target === id);
    const count = (step: 'called' | 'wasCalled' | 'strangerRefused') =>
      own.filter((line) => line[step] === 'yes').length;
    const programs = own.map(({ program, version }) => `${program} ${version}`);
    return [
      id,
      {
        programs: [...new Set(programs)].sort(),
        combinations: own.length,
        called: count('called'),
        wasCalled: count('wasCalled'),
        strangersRefused: count('strangerRefused'),
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** What was proven, without the versions: those move with Debian. */
export function withoutVersions(proven: ProvenTargets): ProvenTargets {
  const entries = Object.entries(proven).map(([id, one]): [string, Proven] => [
    id,
    { ...one, programs: [...new Set(one.programs.map((name) => name.split(' ')[0] ?? ''))] },
  ]);
  return Object.fromEntries(entries);
}

const USE_CASES = ['outbound', 'inbound', 'streamkit'] as const satisfies readonly ConnectionUse[];
const AUTHS = ['credential', 'ip', 'both'] as const satisfies readonly AuthMode[];
const TRANSPORTS = ['tls', 'tcp'] as const satisfies readonly Transport[];

/** Whether anything of the last list goes together with the use case. */
function can(
  card: PbxCard,
  useCases: readonly ConnectionUse[],
  auth: AuthMode,
  transport: Transport,
) {
  return useCases.some((useCase) => card.cannot(useCase, auth, transport) === null);
}

function howProven({ id, evidence }: PbxCard, proven: ProvenTargets): string {
  const one = proven[id];
  switch (evidence.level) {
    case 'calls': {
      if (one === undefined) throw new Error(`${id} declares calls, but none were proven.`);
      const { programs, combinations, called, wasCalled, strangersRefused } = one;
      return `**calls** on ${programs.join(', ')}: ${combinations} combinations, ${called} out, ${wasCalled} in, ${strangersRefused} strangers refused`;
    }
    case 'parser':
      return `read by a parser: ${short(evidence.basis)}`;
    case 'schema':
      return `the vendor's types: ${short(evidence.basis)}`;
    case 'documents':
      return `documents: ${short(evidence.basis)}`;
  }
}

/** The first of the named sources, and what was tried by hand; the panel shows all. */
function short(basis: string): string {
  const [first = ''] = basis.split(/[:;(]/);
  const byHand = /calls by hand on [^;]*|calls on OpenSIPS [^;]*/.exec(basis)?.[0];
  return byHand === undefined ? first.trim() : `${first.trim()}; ${byHand}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function row(card: PbxCard, proven: ProvenTargets): string {
  const does = USE_CASES.map((useCase) =>
    AUTHS.some((auth) => TRANSPORTS.some((transport) => can(card, [useCase], auth, transport)))
      ? 'yes'
      : '–',
  );
  const out: readonly ConnectionUse[] = ['outbound', 'streamkit'];
  const auth = AUTHS.filter((one) =>
    TRANSPORTS.some((transport) => can(card, out, one, transport)),
  );
  const transport = TRANSPORTS.filter((one) =>
    AUTHS.some((mode) => can(card, USE_CASES, mode, one)),
  );
  const cells = [
    card.name,
    ...does,
    [auth.includes('credential') ? 'digest' : '', auth.includes('ip') ? 'IP' : '']
      .filter((name) => name !== '')
      .join(', '),
    transport.map((one) => one.toUpperCase()).join(', '),
    howProven(card, proven),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

export function targetsTable(proven: ProvenTargets): string {
  return [
    '| PBX or platform | Outbound | Inbound | StreamKit | Recognised by | Transport | How it is proven |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...cards.map((card) => row(card, proven)),
  ].join('\n');
}

const provenPath = join(root, 'test', 'pbx', 'proven.json');

export function readProven(): ProvenTargets {
  return JSON.parse(readFileSync(provenPath, 'utf8')) as ProvenTargets;
}

/** What the last whole run of the proof wrote. */
export function readProofOutput(): readonly ProofOutput[] {
  const text = readFileSync(join(outDir, 'results', 'pbx-proof.json'), 'utf8');
  return JSON.parse(text) as readonly ProofOutput[];
}

const BEGIN = '<!-- targets: written by `npm run readme` -->';
const END = '<!-- /targets -->';

/** The README with the table between its two marks. */
export async function withTable(readme: string, proven: ProvenTargets): Promise<string> {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error('The README has no place for the table.');
  const text = `${readme.slice(0, begin)}${BEGIN}\n\n${targetsTable(proven)}\n\n${readme.slice(end)}`;
  const path = join(root, 'README.md');
  const options = (await prettier.resolveConfig(path)) ?? {};
  return prettier.format(text, { ...options, filepath: path });
}

async function write(): Promise<void> {
  const proven = summarise(readProofOutput());
  const json = await prettier.format(JSON.stringify(proven), { parser: 'json' });
  writeFileSync(provenPath, json);
  const path = join(root, 'README.md');
  writeFileSync(path, await withTable(readFileSync(path, 'utf8'), proven));
}

if (process.argv[1]?.endsWith('targets-table.ts') === true) void write();
