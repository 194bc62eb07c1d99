// The door to everything that runs: `node test/support/run.mjs start|test|unit|host|e2e [options]`.
// Needs nothing but Node and npm: it installs the dependencies when they are not there as
// package-lock.json has them, then hands over to cli.ts.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The packages a lock file names, or undefined when it cannot be read. */
function locked(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** True when node_modules holds the versions of package-lock.json; optional ones may be missing. */
function installed() {
  const wanted = locked('package-lock.json');
  const present = locked('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    const found = present[path];
    if (path === '' || (found === undefined && entry.optional === true)) return true;
    return found !== undefined && found.version === entry.version;
  });
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const shell = command === 'npm' && process.platform === 'win32';
  const { status } = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell,
  });
  return status === 0;
}

/** Some npm configurations block install scripts; esbuild then may lack its program. */
function esbuildWorks() {
  const script = "require('esbuild').transformSync('1')";
  return spawnSync(process.execPath, ['-e', script], { cwd: root, stdio: 'ignore' }).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
}
if (!installed()) {
  console.log('Installing the dependencies (npm ci)');
  if (!npm('ci', '--no-audit', '--no-fund')) fail('npm ci failed.');
}
if (!esbuildWorks() && !(npm('rebuild', 'esbuild') && esbuildWorks())) {
  fail('esbuild does not run: let npm run its install script, then try again.');
}

process.chdir(root);
await import('tsx');
const { main } = createRequire(import.meta.url)('./cli.ts');
await main(process.argv.slice(2));
