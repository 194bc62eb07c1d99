// Every reading of this folder: a file exports one or more of them as `readings`.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Reading } from './reading';

const own = new Set(['index.ts', 'reading.ts']);
const load = createRequire(import.meta.url);

export const allReadings: readonly Reading[] = readdirSync(import.meta.dirname)
  .filter((name) => !own.has(name))
  .sort()
  .flatMap((name) => {
    const loaded = load(join(import.meta.dirname, name)) as {
      readonly readings: readonly Reading[];
    };
    return loaded.readings;
  });
