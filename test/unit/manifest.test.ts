// The manifest against the declarations it is written from, against the rows it is matched with, and
// against what VS Code's own guidelines ask of views, menus and titles.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Contributions,
  contributionsOf,
  declaredCommands,
  GENERATED,
  generatedText,
  manifestFiles,
} from '../support/manifest';
import { root } from '../support/paths';
import { type RowSample, rowSamples } from '../support/row-samples';

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface View {
  readonly id: string;
  readonly name: string;
  readonly icon?: string;
}

interface Setting {
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon?: string }[]>
    >;
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly when?: string;
      readonly contents: string;
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly snippets: readonly { readonly path: string }[];
  };
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { commands, menus, views, viewsContainers, viewsWelcome, configuration, snippets } =
  manifest.contributes;
const declared = new Map(commands.map((command) => [command.command, command]));
const entriesOf = (menu: string): readonly MenuEntry[] => menus[menu] ?? [];
const visibleEntries = Object.entries(menus).filter(([menu]) => menu !== 'commandPalette');
const text = (reference: string) => texts[reference.replace(/^%|%$/g, '')] ?? '';
const titleOf = (command: string) => text(declared.get(command)?.title ?? '');

/** Everything our clauses are made of: `a && !b && c == value && d =~ /pattern/`. */
interface Condition {
  readonly key: string;
  readonly holds: (value: unknown) => boolean;
}

function conditionsOf(when: string | undefined): Condition[] {
  if (when === undefined) return [];
  return when.split(' && ').map((part) => {
    const [, not = '', key = '', operator, operand = ''] =
      /^(!?)([\w.]+)(?: (==|=~) (.+))?$/.exec(part) ?? assert.fail(`cannot read "${part}"`);
    if (operator === '==') return { key, holds: (value) => value === operand };
    if (operator === '=~') {
      const pattern = new RegExp(operand.slice(1, -1));
      return { key, holds: (value) => typeof value === 'string' && pattern.test(value) };
    }
    return { key, holds: (value) => (value === true) === (not === '') };
  });
}

function shown(entry: MenuEntry, context: Readonly<Record<string, unknown>>): boolean {
  return conditionsOf(entry.when).every(({ key, holds }) => holds(context[key]));
}

const isInline = ({ group = '' }: MenuEntry) => /^inline(@|$)/.test(group);
const isIcon = ({ group = '' }: MenuEntry) => /^navigation(@|$)/.test(group);
const groupName = ({ group = '' }: MenuEntry) => group.split('@')[0] ?? '';
const destroys = (command: string) => /\.(delete|remove|unmap|clear)$/.test(command);

const [VIEW = '', CHECKS_VIEW = ''] = (views['exotelSip'] ?? []).map(({ id }) => id);
const CHECK_STATES = ['none', 'running', 'done'];

const rowContext = ({ contextValue, view }: RowSample) => ({
  view,
  viewItem: contextValue,
  listMultiSelection: false,
});

function onRow(sample: RowSample): MenuEntry[] {
  const context = rowContext(sample);
  return entriesOf('view/item/context').filter((entry) => shown(entry, context));
}

function codicons(): Set<string> {
  const path = 'node_modules/@vscode/codicons/src/template/mapping.json';
  const names = Object.values(JSON.parse(read(path)) as Record<string, string[]>);
  return new Set(names.flat());
}

describe('The manifest', () => {
  let written: Contributions;
  let samples: readonly RowSample[];

  before(async function () {
    this.timeout(240_000);
    written = contributionsOf(declaredCommands);
    samples = await rowSamples();
  });

  it('is what the declarations of the commands say (npm run manifest)', () => {
    const files = manifestFiles(written);
    assert.deepEqual(JSON.parse(read('package.json')), files['package.json']);
    assert.deepEqual(texts, files['package.nls.json']);
  });

  it('and the table of the commands are written from the same (npm run manifest)', async () => {
    assert.equal(read(GENERATED), await generatedText(declaredCommands));
  });

  it('is the only place beside the table where the id of a command is typed', () => {
    const ids = new Set(declaredCommands.map(({ id }) => id));
    const typed = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((name) => `src/${name}`)
      .filter((name) => name.endsWith('.ts') && name !== GENERATED)
      .flatMap((name) =>
        [...read(name).matchAll(/exotelSip\.\w+\.\w+/g)]
          .filter(([id]) => ids.has(id))
          .map(([id]) => `${name}: ${id}`),
      );
    assert.deepEqual(typed, []);
  });

  it('has every text it names, and no other', () => {
    const named = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    assert.deepEqual(Object.keys(texts).sort(), [...new Set(named)].sort());
    for (const [key, value] of Object.entries(texts)) assert.notEqual(value.trim(), '', key);
  });

  it('starts nothing before it is needed', () => {
    // Views and commands start us by themselves; no event fires in a window without anything of ours.
    assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:exotelSip.trunkPanel']);
  });

  it('names only files that are there', () => {
    const named = [
      manifest.icon,
      ...Object.values(viewsContainers).flatMap((all) => all.map(({ icon = '' }) => icon)),
      ...Object.values(views).flatMap((all) => all.map(({ icon = '' }) => icon)),
      ...snippets.map(({ path }) => path),
    ];
    for (const path of named) assert.ok(path !== '' && existsSync(join(root, path)), path);
    assert.deepEqual(
      [...new Set(snippets.map(({ path }) => path.replace('./snippets/', '')))].sort(),
      readdirSync(join(root, 'snippets')).sort(),
    );
  });

  describe('has commands', () => {
    it('of one category, with a title of their own and an icon that exists', () => {
      const icons = codicons();
      assert.deepEqual(
        [...new Set(commands.map(({ category }) => category))],
        ['%command.category%'],
      );
      assert.equal(new Set(commands.map(({ title }) => text(title))).size, commands.length);
      for (const { command, icon } of commands) {
        assert.match(command, /^exotelSip\.[a-zA-Z]+\.[a-zA-Z]+$/);
        const name = icon === undefined ? 'add' : /^\$\(([\w-]+)\)$/.exec(icon)?.[1];
        assert.ok(name !== undefined && icons.has(name), `${command}: ${icon ?? ''}`);
      }
    });

    it('that are titled in Title Case, the verb first', () => {
      const verbs =
        /^(Add|Allow|Change|Clear|Copy|Create|Delete|Edit|Explain|Filter|Find|Generate|Insert|Look|Make|Map|Mark|Mend|Move|Open|Refresh|Remove|Rename|Replace|Retry|Rotate|Run|Save|Set|Show|Stop|Switch|Toggle|Unmap|Verify|Whitelist)\b/;
      const small = /^(a|an|and|as|at|by|for|in|of|on|or|the|to|with)$/;
      for (const { command } of commands) {
        const title = titleOf(command);
        assert.match(title, verbs, command);
        for (const word of title.replace('…', '').split(/[ -]/)) {
          assert.ok(
            small.test(word) || word === 'cURL' || /^[A-Z]/.test(word),
            `${command}: ${title}`,
          );
        }
        assert.doesNotMatch(title, /\.\.\.|\.$|^Exotel/, command);
      }
    });

    it('whose titles end in … exactly when questions follow on their own row', () => {
      const silent = [
        'account.addSandbox',
        'account.allowChanges',
        'account.copySid',
        'account.makeReadOnly',
        'account.openConsole',
        'account.toggleReadOnly',
        'account.verify',
        'callerId.copy',
        'check.copyReport',
        'check.rerun',
        'check.runAgain',
        'check.runAll',
        'check.stop',
        'check.tick',
        'check.untick',
        'credential.copyPassword',
        'credential.copyUserName',
        'destination.copy',
        'ip.copy',
        'number.copy',
        'problem.copyCurl',
        'problem.copyRequestId',
        'problem.explain',
        'trace.explain',
        'trunk.copyDialTarget',
        'trunk.copySid',
        'trunk.openPanel',
        'trunk.refresh',
        'trunk.showJson',
        'view.clearFilter',
        'view.refresh',
        'view.retry',
        'view.showMore',
      ].map((id) => `exotelSip.${id}`);
      assert.deepEqual(
        commands
          .map(({ command }) => command)
          .filter((id) => !titleOf(id).endsWith('…'))
          .sort(),
        silent,
      );
      for (const { command } of commands) {
        if (destroys(command)) assert.match(titleOf(command), /…$/, 'is asked about first');
      }
    });

    it('that are in the palette, or kept out of it by name', () => {
      for (const entry of entriesOf('commandPalette')) {
        assert.equal(entry.when, 'false', `${entry.command} is there sometimes`);
        assert.ok(declared.has(entry.command), entry.command);
      }
      const hidden = new Set(entriesOf('commandPalette').map(({ command }) => command));
      // Whatever is hidden must be reachable otherwise.
      for (const command of hidden) {
        const elsewhere = visibleEntries.some(([, all]) =>
          all.some((entry) => entry.command === command),
        );
        assert.ok(elsewhere, `${command} is nowhere`);
      }
    });
  });

  describe('has menus', () => {
    it('of declared commands only, each once in its place', () => {
      for (const [menu, entries] of visibleEntries) {
        for (const { command, group } of entries) {
          assert.ok(declared.has(command), `${menu}: ${command}`);
          assert.ok(group !== undefined && group !== '', `${menu}: ${command} has no group`);
        }
        const places = entries.map(({ command, when = '', group = '' }) =>
          [command, when, group.replace(/@.*/, '')].join(' '),
        );
        assert.equal(new Set(places).size, places.length, menu);
      }
    });

    it('with an icon for all that is shown as one', () => {
      const asIcons = [
        ...entriesOf('view/title').filter(isIcon),
        ...entriesOf('view/item/context').filter(isInline),
      ];
      for (const { command } of asIcons) {
        assert.ok(declared.get(command)?.icon !== undefined, command);
      }
    });

    it('with at most three icons in the title bar', () => {
      const contexts = [
        ...[true, false].map((filtered) => ({ view: VIEW, 'exotelSip.filtered': filtered })),
        ...CHECK_STATES.map((state) => ({ view: CHECKS_VIEW, 'exotelSip.checks': state })),
      ];
      for (const context of contexts) {
        const icons = entriesOf('view/title').filter(isIcon);
        const visible = icons.filter((entry) => shown(entry, context));
        assert.ok(visible.length <= 3, visible.map(({ command }) => command).join(', '));
      }
    });

    it('with at most two icons on a row, and none that destroys', () => {
      for (const sample of samples) {
        const icons = onRow(sample).filter(isInline);
        const names = icons.map(({ command }) => command);
        assert.ok(icons.length <= 2, `${sample.contextValue}: ${names.join(', ')}`);
        assert.equal(new Set(names).size, names.length);
        assert.ok(!names.some(destroys), `${sample.contextValue}: ${names.join(', ')}`);
      }
    });

    it('that keep what destroys in a group of its own, the last', () => {
      for (const sample of samples) {
        const entries = onRow(sample).filter((entry) => !isInline(entry));
        const groups = [...new Set(entries.map(groupName))].sort();
        const destructive = entries.filter(({ command }) => destroys(command));
        if (destructive.length === 0) continue;
        const [own, ...others] = [...new Set(destructive.map(groupName))];
        assert.deepEqual(others, []);
        assert.equal(own, groups.at(-1), sample.contextValue);
        const inOwn = entries.filter((entry) => groupName(entry) === own);
        assert.deepEqual(inOwn, destructive, sample.contextValue);
      }
    });

    it('that are matched by rows of exactly one kind', () => {
      for (const entry of entriesOf('view/item/context')) {
        const viewItem = conditionsOf(entry.when).filter(({ key }) => key === 'viewItem');
        assert.equal(viewItem.length, 1, entry.command);
        const kind = /viewItem =~ \/\^(\w+)\\b/.exec(entry.when ?? '')?.[1];
        const matched = samples.filter((sample) => shown(entry, rowContext(sample)));
        assert.deepEqual([...new Set(matched.map((sample) => sample.kind))], [kind], entry.when);
      }
    });

    it('that offer no change on a read-only row', () => {
      const changes =
        /\.(create|rename|delete|map|switchMode|move|unmap|whitelist|change|add|changePriority|changeAddress|rotate|set|clear)$/;
      for (const sample of samples) {
        // Removing an account changes this computer, not Exotel.
        if (sample.contextValue.includes('+writable')) continue;
        const offered = onRow(sample).filter(({ command }) => changes.test(command));
        assert.deepEqual(offered, [], sample.contextValue);
      }
    });

    it('whose conditions are made of keys that exist', () => {
      const source = ['tree/trunk-view.ts', 'checks/check-view.ts']
        .map((file) => read(`src/workbench/${file}`))
        .join('\n');
      const ours = [...source.matchAll(/'setContext', '([\w.]+)'/g)].map(([, key = '']) => key);
      const known = new Set([
        ...['view', 'viewItem', 'listMultiSelection'],
        ...['editorTextFocus', 'editorReadonly', 'editorLangId', 'resourceFilename'],
        ...ours,
      ]);
      const used = [...Object.values(menus).flat(), ...viewsWelcome]
        .filter(({ when }) => when !== 'false')
        .flatMap(({ when }) => conditionsOf(when).map(({ key }) => key));
      for (const key of used) assert.ok(known.has(key), key);
      for (const key of ours) assert.ok(used.includes(key), `${key} is set for nobody`);
    });
  });

  it('knows every row, and every row has an icon that exists', () => {
    const icons = codicons();
    assert.deepEqual(
      [...new Set(samples.map(({ kind }) => kind))].sort(),
      [
        ...['account', 'callerId', 'check', 'checkGroup', 'checks', 'credential', 'credentials'],
        ...['destination', 'destinations'],
        ...['ip', 'ips', 'note', 'number', 'numbers', 'setting', 'trunk'],
      ].sort(),
    );
    for (const { icon, contextValue } of samples) {
      assert.ok(icon === null || icons.has(icon), `${contextValue}: ${icon ?? ''}`);
    }
  });

  it('greets an empty view in every state it can be in, with links that work', () => {
    const tree = read('src/app/tree/view-state.ts');
    const union = /export type ViewState = ([^;]+);/.exec(tree)?.[1] ?? '';
    const states = [...union.matchAll(/'(\w+)'/g)].map(([, state = '']) => state);
    assert.ok(states.includes('list') && states.length > 3);
    for (const state of states) {
      const greetings = viewsWelcome.filter(
        (entry) =>
          entry.view === VIEW && shown({ command: '', ...entry }, { 'exotelSip.view': state }),
      );
      assert.equal(greetings.length, state === 'list' ? 0 : 1, state);
    }
    for (const state of CHECK_STATES) {
      const greetings = viewsWelcome.filter(
        (entry) =>
          entry.view === CHECKS_VIEW &&
          shown({ command: '', ...entry }, { 'exotelSip.checks': state }),
      );
      assert.equal(greetings.length, state === 'none' ? 1 : 0, state);
    }
    for (const { view, contents } of viewsWelcome) {
      assert.ok(view === VIEW || view === CHECKS_VIEW, view);
      const links = [...text(contents).matchAll(/\]\(([^)]*)\)/g)].map(([, link = '']) => link);
      assert.ok(links.length > 0, contents);
      for (const link of links) {
        const command = /^command:([\w.]+)$/.exec(link)?.[1];
        assert.ok(
          command === undefined ? link.startsWith('https://') : declared.has(command),
          link,
        );
      }
      // A link alone on its line is drawn as a button: one thing to do must stand out.
      assert.match(text(contents), /^\[[^\]]+\]\(command:[\w.]+\)$/m, 'has a button');
    }
  });

  it('describes every setting, and lets no workspace change where or how often is called', () => {
    for (const [id, setting] of Object.entries(configuration.properties)) {
      assert.match(id, /^exotelSip\.\w+$/);
      assert.equal(setting.scope, 'application', id);
      const description = setting.markdownDescription ?? setting.description ?? '';
      assert.match(description, /^%setting\.\w+%$/, id);
      assert.ok(text(description).length > 20, id);
      assert.notEqual(setting.default, undefined, id);
    }
  });
});
