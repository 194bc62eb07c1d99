// The terminal's program as a process of its own, bundled as it is shipped, against a sandbox or nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as esbuild from 'esbuild';
import type { Sandbox } from '../../src/sandbox/index';
import { root } from './paths';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Whose account; without one no key is in the environment. */
  readonly sandbox?: Sandbox;
  /** Over what the sandbox says; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string | Buffer;
  readonly cwd?: string;
}

/** The bundle, made once; `close` removes it. */
export class Terminal {
  readonly #folder = mkdtempSync(join(tmpdir(), 'exotel-cli-'));
  readonly #running = new Set<ChildProcess>();

  async build(): Promise<void> {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: { cli: 'src/cli/main.ts' },
      outdir: this.#folder,
      outExtension: { '.js': '.mjs' },
      chunkNames: 'chunks/[name]-[hash]',
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      external: ['web-streams-polyfill'],
      logLevel: 'error',
      define: { VERSION: '"0.0.0-test"' },
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  }

  get program(): string {
    return join(this.#folder, 'cli.mjs');
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const { sandbox } = options;
    const keys =
      sandbox === undefined
        ? {}
        : {
            EXOTEL_API_HOST: sandbox.url,
            EXOTEL_ACCOUNT_SID: sandbox.accountSid,
            EXOTEL_API_KEY: sandbox.apiKey,
            EXOTEL_API_TOKEN: sandbox.apiToken,
          };
    const child = spawn(process.execPath, [this.program, ...args], {
      cwd: options.cwd ?? this.#folder,
      env: { PATH: process.env['PATH'], ...keys, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    // A program that reads nothing may be gone before everything is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.stdin ?? '');
    const ended = new Promise<number>((resolve) => {
      child.once('exit', (code) => resolve(code ?? -1));
    });
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    this.#running.delete(child);
    return { code, stdout, stderr };
  }

  close(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
