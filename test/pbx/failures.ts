// What is left of a combination that failed: the texts that were loaded, what the programs said, the SIP
// messages the edge saw. Small enough to be read.
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDir, outDir, removeDir } from '../support/paths';
import type { Box } from './box';
import type { Fault } from './rules';
import type { Seen } from './trace';

const failuresDir = join(outDir, 'pbx-failures');
const longestLog = 20_000;

export function forgetFailures(): void {
  removeDir(failuresDir);
}

/** One fault as a person reads it. */
export function faultText({ rule, expected, saw, excerpt }: Fault): string {
  const text = `${rule}: expected ${expected}; saw ${saw}`;
  return excerpt === undefined ? text : `${text}\n${excerpt}`;
}

export function folderName(name: string): string {
  return name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '');
}

export function keepFailure(
  name: string,
  box: Box,
  folder: string,
  seen: readonly Seen[],
  faults: readonly Fault[],
): void {
  const dir = join(failuresDir, folderName(name));
  removeDir(dir);
  ensureDir(dir);
  for (const file of ownTexts(box, folder)) cpSync(join(box.dir, folder, file), join(dir, file));
  for (const file of readdirSync(join(box.dir, 'log')).filter((one) => one !== 'called.log')) {
    const log = file === 'edge.log' ? withoutMessages(box.log('edge')) : box.read(`log/${file}`);
    writeFileSync(join(dir, file), log.slice(-longestLog));
  }
  const messages = seen.map(
    ({ protocol, from, at, port, message }) =>
      `${protocol} ${from} -> ${at}:${port}\n${message.text}`,
  );
  writeFileSync(join(dir, 'sip.txt'), messages.join('\n\n').slice(-10 * longestLog));
  writeFileSync(join(dir, 'faults.txt'), `${faults.map(faultText).join('\n\n')}\n`);
}

/** The files that speak of the trunk, of the many that are there anyway. */
function ownTexts(box: Box, folder: string): string[] {
  return readdirSync(join(box.dir, folder)).filter(
    (file) => /\.(conf|cfg)$/.test(file) && /exotel/i.test(box.read(join(folder, file))),
  );
}

function withoutMessages(log: string): string {
  return log
    .split('\n')
    .filter((line) => !line.includes('SEEN '))
    .join('\n');
}
