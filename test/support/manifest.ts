// Writes the commands and menus of package.json, and their titles in package.nls.json, from the commands'
// declarations in src/workbench/commands, and the settings whose default is data of the code: the edges. `npm run manifest` writes, a unit test checks that nothing differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import * as esbuild from 'esbuild';
import * as prettier from 'prettier';
import { AUTH_MODES, EDGE_ID_PATTERN } from '../../src/app/edge-list';
import { edges } from '../../src/exotel/edges';
import type { Command, MenuId } from '../../src/workbench/commands/command';
import { root } from './paths';

const VIEW = 'exotelSip.trunks';

interface MenuEntry {
  readonly command: string;
  readonly when: string;
  readonly group?: string;
}

interface CommandEntry {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly icon?: string;
}

export interface Contributions {
  readonly commands: readonly CommandEntry[];
  readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
  /** Keys and texts of package.nls.json. */
  readonly titles: Readonly<Record<string, string>>;
}

/** The declarations as the running code sees them; `vscode` is a stand-in, nothing is called. */
export async function loadCommands(): Promise<readonly Command[]> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, 'src/workbench/commands/index.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    plugins: [
      {
        name: 'no-vscode',
        setup(build) {
          build.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stub' }));
          build.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
            contents: `module.exports = new Proxy({}, { get: (_, name) =>
              name === 'l10n' ? { t: (text) => text } : class {} });`,
          }));
        },
      },
    ],
  });
  const module = { exports: {} as { allCommands?: readonly Command[] } };
  const require = createRequire(join(root, 'package.json'));
  const text = `(module, exports, require, __dirname) => {${outputFiles[0]?.text ?? ''}\n}`;
  const load = runInThisContext(text, { filename: 'commands.js' }) as (
    ...parts: readonly unknown[]
  ) => void;
  load(module, module.exports, require, root);
  if (module.exports.allCommands === undefined) throw new Error('No commands were found');
  return module.exports.allCommands;
}

function titleKey(command: Command): string {
  return `command.${command.id.replace(/^exotelSip\./, '')}.title`;
}

function menuEntry(command: Command, placement: Command['menus'][number]): MenuEntry {
  const conditions = placement.menu.startsWith('view/')
    ? [`view == ${placement.view ?? VIEW}`]
    : [];
  if (placement.when !== undefined) conditions.push(placement.when);
  return { command: command.id, when: conditions.join(' && '), group: placement.group };
}

export function contributionsOf(commands: readonly Command[]): Contributions {
  const ids: readonly MenuId[] = ['view/title', 'view/item/context', 'editor/context'];
  const menus: Record<string, MenuEntry[]> = {};
  for (const id of ids) {
    const entries = commands.flatMap((command) =>
      command.menus
        .filter((placement) => placement.menu === id)
        .map((placement) => menuEntry(command, placement)),
    );
    if (entries.length > 0) menus[id] = entries;
  }
  menus['commandPalette'] = commands
    .filter((command) => !command.palette)
    .map((command) => ({ command: command.id, when: 'false' }));
  return {
    commands: commands.map((command) => ({
      command: command.id,
      title: `%${titleKey(command)}%`,
      category: '%command.category%',
      ...(command.icon === undefined ? {} : { icon: `$(${command.icon})` }),
    })),
    menus,
    titles: Object.fromEntries(commands.map((command) => [titleKey(command), command.title])),
  };
}

type Json = Record<string, unknown>;

const ONE_LINE = '^[^\\r\\n]*$';
const HOST_PATTERN = '^(\\{accountSid\\}|[A-Za-z0-9_])(\\{accountSid\\}|[A-Za-z0-9._-])*$';
const NETWORK_PATTERN =
  '^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}(/(1[6-9]|2[0-9]|3[0-2]))?$';

/** `%setting.NAME%`, a text of package.nls.json. */
function settingText(name: string): string {
  return `%setting.${name}%`;
}

/** The settings that are lists, as package.json has to declare them. */
export function listSettings(): Json {
  const port = { type: 'integer', minimum: 1, maximum: 65535 };
  const networks = (name: string): Json => ({
    type: 'array',
    uniqueItems: true,
    items: {
      type: 'string',
      pattern: NETWORK_PATTERN,
      patternErrorMessage: settingText('network.error'),
    },
    markdownDescription: settingText(name),
  });
  const text = (name: string, rest: Json): Json => ({
    type: 'string',
    ...rest,
    markdownDescription: settingText(`edges.${name}`),
  });
  return {
    'exotelSip.edges': {
      type: 'array',
      default: edges,
      maxItems: 100,
      items: {
        type: 'object',
        required: ['id', 'name', 'host'],
        additionalProperties: false,
        properties: {
          id: text('id', {
            pattern: EDGE_ID_PATTERN,
            patternErrorMessage: settingText('edges.id.error'),
          }),
          name: text('name', { pattern: ONE_LINE, minLength: 1, maxLength: 120 }),
          host: text('host', {
            pattern: HOST_PATTERN,
            patternErrorMessage: settingText('edges.host.error'),
            maxLength: 253,
          }),
          tcpPort: { ...port, default: 5070, markdownDescription: settingText('edges.tcpPort') },
          tlsPort: { ...port, default: 443, markdownDescription: settingText('edges.tlsPort') },
          auth: {
            type: 'array',
            uniqueItems: true,
            minItems: 1,
            items: { type: 'string', enum: AUTH_MODES },
            default: AUTH_MODES,
            markdownDescription: settingText('edges.auth'),
          },
          addresses: networks('edges.addresses'),
          source: text('source', { pattern: ONE_LINE, maxLength: 120 }),
          checked: text('checked', { pattern: '^([0-9]{4}-[0-9]{2}-[0-9]{2})?$' }),
        },
      },
      scope: 'application',
      order: 3,
      tags: ['usesOnlineServices'],
      markdownDescription: settingText('edges'),
    },
    'exotelSip.exotelAddresses': {
      ...networks('exotelAddresses'),
      default: [],
      scope: 'application',
      order: 4,
    },
  };
}

function readJson(name: string): Json {
  return JSON.parse(readFileSync(join(root, name), 'utf8')) as Json;
}

/** package.json and package.nls.json as they should be. */
export function manifestFiles({ commands, menus, titles }: Contributions): Record<string, Json> {
  const manifest = readJson('package.json');
  const declared = manifest['contributes'] as Json;
  const configuration = declared['configuration'] as Json;
  const contributes = {
    ...declared,
    commands,
    menus,
    configuration: {
      ...configuration,
      properties: { ...(configuration['properties'] as Json), ...listSettings() },
    },
  };
  const texts = Object.entries(readJson('package.nls.json')).filter(
    ([key]) => key === 'command.category' || !key.startsWith('command.'),
  );
  return {
    'package.json': { ...manifest, contributes },
    'package.nls.json': { ...Object.fromEntries(texts), ...titles },
  };
}

async function write(): Promise<void> {
  const files = manifestFiles(contributionsOf(await loadCommands()));
  for (const [name, content] of Object.entries(files)) {
    const text = await prettier.format(JSON.stringify(content), {
      filepath: name,
      printWidth: 100,
    });
    writeFileSync(join(root, name), text);
  }
}

if (process.argv[1]?.endsWith('manifest.ts') === true) void write();
