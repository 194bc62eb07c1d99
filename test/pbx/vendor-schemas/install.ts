// The makers' packages, locked in this folder and installed once into the cache: they are too big to be
// a dependency of the extension's own development.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { once, reasonIn, say } from '../../support/log';
import { cacheDir, hash, removeDir, root } from '../../support/paths';
import { runNpm } from '../../support/processes';

const recipe = join(root, 'test', 'pbx', 'vendor-schemas');
const installing = '-installing-';
const installLimit = 5 * 60_000;

/** Second copies of the same code in another module format, which nothing here reads. */
const unread = ['@elevenlabs/elevenlabs-js/dist', '@vapi-ai/server-sdk/dist/esm'];

/** Version by package, as package.json has them pinned. */
export const vendorPackages = (
  JSON.parse(readFileSync(join(recipe, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  }
).dependencies;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** An interrupted installation leaves its directory; one that is still going on is left alone. */
function removeAbandoned(): void {
  for (const name of existsSync(cacheDir) ? readdirSync(cacheDir) : []) {
    if (!name.startsWith('vendor-schemas-')) continue;
    const pid = name.split(installing)[1];
    if (pid !== undefined && !isRunning(Number(pid))) removeDir(join(cacheDir, name));
  }
}

async function install(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(recipe, file), join(dir, file));
  }
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { ok, fellSilent, output } = await runNpm(args, { cwd: dir, silenceMs: installLimit });
  if (!ok) {
    const reason = fellSilent ? 'nothing more was heard of it' : reasonIn(output);
    throw new Error(`The vendors' packages could not be installed: ${reason}\n${output}`);
  }
  for (const path of unread) removeDir(join(dir, 'node_modules', path));
}

/** The directory whose node_modules holds the packages; installs them when they are not in the cache. */
export const ensureVendorPackages = once(async (): Promise<string> => {
  const lock = readFileSync(join(recipe, 'package-lock.json'));
  const dir = join(cacheDir, `vendor-schemas-${hash(lock)}`);
  if (existsSync(dir)) return dir;
  say(`Installing the vendors' packages into ${dir} (once, about 20 seconds)`);
  removeAbandoned();
  const partial = `${dir}${installing}${process.pid}`;
  try {
    await install(partial);
    renameSync(partial, dir);
  } finally {
    removeDir(partial);
  }
  return dir;
});
