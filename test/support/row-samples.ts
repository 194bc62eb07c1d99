// What the tree's rows can be, for tests that have no VS Code: row-text.ts and section-text.ts as they are,
// on a stand-in for `vscode`, over every combination of facts that decides a row's flags.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import * as esbuild from 'esbuild';
import type { Problem } from '../../src/exotel/errors';
import { Secret } from '../../src/exotel/secret';
import { SECTIONS } from '../../src/trunks/snapshot';
import type { CheckResult } from '../../src/checks/types';
import type { Account } from '../../src/app/accounts/account';
import type { RowTexts } from '../../src/app/usecases/ports';
import type * as DescribeChecks from '../../src/workbench/checks/check-text';
import type * as Describe from '../../src/workbench/tree/row-text';
import type * as DescribeSections from '../../src/workbench/tree/section-text';
import { root } from './paths';

export interface RowSample {
  /** `kind+flag+flag`. */
  readonly contextValue: string;
  /** Before the first plus. */
  readonly kind: string;
  /** Product icon, without animation. */
  readonly icon: string | null;
  /** The view the row is in. */
  readonly view: string;
}

const VSCODE = `
  exports.l10n = {
    t: (text, ...values) => text.replace(/\\{([0-9])\\}/g, (_, index) => String(values[index])),
  };
  exports.ThemeColor = class { constructor(id) { this.id = id; } };
  exports.ThemeIcon = class { constructor(id, color) { this.id = id; this.color = color; } };
  exports.MarkdownString = class {
    value = '';
    appendMarkdown(text) { this.value += text; return this; }
    appendText(text) { this.value += text; return this; }
  };
`;

function loadDescribe(): Promise<typeof Describe> {
  return loadOnStandIn('src/workbench/tree/row-text.ts');
}

function loadDescribeSections(): Promise<typeof DescribeSections> {
  return loadOnStandIn('src/workbench/tree/section-text.ts');
}

/** What the rows of the first-call checks say. */
export function loadDescribeChecks(): Promise<typeof DescribeChecks> {
  return loadOnStandIn('src/workbench/checks/check-text.ts');
}

/** The same rows as choices of a list. */
export async function loadRowChoices(): Promise<RowTexts> {
  const loaded = await loadOnStandIn<{ readonly rowChoices: RowTexts }>(
    'src/workbench/commands/row-choices.ts',
  );
  return loaded.rowChoices;
}

async function loadOnStandIn<T>(path: string): Promise<T> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, path)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    plugins: [
      {
        name: 'vscode-stand-in',
        setup(build) {
          build.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stub' }));
          build.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: VSCODE }));
        },
      },
    ],
  });
  const module = { exports: {} };
  const text = `(module, exports, require) => {${outputFiles[0]?.text ?? ''}\n}`;
  const load = runInThisContext(text, { filename: 'describe.js' }) as (
    ...parts: readonly unknown[]
  ) => void;
  load(module, module.exports, createRequire(join(root, 'package.json')));
  return module.exports as T;
}

const PROBLEM: Problem = {
  kind: 'server',
  operation: 'list phone numbers',
  requestId: null,
  httpStatus: 500,
  code: null,
  description: null,
  what: 'It failed.',
  doNext: 'Try again.',
};

const BOTH = [true, false] as const;
const dates = { created: null, updated: null };
const common = { ...dates, id: '1', trunkSid: 'trmum1' };

function accounts(): Account[] {
  return BOTH.flatMap((readOnly) =>
    BOTH.map((sandbox) => ({
      id: 'a',
      label: 'Account',
      region: 'in' as const,
      baseUrl: 'https://api.in.exotel.com',
      accountSid: 'acme5m',
      readOnly,
      sandbox,
    })),
  );
}

function describeAll(
  describe: typeof Describe,
  { describeSection, sectionTexts }: typeof DescribeSections,
): Describe.RowText[] {
  const trunk = {
    ...{ sid: 'trmum1', name: 'trunk', domain: null, status: 'active' as const, authType: null },
    ...{ nsoCode: null, secureTrunking: null, registration: null, edgePreference: null, ...dates },
  };
  const sections = accounts().flatMap((account) =>
    SECTIONS.flatMap((section) =>
      [PROBLEM, null].flatMap((problem) =>
        // Only the caller ID is shown in the place of its section.
        (section === 'settings' ? ['+918040123456', null] : [null]).map((value) =>
          describeSection(
            section,
            { loading: false, problem, count: 1, shown: null, value, busy: null },
            account,
          ),
        ),
      ),
    ),
  );
  const { numbers, ips, destinations, credentials, settings } = sectionTexts;
  const rows = BOTH.flatMap((writable) => [
    ...(['pstn', 'flow'] as const).map((mode) =>
      numbers.row({ ...common, number: '+918040123456', mode }, writable),
    ),
    ips.row({ ...common, ip: '44.1.1.1', mask: 32, friendlyName: null }, writable),
    ...['pbx.example.com:5061;transport=tls', 'pbx.example.com:5060'].map((destination) =>
      destinations.row({ ...common, destination, priority: 0, weight: 1, type: null }, writable),
    ),
    credentials.row({ ...common, kind: 'own', userName: 'pbx', friendlyName: null }, writable),
    credentials.row(
      { kind: 'issued', userName: 'trmum1', password: new Secret('x'), trunkSid: 'trmum1' },
      writable,
    ),
    settings.row(
      { ...dates, name: 'trunk_external_alias', value: '+918040123456', trunkSid: 'trmum1' },
      writable,
    ),
  ]);
  return [
    ...accounts().map((account) => describe.describeAccount(account)),
    ...accounts().flatMap((account) =>
      ['renaming…', null].map((busy) => describe.describeTrunk(trunk, account, busy)),
    ),
    ...sections,
    ...rows,
  ];
}

/** The rows that are no thing of the model are not described but written out in the tree itself. */
function notes(describe: typeof Describe): string[] {
  const request = { method: 'GET' as const, url: 'https://api.in.exotel.com/', body: null };
  const problems = [PROBLEM, { ...PROBLEM, requestId: 'r1', request }];
  const tree = readFileSync(join(root, 'src/workbench/tree/trunk-items.ts'), 'utf8');
  const written = [...tree.matchAll(/contextValue = ['`](note[^'`]*)['`]/g)].map(
    ([, value = '']) => value,
  );
  return written.flatMap((value) =>
    value.includes('${ref.noteId}')
      ? ['failed', 'closed'].flatMap((id) => {
          const row = value.replace('${ref.noteId}', id);
          return [row, ...problems.map((problem) => `${row}${describe.problemFlags(problem)}`)];
        })
      : [value],
  );
}

/** Rows of the first-call checks, by everything that decides their flags. */
function describeChecks(describe: typeof DescribeChecks): Describe.RowText[] {
  const counts = { failed: 1, warnings: 0, unknown: 0, open: 0, judged: 1, all: 1 };
  const report = {
    trunk: 'trunk',
    account: 'Account',
    useCases: ['outbound' as const],
    from: 'here',
  };
  const groups = ['exotel', 'network', 'manual'] as const;
  const levels = ['ok', 'info', 'warning', 'problem', 'manual', 'unknown'] as const;
  const actions = ['mapNumber', 'refresh', null] as const;
  const results: (CheckResult | null)[] = levels.flatMap((level) =>
    actions.map((kind) => ({
      ...{
        id: 'x',
        kind: 'x',
        subject: null,
        level,
        what: 'Because.',
        doNext: null,
        evidence: [],
        requestId: null,
      },
      action: kind === null ? null : { kind, value: null },
    })),
  );
  return [
    ...BOTH.map((running) =>
      describe.describeReport({ ...report, summary: { ...counts, running }, counts: true }),
    ),
    ...groups.map((group) => describe.describeGroup(group, 'here')),
    ...groups.flatMap((group) =>
      BOTH.flatMap((running) =>
        BOTH.flatMap((writable) =>
          [...results, null].map((result) =>
            describe.describeCheck(
              { key: 'k', id: 'x', group, title: 'X', running, result },
              writable,
            ),
          ),
        ),
      ),
    ),
  ];
}

/** Every contextValue there is, once. */
export async function rowSamples(): Promise<readonly RowSample[]> {
  const describe = await loadDescribe();
  const sampled = (view: string, rows: readonly Describe.RowText[]) =>
    rows.map((row) => ({
      contextValue: row.contextValue,
      icon: row.icon.id.replace(/~.*/, ''),
      view,
    }));
  const view = 'exotelSip.trunks';
  const all = [
    ...sampled(view, describeAll(describe, await loadDescribeSections())),
    ...sampled('exotelSip.checks', describeChecks(await loadDescribeChecks())),
    ...notes(describe).map((contextValue) => ({ contextValue, icon: null, view })),
  ];
  const samples = new Map<string, RowSample>();
  for (const { contextValue, icon, view: shownIn } of all) {
    const [kind = ''] = contextValue.split('+');
    samples.set(`${contextValue} ${icon ?? ''}`, { contextValue, kind, icon, view: shownIn });
  }
  return [...samples.values()];
}
