// Writes media/terminal.schema.json, the JSON schema of what the terminal prints with --json, from the
// shapes in src/app/terminal/documents.ts. `npm run schema` writes, a unit test checks that nothing differs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchemaDefs } from '@valibot/to-json-schema';
import * as prettier from 'prettier';
import { DOCUMENTS } from '../../src/app/terminal/documents';
import { root } from './paths';

export const SCHEMA = 'media/terminal.schema.json';

/** One definition a verb; a document as a whole is one of them. */
export function schemaText(): Promise<string> {
  const defs = toJsonSchemaDefs(DOCUMENTS);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Documents of exotel-sip-trunks --json, schemaVersion 1',
    anyOf: Object.keys(defs).map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: defs,
  };
  return prettier.format(JSON.stringify(schema), { filepath: SCHEMA, printWidth: 100 });
}

async function write(): Promise<void> {
  writeFileSync(join(root, SCHEMA), await schemaText());
}

if (process.argv[1]?.endsWith('terminal-schema.ts') === true) void write();
