// VS Code as a server, for machines without a desktop one: the npm package `code-server`, locked in
// vscode-server/, installed once into the cache and started on 127.0.0.1.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './browser';
import { reasonIn, once, say } from './log';
import { cacheDir, hash, onPath, removeDir, root } from './paths';
import { Program, type RunResult, runNode, runNpm } from './processes';

const recipe = join(root, 'test', 'support', 'vscode-server');
const installLimit = 10 * 60_000;
const startLimit = 4 * 60_000;

/** Native modules without which the server does not start, by the package that holds them. */
const native = [
  { within: '.', names: ['argon2'] },
  { within: 'node_modules/code-server/lib/vscode', names: ['@vscode/spdlog', 'native-watchdog'] },
];

/** No gallery of extensions: the server asks nobody but this machine. */
const closed = { EXTENSIONS_GALLERY: '{}' };

export interface ServerOptions {
  /** Settings, state and logs of this server. */
  readonly dataDir: string;
  /** Installed extensions. */
  readonly extensionsDir: string;
  /** Added to the environment of the server, and so to that of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The folder the bare address opens. */
  readonly folder?: string;
}

export interface Server {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly program: Program;
  stop(): Promise<void>;
}

export function serverVersion(): string {
  const { dependencies } = JSON.parse(readFileSync(join(recipe, 'package.json'), 'utf8')) as {
    dependencies: { 'code-server': string };
  };
  return dependencies['code-server'];
}

function required(step: string, result: RunResult): void {
  if (result.ok) return;
  const reason = result.fellSilent ? 'nothing more was heard of it' : reasonIn(result.output);
  throw new Error(
    `The VS Code server could not be installed: ${step}: ${reason}\n${result.output}`,
  );
}

async function ensureCompiler(): Promise<void> {
  const tools = { python3: 'python3', make: 'make', 'g++': 'g++' };
  const missing = Object.entries(tools).filter(([program]) => onPath(program) === undefined);
  if (process.platform !== 'linux' || missing.length === 0) return;
  await aptInstall(...missing.map(([, name]) => name));
}

async function install(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(recipe, file), join(dir, file));
  }
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const options = { cwd: dir, silenceMs: installLimit };
  required('npm ci', await runNpm(['ci', ...quiet], options));
  const inner = join(dir, 'node_modules', 'code-server', 'lib', 'vscode');
  const innerArgs = ['ci', '--omit=dev', '--legacy-peer-deps', ...quiet];
  required('npm ci in lib/vscode', await runNpm(innerArgs, { ...options, cwd: inner }));
  // The search that the server's own package would fetch from elsewhere, from npm instead.
  const search = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const place = join(inner, 'node_modules', '@vscode', 'ripgrep', 'bin');
  const platform = `ripgrep-${process.platform}-${process.arch}`;
  mkdirSync(place, { recursive: true });
  copyFileSync(join(dir, 'node_modules', '@vscode', platform, 'bin', search), join(place, search));
  await ensureCompiler();
  for (const { within, names } of native) {
    const here = { ...options, cwd: join(dir, within) };
    required(`npm rebuild ${names.join(' ')}`, await runNpm(['rebuild', ...names], here));
    for (const name of names) {
      const built = join(dir, within, 'node_modules', name);
      if (readdirSync(built, { recursive: true }).some((file) => String(file).endsWith('.node'))) {
        continue;
      }
      throw new Error(`The VS Code server could not be installed: npm did not build ${name}.`);
    }
  }
}

function entryOf(dir: string): string {
  return join(dir, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

const installing = '-installing-';

/** An interrupted installation leaves its directory; one that is still going on is left alone. */
function removeAbandoned(): void {
  for (const name of existsSync(cacheDir) ? readdirSync(cacheDir) : []) {
    const pid = name.split(installing)[1];
    if (pid !== undefined && !isRunning(Number(pid))) removeDir(join(cacheDir, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The server's start script; installs the server when it is not in the cache. */
export const ensureServer = once(async (): Promise<string> => {
  const lock = readFileSync(join(recipe, 'package-lock.json'));
  const dir = join(cacheDir, `server-${hash(lock, process.platform, process.arch)}`);
  if (existsSync(entryOf(dir))) return entryOf(dir);
  say(`Installing the VS Code server ${serverVersion()} into ${dir} (once, about a minute)`);
  removeAbandoned();
  const partial = `${dir}${installing}${process.pid}`;
  try {
    await install(partial);
    renameSync(partial, dir);
  } finally {
    removeDir(partial);
  }
  return entryOf(dir);
});

function argumentsFor(options: ServerOptions): string[] {
  // A configuration of its own: the one in the home directory belongs to the user's own server.
  const config = join(options.dataDir, 'server.yaml');
  mkdirSync(options.dataDir, { recursive: true });
  mkdirSync(options.extensionsDir, { recursive: true });
  if (!existsSync(config)) writeFileSync(config, 'auth: none\n');
  return [
    ...['--config', config],
    ...['--user-data-dir', options.dataDir],
    ...['--extensions-dir', options.extensionsDir],
  ];
}

/** Starts the server and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const entry = await ensureServer();
  const args = [
    ...argumentsFor(options),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`],
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    ...(options.folder === undefined ? [] : [options.folder]),
  ];
  const env = { ...closed, ...options.env };
  const program = new Program(process.execPath, [entry, ...args], { env });
  const listening = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/;
  const timer = setTimeout(() => void program.stop(), startLimit);
  await program.waitForOutput((output) => listening.test(output));
  clearTimeout(timer);
  const url = listening.exec(program.output)?.[1];
  if (url === undefined || !program.alive) {
    await program.stop();
    throw new Error(`The VS Code server did not start:\n${program.output}`);
  }
  return { url, program, stop: () => program.stop() };
}

/** Installs a packaged extension the way a user does from the command line. */
export async function installExtension(vsix: string, options: ServerOptions): Promise<void> {
  const entry = await ensureServer();
  const args = [entry, ...argumentsFor(options), '--install-extension', vsix, '--force'];
  const { ok, output } = await runNode(args, { env: closed, silenceMs: 2 * 60_000 });
  if (!ok) throw new Error(`VS Code would not install ${vsix}:\n${output}`);
}

/** The address that opens `folder` on `server`. */
export function folderUrl(
  server: Server,
  folder: string,
  payload: readonly [string, string][] = [],
) {
  const url = new URL(server.url);
  url.searchParams.set('folder', folder.replaceAll('\\', '/'));
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** A path on the server's machine, as the browser names it. */
export function remoteUri(server: Server, path: string): string {
  return `vscode-remote://${new URL(server.url).host}${path.replaceAll('\\', '/')}`;
}
