// Writes snippets/*.json from the targets' own text, so that a snippet says what the generator says.
// `npm run snippets` writes, a unit test checks that nothing differs.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { buildConnection, type ConnectionFacts, defaultOptions } from '../../src/pbx/connection';
import { NUMBER_PLACEHOLDER, PASSWORD_PLACEHOLDER } from '../../src/pbx/quoting/plain';
import { loadWriter } from '../../src/pbx/writers';
import type { ConnectionOptions } from '../../src/pbx/options';
import type { PbxFile } from '../../src/pbx/types';
import { commentLine } from '../../src/pbx/writing/file';
import { toSnippet } from '../../src/app/pbx/snippet';
import { root } from './paths';
import { trunkFactsOf } from './trunk-facts';
import { snippetSets, type SnippetSet, type SnippetSource } from './snippet-sets';

const ACCOUNT_SID = 'youraccountsid';
const TRUNK_SID = 'yourtrunksid';
const SENDER = '203.0.113.7';
/** Gives way to the account's domain, which a person can overwrite with another edge. */
const EDGE_HOST = 'edge-host.invalid';
const EDGE = { id: 'any', name: 'Any', host: EDGE_HOST, tcpPort: 5060, tlsPort: 5061 };

const facts: ConnectionFacts = {
  ...trunkFactsOf({
    accountSid: ACCOUNT_SID,
    trunkSid: TRUNK_SID,
    trunkName: 'exotel_trunk',
    status: null,
    sipDomain: null,
    numbers: [],
    whitelistedIps: [],
    destinations: [],
    credentials: [],
    callerId: null,
  }),
  userName: null,
};

/** When a text was made, in formats that have no comments. */
const MADE = `, made ${new Date(0).toISOString()}`;
/** The head lines of generated text name one trunk; a snippet is for any. */
const HEAD = /^(?:;|#|\/\/|!|<!--) (?:Exotel trunk |Fill in ).*\n/gm;

async function fileOf({ target: id, file: name, options }: SnippetSource): Promise<{
  readonly file: PbxFile;
  readonly blanks: readonly string[];
}> {
  const writer = await loadWriter(id);
  const chosen: ConnectionOptions = {
    ...defaultOptions(facts),
    useCase: 'outbound',
    auth: 'credential',
    exotelAddresses: [SENDER],
    ...options,
  };
  const connection = buildConnection(
    facts,
    { ...chosen, edgeId: EDGE.id },
    { password: null, now: new Date(0), edges: [EDGE] },
  );
  const file = writer.render(connection).find((one) => one.name === name);
  if (file === undefined) throw new Error(`${id} writes no ${name}.`);
  const examples = writer.placeholders(connection).map(({ text }) => text);
  const blanks = [
    ACCOUNT_SID,
    TRUNK_SID,
    NUMBER_PLACEHOLDER,
    PASSWORD_PLACEHOLDER,
    SENDER,
    EDGE_HOST,
  ];
  return { file, blanks: [...blanks, ...examples] };
}

/** The edge follows the account SID where that is asked for too. */
function withEdge(snippet: string): string {
  const account = new RegExp(`\\$\\{([0-9]+):${ACCOUNT_SID}\\}`).exec(snippet)?.[1];
  const domain = account === undefined ? ACCOUNT_SID : `\${${account}}`;
  return snippet.replaceAll(`:${EDGE_HOST}}`, `:${domain}.pstn.exotel.com}`);
}

async function bodyOf(source: SnippetSource): Promise<string[]> {
  const { file, blanks } = await fileOf(source);
  const text = file.text.replace(HEAD, '').replaceAll(MADE, '').replace(/^\n+/, '');
  const head = file.comment === null ? '' : `${commentLine(file.comment, source.title)}\n`;
  return withEdge(toSnippet(head + text, blanks)).split('\n');
}

async function contentsOf({ include, snippets }: SnippetSet): Promise<object> {
  const entries = await Promise.all(
    snippets.map(async (source) => [
      source.title,
      {
        prefix: source.prefix,
        ...(include === undefined ? {} : { include }),
        description: source.description,
        body: await bodyOf(source),
      },
    ]),
  );
  return Object.fromEntries(entries) as object;
}

export interface SnippetContribution {
  readonly language: string;
  readonly path: string;
}

export const snippetContributions: readonly SnippetContribution[] = snippetSets.flatMap(
  ({ file, languages }) => languages.map((language) => ({ language, path: `./snippets/${file}` })),
);

/** Contents of snippets/, by file name. */
export async function snippetFiles(): Promise<ReadonlyMap<string, string>> {
  const options = (await prettier.resolveConfig(join(root, 'package.json'))) ?? {};
  const entries = await Promise.all(
    snippetSets.map(async (set): Promise<[string, string]> => {
      const text = JSON.stringify(await contentsOf(set));
      return [set.file, await prettier.format(text, { ...options, parser: 'json' })];
    }),
  );
  return new Map(entries);
}

const folder = join(root, 'snippets');

/** The files as they are in the repository. */
export function writtenSnippets(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

async function write(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of await snippetFiles()) writeFileSync(join(folder, file), text);
  const manifest = join(root, 'package.json');
  const packageJson = JSON.parse(readFileSync(manifest, 'utf8')) as {
    contributes: { snippets: unknown };
  };
  packageJson.contributes.snippets = snippetContributions;
  const text = JSON.stringify(packageJson);
  const options = (await prettier.resolveConfig(manifest)) ?? {};
  writeFileSync(
    manifest,
    await prettier.format(text, { ...options, parser: 'json-stringify', filepath: manifest }),
  );
}

if (process.argv[1]?.endsWith('snippets.ts') === true) void write();
