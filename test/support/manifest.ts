// Writes the commands and menus of package.json, their titles in package.nls.json, and what the rest of the
// code knows of them, src/app/commands.generated.ts, from src/workbench/commands/declarations.ts; and the
// settings whose default is data of the code: the edges. `npm run manifest` writes, a unit test checks that
// nothing differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { AUTH_MODES, EDGE_ID_PATTERN } from '../../src/app/edge-list';
import { edges } from '../../src/exotel/edges';
import {
  type Declaration,
  DECLARATIONS,
  type MenuId,
  type Placement,
} from '../../src/workbench/commands/declarations';
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

/** A declared command with the id that noun and verb make. */
export interface DeclaredCommand extends Declaration {
  readonly id: string;
  readonly noun: string;
  readonly verb: string;
}

export const declaredCommands: readonly DeclaredCommand[] = Object.entries(DECLARATIONS).flatMap(
  ([noun, { commands }]) =>
    Object.entries<Declaration>(commands).map(([verb, declaration]) => ({
      ...declaration,
      id: `exotelSip.${noun}.${verb}`,
      noun,
      verb,
    })),
);

function titleKey(command: DeclaredCommand): string {
  return `command.${command.id.replace(/^exotelSip\./, '')}.title`;
}

function menuEntry(command: DeclaredCommand, placement: Placement): MenuEntry {
  const conditions = placement.menu.startsWith('view/')
    ? [`view == ${placement.view ?? VIEW}`]
    : [];
  if (placement.when !== undefined) conditions.push(placement.when);
  return { command: command.id, when: conditions.join(' && '), group: placement.group };
}

export function contributionsOf(commands: readonly DeclaredCommand[]): Contributions {
  const ids: readonly MenuId[] = ['view/title', 'view/item/context', 'editor/context'];
  const menus: Record<string, MenuEntry[]> = {};
  for (const id of ids) {
    const entries = commands.flatMap((command) =>
      (command.menus ?? [])
        .filter((placement) => placement.menu === id)
        .map((placement) => menuEntry(command, placement)),
    );
    if (entries.length > 0) menus[id] = entries;
  }
  menus['commandPalette'] = commands
    .filter((command) => command.palette === false)
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

export const GENERATED = 'src/app/commands.generated.ts';

/** What the rest of the code knows of the commands, as it should be. */
export async function generatedText(commands: readonly DeclaredCommand[]): Promise<string> {
  const literal = (text: string) => JSON.stringify(text);
  const entry = ({ id, verb, title, takes, writes }: DeclaredCommand) =>
    `${verb}: {
      id: ${literal(id)},
      takes: ${literal(takes)},
      writes: ${String(writes === true)},
      title: () => l10n.t(${literal(title)}),
      asked: () => l10n.t(${literal(title.replace(/…$/, ''))}),
    },`;
  const nouns = [...new Set(commands.map(({ noun }) => noun))].map((noun) => {
    const own = commands.filter((command) => command.noun === noun);
    return `${noun}: { ${own.map(entry).join('\n')} },`;
  });
  const text = `/**
   * app/: the application, without \`vscode\`.
   *
   * Every command, by noun and verb: what it is called with, and whether it changes something at Exotel.
   * Written from workbench/commands/declarations.ts by \`npm run manifest\`.
   */
  import * as l10n from '@vscode/l10n';
  import type { Takes } from './takes';

  interface GeneratedCommand {
    readonly id: string;
    readonly takes: keyof Takes;
    /** Refused for read-only accounts. */
    readonly writes: boolean;
    /** As in menus and on buttons. */
    readonly title: () => string;
    /** As the title of its questions. */
    readonly asked: () => string;
  }

  export const COMMANDS = {
    ${nouns.join('\n')}
  } as const satisfies Readonly<Record<string, Readonly<Record<string, GeneratedCommand>>>>;
  `;
  const options = await prettier.resolveConfig(join(root, GENERATED));
  const formatted = await prettier.format(text, { ...options, filepath: GENERATED });
  // The comment is indented with the template it stands in; prettier leaves comments alone.
  return formatted.replaceAll(/^ {3}\*/gm, ' *');
}

async function write(): Promise<void> {
  const files = manifestFiles(contributionsOf(declaredCommands));
  for (const [name, content] of Object.entries(files)) {
    const text = await prettier.format(JSON.stringify(content), {
      filepath: name,
      printWidth: 100,
    });
    writeFileSync(join(root, name), text);
  }
  writeFileSync(join(root, GENERATED), await generatedText(declaredCommands));
}

if (process.argv[1]?.endsWith('manifest.ts') === true) void write();
